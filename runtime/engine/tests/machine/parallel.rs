//! `parallel`: forms, options, and what becomes of those that are not waited for.

use prism_ir::NodeKind;
use prism_ports::EventKind;
use serde_json::{Value as Json, json};

use crate::builder::{
    Fixture, Milliseconds, Tree, classify, expression, node, record, select, sequence, slot,
};
use crate::driver::{Driver, World, answer, broken, say};

/// Slots: 0 input (the text), 1 agents, 2 result.
fn asking_all(options: impl FnOnce(Tree) -> Tree) -> Fixture {
    let each = node(NodeKind::Parallel, "all").target("items").with("items", slot(1)).branch(
        "each",
        2,
        &[0],
        &[(0, 1)],
        classify(0, 1),
    );
    Fixture::new(3, sequence("p", vec![select(1), options(each).into_slot(2)]))
}

/// Branches by name, each asking one agent of the input's list of agents by position.
fn literal(form: &str, labels: &[&str], options: impl FnOnce(Tree) -> Tree) -> Fixture {
    let mut all = node(NodeKind::Parallel, "all").target(form);
    for (position, label) in labels.iter().enumerate() {
        let agent = expression(|e| {
            let agents = e.slot(1);
            let index = e.literal(position as f64);
            e.push(prism_ir::Operation::Index { object: agents, index });
        });
        let ask = node(NodeKind::Analyze, "classify")
            .target("Classifier.classify")
            .with("agent", agent)
            .with("data", record(&[("text", 0)]));
        all = all.branch(label, 2, &[], &[(0, 0), (1, 1)], sequence(label, vec![ask]));
    }
    Fixture::new(3, sequence("p", vec![select(1), options(all).into_slot(2)]))
}

fn run(fixture: Fixture, replies: &[(&str, &str, f64)]) -> Driver {
    say(replies).run(&fixture.build(), json!("text"))
}

const MIXED: [(&str, &str, f64); 4] =
    [("a", "bug", 0.9), ("b", "!", 0.0), ("c", "praise", 0.8), ("d", "question", 0.7)];

#[test]
fn results_are_in_the_order_of_the_items_whatever_the_order_of_answers() {
    let program = asking_all(|all| all).build();
    let mut run =
        say(&[("a", "bug", 0.9), ("b", "praise", 0.8), ("c", "question", 0.7)]).start(&program, json!("x"));
    run.run(|open| open - 1);
    assert_eq!(run.value(), &json!(["bug", "praise", "question"]));
    assert_eq!(run.calls[2].call.to_string(), "p/all/classify[2]#0");
    run.assert_replays();
}

#[test]
fn failures_are_dropped_kept_or_fatal() {
    let dropped = run(asking_all(|all| all), &MIXED);
    assert_eq!(dropped.value(), &json!(["bug", "praise", "question"]));
    assert!(
        dropped.report().warnings[0].contains("branch 1 (b) of p/all failed"),
        "{:?}",
        dropped.report().warnings
    );
    let kept = run(asking_all(|all| all.set("on_error", "keep")), &MIXED);
    assert_eq!(kept.value(), &json!(["bug", null, "praise", "question"]));
    let fatal = run(asking_all(|all| all.set("on_error", "fail")), &MIXED);
    assert_eq!(fatal.failure().code, "agent/error");
    assert_eq!(fatal.failure().agent.as_deref(), Some("b"));
    assert_eq!(fatal.failure().node.as_ref().map(|node| node.as_str()), Some("p/all/classify"));
    assert_eq!(fatal.losers(), ["c", "d"]);
}

#[test]
fn only_so_many_at_a_time() {
    let program = asking_all(|all| all.set("max_concurrency", 2.0)).build();
    let mut run = say(&MIXED).start(&program, json!("x"));
    run.answer(0);
    let mut most = 0;
    while run.outcome.is_none() {
        most = most.max(run.open.len());
        run.answer(run.open.len() - 1);
    }
    assert_eq!((most, run.calls.len()), (2, 4));
    assert_eq!(run.value(), &json!(["bug", "praise", "question"]));
}

#[test]
fn too_few_successes_fail_with_the_first_causes() {
    let failed = run(asking_all(|all| all.set("min_success", 4.0)), &MIXED);
    let failure = failed.failure();
    assert_eq!(failure.code, "parallel/too-few");
    assert_eq!(failure.message, "1 of 4 branches failed, and 4 must end well");
    assert_eq!(failure.cause.as_ref().unwrap().agent.as_deref(), Some("b"));
    assert_eq!(failure.details.as_ref().unwrap()["failures"][0]["index"], 1);
    assert_eq!(failed.losers(), ["c", "d"], "nobody is waited for who cannot help");
    let all = run(asking_all(|all| all), &[("a", "!", 0.0), ("b", "!", 0.0)]);
    assert_eq!(all.failure().message, "all 2 branches failed");
}

