//! One value from all the elements of a list.

use std::cmp::Ordering;

use super::Call;
use crate::operators::looked_at;
use crate::{Data, EvalError, Value, arithmetic};

type Outcome = Result<Value, EvalError>;

/// Without a first value, the first element is it; of an empty list that is null.
pub(super) fn reduce(call: &mut Call<'_, '_>) -> Outcome {
    let own = call.receiver().clone();
    let mut elements = call.elements()?.into_iter().enumerate();
    let mut total = if call.arguments.len() > 2 {
        call.argument(2).clone()
    } else {
        elements.next().map(|(_, first)| first).unwrap_or_default()
    };
    for (position, element) in elements {
        total = call.apply(1, &[total, element], position)?;
    }
    Ok(total.and_uncertainty(own.uncertainty()))
}

/// The operands: the elements of the list, each replaced by what a function given with it returns; or, called free with
/// several arguments, these. With them, a null that is as sure as all of them.
fn operands(call: &mut Call<'_, '_>) -> Result<(Vec<Value>, Value), EvalError> {
    if call.receiver().as_list().is_none() && call.arguments.len() > 1 {
        let values = call.arguments.to_vec();
        return Ok((values, call.resting_on_all(Value::null())));
    }
    let mut values = call.elements()?;
    call.take(values.len())?;
    if !call.argument(1).is_null() {
        for (position, value) in values.iter_mut().enumerate() {
            *value = call.apply(1, std::slice::from_ref(value), position)?;
        }
    }
    let own = Value::null().and_uncertainty(call.receiver().uncertainty());
    let looked = values.iter().fold(own, |looked, value| looked_at(looked, &[value]));
    Ok((values, looked))
}

fn total(call: &Call<'_, '_>, values: &[Value]) -> Outcome {
    let expected = "numbers, durations or sums of money";
    let mut total: Option<Value> = None;
    for value in values {
        if !matches!(value.data(), Data::Number(_) | Data::Duration(_) | Data::Money(_)) {
            return Err(EvalError::unsuitable(call.builtin.name(), expected, &[value]));
        }
        total = Some(match &total {
            Some(sum) => arithmetic::add(sum, value)?,
            None => value.clone().without_confidence(),
        });
    }
    Ok(total.unwrap_or_else(|| 0.0.into()))
}

pub(super) fn sum(call: &mut Call<'_, '_>) -> Outcome {
    let (values, looked) = operands(call)?;
    Ok(total(call, &values)?.and_uncertainty(looked.uncertainty()))
}

pub(super) fn mean(call: &mut Call<'_, '_>) -> Outcome {
    let (values, looked) = operands(call)?;
    let mean = if values.is_empty() {
        Value::null()
    } else {
        arithmetic::divide(&total(call, &values)?, &Value::from(values.len() as f64))?
    };
    Ok(mean.and_uncertainty(looked.uncertainty()))
}

/// The first of the values that lie furthest in a direction; with a function, its values are compared and given.
pub(super) fn extreme(call: &mut Call<'_, '_>, direction: Ordering) -> Outcome {
    let (values, looked) = operands(call)?;
    let mut furthest: Option<&Value> = None;
    for value in &values {
        // Comparing a value with itself tells whether it can be compared at all.
        let order = arithmetic::compare(call.builtin.name(), value, furthest.unwrap_or(value))?;
        if furthest.is_none() || order == direction {
            furthest = Some(value);
        }
    }
    Ok(furthest.cloned().unwrap_or_default().and_uncertainty(looked.uncertainty()))
}
