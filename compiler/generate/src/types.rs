//! Types as they are written.

use crate::Construct as C;
use crate::document::{Gap, Separator};
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

impl Generator<'_, '_> {
    /// The type of values of a kind, or one that more values have. Gives the kind of a variable of that type.
    pub(crate) fn type_of(&mut self, kind: &Kind) -> Kind {
        let exact = self.type_of_value(kind);
        if self.with(C::OptionalType, 4) {
            self.gap(Gap::Stay);
            self.token("?");
            return Kind::Any;
        }
        if self.with(C::UnionType, 4) {
            self.operator("|");
            self.token("null");
            return Kind::Any;
        }
        if exact { kind.clone() } else { Kind::Any }
    }

    /// The type of values of a kind, without `?` or `|` at its end. False if it is wider than the kind.
    pub(crate) fn type_of_value(&mut self, kind: &Kind) -> bool {
        if let Kind::List(of) = kind {
            self.counts.add(C::ListType);
            let exact = self.primary_type(of);
            self.gap(Gap::Stay);
            self.empty_brackets();
            exact
        } else {
            self.primary_type(kind)
        }
    }

    /// A type that nothing else depends on.
    pub(crate) fn free_type(&mut self) {
        self.deeper(|this| if this.is_spent() { this.token("any") } else { this.any_type() });
    }

    fn empty_brackets(&mut self) {
        self.token("[");
        self.gap(Gap::Stay);
        self.token("]");
    }

    /// A type that needs no parentheses anywhere. False if it is wider than the kind.
    pub(crate) fn primary_type(&mut self, kind: &Kind) -> bool {
        let known: Vec<_> = self
            .scope
            .types
            .iter()
            .filter(|(_, known)| known == kind)
            .map(|(name, _)| name.clone())
            .collect();
        if let Some(name) = known.get(self.choices.below(known.len() * 2)) {
            self.token(name.clone());
            return true;
        }
        match kind {
            Kind::Number => self.token("number"),
            Kind::Text => self.token("string"),
            Kind::Truth => self.token("bool"),
            Kind::List(_) => {
                let mut exact = true;
                self.parenthesised_type(|this| exact = this.type_of_value(kind));
                return exact;
            }
            Kind::Record(fields) => return self.record_type(fields),
            Kind::Answer(of) => {
                self.counts.add(C::UncertainType);
                self.token("~");
                return self.primary_type(of);
            }
            Kind::Agent(index) => {
                let name = self
                    .scope
                    .agents
                    .get(*index)
                    .map_or_else(|| "Agent".to_owned(), |agent| agent.name.clone());
                self.token(name);
            }
            Kind::Any => {
                let name = self.choices.pick(&["any", "any", "unknown"]);
                self.token(name);
            }
        }
        true
    }

    fn parenthesised_type(&mut self, write: impl FnOnce(&mut Self)) {
        self.counts.add(C::ParenthesisedType);
        self.parentheses(write);
    }

