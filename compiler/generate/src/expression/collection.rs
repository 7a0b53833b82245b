use super::Level;
use crate::Construct as C;
use crate::document::Piece;
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

impl Generator<'_, '_> {
    /// A list that is computed.
    pub(super) fn list(&mut self, of: &Kind) {
        match self.choose(&[C::List, C::List, C::ListSpread, C::Call, C::Call, C::Call, C::TrailingBlock]) {
            C::Call => self.list_call(of),
            C::TrailingBlock => self.many(of),
            form => {
                let count = self.how_many(1, 4);
                let spread = (form == C::ListSpread).then(|| self.choices.below(count));
                let list = Kind::list(of.clone());
                self.listed("[", "]", count, |this, index| {
                    if Some(index) == spread {
                        this.token("...");
                        this.value(&list);
                    } else {
                        this.value(of);
                    }
                });
            }
        }
    }

    fn list_call(&mut self, of: &Kind) {
        let list = Kind::list(of.clone());
        match self.choices.below(6) {
            0 | 1 => {
                let from = self.kind();
                self.expression(&Kind::list(from.clone()), Level::Postfix);
                self.method("map");
                self.listed("(", ")", 1, |this, _| this.lambda(std::slice::from_ref(&from), of));
            }
            2 => {
                self.expression(&list, Level::Postfix);
                self.method("filter");
                self.listed("(", ")", 1, |this, _| this.lambda(std::slice::from_ref(of), &Kind::Truth));
            }
            3 => {
                self.expression(&list, Level::Postfix);
                self.method("concat");
                self.listed("(", ")", 1, |this, _| this.value(&list));
            }
            4 => {
                self.expression(&list, Level::Postfix);
                self.method("sortBy");
                self.listed("(", ")", 1, |this, _| this.selector_or_lambda(of));
            }
            _ => {
                self.tokens(&["Promise", ".", "all"]);
                self.listed("(", ")", 1, |this, _| this.value(&list));
            }
        }
    }

    /// `.label`, or a lambda where the values have no fields.
    pub(super) fn selector_or_lambda(&mut self, of: &Kind) {
        if let Kind::Record(fields) = of
            && let Some((key, _)) = fields.get(self.choices.below(fields.len()))
            && self.with(C::Selector, 70)
        {
            self.token(".");
            self.key_token(key);
            if self.choices.chance(15) {
                self.method("length");
            }
        } else {
            self.lambda(std::slice::from_ref(of), &Kind::Number);
        }
    }

    /// A record that has fields of these types, with all forms of entries.
    pub(super) fn record_of(&mut self, fields: &[(&'static str, Kind)], least: Level) {
        if self.with(C::RecordSpread, 25) && !fields.is_empty() {
            let kind = Kind::Record(fields.into());
            let changed = self.choices.below(fields.len());
            return self.record(|this| {
                this.token("...");
                this.expression(&kind, Level::Pipe);
                if let Some((key, kind)) = fields.get(changed) {
                    this.token(",");
                    this.entry(key, kind);
                }
            });
        }
        if !self.is_spent() && self.allows(C::If) && self.choices.chance(10) {
            let kind = Kind::Record(fields.into());
            return self.braces(least, |this| this.if_value(&kind));
        }
        if self.choices.chance(15) {
            return self.call_or_literal(&Kind::Record(fields.into()), least);
        }
        self.record(|this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.token(",");
                }
                this.entry(key, kind);
            }
            this.more_entries();
        });
    }

    pub(super) fn record_literal(&mut self, fields: &[(&'static str, Kind)]) {
        self.record(|this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.token(",");
                }
                this.key_token(key);
                this.breaking(":");
                this.deeper(|this| this.literal(kind, Level::Pipe));
            }
        });
    }

    /// Braces of a record; in parentheses where they would be a block's.
    fn record(&mut self, inside: impl FnOnce(&mut Self)) {
        self.counts.add(C::Record);
        if self.no_brace() {
            self.parentheses(|this| this.record_braces(inside));
        } else {
            self.record_braces(inside);
        }
    }

    fn record_braces(&mut self, inside: impl FnOnce(&mut Self)) {
        self.bracketed("{", "}", |this| {
            let before = this.document.len();
            inside(this);
            if this.document.len() > before {
                this.document.piece(Piece::Comma);
            }
        });
    }

    /// A record whose first entry says that it is one, where a block might stand.
    pub(super) fn plain_record(&mut self, fields: &[(&'static str, Kind)]) {
        self.record_braces(|this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.token(",");
                }
                this.key_token(key);
                this.token(":");
                this.value(kind);
            }
        });
    }

    fn entry(&mut self, key: &'static str, kind: &Kind) {
        if !names::is_reserved(key)
            && self.scope.variables.iter().any(|variable| variable.name == key && variable.kind.fits(kind))
            && self.with(C::Shorthand, 90)
        {
            return self.token(key);
        }
        match self.choose(&[C::Record, C::Record, C::Record, C::QuotedKey, C::ComputedKey]) {
            C::QuotedKey => {
                let quotes = self.choices.pick(&["\"", "'"]);
                self.token(format!("{quotes}{key}{quotes}"));
            }
            C::ComputedKey => self.bracketed("[", "]", |this| this.token(format!("\"{key}\""))),
            _ => self.key_token(key),
        }
        self.breaking(":");
        self.value(kind);
    }

    /// Entries that nobody asked for.
    fn more_entries(&mut self) {
        let mut written = true;
        if self.with(C::Shorthand, 10)
            && let Some(variable) = self.variable(|_| true)
        {
            self.tokens(&[","]);
            self.token(variable.name);
        } else if self.with(C::RecordMethod, 6) {
            let number = self.scope.number();
            self.token(",");
            self.token(format!("method{number}"));
            let kind = self.kind();
            self.parameters_and_body(&[Kind::Number], &kind);
        } else if self.with(C::QuotedKey, 5) {
            let number = self.choices.pick(&["1", "42", "\"two words\"", "'é'"]);
            self.tokens(&[",", number, ":"]);
            self.value(&Kind::Any);
        } else if self.with(C::RecordSelector, 4) {
            self.tokens(&[",", "by", ":", ".", "label"]);
        } else if self.with(C::ComputedKey, 4) {
            self.token(",");
            self.bracketed("[", "]", |this| this.value(&Kind::Text));
            self.breaking(":");
            self.value(&Kind::Any);
        } else {
            written = false;
        }
        if written && self.choices.chance(30) {
            self.more_entries();
        }
    }

    /// A value with parts of any type.
    pub(super) fn anything(&mut self, least: Level) {
        match self.choices.below(3) {
            0 => {
                let kind = self.record_kind();
                self.of_kind(&kind, least);
            }
            1 => {
                let (from, to) = (self.kind(), self.kind());
                if least == Level::Pipe && !self.at_statement() && !self.place.head {
                    self.lambda(&[from], &to);
                } else {
                    self.parentheses(|this| this.lambda(&[from], &to));
                }
            }
            _ => self.list(&Kind::Any),
        }
    }
}
