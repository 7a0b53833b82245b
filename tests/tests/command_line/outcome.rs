//! How runs end, and what is written where.

use crate::workspace::{ONE, Workspace};

#[track_caller]
fn run(text: &str) -> crate::process::Ended {
    Workspace::new().file("p.prism", text).run(&["run", "p.prism"])
}

#[test]
fn the_result_is_json_on_standard_output_and_all_else_on_standard_error() {
    let ran = run("pattern p { output { answer: int }\n return { answer: 6 * 7 } }\n");
    let result = ran.succeeds().json();
    assert_eq!(result["value"], serde_json::json!({ "answer": 42 }));
    assert_eq!((&result["pattern"], &result["status"]), (&"p".into(), &"completed".into()));
    assert_eq!((&result["calls"], &result["cost_nanodollars"]), (&0.into(), &0.into()));
    assert_eq!(result["confidence"]["point"], 1.0);
    ran.says("running p").says("p completed in").says("certain: it rests on no agent's answer");
}

#[test]
fn a_pattern_that_fails() {
    let ran = run("pattern p { fail(\"out of ideas\", { tried: 3 }) }\n");
    let failure = &ran.fails(1, "pattern/failed").says("out of ideas").json()["failure"];
    assert_eq!((&failure["message"], &failure["details"]["tried"]), (&"out of ideas".into(), &3.into()));
}

#[test]
fn a_value_that_cannot_be_computed() {
    let ran = run("pattern p { let zero = [0].sum()\n return 1 / zero }\n");
    ran.fails(1, "value/division-by-zero");
}

#[test]
fn a_promise_that_is_not_met() {
    let ran = run("pattern p { output ~string\n confidence >= 0.8\n return \"bug\" ~> 0.5 }\n");
    let result = ran.fails(6, "confidence/below-promise").says("0.8").says("0.500").json();
    assert_eq!((&result["status"], &result["value"]), (&"failed".into(), &"bug".into()));
}

/// `one` with a budget, asking twice.
fn twice(budget: &str) -> Workspace {
    let text = ONE
        .replace("  output ~", &format!("  budget {{ {budget} }}\n  output ~"))
        .replace("  return ", "  let _first = agent.classify(\"first\")\n  return ");
    assert!(text.contains("budget") && text.contains("let _first"), "{text}");
    Workspace::new().file("one.prism", text).agents(&[("rules", &["rules-agent"])])
}

#[test]
fn a_budget_of_calls_that_is_used_up() {
    let ran = twice("calls: 1").run_one(&[]);
    let result = ran.fails(1, "budget/calls").json();
    assert_eq!((&result["failure"]["code"], &result["calls"]), (&"budget/calls".into(), &1.into()));
}

#[test]
fn a_budget_of_money_that_is_used_up() {
    let ran = twice("cost: $0.003").run_one(&[]);
    let result = ran.fails(1, "budget/cost").json();
    assert_eq!((&result["calls"], &result["cost_nanodollars"]), (&1.into(), &2_000_000.into()));
}

#[test]
fn a_budget_that_is_enough() {
    let ran = twice("calls: 2, cost: $0.004").run_one(&[]);
    let result = ran.succeeds().json();
    assert_eq!((&result["calls"], &result["cost_nanodollars"]), (&2.into(), &4_000_000.into()));
}
