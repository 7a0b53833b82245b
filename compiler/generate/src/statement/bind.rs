//! `let`, `const`, and taking values apart.

use crate::Construct as C;
use crate::document::{Gap, Piece};
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

impl Generator<'_, '_> {
    pub(crate) fn let_statement(&mut self, keyword: &'static str) -> bool {
        self.counts.add(if keyword == "let" { C::Let } else { C::Const });
        self.token(keyword);
        self.binding(keyword == "let");
        false
    }

    fn binding(&mut self, mutable: bool) {
        let kind = self.kind();
        let name = self.fresh_name();
        self.token(name.clone());
        let typed = self.with(C::TypedLet, 20);
        let mut declared = kind.clone();
        if typed {
            self.breaking(":");
            if mutable && self.choices.chance(12) {
                // Without a value it is null.
                self.counts.add(C::OptionalType);
                self.parentheses(Self::free_type);
                self.gap(Gap::Stay);
                self.token("?");
                return self.declare(name, Kind::Any, false);
            }
            declared = self.type_of(&kind);
        }
        let unset = mutable && !typed && self.choices.chance(2);
        if !unset {
            self.breaking("=");
            self.value(&kind);
        }
        self.declare(name, declared, mutable);
    }

    pub(super) fn let_many(&mut self) -> bool {
        let keyword = self.choices.pick(&["let", "const"]);
        self.token(keyword);
        let count = self.how_many(2, 3);
        for index in 0..count {
            if index > 0 {
                self.breaking(",");
            }
            self.binding(keyword == "let");
        }
        false
    }

    pub(super) fn let_record(&mut self) -> bool {
        let keyword = self.choices.pick(&["let", "const"]);
        self.token(keyword);
        let kind = self.record_kind();
        if let Kind::Record(fields) = &kind {
            let before = self.scope.variables.len();
            self.take_record(fields);
            // The names are in scope only behind the statement.
            let taken = self.scope.variables.split_off(before);
            self.breaking("=");
            self.value(&kind);
            self.scope.variables.extend(taken);
        }
        false
    }

    pub(super) fn let_list(&mut self) -> bool {
        let keyword = self.choices.pick(&["let", "const"]);
        self.token(keyword);
        let of = self.plain_kind();
        let before = self.scope.variables.len();
        self.take_list(&of);
        let taken = self.scope.variables.split_off(before);
        self.breaking("=");
        self.value(&Kind::list(of));
        self.scope.variables.extend(taken);
        false
    }

    /// `{ a, b: c ~> 0.9 = 1, ...rest }`, of a record with these fields.
    pub(crate) fn take_record(&mut self, fields: &[(&'static str, Kind)]) {
        self.counts.add(C::RecordDestructuring);
        let rest = self.with(C::DestructuringRest, 15);
        self.bracketed("{", "}", |this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.token(",");
                }
                this.key_token(key);
                let taken = this.scope.variables.iter().any(|variable| variable.name == *key);
                if taken || names::is_reserved(key) || names::has_a_meaning(key) || this.choices.chance(40) {
                    this.breaking(":");
                    let name = this.plain_name();
                    this.token(name.clone());
                    this.declare(name, kind.clone(), true);
                } else {
                    this.declare((*key).to_owned(), kind.clone(), true);
                }
                if this.with(C::DestructuringConfidence, 10) {
                    this.operator("~>");
                    this.confidence();
                }
                if this.choices.chance(12) {
                    this.breaking("=");
                    this.value(kind);
                }
            }
            if rest {
                this.token(",");
                this.token("...");
                let name = this.plain_name();
                this.token(name.clone());
                this.declare(name, Kind::Any, true);
            }
            this.document.piece(Piece::Comma);
        });
    }

    /// `[a, _, { b }, ...rest]`, of a list of these.
    pub(crate) fn take_list(&mut self, of: &Kind) {
        self.counts.add(C::ListDestructuring);
        let count = self.how_many(1, 3);
        let rest = self.with(C::DestructuringRest, 25);
        self.bracketed("[", "]", |this| {
            for index in 0..count {
                if index > 0 {
                    this.token(",");
                }
                match this.choices.below(8) {
                    0 if index + 1 < count => {}
                    1 => this.token("_"),
                    2 => this.bracketed("[", "]", |this| {
                        let name = this.plain_name();
                        this.token(name.clone());
                        this.declare(name, Kind::Any, true);
                    }),
                    _ => {
                        let name = this.plain_name();
                        this.token(name.clone());
                        if this.choices.chance(12) {
                            this.breaking("=");
                            this.value(of);
                        }
                        this.declare(name, of.clone(), true);
                    }
                }
            }
            if rest {
                this.token(",");
                this.token("...");
                let name = this.plain_name();
                this.token(name.clone());
                this.declare(name, Kind::list(of.clone()), true);
            } else {
                this.document.piece(Piece::Comma);
            }
        });
    }
}
