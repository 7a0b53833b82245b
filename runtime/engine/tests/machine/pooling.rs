//! `vote` and `pool`: winners, confidences, provenance.

use prism_ir::{Expression, NodeKind};
use prism_ports::{Answer, EventKind, Record, StopReason};
use serde_json::{Value as Json, json};

use crate::builder::{Fixture, Tree, classify, expression, node, select, selector, sequence, slot};
use crate::driver::{Driver, World, say};

/// Asks all agents, and combines the answers. Slots: 0 input (the text), 1 agents, 2 answers.
fn combining(kind: NodeKind, options: impl FnOnce(Tree) -> Tree) -> Fixture {
    let each = node(NodeKind::Parallel, "answers")
        .target("items")
        .with("items", slot(1))
        .set("on_error", "keep")
        .set("min_success", 0.0)
        .branch("each", 2, &[0], &[(0, 1)], classify(0, 1))
        .into_slot(2);
    let combine = node(kind, "label").with("answers", slot(2));
    Fixture::new(4, sequence("p", vec![select(1), each, options(combine)]))
}

fn run(fixture: Fixture, replies: &[(&str, &str, f64)]) -> Driver {
    say(replies).run(&fixture.build(), json!("text"))
}

fn reason(run: &Driver) -> (Json, StopReason) {
    match run.winners.as_slice() {
        [Record::Winner { value, reason, .. }] => (value.clone(), *reason),
        other => panic!("{other:?}"),
    }
}

const SPLIT: [(&str, &str, f64); 4] =
    [("a", "bug", 0.6), ("b", "bug", 0.6), ("c", "praise", 0.99), ("d", "question", 0.5)];

#[test]
fn a_pool_weighs_what_a_vote_counts() {
    let pooled = run(combining(NodeKind::Pool, |pool| pool.set("options", 3.0)), &SPLIT);
    assert_eq!(reason(&pooled), (json!("praise"), StopReason::Complete));
    let voted = run(combining(NodeKind::Vote, |vote| vote.set("method", "plurality")), &SPLIT);
    assert_eq!(voted.value(), "bug");
    assert!(voted.confidence() < pooled.confidence());
}

#[test]
fn a_pool_that_agrees_is_surer_than_its_members() {
    let agreed = run(
        combining(NodeKind::Pool, |pool| pool.set("options", 3.0)),
        &[("a", "bug", 0.97), ("b", "bug", 0.97), ("c", "bug", 0.97)],
    );
    assert!((0.92..0.95).contains(&agreed.confidence()), "{}", agreed.confidence());
    let confidence = agreed.report().confidence.as_ref().unwrap();
    assert_eq!(confidence.roots[0].from.len(), 3);
    assert_eq!(agreed.events_of(EventKind::Pooled)[0].data["options"], 3);
}

#[test]
fn answers_without_a_stated_confidence_count_as_one_option_among_all() {
    let mute = |_: &prism_engine::CallSpec| Ok(Answer { value: json!("bug"), ..Answer::default() });
    let program = combining(NodeKind::Pool, |pool| pool.set("options", 3.0)).build();
    let lone = World::new(&["a"], mute).run(&program, json!("text"));
    assert!((lone.confidence() - 1.0 / 3.0).abs() < 1e-9, "{}", lone.confidence());
    let from = &lone.report().confidence.as_ref().unwrap().roots[0].from;
    assert_eq!((from[0].agent.as_deref(), from[0].probability), (Some("a"), 1.0 / 3.0));
}

#[test]
fn failed_branches_abstain() {
    let pooled = run(combining(NodeKind::Pool, |pool| pool), &[("a", "!", 0.0), ("b", "bug", 0.9)]);
    assert_eq!(pooled.value(), "bug");
    let none = run(combining(NodeKind::Pool, |pool| pool), &[("a", "!", 0.0)]);
    assert_eq!(none.failure().code, "pool/empty");
    assert_eq!(none.failure().node.as_ref().map(|node| node.as_str()), Some("p/label"));
    let none = run(combining(NodeKind::Vote, |vote| vote), &[("a", "!", 0.0)]);
    assert_eq!(none.failure().code, "pool/empty");
}

