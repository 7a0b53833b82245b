use prism_ports::{Failure, Json, Outcome, ResultConfidence, RunId};
use serde::{Deserialize, Serialize};

use crate::exit_code::ExitCode;

/// How a run ended: what `prismc run` writes on standard output, with the fields in this order.
///
/// ```json
/// {
///   "run": "0197f1c2-…", "pattern": "triage", "status": "completed",
///   "value": { "label": "bug" },
///   "confidence": { "point": 0.93, "lo": 0.81, "hi": 0.98, "source": "stated", "roots": [] },
///   "calls": 3, "cost": 0.006, "cost_nanodollars": 6000000, "time_ms": 41.7
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// The run.
    pub run: RunId,
    /// The name of the pattern that ran.
    pub pattern: String,
    /// Whether there is a result.
    pub status: RunStatus,
    /// The result. Null where there is none; where `failure` says that a result was refused
    /// (`confidence/below-promise`, `output/mismatch`), the one that was refused.
    pub value: Json,
    /// How sure the value is, and the answers it rests on; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<ResultConfidence>,
    /// Agent calls that were started.
    pub calls: u32,
    /// What they cost together, in dollars, rounded to the nearest number that JSON can hold.
    pub cost: f64,
    /// What they cost together, in nano-dollars, exactly.
    pub cost_nanodollars: i64,
    /// How long the run took, in milliseconds, to the microsecond.
    pub time_ms: f64,
    /// Things that the caller should know; absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Why there is no result; absent for a run that completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// Whether a run ended with a result. `RunResult::failure` says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// With one.
    Completed,
    /// Without one.
    Failed,
}

impl RunResult {
    /// The result of a run that took so many microseconds.
    pub(crate) fn new(run: RunId, pattern: &str, outcome: Outcome, time_us: u64) -> Self {
        let (status, report, failure) = match outcome {
            Outcome::Completed { report } => (RunStatus::Completed, report, None),
            Outcome::Failed { failure, report } => (RunStatus::Failed, report, Some(failure)),
        };
        Self {
            run,
            pattern: pattern.to_owned(),
            status,
            value: report.value,
            confidence: report.confidence,
            calls: report.calls,
            cost: report.cost_nanodollars as f64 / 1e9,
            cost_nanodollars: report.cost_nanodollars,
            time_ms: time_us as f64 / 1e3,
            warnings: report.warnings,
            failure,
        }
    }

    /// Whether there is a result.
    pub fn is_completed(&self) -> bool {
        self.status == RunStatus::Completed
    }

    /// What a program that ran the pattern for somebody exits with.
    pub fn exit_code(&self) -> ExitCode {
        self.failure.as_ref().map_or(ExitCode::Completed, ExitCode::of_failure)
    }
}

#[cfg(test)]
mod tests {
    use prism_catalog::FailureCode;
    use prism_ports::RunReport;

    use super::*;

    fn report() -> RunReport {
        RunReport {
            value: serde_json::json!({ "label": "bug" }),
            confidence: Some(ResultConfidence {
                point: 0.9,
                lo: 0.8,
                hi: 0.95,
                source: "stated".to_owned(),
                roots: Vec::new(),
            }),
            calls: 3,
            cost_nanodollars: 6_000_000,
            warnings: Vec::new(),
        }
    }

    fn text(outcome: Outcome) -> String {
        let result = RunResult::new(RunId::from("r"), "triage", outcome, 41_733);
        let text = serde_json::to_string(&result).unwrap();
        assert_eq!(serde_json::from_str::<RunResult>(&text).unwrap(), result);
        text
    }

    #[test]
    fn the_fields_keep_their_order() {
        assert_eq!(
            text(Outcome::Completed { report: report() }),
            r#"{"run":"r","pattern":"triage","status":"completed","value":{"label":"bug"},"confidence":{"point":0.9,"lo":0.8,"hi":0.95,"source":"stated","roots":[]},"calls":3,"cost":0.006,"cost_nanodollars":6000000,"time_ms":41.733}"#
        );
    }

    #[test]
    fn failures_come_last() {
        let failure = Failure::new(FailureCode::PatternFailed, "no").at("triage");
        let report = RunReport { warnings: vec!["w".to_owned()], ..RunReport::default() };
        assert_eq!(
            text(Outcome::Failed { failure, report }),
            r#"{"run":"r","pattern":"triage","status":"failed","value":null,"calls":0,"cost":0.0,"cost_nanodollars":0,"time_ms":41.733,"warnings":["w"],"failure":{"code":"pattern/failed","message":"no","node":"triage","retryable":false}}"#
        );
    }
}
