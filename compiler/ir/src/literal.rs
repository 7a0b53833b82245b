use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that is written out in a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Literal {
    /// No value.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A finite number.
    Number(f64),
    /// A text.
    String(String),
    /// A duration.
    Duration {
        /// Its length in microseconds.
        duration_us: i64,
    },
    /// A sum of money.
    Money {
        /// The sum in nano-dollars.
        nanodollars: i64,
    },
}

impl Literal {
    /// The value as agents and people see it: durations in milliseconds, money in dollars.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Boolean(value) => (*value).into(),
            Self::Number(value) => number_to_json(*value),
            Self::String(value) => value.as_str().into(),
            Self::Duration { duration_us } => number_to_json(*duration_us as f64 / 1_000.0),
            Self::Money { nanodollars } => number_to_json(*nanodollars as f64 / 1_000_000_000.0),
        }
    }
}

/// A finite number as JSON, whole ones without a fraction; anything else as null.
pub(crate) fn number_to_json(value: f64) -> serde_json::Value {
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        return (value as i64).into();
    }
    serde_json::Number::from_f64(value).map_or(serde_json::Value::Null, serde_json::Value::Number)
}