#[test]
fn a_majority_is_more_than_half() {
    let two = [("a", "bug", 0.9), ("b", "bug", 0.9), ("c", "praise", 0.9)];
    assert_eq!(run(combining(NodeKind::Vote, |vote| vote), &two).value(), "bug");
    let undecided = run(combining(NodeKind::Vote, |vote| vote), &SPLIT);
    let failure = undecided.failure();
    assert_eq!(failure.code, "vote/undecided");
    assert_eq!(
        failure.message,
        r#"no answer has a majority of 4 votes: 2 for "bug", 1 for "praise", 1 for "question""#
    );
    let unanimous = run(combining(NodeKind::Vote, |vote| vote.set("method", "unanimous")), &two);
    assert_eq!(unanimous.failure().code, "vote/undecided");
}

#[test]
fn ties_go_to_the_first_fail_or_are_null() {
    let even = [("a", "praise", 0.6), ("b", "bug", 0.9)];
    let with = |ties: &'static str| {
        run(combining(NodeKind::Vote, |vote| vote.set("method", "plurality").set("ties", ties)), &even)
    };
    assert_eq!(with("first").value(), "praise");
    assert_eq!(with("fail").failure().code, "vote/undecided");
    let null = with("null");
    assert_eq!(null.value(), &Json::Null);
    assert_eq!(null.report().confidence.as_ref().unwrap().source, "certain");
    assert!(null.winners.is_empty());
}

#[test]
fn weights_outweigh_numbers() {
    let weights = expression(|e| {
        let one = e.literal(1.0);
        let five = e.literal(5.0);
        e.list(&[one, one, five]);
    });
    let weighted = run(
        combining(NodeKind::Vote, |vote| vote.set("method", "weighted").with("weights", weights)),
        &[("a", "bug", 0.9), ("b", "bug", 0.9), ("c", "praise", 0.6)],
    );
    assert_eq!(weighted.value(), "praise");
}

#[test]
fn by_says_what_answers_are_compared_by() {
    let mut fixture = combining(NodeKind::Pool, |pool| pool.with("by", selector("label")));
    fixture.contracts[0].methods[0].result = prism_ir::Type::Any;
    let replies = |call: &prism_engine::CallSpec| {
        Ok(Answer {
            value: json!({ "label": if call.agent == "c" { "praise" } else { " BUG" }, "note": call.agent }),
            stated: Some(0.8),
            ..Answer::default()
        })
    };
    let pooled = World::new(&["a", "b", "c"], replies).run(&fixture.build(), json!("text"));
    assert_eq!(pooled.value(), &json!({ "label": " BUG", "note": "a" }));
    let data = &pooled.events_of(EventKind::Pooled)[0].data;
    assert_eq!(data["shares"][0]["agents"], json!(["a", "b"]));
    assert_eq!(data["dissent"][0]["agents"], json!(["c"]));
}

#[test]
fn a_value_pooled_with_its_own_answers_counts_once() {
    let both = expression(|e| {
        let pooled = e.slot(3);
        let answers = e.slot(2);
        e.push(prism_ir::Operation::CallBuiltin {
            builtin: "push".to_owned(),
            arguments: vec![answers, pooled],
        });
    });
    let mut fixture = combining(NodeKind::Pool, |pool| pool.set("options", 3.0).into_slot(3));
    let again = node(NodeKind::Pool, "again").with("answers", both).set("options", 3.0);
    fixture.root = sequence("q", vec![fixture.root, again]);
    let replies = [("a", "bug", 0.9), ("b", "bug", 0.8)];
    let twice = run(fixture, &replies);
    let once = run(combining(NodeKind::Pool, |pool| pool.set("options", 3.0)), &replies);
    assert!((twice.confidence() - once.confidence()).abs() < 1e-12);
    assert!(twice.confidence() > 0.0);
}

#[test]
fn literals_can_be_pooled_too() {
    let answers = expression(|e| {
        let bug = e.literal("bug");
        let p = e.literal(0.9);
        let sure = e.push(prism_ir::Operation::Attach { value: bug, confidence: p });
        let praise = e.literal("praise");
        let q = e.literal(0.4);
        let unsure = e.push(prism_ir::Operation::Attach { value: praise, confidence: q });
        e.list(&[sure, unsure]);
    });
    let pool = node(NodeKind::Pool, "p").with("answers", answers);
    let pooled = say(&[]).run(&Fixture::new(1, pool).build(), Json::Null);
    assert_eq!(pooled.value(), "bug");
    let roots = &pooled.report().confidence.as_ref().unwrap().roots;
    assert_eq!(roots[0].from.len(), 2);
    assert_eq!(pooled.report().confidence.as_ref().unwrap().source, "asserted");
}

