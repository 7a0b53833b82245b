use crate::Construct as C;
use crate::document::{Gap, Separator};
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    pub(super) fn smallest_pattern(&mut self) {
        self.counts.add(C::Pattern);
        self.tokens(&["pattern", "p"]);
        self.braced(Separator::Statement, |this| {
            this.begin_statement();
            this.token("1");
        });
    }

    pub(super) fn pattern(&mut self) {
        self.token("pattern");
        self.pattern_name();
        if self.with(C::Version, 40) {
            let version = self.choices.pick(&["v1.0.0", "v0.2.13", "v10.0.1"]);
            self.token(version);
        }
        self.gap(Gap::Stay);
        let result = if self.choices.chance(35) { self.record_kind() } else { self.kind() };
        let mark = self.scope.mark();
        self.function_body(Some(result.clone()), |this| {
            this.braced(Separator::Statement, |this| {
                this.sections(&result);
                this.begin_statement();
                let agent = this.scope.agents.len();
                if agent > 0 && this.choices.chance(60) {
                    this.agent_statement(agent);
                }
                let most = if this.fuel() > 150 { 12 } else { 4 };
                let count = this.how_many(0, most);
                for _ in 0..count {
                    let bare = this.statement();
                    this.end(Separator::Statement, bare);
                }
                this.statements_and_value(&result);
            });
        });
        self.scope.forget(mark);
    }

    /// `let agents = select(Contract, min: 1)`.
    fn agent_statement(&mut self, count: usize) {
        let index = self.choices.below(count);
        let name = self.plain_name();
        self.token("let");
        self.token(name.clone());
        self.breaking("=");
        self.counts.add(C::Let);
        self.selected(index, false);
        self.end(Separator::Statement, false);
        self.declare(name, Kind::list(Kind::Agent(index)), false);
    }

    fn pattern_name(&mut self) {
        let number = self.scope.number();
        match self.choose(&[C::Name, C::Name, C::DashedName, C::QuotedName]) {
            C::DashedName => {
                let parts = self.choices.pick(&[
                    ["step", "by", "step"],
                    ["if", "not", "else"],
                    ["load", "import", "balancer"],
                    ["a", "match", "in"],
                ]);
                for (index, part) in parts.into_iter().enumerate() {
                    if index > 0 {
                        self.gap(Gap::Touch);
                        self.token("-");
                        self.gap(Gap::Touch);
                    }
                    self.token(part);
                }
                self.gap(Gap::Touch);
                self.token("-");
                self.gap(Gap::Touch);
                self.token(format!("n{number}"));
            }
            C::QuotedName => self.token(format!("\"pattern {number}\"")),
            _ => {
                let name = format!("triage{number}");
                self.token(name.clone());
                self.scope.patterns.push(name);
            }
        }
    }

    fn sections(&mut self, result: &Kind) {
        let mut order = [C::Input, C::OutputType, C::Budget, C::ConfidencePromise];
        let first = self.choices.below(order.len());
        order.rotate_left(first);
        for section in order {
            if !self.with(section, 45) {
                continue;
            }
            match section {
                C::Input => self.input_section(),
                C::OutputType => self.output_section(result),
                C::Budget => self.budget_section(),
                _ => {
                    self.token("confidence");
                    if self.with(C::ConfidenceMode, 40) {
                        let mode = self.choices.pick(&["independent", "min", "worst", "frank", "bounds"]);
                        self.token(mode);
                    } else {
                        self.token(">=");
                        self.token("0.8");
                    }
                }
            }
            self.end(Separator::Statement, false);
        }
    }

    fn input_section(&mut self) {
        self.token("input");
        let Kind::Record(fields) = self.record_kind() else { return };
        let fields = self.fields(&fields);
        if self.scope.variables.iter().all(|variable| variable.name != "input") {
            self.declare("input".to_owned(), Kind::Record(fields.into()), false);
        }
    }

    fn output_section(&mut self, result: &Kind) {
        self.token("output");
        match result {
            Kind::Record(fields) if !fields.is_empty() && self.with(C::OutputFields, 80) => {
                self.fields(fields);
            }
            Kind::Answer(_) => {
                self.type_of_value(result);
            }
            Kind::Number | Kind::Text | Kind::Truth => {
                self.primary_type(result);
            }
            Kind::List(of) if matches!(**of, Kind::Number | Kind::Text | Kind::Truth) => {
                self.type_of_value(result);
            }
            _ => self.token("any"),
        }
    }

    /// Fields in braces; gives what reading them gives.
    fn fields(&mut self, fields: &[(&'static str, Kind)]) -> Vec<(&'static str, Kind)> {
        self.gap(Gap::Stay);
        let mut read = Vec::new();
        self.braced(Separator::Field, |this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.end(Separator::Field, false);
                }
                this.key_token(key);
                let optional = this.choices.chance(12);
                if optional {
                    this.token("?");
                }
                this.breaking(":");
                let declared = this.type_of(kind);
                read.push((*key, if optional { Kind::Any } else { declared }));
                if this.with(C::Constraint, 25) {
                    this.constraint(kind);
                }
                if this.with(C::FieldDefault, 20) {
                    this.breaking("=");
                    this.literal_of(kind);
                }
            }
        });
        read
    }

    fn literal_of(&mut self, kind: &Kind) {
        match kind {
            Kind::Number => self.token("3"),
            Kind::Text => self.text_literal(),
            _ => self.token("true"),
        }
    }

    fn constraint(&mut self, kind: &Kind) {
        if self.choices.chance(40) {
            let word = self.choices.pick(&["required", "optional", "secret"]);
            self.token(word);
        }
        let (name, argument) = match kind {
            Kind::Number => self.choices.pick(&[("min", "0"), ("max", "1_000"), ("default", "7")]),
            Kind::Text => {
                self.choices.pick(&[("max_length", "10000"), ("matches", "\"^a+$\""), ("format", "'date'")])
            }
            _ => ("default", "true"),
        };
        self.token(name);
        self.gap(Gap::Stay);
        self.bracketed("(", ")", |this| this.token(argument));
    }

    fn budget_section(&mut self) {
        self.token("budget");
        let count = self.how_many(0, 3);
        self.gap(Gap::Stay);
        self.braced(Separator::Pair, |this| {
            for index in 0..count {
                if index > 0 {
                    this.end(Separator::Pair, false);
                }
                match index {
                    0 => this.tokens(&["calls", ":", "8"]),
                    1 => {
                        this.tokens(&["cost"]);
                        this.breaking(":");
                        this.money();
                    }
                    _ => {
                        this.tokens(&["time"]);
                        this.breaking(":");
                        this.duration();
                    }
                }
            }
        });
    }

    /// The name by which a pattern is called.
    pub(super) fn pattern_to_call(&mut self) -> Option<String> {
        let index = self.choices.below(self.scope.patterns.len());
        self.scope.patterns.get(index).cloned()
    }
}
