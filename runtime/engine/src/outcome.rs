//! Both ends of a run: the input that is taken in, and the report that is given out.

use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::{Confidence, Source};
use prism_eval::Value;
use prism_ir::{Interface, Mismatch, Pattern, conform, conform_fields, trim};
use prism_ports::{Failure, Json, Outcome, ResultConfidence, RunReport};

use crate::machine::Machine;

impl Machine {
    /// The input as a value, when it fits the pattern.
    pub(crate) fn checked_input(&self, pattern: &Pattern, input: &Json) -> Result<Value, Failure> {
        let filled = with_defaults(&pattern.input, input);
        let filled = filled.as_ref().unwrap_or(input);
        match self.fits(&pattern.input, filled) {
            Ok(()) => {
                let types = self.plan.program().types();
                Ok(Value::from_json(filled).adapted(&pattern.input.to_type(), types))
            }
            Err(mismatch) => {
                let message = format!("the input does not fit `{}`: {mismatch}", pattern.name);
                Err(Failure::new(FailureCode::InputMismatch, message).with_details(details(&mismatch)))
            }
        }
    }

    /// How the run ended, with what it is known to have spent.
    pub(crate) fn outcome(&mut self, result: Result<Value, Failure>) -> Outcome {
        let mut report = RunReport {
            calls: self.ledger.calls(),
            cost_nanodollars: self.ledger.spent(),
            warnings: std::mem::take(&mut self.warnings),
            ..RunReport::default()
        };
        match result.and_then(|value| self.checked_result(&value, &mut report)) {
            Ok(()) => Outcome::Completed { report },
            Err(failure) => Outcome::Failed { failure, report },
        }
    }

    /// Puts the result into the report, and refuses one that does not keep what the pattern says of it.
    fn checked_result(&self, value: &Value, report: &mut RunReport) -> Result<(), Failure> {
        let plan = Arc::clone(&self.plan);
        let pattern = plan.pattern()?;
        let root = plan.id(plan.root())?.clone();
        let confidence = value.residual();
        report.value = value.to_json();
        trim(&mut report.value, &pattern.output, plan.program().types());
        report.confidence = Some(self.result_confidence(&confidence));
        self.fits(&pattern.output, &report.value).map_err(|mismatch| {
            let message = format!("the result does not fit the output of `{}`: {mismatch}", pattern.name);
            Failure::new(FailureCode::OutputMismatch, message)
                .with_details(details(&mismatch))
                .at(root.clone())
        })?;
        match pattern.promise {
            Some(promise) if !confidence.passes(promise, self.mode) => {
                let reached = confidence.gate_value(self.mode);
                let message = format!(
                    "`{}` promises a confidence of {promise}, and reached {reached:.3}",
                    pattern.name
                );
                let details = serde_json::json!({ "promise": promise, "reached": reached });
                Err(Failure::new(FailureCode::ConfidenceBelowPromise, message).with_details(details).at(root))
            }
            _ => Ok(()),
        }
    }

    fn result_confidence(&self, confidence: &Confidence) -> ResultConfidence {
        let source = match confidence.source() {
            _ if confidence.is_certain() => "certain",
            Source::Asserted => "asserted",
            Source::Stated => "stated",
            Source::Calibrated => "calibrated",
            Source::Measured => "measured",
        };
        ResultConfidence {
            point: confidence.point(self.mode),
            lo: confidence.lo(),
            hi: confidence.hi(),
            source: source.to_owned(),
            roots: self.provenance.report(confidence, self.mode),
        }
    }

    fn fits(&self, interface: &Interface, value: &Json) -> Result<(), Mismatch> {
        let types = self.plan.program().types();
        match interface {
            Interface::Fields(fields) => conform_fields(value, fields, types),
            Interface::Type(target) => conform(value, target, types),
        }
    }
}

/// The input with the defaults of the fields that it does not have; none where it has them all.
fn with_defaults(interface: &Interface, input: &Json) -> Option<Json> {
    let (Interface::Fields(fields), Json::Object(given)) = (interface, input) else { return None };
    let absent = fields.iter().filter(|field| !given.contains_key(&field.name));
    let defaults: Vec<_> =
        absent.filter_map(|field| Some((field.name.clone(), field.default.clone()?))).collect();
    if defaults.is_empty() {
        return None;
    }
    let mut filled = given.clone();
    filled.extend(defaults);
    Some(Json::Object(filled))
}

fn details(mismatch: &Mismatch) -> Json {
    serde_json::json!({ "path": mismatch.path, "expected": mismatch.expected, "found": mismatch.found })
}
