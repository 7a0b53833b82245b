//! Sequences, choices, functions, returns; and the confidence of what depends on them.

use prism_ir::{Expression, Function, FunctionBody, NodeKind, Operation, Type};
use prism_ports::EventKind;
use serde_json::{Value as Json, json};

use crate::builder::{
    Fixture, Tree, classify, expression, give_back, node, parameter, record, select, sequence, slot,
    uncertain,
};
use crate::driver::{Driver, say};

fn run(fixture: Fixture, input: Json) -> Driver {
    say(&[("a", "bug", 0.9), ("b", "praise", 0.8)]).run(&fixture.build(), input)
}

/// A value with a confidence, written as an asserted literal.
fn doubted(value: impl Into<crate::builder::Written>, p: f64) -> Expression {
    expression(|e| {
        let value = e.literal(value);
        let p = e.literal(p);
        e.push(Operation::Attach { value, confidence: p });
    })
}

fn set(slot: u32, value: impl Into<crate::builder::Written>) -> Tree {
    node(NodeKind::Let, "set").set("value", value).into_slot(slot)
}

#[test]
fn a_sequence_gives_its_last_value() {
    let root = sequence("p", vec![set(1, 1.0), set(2, "two")]);
    assert_eq!(run(Fixture::new(3, root), Json::Null).value(), "two");
    assert_eq!(run(Fixture::new(1, sequence("p", vec![])), Json::Null).value(), &Json::Null);
}

#[test]
fn one_branch_of_an_if_runs() {
    let choice = |with_else: bool| {
        let tree = node(NodeKind::If, "p").with("condition", slot(0)).child("then", set(1, "yes"));
        let tree = if with_else { tree.child("else", set(1, "no")) } else { tree };
        Fixture::new(2, tree)
    };
    assert_eq!(run(choice(true), json!(true)).value(), "yes");
    assert_eq!(run(choice(true), json!(false)).value(), "no");
    assert_eq!(run(choice(false), Json::Null).value(), &Json::Null);
}

#[test]
fn what_is_written_under_a_doubtful_condition_is_no_surer_than_it() {
    let root = sequence(
        "p",
        vec![
            set(1, "before"),
            node(NodeKind::If, "if").with("condition", doubted(true, 0.7)).child("then", set(2, "within")),
            set(3, "after"),
            give_back(record(&[("before", 1), ("after", 3)])),
        ],
    );
    assert_eq!(run(Fixture::new(4, root), Json::Null).confidence(), 1.0);
    let root = sequence(
        "p",
        vec![
            node(NodeKind::If, "if").with("condition", doubted(true, 0.7)).child("then", set(2, "within")),
            give_back(slot(2)),
        ],
    );
    assert_eq!(run(Fixture::new(3, root), Json::Null).confidence(), 0.7);
}

#[test]
fn an_early_return_leaves_its_doubt_to_what_follows() {
    let early = |holds: bool| {
        let root = sequence(
            "p",
            vec![
                node(NodeKind::If, "if")
                    .with("condition", doubted(holds, 0.7))
                    .child("then", give_back(Expression::literal(prism_ir::Literal::Number(1.0)))),
                set(1, 2.0),
                give_back(slot(1)),
            ],
        );
        let run = run(Fixture::new(2, root), Json::Null);
        (run.value().clone(), run.confidence())
    };
    assert_eq!(early(true), (json!(1), 0.7));
    assert_eq!(early(false), (json!(2), 0.7));
}

#[test]
fn conditions_in_conditions_add_up() {
    let inner = node(NodeKind::If, "inner")
        .with("condition", doubted(true, 0.8))
        .child("then", give_back(Expression::literal(prism_ir::Literal::Null)));
    let outer = node(NodeKind::If, "outer").with("condition", doubted(true, 0.7)).child("then", inner);
    let confidence = run(Fixture::new(1, outer), Json::Null).confidence();
    assert!((0.5..0.7).contains(&confidence), "{confidence}");
}

