//! Loops. Each ends: over a list, with a limit, or by counting.

use crate::Construct as C;
use crate::document::{Gap, Mode, Piece, Separator};
use crate::expression::Level;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// `for x in xs { … }` in all its spellings.
    pub(super) fn for_each(&mut self) -> bool {
        let mark = self.scope.mark();
        self.token("for");
        let kind = match self.choices.below(3) {
            0 => self.record_kind(),
            1 => Kind::list(self.plain_kind()),
            _ => self.plain_kind(),
        };
        let list = Kind::list(kind.clone());
        let parenthesised = self.choices.chance(50);
        if parenthesised {
            self.parentheses(|this| {
                let keyword = this.choices.pick(&["", "let", "const"]);
                if !keyword.is_empty() {
                    this.token(keyword);
                }
                this.loop_names(&kind);
                this.in_or_of();
                this.value(&list);
            });
        } else {
            let around = std::mem::replace(&mut self.place.head, true);
            self.loop_names(&kind);
            self.in_or_of();
            self.expression(&list, Level::Ternary);
            self.place.head = around;
        }
        let limited = self.choices.chance(15);
        if limited {
            self.limit();
        }
        self.gap(Gap::Free);
        let ends_with_block = self.loop_body(parenthesised && !limited);
        self.scope.forget(mark);
        ends_with_block
    }

    fn in_or_of(&mut self) {
        let form = if self.allows(C::ForOf) && (!self.allows(C::ForIn) || self.choices.chance(50)) {
            C::ForOf
        } else {
            C::ForIn
        };
        self.counts.add(form);
        let word = if form == C::ForOf { "of" } else { "in" };
        self.breaking(word);
    }

    fn loop_names(&mut self, kind: &Kind) {
        match kind {
            Kind::Record(fields) if self.with(C::RecordDestructuring, 50) => self.take_record(fields),
            Kind::List(of) if self.with(C::ListDestructuring, 50) => self.take_list(of),
            _ if self.choices.chance(10) => self.token("_"),
            _ => {
                let name = self.plain_name();
                self.token(name.clone());
                self.declare(name, kind.clone(), false);
                if self.choices.chance(25) {
                    let index = self.plain_name();
                    self.breaking(",");
                    self.token(index.clone());
                    self.declare(index, Kind::Number, false);
                }
            }
        }
    }

    /// `for (let i = 0; i < n; i += 1) { … }`.
    pub(super) fn for_classic(&mut self) -> bool {
        let mark = self.scope.mark();
        self.counts.add(C::ForClassic);
        self.token("for");
        let parenthesised = self.choices.chance(75);
        if parenthesised {
            self.parentheses(Self::classic_head);
        } else {
            // Its semicolons are looked for on its line.
            let around = std::mem::replace(&mut self.place.head, true);
            self.document.piece(Piece::Enter(Mode::OneLine));
            self.classic_head();
            self.document.piece(Piece::Leave);
            self.place.head = around;
        }
        self.gap(Gap::Free);
        let ends_with_block = self.loop_body(parenthesised);
        self.scope.forget(mark);
        ends_with_block
    }

    fn classic_head(&mut self) {
        if self.choices.chance(8) {
            // A loop that never begins.
            self.token(";");
            self.tokens(&["false", ";"]);
            return;
        }
        let name = self.plain_name();
        self.tokens(&["let"]);
        self.token(name.clone());
        self.breaking("=");
        self.token("0");
        self.token(";");
        self.token(name.clone());
        self.counts.add(C::Comparison);
        self.operator("<");
        self.expression(&Kind::Number, Level::Sum);
        self.token(";");
        if self.choose(&[C::CompoundAssignment, C::Increment, C::Increment]) == C::CompoundAssignment {
            self.token(name.clone());
            self.breaking("+=");
            self.token("2");
        } else if self.choices.chance(50) {
            self.token(name.clone());
            self.gap(Gap::Stay);
            self.token("++");
        } else {
            self.token("++");
            self.token(name.clone());
        }
        self.declare(name, Kind::Number, false);
    }

    /// `while x < 10 { x += 1 … }`, or any condition with a limit.
    pub(super) fn while_loop(&mut self) -> bool {
        self.counts.add(C::While);
        let counter = self.counter();
        self.token("while");
        let bare = match &counter {
            Some(name) => self.head(|this| this.below_ten(name)),
            None => self.condition(),
        };
        match counter {
            Some(name) if bare && self.with(C::BareBody, 40) => {
                self.count_up(name);
                false
            }
            Some(name) => {
                self.loop_block(Some(name));
                true
            }
            None => {
                self.limit();
                self.gap(Gap::Free);
                self.loop_block(None);
                true
            }
        }
    }

    pub(super) fn do_while(&mut self) -> bool {
        self.counts.add(C::DoWhile);
        let counter = self.counter();
        self.breaking("do");
        self.loop_block(counter.clone());
        self.gap(Gap::Stay);
        self.token("while");
        let around = std::mem::replace(&mut self.place.head, true);
        match &counter {
            Some(name) => self.below_ten(name),
            None => self.expression(&Kind::Truth, Level::Ternary),
        }
        self.place.head = around;
        if counter.is_none() {
            self.limit();
        }
        false
    }

    /// A number that a loop may count with.
    fn counter(&mut self) -> Option<String> {
        if self.choices.chance(50) {
            return None;
        }
        self.own_variable(|kind| *kind == Kind::Number).map(|variable| variable.name)
    }

    fn below_ten(&mut self, name: &str) {
        self.counts.add(C::Comparison);
        self.token(name.to_owned());
        self.operator("<");
        self.token("10");
    }

    fn count_up(&mut self, name: String) {
        self.begin_statement();
        self.token(name);
        if self.choose(&[C::CompoundAssignment, C::Increment]) == C::Increment {
            self.gap(Gap::Stay);
            self.token("++");
        } else {
            self.breaking("+=");
            self.token("1");
        }
    }

    /// The block of a loop, which counts first where a counter ends the loop. The counter is not assigned otherwise.
    fn loop_block(&mut self, counter: Option<String>) {
        let around = std::mem::replace(&mut self.place.in_loop, true);
        let mut kept = None;
        self.block(|this| {
            if let Some(name) = counter {
                this.count_up(name.clone());
                kept = this.protect(&name);
                this.end(Separator::Statement, false);
                this.let_statement("const");
                if this.choices.chance(50) {
                    this.end(Separator::Statement, false);
                    this.statements(1, 3);
                }
            } else {
                this.statements(0, 3);
            }
        });
        if let Some(index) = kept {
            self.release(index);
        }
        self.place.in_loop = around;
    }

    /// Makes a variable one that is not assigned, and gives its place.
    fn protect(&mut self, name: &str) -> Option<usize> {
        let index = self.scope.variables.iter().rposition(|variable| variable.name == name)?;
        self.scope.variables.get_mut(index)?.mutable = false;
        Some(index)
    }

    fn release(&mut self, index: usize) {
        if let Some(variable) = self.scope.variables.get_mut(index) {
            variable.mutable = true;
        }
    }

    /// `max n`.
    fn limit(&mut self) {
        self.counts.add(C::LoopLimit);
        self.gap(Gap::Stay);
        self.token("max");
        self.gap(Gap::Stay);
        let number = self.choices.pick(&["3", "10", "1_000"]);
        self.token(number);
    }

    fn loop_body(&mut self, bare: bool) -> bool {
        let around = std::mem::replace(&mut self.place.in_loop, true);
        let ends_with_block = self.body(bare);
        self.place.in_loop = around;
        ends_with_block
    }
}
