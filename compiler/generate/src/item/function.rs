use crate::Construct as C;
use crate::document::Gap;
use crate::generator::Generator;
use crate::scope::Signature;

impl Generator<'_, '_> {
    /// `fn f(a: T) -> U { … }` in all its forms.
    pub(crate) fn function(&mut self) {
        if self.with(C::AsyncFunction, 12) {
            self.token("async");
            self.gap(Gap::Stay);
        }
        let keyword = if self.with(C::JavascriptFunction, 30) { "function" } else { "fn" };
        self.counts.add(C::Function);
        self.token(keyword);
        let number = self.scope.number();
        let name = format!("{}{number}", self.choices.pick(&["compute", "describe", "größe", "pick_one"]));
        self.token(name.clone());
        if self.with(C::TypeParameters, 10) {
            self.gap(Gap::Stay);
            self.tokens(&["<", "T", ">"]);
        }
        let count = self.how_many(0, 3);
        let parameters: Vec<_> = (0..count).map(|_| self.kind()).collect();
        let result = self.kind();
        let mark = self.scope.mark();
        self.parameters(&parameters);
        let mut declared = result.clone();
        if self.choices.chance(50) {
            self.breaking("->");
            declared = self.type_of(&result);
        }
        self.gap(Gap::Stay);
        self.function_body(Some(result.clone()), |this| {
            this.block(|this| this.statements_and_value(&result));
        });
        self.scope.forget(mark);
        self.scope.functions.push(Signature { name, parameters, result: declared });
    }

    /// `const a = e`, of literals.
    pub(super) fn constant(&mut self) -> bool {
        let kind = self.plain_kind();
        let name = self.plain_name();
        self.token("const");
        self.token(name.clone());
        self.breaking("=");
        self.value(&kind);
        self.declare(name, kind, false);
        false
    }
}
