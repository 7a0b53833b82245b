//! Texts.

use smol_str::SmolStr;

use super::Call;
use crate::{EvalError, Value};

type Outcome = Result<Value, EvalError>;

/// A text made of the one that it is called on.
pub(super) fn mapped(call: &mut Call<'_, '_>, change: fn(&str) -> SmolStr) -> Outcome {
    let text = change(&call.text(0)?);
    call.evaluator.text_fits(text.len())?;
    Ok(call.resting_on_all(text.into()))
}

/// What is asked of two texts.
pub(super) fn tested(call: &mut Call<'_, '_>, test: fn(&str, &str) -> bool) -> Outcome {
    let (text, part) = (call.text(0)?, call.text(1)?);
    Ok(call.resting_on_all(test(&text, &part).into()))
}

/// Without a separator, the whole text; with an empty one, its characters.
pub(super) fn split(call: &mut Call<'_, '_>) -> Outcome {
    let text = call.text(0)?;
    let limit = usize::try_from(call.evaluator.environment.limits.elements).unwrap_or(usize::MAX);
    // One more than the limit is enough to see that it is exceeded.
    let most = limit.saturating_add(1);
    let parts: Vec<SmolStr> = if call.argument(1).is_null() {
        vec![text]
    } else {
        let separator = call.text(1)?;
        if separator.is_empty() {
            text.chars().take(most).map(|character| SmolStr::from_iter([character])).collect()
        } else {
            text.split(separator.as_str()).take(most).map(SmolStr::from).collect()
        }
    };
    call.take(parts.len())?;
    let list = call.list_of(parts.into_iter().map(Value::from).collect())?;
    Ok(list.and_uncertainty(call.argument(1).uncertainty()))
}

pub(super) fn replace(call: &mut Call<'_, '_>) -> Outcome {
    let (text, part, replacement) = (call.text(0)?, call.text(1)?, call.text(2)?);
    call.evaluator.text_fits(text.len().saturating_add(replacement.len()))?;
    Ok(call.resting_on_all(text.replacen(part.as_str(), &replacement, 1).into()))
}

/// Null elements leave their place empty, as in JavaScript.
pub(super) fn join(call: &mut Call<'_, '_>) -> Outcome {
    let separator = if call.argument(1).is_null() { SmolStr::new_static(",") } else { call.text(1)? };
    let mut whole = String::new();
    for (position, element) in call.elements()?.iter().enumerate() {
        call.take(1 + separator.len() / 16)?;
        if position > 0 {
            whole.push_str(&separator);
        }
        if !element.is_null() {
            whole.push_str(&call.evaluator.text_of("join", element)?);
        }
        call.evaluator.text_fits(whole.len())?;
    }
    Ok(call.resting_on_all(whole.into()))
}

pub(super) fn concat(call: &mut Call<'_, '_>) -> Outcome {
    let mut whole = String::new();
    for argument in call.arguments {
        whole.push_str(&call.evaluator.text_of("concat", argument)?);
        call.evaluator.text_fits(whole.len())?;
    }
    Ok(call.resting_on_all(whole.into()))
}

/// `String(x)`.
pub(super) fn string(call: &mut Call<'_, '_>) -> Outcome {
    let value = call.receiver().clone();
    let text = call.evaluator.text_of("String", &value)?;
    Ok(call.resting_on_all(text.into()))
}
