//! Events for programs, one JSON object a line.

use serde_json::Value as Json;

use crate::process::Ended;

/// The events on standard error, and what else stands there.
pub(crate) fn events(ended: &Ended) -> (Vec<Json>, Vec<&str>) {
    let (json, other): (Vec<&str>, Vec<&str>) = ended.stderr.lines().partition(|line| line.starts_with('{'));
    let parsed =
        json.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    (parsed.collect(), other)
}

/// Asserts that numbers are 0, 1, 2, ….
#[track_caller]
fn dense(numbers: impl Iterator<Item = u64>) {
    let numbers: Vec<u64> = numbers.collect();
    let expected: Vec<u64> = (0..numbers.len() as u64).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn lines_are_events_with_dense_numbers() {
    let workspace = crate::workspace::Workspace::with_one().agents(&[("rules", &["rules-agent"])]);
    let ran = workspace.run_one(&["--events", "jsonl"]);
    let result = ran.succeeds().json();
    let (events, other) = events(&ran);
    assert_eq!(other, [""; 0]);
    dense(events.iter().map(|event| event["seq"].as_u64().unwrap()));
    dense(events.iter().filter_map(|event| event["record_seq"].as_u64()));
    assert!(events.iter().all(|event| event["v"] == 1 && event["run"] == result["run"]));
    let times: Vec<u64> = events.iter().map(|event| event["time_us"].as_u64().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let kinds: Vec<&str> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"run_started"), Some(&"run_ended")));
    let count = |kind: &str| kinds.iter().filter(|known| **known == kind).count();
    assert_eq!((count("call_started"), count("call_answered"), count("selected")), (1, 1, 1));
    assert_eq!(count("node_started"), count("node_ended"));
}

#[test]
fn a_failure_is_the_last_line_after_the_events() {
    let workspace = crate::workspace::Workspace::with_one().hostile("die");
    let ran = workspace.run_one(&["--events", "jsonl"]);
    ran.fails(1, "agent/died");
    let (events, _) = events(&ran);
    let failed = events.iter().find(|event| event["kind"] == "call_failed").unwrap();
    assert_eq!(failed["data"]["code"], "agent/died");
    assert_eq!(events.last().unwrap()["data"]["status"], "failed");
}
