//! `select`: who is eligible, who is chosen, and what is said where they are too few.

use prism_ir::NodeKind;
use prism_ports::{AgentDescription, CallId, EventKind, Failure, Key, Record};
use serde_json::{Value as Json, json};

use crate::builder::{Fixture, Tree, expression, node, select, sequence, slot, texts};
use crate::driver::{Driver, agent, say};

/// Selects, and gives back the ids of those that were chosen.
fn choosing(selection: Tree) -> Fixture {
    let ids = expression(|e| {
        let agents = e.slot(1);
        let argument = e.slot(0);
        let body = e.member(argument, "id");
        let id = e.lambda(body);
        e.push(prism_ir::Operation::CallBuiltin { builtin: "map".to_owned(), arguments: vec![agents, id] });
    });
    let give = node(NodeKind::Eval, "ids").with("value", ids);
    Fixture::new(2, sequence("p", vec![selection.into_slot(1), give]))
}

fn chosen(selection: Tree, directory: Vec<AgentDescription>) -> Driver {
    say(&[]).with_agents(directory).run(&choosing(selection).build(), Json::Null)
}

fn able(id: &str, capabilities: &[&str]) -> AgentDescription {
    AgentDescription {
        capabilities: capabilities.iter().map(|capability| (*capability).to_owned()).collect(),
        ..agent(id)
    }
}

fn mixed() -> Vec<AgentDescription> {
    vec![
        able("a", &["classification", "english"]),
        able("b", &["classification"]),
        able("c", &["summary", "english"]),
        able("d", &["classification", "german"]),
    ]
}

#[test]
fn capabilities_of_the_contract_are_wanted_all() {
    let run = chosen(select(1), mixed());
    assert_eq!(run.value(), &json!(["a", "b", "d"]));
    let data = &run.events_of(EventKind::Selected)[0].data;
    assert_eq!(data["eligible"], json!(["a", "b", "d"]));
    assert_eq!(data["refused"][0], json!({ "agent": "c", "reason": "does not have `classification`" }));
}

#[test]
fn capabilities_any_of_and_exclude_narrow() {
    let english = select(1).with("capabilities", texts(&["english"]));
    assert_eq!(chosen(english, mixed()).value(), &json!(["a"]));
    let either = select(1).with("any_of", texts(&["english", "german"]));
    assert_eq!(chosen(either, mixed()).value(), &json!(["a", "d"]));
    let but = select(1).with("exclude", texts(&["b"]));
    assert_eq!(chosen(but, mixed()).value(), &json!(["a", "d"]));
    let free = node(NodeKind::Select, "agents").with("any_of", texts(&["summary", "german"]));
    assert_eq!(chosen(free, mixed()).value(), &json!(["c", "d"]));
}

#[test]
fn agents_can_be_excluded_by_handle() {
    let first = select(0).set("max", 1.0);
    let others = node(NodeKind::Select, "others").target("Classifier").with("exclude", slot(0));
    let mut fixture = choosing(others);
    fixture.root = sequence("p", vec![first, fixture.root]);
    let run = say(&[]).with_agents(mixed()).run(&fixture.build(), Json::Null);
    assert_eq!(run.value(), &json!(["b", "d"]));
}

#[test]
fn where_is_asked_about_each() {
    let good = expression(|e| {
        let argument = e.slot(0);
        let expertise = e.member(argument, "expertise");
        let least = e.literal(0.5);
        let body = e.binary(">", expertise, least);
        e.lambda(body);
    });
    let directory = vec![
        AgentDescription { expertise: Some(0.4), ..agent("a") },
        AgentDescription { expertise: Some(0.6), ..agent("b") },
    ];
    assert_eq!(chosen(select(1).with("where", good), directory).value(), &json!(["b"]));
}

#[test]
fn max_takes_the_best() {
    let directory = vec![
        AgentDescription { expertise: Some(0.4), ..agent("a") },
        AgentDescription { expertise: Some(0.9), ..agent("b") },
        AgentDescription { accuracy: Some(0.7), ..agent("c") },
    ];
    let run = chosen(select(1).set("max", 2.0), directory);
    assert_eq!(run.value(), &json!(["b", "c"]));
    let data = &run.events_of(EventKind::Selected)[0].data;
    assert_eq!((&data["eligible"], &data["chosen"]), (&json!(["b", "c", "a"]), &json!(["b", "c"])));
    assert_eq!(data["why"], "b comes first: expertise 0.9");
}