#[test]
fn at_the_timeout_the_unfinished_are_cancelled() {
    let late = |options: fn(Tree) -> Tree| {
        let program = asking_all(|all| options(all).set("timeout", Milliseconds(5_000))).build();
        let mut run =
            say(&[("a", "bug", 0.9), ("b", "bug", 0.9), ("c", "bug", 0.9)]).start(&program, json!("x"));
        run.answer(0);
        assert_eq!(run.timers.values().collect::<Vec<_>>(), [&5_000_000]);
        run.answer_of("b");
        run.fire("timeout");
        assert_eq!(run.losers(), ["a", "c"]);
        run.assert_replays();
        run
    };
    assert_eq!(late(|all| all).value(), &json!(["bug"]));
    assert_eq!(late(|all| all.set("on_error", "keep")).value(), &json!([null, "bug", null]));
    assert_eq!(late(|all| all.set("on_error", "fail")).failure().code, "parallel/timeout");
    let failure = late(|all| all.set("min_success", 2.0)).failure().clone();
    assert_eq!(failure.code, "parallel/too-few");
    assert_eq!(failure.cause.as_ref().unwrap().code, "parallel/timeout");
    assert_eq!(failure.cause.unwrap().message, "the branch did not end within 5s");
}

#[test]
fn the_timer_does_not_outlive_the_branches() {
    let run = run(asking_all(|all| all.set("timeout", Milliseconds(5_000))), &MIXED);
    assert_eq!(run.value(), &json!(["bug", "praise", "question"]));
    assert!(run.timers.is_empty());
}

#[test]
fn answers_after_the_timeout_change_nothing() {
    let program = asking_all(|all| all.set("timeout", Milliseconds(1))).build();
    let mut run = say(&[("a", "bug", 0.9), ("b", "bug", 0.9)]).start(&program, json!("x"));
    run.answer(0);
    run.answer_of("a");
    run.fire("timeout");
    let late = run.cancelled[0].clone();
    let record = prism_ports::Record::Answered {
        call: late.call,
        agent: late.agent,
        answer: answer("praise", 0.9).unwrap(),
        duration_us: 1,
    };
    assert_eq!(run.machine.step(&record), []);
    assert_eq!(run.value(), &json!(["bug"]));
}

#[test]
fn lists_and_records_of_branches() {
    let list = run(literal("list", &["0", "1"], |all| all), &[("a", "bug", 0.9), ("b", "praise", 0.8)]);
    assert_eq!(list.value(), &json!(["bug", "praise"]));
    let by_name = run(literal("record", &["x", "y"], |all| all), &[("a", "bug", 0.9), ("b", "praise", 0.8)]);
    assert_eq!(by_name.value(), &json!({ "x": "bug", "y": "praise" }));
    let fatal = run(literal("record", &["x", "y"], |all| all), &[("a", "!", 0.9), ("b", "praise", 0.8)]);
    assert_eq!(fatal.failure().code, "agent/error", "named branches are all needed");
    let kept = run(
        literal("record", &["x", "y"], |all| all.set("on_error", "keep")),
        &[("a", "!", 0.9), ("b", "praise", 0.8)],
    );
    assert_eq!(kept.value(), &json!({ "x": null, "y": "praise" }));
    let dropped = run(
        literal("record", &["x", "y"], |all| all.set("on_error", "drop")),
        &[("a", "!", 0.9), ("b", "praise", 0.8)],
    );
    assert_eq!(dropped.value(), &json!({ "y": "praise" }));
}

#[test]
fn no_items_no_results() {
    let none =
        |options: fn(Tree) -> Tree| {
            let mut fixture = asking_all(options);
            fixture.root =
                sequence(
                    "q",
                    vec![select(1).set("min", 0.0).set("max", 0.0), {
                        let each = node(NodeKind::Parallel, "all")
                            .target("items")
                            .with("items", slot(1))
                            .branch("each", 2, &[0], &[(0, 1)], classify(0, 1));
                        options(each)
                    }],
                );
            run(fixture, &MIXED)
        };
    assert_eq!(none(|all| all.set("timeout", Milliseconds(5))).value(), &json!([]));
    assert_eq!(none(|all| all.set("min_success", 1.0)).failure().code, "parallel/too-few");
}

#[test]
fn branches_in_branches_are_cancelled_with_them() {
    let inner = node(NodeKind::Parallel, "inner").target("items").with("items", slot(1)).branch(
        "each",
        2,
        &[0],
        &[(2, 1)],
        classify(0, 1),
    );
    let outer = node(NodeKind::Parallel, "outer")
        .target("items")
        .with("items", slot(1))
        .set("timeout", Milliseconds(9))
        .set("min_success", 0.0)
        .branch("each", 3, &[0], &[(1, 1), (0, 2)], inner);
    let program = Fixture::new(2, sequence("p", vec![select(1), outer])).build();
    let mut run = say(&[("a", "bug", 0.9), ("b", "bug", 0.9), ("c", "bug", 0.9)]).start(&program, json!("x"));
    run.answer(0);
    assert_eq!((run.machine.fibers(), run.machine.pending_calls()), (13, 9));
    run.answer(4);
    run.fire("timeout");
    assert_eq!(run.cancelled.len(), 8);
    assert_eq!(run.value(), &json!([]));
    assert_eq!(run.calls[5].call.key.indexes(), [1, 2]);
    let ends: Vec<&str> = run
        .events_of(EventKind::NodeCancelled)
        .iter()
        .map(|event| event.node.as_ref().map_or("", |node| node.as_str()))
        .collect();
    assert_eq!(ends, ["p/outer/inner", "p/outer/inner", "p/outer/inner"]);
    run.assert_replays();
}

