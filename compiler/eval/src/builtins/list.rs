//! Lists, and what texts have in common with them.

use std::collections::HashSet;

use smol_str::SmolStr;

use super::Call;
use crate::{Data, EvalError, Value, key};

type Outcome = Result<Value, EvalError>;

pub(super) fn length(call: &Call<'_, '_>) -> Outcome {
    let receiver = call.receiver();
    let count = match receiver.data() {
        Data::List(list) => list.elements().len(),
        Data::String(text) => text.chars().count(),
        Data::Record(record) => record.fields().len(),
        _ => return Err(call.unsuitable("a list, a string or a record", 0)),
    };
    Ok(Value::from(count as f64).and_uncertainty(receiver.uncertainty()))
}

pub(super) fn map(call: &mut Call<'_, '_>) -> Outcome {
    let elements = call.elements()?;
    let mut results = Vec::with_capacity(elements.len());
    for (position, element) in elements.into_iter().enumerate() {
        results.push(call.apply(1, &[element], position)?);
    }
    call.list_of(results)
}

pub(super) fn filter(call: &mut Call<'_, '_>) -> Outcome {
    let mut kept = Vec::new();
    let mut verdicts = Value::null();
    for (position, element) in call.elements()?.into_iter().enumerate() {
        let verdict = call.apply(1, std::slice::from_ref(&element), position)?;
        verdicts = verdicts.and_uncertainty(verdict.uncertainty());
        if verdict.is_truthy() {
            kept.push(element);
        }
    }
    Ok(call.list_of(kept)?.and_uncertainty(verdicts.uncertainty()))
}

/// Goes through the elements until the function says `wanted` of one; gives that one, and a null that is as sure as
/// the verdicts and the list.
fn search(call: &mut Call<'_, '_>, wanted: bool) -> Result<(Option<Value>, Value), EvalError> {
    let mut verdicts = Value::null().and_uncertainty(call.receiver().uncertainty());
    for (position, element) in call.elements()?.into_iter().enumerate() {
        let verdict = call.apply(1, std::slice::from_ref(&element), position)?;
        verdicts = verdicts.and_uncertainty(verdict.uncertainty());
        if verdict.is_truthy() == wanted {
            return Ok((Some(element), verdicts));
        }
    }
    Ok((None, verdicts))
}

pub(super) fn find(call: &mut Call<'_, '_>) -> Outcome {
    let (found, verdicts) = search(call, true)?;
    Ok(found.unwrap_or_default().and_uncertainty(verdicts.uncertainty()))
}

pub(super) fn some(call: &mut Call<'_, '_>) -> Outcome {
    let (found, verdicts) = search(call, true)?;
    Ok(Value::from(found.is_some()).and_uncertainty(verdicts.uncertainty()))
}

pub(super) fn every(call: &mut Call<'_, '_>) -> Outcome {
    let (found, verdicts) = search(call, false)?;
    Ok(Value::from(found.is_none()).and_uncertainty(verdicts.uncertainty()))
}

pub(super) fn includes(call: &mut Call<'_, '_>) -> Outcome {
    match call.receiver().data() {
        Data::String(_) => {
            let (whole, part) = (call.text(0)?, call.text(1)?);
            Ok(call.resting_on_all(whole.contains(part.as_str()).into()))
        }
        Data::List(_) => {
            let wanted = call.argument(1).clone();
            let mut looked = crate::operators::looked_at(Value::null(), &[&wanted])
                .and_uncertainty(call.receiver().uncertainty());
            let mut found = false;
            for element in call.elements()? {
                call.take(1)?;
                looked = crate::operators::looked_at(looked, &[&element]);
                if call.evaluator.equal(&wanted, &element)? {
                    found = true;
                    break;
                }
            }
            Ok(Value::from(found).and_uncertainty(looked.uncertainty()))
        }
        _ => Err(call.unsuitable("a list or a string", 0)),
    }
}

