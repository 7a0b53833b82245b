//! `analyze`: what agents are sent, what is taken of their answers, and what it may cost.

use prism_catalog::FailureCode;
use prism_engine::CallSpec;
use prism_ir::{NodeKind, Type};
use prism_ports::{Answer, Failure};
use serde_json::{Value as Json, json};

use crate::builder::{
    Fixture, Milliseconds, Tree, classify, expression, node, parameter, select, sequence, slot, uncertain,
};
use crate::driver::{Driver, World, agent, answer, say};

/// Slots: 0 input (the text), 1 agents, 2 the first agent.
fn first(ask: Tree) -> Fixture {
    let pick = expression(|e| {
        let agents = e.slot(1);
        e.push(prism_ir::Operation::CallBuiltin { builtin: "first".to_owned(), arguments: vec![agents] });
    });
    let pick = node(NodeKind::Let, "agent").with("value", pick).into_slot(2);
    Fixture::new(4, sequence("p", vec![select(1), pick, ask]))
}

fn one(reply: impl FnMut(&CallSpec) -> Result<Answer, Failure> + 'static) -> Driver {
    World::new(&["a"], reply).run(&first(classify(2, 0)).build(), json!("text"))
}

#[test]
fn an_answer_carries_what_its_agent_stated() {
    let run = one(|_| answer("bug", 0.7));
    assert_eq!((run.value(), run.confidence()), (&json!("bug"), 0.7));
    let confidence = run.report().confidence.as_ref().unwrap();
    assert_eq!((confidence.lo, confidence.hi, confidence.source.as_str()), (0.0, 1.0, "stated"));
    assert_eq!(confidence.roots[0].id, "p/classify#0");
}

#[test]
fn silence_is_a_coin() {
    let run = one(|_| Ok(Answer { value: json!("bug"), ..Answer::default() }));
    assert_eq!(run.confidence(), 0.5);
}

#[test]
fn confidences_out_of_range_are_clamped_and_reported() {
    let run = one(|_| answer("bug", 1.7));
    assert_eq!(run.confidence(), 1.0);
    assert_eq!(run.report().warnings, ["a stated a confidence of 1.7, which is taken as 1"]);
    let run = one(|_| answer("bug", f64::NAN));
    assert_eq!(run.confidence(), 0.5);
    let warned = one(|_| {
        let mut said = answer("bug", 0.5)?;
        said.warnings.push("the answer was rambling".to_owned());
        Ok(said)
    });
    assert_eq!(warned.report().warnings, ["a: the answer was rambling"]);
}

#[test]
fn an_answer_that_does_not_fit_is_a_failure_of_its_agent() {
    let run = one(|_| answer("bugg", 0.9));
    let failure = run.failure();
    assert_eq!(failure.code, "contract/mismatch");
    assert_eq!(failure.agent.as_deref(), Some("a"));
    assert_eq!(failure.node.as_ref().map(|node| node.as_str()), Some("p/classify"));
    assert!(
        failure
            .message
            .starts_with("a answered what Classifier.classify does not promise: the value should be"),
        "{}",
        failure.message
    );
    let details = failure.details.as_ref().unwrap();
    assert_eq!((&details["found"], &details["answer"]), (&json!("is \"bugg\""), &json!("bugg")));
}

#[test]
fn a_mismatch_names_the_path() {
    let mut fixture = first(classify(2, 0));
    fixture.contracts[0].methods[0].result = uncertain(Type::Record { fields: vec![], open: false });
    let run = World::new(&["a"], |_| answer(json!({ "x": 1 }), 0.9)).run(&fixture.build(), json!("text"));
    assert_eq!(run.failure().details.as_ref().unwrap()["path"], "x");
}

#[test]
fn free_questions_say_everything_themselves() {
    let context = expression(|e| {
        let tone = e.literal("dry");
        e.record(&[("tone", tone)]);
    });
    let ask = node(NodeKind::Analyze, "ask")
        .with("agent", slot(2))
        .set("task", "Summarise")
        .with("data", slot(0))
        .set("timeout", Milliseconds(1_500))
        .with("context", context);
    let run = World::new(&["a"], |_| answer(json!({ "anything": [1] }), 0.4))
        .run(&first(ask).build(), json!("text"));
    let call = &run.calls[0];
    assert_eq!((call.task.as_str(), &call.data, call.timeout_us), ("Summarise", &json!("text"), 1_500_000));
    assert_eq!(call.context.get("tone").map(String::as_str), Some("dry"));
    assert_eq!((run.value(), run.confidence()), (&json!({ "anything": [1] }), 0.4));
    let bare = node(NodeKind::Analyze, "ask").with("agent", slot(2)).set("task", "Summarise");
    let run = World::new(&["a"], |_| answer("x", 0.4)).run(&first(bare).build(), json!("text"));
    assert_eq!((run.calls[0].timeout_us, &run.calls[0].data), (20_000_000, &Json::Null));
    assert_eq!(
        run.report().cost_nanodollars,
        2_000_000,
        "as the contract says that the agent was selected for"
    );
}

#[test]
fn a_result_is_no_surer_than_arguments_that_were_declared_certain() {
    let doubted = |declared: Type| {
        let text = expression(|e| {
            let text = e.literal("text");
            let p = e.literal(0.3);
            e.push(prism_ir::Operation::Attach { value: text, confidence: p });
        });
        let doubt = node(NodeKind::Let, "text").with("value", text).into_slot(3);
        let mut fixture = first(sequence("ask", vec![doubt, classify(2, 3)]));
        fixture.contracts[0].methods[0].parameters = vec![parameter("text", declared)];
        World::new(&["a"], |_| answer("bug", 0.9)).run(&fixture.build(), json!("x")).confidence()
    };
    assert!(doubted(Type::String) <= 0.3);
    assert_eq!(doubted(uncertain(Type::String)), 0.9);
}

