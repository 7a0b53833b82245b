//! The pattern of the language's first look, from selection to verdict.

use prism_ir::{Field, Interface, NodeKind, Type};
use prism_ports::{EventKind, Json, Record, StopReason};
use serde_json::json;

use crate::builder::{Fixture, classify, expression, give_back, node, select, sequence, slot, union};
use crate::driver::{World, answer, say};

fn field(name: &str, value: Type) -> Field {
    Field { name: name.to_owned(), value, optional: false, constraints: Vec::new(), default: None }
}

/// Slots: 0 input, 1 agents, 2 label, 3 text, 4 endorsed.
pub fn triage() -> Fixture {
    let verdict = |label: u32, escalated: bool| {
        give_back(expression(|e| {
            let label = e.slot(label);
            let escalated = e.literal(escalated);
            e.record(&[("label", label), ("escalated", escalated)]);
        }))
    };
    let text = expression(|e| {
        let input = e.slot(0);
        e.member(input, "text");
    });
    let ask = node(NodeKind::AskUntil, "label")
        .with("agents", slot(1))
        .set("target", 0.9)
        .set("options", 3.0)
        .branch("each", 2, &[0], &[(3, 1)], classify(0, 1))
        .into_slot(2);
    let bands = node(NodeKind::Uncertain, "uncertain")
        .with("subject", slot(2))
        .child("high", verdict(2, false))
        .child(
            "medium",
            sequence(
                "medium",
                vec![
                    node(NodeKind::Endorse, "endorse")
                        .with("value", slot(2))
                        .set("why", "good enough for a draft reply")
                        .into_slot(4),
                    verdict(4, false),
                ],
            ),
        )
        .child("low", verdict(2, true));
    let root = sequence(
        "p",
        vec![
            node(NodeKind::Let, "text").with("value", text).into_slot(3),
            select(1).set("min", 3.0).set("max", 5.0),
            ask,
            bands,
        ],
    );
    let mut fixture = Fixture::new(5, root);
    fixture.input = Interface::Fields(vec![field("text", Type::String)]);
    fixture.output = Interface::Fields(vec![
        field("label", union(&["bug", "question", "praise"])),
        field("escalated", Type::Boolean),
    ]);
    fixture
}

fn ticket() -> Json {
    json!({ "text": "It crashes on start" })
}

#[test]
fn agreement_is_reached_with_as_few_calls_as_it_takes() {
    let program = triage().build();
    let run = say(&[("a", "bug", 0.96), ("b", "bug", 0.96), ("c", "bug", 0.96), ("d", "praise", 0.9)])
        .run(&program, ticket());
    assert_eq!(run.value(), &json!({ "label": "bug", "escalated": false }));
    assert_eq!(run.asked(), ["a", "b", "c"]);
    assert!(run.confidence() >= 0.9, "{}", run.confidence());
    let [Record::Winner { node, value, reason, probability, .. }] = run.winners.as_slice() else { panic!() };
    assert_eq!((node.as_str(), value, *reason), ("p/label", &json!("bug"), StopReason::Reached));
    assert_eq!(*probability, run.confidence());
    assert_eq!(run.report().calls, 3);
    assert_eq!(run.report().cost_nanodollars, 6_000_000);
    run.assert_replays();
}