/// The positions from the first to before the last that `slice(start, end)` means: negative ones count from the end.
fn bounds(call: &Call<'_, '_>, length: usize) -> Result<(usize, usize), EvalError> {
    let place = |position: Option<i64>, default: usize| match position {
        None => default,
        Some(position) if position < 0 => {
            length.saturating_sub(usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX))
        }
        Some(position) => usize::try_from(position).unwrap_or(usize::MAX).min(length),
    };
    let start = place(call.whole(1)?, 0);
    Ok((start, place(call.whole(2)?, length).max(start)))
}

pub(super) fn slice(call: &mut Call<'_, '_>) -> Outcome {
    let value = match call.receiver().data() {
        Data::String(_) => {
            let text = call.text(0)?;
            let (start, end) = bounds(call, text.chars().count())?;
            let part: SmolStr = text.chars().skip(start).take(end - start).collect();
            Value::from(part).and_uncertainty(call.receiver().uncertainty())
        }
        Data::List(_) => {
            let elements = call.elements()?;
            let (start, end) = bounds(call, elements.len())?;
            call.list_of(elements.into_iter().skip(start).take(end - start).collect())?
        }
        _ => return Err(call.unsuitable("a list or a string", 0)),
    };
    Ok(value.and_uncertainty(call.argument(1).uncertainty()).and_uncertainty(call.argument(2).uncertainty()))
}

pub(super) fn concat(call: &mut Call<'_, '_>) -> Outcome {
    if call.receiver().as_text().is_some() {
        return super::text::concat(call);
    }
    let mut elements = call.elements()?;
    let mut others = Value::null();
    for position in 1..call.arguments.len() {
        let other = call.argument(position).clone();
        if other.as_list().is_some() {
            elements.append(&mut call.elements_of(position)?);
            others = others.and_uncertainty(other.uncertainty());
        } else {
            elements.push(other);
        }
        call.evaluator.elements_fit(elements.len())?;
    }
    Ok(call.list_of(elements)?.and_uncertainty(others.uncertainty()))
}

pub(super) fn first(call: &Call<'_, '_>) -> Outcome {
    end(call, <[Value]>::first, |text| text.chars().next())
}

pub(super) fn last(call: &Call<'_, '_>) -> Outcome {
    end(call, <[Value]>::last, |text| text.chars().next_back())
}

fn end(
    call: &Call<'_, '_>,
    of_list: fn(&[Value]) -> Option<&Value>,
    of_text: fn(&str) -> Option<char>,
) -> Outcome {
    let receiver = call.receiver();
    let found = match receiver.data() {
        Data::List(list) => of_list(list.elements()).cloned(),
        Data::String(text) => of_text(text).map(|character| SmolStr::from_iter([character]).into()),
        _ => return Err(call.unsuitable("a list or a string", 0)),
    };
    Ok(found.unwrap_or_default().and_uncertainty(receiver.uncertainty()))
}

/// The first element of each kind; with a function, kinds are told apart by what it returns.
pub(super) fn unique(call: &mut Call<'_, '_>) -> Outcome {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    let mut looked = Value::null();
    for (position, element) in call.elements()?.into_iter().enumerate() {
        let kind = if call.argument(1).is_null() {
            element.clone()
        } else {
            call.apply(1, std::slice::from_ref(&element), position)?
        };
        looked = crate::operators::looked_at(looked, &[&kind]);
        call.take(usize::try_from(kind.size() / 8).unwrap_or(usize::MAX))?;
        if seen.insert(key::exact_key(&kind)) {
            kept.push(element);
        }
    }
    Ok(call.list_of(kept)?.and_uncertainty(looked.uncertainty()))
}

pub(super) fn reverse(call: &mut Call<'_, '_>) -> Outcome {
    let mut elements = call.elements()?;
    elements.reverse();
    call.list_of(elements)
}

pub(super) fn push(call: &mut Call<'_, '_>) -> Outcome {
    let mut elements = call.elements()?;
    elements.extend(call.arguments.iter().skip(1).cloned());
    call.list_of(elements)
}