#[test]
fn uncertain_if_adds_nothing_of_its_own() {
    let bands = |p: f64, more: fn(Tree) -> Tree| {
        let tree =
            node(NodeKind::Uncertain, "p").with("subject", doubted("x", p)).child("high", set(1, "high"));
        let run = run(Fixture::new(2, more(tree)), Json::Null);
        assert_eq!(run.confidence(), 1.0);
        run.value().clone()
    };
    assert_eq!(bands(0.8, |tree| tree), "high");
    assert_eq!(bands(0.79, |tree| tree), Json::Null);
    assert_eq!(bands(0.79, |tree| tree.child("medium", set(1, "medium"))), "medium");
    assert_eq!(bands(0.3, |tree| tree.child("default", set(1, "other"))), "other");
    assert_eq!(bands(0.3, |tree| tree.set("medium", 0.2).child("medium", set(1, "medium"))), "medium");
    assert_eq!(bands(0.85, |tree| tree.set("high", 0.9).child("low", set(1, "low"))), Json::Null);
}

#[test]
fn the_worst_case_rules_in_the_mode_of_bounds() {
    let ask = sequence(
        "p",
        vec![
            select(1),
            node(NodeKind::Parallel, "all")
                .target("items")
                .with("items", slot(1))
                .branch("each", 2, &[0], &[(0, 1)], classify(0, 1))
                .into_slot(2),
            node(NodeKind::Pool, "pool").with("answers", slot(2)).into_slot(3),
            node(NodeKind::Uncertain, "uncertain")
                .with("subject", slot(3))
                .child("high", set(4, "high"))
                .child("low", set(4, "low")),
        ],
    );
    let mut fixture = Fixture::new(5, ask);
    fixture.propagation = prism_ir::Propagation::Bounds;
    assert_eq!(run(fixture, json!("text")).value(), "low");
}

#[test]
fn fail_ends_with_the_authors_words() {
    let fail = node(NodeKind::Fail, "p").set("message", "no way").with("details", record(&[("input", 0)]));
    let run = run(Fixture::new(1, fail), json!(7));
    let failure = run.failure();
    assert_eq!((failure.code.as_str(), failure.message.as_str()), ("pattern/failed", "no way"));
    assert_eq!(failure.details, Some(json!({ "input": 7 })));
    assert_eq!(failure.node.as_ref().map(|node| node.as_str()), Some("p"));
}

#[test]
fn a_pure_mistake_names_its_node() {
    let divide = expression(|e| {
        let one = e.literal(1.0);
        let zero = e.literal(0.0);
        e.binary("/", one, zero);
    });
    let run = run(
        Fixture::new(1, sequence("p", vec![node(NodeKind::Let, "ratio").with("value", divide)])),
        Json::Null,
    );
    assert_eq!(run.failure().code, "value/division-by-zero");
    assert_eq!(run.failure().node.as_ref().map(|node| node.as_str()), Some("p/ratio"));
}

/// `fn ask(agent, text: string) { return agent.classify(text) }`
fn asking(fixture: Fixture) -> Fixture {
    let body = sequence("ask", vec![classify(0, 1).into_slot(2), give_back(slot(2))]);
    let agent = prism_ir::Parameter { declared: false, ..parameter("agent", Type::Any) };
    fixture.function("ask", vec![agent, parameter("text", Type::String)], 3, body)
}

fn call(name: &str, agent: u32, text: u32) -> Tree {
    node(NodeKind::CallFunction, name).target("ask").with("agent", slot(agent)).with("text", slot(text))
}

fn pick(position: f64, into: u32) -> Tree {
    let agent = expression(|e| {
        let agents = e.slot(1);
        let index = e.literal(position);
        e.push(Operation::Index { object: agents, index });
    });
    node(NodeKind::Let, "pick").with("value", agent).into_slot(into)
}

