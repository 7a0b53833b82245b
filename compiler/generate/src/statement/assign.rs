//! Assignments.

use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;
use crate::scope::Variable;

impl Generator<'_, '_> {
    /// A variable that may be assigned here.
    pub(super) fn own_variable(&mut self, fits: impl Fn(&Kind) -> bool) -> Option<Variable> {
        let own = self.place.own_variables;
        let fitting: Vec<_> = self
            .scope
            .variables
            .iter()
            .skip(own)
            .filter(|variable| variable.mutable && fits(&variable.kind))
            .cloned()
            .collect();
        let index = self.choices.below(fitting.len());
        fitting.into_iter().nth(index)
    }

    pub(super) fn can_assign(&mut self) -> bool {
        self.own_variable(|_| true).is_some()
    }

    pub(super) fn assignment(&mut self) -> bool {
        let Some(variable) = self.own_variable(|_| true) else { return self.let_statement("let") };
        self.token(variable.name);
        self.breaking("=");
        self.value(&variable.kind);
        false
    }

    pub(super) fn compound_assignment(&mut self) -> bool {
        let Some(variable) =
            self.own_variable(|kind| matches!(kind, Kind::Number | Kind::Text | Kind::Truth))
        else {
            return self.let_statement("let");
        };
        let operators: &[&'static str] = match variable.kind {
            Kind::Number => &["+=", "-=", "*=", "/=", "%=", "**=", "??="],
            Kind::Text => &["+=", "??="],
            _ => &["||=", "&&="],
        };
        self.token(variable.name);
        let operator = self.choices.pick(operators);
        self.breaking(operator);
        self.value(&variable.kind);
        false
    }

    pub(super) fn tilde_assignment(&mut self) -> bool {
        let Some(variable) = self.own_variable(|kind| *kind.certain() == Kind::Number) else {
            return self.let_statement("let");
        };
        self.token(variable.name);
        let operator = self.choices.pick(&["~+=", "~-=", "~*=", "~/="]);
        self.breaking(operator);
        self.value(&variable.kind);
        false
    }

    /// `a.b = e`, `a[0] += e`.
    pub(super) fn place_assignment(&mut self) -> bool {
        let found = self.own_variable(|kind| match kind {
            Kind::Record(fields) => !fields.is_empty(),
            Kind::List(_) => true,
            _ => false,
        });
        let Some(variable) = found else { return self.let_statement("let") };
        self.token(variable.name.clone());
        let kind = match &variable.kind {
            Kind::Record(fields) => {
                let Some((key, kind)) = fields.get(self.choices.below(fields.len())) else { return false };
                if self.choices.chance(75) {
                    self.gap(Gap::Free);
                    self.token(".");
                    self.key_token(key);
                } else {
                    self.bracketed("[", "]", |this| this.token(format!("\"{key}\"")));
                }
                kind.clone()
            }
            Kind::List(of) => {
                self.index();
                of.as_ref().clone()
            }
            _ => return false,
        };
        let operator = if kind == Kind::Number { self.choices.pick(&["=", "+=", "*="]) } else { "=" };
        self.breaking(operator);
        self.value(&kind);
        false
    }

    /// `[a, b] = [b, a]` or `{ a } = e`.
    pub(super) fn destructuring_assignment(&mut self) -> bool {
        let Some(first) = self.own_variable(|_| true) else { return self.let_statement("let") };
        if self.choices.chance(40) {
            let kind = Kind::Record([("label", first.kind.clone())].into());
            self.bracketed("{", "}", |this| {
                this.tokens(&["label", ":"]);
                this.token(first.name.clone());
            });
            self.breaking("=");
            self.value(&kind);
            return false;
        }
        let second = self.own_variable(|kind| *kind == first.kind).unwrap_or_else(|| first.clone());
        let names = [first.name, second.name];
        self.listed("[", "]", 2, |this, index| this.token(names.get(index).cloned().unwrap_or_default()));
        self.breaking("=");
        self.listed("[", "]", 2, |this, index| this.token(names.get(1 - index).cloned().unwrap_or_default()));
        false
    }

    pub(super) fn increment(&mut self) -> bool {
        let Some(variable) = self.own_variable(|kind| *kind == Kind::Number) else {
            return self.let_statement("let");
        };
        let operator = self.choices.pick(&["++", "--"]);
        if self.choices.chance(60) {
            self.token(variable.name);
            self.gap(Gap::Stay);
            self.token(operator);
        } else {
            self.token(operator);
            self.gap(Gap::Stay);
            self.token(variable.name);
        }
        false
    }
}