#[test]
fn answers_must_be_a_list() {
    let pool = node(NodeKind::Pool, "p").with("answers", Expression::slot(0));
    let failed = say(&[]).run(&Fixture::new(1, pool).build(), json!("x"));
    assert_eq!(failed.failure().message, "`answers` wants a list, but got a string");
}

#[test]
fn a_pooled_record_is_as_sure_as_its_pool() {
    let each = sequence(
        "each",
        vec![
            classify(0, 1).into_slot(2),
            node(NodeKind::Eval, "record").with("value", crate::builder::record(&[("label", 2)])),
        ],
    );
    let ask = node(NodeKind::AskUntil, "label")
        .with("agents", slot(1))
        .set("target", 0.99)
        .set("options", 20.0)
        .branch("each", 3, &[0], &[(0, 1)], each);
    let run = run(
        Fixture::new(2, sequence("p", vec![select(1), ask])),
        &["a", "b", "c", "d", "e"].map(|id| (id, "bug", 0.6)),
    );
    assert_eq!(run.value(), &json!({ "label": "bug" }));
    let [Record::Winner { probability, .. }] = run.winners.as_slice() else { panic!("{:?}", run.winners) };
    assert!(*probability > 0.62, "together they are surer than each: {probability}");
    assert!((run.confidence() - probability).abs() < 1e-12, "{} is not {probability}", run.confidence());
}

#[test]
fn a_comparison_that_rests_on_something_doubtful_leaves_its_doubt() {
    let by = expression(|e| {
        let body = e.slot(0);
        let by = e.lambda(body);
        let p = e.literal(0.5);
        e.push(prism_ir::Operation::Attach { value: by, confidence: p });
    });
    let sure = [("a", "bug", 0.97), ("b", "bug", 0.97), ("c", "bug", 0.97)];
    let run = run(combining(NodeKind::Pool, |pool| pool.set("options", 3.0).with("by", by)), &sure);
    assert!(run.confidence() < 0.5, "{}", run.confidence());
}

#[test]
fn pools_of_pools_are_reported_as_far_as_there_is_room() {
    // Each pool takes the one before four times: 4^11 answers, all told.
    let mut steps = vec![node(NodeKind::Let, "x0").with("value", asserted()).into_slot(1)];
    for level in 1..=11_u32 {
        let answers = expression(|e| {
            let elements: Vec<u32> = (0..4).map(|_| e.slot(level)).collect();
            e.list(&elements);
        });
        let pool = node(NodeKind::Pool, &format!("x{level}")).with("answers", answers);
        steps.push(pool.into_slot(level + 1));
    }
    steps.push(crate::builder::give_back(slot(12)));
    let run = run(Fixture::new(13, sequence("p", steps)), &[]);
    fn count(reports: &[prism_ports::RootReport]) -> usize {
        reports.iter().map(|report| 1 + count(&report.from)).sum()
    }
    let named = count(&run.report().confidence.as_ref().unwrap().roots);
    assert!((100..10_000).contains(&named), "{named}");
}

fn asserted() -> Expression {
    expression(|e| {
        let value = e.literal("x");
        let p = e.literal(0.9);
        e.push(prism_ir::Operation::Attach { value, confidence: p });
    })
}

#[test]
fn so_few_options_are_none_too_few() {
    let sure = [("a", "bug", 0.9), ("b", "bug", 0.8), ("c", "praise", 0.7)];
    for options in [0.0, 1.0, 2.0, 4_000_000_000.0] {
        for kind in [NodeKind::Pool, NodeKind::Vote] {
            let run = run(combining(kind, |node| node.set("options", options)), &sure);
            let confidence = run.confidence();
            assert!((0.0..=1.0).contains(&confidence), "{kind:?} of {options}: {confidence}");
        }
    }
}
