//! Loops. Each ends: over a list, with a limit, or by counting.

use crate::Construct as C;
use crate::document::{Gap, Mode, Piece};
use crate::expression::Level;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// `for x in xs { … }` in all its spellings.
    pub(super) fn for_each(&mut self) -> bool {
        let mark = self.scope.mark();
        let own = self.place.own_variables;
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
        let limited = self.limit();
        self.gap(Gap::Free);
        let ends_with_block = self.loop_body(parenthesised && !limited);
        self.scope.forget(mark);
        self.place.own_variables = own;
        ends_with_block
    }

    fn in_or_of(&mut self) {
        let word = if self.choices.chance(50) { "in" } else { "of" };
        self.counts.add(if word == "in" { C::ForIn } else { C::ForOf });
        self.breaking(word);
    }

    fn loop_names(&mut self, kind: &Kind) {
        match kind {
            Kind::Record(fields) if self.choices.chance(50) => self.take_record(fields),
            Kind::List(of) if self.choices.chance(50) => self.take_list(of),
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
        match self.choices.below(4) {
            0 | 1 => {
                self.counts.add(C::Increment);
                self.token(name.clone());
                self.gap(Gap::Stay);
                self.token("++");
            }
            2 => {
                self.counts.add(C::CompoundAssignment);
                self.token(name.clone());
                self.breaking("+=");
                self.token("2");
            }
            _ => {
                self.counts.add(C::Increment);
                self.token("++");
                self.token(name.clone());
            }
        }
        self.declare(name, Kind::Number, false);
    }

    pub(super) fn while_loop(&mut self) -> bool {
        let own = self.place.own_variables;
        self.token("while");
        let bare = self.condition();
        let limited = self.limit();
        self.gap(Gap::Free);
        let ends_with_block = self.loop_body(bare && !limited);
        self.place.own_variables = own;
        ends_with_block
    }

    pub(super) fn do_while(&mut self) -> bool {
        self.breaking("do");
        self.loop_body(false);
        self.gap(Gap::Stay);
        self.token("while");
        let around = std::mem::replace(&mut self.place.head, true);
        self.expression(&Kind::Truth, Level::Ternary);
        self.place.head = around;
        self.limit();
        false
    }

    /// `max n`; true if there is one.
    fn limit(&mut self) -> bool {
        let limited = self.with(C::LoopLimit, 25);
        if limited {
            self.gap(Gap::Stay);
            self.token("max");
            self.gap(Gap::Stay);
            let number = self.choices.pick(&["3", "10", "1_000"]);
            self.token(number);
        }
        limited
    }

    fn loop_body(&mut self, bare: bool) -> bool {
        let around = std::mem::replace(&mut self.place.in_loop, true);
        let ends_with_block = self.body(bare);
        self.place.in_loop = around;
        ends_with_block
    }
}