#[test]
fn functions_have_frames_and_calls_of_their_own() {
    let root = sequence(
        "p",
        vec![
            select(1),
            pick(0.0, 2),
            pick(1.0, 3),
            call("one", 2, 0).into_slot(4),
            call("two", 3, 0).into_slot(5),
            give_back(record(&[("one", 4), ("two", 5)])),
        ],
    );
    let run = run(asking(Fixture::new(6, root)), json!("text"));
    assert_eq!(run.value(), &json!({ "one": "bug", "two": "praise" }));
    let ids: Vec<String> = run.calls.iter().map(|call| call.call.to_string()).collect();
    assert_eq!(ids, ["ask/classify#0", "ask/classify#1"]);
    let roots = &run.report().confidence.as_ref().unwrap().roots;
    assert_eq!(roots.len(), 2, "two calls are two things to be right about");
    run.assert_replays();
}

#[test]
fn a_function_in_branches_gives_the_same_in_every_order() {
    let root = sequence(
        "p",
        vec![
            select(1),
            node(NodeKind::Parallel, "all").target("items").with("items", slot(1)).branch(
                "each",
                2,
                &[0],
                &[(0, 1)],
                sequence("each", vec![call("one", 0, 1), call("two", 0, 1)]),
            ),
        ],
    );
    let program = asking(Fixture::new(2, root)).build();
    let outcomes: Vec<_> = [0, 1]
        .into_iter()
        .map(|last| {
            let mut run = say(&[("a", "bug", 0.9), ("b", "praise", 0.8)]).start(&program, json!("text"));
            run.run(|open| if last == 1 { open - 1 } else { 0 });
            run.outcome.clone()
        })
        .collect();
    assert_eq!(outcomes[0], outcomes[1]);
}

#[test]
fn a_function_lifts_over_what_was_declared_certain() {
    let lifted = |declared: Type| {
        let body = give_back(Expression::literal(prism_ir::Literal::Number(1.0)));
        let fixture =
            Fixture::new(1, node(NodeKind::CallFunction, "p").target("f").with("x", doubted("x", 0.6)));
        run(fixture.function("f", vec![parameter("x", declared)], 1, body), Json::Null).confidence()
    };
    assert_eq!((lifted(Type::String), lifted(uncertain(Type::String))), (0.6, 1.0));
}

#[test]
fn pure_functions_are_called_in_place() {
    let mut fixture = Fixture::new(1, node(NodeKind::CallFunction, "p").target("double").with("x", slot(0)));
    let body = expression(|e| {
        let x = e.slot(0);
        let y = e.slot(0);
        e.binary("+", x, y);
    });
    fixture.functions.push((
        Function {
            name: "double".to_owned(),
            parameters: vec![parameter("x", Type::Number)],
            result: Type::Number,
            slots: 1,
            body: FunctionBody::Pure(body),
        },
        None,
    ));
    assert_eq!(run(fixture, json!(21)).value(), &json!(42));
}

#[test]
fn recursion_without_an_end_is_stopped() {
    let again = node(NodeKind::CallFunction, "again").target("f");
    let fixture = Fixture::new(1, node(NodeKind::CallFunction, "p").target("f"));
    let run = run(fixture.function("f", vec![], 1, sequence("f", vec![again])), Json::Null);
    assert_eq!(run.failure().code, "value/depth");
}

#[test]
fn branches_without_an_end_are_stopped() {
    let again = node(NodeKind::Parallel, "again").target("list").branch(
        "0",
        1,
        &[],
        &[],
        node(NodeKind::CallFunction, "call").target("f"),
    );
    let fixture = Fixture::new(1, node(NodeKind::CallFunction, "p").target("f"));
    let run = run(fixture.function("f", vec![], 1, again), Json::Null);
    assert_eq!(run.failure().code, "value/depth");
}

