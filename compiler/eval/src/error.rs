//! What can go wrong with a pure expression.

use prism_catalog::FailureCode;
use prism_ir::Mismatch;
use thiserror::Error;

use crate::{Value, text};

/// Why an expression has no value. Messages are for the author of the pattern.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum EvalError {
    /// An operator or function met a value that it cannot work on.
    #[error("{operation} wants {expected}, but got {found}")]
    Unsuitable {
        /// The operator or function as it is written, in back quotes.
        operation: String,
        /// What it works on.
        expected: String,
        /// What it got, kinds and shortened values.
        found: String,
    },
    /// A division or remainder by zero.
    #[error("`{operator}` divides {dividend} by zero")]
    DivisionByZero {
        /// `/` or `%`.
        operator: &'static str,
        /// What was to be divided.
        dividend: String,
    },
    /// A result that is infinite or undefined.
    #[error("{operation} of {operands} is not a finite number")]
    NotFinite {
        /// The operator or function as it is written, in back quotes.
        operation: String,
        /// Its operands.
        operands: String,
    },
    /// A value outside the range that is allowed or can be held.
    #[error("{what} must be {range}, but is {found}")]
    OutOfRange {
        /// What the value is for.
        what: String,
        /// The range.
        range: String,
        /// The value.
        found: String,
    },
    /// A value does not fit the type that `as` demands.
    #[error("`as {target}` does not hold: {mismatch}")]
    Contract {
        /// The type as it is written.
        target: String,
        /// Where and how the value does not fit.
        mismatch: Box<Mismatch>,
    },
    /// All the steps are used up.
    #[error("the pure code of this run took more than {limit} steps; is there a recursion without an end?")]
    Fuel {
        /// The steps that were given.
        limit: u64,
    },
    /// Calls or values are nested too deeply.
    #[error("{what} nested more than {limit} deep")]
    Depth {
        /// What is nested: `calls are`, `lists and records are`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A value grew over its limit.
    #[error("{what} grew over {limit} {unit}")]
    Size {
        /// What grew.
        what: &'static str,
        /// The limit.
        limit: u64,
        /// What is counted.
        unit: &'static str,
    },
    /// The program called `fail`.
    #[error("{message}")]
    Fail {
        /// Why, in the program's words.
        message: String,
        /// More for programs.
        details: Option<Box<Value>>,
    },
    /// The expression is not one that this evaluator knows.
    #[error("the compiled program cannot be used: {what}")]
    Malformed {
        /// What is wrong with it.
        what: String,
    },
}

impl EvalError {
    /// The stable code of the failure.
    pub const fn code(&self) -> FailureCode {
        match self {
            Self::Unsuitable { .. } => FailureCode::ValueType,
            Self::DivisionByZero { .. } => FailureCode::ValueDivisionByZero,
            Self::NotFinite { .. } => FailureCode::ValueNotFinite,
            Self::OutOfRange { .. } => FailureCode::ValueRange,
            Self::Contract { .. } => FailureCode::ContractMismatch,
            Self::Fuel { .. } => FailureCode::ValueFuel,
            Self::Depth { .. } => FailureCode::ValueDepth,
            Self::Size { .. } => FailureCode::ValueSize,
            Self::Fail { .. } => FailureCode::PatternFailed,
            Self::Malformed { .. } => FailureCode::IrInvalid,
        }
    }

    pub(crate) fn unsuitable(operation: &str, expected: &str, found: &[&Value]) -> Self {
        Self::Unsuitable {
            operation: format!("`{operation}`"),
            expected: expected.to_owned(),
            found: listed(found),
        }
    }

    pub(crate) fn not_finite(operation: &str, operands: &[&Value]) -> Self {
        Self::NotFinite { operation: format!("`{operation}`"), operands: listed(operands) }
    }

    pub(crate) fn out_of_range(what: &str, range: &str, found: impl ToString) -> Self {
        Self::OutOfRange { what: what.to_owned(), range: range.to_owned(), found: found.to_string() }
    }

    pub(crate) fn malformed(what: impl Into<String>) -> Self {
        Self::Malformed { what: what.into() }
    }
}

/// The longest piece of a value that a message quotes, in characters.
const QUOTED: usize = 40;

/// Several values in the words of a message: `a string "abc" and null`.
pub(crate) fn listed(values: &[&Value]) -> String {
    let described: Vec<_> = values.iter().map(|value| described(value)).collect();
    match described.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// A value in the words of a message: its kind, and what it is if that is short.
fn described(value: &Value) -> String {
    let kind = value.kind();
    if value.is_null()
        || value.as_list().is_some()
        || value.as_record().is_some()
        || value.as_function().is_some()
    {
        return kind.to_owned();
    }
    let shown = text::shown(value);
    let mut short: String = shown.chars().take(QUOTED).collect();
    if short.len() < shown.len() {
        short.push('…');
    }
    match value.as_text() {
        Some(_) => format!("{kind} {short:?}"),
        None => format!("{kind} ({short})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_kinds_and_values() {
        let error = EvalError::unsuitable("-", "numbers", &[&"abc".into(), &Value::null(), &2.0.into()]);
        assert_eq!(error.to_string(), "`-` wants numbers, but got a string \"abc\", null and a number (2)");
        assert_eq!(error.code(), FailureCode::ValueType);
        let long = "x".repeat(100);
        let error = EvalError::not_finite("**", &[&long.as_str().into()]);
        assert!(error.to_string().contains(&format!("{}…", "x".repeat(40))));
    }
}
