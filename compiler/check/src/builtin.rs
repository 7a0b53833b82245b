//! Calls of the standard library.

use std::sync::Arc;

use prism_catalog::BuiltinId;
use prism_syntax::ast::{Argument, ExprId, ExprKind, Name};

use crate::arguments::ParameterSpec;
use crate::checked::BoundCall;
use crate::checker::Checker;
use crate::error::Place;
use crate::{CheckError, Type};

/// What a function of the standard library is a method of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Receiver {
    List,
    Text,
    ListOrText,
    Record,
    Free,
}

const fn receiver(builtin: BuiltinId) -> Receiver {
    match builtin {
        BuiltinId::Map
        | BuiltinId::Filter
        | BuiltinId::Reduce
        | BuiltinId::Find
        | BuiltinId::Some
        | BuiltinId::Every
        | BuiltinId::Join
        | BuiltinId::First
        | BuiltinId::Last
        | BuiltinId::Sum
        | BuiltinId::Mean
        | BuiltinId::Min
        | BuiltinId::Max
        | BuiltinId::Unique
        | BuiltinId::Reverse
        | BuiltinId::Push => Receiver::List,
        BuiltinId::Length | BuiltinId::Includes | BuiltinId::Slice | BuiltinId::Concat => {
            Receiver::ListOrText
        }
        BuiltinId::Trim
        | BuiltinId::Lower
        | BuiltinId::Upper
        | BuiltinId::StartsWith
        | BuiltinId::EndsWith
        | BuiltinId::Split
        | BuiltinId::Replace => Receiver::Text,
        BuiltinId::Keys | BuiltinId::Values | BuiltinId::Has => Receiver::Record,
        BuiltinId::Round | BuiltinId::Clamp | BuiltinId::String | BuiltinId::Number => Receiver::Free,
    }
}

/// The names of the methods that a value of an expanded type has.
pub(crate) fn builtin_names(of: &Type) -> Vec<Box<str>> {
    let fits = |builtin: BuiltinId| {
        matches!(
            (receiver(builtin), of.widened()),
            (Receiver::List | Receiver::ListOrText, Type::List(_))
                | (Receiver::Text | Receiver::ListOrText, Type::String)
                | (Receiver::Record, Type::Record { .. } | Type::Map(_))
        )
    };
    BuiltinId::ALL.iter().filter(|builtin| fits(**builtin)).map(|builtin| builtin.name().into()).collect()
}

/// The type of a function of the standard library as a value.
pub(crate) fn free_type(builtin: BuiltinId) -> Type {
    let (parameters, result) = match builtin {
        BuiltinId::String => (vec![Type::Any], Type::String),
        BuiltinId::Number => (vec![Type::Any], Type::optional(Type::Number)),
        BuiltinId::Round => (vec![Type::Number], Type::Number),
        _ => (vec![Type::Number; 3], Type::Number),
    };
    Type::Function { parameters: parameters.into(), result: Arc::new(result) }
}

