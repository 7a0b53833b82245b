//! Whatever the order in which the world answers, a machine keeps its books, and equal records give equal commands.

use std::sync::Arc;

use prism_ir::{NodeKind, Program};
use prism_ports::{CancelReason, Outcome};
use proptest::prelude::*;
use serde_json::json;

use crate::builder::{Fixture, Milliseconds, Tree, classify, node, select, sequence, slot};
use crate::driver::{Driver, World, answer, broken};
use crate::triage::triage;

const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Slots: 0 input (the text), 1 agents, 2 answers, 3 result.
fn asking_all(combine: Tree, concurrency: f64) -> Arc<Program> {
    let each = node(NodeKind::Parallel, "all")
        .target("items")
        .with("items", slot(1))
        .set("min_success", 0.0)
        .set("timeout", Milliseconds(60_000))
        .set("max_concurrency", concurrency)
        .branch("each", 2, &[0], &[(0, 1)], classify(0, 1))
        .into_slot(2);
    Fixture::new(4, sequence("p", vec![select(1), each, combine.with("answers", slot(2)).into_slot(3)]))
        .build()
}

/// Agents whose answers follow from a seed.
fn world(replies: Vec<(u8, f64)>) -> World {
    World::new(&IDS, move |call| {
        let place = IDS.iter().position(|id| *id == call.agent).unwrap_or(0);
        match replies[place] {
            (0, p) => answer("bug", p),
            (1, p) => answer("praise", p),
            (2, p) => answer("question", p),
            (3, _) => answer("nonsense", 0.5),
            _ => broken(),
        }
    })
}

fn replies() -> impl Strategy<Value = Vec<(u8, f64)>> {
    proptest::collection::vec((0u8..5, 0.0..=1.0), IDS.len())
}

fn in_some_order(mut run: Driver, order: &[usize]) -> Driver {
    let mut order = order.iter().cycle();
    run.run(|open| order.next().map_or(0, |next| next % open));
    run.assert_replays();
    run
}

/// What a run comes to, but for what it has to say about the way there.
fn essence(run: &Driver) -> serde_json::Value {
    match run.outcome.as_ref().unwrap() {
        Outcome::Completed { report } => json!({
            "value": report.value,
            "confidence": report.confidence,
            "cost": report.cost_nanodollars,
            "warnings": report.warnings,
        }),
        Outcome::Failed { failure, .. } => json!({ "failure": failure }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn results_do_not_depend_on_the_order_of_answers(
        replies in replies(),
        order in proptest::collection::vec(0usize..64, 1..12),
        concurrency in 1u32..8,
        kind in prop_oneof![Just(NodeKind::Pool), Just(NodeKind::Vote)],
    ) {
        let combine = || {
            let tree = node(kind, "label").set("options", 3.0);
            if kind == NodeKind::Vote { tree.set("method", "plurality") } else { tree }
        };
        let straight = world(replies.clone()).run(&asking_all(combine(), 100.0), json!("text"));
        let start = world(replies).start(&asking_all(combine(), f64::from(concurrency)), json!("text"));
        let shuffled = in_some_order(start, &order);
        prop_assert_eq!(essence(&straight), essence(&shuffled));
    }

    #[test]
    fn books_are_kept_whatever_happens(
        replies in replies(),
        order in proptest::collection::vec(0usize..64, 1..12),
        calls in 0u64..8,
        stop in 0usize..12,
        end in 0u8..4,
    ) {
        let mut fixture = triage().budget_calls(calls);
        fixture.budget.time_us = Some(1_000_000);
        fixture.budget.cost_nanodollars = Some(9_000_000);
        let mut run = world(replies).start(&fixture.build(), json!({ "text": "It crashes" }));
        let mut order = order.iter().cycle();
        for _ in 0..stop {
            if run.outcome.is_none() {
                let place = order.next().map_or(0, |next| next % run.open.len());
                run.answer(place);
            }
        }
        if run.outcome.is_none() {
            match end {
                0 => run.cancel(CancelReason::Requested),
                1 => run.cancel(CancelReason::Timeout),
                2 => run.fire("budget"),
                _ => run.run(|_| 0),
            }
        }
        prop_assert!(run.outcome.is_some());
        prop_assert!(run.calls.len() as u64 <= calls);
        let (Some(Outcome::Completed { report }) | Some(Outcome::Failed { report, .. })) = &run.outcome else {
            unreachable!()
        };
        prop_assert!(report.cost_nanodollars <= 9_000_000);
        prop_assert_eq!(report.calls as usize, run.calls.len());
        run.assert_replays();
    }

    #[test]
    fn timeouts_leave_nothing_behind(
        replies in replies(),
        answered in 0usize..7,
        order in proptest::collection::vec(0usize..64, 1..12),
    ) {
        let program = asking_all(node(NodeKind::Pool, "label"), 3.0);
        let mut run = world(replies).start(&program, json!("text"));
        run.answer(0);
        let mut order = order.iter().cycle();
        for _ in 0..answered {
            if !run.open.is_empty() && run.outcome.is_none() {
                let place = order.next().map_or(0, |next| next % run.open.len());
                run.answer(place);
            }
        }
        if run.outcome.is_none() {
            run.fire("timeout");
        }
        prop_assert!(run.outcome.is_some());
        prop_assert_eq!(run.machine.fibers(), 0);
        run.assert_replays();
    }
}
