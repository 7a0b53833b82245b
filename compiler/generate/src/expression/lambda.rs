use super::Level;
use crate::Construct as C;
use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// A lambda, to stand alone in brackets: its body reaches as far as it can.
    pub(crate) fn lambda(&mut self, parameters: &[Kind], result: &Kind) {
        if self.with(C::FunctionExpression, 10) {
            self.token("function");
            return self.deeper(|this| this.parameters_and_body(parameters, result));
        }
        self.deeper(|this| this.arrow(parameters, result));
    }

    /// A lambda with an arrow.
    pub(crate) fn arrow(&mut self, parameters: &[Kind], result: &Kind) {
        let mark = self.scope.mark();
        let form =
            self.choose(&[C::Lambda, C::Lambda, C::Lambda, C::LambdaBlock, C::LambdaRecord, C::AsyncLambda]);
        if form == C::AsyncLambda {
            self.token("async");
            self.gap(Gap::Stay);
        }
        self.lambda_parameters(parameters);
        self.breaking("=>");
        self.begin_body();
        match (form, result) {
            (C::LambdaBlock, _) => {
                let result = result.clone();
                self.function_body(Some(result.clone()), |this| {
                    this.block(|this| this.statements_and_value(&result));
                });
            }
            (C::LambdaRecord, Kind::Record(fields)) if !fields.is_empty() => self.plain_record(fields),
            _ => self.function_body(Some(result.clone()), |this| this.value(result)),
        }
        self.scope.forget(mark);
    }

    /// `x`, `(x, i)`, `({ a, b })`; they are in scope from here on.
    pub(super) fn lambda_parameters(&mut self, parameters: &[Kind]) {
        if let [one] = parameters {
            match self.choices.below(4) {
                0 | 1 => {
                    let name = self.fresh_name();
                    self.token(name.clone());
                    return self.declare(name, one.clone(), true);
                }
                2 if self.choices.chance(30) => return self.token("_"),
                _ => {}
            }
        }
        self.parameters(parameters);
    }

    /// `(a, b: T = 1) { return e }`.
    pub(crate) fn parameters_and_body(&mut self, parameters: &[Kind], result: &Kind) {
        let mark = self.scope.mark();
        self.parameters(parameters);
        self.gap(Gap::Stay);
        self.function_body(Some(result.clone()), |this| {
            this.block(|this| this.statements_and_value(result));
        });
        self.scope.forget(mark);
    }

    /// Parameters in parentheses, of all forms; they are in scope from here on.
    pub(crate) fn parameters(&mut self, kinds: &[Kind]) {
        let rest = self.with(C::RestParameter, 6);
        let count = kinds.len() + usize::from(rest);
        self.listed("(", ")", count, |this, index| match kinds.get(index) {
            Some(kind) => this.parameter(kind),
            None => {
                let name = this.fresh_name();
                this.token("...");
                this.token(name.clone());
                this.declare(name, Kind::list(Kind::Any), true);
            }
        });
    }

    fn parameter(&mut self, kind: &Kind) {
        match kind {
            Kind::Record(fields) if self.with(C::DestructuredParameter, 30) => self.take_record(fields),
            Kind::List(of) if self.with(C::DestructuredParameter, 15) => self.take_list(of),
            _ => {
                let name = self.fresh_name();
                self.token(name.clone());
                let optional = self.with(C::OptionalParameter, 6);
                if optional {
                    self.gap(Gap::Stay);
                    self.token("?");
                }
                let mut declared = kind.clone();
                if self.choices.chance(40) {
                    self.token(":");
                    declared = self.type_of(kind);
                }
                if !optional && self.with(C::OptionalParameter, 8) {
                    self.breaking("=");
                    self.value(kind);
                }
                self.declare(name, if optional { Kind::Any } else { declared }, true);
            }
        }
    }

    /// `x => x.count = 1`, for its effect.
    pub(crate) fn assigning_lambda(&mut self) {
        self.counts.add(C::LambdaAssignment);
        self.token("entry");
        self.breaking("=>");
        self.token("entry");
        self.method("count");
        let operator = self.choices.pick(&["=", "+=", "??="]);
        self.breaking(operator);
        self.expression(&Kind::Number, Level::Pipe);
    }
}
