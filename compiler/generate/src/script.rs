//! Files in the style of the original Prism.

mod header;

use crate::Construct as C;
use crate::document::Separator;
use crate::expression::Level;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// A file of statements.
    pub(crate) fn script(&mut self) {
        self.place.in_script = true;
        self.header();
        if self.with(C::ImportNames, 15) {
            self.imports();
        }
        loop {
            self.begin_statement();
            let bare = self.script_statement();
            self.end(Separator::Statement, bare);
            if self.is_spent() || self.choices.chance(6) {
                break;
            }
        }
        self.script_result();
    }

    fn script_statement(&mut self) -> bool {
        if self.is_spent() {
            return self.bare_assignment();
        }
        match self.choices.below(8) {
            0 | 1 => self.bare_assignment(),
            2 if self.with(C::ExportItem, 60) => {
                self.token("export");
                self.let_statement("const")
            }
            3 => {
                self.deeper(Self::function);
                true
            }
            _ => self.statement(),
        }
    }

    /// `a = e` of a name that nothing declares.
    fn bare_assignment(&mut self) -> bool {
        self.deeper(|this| {
            this.counts.add(C::Assignment);
            let name = this.plain_name();
            let kind = this.kind();
            this.token(name.clone());
            this.breaking("=");
            this.value(&kind);
            this.declare(name, kind, true);
            false
        })
    }

    /// The last statement, whose value is the result.
    fn script_result(&mut self) {
        self.begin_statement();
        match self.choices.below(3) {
            0 => self.expression(&Kind::Any, Level::Pipe),
            1 => {
                self.counts.add(C::Record);
                self.bracketed("{", "}", |this| {
                    this.tokens(&["result", ":"]);
                    this.value(&Kind::Any);
                    this.tokens(&[",", "confidence", ":"]);
                    this.value(&Kind::Number);
                });
            }
            _ => {
                self.expression(&Kind::Any, Level::Coalesce);
                self.operator("~>");
                self.counts.add(C::Attach);
                self.confidence();
            }
        }
    }

    /// A name that the platform puts in scope, where one fits.
    pub(crate) fn injected(&mut self, kind: &Kind) -> bool {
        if !self.allows(C::InjectedName) || !self.choices.chance(20) {
            return false;
        }
        let name = match kind {
            Kind::Any => self.choices.pick(&["input", "agentResults", "workspace", "parallax", "pattern"]),
            Kind::Number => "agentCount",
            Kind::Text => "pattern",
            Kind::List(of) if **of == Kind::Any => {
                self.choices.pick(&["agentResults", "successfulResults", "agentList"])
            }
            _ => return false,
        };
        self.counts.add(C::InjectedName);
        self.name(name.to_owned());
        if *kind == Kind::Text {
            self.method("name");
        }
        true
    }
}