impl Checker<'_> {
    pub(crate) fn builtin(
        &mut self,
        id: ExprId,
        builtin: BuiltinId,
        object: Option<(ExprId, Type)>,
        arguments: &[Argument],
        name: &Name,
    ) -> Type {
        let found = object.as_ref().map_or(Type::Null, |(_, found)| found.clone());
        let (certain, mut uncertain) = found.split();
        let expanded = self.expand(&certain).widened();
        let fits = match receiver(builtin) {
            Receiver::Free => true,
            _ if matches!(expanded, Type::Any) => true,
            Receiver::List => matches!(expanded, Type::List(_)),
            Receiver::Text => is_text(self, &expanded),
            Receiver::ListOrText => matches!(expanded, Type::List(_)) || is_text(self, &expanded),
            Receiver::Record => matches!(expanded, Type::Record { .. } | Type::Map(_)),
        };
        if !fits {
            let known = builtin_names(&expanded);
            let nearest = crate::nearest(&name.text, known.iter().map(|known| &**known)).map(Into::into);
            let (span, name) = (name.span, name.text.clone());
            self.report(CheckError::UnknownMember { span, object: found, name, nearest, known });
        }
        let of = match &expanded {
            Type::List(of) => (**of).clone(),
            Type::Map(of) => (**of).clone(),
            _ => Type::Any,
        };
        let parameters = parameters(builtin, &expanded);
        let bound = self.bind(id, builtin.name(), &parameters, arguments);
        let callback = self.builtin_arguments(builtin, &parameters, &bound, &of, &mut uncertain);
        let mut given: Vec<ExprId> = object.iter().map(|(object, _)| *object).collect();
        given.extend(bound.iter().flatten());
        self.out.calls.insert(id, BoundCall::Builtin { builtin, arguments: given });
        // What is computed from the members is no surer than they are.
        uncertain |= of.holds_answers()
            && matches!(
                builtin,
                BuiltinId::Join
                    | BuiltinId::Sum
                    | BuiltinId::Mean
                    | BuiltinId::Min
                    | BuiltinId::Max
                    | BuiltinId::Includes
            );
        let result = self.builtin_result(builtin, &expanded, of, callback, &bound);
        Type::uncertain_if(result, uncertain)
    }

    /// Checks the arguments; the type of what a callback gives.
    fn builtin_arguments(
        &mut self,
        builtin: BuiltinId,
        parameters: &[ParameterSpec],
        bound: &[Option<ExprId>],
        of: &Type,
        uncertain: &mut bool,
    ) -> Type {
        let mut callback = Type::Any;
        // The callback of `reduce` is handed what the start is, so the start comes first.
        let callback_last = parameters.iter().zip(bound).rev();
        for (parameter, value) in callback_last {
            let Some(value) = *value else { continue };
            let place = Place::Argument { callee: builtin.name().into(), name: parameter.name.clone() };
            if &*parameter.name == "callback" {
                let given = match builtin {
                    BuiltinId::Reduce => {
                        let start = bound.get(1).copied().flatten();
                        let start = start.map_or(Type::Any, |start| self.out.type_of(start).widened());
                        let start = match start {
                            Type::List(of) if *of == Type::Never => Type::list(Type::Any),
                            start => Type::uncertain_if(start, of.is_uncertain()),
                        };
                        vec![start, of.clone(), Type::Integer]
                    }
                    _ => vec![of.clone(), Type::Integer],
                };
                callback = self.callback(value, &given, &format!("the callback of `{}`", builtin.name()));
                if callback.is_uncertain()
                    && matches!(
                        builtin,
                        BuiltinId::Filter | BuiltinId::Some | BuiltinId::Every | BuiltinId::Find
                    )
                {
                    *uncertain = true;
                }
                continue;
            }
            let found = self.expression(value, Some(&parameter.value));
            *uncertain |= found.is_uncertain();
            *uncertain |= builtin == BuiltinId::String && found.holds_answers();
            self.expect(value, &found.certain(), &parameter.value, &place);
        }
        callback
    }

    /// A function that has to be pure: a lambda or the name of a function. Gives the type of its result.
    pub(crate) fn callback(&mut self, value: ExprId, given: &[Type], place: &str) -> Type {
        let tree = self.tree;
        let found = match &tree[value].kind {
            ExprKind::Lambda(lambda) => {
                let found = self.lambda(value, lambda, given);
                if self.out.is_effectful(value) {
                    let span = tree[value].span;
                    self.report(CheckError::EffectInFunction { span, place: place.into() });
                }
                found
            }
            _ => self.expression(value, None),
        };
        match self.expand(&found) {
            Type::Function { parameters, result } => {
                let lifts = self.handed(value, given, &parameters, place);
                Type::uncertain_if((*result).clone(), lifts)
            }
            Type::Any => Type::Any,
            Type::Error | Type::Never => Type::Error,
            _ => {
                self.report(CheckError::NotCallable { span: tree[value].span, found });
                Type::Error
            }
        }
    }

    /// Whether what a function is handed makes its result uncertain; reports what its parameters do not take.
    pub(crate) fn handed(&mut self, value: ExprId, given: &[Type], parameters: &[Type], to: &str) -> bool {
        let mut lifts = false;
        for (given, wanted) in given.iter().zip(parameters) {
            let place = Place::Handed { to: to.into() };
            if !self.fits(given, wanted) {
                lifts |= self.lifted(value, given, wanted, &place);
            }
        }
        lifts
    }

    fn builtin_result(
        &self,
        builtin: BuiltinId,
        receiver: &Type,
        of: Type,
        callback: Type,
        bound: &[Option<ExprId>],
    ) -> Type {
        let number = if matches!(self.expand(&of.certain()).widened(), Type::Integer) {
            Type::Integer
        } else {
            Type::Number
        };
        match builtin {
            BuiltinId::Length => Type::Integer,
            BuiltinId::Map => Type::list(callback),
            BuiltinId::Filter | BuiltinId::Unique | BuiltinId::Reverse => Type::list(of),
            BuiltinId::Reduce => {
                let start = bound.get(1).copied().flatten();
                let start = start.map_or(Type::Any, |start| self.out.type_of(start).widened());
                self.join(start, callback)
            }
            BuiltinId::Find | BuiltinId::First | BuiltinId::Last => Type::optional(of),
            BuiltinId::Some
            | BuiltinId::Every
            | BuiltinId::Includes
            | BuiltinId::StartsWith
            | BuiltinId::EndsWith
            | BuiltinId::Has => Type::Boolean,
            BuiltinId::Slice => receiver.clone(),
            BuiltinId::Concat | BuiltinId::Push => match (receiver, bound.first().copied().flatten()) {
                (Type::List(_), Some(added)) => {
                    let added = self.out.type_of(added).clone();
                    let added = match (builtin, self.expand(&added)) {
                        (BuiltinId::Concat, Type::List(inner)) => (*inner).clone(),
                        _ => added,
                    };
                    Type::list(self.join(of, added))
                }
                _ => receiver.clone(),
            },
            BuiltinId::Join
            | BuiltinId::Trim
            | BuiltinId::Lower
            | BuiltinId::Upper
            | BuiltinId::Replace
            | BuiltinId::String => Type::String,
            BuiltinId::Sum => number,
            BuiltinId::Mean => Type::optional(Type::Number),
            BuiltinId::Min | BuiltinId::Max => Type::optional(number),
            BuiltinId::Split | BuiltinId::Keys => Type::list(Type::String),
            BuiltinId::Values => match receiver {
                Type::Record { fields, open: false } => Type::list(
                    fields.iter().fold(Type::Never, |joined, field| self.join(joined, field.value.clone())),
                ),
                _ => Type::list(of),
            },
            BuiltinId::Round if bound.get(1).copied().flatten().is_none() => Type::Integer,
            BuiltinId::Round | BuiltinId::Clamp => Type::Number,
            BuiltinId::Number => Type::optional(Type::Number),
        }
    }
}

