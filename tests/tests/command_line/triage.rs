//! The example pattern with the example agents, from the source to real answers.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::events::events;
use crate::process::Ended;
use crate::workspace::Workspace;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples")
}

/// Runs the example on one of its tickets.
fn triage(workspace: &Workspace, agents: &Path, ticket: &str) -> Ended {
    let examples = examples();
    let pattern = examples.join("triage.prism");
    let input = format!("@{}", examples.join("tickets").join(ticket).display());
    let (pattern, agents) = (pattern.to_str().unwrap(), agents.to_str().unwrap());
    workspace.run(&["run", pattern, "--agents", agents, "--input", &input, "--events", "jsonl"])
}

/// Asserts that the result is what the events say.
#[track_caller]
fn consistent(ran: &Ended) -> Json {
    let result = ran.succeeds().json();
    let (events, _) = events(ran);
    let of = |kind: &str| events.iter().filter(|event| event["kind"] == kind).count() as u64;
    assert_eq!(result["calls"].as_u64(), Some(of("call_started")));
    assert_eq!(of("call_started"), of("call_answered") + of("call_failed") + of("call_cancelled"));
    assert_eq!(of("pooled"), 1);
    let ended = &events.last().unwrap()["data"];
    assert_eq!((&ended["calls"], &ended["confidence"]), (&result["calls"], &result["confidence"]["point"]));
    assert_eq!(ended["cost_nanodollars"], result["cost_nanodollars"]);
    let point = result["confidence"]["point"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&point), "{point}");
    result
}

#[test]
fn tickets_get_sensible_labels() {
    let workspace = Workspace::new();
    for (ticket, label) in [("crash.json", "bug"), ("export.json", "question"), ("thanks.json", "praise")] {
        let result = consistent(&triage(&workspace, &examples().join("agents.toml"), ticket));
        println!("{ticket}: {} at {}", result["value"], result["confidence"]["point"]);
        assert_eq!(result["value"]["label"], label, "{ticket}: {result}");
        assert!(result["value"]["escalated"].is_boolean(), "{result}");
        let calls = result["calls"].as_u64().unwrap();
        assert!((1..=4).contains(&calls), "{calls}");
    }
}

#[test]
fn equal_runs_report_the_same_confidence_bit_for_bit() {
    let workspace = Workspace::new().agents(&[
        ("lexicon", &["lexicon-agent"]),
        ("bayes", &["bayes-agent"]),
        ("rules", &["rules-agent"]),
    ]);
    let agents = workspace.path().join("agents.toml");
    let runs: Vec<Json> = (0..3).map(|_| consistent(&triage(&workspace, &agents, "crash.json"))).collect();
    let bits = |run: &Json, field: &str| run["confidence"][field].as_f64().unwrap().to_bits();
    for run in &runs[1..] {
        for field in ["point", "lo", "hi"] {
            assert_eq!(bits(run, field), bits(&runs[0], field), "{field}");
        }
        assert_eq!(run["confidence"]["roots"], runs[0]["confidence"]["roots"]);
        assert_eq!((&run["value"], &run["calls"]), (&runs[0]["value"], &runs[0]["calls"]));
        assert_ne!(run["run"], runs[0]["run"]);
    }
}
