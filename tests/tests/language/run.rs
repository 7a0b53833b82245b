use std::sync::Arc;
use std::time::Duration;

use prism_compiler::Session;
use prism_runtime::{PreparedPattern, RunRequest, RunResult, Runtime};
use prism_tests::{Block, Expected};
use serde_json::Value as Json;

/// How far a confidence may be from the one that is written, which is rounded.
const ROUNDING: f64 = 5e-4;

/// Runs a block without agents, and compares what it comes to.
pub(crate) fn run(block: &Block, input: &str, expected: &Expected) -> Result<(), String> {
    let input = json(input)?;
    let result = execute(block, input)?;
    match expected {
        Expected::Value(value) => {
            let value = json(value)?;
            match &result.failure {
                Some(failure) => Err(format!("  failed: {failure}")),
                None if !same(&result.value, &value) => {
                    Err(format!("  came to {}, not to {value}", result.value))
                }
                None => Ok(()),
            }
        }
        Expected::Result(text) => compare(&result, &json(text)?),
    }
}

fn json(text: &str) -> Result<Json, String> {
    serde_json::from_str(text).map_err(|error| format!("  no JSON: {error}"))
}

fn execute(block: &Block, input: Json) -> Result<RunResult, String> {
    let (text, _) = block.text();
    let mut session = Session::in_memory();
    session.set_text("example.prism", text);
    let (program, name) =
        session.program("example.prism", None).map_err(|error| format!("  does not compile: {error}"))?;
    let pattern = PreparedPattern::new(Arc::new(program), &name)
        .map_err(|failure| format!("  not prepared: {failure}"))?;
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let runtime = Runtime::builder().build();
    let request = RunRequest::default().with_timeout(Duration::from_secs(20));
    Ok(tokio.block_on(async { runtime.run(&pattern, input, request).await }))
}

fn compare(result: &RunResult, expected: &Json) -> Result<(), String> {
    let failure = result.failure.as_ref();
    let confidence = result.confidence.as_ref().map(|confidence| confidence.point);
    for (key, wanted) in expected.as_object().ok_or("  a result is an object")? {
        let met = match key.as_str() {
            "value" => same(&result.value, wanted),
            "confidence" => confidence
                .zip(wanted.as_f64())
                .is_some_and(|(found, wanted)| (found - wanted).abs() <= ROUNDING),
            "failure" => failure.is_some_and(|failure| *wanted == failure.code.as_str()),
            "message" => {
                failure.zip(wanted.as_str()).is_some_and(|(failure, wanted)| failure.message.contains(wanted))
            }
            _ => return Err(format!("  a result has no `{key}`")),
        };
        if !met {
            return Err(format!(
                "  `{key}` is not {wanted}: value {}, confidence {confidence:?}, failure {}",
                result.value,
                failure.map_or_else(|| "none".to_owned(), ToString::to_string)
            ));
        }
    }
    match failure {
        Some(failure) if expected.get("failure").is_none() => Err(format!("  failed: {failure}")),
        _ => Ok(()),
    }
}

/// Equality of JSON in which 1 and 1.0 are one number.
fn same(found: &Json, wanted: &Json) -> bool {
    match (found, wanted) {
        (Json::Number(found), Json::Number(wanted)) => found.as_f64() == wanted.as_f64(),
        (Json::Array(found), Json::Array(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(found, wanted)| same(found, wanted))
        }
        (Json::Object(found), Json::Object(wanted)) => {
            found.len() == wanted.len()
                && found.iter().all(|(key, value)| wanted.get(key).is_some_and(|wanted| same(value, wanted)))
        }
        _ => found == wanted,
    }
}