#[test]
fn a_return_in_a_branch_ends_the_branch() {
    let each = sequence("each", vec![give_back(slot(0)), node(NodeKind::Fail, "never").set("message", "no")]);
    let all = node(NodeKind::Parallel, "p").target("items").with("items", slot(0)).branch(
        "each",
        1,
        &[0],
        &[],
        each,
    );
    assert_eq!(run(Fixture::new(1, all), json!([1, 2])).value(), &json!([1, 2]));
}

#[test]
fn captures_are_copies() {
    let change = sequence("each", vec![set(1, "changed"), give_back(slot(1))]);
    let root = sequence(
        "p",
        vec![
            set(1, "kept"),
            node(NodeKind::Parallel, "all")
                .target("items")
                .with("items", slot(0))
                .branch("each", 2, &[0], &[(1, 1)], change)
                .into_slot(2),
            give_back(record(&[("own", 1), ("theirs", 2)])),
        ],
    );
    let run = run(Fixture::new(3, root), json!([0]));
    assert_eq!(run.value(), &json!({ "own": "kept", "theirs": ["changed"] }));
}

#[test]
fn endorsing_keeps_the_doubt_and_says_why() {
    let endorse = node(NodeKind::Endorse, "p").with("value", doubted("x", 0.6)).set("why", "seen");
    let run = run(Fixture::new(1, endorse), Json::Null);
    assert_eq!((run.value(), run.confidence()), (&json!("x"), 0.6));
    assert_eq!(
        run.events_of(EventKind::Endorsed)[0].data,
        json!({ "why": "seen", "confidence": 0.6, "value": "x" })
    );
}

#[test]
fn deep_nesting_needs_no_native_stack() {
    let mut tree = set(1, "deep");
    for _ in 0..400 {
        tree = node(NodeKind::Sequence, "s").child("0", tree);
    }
    let program = Fixture::new(2, tree).build();
    let small = std::thread::Builder::new().stack_size(256 << 10);
    let value =
        small.spawn(move || say(&[]).run(&program, Json::Null).value().clone()).unwrap().join().unwrap();
    assert_eq!(value, "deep");
}

/// A function that gives nothing of its arguments.
fn deaf() -> Function {
    Function {
        name: "deaf".to_owned(),
        parameters: vec![parameter("a", Type::Any), parameter("b", Type::Any)],
        result: Type::Any,
        slots: 2,
        body: FunctionBody::Pure(Expression::literal(prism_ir::Literal::Null)),
    }
}

#[test]
fn what_is_asserted_in_two_arguments_is_two_assertions() {
    let call = node(NodeKind::CallFunction, "call")
        .target("deaf")
        .with("a", doubted("x", 0.9))
        .with("b", doubted("y", 0.9));
    let mut fixture = Fixture::new(1, call);
    fixture.functions.push((deaf(), None));
    let run = run(fixture, Json::Null);
    let confidence = run.report().confidence.as_ref().unwrap();
    let ids: Vec<&str> = confidence.roots.iter().map(|root| root.id.as_str()).collect();
    assert_eq!(ids, ["call(a)~2", "call(b)~2"]);
    assert!((0.8..0.89).contains(&run.confidence()), "{}", run.confidence());
}

#[test]
fn the_answer_of_a_doubtful_agent_is_as_doubtful() {
    let pick = || {
        let picked = expression(|e| {
            let agents = e.slot(1);
            let index = e.literal(0.0);
            let p = e.literal(0.5);
            let index = e.push(Operation::Attach { value: index, confidence: p });
            e.push(Operation::Index { object: agents, index });
        });
        node(NodeKind::Let, "pick").with("value", picked).into_slot(2)
    };
    let free = node(NodeKind::Analyze, "analyze").with("agent", slot(2)).set("task", "look");
    for ask in [classify(2, 0), free] {
        let run = run(Fixture::new(3, sequence("p", vec![select(1), pick(), ask])), json!("text"));
        assert_eq!(run.value(), "bug");
        assert!(run.confidence() < 0.5, "{}", run.confidence());
    }
}