fn is_text(checker: &Checker<'_>, of: &Type) -> bool {
    *of == Type::String || checker.literal_texts(of).is_some()
}

fn parameters(builtin: BuiltinId, receiver: &Type) -> Vec<ParameterSpec> {
    let callback = || ParameterSpec::new("callback", Type::Any, true);
    let value = |name, wanted: &Type, required| ParameterSpec::new(name, wanted.clone(), required);
    match builtin {
        BuiltinId::Map | BuiltinId::Filter | BuiltinId::Find | BuiltinId::Some | BuiltinId::Every => {
            vec![callback()]
        }
        BuiltinId::Reduce => vec![callback(), value("start", &Type::Any, true)],
        BuiltinId::Includes => {
            vec![value(
                "value",
                &if matches!(receiver, Type::List(_) | Type::Any) { Type::Any } else { Type::String },
                true,
            )]
        }
        BuiltinId::Slice => vec![value("start", &Type::Integer, true), value("end", &Type::Integer, false)],
        BuiltinId::Concat => {
            vec![value(
                "other",
                &match receiver {
                    Type::List(_) => Type::list(Type::Any),
                    Type::Any => Type::Any,
                    _ => Type::String,
                },
                true,
            )]
        }
        BuiltinId::Join => vec![value("separator", &Type::String, false)],
        BuiltinId::Push => vec![value("value", &Type::Any, true)],
        BuiltinId::StartsWith | BuiltinId::EndsWith => vec![value("part", &Type::String, true)],
        BuiltinId::Split => vec![value("separator", &Type::String, true)],
        BuiltinId::Replace => {
            vec![value("part", &Type::String, true), value("replacement", &Type::String, true)]
        }
        BuiltinId::Has => {
            let key = if *receiver == Type::Any { Type::Any } else { Type::String };
            vec![value("key", &key, true)]
        }
        BuiltinId::Round => vec![value("value", &Type::Number, true), value("places", &Type::Integer, false)],
        BuiltinId::Clamp => vec![
            value("value", &Type::Number, true),
            value("lowest", &Type::Number, true),
            value("highest", &Type::Number, true),
        ],
        BuiltinId::String | BuiltinId::Number => vec![value("value", &Type::Any, true)],
        BuiltinId::Length
        | BuiltinId::First
        | BuiltinId::Last
        | BuiltinId::Sum
        | BuiltinId::Mean
        | BuiltinId::Min
        | BuiltinId::Max
        | BuiltinId::Unique
        | BuiltinId::Reverse
        | BuiltinId::Trim
        | BuiltinId::Lower
        | BuiltinId::Upper
        | BuiltinId::Keys
        | BuiltinId::Values => Vec::new(),
    }
}
