use std::sync::Arc;

use prism_diagnostics::Span;
use prism_syntax::ast::{ExprId, Function, Lambda, LambdaBody, Parameter};

use crate::checked::{FunctionInfo, ParameterInfo};
use crate::checker::{Checker, Progress};
use crate::error::Place;
use crate::{CheckError, Type};

impl Checker<'_> {
    /// Checks a function of the top level if that has not been done, and says whether it can be called.
    pub(crate) fn ensure_function(&mut self, name: &str, called_at: Option<Span>) -> bool {
        let Some((function, progress)) = self.functions.get_mut(name) else { return false };
        let function = *function;
        match progress {
            Progress::Done => true,
            Progress::Running => {
                let span = called_at.unwrap_or(function.name.span);
                self.report(CheckError::RecursiveCall { span, function: name.into() });
                false
            }
            Progress::Waiting => {
                *progress = Progress::Running;
                let checked = self.apart(|checker| checker.function(function));
                self.out.functions.insert(function.name.text.clone(), checked);
                if let Some((_, progress)) = self.functions.get_mut(name) {
                    *progress = Progress::Done;
                }
                true
            }
        }
    }

    fn function(&mut self, function: &Function) -> FunctionInfo {
        self.quiet = function.tainted;
        let declared = function.result.map(|written| self.written(written));
        self.scoped(|checker| {
            let parameters = checker.parameters(&function.parameters, &[]);
            if let Some(wanted) = &declared {
                let place = Place::FunctionResult { function: function.name.text.clone() };
                checker.body.wanted = Some((wanted.clone(), place));
            }
            let last = checker.body_value(&function.body);
            let result = match declared {
                Some(wanted) => {
                    if last == Type::Null && !checker.fits(&Type::Null, &wanted) {
                        let span = end_of(function.body.span);
                        let function = function.name.text.clone();
                        checker.report(CheckError::MissingResult { span, function, wanted: wanted.clone() });
                    }
                    wanted
                }
                None => {
                    let returned = std::mem::take(&mut checker.body.returned);
                    returned.into_iter().fold(last, |joined, next| checker.join(joined, next))
                }
            };
            FunctionInfo { parameters, result, effectful: checker.effects > 0 }
        })
    }

    /// Declares parameters; `given` are the types that the surroundings want them to have.
    pub(crate) fn parameters(&mut self, parameters: &[Parameter], given: &[Type]) -> Vec<ParameterInfo> {
        let mut known = Vec::with_capacity(parameters.len());
        for (position, parameter) in parameters.iter().enumerate() {
            // What takes its arguments apart is not checked: see `survey.rs`.
            let Some(name) = parameter.target.name() else { continue };
            let declared = parameter.declared.map(|written| self.written(written));
            let mut value = declared.clone().or_else(|| given.get(position).cloned()).unwrap_or(Type::Any);
            if let Some(default) = parameter.default {
                let place = Place::Default { name: name.text.clone() };
                self.constant_for(default, &value, &place);
            } else if parameter.optional {
                value = Type::optional(value);
            }
            let local = self.declare(name, value.clone());
            known.push(ParameterInfo {
                name: name.text.clone(),
                value,
                optional: parameter.optional || parameter.default.is_some(),
                declared: declared.is_some(),
                default: parameter.default,
                local: Some(local),
            });
        }
        known
    }

    /// A function without a name, whose parameters get these types unless they declare others. Whether it calls
    /// agents is kept for the expression, and is not an effect of the place where it stands.
    pub(crate) fn lambda(&mut self, id: ExprId, lambda: &Lambda, given: &[Type]) -> Type {
        let effects = self.effects;
        let body = std::mem::take(&mut self.body);
        self.body.input = body.input.clone();
        let (parameters, result) = self.scoped(|checker| {
            let parameters = checker.parameters(&lambda.parameters, given);
            let last = match &lambda.body {
                LambdaBody::Expression(value) => checker.expression(*value, None),
                LambdaBody::Block(block) => checker.body_value(block),
                LambdaBody::Assignment(_) => Type::Error,
            };
            let returned = std::mem::take(&mut checker.body.returned);
            let result = returned.into_iter().fold(last, |joined, next| checker.join(joined, next));
            (parameters, result)
        });
        self.body = body;
        let effectful = self.effects > effects;
        self.effects = effects;
        let parameters: Vec<_> = parameters.iter().map(ParameterInfo::taken).collect();
        let found = Type::Function { parameters: parameters.into(), result: Arc::new(result) };
        self.out.effects.insert(id, effectful);
        self.out.types.insert(id, found.clone());
        found
    }
}

/// The place just before a closing brace.
pub(crate) fn end_of(span: Span) -> Span {
    Span::new(span.end.saturating_sub(1).max(span.start), span.end)
}
