use super::Level;
use crate::Construct as C;
use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// A number that is computed.
    pub(super) fn number(&mut self, least: Level) {
        const FORMS: &[C] = &[
            C::Arithmetic,
            C::Arithmetic,
            C::Power,
            C::Sign,
            C::ConfidenceOf,
            C::TildePrefix,
            C::TildeArithmetic,
            C::Member,
            C::Call,
            C::Index,
        ];
        let number = &Kind::Number;
        match self.choose(FORMS) {
            C::Power => self.level(Level::Power, least, |this| {
                this.expression(number, Level::Postfix);
                this.operator("**");
                this.expression(number, Level::Power);
            }),
            C::Sign => self.level(Level::Unary, least, |this| {
                let begins = this.at_statement();
                let operand = this.prefix_operand();
                let sign = this.choices.pick(&["-", "+"]);
                this.token(sign);
                // A sign that begins a line and does not touch its operand goes on with the line before.
                this.gap(if begins { Gap::Touch } else { Gap::Stay });
                this.expression(number, operand);
            }),
            C::ConfidenceOf => self.prefixed("<~", least),
            C::TildePrefix => self.prefixed("~", least),
            C::TildeArithmetic => {
                self.arithmetic(&Kind::answer(Kind::Number), least, ["~+", "~-", "~*", "~/"])
            }
            C::Member => {
                let kind = if self.choices.chance(50) { Kind::Text } else { Kind::list(Kind::Number) };
                self.expression(&kind, Level::Postfix);
                self.method("length");
            }
            C::Call => self.number_call(),
            C::Index => self.level(Level::Coalesce, least, |this| {
                this.expression(&Kind::list(Kind::Number), Level::Postfix);
                this.index();
                this.operator("??");
                this.expression(number, Level::Gate);
            }),
            _ => self.arithmetic(number, least, ["+", "-", "*", "/"]),
        }
    }

    fn prefixed(&mut self, operator: &'static str, least: Level) {
        // At the start of a line `<~` would compare with what stands before.
        let least = if operator == "<~" && self.at_statement() { Level::Postfix } else { least };
        self.level(Level::Unary, least, |this| {
            let of = this.plain_kind();
            let operand = this.prefix_operand();
            this.breaking(operator);
            this.expression(&Kind::answer(of), operand);
        });
    }

    pub(super) fn arithmetic(&mut self, kind: &Kind, least: Level, operators: [&'static str; 4]) {
        let [plus, minus, times, divided] = operators;
        if self.choices.chance(50) {
            let remainder = if times == "*" { "%" } else { times };
            self.binary(kind, Level::Product, Level::Power, least, &[times, divided, remainder]);
        } else {
            self.binary(kind, Level::Sum, Level::Product, least, &[plus, minus]);
        }
    }

    fn number_call(&mut self) {
        let numbers = Kind::list(Kind::Number);
        match self.choices.below(5) {
            0 => {
                let name = self.choices.pick(&["max", "min", "abs", "round"]);
                self.tokens(&["Math", ".", name]);
                let spread = matches!(name, "max" | "min") && self.with(C::SpreadArgument, 60);
                self.listed("(", ")", 1, |this, _| {
                    if spread {
                        this.token("...");
                        this.value(&numbers);
                    } else {
                        this.value(&Kind::Number);
                    }
                });
            }
            1 => {
                self.expression(&numbers, Level::Postfix);
                self.method("reduce");
                self.listed("(", ")", 2, |this, index| {
                    if index == 0 {
                        this.lambda(&[Kind::Number, Kind::Number], &Kind::Number);
                    } else {
                        this.value(&Kind::Number);
                    }
                });
            }
            2 => {
                self.expression(&numbers, Level::Postfix);
                let name = self.choices.pick(&["sum", "mean", "length"]);
                self.method(name);
                if name != "length" {
                    self.listed("(", ")", 0, |_, _| {});
                }
            }
            3 => {
                self.token("clamp");
                self.listed("(", ")", 3, |this, _| this.value(&Kind::Number));
            }
            _ => {
                self.token("round");
                let named = self.with(C::NamedArgument, 30);
                self.listed("(", ")", 2, |this, index| {
                    if index == 0 {
                        this.value(&Kind::Number);
                    } else {
                        if named {
                            this.tokens(&["digits", ":"]);
                        }
                        this.token("2");
                    }
                });
            }
        }
    }
}
