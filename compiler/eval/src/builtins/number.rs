//! Numbers.

use std::cmp::Ordering;

use super::Call;
use crate::{Data, EvalError, Value, arithmetic};

type Outcome = Result<Value, EvalError>;

/// The most decimal places that a double can have.
const PLACES: i64 = 324;

pub(super) fn round(call: &Call<'_, '_>) -> Outcome {
    let Some(number) = call.receiver().as_number() else { return Err(call.unsuitable("a number", 0)) };
    let places = call.whole(1)?.unwrap_or(0).clamp(-PLACES, PLACES);
    let rounded = to_places(number, places);
    if !rounded.is_finite() {
        return Err(EvalError::not_finite("round", &[call.receiver(), call.argument(1)]));
    }
    Ok(call.resting_on_all(rounded.into()))
}

/// Half away from zero, judged by the number as it is written: 1.005 to two places is 1.01, although the double is a
/// little less than that. The decimal point moves in the text, so that nothing is lost in between.
fn to_places(number: f64, places: i64) -> f64 {
    shifted(libm::round(shifted(number, places)), -places)
}

/// `number · 10^places`, rounded once.
fn shifted(number: f64, places: i64) -> f64 {
    let text = format!("{number:e}");
    let moved = text.split_once('e').and_then(|(digits, exponent)| {
        let exponent: i64 = exponent.parse().ok()?;
        format!("{digits}e{}", exponent + places).parse().ok()
    });
    moved.unwrap_or(number)
}

pub(super) fn clamp(call: &Call<'_, '_>) -> Outcome {
    let (value, low, high) = (call.receiver(), call.argument(1), call.argument(2));
    if arithmetic::compare("clamp", low, high)? == Ordering::Greater {
        return Err(EvalError::out_of_range("the lower bound of `clamp`", "at most the upper one", low));
    }
    let kept = if arithmetic::compare("clamp", value, low)? == Ordering::Less {
        low
    } else if arithmetic::compare("clamp", value, high)? == Ordering::Greater {
        high
    } else {
        value
    };
    Ok(call.resting_on_all(kept.clone()))
}

/// `Number(x)`: of durations milliseconds, of money dollars, of booleans 0 and 1.
pub(super) fn number(call: &mut Call<'_, '_>) -> Outcome {
    let value = match call.receiver().data() {
        Data::Number(number) => Value::from(*number),
        Data::Boolean(value) => f64::from(u8::from(*value)).into(),
        Data::Duration(amount) => (*amount as f64 / 1_000.0).into(),
        Data::Money(amount) => (*amount as f64 / 1_000_000_000.0).into(),
        Data::String(_) => spelled(&call.text(0)?).map_or_else(Value::null, Value::from),
        _ => Value::null(),
    };
    Ok(call.resting_on_all(value))
}

/// The finite number that a text spells as JSON or JavaScript would, white space around it left out.
fn spelled(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        // A sign would be read here, too.
        let is_plain = digits.chars().all(|digit| digit.is_ascii_hexdigit());
        return if is_plain {
            u64::from_str_radix(digits, 16).ok().map(|number| number as f64)
        } else {
            None
        };
    }
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number: f64 = if is_decimal { text.parse().ok()? } else { return None };
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_as_they_are_written() {
        let cases = [
            (1.005, 2, 1.01),
            (-1.005, 2, -1.01),
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (1234.0, -2, 1200.0),
            (0.1 + 0.2, 1, 0.3),
            (1e300, 2, 1e300),
            (5e-324, 2, 0.0),
        ];
        for (number, places, expected) in cases {
            assert_eq!(to_places(number, places), expected, "{number} to {places}");
        }
    }

    #[test]
    fn numbers_are_read_as_in_javascript() {
        assert_eq!(spelled(" 12.5\n"), Some(12.5));
        assert_eq!(spelled("1e3"), Some(1000.0));
        assert_eq!(spelled("0xff"), Some(255.0));
        assert_eq!(spelled("-.5"), Some(-0.5));
        for nothing in ["", "abc", "inf", "NaN", "1e999", "1_000", "0x", "0x+1", "12px"] {
            assert_eq!(spelled(nothing), None, "{nothing:?}");
        }
    }
}
