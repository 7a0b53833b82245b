//! `if`, and what stands in branches.

use crate::Construct as C;
use crate::document::{Gap, Separator};
use crate::expression::Level;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    pub(super) fn if_statement(&mut self) -> bool {
        self.counts.add(C::If);
        self.token("if");
        let bare = self.condition();
        let mut ends_with_block = self.body(bare);
        if self.choices.chance(45) {
            self.gap(Gap::Free);
            self.breaking("else");
            if self.with(C::ElseIf, 30) {
                if !self.allows(C::UncertainIf) || self.choices.chance(75) {
                    return self.deeper(Self::if_statement);
                }
                self.deeper(Self::uncertain_statement);
                return true;
            }
            ends_with_block = self.body(bare);
        }
        ends_with_block
    }

    /// A block, or a statement without braces where the head allows it. True for a block.
    pub(super) fn body(&mut self, bare: bool) -> bool {
        if bare && self.with(C::BareBody, 40) {
            self.begin_statement();
            self.short_statement();
            return false;
        }
        self.block_of_statements(0);
        true
    }

    /// A statement that begins with a word and holds no other.
    fn short_statement(&mut self) {
        match self.choices.below(4) {
            0 if self.place.in_loop && self.allows(C::Break) => self.exit_loop(),
            1 if self.place.result.is_some() && self.allows(C::Return) => self.return_statement(),
            2 if self.allows(C::Assignment) && self.can_assign() => {
                self.assignment();
            }
            3 if self.choices.chance(30) => {
                self.counts.add(C::Call);
                self.token("fail");
                self.listed("(", ")", 1, |this, _| this.value(&Kind::Text));
            }
            _ => {
                self.counts.add(C::Call);
                self.token("log");
                self.method("info");
                self.listed("(", ")", 1, |this, _| this.value(&Kind::Text));
            }
        }
    }

    fn exit_loop(&mut self) {
        let word = if self.choose(&[C::Break, C::Continue]) == C::Break { "break" } else { "continue" };
        self.token(word);
    }

    fn return_statement(&mut self) {
        self.counts.add(C::Return);
        self.token("return");
        match self.place.result.clone() {
            Some(kind) if self.choices.chance(90) => self.value(&kind),
            _ => {}
        }
    }

    /// `if c { return e }` or the like: what follows an exit would never run.
    pub(super) fn guarded_exit(&mut self) -> bool {
        if !self.allows(C::If)
            || self.place.result.is_none() && !(self.place.in_loop && self.allows(C::Break))
        {
            return self.let_statement("let");
        }
        self.counts.add(C::If);
        self.token("if");
        self.condition();
        self.block(|this| {
            if this.choices.chance(30) {
                let bare = this.statement();
                this.end(Separator::Statement, bare);
                this.begin_statement();
            }
            if this.place.in_loop
                && this.allows(C::Break)
                && (this.place.result.is_none() || this.choices.chance(60))
            {
                this.exit_loop();
            } else {
                this.return_statement();
            }
        });
        true
    }

    /// What stands behind the arrow of an arm, done for its effect.
    pub(super) fn branch(&mut self) {
        if self.choices.chance(50) { self.block_of_statements(0) } else { self.simple_branch() }
    }

    /// A statement behind an arrow.
    pub(super) fn simple_branch(&mut self) {
        self.begin_statement();
        self.begin_body();
        match self.choices.below(4) {
            0 if self.place.result.is_some() && self.allows(C::Return) => self.return_statement(),
            1 => self.expression(&Kind::Any, Level::Pipe),
            _ => self.short_statement(),
        }
    }
}
