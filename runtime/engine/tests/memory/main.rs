//! What a run that waits takes: in a process of its own, since it is measured by what the system gives to it.
#![cfg(target_os = "linux")]
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    missing_docs,
    reason = "helpers of tests"
)]

#[path = "../machine/builder.rs"]
mod builder;

use std::sync::Arc;

use prism_engine::{Machine, Plan};
use prism_ir::NodeKind;
use prism_ports::{AgentDescription, Key, NodeId, Record, RunOptions};
use serde_json::json;

use crate::builder::{Fixture, classify, node, select, sequence, slot};

const RUNS: usize = 20_000;

/// The size of a page on the machines that tests run on; with larger ones less is counted.
const PAGE: usize = 4_096;

/// Bytes of this process that lie in memory.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * PAGE
}

fn candidate(number: u32) -> AgentDescription {
    AgentDescription {
        id: format!("agent-{number}"),
        name: format!("Agent {number}"),
        capabilities: vec!["classification".to_owned(), "english".to_owned()],
        expertise: Some(0.5),
        ..AgentDescription::default()
    }
}

#[test]
fn a_run_that_waits_for_an_agent_takes_at_most_4_kib() {
    let ask = node(NodeKind::AskUntil, "label")
        .with("agents", slot(1))
        .set("target", 0.9)
        .set("options", 3.0)
        .branch("each", 2, &[0], &[(0, 1)], classify(0, 1));
    let program = Fixture::new(2, sequence("p", vec![select(1), ask])).build();
    let plan = Arc::new(Plan::new(program, "p").unwrap());
    let waiting = || {
        let mut machine = Machine::with_plan(Arc::clone(&plan)).unwrap();
        machine.watch(false);
        machine.step(&Record::Started {
            ir_hash: String::new(),
            pattern: "p".to_owned(),
            input: json!("It crashes when I press the button twice."),
            calibration_hash: None,
            options: RunOptions::default(),
        });
        machine.step(&Record::Selected {
            node: NodeId::from("p/agents"),
            key: Key::default(),
            candidates: (0..5).map(candidate).collect(),
            chance: 0,
        });
        assert_eq!(machine.pending_calls(), 1);
        machine
    };
    drop((0..100).map(|_| waiting()).collect::<Vec<_>>());
    let before = resident();
    let runs: Vec<Machine> = (0..RUNS).map(|_| waiting()).collect();
    let each = (resident() - before) / runs.len();
    assert!(each <= 4_096, "{each} bytes a run");
}
