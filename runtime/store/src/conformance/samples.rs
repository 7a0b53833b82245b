//! Records to write.

use std::collections::BTreeMap;

use prism_catalog::FailureCode;
use prism_ports::{
    AgentDescription, Answer, CallId, CancelReason, Failure, Key, NodeId, Outcome, Record, ResultConfidence,
    RootReport, RunOptions, RunReport, StopReason, TimerId,
};
use serde_json::json;

/// A small record that is equal to no other one.
pub(super) fn numbered(number: u64) -> Record {
    let timer = TimerId { node: NodeId::from("p/all"), key: Key::default(), purpose: number.to_string() };
    Record::Timer { timer }
}

/// A record of each kind, with numbers and texts that forms of storage like to bend.
pub(super) fn samples() -> Vec<Record> {
    let node = NodeId::from("p/label.ask_until/classify");
    let key = Key::default().child(2).child(0);
    let call = CallId { node: node.clone(), key: key.clone(), attempt: 1 };
    let failure = Failure::new(FailureCode::AgentError, "it said \"no\"\n\u{1f600}\u{0}")
        .at(node.clone())
        .from_agent("a")
        .with_details(json!({ "z": 1, "a": [null, true] }))
        .caused_by(Failure::new(FailureCode::AgentTimeout, ""));
    vec![
        Record::Started {
            ir_hash: "6f".repeat(32),
            pattern: "p".to_owned(),
            input: json!({ "b": 0.1, "a": -9_007_199_254_740_993_i64, "": 1e300, "deep": [[[[{}]]]] }),
            calibration_hash: None,
            options: RunOptions { timeout_us: Some(u64::MAX) },
        },
        Record::Selected {
            node: node.clone(),
            key: key.clone(),
            candidates: vec![AgentDescription {
                id: "a".to_owned(),
                name: "Ä".to_owned(),
                capabilities: vec!["classification".to_owned()],
                expertise: Some(0.1 + 0.2),
                accuracy: None,
                latency_us: Some(1),
                cost_nanodollars: Some(i64::MIN),
                in_flight: u32::MAX,
                labels: BTreeMap::from([("zone".to_owned(), "eu".to_owned())]),
            }],
            chance: u64::MAX,
        },
        Record::Answered {
            call: call.clone(),
            agent: "a".to_owned(),
            answer: Answer {
                value: json!("bug"),
                stated: Some(f64::MIN_POSITIVE),
                reasoning: Some(String::new()),
                uncertainties: vec!["who knows".to_owned()],
                cost_nanodollars: Some(0),
                metadata: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
                warnings: vec!["clamped".to_owned()],
            },
            duration_us: 0,
        },
        Record::Failed { call, failure: failure.clone(), duration_us: 7 },
        numbered(3),
        Record::Winner { node, key, value: json!(null), probability: 1.0 / 3.0, reason: StopReason::Futile },
        Record::Cancelled { reason: CancelReason::Timeout },
        Record::Ended {
            outcome: Box::new(Outcome::Failed {
                failure,
                report: RunReport {
                    value: json!({ "label": "bug" }),
                    confidence: Some(ResultConfidence {
                        point: 0.7,
                        lo: 0.0,
                        hi: 1.0,
                        source: "stated".to_owned(),
                        roots: vec![RootReport {
                            id: "p/label".to_owned(),
                            probability: 0.7,
                            agent: None,
                            value: None,
                            reasoning: None,
                            from: Vec::new(),
                        }],
                    }),
                    calls: 3,
                    cost_nanodollars: -1,
                    warnings: vec!["w".to_owned()],
                },
            }),
        },
    ]
}
