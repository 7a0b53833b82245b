//! What depends on conditions and on confidence: conditionals, gates, bands, assertions.

use prism_confidence::{Confidence, Mode, Source};
use prism_ir::UncertainBands;

use crate::activation::Activation;
use crate::evaluate::{Evaluator, Flow};
use crate::{Data, EvalError, Value};

/// A branch of `uncertain if`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Band {
    /// Below the medium threshold.
    Low,
    /// At or above the medium threshold.
    Medium,
    /// At or above the high threshold.
    High,
}

impl Band {
    /// The band that a value falls into.
    ///
    /// What carries a confidence is judged by its gate value. Otherwise a number in [0, 1] is itself the confidence,
    /// false and null (a gate that failed) are low, and everything else is certain.
    pub fn of(subject: &Value, high: f64, medium: f64, mode: Mode) -> Self {
        let gate_value = match (subject.uncertainty(), subject.data()) {
            (Some(confidence), _) => confidence.gate_value(mode),
            (None, Data::Boolean(false) | Data::Null) => return Self::Low,
            (None, Data::Number(number)) if (0.0..=1.0).contains(number) => *number,
            (None, _) => 1.0,
        };
        if gate_value >= high {
            Self::High
        } else if gate_value >= medium {
            Self::Medium
        } else {
            Self::Low
        }
    }

    /// The name as it is written: `high`, `medium`, `low`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Whether a value passes a gate: its own confidence reaches the threshold.
pub fn passes(value: &Value, threshold: f64, mode: Mode) -> bool {
    value.uncertainty().map_or(1.0, |confidence| confidence.gate_value(mode)) >= threshold
}

impl Evaluator<'_> {
    pub(crate) fn conditional(
        &mut self,
        activation: &mut Activation<'_>,
        condition: u32,
        then: u32,
        otherwise: u32,
    ) -> Flow {
        let condition = self.operation(activation, condition)?;
        let (taken, left_alone) = if condition.is_truthy() { (then, otherwise) } else { (otherwise, then) };
        let value = self.under(activation, condition.uncertainty(), taken)?;
        self.left_alone(activation, condition.uncertainty(), left_alone)?;
        Ok(value)
    }

    /// The value of an operation that is looked at because of a condition.
    pub(crate) fn under(
        &mut self,
        activation: &mut Activation<'_>,
        condition: Option<&Confidence>,
        operation: u32,
    ) -> Flow {
        let Some(condition) = condition else { return self.operation(activation, operation) };
        let around = activation.enter(condition);
        let value = self.operation(activation, operation);
        activation.leave(around);
        Ok(value?.and_confidence(condition))
    }

    /// Accounts for an operation that is not looked at because of a condition.
    pub(crate) fn left_alone(
        &mut self,
        activation: &mut Activation<'_>,
        condition: Option<&Confidence>,
        operation: u32,
    ) -> Result<(), EvalError> {
        let Some(condition) = condition else { return Ok(()) };
        let seen = activation.left_alone(operation, condition);
        self.fuel.take(seen as u64)
    }

    /// `e ~> p`.
    pub(crate) fn attach(
        &mut self,
        activation: &mut Activation<'_>,
        operation: u32,
        value: u32,
        confidence: u32,
    ) -> Flow {
        let value = self.operation(activation, value)?;
        let p = self.operation(activation, confidence)?;
        let p = probability("~>", &p)?;
        self.fuel.take(self.path.len() as u64)?;
        let own = value.confidence();
        let root = Confidence::derived(self.path.root(operation), p, p, p, Source::Asserted, 0.0, &[&own])
            .map_err(|error| EvalError::out_of_range("the confidence of `~>`", "in [0, 1]", error))?;
        Ok(value.with_confidence(root))
    }

    /// `e ~@> t` and `e ~@> (t, other)`.
    pub(crate) fn gate(
        &mut self,
        activation: &mut Activation<'_>,
        value: u32,
        threshold: u32,
        otherwise: Option<u32>,
    ) -> Flow {
        let value = self.operation(activation, value)?;
        let threshold = self.threshold(activation, "~@>", threshold)?;
        if passes(&value, threshold, self.environment.mode) {
            return Ok(value);
        }
        match otherwise {
            Some(other) => self.operation(activation, other),
            None => Ok(Value::null()),
        }
    }

    pub(crate) fn uncertain(
        &mut self,
        activation: &mut Activation<'_>,
        subject: u32,
        high: Option<u32>,
        medium: Option<u32>,
        bands: UncertainBands,
    ) -> Flow {
        let subject = self.operation(activation, subject)?;
        let high = match high {
            Some(high) => self.threshold(activation, "high:", high)?,
            None => self.environment.bands.high,
        };
        let medium = match medium {
            Some(medium) => self.threshold(activation, "medium:", medium)?,
            None => self.environment.bands.medium,
        };
        let branch = match Band::of(&subject, high, medium, self.environment.mode) {
            Band::High => bands.high,
            Band::Medium => bands.medium,
            Band::Low => bands.low,
        };
        match branch.or(bands.default) {
            Some(branch) => self.operation(activation, branch),
            None => Ok(Value::null()),
        }
    }

    fn threshold(&mut self, activation: &mut Activation<'_>, operation: &str, index: u32) -> Flow<f64> {
        let value = self.operation(activation, index)?;
        Ok(probability(operation, &value)?)
    }
}

/// The number in [0, 1] that a value is.
fn probability(operation: &str, value: &Value) -> Result<f64, EvalError> {
    match value.as_number() {
        Some(number) if (0.0..=1.0).contains(&number) => Ok(number),
        Some(number) => {
            Err(EvalError::out_of_range(&format!("the confidence of `{operation}`"), "in [0, 1]", number))
        }
        None => Err(EvalError::unsuitable(operation, "a number in [0, 1] as the confidence", &[value])),
    }
}
