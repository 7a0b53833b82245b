//! Which argument goes to which parameter.

use prism_diagnostics::Span;
use prism_syntax::ast::{Argument, ArgumentValue, ExprId};

use crate::checked::ParameterInfo;
use crate::checker::Checker;
use crate::error::Place;
use crate::{CheckError, Type, nearest};

/// A parameter as far as a call is concerned.
#[derive(Clone, Debug)]
pub(crate) struct ParameterSpec {
    pub(crate) name: Box<str>,
    pub(crate) value: Type,
    pub(crate) required: bool,
    pub(crate) positional: bool,
    /// Whether a type is declared, so that an uncertain argument makes the result uncertain.
    pub(crate) declared: bool,
}

impl ParameterSpec {
    pub(crate) fn new(name: &str, value: Type, required: bool) -> Self {
        Self { name: name.into(), value, required, positional: true, declared: true }
    }

    /// Only by name.
    pub(crate) fn named(mut self) -> Self {
        self.positional = false;
        self
    }
}

impl From<&ParameterInfo> for ParameterSpec {
    fn from(parameter: &ParameterInfo) -> Self {
        Self {
            name: parameter.name.clone(),
            value: parameter.value.clone(),
            required: !parameter.optional,
            positional: true,
            declared: parameter.declared,
        }
    }
}

