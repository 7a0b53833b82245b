//! `match` and its patterns.

use super::Level;
use crate::Construct as C;
use crate::document::{Gap, Separator};
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

impl Generator<'_, '_> {
    pub(super) fn match_value(&mut self, kind: &Kind) {
        self.matching(|this| {
            if this.choices.chance(30) {
                this.block_of(kind);
            } else {
                this.begin_statement();
                this.begin_body();
                this.expression(kind, Level::Pipe);
            }
        });
    }

    /// `match e { … }`; what stands behind an arm's arrow is written by `body`.
    pub(crate) fn matching(&mut self, mut body: impl FnMut(&mut Self)) {
        self.counts.add(C::Match);
        self.token("match");
        let subject = match self.choices.below(7) {
            0 | 1 => Kind::Text,
            2 => Kind::Number,
            3 => Kind::Truth,
            4 => self.record_kind(),
            5 => Kind::list(self.plain_kind()),
            _ => Kind::Any,
        };
        self.head(|this| this.expression(&subject, Level::Ternary));
        let arms = self.how_many(1, 4);
        self.braced(Separator::Field, |this| {
            for _ in 0..arms {
                let mark = this.scope.mark();
                this.arm_pattern(&subject);
                if this.with(C::Guard, 25) {
                    this.token("if");
                    let around = std::mem::replace(&mut this.place.head, true);
                    this.expression(&Kind::Truth, Level::Or);
                    this.place.head = around;
                }
                this.breaking("=>");
                body(this);
                this.scope.forget(mark);
                this.end(Separator::Field, false);
            }
            this.token("_");
            this.breaking("=>");
            body(this);
        });
    }

    fn arm_pattern(&mut self, subject: &Kind) {
        if self.with(C::Alternatives, 20) {
            let count = self.how_many(2, 3);
            for index in 0..count {
                if index > 0 {
                    self.operator("|");
                }
                self.literal_pattern(subject);
            }
        } else {
            self.match_pattern(subject);
        }
    }

    fn match_pattern(&mut self, subject: &Kind) {
        self.deeper(|this| match subject {
            Kind::Record(fields) if this.with(C::RecordPattern, 80) => this.record_pattern(fields),
            Kind::List(of) if this.with(C::ListPattern, 80) => this.list_pattern(of),
            Kind::Any => {
                let kind = this.kind();
                if this.with(C::TypePattern, 40) {
                    let name = this.plain_name();
                    this.token(name.clone());
                    this.token("is");
                    this.primary_type(&kind);
                    this.declare(name, kind, false);
                } else if kind == Kind::Any {
                    this.literal_pattern(&kind);
                } else {
                    this.match_pattern(&kind);
                }
            }
            _ => match this.choices.below(5) {
                0 => this.token("_"),
                1 => {
                    let name = this.plain_name();
                    this.token(name.clone());
                    this.declare(name, subject.clone(), false);
                }
                _ => this.literal_pattern(subject),
            },
        });
    }

    /// A pattern that names nothing.
    fn literal_pattern(&mut self, subject: &Kind) {
        match subject {
            Kind::Number if self.choices.chance(25) => {
                // With a space behind it the sign would go on with the arm before.
                self.token("-");
                self.gap(Gap::Touch);
                self.token("1");
            }
            Kind::Number => {
                let number = self.choices.pick(&["0", "1", "42", "0.5"]);
                self.token(number);
            }
            Kind::Text => {
                let text = self.choices.pick(&["\"bug\"", "'question'", "\"größer\"", "\"\"", "`praise`"]);
                self.token(text);
            }
            Kind::Truth => {
                let text = self.choices.pick(&["true", "false"]);
                self.token(text);
            }
            Kind::List(_) => self.listed("[", "]", 0, |_, _| {}),
            Kind::Record(_) => self.bracketed("{", "}", |this| this.tokens(&["kind", ":", "\"bug\""])),
            _ => {
                let text = self.choices.pick(&["null", "undefined", "30s", "$0.05", "\"bug\"", "7"]);
                self.token(text);
            }
        }
    }

    fn record_pattern(&mut self, fields: &[(&'static str, Kind)]) {
        let rest = self.with(C::RestPattern, 30);
        self.bracketed("{", "}", |this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.token(",");
                }
                let quoted = this.with(C::QuotedKey, 10);
                if quoted {
                    this.token(format!("\"{key}\""));
                } else {
                    this.key_token(key);
                }
                if quoted || names::is_reserved(key) || names::has_a_meaning(key) || this.choices.chance(60) {
                    this.breaking(":");
                    if this.with(C::Alternatives, 10) {
                        this.literal_pattern(kind);
                        this.operator("|");
                        this.literal_pattern(kind);
                    } else {
                        this.match_pattern(kind);
                    }
                } else {
                    this.declare((*key).to_owned(), kind.clone(), false);
                }
            }
            if rest {
                this.token(",");
            } else {
                this.document.piece(crate::document::Piece::Comma);
            }
            this.rest_pattern(rest);
        });
    }

    fn list_pattern(&mut self, of: &Kind) {
        let rest = self.with(C::RestPattern, 40);
        let count = self.how_many(1, 3);
        self.bracketed("[", "]", |this| {
            for index in 0..count {
                if index > 0 {
                    this.token(",");
                }
                this.match_pattern(of);
            }
            if rest {
                this.token(",");
            } else {
                this.document.piece(crate::document::Piece::Comma);
            }
            this.rest_pattern(rest);
        });
    }

    fn rest_pattern(&mut self, rest: bool) {
        if !rest {
            return;
        }
        self.token("...");
        if self.choices.chance(60) {
            let name = self.plain_name();
            self.gap(Gap::Stay);
            self.token(name.clone());
            self.declare(name, Kind::Any, false);
        }
    }

    /// A name that is no keyword anywhere.
    pub(crate) fn plain_name(&mut self) -> String {
        let number = self.scope.number();
        names::variable(self.choices, number)
    }
}
