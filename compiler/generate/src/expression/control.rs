//! `if`, `uncertain if` and blocks that give a value.

use super::Level;
use crate::Construct as C;
use crate::document::{Gap, Separator};
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// What stands between a keyword and the braces. True where the whole head is in parentheses, so that a
    /// statement without braces may follow.
    pub(crate) fn head(&mut self, write: impl FnOnce(&mut Self)) -> bool {
        let parenthesised = self.choices.chance(40);
        if parenthesised {
            self.parentheses(write);
        } else {
            let around = std::mem::replace(&mut self.place.head, true);
            write(self);
            self.place.head = around;
        }
        self.gap(Gap::Free);
        parenthesised
    }

    /// The condition of an `if` or a loop.
    pub(crate) fn condition(&mut self) -> bool {
        self.head(|this| this.expression(&Kind::Truth, Level::Ternary))
    }

    /// Statements and then the value, in braces.
    pub(super) fn block_of(&mut self, kind: &Kind) {
        self.block(|this| this.statements_and_value(kind));
    }

    /// Statements and then the value, as a `return` where that is possible now and then.
    pub(crate) fn statements_and_value(&mut self, kind: &Kind) {
        let count = if self.choices.chance(25) { self.how_many(0, 3) } else { 0 };
        for _ in 0..count {
            let bare = self.statement();
            self.end(Separator::Statement, bare);
        }
        self.begin_statement();
        if self.place.result.as_ref() == Some(kind) && self.with(C::Return, 50) {
            self.token("return");
        }
        self.value(kind);
    }

    pub(super) fn if_value(&mut self, kind: &Kind) {
        self.counts.add(C::If);
        self.token("if");
        let bare = self.condition();
        self.body_value(kind, bare);
        self.gap(Gap::Free);
        self.token("else");
        self.gap(Gap::Free);
        if self.with(C::ElseIf, 20) {
            self.deeper(|this| {
                if this.is_spent() || !this.allows(C::UncertainIf) || this.choices.chance(70) {
                    this.if_value(kind)
                } else {
                    this.uncertain_value(kind)
                }
            });
        } else {
            self.body_value(kind, bare);
        }
    }

    /// A block, a record, or only a value.
    fn body_value(&mut self, kind: &Kind, bare: bool) {
        match kind {
            Kind::Record(fields) if !fields.is_empty() && self.with(C::RecordBody, 80) => {
                self.plain_record(fields)
            }
            // A name might be a label before the `:` of a ternary, and a bracket would go on with the head.
            Kind::Number | Kind::Truth if bare && self.with(C::BareBody, 30) => {
                self.literal(kind, Level::Pipe)
            }
            _ => self.block_of(kind),
        }
    }

    pub(super) fn uncertain_value(&mut self, kind: &Kind) {
        self.uncertain(|this, arrow| {
            if arrow {
                this.begin_statement();
                this.expression(kind, Level::Pipe);
            } else {
                this.block_of(kind);
            }
        });
    }

    /// `uncertain if e, high: 0.9 { … }`; each band is written by `band`, told whether an arrow stands before it.
    pub(crate) fn uncertain(&mut self, mut band: impl FnMut(&mut Self, bool)) {
        self.counts.add(C::UncertainIf);
        self.tokens(&["uncertain", "if"]);
        let around = std::mem::replace(&mut self.place.head, true);
        let of = self.plain_kind();
        self.expression(&Kind::answer(of), Level::Ternary);
        if !self.place.asserts && self.with(C::Thresholds, 40) {
            self.breaking(",");
            self.breaking("high");
            self.breaking(":");
            self.confidence();
            if self.choices.chance(50) {
                self.breaking(",");
                self.breaking("medium");
                self.breaking(":");
                self.confidence();
            }
        }
        self.place.head = around;
        self.gap(Gap::Free);
        let bands: &[&'static str] = match self.choices.below(4) {
            0 => &["high", "default"],
            1 => &["high", "medium", "low"],
            2 => &["low", "medium", "high", "default"],
            _ => &["high", "low"],
        };
        self.braced(Separator::Field, |this| {
            for (index, name) in bands.iter().enumerate() {
                if index > 0 {
                    this.end(Separator::Field, false);
                }
                this.token(*name);
                let arrow = this.with(C::BandArrow, 35);
                if arrow {
                    let arrow = this.choices.pick(&["->", "=>"]);
                    this.breaking(arrow);
                } else {
                    this.gap(Gap::Stay);
                }
                let statement = arrow && this.choices.chance(60);
                band(this, statement);
            }
        });
    }
}
