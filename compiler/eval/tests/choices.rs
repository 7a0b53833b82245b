//! Gates, assertions, bands, conditions, and what a condition does to what is assigned or returned under it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use prism_catalog::FailureCode;
use prism_confidence::{Confidence, Mode, Source};
use prism_eval::{Band, Evaluator, Fuel, Value};
use prism_ir::UncertainBands;
use support::{Code, confidence, environment, json, unsure};

#[test]
fn an_assertion_is_exactly_what_it_says() {
    let mut code = Code::default();
    let (slot, p) = (code.slot(0), code.number(0.75));
    code.attach(slot, p);
    let value = code.run(&[unsure("x", "call", 0.9)]).unwrap();
    assert_eq!(value, "x".into());
    for mode in Mode::ALL {
        assert_eq!(value.confidence().point(mode), 0.75);
    }
    assert_eq!(value.confidence().source(), Source::Asserted);
    let own = value.confidence();
    let (id, root) = own.roots().next().unwrap();
    assert_eq!(id.as_str(), "test/node~2");
    assert_eq!(root.ancestors.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["call"]);
}

#[test]
fn assertions_about_different_elements_are_different() {
    let mut code = Code::default();
    let list = code.slot(0);
    let (x, p) = (code.slot(0), code.number(0.75));
    let asserted = code.attach(x, p);
    let lambda = code.lambda(&[0], &[], 1, asserted);
    code.builtin("map", &[list, lambda]);
    let value = code.run(&[json("[1,2]")]).unwrap();
    let residual = value.residual();
    let ids: Vec<_> = residual.roots().map(|(id, _)| id.as_str().to_owned()).collect();
    assert_eq!(ids, ["test/node:5[0]~3", "test/node:5[1]~3"]);
    assert!(value.is_certain());
}

