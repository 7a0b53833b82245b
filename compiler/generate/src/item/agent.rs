use crate::Construct as C;
use crate::document::{Gap, Piece, Separator};
use crate::generator::Generator;
use crate::kind::Kind;
use crate::scope::{Contract, Signature};

impl Generator<'_, '_> {
    pub(super) fn agent(&mut self) {
        let number = self.scope.number();
        let name = format!("{}{number}", self.choices.pick(&["Classifier", "Reviewer", "Wächter"]));
        self.token("agent");
        self.token(name.clone());
        self.gap(Gap::Stay);
        let mut methods = Vec::new();
        let keys = self.how_many(0, 4);
        let count = self.how_many(1, 3);
        self.braced(Separator::Line, |this| {
            for index in 0..keys {
                this.contract_key(index);
                this.end(Separator::Pair, false);
            }
            for index in 0..count {
                if index > 0 {
                    this.end(Separator::Line, false);
                }
                let method = this.method_declaration();
                methods.push(method);
            }
        });
        self.scope.agents.push(Contract { name, methods });
    }

    fn contract_key(&mut self, index: usize) {
        let key = ["capabilities", "timeout", "cost", "effect"].get(index).copied().unwrap_or("role");
        self.token(key);
        self.breaking(":");
        match key {
            "capabilities" => {
                let count = self.how_many(0, 3);
                self.listed("[", "]", count, |this, _| this.text_literal());
            }
            "timeout" => self.duration(),
            "cost" => self.money(),
            _ => self.token("true"),
        }
    }

    fn method_declaration(&mut self) -> Signature {
        self.counts.add(C::Method);
        if self.with(C::Documentation, 12) {
            self.document.piece(Piece::Documentation(" Which one fits?"));
        }
        self.token("fn");
        let number = self.scope.number();
        let name = format!("{}{number}", self.choices.pick(&["classify", "rate", "measure"]));
        self.token(name.clone());
        let count = self.how_many(0, 2);
        let parameters: Vec<_> = (0..count).map(|_| self.kind()).collect();
        let mark = self.scope.mark();
        let mut names = Vec::new();
        self.listed("(", ")", count, |this, index| {
            let Some(kind) = parameters.get(index) else { return };
            let name = this.plain_name();
            this.token(name.clone());
            this.token(":");
            this.type_of_value(kind);
            if matches!(kind, Kind::Number | Kind::Text | Kind::Truth) {
                names.push(name);
            }
        });
        let of = self.plain_kind();
        let result = Kind::answer(of);
        self.breaking("->");
        self.type_of_value(&result);
        if self.with(C::TaskText, 50) {
            self.gap(Gap::Stay);
            match names.first() {
                Some(name) if self.with(C::Template, 40) => self.token(format!("\"What is ${{{name}}}?\"")),
                _ => self.text_literal(),
            }
        }
        self.scope.forget(mark);
        Signature { name, parameters, result }
    }
}