#[test]
fn the_report_says_who_said_what() {
    let program = triage().build();
    let replies = |call: &prism_engine::CallSpec| {
        let mut said = answer(if call.agent == "c" { "question" } else { "bug" }, 0.9);
        if let Ok(said) = &mut said {
            said.reasoning = Some(format!("{} thinks so", call.agent));
        }
        said
    };
    let run = World::new(&["a", "b", "c"], replies).run(&program, ticket());
    let confidence = run.report().confidence.as_ref().unwrap();
    assert_eq!(confidence.source, "stated");
    assert!(confidence.lo <= confidence.point && confidence.point <= confidence.hi);
    let [root] = confidence.roots.as_slice() else { panic!("{confidence:#?}") };
    assert_eq!((root.id.as_str(), root.value.as_ref()), ("p/label", Some(&json!("bug"))));
    let said: Vec<_> = root
        .from
        .iter()
        .map(|answer| {
            (
                answer.id.as_str(),
                answer.agent.as_deref().unwrap(),
                answer.value.clone().unwrap(),
                answer.probability,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("p/label/classify[0]#0", "a", json!("bug"), 0.9),
            ("p/label/classify[1]#0", "b", json!("bug"), 0.9),
            ("p/label/classify[2]#0", "c", json!("question"), 0.9),
        ]
    );
    assert_eq!(root.from[2].reasoning.as_deref(), Some("c thinks so"));
}

#[test]
fn the_call_carries_task_data_and_deadline() {
    let program = triage().build();
    let run = say(&[("a", "bug", 0.9), ("b", "bug", 0.9), ("c", "bug", 0.9)]).run(&program, ticket());
    let call = &run.calls[0];
    assert_eq!(call.task, "Which label fits: It crashes on start");
    assert_eq!(call.data, json!({ "text": "It crashes on start" }));
    assert_eq!(call.timeout_us, 20_000_000);
    assert_eq!(call.call.to_string(), "p/label/classify[0]#0");
}

#[test]
fn bands_follow_the_confidence() {
    let program = triage().build();
    let medium = say(&[("a", "bug", 0.9), ("b", "bug", 0.7), ("c", "question", 0.7)]).run(&program, ticket());
    assert_eq!(medium.value(), &json!({ "label": "bug", "escalated": false }));
    assert!((0.5..0.8).contains(&medium.confidence()), "{}", medium.confidence());
    let endorsed = medium.events_of(EventKind::Endorsed);
    assert_eq!(endorsed.len(), 1);
    assert_eq!(endorsed[0].data["why"], "good enough for a draft reply");
    assert_eq!(endorsed[0].data["confidence"], medium.confidence());
    let low = say(&[("a", "bug", 0.6), ("b", "question", 0.6), ("c", "praise", 0.6)]).run(&program, ticket());
    assert_eq!(low.value()["escalated"], true);
    assert_eq!(low.events_of(EventKind::Band)[0].data["taken"], "low");
}

#[test]
fn events_tell_the_story() {
    let program = triage().build();
    let run = say(&[("a", "bug", 0.99), ("b", "bug", 0.99), ("c", "bug", 0.99)]).run(&program, ticket());
    let kinds: Vec<EventKind> = run.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds.first(), Some(&EventKind::RunStarted));
    assert_eq!(kinds.last(), Some(&EventKind::RunEnded));
    let started = run.events_of(EventKind::CallStarted).len();
    assert_eq!(started, run.calls.len());
    assert_eq!(run.events_of(EventKind::CallAnswered).len(), started);
    let pooled = &run.events_of(EventKind::Pooled)[0].data;
    assert_eq!(pooled["shares"][0]["agents"].as_array().unwrap().len(), started);
    assert_eq!(pooled["dissent"], json!([]));
    assert_eq!(pooled["reason"], "reached");
    let started = run.events_of(EventKind::NodeStarted).len();
    assert_eq!(run.events_of(EventKind::NodeEnded).len(), started);
}

#[test]
fn input_that_does_not_fit_is_refused_before_anybody_is_asked() {
    let program = triage().build();
    let run = say(&[]).run(&program, json!({ "text": 7 }));
    assert_eq!(run.failure().code, "input/mismatch");
    assert!(run.failure().message.contains("text should be string, but is 7"), "{}", run.failure().message);
    assert!(run.calls.is_empty());
}

#[test]
fn a_machine_that_has_not_started_waits() {
    let program = triage().build();
    let mut machine = prism_engine::Machine::new(program, "p").unwrap();
    let timer =
        prism_ports::TimerId { node: "p".into(), key: Default::default(), purpose: "budget".to_owned() };
    assert_eq!(machine.step(&Record::Timer { timer }), []);
    assert_eq!(machine.fibers(), 0);
    let unknown = prism_engine::Machine::new(triage().build(), "q").unwrap_err();
    assert_eq!(unknown.code, "ir/invalid");
}

#[test]
fn agents_that_fail_are_skipped_and_named() {
    let program = triage().build();
    let run = say(&[("a", "!", 0.0), ("b", "bug", 0.96), ("c", "bug", 0.96)]).run(&program, ticket());
    assert_eq!(run.value()["label"], "bug");
    assert_eq!(run.asked(), ["a", "b", "c"]);
    assert_eq!(run.report().warnings, ["a was skipped: [agent/error] out of order"]);
}
