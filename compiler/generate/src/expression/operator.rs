//! Operators that work on every type.

use super::Level;
use crate::Construct;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    pub(super) fn ternary(&mut self, kind: &Kind, least: Level, question: &'static str) {
        self.level(Level::Ternary, least, |this| {
            this.counts.add(if question == "?" { Construct::Ternary } else { Construct::TildeTernary });
            let condition = if question == "?" { Kind::Truth } else { Kind::answer(Kind::Truth) };
            this.expression(&condition, Level::Attach);
            this.operator(question);
            this.expression(kind, Level::Ternary);
            this.operator(":");
            this.expression(kind, Level::Ternary);
        });
    }

    /// Two operands on one level, and a third now and then.
    pub(super) fn binary(
        &mut self,
        kind: &Kind,
        made: Level,
        tighter: Level,
        least: Level,
        operators: &[&'static str],
    ) {
        self.level(made, least, |this| {
            this.expression(kind, tighter);
            let more = this.how_many(1, 2);
            for _ in 0..more {
                let operator = this.choices.pick(operators);
                this.operator(operator);
                this.expression(kind, tighter);
            }
        });
    }

    pub(super) fn coalesce(&mut self, kind: &Kind, least: Level, operator: &'static str) {
        self.level(Level::Coalesce, least, |this| {
            this.maybe(kind);
            this.operator(operator);
            this.expression(kind, Level::Gate);
        });
    }

    /// Something that may be null.
    fn maybe(&mut self, kind: &Kind) {
        match self.choices.below(4) {
            0 => self.token("null"),
            1 => {
                self.expression(&Kind::list(kind.clone()), Level::Postfix);
                self.counts.add(Construct::Index);
                self.index();
            }
            2 => {
                self.expression(&Kind::list(kind.clone()), Level::Postfix);
                self.method("first");
                self.listed("(", ")", 0, |_, _| {});
            }
            _ => {
                self.expression(&Kind::list(kind.clone()), Level::Postfix);
                self.method("find");
                self.listed("(", ")", 1, |this, _| this.lambda(std::slice::from_ref(kind), &Kind::Truth));
            }
        }
    }

    pub(super) fn surer(&mut self, kind: &Kind, least: Level) {
        let answer = Kind::answer(kind.clone());
        self.binary(&answer, Level::Or, Level::And, least, &["~||>"]);
    }

    /// `e ~@> t ?? other`.
    pub(super) fn gated(&mut self, kind: &Kind, least: Level, operator: &'static str) {
        self.level(Level::Coalesce, least, |this| {
            this.expression(&Kind::answer(kind.clone()), Level::Or);
            this.operator(operator);
            this.threshold();
            this.operator("??");
            this.expression(kind, Level::Gate);
        });
    }

    pub(super) fn gate_else(&mut self, kind: &Kind, least: Level) {
        self.level(Level::Gate, least, |this| {
            this.expression(&Kind::answer(kind.clone()), Level::Or);
            this.operator("~@>");
            this.bracketed("(", ")", |this| {
                this.confidence();
                this.token(",");
                this.value(kind);
            });
        });
    }

    fn threshold(&mut self) {
        self.confidence();
        if self.choices.chance(15) {
            self.counts.add(Construct::Arithmetic);
            self.operator("-");
            self.token("0.1");
        }
    }

    /// `x |> f |> g(_, a) ~@> 0.8 ?? other ~> 0.9`.
    pub(super) fn pipe(&mut self, kind: &Kind, least: Level) {
        self.level(Level::Pipe, least, |this| {
            let mut from = this.kind();
            this.expression(&from, Level::Ternary);
            let steps = this.how_many(1, 3);
            for step in 1..=steps {
                let to = if step == steps { kind.clone() } else { this.kind() };
                let operator = if this.with(Construct::TildePipe, 20) { "~|>" } else { "|>" };
                this.counts.add(Construct::Pipe);
                this.operator(operator);
                this.pipe_step(&from, &to);
                from = to;
            }
            if this.with(Construct::Gate, 15) {
                this.operator("~@>");
                this.threshold();
                this.operator("??");
                this.expression(kind, Level::Gate);
            }
            if matches!(kind, Kind::Answer(_) | Kind::Any) && this.with(Construct::Attach, 20) {
                this.operator("~>");
                this.confidence();
            }
        });
    }

    fn pipe_step(&mut self, from: &Kind, to: &Kind) {
        let fitting: Vec<_> = self
            .scope
            .functions
            .iter()
            .filter(|known| {
                known.result.fits(to) && known.parameters.first().is_some_and(|first| from.fits(first))
            })
            .cloned()
            .collect();
        let index = self.choices.below(fitting.len());
        if let Some(function) = fitting.get(index) {
            self.token(function.name.clone());
            let placed = self.with(Construct::Placeholder, 40);
            if function.parameters.len() > 1 || placed {
                let skipped = usize::from(!placed);
                self.listed("(", ")", function.parameters.len() - skipped, |this, index| {
                    if placed && index == 0 {
                        this.token("_");
                    } else if let Some(kind) = function.parameters.get(index + skipped) {
                        this.value(kind);
                    }
                });
            }
        } else if *from == Kind::Number && *to == Kind::Number && self.choices.chance(50) {
            let name = self.choices.pick(&["round", "Math.floor", "clamp"]);
            match name {
                "round" => {
                    self.token("round");
                    self.listed("(", ")", 1, |this, _| this.token("2"));
                }
                "clamp" => {
                    self.token("clamp");
                    self.counts.add(Construct::Placeholder);
                    self.listed("(", ")", 3, |this, index| {
                        this.token(["_", "0", "10"].get(index).copied().unwrap_or("1"))
                    });
                }
                _ => self.tokens(&["Math", ".", "floor"]),
            }
        } else {
            self.parentheses(|this| this.lambda(std::slice::from_ref(from), to));
        }
    }

    /// `e as T`.
    pub(super) fn cast(&mut self, kind: &Kind, least: Level) {
        let made = if self.place.head { Level::Pipe } else { Level::Comparison };
        let least = if self.place.head { Level::Postfix } else { least };
        self.level(made, least, |this| {
            if let Some(variable) = this.variable(|variable| variable.kind == Kind::Any) {
                this.name(variable.name);
            } else {
                this.tokens(&["JSON", ".", "parse"]);
                this.listed("(", ")", 1, |this, _| this.value(&Kind::Text));
            }
            this.counts.add(Construct::As);
            this.token("as");
            this.type_of_value(kind);
        });
    }

    /// `e!`.
    pub(super) fn certainly(&mut self, kind: &Kind) {
        let answer = Kind::answer(kind.clone());
        self.counts.add(Construct::Certainly);
        if let Some(variable) = self.variable(|variable| variable.kind == answer) {
            self.name(variable.name);
        } else {
            self.parentheses(|this| this.value(&answer));
        }
        self.gap(crate::document::Gap::Touch);
        self.token("!");
    }
}
