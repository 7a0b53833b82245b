use super::Level;
use crate::Construct as C;
use crate::document::{Gap, Mode, Piece, Separator};
use crate::generator::Generator;
use crate::kind::Kind;
use crate::scope::Signature;

impl Generator<'_, '_> {
    /// A call of a function that gives this, declared or written on the spot.
    pub(super) fn call(&mut self, kind: &Kind) {
        if let Some(function) = self.function_that_gives(kind) {
            return self.call_of(&function);
        }
        let from = self.plain_kind();
        self.parentheses(|this| this.lambda(std::slice::from_ref(&from), kind));
        self.listed("(", ")", 1, |this, _| this.value(&from));
    }

    pub(super) fn call_or_literal(&mut self, kind: &Kind, least: Level) {
        match self.function_that_gives(kind) {
            Some(function) => self.call_of(&function),
            None => self.literal(kind, least),
        }
    }

    fn function_that_gives(&mut self, kind: &Kind) -> Option<Signature> {
        let fitting: Vec<_> =
            self.scope.functions.iter().filter(|function| function.result.fits(kind)).cloned().collect();
        let index = self.choices.below(fitting.len());
        fitting.into_iter().nth(index)
    }

    fn call_of(&mut self, function: &Signature) {
        self.token(function.name.clone());
        let count = function.parameters.len();
        self.listed("(", ")", count, |this, index| {
            if let Some(kind) = function.parameters.get(index) {
                this.value(kind);
            }
        });
    }

    /// `(function (x) { return e })(1)`.
    pub(super) fn called_function(&mut self, kind: &Kind) {
        self.parentheses(|this| {
            if this.with(C::AsyncFunction, 20) {
                this.token("async");
                this.gap(Gap::Stay);
            }
            this.token("function");
            this.parameters_and_body(&[Kind::Number], kind);
        });
        self.listed("(", ")", 1, |this, _| this.value(&Kind::Number));
    }

    /// A call that ends with a block.
    pub(super) fn trailing_block(&mut self, kind: &Kind) {
        if self.place.head {
            return self.parentheses(|this| this.trailing_block(kind));
        }
        self.counts.add(C::Call);
        match self.choices.below(6) {
            5 if *kind == Kind::Any => self.saga(),
            0 => {
                self.token("retry");
                self.listed("(", ")", 1, |this, _| {
                    this.counts.add(C::NamedArgument);
                    this.tokens(&["attempts", ":", "3"]);
                });
                self.trailing(&[], kind);
            }
            1 => {
                self.token("timeout");
                self.listed("(", ")", 1, |this, _| this.duration());
                self.trailing(&[], kind);
            }
            2 => {
                self.token("cache");
                self.listed("(", ")", 2, |this, index| {
                    if index == 0 {
                        this.value(&Kind::Text);
                    } else {
                        this.tokens(&["ttl", ":"]);
                        this.duration();
                    }
                });
                self.trailing(&[], kind);
            }
            4 if self.allows(C::TrailingRecord) => self.trailing_record(kind),
            _ => {
                self.token("retry");
                self.trailing(&[], kind);
            }
        }
    }

    /// `saga { step("first", undo: x => e) { f } … }`.
    fn saga(&mut self) {
        self.token("saga");
        self.gap(Gap::Stay);
        self.block(|this| {
            for (index, name) in ["\"flight\"", "\"hotel\""].into_iter().enumerate() {
                if index > 0 {
                    this.end(Separator::Statement, true);
                }
                this.begin_statement();
                this.token("step");
                let undone = this.choices.chance(70);
                this.listed("(", ")", if undone { 2 } else { 1 }, |this, index| {
                    if index == 0 {
                        this.token(name);
                    } else {
                        this.counts.add(C::NamedArgument);
                        this.tokens(&["undo", ":"]);
                        this.lambda(&[Kind::Any], &Kind::Any);
                    }
                });
                this.trailing(&[], &Kind::Any);
            }
        });
    }

    /// `parallel { a: e, b: f }.a`.
    fn trailing_record(&mut self, kind: &Kind) {
        self.counts.add(C::TrailingRecord);
        let name = self.choices.pick(&["parallel", "sequential", "graph"]);
        self.token(name);
        let other = self.kind();
        self.gap(Gap::Stay);
        self.bracketed("{", "}", |this| {
            for (index, (name, kind)) in [("first", kind), ("second", &other)].into_iter().enumerate() {
                if index > 0 {
                    this.token(",");
                }
                this.token(name);
                this.breaking(":");
                this.value(kind);
            }
            this.document.piece(Piece::Comma);
        });
        self.method("first");
    }

    /// Values of many things at once.
    pub(super) fn many(&mut self, of: &Kind) {
        if self.place.head {
            return self.parentheses(|this| this.many(of));
        }
        let from = self.plain_kind();
        let list = Kind::list(from.clone());
        match self.choices.below(3) {
            0 => {
                self.expression(&list, Level::Postfix);
                self.method("map");
            }
            1 => {
                self.token("parallel");
                self.listed("(", ")", 2, |this, index| {
                    if index == 0 {
                        this.value(&list);
                    } else {
                        this.counts.add(C::NamedArgument);
                        this.tokens(&["max_concurrency", ":", "3"]);
                    }
                });
            }
            _ => {
                self.token("sequential");
                self.listed("(", ")", 1, |this, _| this.value(&list));
            }
        }
        self.trailing(&[from], of);
    }

    /// `{ x => … }` behind a call, on its line.
    pub(crate) fn trailing(&mut self, parameters: &[Kind], result: &Kind) {
        self.gap(Gap::Stay);
        let mark = self.scope.mark();
        let head = std::mem::replace(&mut self.place.head, false);
        self.document.open("{", Mode::Block);
        self.gap(Gap::Open);
        if !parameters.is_empty() {
            self.lambda_parameters(parameters);
            self.token("=>");
            self.gap(Gap::Open);
        }
        self.function_body(Some(result.clone()), |this| {
            // The parameters are its own.
            this.begin_statement();
            this.statements_and_value(result);
        });
        self.gap(Gap::Last(Separator::Statement));
        self.document.close("}");
        self.place.head = head;
        self.scope.forget(mark);
    }
}