#[test]
fn chance_orders_without_randomness_of_its_own() {
    let turn = |chance| {
        let program = choosing(select(1).set("prefer", "round_robin").set("max", 1.0)).build();
        let mut run = say(&[]).with_agents(mixed()).start(&program, Json::Null);
        run.chance = chance;
        run.run(|_| 0);
        run.assert_replays();
        run.value().clone()
    };
    assert_eq!(
        [turn(0), turn(1), turn(2), turn(3)],
        [json!(["a"]), json!(["b"]), json!(["d"]), json!(["a"])]
    );
}

#[test]
fn too_few_name_the_capability_that_is_short() {
    let directory = vec![able("lexicon", &["classification"]), able("writer", &["summary"])];
    let run = chosen(select(1).set("min", 3.0), directory);
    let failure = run.failure();
    assert_eq!(failure.code, "select/too-few");
    assert_eq!(failure.message, "needs 3 agents with `classification`, 1 is registered: lexicon");
    assert_eq!(failure.node.as_ref().map(|node| node.as_str()), Some("p/agents"));
    assert_eq!(failure.details.as_ref().unwrap()["capability"], "classification");
}

#[test]
fn too_few_say_what_is_left_where_no_capability_is_short() {
    let both = select(1).with("capabilities", texts(&["english"])).set("min", 2.0);
    let run = chosen(both, mixed());
    assert_eq!(
        run.failure().message,
        "needs 2 agents with `classification`, `english`, 1 is left: a of 4 registered"
    );
    let run = chosen(select(1).set("min", 2.0).with("exclude", texts(&["a", "b"])), mixed());
    assert_eq!(run.failure().message, "needs 2 agents with `classification`, 1 is left: d of 4 registered");
}

#[test]
fn nobody_at_all_is_another_failure() {
    assert_eq!(chosen(select(1), Vec::new()).failure().code, "agents/none");
    assert_eq!(chosen(select(1).set("min", 0.0), Vec::new()).value(), &json!([]));
}

#[test]
fn options_that_make_no_sense_are_failures() {
    let wrong = |selection: Tree| chosen(selection, mixed()).failure().clone();
    assert_eq!(wrong(select(1).set("min", -1.0)).code, "value/range");
    assert_eq!(wrong(select(1).set("min", "two")).code, "value/type");
    let failure = wrong(select(1).set("prefer", "beauty"));
    assert_eq!(failure.code, "value/range");
    assert!(failure.message.contains(r#""least_loaded""#), "{}", failure.message);
    assert_eq!(wrong(select(1).set("exclude", "a")).code, "value/type");
}

#[test]
fn a_directory_that_fails_ends_the_run() {
    let mut run = say(&[]).start(&choosing(select(1)).build(), Json::Null);
    run.open.clear();
    let call = CallId { node: "p/agents".into(), key: Key::default(), attempt: 0 };
    let failure = Failure::new(prism_catalog::FailureCode::AgentsFile, "the file is gone");
    run.feed(Record::Failed { call, failure, duration_us: 0 });
    assert_eq!(run.failure().code, "agents/file");
}

/// Slot 1 holds the agents that a doubtful `where` or `exclude` left; the result is how many they are.
fn counted(selection: Tree) -> Driver {
    let count = expression(|e| {
        let agents = e.slot(1);
        e.member(agents, "length");
    });
    let give = node(NodeKind::Eval, "count").with("value", count);
    let fixture = Fixture::new(2, sequence("p", vec![selection.into_slot(1), give]));
    say(&[]).with_agents(mixed()).run(&fixture.build(), Json::Null)
}

#[test]
fn a_choice_is_no_surer_than_what_it_depends_on() {
    let verdict = expression(|e| {
        let yes = e.literal(true);
        let p = e.literal(0.6);
        let body = e.push(prism_ir::Operation::Attach { value: yes, confidence: p });
        e.lambda(body);
    });
    let run = counted(select(1).with("where", verdict));
    assert_eq!(run.value(), &json!(3));
    assert!(run.confidence() < 0.5, "three verdicts of 0.6 are less sure than one: {}", run.confidence());
    let excluded = expression(|e| {
        let id = e.literal("a");
        let p = e.literal(0.7);
        let id = e.push(prism_ir::Operation::Attach { value: id, confidence: p });
        e.list(&[id]);
    });
    let run = counted(select(1).with("exclude", excluded));
    assert_eq!((run.value(), run.confidence()), (&json!(2), 0.7));
    assert_eq!(counted(select(1)).confidence(), 1.0);
}
