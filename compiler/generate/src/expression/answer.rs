//! Values with a confidence, and the agents that give them.

use super::Level;
use crate::Construct as C;
use crate::generator::Generator;
use crate::kind::Kind;
use crate::scope::Signature;

impl Generator<'_, '_> {
    /// A `~T`.
    pub(super) fn answer(&mut self, of: &Kind, least: Level) {
        match self.choose(&[
            C::Attach,
            C::Attach,
            C::Call,
            C::Call,
            C::Call,
            C::TrailingBlock,
            C::TildeArithmetic,
        ]) {
            C::Call => self.answer_call(of),
            C::TrailingBlock => self.asked(of),
            C::TildeArithmetic if *of == Kind::Number => {
                self.arithmetic(&Kind::answer(Kind::Number), least, ["~+", "~-", "~*", "~/"]);
            }
            _ => self.level(Level::Attach, least, |this| {
                this.expression(of, Level::Coalesce);
                this.operator("~>");
                this.confidence();
                if this.choices.chance(20) {
                    this.counts.add(C::Arithmetic);
                    this.operator("*");
                    this.token("0.9");
                }
            }),
        }
    }

    fn answer_call(&mut self, of: &Kind) {
        if let Some((agent, method)) = self.method_that_answers(of) {
            return self.ask(agent, &method);
        }
        let name = self.choices.pick(&["raise", "boost", "pool", "vote", "best"]);
        self.token(name);
        match name {
            "raise" => self.listed("(", ")", 3, |this, index| match index {
                0 => this.value(&Kind::answer(of.clone())),
                1 => this.confidence(),
                _ => this.text_literal(),
            }),
            "boost" => self.listed("(", ")", 2, |this, index| match index {
                0 => this.value(&Kind::answer(of.clone())),
                _ => this.value(&Kind::Number),
            }),
            _ => {
                let selects = name != "best" && self.choices.chance(30);
                self.listed("(", ")", if selects { 2 } else { 1 }, |this, index| {
                    if index == 0 {
                        this.value(&Kind::list(Kind::answer(of.clone())));
                    } else {
                        this.counts.add(C::NamedArgument);
                        this.tokens(&["by", ":"]);
                        this.selector_or_lambda(of);
                    }
                });
            }
        }
    }

    fn method_that_answers(&mut self, of: &Kind) -> Option<(usize, Signature)> {
        let wanted = Kind::answer(of.clone());
        let fitting: Vec<_> = self
            .scope
            .agents
            .iter()
            .enumerate()
            .flat_map(|(index, agent)| agent.methods.iter().map(move |method| (index, method)))
            .filter(|(_, method)| method.result == wanted)
            .map(|(index, method)| (index, method.clone()))
            .collect();
        let index = self.choices.below(fitting.len());
        fitting.into_iter().nth(index)
    }

    /// `agent.classify(text)`.
    fn ask(&mut self, agent: usize, method: &Signature) {
        self.expression(&Kind::Agent(agent), Level::Postfix);
        self.gap(crate::document::Gap::Free);
        self.token(".");
        self.token(method.name.clone());
        let count = method.parameters.len();
        self.listed("(", ")", count, |this, index| {
            if let Some(kind) = method.parameters.get(index) {
                this.value(kind);
            }
        });
    }

    /// An agent of a contract.
    pub(super) fn any_agent(&mut self, index: usize) {
        if let Some(variable) = self.variable(|variable| variable.kind == Kind::Agent(index)) {
            return self.name(variable.name);
        }
        self.selected(index, true);
        self.method("first");
        self.listed("(", ")", 0, |_, _| {});
        self.gap(crate::document::Gap::Touch);
        self.token("!");
        self.counts.add(C::Certainly);
    }

    /// `select(Contract, min: 1)`.
    pub(crate) fn selected(&mut self, index: usize, one: bool) {
        let name =
            self.scope.agents.get(index).map_or_else(|| "agents".to_owned(), |agent| agent.name.clone());
        self.counts.add(C::NamedArgument);
        self.token("select");
        let prefer = self.choices.chance(25);
        self.listed("(", ")", if prefer { 3 } else { 2 }, |this, argument| match argument {
            0 => this.token(name.clone()),
            1 if one => this.tokens(&["max", ":", "1"]),
            1 => this.tokens(&["min", ":", "1"]),
            _ => this.tokens(&["prefer", ":", "\"latency\""]),
        });
    }

    /// Many agents asked the same.
    fn asked(&mut self, of: &Kind) {
        let Some((agent, method)) = self.method_that_answers(of) else {
            return self.trailing_block(&Kind::answer(of.clone()));
        };
        if self.place.head {
            return self.parentheses(|this| this.asked(of));
        }
        let name = self.choices.pick(&["ask_until", "race", "quorum", "hedge"]);
        self.token(name);
        self.listed("(", ")", 2, |this, index| {
            if index == 0 {
                this.selected(agent, false);
            } else {
                let key = match name {
                    "ask_until" => "target",
                    "quorum" => "n",
                    "hedge" => "after",
                    _ => "timeout",
                };
                this.tokens(&[key, ":"]);
                match name {
                    "ask_until" => this.confidence(),
                    "quorum" => this.token("2"),
                    _ => this.duration(),
                }
            }
        });
        let one = self.scope.number();
        self.gap(crate::document::Gap::Stay);
        self.block(|this| {
            let name = format!("agent{one}");
            this.token(name.clone());
            this.breaking("=>");
            this.declare(name, Kind::Agent(agent), false);
            this.begin_statement();
            this.ask(agent, &method);
        });
    }
}
