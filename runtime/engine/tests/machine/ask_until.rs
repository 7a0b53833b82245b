//! `ask_until`: order, stopping, groups, limits.

use prism_ir::NodeKind;
use prism_ports::{AgentDescription, Record, StopReason};
use serde_json::json;

use crate::builder::{Fixture, Tree, classify, node, select, sequence, slot};
use crate::driver::{Driver, agent, say};

/// Slots: 0 input (the text), 1 agents.
fn asking(options: impl FnOnce(Tree) -> Tree) -> Fixture {
    let ask = node(NodeKind::AskUntil, "label").with("agents", slot(1)).set("options", 3.0).branch(
        "each",
        2,
        &[0],
        &[(0, 1)],
        classify(0, 1),
    );
    Fixture::new(2, sequence("p", vec![select(1), options(ask)]))
}

fn run(fixture: Fixture, replies: &[(&str, &str, f64)]) -> Driver {
    say(replies).run(&fixture.build(), json!("text"))
}

fn stopped(run: &Driver) -> StopReason {
    match run.winners.as_slice() {
        [Record::Winner { reason, .. }] => *reason,
        other => panic!("{other:?}"),
    }
}

const SURE: [(&str, &str, f64); 5] =
    [("a", "bug", 0.96), ("b", "bug", 0.96), ("c", "bug", 0.96), ("d", "bug", 0.96), ("e", "bug", 0.96)];

#[test]
fn one_after_the_other_until_the_target() {
    let asked = |target| {
        let run = run(asking(|ask| ask.set("target", target)), &SURE);
        assert_eq!(stopped(&run), StopReason::Reached);
        assert!(run.confidence() >= target);
        run.assert_replays();
        run.calls.len()
    };
    assert_eq!((asked(0.75), asked(0.85), asked(0.9)), (1, 2, 3));
}

#[test]
fn it_stops_where_nothing_can_reach_the_target() {
    let run = run(
        asking(|ask| ask.set("target", 0.999)),
        &[("a", "bug", 0.99), ("b", "bug", 0.99), ("c", "bug", 0.99), ("d", "bug", 0.99)],
    );
    assert!(matches!(stopped(&run), StopReason::Futile | StopReason::Exhausted));
    assert_eq!(run.value(), "bug");
}

#[test]
fn everybody_or_as_many_as_allowed() {
    let unsure = [("a", "bug", 0.5), ("b", "praise", 0.5), ("c", "bug", 0.6)];
    let all = run(asking(|ask| ask.set("target", 0.9)), &unsure);
    assert_eq!((all.calls.len(), stopped(&all)), (3, StopReason::Exhausted));
    let limited = run(asking(|ask| ask.set("target", 0.9).set("max_calls", 2.0)), &unsure);
    assert_eq!((limited.asked(), stopped(&limited)), (vec!["a", "b"], StopReason::CallLimit));
}

#[test]
fn a_group_is_asked_at_a_time_and_losers_are_cancelled() {
    let program = asking(|ask| ask.set("target", 0.75).set("group", 3.0)).build();
    let mut run = say(&SURE).start(&program, json!("text"));
    run.answer(0);
    assert_eq!(run.asked(), ["a", "b", "c"]);
    run.answer_of("b");
    assert_eq!(run.losers(), ["a", "c"]);
    assert_eq!((run.value(), stopped(&run)), (&json!("bug"), StopReason::Reached));
    assert_eq!(run.report().cost_nanodollars, 6_000_000, "what was started is paid for");
    run.assert_replays();
}

#[test]
fn the_next_group_waits_for_the_last_one() {
    let program = asking(|ask| ask.set("target", 0.9).set("group", 2.0)).build();
    let mut run = say(&SURE).start(&program, json!("text"));
    run.answer(0);
    run.answer_of("b");
    assert_eq!(run.asked(), ["a", "b"]);
    run.answer_of("a");
    assert_eq!(run.asked(), ["a", "b", "c", "d"]);
    run.answer_of("c");
    assert_eq!(run.losers(), ["d"]);
}

#[test]
fn the_best_come_first_where_labels_say_who_they_are() {
    let directory = vec![
        AgentDescription { accuracy: Some(0.6), cost_nanodollars: Some(1), ..agent("a") },
        AgentDescription { accuracy: Some(0.9), cost_nanodollars: Some(7), ..agent("b") },
        AgentDescription { accuracy: Some(0.9), cost_nanodollars: Some(3), ..agent("c") },
        AgentDescription { expertise: Some(1.0), ..agent("d") },
    ];
    let order = |order: &'static str| {
        let mut fixture = asking(|ask| ask.set("target", 0.99).set("order", order));
        fixture.contracts[0].cost_nanodollars = None;
        let fails = [("a", "!", 0.0), ("b", "!", 0.0), ("c", "!", 0.0), ("d", "!", 0.0)];
        let run = say(&fails).with_agents(directory.clone()).run(&fixture.build(), json!("text"));
        run.asked().join("")
    };
    assert_eq!(order("best_first"), "cbad");
    assert_eq!(order("cheapest"), "acbd");
    assert_eq!(order("given"), "dbca", "in the order that select gave");
}

#[test]
fn when_all_fail_the_causes_are_listed() {
    let run = run(asking(|ask| ask.set("target", 0.9)), &[("a", "!", 0.0), ("b", "!", 0.0)]);
    let failure = run.failure();
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("pool/empty", "2 agents asked, and 2 failed")
    );
    assert_eq!(failure.cause.as_ref().unwrap().agent.as_deref(), Some("a"));
    assert_eq!(failure.details.as_ref().unwrap()["failures"][1]["agent"], "b");
}

#[test]
fn a_used_up_budget_stops_the_asking() {
    let run = run(asking(|ask| ask.set("target", 0.99)).budget_calls(2), &SURE);
    assert_eq!(run.calls.len(), 2);
    assert_eq!((run.value(), stopped(&run)), (&json!("bug"), StopReason::CallLimit));
    assert!(run.report().warnings[0].contains("budget/calls"), "{:?}", run.report().warnings);
}

#[test]
fn nobody_to_ask_and_targets_out_of_range() {
    let mut fixture = asking(|ask| ask);
    let ask = node(NodeKind::AskUntil, "label").with("agents", slot(1)).set("target", 0.9).branch(
        "each",
        2,
        &[0],
        &[],
        classify(0, 1),
    );
    fixture.root = sequence("p", vec![select(1).set("min", 0.0).set("max", 0.0), ask]);
    assert_eq!(run(fixture, &SURE).failure().message, "there is no agent to ask");
    let wrong = run(asking(|ask| ask.set("target", 1.5)), &SURE);
    assert_eq!(wrong.failure().code, "value/range");
    let wrong = run(asking(|ask| ask.set("target", 0.5).set("group", 0.0)), &SURE);
    assert_eq!(wrong.failure().code, "value/range");
}