    fn record_type(&mut self, fields: &[(&'static str, Kind)]) -> bool {
        self.counts.add(C::RecordType);
        let open = self.with(C::OpenRecordType, 12);
        let mut exact = true;
        self.braced(Separator::Field, |this| {
            for (index, (key, kind)) in fields.iter().enumerate() {
                if index > 0 {
                    this.end(Separator::Field, false);
                }
                if this.with(C::QuotedKey, 6) {
                    this.token(format!("\"{key}\""));
                } else {
                    this.key_token(key);
                }
                if this.choices.chance(12) {
                    this.token("?");
                    exact = false;
                }
                this.breaking(":");
                exact &= this.type_of(kind) == *kind;
            }
            if open {
                this.end(Separator::Field, false);
                this.token("...");
            }
        });
        exact
    }

    /// A type of any form.
    fn any_type(&mut self) {
        const FORMS: &[C] = &[
            C::Name,
            C::UnionType,
            C::OptionalType,
            C::FunctionType,
            C::LiteralType,
            C::GenericType,
            C::RecordType,
            C::UncertainType,
            C::ListType,
            C::ParenthesisedType,
            C::LiteralType,
        ];
        match self.choose(FORMS) {
            C::UnionType => {
                if self.choices.chance(20) {
                    self.breaking("|");
                }
                let count = self.how_many(2, 4);
                for index in 0..count {
                    if index > 0 {
                        self.operator("|");
                    }
                    self.member_type();
                }
            }
            C::OptionalType => {
                self.member_type();
                self.gap(Gap::Stay);
                self.token("?");
            }
            C::FunctionType => self.function_type(),
            C::LiteralType => self.literal_type(),
            C::GenericType => self.generic_type(),
            C::UncertainType => {
                self.token("~");
                self.member_type();
            }
            C::ListType => {
                self.member_type();
                self.gap(Gap::Stay);
                self.empty_brackets();
            }
            C::ParenthesisedType => self.parentheses(Self::free_type),
            C::RecordType => {
                let Kind::Record(fields) = self.record_kind() else { return };
                self.record_type(&fields);
            }
            _ => {
                let name =
                    self.choices.pick(&["any", "number", "string", "duration", "money", "never", "null"]);
                self.token(name);
            }
        }
    }

    /// A type that may stand in a union or before `[]`.
    fn member_type(&mut self) {
        match self.choices.below(4) {
            0 => {
                let kind = self.plain_kind();
                self.primary_type(&kind);
            }
            1 => self.literal_type(),
            2 if !self.is_spent() => self.parenthesised_type(Self::free_type),
            _ => {
                let kind = self.record_kind();
                self.primary_type(&kind);
            }
        }
    }

    fn literal_type(&mut self) {
        self.counts.add(C::LiteralType);
        let text = self.choices.pick(&["\"bug\"", "'praise'", "42", "true", "null", "0.5", "false"]);
        self.token(text);
    }

    fn generic_type(&mut self) {
        self.counts.add(C::GenericType);
        let agent = self.choices.below(self.scope.agents.len());
        if self.choices.chance(20)
            && let Some(name) = self.scope.agents.get(agent).map(|agent| agent.name.clone())
        {
            self.token("Agent");
            self.gap(Gap::Stay);
            self.token("<");
            self.token(name);
            return self.token(">");
        }
        let generic = self.scope.generics.get(self.choices.below(self.scope.generics.len())).cloned();
        let own = generic.filter(|_| self.choices.chance(50));
        let two = own.is_some();
        self.token(own.unwrap_or_else(|| "map".to_owned()));
        self.gap(Gap::Stay);
        self.token("<");
        let kind = self.kind();
        self.type_of(&kind);
        if two {
            self.breaking(",");
            self.free_type();
        }
        self.token(">");
    }

    fn function_type(&mut self) {
        self.counts.add(C::FunctionType);
        let count = self.how_many(0, 2);
        self.bracketed("(", ")", |this| {
            for index in 0..count {
                if index > 0 {
                    this.token(",");
                }
                let kind = this.kind();
                this.type_of(&kind);
            }
        });
        self.breaking("->");
        let kind = self.kind();
        self.type_of(&kind);
    }

    /// `type A = T` or `type A<T, U> = …`.
    pub(crate) fn type_alias(&mut self) {
        self.counts.add(C::TypeAlias);
        let number = self.scope.number();
        let name = format!("{}{number}", self.choices.pick(&["Label", "Finding", "Größe", "Answer"]));
        self.token("type");
        self.token(name.clone());
        if self.with(C::TypeParameters, 20) {
            self.gap(Gap::Stay);
            self.tokens(&["<", "T", ",", "U", ">"]);
            self.breaking("=");
            self.braced(Separator::Field, |this| {
                this.tokens(&["first", ":", "T"]);
                this.end(Separator::Field, false);
                this.tokens(&["second", ":", "~", "U"]);
                if this.choices.chance(30) {
                    this.gap(Gap::Stay);
                    this.empty_brackets();
                }
            });
            self.scope.generics.push(name);
            return;
        }
        self.breaking("=");
        match self.choices.below(4) {
            form @ (0 | 1) => {
                let kind = if form == 0 { self.record_kind() } else { self.kind() };
                if self.type_of_value(&kind) && kind != Kind::Any {
                    return self.scope.types.push((name, kind));
                }
            }
            2 => {
                self.counts.add(C::UnionType);
                self.literal_type();
                self.operator("|");
                self.literal_type();
                self.operator("|");
                let last = names::key(self.choices);
                self.token(format!("\"{last}\""));
            }
            _ => self.free_type(),
        }
        self.scope.other_types.push(name);
    }
}