#[test]
fn an_inner_failure_names_the_innermost_node() {
    let program = asking_all(|all| all.set("on_error", "fail")).build();
    let run = World::new(&["a"], |_| broken()).run(&program, Json::Null);
    assert_eq!(run.failure().node.as_ref().map(|node| node.as_str()), Some("p/all/classify"));
    let failed: Vec<&str> = run
        .events_of(EventKind::NodeFailed)
        .iter()
        .map(|event| event.node.as_ref().map_or("", |node| node.as_str()))
        .collect();
    assert_eq!(failed, ["p/all"]);
}

#[test]
fn the_results_are_no_surer_than_the_list_of_items() {
    let items = expression(|e| {
        let one = e.literal(1.0);
        let list = e.list(&[one]);
        let p = e.literal(0.6);
        e.push(prism_ir::Operation::Attach { value: list, confidence: p });
    });
    let each = node(NodeKind::Eval, "two").set("value", 2.0);
    let all =
        node(NodeKind::Parallel, "p").target("items").with("items", items).branch("each", 1, &[0], &[], each);
    let run = run(Fixture::new(1, all), &[]);
    assert_eq!((run.value(), run.confidence()), (&json!([2]), 0.6));
}

#[test]
fn what_cannot_succeed_is_not_begun() {
    let run = run(asking_all(|all| all.set("min_success", 5.0)), &MIXED);
    assert_eq!(run.failure().code, "parallel/too-few");
    assert_eq!(run.failure().message, "there are 4 branches, and 5 must end well");
    assert!(run.calls.is_empty());
}

#[test]
fn many_failures_take_time_in_proportion() {
    let items = json!((0..200_000).collect::<Vec<u32>>());
    let fail = node(NodeKind::Fail, "fail").set("message", "no");
    let all = node(NodeKind::Parallel, "p")
        .target("items")
        .with("items", slot(0))
        .set("min_success", 0.0)
        .set("on_error", "keep")
        .branch("each", 1, &[0], &[], fail);
    let program = Fixture::new(1, all).build();
    let began = std::time::Instant::now();
    let mut machine = prism_engine::Machine::new(program, "p").unwrap();
    machine.watch(false);
    machine.step(&prism_ports::Record::Started {
        ir_hash: String::new(),
        pattern: "p".to_owned(),
        input: items,
        calibration_hash: None,
        options: prism_ports::RunOptions::default(),
    });
    assert!(machine.is_finished());
    // Counting all branches anew after each failure takes minutes.
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn nodes_that_never_ran_are_not_said_to_be_cancelled() {
    let broken = node(NodeKind::Fail, "broken").set("message", "no");
    let inner = node(NodeKind::Parallel, "inner").target("list").branch("0", 1, &[], &[], select(0));
    let all = node(NodeKind::Parallel, "p").target("list");
    let all = all.branch("0", 1, &[], &[], broken).branch("1", 1, &[], &[], inner);
    let run = run(Fixture::new(1, all), &[]);
    assert_eq!(run.failure().code, "pattern/failed");
    let of = |kind| run.events_of(kind).len();
    assert_eq!(
        of(EventKind::NodeStarted),
        of(EventKind::NodeEnded) + of(EventKind::NodeFailed) + of(EventKind::NodeCancelled)
    );
    assert_eq!(of(EventKind::NodeCancelled), 1, "the inner parallel only");
}

#[test]
fn nodes_within_nodes_do_not_multiply_what_is_under_way() {
    let inner = node(NodeKind::Parallel, "inner").target("items").with("items", slot(1)).branch(
        "each",
        1,
        &[0],
        &[],
        select(0),
    );
    let outer = node(NodeKind::Parallel, "p").target("items").with("items", slot(0)).branch(
        "each",
        2,
        &[0],
        &[(0, 1)],
        inner,
    );
    let mut machine = prism_engine::Machine::new(Fixture::new(1, outer).build(), "p").unwrap();
    machine.watch(false);
    machine.step(&prism_ports::Record::Started {
        ir_hash: String::new(),
        pattern: "p".to_owned(),
        input: json!((0..300).collect::<Vec<u32>>()),
        calibration_hash: None,
        options: prism_ports::RunOptions::default(),
    });
    let (all, waiting) = (machine.fibers(), machine.pending_selections());
    assert!((50_000..50_700).contains(&all), "{all}");
    assert!(waiting > 300, "every inner node has one under way: {waiting}");
}
