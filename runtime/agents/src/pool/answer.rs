use prism_catalog::FailureCode;
use prism_ports::{Answer, Failure, Json};
use prism_proto::COST_KEY;
use prism_proto::confidence::ConfidenceResult;

use crate::text::shown;

/// How much of an answer that is not JSON is quoted, in bytes.
const QUOTED: usize = 200;

/// What an agent's message says.
///
/// # Errors
/// `agent/malformed-answer` when the value is not JSON or longer than `limit` bytes.
pub(super) fn answer_of(result: ConfidenceResult, agent: &str, limit: usize) -> Result<Answer, Failure> {
    let text = &result.value_json;
    if text.len() > limit {
        return Err(too_large(agent, limit));
    }
    let value = if text.is_empty() {
        Json::Null
    } else {
        serde_json::from_str(text).map_err(|error| {
            let message = format!(
                "agent `{agent}` answered something that is not JSON ({error}): {}",
                shown(text, QUOTED)
            );
            Failure::new(FailureCode::AgentMalformedAnswer, message).from_agent(agent)
        })?
    };
    let mut warnings = Vec::new();
    let stated = result.confidence.filter(|stated| !stated.is_nan()).map(|stated| {
        let clamped = stated.clamp(0.0, 1.0);
        if clamped != stated {
            warnings.push(format!(
                "agent `{agent}` stated a confidence of {stated}, which was taken as {clamped}"
            ));
        }
        clamped
    });
    let cost_nanodollars = result.metadata.get(COST_KEY).and_then(|text| match text.parse::<i64>() {
        Ok(cost) if cost >= 0 => Some(cost),
        _ => {
            let text = shown(text, 40);
            warnings.push(format!(
                "agent `{agent}` says that the call cost `{text}` nano-dollars, which is ignored"
            ));
            None
        }
    });
    Ok(Answer {
        value,
        stated,
        reasoning: Some(result.reasoning).filter(|reasoning| !reasoning.is_empty()),
        uncertainties: result.uncertainties,
        cost_nanodollars,
        metadata: result.metadata.into_iter().collect(),
        warnings,
    })
}

/// The failure of an answer that is larger than it may be.
pub(super) fn too_large(agent: &str, limit: usize) -> Failure {
    let message = format!("agent `{agent}` answered more than {limit} bytes, which is the limit");
    Failure::new(FailureCode::AgentMalformedAnswer, message).from_agent(agent)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stated(confidence: Option<f64>) -> Answer {
        let result =
            ConfidenceResult { value_json: "1".to_owned(), confidence, ..ConfidenceResult::default() };
        answer_of(result, "a", 100).unwrap()
    }

    #[test]
    fn a_confidence_is_stated_clamped_or_absent() {
        assert_eq!(stated(Some(0.25)).stated, Some(0.25));
        assert_eq!(stated(Some(0.25)).warnings, Vec::<String>::new());
        assert_eq!(stated(None).stated, None);
        assert_eq!(stated(Some(f64::NAN)).stated, None);
        for (given, taken) in [(1.5, 1.0), (-0.5, 0.0), (f64::INFINITY, 1.0), (f64::NEG_INFINITY, 0.0)] {
            let answer = stated(Some(given));
            assert_eq!(answer.stated, Some(taken));
            assert_eq!(answer.warnings.len(), 1, "{given}");
        }
    }

    #[test]
    fn values_are_json_and_nothing_is_null() {
        let value = |text: &str| {
            answer_of(
                ConfidenceResult { value_json: text.to_owned(), ..ConfidenceResult::default() },
                "a",
                100,
            )
        };
        assert_eq!(value("").unwrap().value, Json::Null);
        assert_eq!(value(r#"{"a":[1,null]}"#).unwrap().value, json!({"a": [1, null]}));
        for wrong in ["{", "bug", "NaN", "1 2", "\u{1b}[2J"] {
            let failure = value(wrong).unwrap_err();
            assert_eq!(failure.known_code(), Some(FailureCode::AgentMalformedAnswer));
            assert_eq!(failure.agent.as_deref(), Some("a"));
            assert!(!failure.message.contains('\u{1b}'));
        }
        assert!(value(&"1".repeat(101)).unwrap_err().message.contains("100 bytes"));
    }

    #[test]
    fn a_malformed_answer_is_quoted_up_to_200_bytes() {
        let long = "x".repeat(90) + &"y".repeat(200);
        let result = ConfidenceResult { value_json: long, ..ConfidenceResult::default() };
        let message = answer_of(result, "a", 1_000).unwrap_err().message;
        assert!(message.ends_with(&format!("{}{}…", "x".repeat(90), "y".repeat(110))), "{message}");
    }

    #[test]
    fn json_that_is_nested_too_deeply_is_malformed() {
        let deep = "[".repeat(50_000) + &"]".repeat(50_000);
        let result = ConfidenceResult { value_json: deep, ..ConfidenceResult::default() };
        assert!(answer_of(result, "a", 1_000_000).is_err());
    }

    #[test]
    fn costs_are_read_when_they_make_sense() {
        let cost = |text: &str| {
            let metadata = [(COST_KEY.to_owned(), text.to_owned())].into();
            answer_of(ConfidenceResult { metadata, ..ConfidenceResult::default() }, "a", 100).unwrap()
        };
        assert_eq!(cost("2500").cost_nanodollars, Some(2_500));
        for wrong in ["-1", "a lot", "1.5", ""] {
            assert_eq!(cost(wrong).cost_nanodollars, None);
            assert_eq!(cost(wrong).warnings.len(), 1);
        }
    }
}
