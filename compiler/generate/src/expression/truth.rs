use super::Level;
use crate::Construct as C;
use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// A truth that is computed.
    pub(super) fn truth(&mut self, least: Level) {
        const FORMS: &[C] = &[
            C::Comparison,
            C::Comparison,
            C::Equality,
            C::Logic,
            C::Not,
            C::In,
            C::Instanceof,
            C::Is,
            C::Typeof,
            C::TildeLogic,
            C::TildeEquality,
            C::TildeComparison,
            C::Call,
        ];
        let truth = &Kind::Truth;
        match self.choose(FORMS) {
            C::Equality => {
                let kind = self.kind();
                self.compare(&kind, Level::Equality, Level::Comparison, least, &["==", "!=", "===", "!=="]);
            }
            C::TildeEquality => {
                let kind = Kind::answer(Kind::Text);
                self.compare(&kind, Level::Equality, Level::Comparison, least, &["~==", "~!="]);
            }
            C::TildeComparison => {
                let kind = Kind::answer(Kind::Number);
                self.compare(&kind, Level::Comparison, Level::Sum, least, &["~<", "~<=", "~>="]);
            }
            C::Logic if self.choices.chance(50) => {
                self.binary(truth, Level::And, Level::Equality, least, &["&&"])
            }
            C::Logic => self.binary(truth, Level::Or, Level::And, least, &["||"]),
            C::TildeLogic => {
                let answer = Kind::answer(Kind::Truth);
                if self.choices.chance(50) {
                    self.binary(&answer, Level::And, Level::Equality, least, &["~&&"]);
                } else {
                    self.binary(&answer, Level::Or, Level::And, least, &["~||"]);
                }
            }
            C::Not => self.level(Level::Unary, least, |this| {
                let operand = this.prefix_operand();
                this.breaking("!");
                this.expression(truth, operand);
            }),
            C::In => self.level(Level::Comparison, least, |this| {
                let kind = this.plain_kind();
                this.expression(&kind, Level::Sum);
                this.breaking("in");
                this.expression(&Kind::list(kind), Level::Sum);
            }),
            C::Instanceof => self.level(Level::Comparison, least, |this| {
                this.expression(&Kind::Any, Level::Sum);
                this.counts.add(C::Instanceof);
                this.breaking("instanceof");
                let class = this.choices.pick(&["Error", "Map", "Set"]);
                this.token(class);
            }),
            C::Is => {
                let least = if self.place.head { Level::Postfix } else { least };
                self.level(Level::Comparison, least, |this| {
                    this.expression(&Kind::Any, Level::Sum);
                    this.counts.add(C::Is);
                    this.token("is");
                    let kind = this.kind();
                    this.primary_type(&kind);
                });
            }
            C::Typeof => self.level(Level::Equality, least, |this| {
                this.word_operator("typeof", &Kind::Any);
                this.operator("==");
                let name = this.choices.pick(&["\"string\"", "'number'", "\"boolean\"", "\"object\""]);
                this.token(name);
            }),
            C::Call => self.truth_call(),
            _ => self.compare(&Kind::Number, Level::Comparison, Level::Sum, least, &["<", "<=", ">", ">="]),
        }
    }

    /// Two operands: comparisons do not chain.
    fn compare(
        &mut self,
        kind: &Kind,
        made: Level,
        tighter: Level,
        least: Level,
        operators: &[&'static str],
    ) {
        self.level(made, least, |this| {
            this.expression(kind, tighter);
            let operator = this.choices.pick(operators);
            this.gap(Gap::Free);
            this.breaking(operator);
            this.expression(kind, tighter);
        });
    }

    fn truth_call(&mut self) {
        if self.choices.chance(50) {
            self.expression(&Kind::Text, Level::Postfix);
            let name = self.choices.pick(&["includes", "startsWith", "endsWith"]);
            self.method(name);
            self.listed("(", ")", 1, |this, _| this.value(&Kind::Text));
        } else {
            let kind = self.plain_kind();
            self.expression(&Kind::list(kind.clone()), Level::Postfix);
            let name = self.choices.pick(&["some", "every"]);
            self.method(name);
            self.listed("(", ")", 1, |this, _| this.lambda(std::slice::from_ref(&kind), &Kind::Truth));
        }
    }
}
