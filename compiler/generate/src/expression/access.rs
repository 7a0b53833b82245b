//! Members, elements, `new`.

use super::Level;
use crate::Construct as C;
use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// `.name` of something that stands before.
    pub(crate) fn method(&mut self, name: &'static str) {
        self.counts.add(C::Member);
        self.gap(Gap::Free);
        self.token(".");
        self.token(name);
    }

    /// `[0]` of something that stands before.
    pub(crate) fn index(&mut self) {
        self.bracketed("[", "]", |this| {
            let list = this.variable(|variable| matches!(variable.kind, Kind::List(_)));
            match list {
                Some(list) if this.choices.chance(20) => {
                    this.name(list.name);
                    this.method("length");
                    this.counts.add(C::Arithmetic);
                    this.operator("-");
                    this.token("1");
                }
                _ => {
                    let place = this.choices.pick(&["0", "1", "2", "0x1"]);
                    this.token(place);
                }
            }
        });
    }

    /// A member of a record in scope, or of one written out.
    pub(super) fn member(&mut self, kind: &Kind, least: Level) {
        let found = self.variable(|variable| match &variable.kind {
            Kind::Record(fields) => fields.iter().any(|(_, known)| known.fits(kind)),
            _ => false,
        });
        let Some(variable) = found else { return self.call_or_literal(kind, least) };
        let Kind::Record(fields) = &variable.kind else { return };
        let fitting: Vec<_> = fields.iter().filter(|(_, known)| known.fits(kind)).collect();
        let index = self.choices.below(fitting.len());
        self.name(variable.name.clone());
        for (key, _) in fitting.get(index).into_iter().copied() {
            self.gap(Gap::Free);
            self.token(".");
            self.key_token(key);
        }
    }

    /// `record?.label` or `record~.label`, of a record that has such a field.
    pub(super) fn record_member(&mut self, kind: &Kind, operator: &'static str) {
        let record = Kind::Record([("label", kind.clone())].into());
        if operator == "?." {
            self.expression(&Kind::list(record), Level::Postfix);
            self.method("first");
            self.listed("(", ")", 0, |_, _| {});
            self.gap(Gap::Free);
        } else {
            self.expression(&Kind::answer(record), Level::Postfix);
        }
        self.token(operator);
        self.token("label");
    }

    pub(super) fn optional_call(&mut self, kind: &Kind) {
        self.parentheses(|this| this.lambda(&[Kind::Number], kind));
        self.gap(Gap::Free);
        self.token("?.");
        self.listed("(", ")", 1, |this, _| this.value(&Kind::Number));
    }

    pub(super) fn optional_index(&mut self, kind: &Kind, least: Level) {
        self.level(Level::Coalesce, least, |this| {
            this.expression(&Kind::list(kind.clone()), Level::Postfix);
            this.gap(Gap::Free);
            this.token("?.");
            this.index();
            this.operator("??");
            this.expression(kind, Level::Gate);
        });
    }

    /// `new Map([["a", e]]).get("a") ?? e`.
    pub(super) fn new_value(&mut self, kind: &Kind, least: Level) {
        self.level(Level::Coalesce, least, |this| {
            this.counts.add(C::New);
            this.token("new");
            this.gap(Gap::Stay);
            if this.choices.chance(50) {
                this.token("Map");
                this.listed("(", ")", 1, |this, _| {
                    this.listed("[", "]", 1, |this, _| {
                        this.listed("[", "]", 2, |this, index| {
                            this.value(if index == 0 { &Kind::Text } else { kind });
                        });
                    });
                });
                this.method("get");
                this.listed("(", ")", 1, |this, _| this.value(&Kind::Text));
            } else {
                this.token("Set");
                let list = Kind::list(kind.clone());
                this.listed("(", ")", 1, |this, _| this.value(&list));
                this.method("values");
                this.listed("(", ")", 0, |_, _| {});
                this.index();
            }
            this.operator("??");
            this.expression(kind, Level::Gate);
        });
    }
}
