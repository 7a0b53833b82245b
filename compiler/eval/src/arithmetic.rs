//! Arithmetic and order of numbers, durations and money.

use std::cmp::Ordering;

use crate::{Data, EvalError, Value, text};

/// What the operators of this file give and want: payloads only.
type Outcome = Result<Value, EvalError>;

/// The nearest whole number, halves away from zero; none where it cannot be held.
pub(crate) fn whole(value: f64) -> Option<i64> {
    let rounded = libm::round(value);
    // 2^63 is the first number above what can be held; both bounds are exact as doubles.
    let held = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&rounded);
    held.then_some(rounded as i64)
}

/// A quantity of one of the kinds that are counted in whole units.
#[derive(Clone, Copy)]
enum Unit {
    Duration,
    Money,
}

impl Unit {
    fn value(self, operation: &str, amount: Option<i64>) -> Outcome {
        match (self, amount) {
            (Self::Duration, Some(amount)) => Ok(Value::new(Data::Duration(amount))),
            (Self::Money, Some(amount)) => Ok(Value::new(Data::Money(amount))),
            (Self::Duration, None) => {
                let what = format!("the duration that `{operation}` gives");
                Err(EvalError::out_of_range(&what, "under 292,471 years", "longer"))
            }
            (Self::Money, None) => {
                let what = format!("the sum of money that `{operation}` gives");
                Err(EvalError::out_of_range(&what, "under $9,223,372,036", "larger"))
            }
        }
    }
}

/// Two operands, by what can be done with them.
enum Pair {
    Numbers(f64, f64),
    Same(Unit, i64, i64),
    Scaled(Unit, i64, f64),
    Scales(Unit, f64, i64),
    Other,
}

fn pair(left: &Value, right: &Value) -> Pair {
    match (left.data(), right.data()) {
        (Data::Number(left), Data::Number(right)) => Pair::Numbers(*left, *right),
        (Data::Duration(left), Data::Duration(right)) => Pair::Same(Unit::Duration, *left, *right),
        (Data::Money(left), Data::Money(right)) => Pair::Same(Unit::Money, *left, *right),
        (Data::Duration(left), Data::Number(right)) => Pair::Scaled(Unit::Duration, *left, *right),
        (Data::Money(left), Data::Number(right)) => Pair::Scaled(Unit::Money, *left, *right),
        (Data::Number(left), Data::Duration(right)) => Pair::Scales(Unit::Duration, *left, *right),
        (Data::Number(left), Data::Money(right)) => Pair::Scales(Unit::Money, *left, *right),
        _ => Pair::Other,
    }
}

fn finite(operation: &str, value: f64, operands: &[&Value]) -> Outcome {
    if value.is_finite() { Ok(value.into()) } else { Err(EvalError::not_finite(operation, operands)) }
}

/// The sum; texts are concatenated elsewhere.
pub(crate) fn add(left: &Value, right: &Value) -> Outcome {
    match pair(left, right) {
        Pair::Numbers(a, b) => finite("+", a + b, &[left, right]),
        Pair::Same(unit, a, b) => unit.value("+", a.checked_add(b)),
        _ => Err(unsuitable("+", "two numbers, two durations, two sums of money, or a string", left, right)),
    }
}

pub(crate) fn subtract(left: &Value, right: &Value) -> Outcome {
    match pair(left, right) {
        Pair::Numbers(a, b) => finite("-", a - b, &[left, right]),
        Pair::Same(unit, a, b) => unit.value("-", a.checked_sub(b)),
        _ => Err(unsuitable("-", "two numbers, two durations or two sums of money", left, right)),
    }
}

pub(crate) fn multiply(left: &Value, right: &Value) -> Outcome {
    match pair(left, right) {
        Pair::Numbers(a, b) => finite("*", a * b, &[left, right]),
        Pair::Scaled(unit, amount, factor) | Pair::Scales(unit, factor, amount) => {
            unit.value("*", whole(amount as f64 * factor))
        }
        _ => Err(unsuitable("*", "two numbers, or a number and a duration or sum of money", left, right)),
    }
}

pub(crate) fn divide(left: &Value, right: &Value) -> Outcome {
    match pair(left, right) {
        Pair::Numbers(_, 0.0) | Pair::Same(_, _, 0) | Pair::Scaled(_, _, 0.0) => Err(by_zero("/", left)),
        Pair::Numbers(a, b) => finite("/", a / b, &[left, right]),
        Pair::Same(_, a, b) => finite("/", a as f64 / b as f64, &[left, right]),
        Pair::Scaled(unit, amount, divisor) => unit.value("/", whole(amount as f64 / divisor)),
        _ => Err(unsuitable(
            "/",
            "two numbers, two durations, two sums of money, or one of these and a number",
            left,
            right,
        )),
    }
}

pub(crate) fn remainder(left: &Value, right: &Value) -> Outcome {
    match pair(left, right) {
        Pair::Numbers(_, 0.0) | Pair::Same(_, _, 0) => Err(by_zero("%", left)),
        Pair::Numbers(a, b) => finite("%", libm::fmod(a, b), &[left, right]),
        Pair::Same(unit, a, b) => unit.value("%", Some(a.checked_rem(b).unwrap_or(0))),
        _ => Err(unsuitable("%", "two numbers, two durations or two sums of money", left, right)),
    }
}

pub(crate) fn power(left: &Value, right: &Value) -> Outcome {
    match pair(left, right) {
        Pair::Numbers(a, b) => finite("**", libm::pow(a, b), &[left, right]),
        _ => Err(unsuitable("**", "two numbers", left, right)),
    }
}

pub(crate) fn negate(value: &Value) -> Outcome {
    match value.data() {
        Data::Number(number) => Ok(Value::from(-number)),
        Data::Duration(amount) => Unit::Duration.value("-", amount.checked_neg()),
        Data::Money(amount) => Unit::Money.value("-", amount.checked_neg()),
        _ => Err(EvalError::unsuitable("-", "a number, a duration or a sum of money", &[value])),
    }
}

/// The order of two values of one ordered kind.
pub(crate) fn compare(operation: &str, left: &Value, right: &Value) -> Result<Ordering, EvalError> {
    match (left.data(), right.data()) {
        (Data::Number(a), Data::Number(b)) => Ok(a.partial_cmp(b).unwrap_or(Ordering::Equal)),
        (Data::String(a), Data::String(b)) => Ok(a.cmp(b)),
        (Data::Duration(a), Data::Duration(b)) | (Data::Money(a), Data::Money(b)) => Ok(a.cmp(b)),
        _ => Err(unsuitable(
            operation,
            "two numbers, two strings, two durations or two sums of money",
            left,
            right,
        )),
    }
}

fn unsuitable(operation: &str, expected: &str, left: &Value, right: &Value) -> EvalError {
    EvalError::unsuitable(operation, expected, &[left, right])
}

fn by_zero(operator: &'static str, dividend: &Value) -> EvalError {
    EvalError::DivisionByZero { operator, dividend: text::shown(dividend) }
}