#[test]
fn only_agents_can_be_asked() {
    let run = say(&[("a", "bug", 0.9)]).run(&first(classify(0, 0)).build(), json!("text"));
    assert_eq!(run.failure().message, "`agent` wants an agent, but got a string");
}

/// Asks all agents at once; slots as above.
fn all() -> Fixture {
    let each = node(NodeKind::Parallel, "all").target("items").with("items", slot(1)).branch(
        "each",
        2,
        &[0],
        &[(0, 1)],
        classify(0, 1),
    );
    Fixture::new(4, sequence("p", vec![select(1), each]))
}

const FOUR: [(&str, &str, f64); 4] =
    [("a", "bug", 0.9), ("b", "bug", 0.9), ("c", "bug", 0.9), ("d", "bug", 0.9)];

#[test]
fn the_budget_of_calls_is_kept_at_every_moment() {
    let run = say(&FOUR).run(&all().budget_calls(3).build(), json!("text"));
    assert_eq!((run.calls.len(), run.report().calls), (3, 3));
    assert_eq!(run.value(), &json!(["bug", "bug", "bug"]));
    assert!(run.report().warnings[0].contains("[budget/calls]"), "{:?}", run.report().warnings);
    let lone = say(&FOUR).run(&first(classify(2, 0)).budget_calls(0).build(), json!("text"));
    assert_eq!(lone.failure().code, "budget/calls");
    assert_eq!(lone.failure().agent.as_deref(), Some("a"));
}

#[test]
fn money_is_reserved_before_a_call() {
    let mut fixture = all();
    fixture.budget.cost_nanodollars = Some(5_000_000);
    let run = say(&FOUR).run(&fixture.build(), json!("text"));
    assert_eq!((run.calls.len(), run.report().cost_nanodollars), (2, 4_000_000));
    let mut fixture = all();
    fixture.budget.cost_nanodollars = Some(5);
    fixture.contracts[0].cost_nanodollars = None;
    let directory =
        ["a", "b", "c"].map(|id| prism_ports::AgentDescription { cost_nanodollars: Some(2), ..agent(id) });
    let run = say(&FOUR).with_agents(directory.to_vec()).run(&fixture.build(), json!("text"));
    assert_eq!(run.calls.len(), 2, "what the agent says counts where the contract says nothing");
}

#[test]
fn what_an_answer_cost_replaces_what_was_reserved() {
    let cheap = one(|_| Ok(Answer { cost_nanodollars: Some(7), ..answer("bug", 0.9)? }));
    assert_eq!(cheap.report().cost_nanodollars, 7);
    let refused = one(|_| Err(Failure::new(FailureCode::AgentUnavailable, "nobody there")));
    assert!(
        matches!(&refused.outcome, Some(prism_ports::Outcome::Failed { report, .. }) if report.cost_nanodollars == 0)
    );
    let slow = one(|_| Err(Failure::new(FailureCode::AgentTimeout, "too slow")));
    assert!(
        matches!(&slow.outcome, Some(prism_ports::Outcome::Failed { report, .. }) if report.cost_nanodollars == 2_000_000)
    );
}

#[test]
fn an_overdraft_stops_the_next_call() {
    let again = node(NodeKind::Analyze, "again")
        .target("Classifier.classify")
        .with("agent", slot(2))
        .with("data", crate::builder::record(&[("text", 0)]));
    let mut fixture = first(sequence("twice", vec![classify(2, 0), again]));
    fixture.budget.cost_nanodollars = Some(10_000_000);
    let run =
        World::new(&["a"], |_| Ok(Answer { cost_nanodollars: Some(11_000_000), ..answer("bug", 0.9)? }))
            .run(&fixture.build(), json!("text"));
    assert_eq!(run.failure().code, "budget/cost");
    assert_eq!(run.calls.len(), 1);
    assert_eq!(run.failure().node.as_ref().map(|node| node.as_str()), Some("p/twice/again"));
}

#[test]
fn without_a_contract_a_call_has_half_a_minute() {
    let bare = node(NodeKind::Analyze, "ask").with("agent", slot(2)).set("task", "Summarise");
    let mut fixture = first(bare);
    fixture.contracts[0].timeout_us = None;
    let run = World::new(&["a"], |_| answer("x", 0.4)).run(&fixture.build(), json!("text"));
    assert_eq!(run.calls[0].timeout_us, 30_000_000);
}

#[test]
fn an_answer_that_is_nested_too_deeply_to_be_kept_is_malformed() {
    let nested = |depth: usize| (0..depth).fold(json!("x"), |inner, _| json!([inner]));
    let free = || node(NodeKind::Analyze, "analyze").with("agent", slot(2)).set("task", "look");
    let ask = |depth| {
        World::new(&["a"], move |_| answer(nested(depth), 0.9)).run(&first(free()).build(), json!("text"))
    };
    assert_eq!(ask(120).value(), &nested(120));
    let run = ask(121);
    assert_eq!(run.failure().code, "agent/malformed-answer");
    assert_eq!(run.failure().agent.as_deref(), Some("a"));
    assert_eq!(run.events_of(prism_ports::EventKind::CallFailed).len(), 1);
}

#[test]
fn nobody_is_paid_for_answering() {
    let run = one(|_| Ok(Answer { cost_nanodollars: Some(-7), ..answer("bug", 0.9)? }));
    assert_eq!(run.report().cost_nanodollars, 0);
    let told = run.events_of(prism_ports::EventKind::CallAnswered);
    assert_eq!(told[0].data["cost_nanodollars"], 0);
}