#[test]
fn assertions_in_different_expressions_of_a_node_are_different() {
    let environment = environment(vec![], &[]);
    let asserted = |part: Option<&str>| {
        let mut code = Code::default();
        let (x, p) = (code.slot(0), code.number(0.75));
        code.attach(x, p);
        let mut fuel = Fuel::default();
        let mut evaluator = Evaluator::new(&environment, "test/node", &mut fuel);
        if let Some(part) = part {
            evaluator = evaluator.within(part);
        }
        let value = evaluator.evaluate(&code.expression(), &mut ["x".into()]).unwrap();
        let own = value.confidence();
        own.roots().map(|(id, _)| id.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(asserted(None), ["test/node~2"]);
    assert_eq!(asserted(Some("target")), ["test/node(target)~2"]);
}

#[test]
fn an_assertion_outside_the_range_is_a_failure() {
    for (p, code_wanted) in [
        (Value::from(1.5), FailureCode::ValueRange),
        ((-0.1).into(), FailureCode::ValueRange),
        ("high".into(), FailureCode::ValueType),
    ] {
        let mut code = Code::default();
        let (one, slot) = (code.number(1.0), code.slot(0));
        code.attach(one, slot);
        assert_eq!(code.run(&[p]).unwrap_err().code(), code_wanted);
    }
}

fn gated(value: Value, threshold: f64, other: Option<Value>) -> Value {
    let mut code = Code::default();
    let (slot, limit) = (code.slot(0), code.number(threshold));
    let otherwise = other.is_some().then(|| code.slot(1));
    code.gate(slot, limit, otherwise);
    code.run(&[value, other.unwrap_or_default()]).unwrap()
}

#[test]
fn a_gate_keeps_the_confidence_or_gives_a_plain_null() {
    let passed = gated(unsure("x", "a", 0.8), 0.8, None);
    assert_eq!((passed.clone(), passed.confidence()), ("x".into(), confidence("a", 0.8)));
    let failed = gated(unsure("x", "a", 0.8), 0.81, None);
    assert!(failed.is_null() && failed.is_certain());
    let other = gated(unsure("x", "a", 0.8), 0.81, Some(unsure("y", "b", 0.6)));
    assert_eq!((other.clone(), other.confidence()), ("y".into(), confidence("b", 0.6)));
    assert_eq!(gated("x".into(), 1.0, None), "x".into());
}

#[test]
fn the_other_value_of_a_gate_is_looked_at_by_need() {
    let mut code = Code::default();
    let (slot, zero) = (code.slot(0), code.number(0.0));
    let fails = code.binary("/", slot, zero);
    let half = code.number(0.5);
    code.gate(slot, half, Some(fails));
    assert_eq!(code.run(&[1.0.into()]).unwrap(), 1.0.into());
}

#[test]
fn gates_look_at_the_lower_bound_in_bounds_mode() {
    let mut environment = environment(vec![], &[]);
    environment.mode = Mode::Bounds;
    let sure = Confidence::calibrated("a", 0.9, 0.7, 0.95, 20.0).unwrap();
    for (threshold, passes) in [(0.7, true), (0.71, false)] {
        let mut code = Code::default();
        let (slot, limit) = (code.slot(0), code.number(threshold));
        code.gate(slot, limit, None);
        let value = code.run_in(&environment, &[Value::from(1.0).with_confidence(sure.clone())]).unwrap();
        assert_eq!(!value.is_null(), passes);
    }
}

#[test]
fn bands_choose_by_confidence_and_add_nothing() {
    let cases = [
        (unsure(false, "a", 0.8), "high"),
        (unsure(true, "a", 0.79), "medium"),
        (unsure(true, "a", 0.49), "low"),
        (0.9.into(), "high"),
        (0.5.into(), "medium"),
        (0.1.into(), "low"),
        (false.into(), "low"),
        (Value::null(), "low"),
        ("certain".into(), "high"),
        (7.0.into(), "high"),
    ];
    for (subject, expected) in cases {
        let mut code = Code::default();
        let slot = code.slot(0);
        let bands = UncertainBands {
            high: Some(code.text("high")),
            medium: Some(code.text("medium")),
            low: Some(code.text("low")),
            default: None,
        };
        code.uncertain(slot, bands);
        let value = code.run(std::slice::from_ref(&subject)).unwrap();
        assert_eq!(value, expected.into(), "{subject}");
        assert!(value.is_certain());
        assert_eq!(Band::of(&subject, 0.8, 0.5, Mode::Frank).name(), expected);
    }
}

#[test]
fn a_missing_band_falls_to_default_and_then_to_null() {
    for (has_default, expected) in [(true, Value::from("rest")), (false, Value::null())] {
        let mut code = Code::default();
        let (slot, rest) = (code.slot(0), code.text("rest"));
        let default = has_default.then_some(rest);
        code.uncertain(slot, UncertainBands { default, ..UncertainBands::default() });
        assert_eq!(code.run(&[unsure(1.0, "a", 0.1)]).unwrap(), expected);
    }
}

#[test]
fn a_branch_is_no_surer_than_its_condition() {
    let mut code = Code::default();
    let (condition, a, b) = (code.slot(0), code.slot(1), code.number(2.0));
    code.conditional(condition, a, b);
    let value = code.run(&[unsure(true, "c", 0.7), unsure(1.0, "a", 0.9)]).unwrap();
    assert_eq!(value, 1.0.into());
    assert_eq!(value.confidence(), confidence("c", 0.7).and(&confidence("a", 0.9)));
}

/// `if condition { x = 1 }; x` with x in slot 1.
fn assigned(condition: bool) -> Value {
    let mut code = Code::default();
    let (test, one) = (code.slot(0), code.number(1.0));
    let (write, nothing) = (code.assign(1, one), code.null());
    let branch = code.conditional(test, write, nothing);
    let read = code.slot(1);
    code.block(&[branch, read]);
    code.run(&[unsure(condition, "c", 0.7), 0.0.into()]).unwrap()
}

#[test]
fn a_variable_is_no_surer_than_the_condition_that_decides_its_value() {
    for (condition, expected) in [(true, 1.0), (false, 0.0)] {
        let value = assigned(condition);
        assert_eq!((value.clone(), value.confidence()), (expected.into(), confidence("c", 0.7)));
    }
}

/// `if condition { return 1 }; 2` or, with `returns`, `return 2`.
fn early(condition: Value, returns: bool) -> Value {
    let mut code = Code::default();
    let (test, one) = (code.slot(0), code.number(1.0));
    let (end, nothing) = (code.give(one), code.null());
    let branch = code.conditional(test, end, nothing);
    let mut two = code.number(2.0);
    if returns {
        two = code.give(two);
    }
    code.block(&[branch, two]);
    code.run(&[condition]).unwrap()
}

#[test]
fn what_follows_an_early_return_is_no_surer_than_its_condition() {
    for returns in [false, true] {
        for (condition, expected) in [(true, 1.0), (false, 2.0)] {
            let value = early(unsure(condition, "c", 0.7), returns);
            assert_eq!((value.clone(), value.confidence()), (expected.into(), confidence("c", 0.7)));
            assert!(early(condition.into(), returns).is_certain());
        }
    }
}

#[test]
fn conditions_end_with_their_branch() {
    let mut code = Code::default();
    let (test, one, two) = (code.slot(0), code.number(1.0), code.number(2.0));
    let branch = code.conditional(test, one, two);
    let after = code.number(3.0);
    code.block(&[branch, after]);
    assert!(code.run(&[unsure(true, "c", 0.7)]).unwrap().is_certain());
}

#[test]
fn nested_conditions_add_up() {
    // if c { if d { return 1 } }; 2 — with c true and d false the rest hangs on d alone.
    let mut code = Code::default();
    let (c, d, one) = (code.slot(0), code.slot(1), code.number(1.0));
    let (end, nothing) = (code.give(one), code.null());
    let inner = code.conditional(d, end, nothing);
    let outer = code.conditional(c, inner, nothing);
    let two = code.number(2.0);
    code.block(&[outer, two]);
    let expression = code.0;
    let run = |c: bool, d: bool| {
        Code(expression.clone()).run(&[unsure(c, "c", 0.7), unsure(d, "d", 0.6)]).unwrap().confidence()
    };
    assert_eq!(run(true, true), confidence("c", 0.7).and(&confidence("d", 0.6)));
    assert_eq!(run(true, false), confidence("d", 0.6));
    assert_eq!(run(false, false), confidence("c", 0.7));
}