impl Checker<'_> {
    /// Sorts arguments by parameter, without looking at their values.
    pub(crate) fn bind(
        &mut self,
        call: ExprId,
        callee: &str,
        parameters: &[ParameterSpec],
        arguments: &[Argument],
    ) -> Vec<Option<ExprId>> {
        let mut bound: Vec<Option<ExprId>> = vec![None; parameters.len()];
        let mut next = 0;
        let (mut too_many, mut unknown) = (false, false);
        for argument in arguments {
            let value = match &argument.value {
                ArgumentValue::Expression(value) => *value,
                // A call with one of these is not checked: see `parts.rs`.
                ArgumentValue::Spread(_) => continue,
            };
            let position = match &argument.name {
                Some(name) => {
                    let position = parameters.iter().position(|parameter| parameter.name == name.text);
                    match position {
                        Some(_) => position,
                        // A misspelt argument is told once: what it most probably means is not missing as well.
                        None => match self.unknown_argument(name.span, callee, &name.text, parameters) {
                            Some(meant) if bound.get(meant).is_some_and(Option::is_none) => Some(meant),
                            _ => {
                                unknown = true;
                                self.expression(value, None);
                                continue;
                            }
                        },
                    }
                }
                None => {
                    let free = parameters
                        .iter()
                        .zip(&bound)
                        .enumerate()
                        .skip(next)
                        .find(|(_, (parameter, taken))| parameter.positional && taken.is_none())
                        .map(|(position, _)| position);
                    next = free.map_or(next, |position| position + 1);
                    free
                }
            };
            match position.and_then(|position| bound.get_mut(position)) {
                Some(slot @ None) => *slot = Some(value),
                Some(Some(_)) => {
                    let name = argument.name.as_ref().map_or("", |name| &*name.text).into();
                    self.report(CheckError::DuplicateArgument {
                        span: argument.span,
                        callee: callee.into(),
                        name,
                    });
                    self.expression(value, None);
                }
                None => {
                    let accepted = parameters.iter().filter(|parameter| parameter.positional).count();
                    let given = arguments.iter().filter(|argument| argument.name.is_none()).count();
                    let (span, callee) = (argument.span, callee.into());
                    if !too_many {
                        self.report(CheckError::TooManyArguments { span, callee, accepted, given });
                    }
                    too_many = true;
                    self.expression(value, None);
                }
            }
        }
        // What an unknown name was meant for is not missing as well.
        for (parameter, value) in parameters.iter().zip(&bound) {
            if parameter.required && value.is_none() && !unknown {
                let wanted = parameter.value.to_string().into();
                let (span, name) = (self.head_of(call), parameter.name.clone());
                self.report(CheckError::MissingArgument { span, callee: callee.into(), name, wanted });
            }
        }
        bound
    }

    /// Checks arguments against their parameters. Says whether the result is uncertain because an argument of a
    /// parameter declared certain is.
    pub(crate) fn check_bound(
        &mut self,
        callee: &str,
        parameters: &[ParameterSpec],
        bound: &[Option<ExprId>],
    ) -> bool {
        let mut lifts = false;
        for (parameter, value) in parameters.iter().zip(bound) {
            let Some(value) = *value else { continue };
            let place = Place::Argument { callee: callee.into(), name: parameter.name.clone() };
            let wanted = &parameter.value;
            if parameter.declared && !wanted.is_uncertain() && *wanted != Type::Any {
                lifts |= self.lifted_argument(value, wanted, &place);
            } else {
                let found = self.expression_for(value, wanted, &place);
                lifts |= parameter.declared && *wanted == Type::Any && found.is_uncertain();
            }
        }
        lifts
    }

    /// An argument that may be uncertain although the parameter is declared certain. Says whether it is.
    fn lifted_argument(&mut self, value: ExprId, wanted: &Type, place: &Place) -> bool {
        use prism_syntax::ast::ExprKind;
        if matches!(self.tree[value].kind, ExprKind::Record(_) | ExprKind::List(_) | ExprKind::Ternary { .. })
        {
            let lifted = Type::uncertain(wanted.clone());
            let before = self.out.errors.len();
            let found = self.expression_for(value, &lifted, place);
            // An answer inside of a literal counts as one inside of a variable does.
            let span = self.tree[value].span;
            let (mut position, mut answers, mut mistakes) = (0, false, false);
            self.out.errors.retain(|error| {
                position += 1;
                if position <= before || !is_inside(error, span) {
                    return true;
                }
                let answer = matches!(error, CheckError::UngatedUse { .. });
                answers |= answer;
                mistakes |= !answer;
                !answer
            });
            if !answers || mistakes {
                return answers || found.is_uncertain();
            }
            let found = self.expression(value, None);
            return self.lifted(value, &found, wanted, place);
        }
        let found = self.expression(value, Some(wanted));
        self.lifted(value, &found, wanted, place)
    }

    /// Whether a value reaches a parameter that is declared certain although an answer is part of it; reports what
    /// does not fit besides.
    pub(crate) fn lifted(&mut self, value: ExprId, found: &Type, wanted: &Type, place: &Place) -> bool {
        if found.holds_answers() && !self.fits(found, wanted) {
            let without = found.without_answers();
            if self.fits(&without, wanted) {
                return true;
            }
            self.expect(value, &without, wanted, place);
            return true;
        }
        self.expect(value, found, wanted, place);
        found.is_uncertain()
    }

    /// Reports an argument name that the callee does not have; the position of the parameter it probably means.
    fn unknown_argument(
        &mut self,
        span: Span,
        callee: &str,
        name: &str,
        parameters: &[ParameterSpec],
    ) -> Option<usize> {
        let known: Vec<Box<str>> = parameters.iter().map(|parameter| parameter.name.clone()).collect();
        let near: Option<Box<str>> = nearest(name, known.iter().map(|known| &**known)).map(Into::into);
        let meant = known.iter().position(|known| Some(known) == near.as_ref());
        let callee = callee.into();
        self.report(CheckError::UnknownArgument { span, callee, name: name.into(), nearest: near, known });
        meant
    }

    /// The part of a call that names what is called: where something missing is told.
    pub(crate) fn head_of(&self, call: ExprId) -> Span {
        match &self.tree[call].kind {
            prism_syntax::ast::ExprKind::Call { callee, .. } => self.tree[*callee].span,
            _ => self.tree[call].span,
        }
    }
}

fn is_inside(error: &CheckError, span: Span) -> bool {
    span.start <= error.span().start && error.span().end <= span.end
}
