//! How runs end: results, promises, cancellation, time.

use prism_ir::{Interface, NodeKind, Operation, Type};
use prism_ports::{CancelReason, Outcome, Record};
use serde_json::{Value as Json, json};

use crate::builder::{Fixture, classify, expression, node, record, select, sequence, slot};
use crate::driver::{Driver, say};

/// Asks all agents. Slots: 0 input (the text), 1 agents, 2 answers.
fn all() -> Fixture {
    let each = node(NodeKind::Parallel, "all")
        .target("items")
        .with("items", slot(1))
        .branch("each", 2, &[0], &[(0, 1)], classify(0, 1))
        .into_slot(2);
    Fixture::new(3, sequence("p", vec![select(1), each]))
}

const THREE: [(&str, &str, f64); 3] = [("a", "bug", 0.9), ("b", "bug", 0.8), ("c", "praise", 0.7)];

fn started(fixture: Fixture) -> Driver {
    let mut run = say(&THREE).start(&fixture.build(), json!("text"));
    run.answer(0);
    run
}

#[test]
fn a_run_is_as_sure_as_all_that_it_gives() {
    let run = say(&THREE).run(&all().build(), json!("text"));
    let confidence = run.report().confidence.as_ref().unwrap();
    assert!(confidence.point < 0.7, "{}", confidence.point);
    let agents: Vec<_> = confidence.roots.iter().map(|root| root.agent.as_deref().unwrap()).collect();
    assert_eq!(agents, ["a", "b", "c"]);
}

#[test]
fn an_answer_used_twice_counts_once() {
    let mut fixture = all();
    let twice = expression(|e| {
        let answers = e.slot(2);
        let first = e.push(Operation::CallBuiltin { builtin: "first".to_owned(), arguments: vec![answers] });
        e.record(&[("one", first), ("two", first)]);
    });
    fixture.root = sequence("q", vec![fixture.root, node(NodeKind::Eval, "twice").with("value", twice)]);
    let run = say(&THREE).run(&fixture.build(), json!("text"));
    assert_eq!((run.value(), run.confidence()), (&json!({ "one": "bug", "two": "bug" }), 0.9));
}

#[test]
fn what_depends_on_nothing_is_certain() {
    let run = say(&[])
        .run(&Fixture::new(1, node(NodeKind::Eval, "p").with("value", slot(0))).build(), json!([1, null]));
    let confidence = run.report().confidence.as_ref().unwrap();
    assert_eq!((confidence.point, confidence.source.as_str(), confidence.roots.len()), (1.0, "certain", 0));
    assert_eq!(run.value(), &json!([1, null]));
}

#[test]
fn a_result_that_does_not_fit_is_refused_and_shown() {
    let mut fixture = all();
    fixture.output = Interface::Type(Type::Number);
    let run = say(&THREE).run(&fixture.build(), json!("text"));
    assert_eq!(run.failure().code, "output/mismatch");
    assert_eq!(
        run.failure().message,
        r#"the result does not fit the output of `p`: the value should be number, but is ["bug","bug","praise"]"#
    );
    let Some(Outcome::Failed { report, .. }) = &run.outcome else { panic!() };
    assert_eq!(report.value, json!(["bug", "bug", "praise"]));
}

#[test]
fn a_broken_promise_is_a_failure_with_the_value() {
    let promising = |promise: f64| {
        let mut fixture = all();
        fixture.promise = Some(promise);
        say(&THREE).run(&fixture.build(), json!("text"))
    };
    assert_eq!(promising(0.3).report().value, json!(["bug", "bug", "praise"]));
    let broken = promising(0.95);
    assert_eq!(broken.failure().code, "confidence/below-promise");
    assert!(broken.failure().message.starts_with("`p` promises a confidence of 0.95, and reached 0."));
    let Some(Outcome::Failed { report, .. }) = &broken.outcome else { panic!() };
    assert!(report.confidence.as_ref().unwrap().point < 0.95);
    assert_eq!(report.value, json!(["bug", "bug", "praise"]));
}

#[test]
fn cancelling_reaches_every_call() {
    let mut run = started(all());
    run.answer_of("b");
    run.cancel(CancelReason::Requested);
    assert_eq!(run.losers(), ["a", "c"]);
    assert_eq!(run.failure().code, "run/cancelled");
    let Some(Outcome::Failed { report, .. }) = &run.outcome else { panic!() };
    assert_eq!((report.calls, report.cost_nanodollars), (3, 6_000_000));
    run.assert_replays();
    let last = run.steps.last().unwrap();
    assert!(matches!(
        last.as_slice(),
        [.., prism_engine::Command::Append(Record::Ended { .. }), prism_engine::Command::Finish(_)]
    ));
}

#[test]
fn a_run_can_be_cancelled_at_any_moment() {
    for moment in 0..4 {
        let mut run = say(&THREE).start(&all().build(), json!("text"));
        for _ in 0..moment {
            run.answer(0);
        }
        run.cancel(CancelReason::Timeout);
        assert_eq!(run.failure().code, "run/timeout");
        assert_eq!(run.machine.step(&Record::Cancelled { reason: CancelReason::Requested }), []);
    }
}

#[test]
fn a_run_can_be_cancelled_before_it_starts() {
    let mut machine = prism_engine::Machine::new(all().build(), "p").unwrap();
    let commands = machine.step(&Record::Cancelled { reason: CancelReason::Requested });
    assert!(matches!(commands.last(), Some(prism_engine::Command::Finish(Outcome::Failed { .. }))));
    assert!(machine.is_finished());
}

#[test]
fn the_budget_of_time_ends_the_run() {
    let mut fixture = all();
    fixture.budget.time_us = Some(90_000_000);
    let mut run = started(fixture);
    assert_eq!(run.timers.values().collect::<Vec<_>>(), [&90_000_000]);
    run.fire("budget");
    assert_eq!(run.failure().code, "budget/time");
    assert_eq!(run.failure().message, "the budget of 1m30s has passed");
    assert_eq!(run.losers(), ["a", "b", "c"]);
}

#[test]
fn the_budgets_timer_ends_with_the_run() {
    let mut fixture = all();
    fixture.budget.time_us = Some(90_000_000);
    let run = say(&THREE).run(&fixture.build(), json!("text"));
    assert_eq!(run.value(), &json!(["bug", "bug", "praise"]));
    assert!(run.timers.is_empty());
}

#[test]
fn inputs_take_their_defaults_and_their_types() {
    let field = |name: &str, value: Type, default: Option<Json>| prism_ir::Field {
        name: name.to_owned(),
        value,
        optional: false,
        constraints: Vec::new(),
        default,
    };
    let wait = expression(|e| {
        let input = e.slot(0);
        let wait = e.member(input, "wait");
        e.push(Operation::Template { parts: vec![wait] });
    });
    let root = sequence(
        "p",
        vec![
            node(NodeKind::Let, "wait").with("value", wait).into_slot(1),
            crate::builder::give_back(record(&[("wait", 1)])),
        ],
    );
    let mut fixture = Fixture::new(2, root);
    fixture.input = Interface::Fields(vec![field("wait", Type::Duration, Some(json!(1_500)))]);
    let run = say(&[]).run(&fixture.build(), json!({}));
    assert_eq!(run.value(), &json!({ "wait": "1s500ms" }));
}
