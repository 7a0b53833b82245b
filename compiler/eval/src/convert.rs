//! When values are equal, how they are shown, and what they are made from.

use std::fmt;
use std::sync::Arc;

use prism_ir::Literal;
use smol_str::SmolStr;

use crate::{Data, Value, text};

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self.data(), other.data()) {
            (Data::Null, Data::Null) => true,
            (Data::Boolean(left), Data::Boolean(right)) => left == right,
            (Data::Number(left), Data::Number(right)) => left == right,
            (Data::String(left), Data::String(right)) => left == right,
            (Data::Duration(left), Data::Duration(right)) | (Data::Money(left), Data::Money(right)) => {
                left == right
            }
            (Data::List(left), Data::List(right)) => {
                Arc::ptr_eq(left, right) || left.elements() == right.elements()
            }
            (Data::Record(left), Data::Record(right)) => {
                Arc::ptr_eq(left, right) || left.fields() == right.fields()
            }
            (Data::Agent(left), Data::Agent(right)) => left.id == right.id,
            (Data::Function(left), Data::Function(right)) => Arc::ptr_eq(left, right),
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    /// The value as interpolation writes it; a function, which interpolation refuses, as `<function>`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&text::shown(self))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::new(Data::Boolean(value))
    }
}

impl From<f64> for Value {
    /// A number that is not finite, which no value may hold, becomes null.
    fn from(value: f64) -> Self {
        Self::new(if value.is_finite() { Data::Number(value) } else { Data::Null })
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::new(Data::String(value.into()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::new(Data::String(value.into()))
    }
}

impl From<SmolStr> for Value {
    fn from(value: SmolStr) -> Self {
        Self::new(Data::String(value))
    }
}

impl From<&Literal> for Value {
    fn from(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::null(),
            Literal::Boolean(value) => (*value).into(),
            Literal::Number(value) => (*value).into(),
            Literal::String(value) => value.as_str().into(),
            Literal::Duration { duration_us } => Self::new(Data::Duration(*duration_us)),
            Literal::Money { nanodollars } => Self::new(Data::Money(*nanodollars)),
        }
    }
}
