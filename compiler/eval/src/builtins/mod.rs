//! The pure functions of the standard library.
//!
//! A result is no surer than what was looked at: the function given, the conditions it returned, and the members that
//! were compared or computed with. Members that are merely passed on keep their own confidence.

mod fold;
mod list;
mod number;
mod record;
mod text;

use prism_catalog::BuiltinId;

use crate::evaluate::Evaluator;
use crate::path::Step;
use crate::{EvalError, Value};

static NOTHING: Value = Value::null();

/// One call of a built-in function.
pub(crate) struct Call<'c, 'a> {
    evaluator: &'c mut Evaluator<'a>,
    builtin: BuiltinId,
    /// The operation that calls it.
    operation: u32,
    arguments: &'c [Value],
}

pub(crate) fn call(
    evaluator: &mut Evaluator<'_>,
    builtin: BuiltinId,
    arguments: &[Value],
    operation: u32,
) -> Result<Value, EvalError> {
    let mut call = Call { evaluator, builtin, operation, arguments };
    match builtin {
        BuiltinId::Length => list::length(&call),
        BuiltinId::Map => list::map(&mut call),
        BuiltinId::Filter => list::filter(&mut call),
        BuiltinId::Reduce => fold::reduce(&mut call),
        BuiltinId::Find => list::find(&mut call),
        BuiltinId::Some => list::some(&mut call),
        BuiltinId::Every => list::every(&mut call),
        BuiltinId::Includes => list::includes(&mut call),
        BuiltinId::Slice => list::slice(&mut call),
        BuiltinId::Concat => list::concat(&mut call),
        BuiltinId::Join => text::join(&mut call),
        BuiltinId::First => list::first(&call),
        BuiltinId::Last => list::last(&call),
        BuiltinId::Sum => fold::sum(&mut call),
        BuiltinId::Mean => fold::mean(&mut call),
        BuiltinId::Min => fold::extreme(&mut call, std::cmp::Ordering::Less),
        BuiltinId::Max => fold::extreme(&mut call, std::cmp::Ordering::Greater),
        BuiltinId::Unique => list::unique(&mut call),
        BuiltinId::Reverse => list::reverse(&mut call),
        BuiltinId::Push => list::push(&mut call),
        BuiltinId::Trim => text::mapped(&mut call, |text| text.trim().into()),
        BuiltinId::Lower => text::mapped(&mut call, |text| text.to_lowercase().into()),
        BuiltinId::Upper => text::mapped(&mut call, |text| text.to_uppercase().into()),
        BuiltinId::StartsWith => text::tested(&mut call, |text, part| text.starts_with(part)),
        BuiltinId::EndsWith => text::tested(&mut call, |text, part| text.ends_with(part)),
        BuiltinId::Split => text::split(&mut call),
        BuiltinId::Replace => text::replace(&mut call),
        BuiltinId::Keys => record::keys(&mut call),
        BuiltinId::Values => record::values(&mut call),
        BuiltinId::Has => record::has(&call),
        BuiltinId::Round => number::round(&call),
        BuiltinId::Clamp => number::clamp(&call),
        BuiltinId::String => text::string(&mut call),
        BuiltinId::Number => number::number(&mut call),
    }
}

impl Call<'_, '_> {
    /// An argument; null where there is none.
    fn argument(&self, position: usize) -> &Value {
        self.arguments.get(position).unwrap_or(&NOTHING)
    }

    /// What it is called on.
    fn receiver(&self) -> &Value {
        self.argument(0)
    }

    fn take(&mut self, steps: usize) -> Result<(), EvalError> {
        self.evaluator.fuel.take(steps as u64)
    }

    /// The failure of an argument that it cannot work on.
    fn unsuitable(&self, expected: &str, position: usize) -> EvalError {
        EvalError::unsuitable(self.builtin.name(), expected, &[self.argument(position)])
    }

    /// The elements of the list that it is called on: each ∧ the list's own confidence, as `xs[i]` is.
    fn elements(&mut self) -> Result<Vec<Value>, EvalError> {
        self.elements_of(0)
    }

    fn elements_of(&mut self, position: usize) -> Result<Vec<Value>, EvalError> {
        let list = self.argument(position).clone();
        let Some(elements) = list.as_list() else { return Err(self.unsuitable("a list", position)) };
        self.take(elements.len() / 4)?;
        Ok(elements.iter().map(|element| element.clone().and_uncertainty(list.uncertainty())).collect())
    }

    /// A list of these elements, no surer by itself than the one that it is called on.
    fn list_of(&self, elements: Vec<Value>) -> Result<Value, EvalError> {
        self.evaluator.elements_fit(elements.len())?;
        let list = self.evaluator.within_limits(Value::list(elements))?;
        Ok(list.and_uncertainty(self.receiver().uncertainty()))
    }

    /// What the function given as an argument returns for an element and its position.
    fn apply(&mut self, function: usize, element: &[Value], position: usize) -> Result<Value, EvalError> {
        self.take(1)?;
        let callee = self.arguments.get(function).unwrap_or(&NOTHING);
        if callee.as_function().is_none() {
            return Err(self.unsuitable("a function", function));
        }
        let step = Step::Element {
            operation: self.operation,
            // A list has fewer elements than that.
            position: u32::try_from(position).unwrap_or(u32::MAX),
        };
        let mut arguments = Vec::with_capacity(element.len() + 1);
        arguments.extend_from_slice(element);
        arguments.push((position as f64).into());
        self.evaluator.call_value(callee, &arguments, Some(step))
    }

    /// The whole number that an argument is; none where it is left out or null.
    fn whole(&self, position: usize) -> Result<Option<i64>, EvalError> {
        let argument = self.argument(position);
        match argument.as_number() {
            // Conversion saturates, which is as good as any position beyond the end.
            Some(number) => Ok(Some(number.trunc() as i64)),
            None if argument.is_null() => Ok(None),
            None => Err(self.unsuitable("a number", position)),
        }
    }

    /// The text that an argument is.
    fn text(&mut self, position: usize) -> Result<smol_str::SmolStr, EvalError> {
        let argument = self.argument(position).clone();
        let crate::Data::String(text) = argument.data() else {
            return Err(self.unsuitable("a string", position));
        };
        self.take(text.len() / 16)?;
        Ok(text.clone())
    }

    /// A value that was computed from all the arguments, members included.
    fn resting_on_all(&self, value: Value) -> Value {
        let arguments: Vec<_> = self.arguments.iter().collect();
        crate::operators::looked_at(value, &arguments)
    }
}
