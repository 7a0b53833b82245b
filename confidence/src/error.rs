//! Why a confidence was refused.

use std::fmt;

/// The number that a [`ConfidenceError`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// The probability that the value is right.
    Point,
    /// The lower end of its interval.
    Lower,
    /// The upper end of its interval.
    Upper,
    /// The effective sample size behind it.
    Evidence,
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Point => "confidence",
            Self::Lower => "lower bound",
            Self::Upper => "upper bound",
            Self::Evidence => "evidence",
        })
    }
}

/// Why a confidence could not be made. Carries the offending numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum ConfidenceError {
    /// The number is NaN.
    NotANumber {
        /// Which number.
        quantity: Quantity,
    },
    /// The number is outside its range: [0, 1] for probabilities, [0, ∞) and finite for evidence.
    OutOfRange {
        /// Which number.
        quantity: Quantity,
        /// The number given.
        value: f64,
    },
    /// The interval is empty, or does not hold the point: `lo <= p <= hi` fails.
    Disordered {
        /// The point given.
        p: f64,
        /// The lower bound given.
        lo: f64,
        /// The upper bound given.
        hi: f64,
    },
}

impl fmt::Display for ConfidenceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber { quantity } => write!(formatter, "the {quantity} is not a number"),
            Self::OutOfRange { quantity: Quantity::Evidence, value } => {
                write!(formatter, "the evidence {value} is not a finite number of at least 0")
            }
            Self::OutOfRange { quantity, value } => {
                write!(formatter, "the {quantity} {value} is outside [0, 1]")
            }
            Self::Disordered { p, lo, hi } => {
                write!(formatter, "the confidence {p} is outside its own interval [{lo}, {hi}]")
            }
        }
    }
}

impl std::error::Error for ConfidenceError {}

/// `value` when it is a probability.
pub(crate) fn probability(quantity: Quantity, value: f64) -> Result<f64, ConfidenceError> {
    if value.is_nan() {
        Err(ConfidenceError::NotANumber { quantity })
    } else if (0.0..=1.0).contains(&value) {
        Ok(crate::number::unit(value))
    } else {
        Err(ConfidenceError::OutOfRange { quantity, value })
    }
}

/// `value` when it is an effective sample size.
pub(crate) fn sample_size(value: f64) -> Result<f64, ConfidenceError> {
    let quantity = Quantity::Evidence;
    if value.is_nan() {
        Err(ConfidenceError::NotANumber { quantity })
    } else if value.is_finite() && value >= 0.0 {
        Ok(value + 0.0)
    } else {
        Err(ConfidenceError::OutOfRange { quantity, value })
    }
}
