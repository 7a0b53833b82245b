//! Values by themselves.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use std::sync::Arc;

use prism_confidence::Confidence;
use prism_eval::{AgentValue, Data, Value};
use prism_ir::Type;
use support::{Code, cents, confidence, environment, json, seconds, unsure};

fn agent(id: &str) -> Value {
    Value::agent(Arc::new(AgentValue { id: id.into(), name: "Ada".into(), ..AgentValue::default() }))
}

#[test]
fn json_has_milliseconds_dollars_and_handles() {
    let value = Value::list(vec![seconds(1), cents(5), agent("a-1"), 1.5.into()]);
    assert_eq!(value.to_json().to_string(), r#"[1000,0.05,{"id":"a-1","name":"Ada"},1.5]"#);
    let mut code = Code::default();
    let one = code.number(1.0);
    code.lambda(&[], &[], 0, one);
    let function = code.run(&[]).unwrap();
    assert_eq!(function.to_json(), serde_json::Value::Null);
    assert_eq!(function.to_string(), "<function>");
    assert_eq!(function, function.clone());
}

#[test]
fn equality_is_structural_and_blind_to_confidence() {
    assert_eq!(unsure(1.0, "a", 0.5), 1.0.into());
    assert_eq!(json(r#"{"a":1,"b":2}"#), json(r#"{"b":2,"a":1}"#));
    assert_ne!(json("[1,2]"), json("[2,1]"));
    assert_ne!(seconds(1), Value::from(1_000.0));
    assert_ne!(Value::null(), false.into());
    assert_eq!(agent("a-1"), agent("a-1"));
    assert_ne!(agent("a-1"), agent("a-2"));
}

#[test]
fn truthiness_is_javascripts() {
    for value in [Value::null(), false.into(), 0.0.into(), (-0.0).into(), "".into(), seconds(0), cents(0)] {
        assert!(!value.is_truthy(), "{value}");
    }
    for value in [true.into(), (-1.0).into(), "0".into(), seconds(1), json("[]"), json("{}"), agent("a")] {
        assert!(value.is_truthy(), "{value}");
    }
}

#[test]
fn a_certain_confidence_is_no_confidence() {
    assert!(Value::from(1.0).with_confidence(Confidence::certain()).is_certain());
    assert!(unsure(1.0, "a", 0.5).with_confidence(Confidence::certain()).is_certain());
    let value = unsure(1.0, "a", 0.9).and_confidence(&Confidence::certain());
    assert_eq!(value.confidence(), confidence("a", 0.9));
    assert!(value.without_confidence().is_certain());
}

#[test]
fn the_residual_reaches_into_members() {
    let inner = Value::list(vec![unsure(1.0, "a", 0.9)]).with_confidence(confidence("b", 0.8));
    let record = Value::record([("x".into(), inner), ("y".into(), 2.0.into())].into_iter().collect())
        .with_confidence(confidence("c", 0.7));
    let all = confidence("a", 0.9).and(&confidence("b", 0.8)).and(&confidence("c", 0.7));
    assert_eq!(record.residual(), all);
    assert_eq!(record.confidence(), confidence("c", 0.7));
    assert!(json(r#"{"a":[1]}"#).residual().is_certain());
}

#[test]
fn keys_unite_what_people_would() {
    assert_eq!(Value::from("  Bug\n").canonical_key(), Value::from("bug").canonical_key());
    assert_eq!(json(r#"{"a":1,"b":"X"}"#).canonical_key(), json(r#"{"b":"x ","a":1}"#).canonical_key());
    assert_ne!(Value::from(1.0).canonical_key(), Value::from("1").canonical_key());
    assert_eq!(seconds(1).canonical_key(), Value::from(1_000.0).canonical_key());
    assert_ne!(json("[1,2]").canonical_key(), json("[2,1]").canonical_key());
    assert_eq!(unsure("a", "r", 0.5).canonical_key(), Value::from("a").canonical_key());
}

#[test]
fn sizes_and_depths_count_what_is_reached() {
    assert_eq!((Value::from(1.0).size(), Value::from(1.0).depth()), (8, 0));
    assert_eq!(json("[[1]]").depth(), 2);
    let text = Value::from("x".repeat(1_000));
    let twice = Value::list(vec![text.clone(), text.clone()]);
    assert_eq!(twice.size(), 2 * text.size() + 16);
}

#[test]
fn numbers_that_are_not_finite_are_no_values() {
    assert!(Value::from(f64::NAN).is_null());
    assert!(Value::from(f64::INFINITY).is_null());
}

#[test]
fn types_say_which_numbers_are_durations_and_money() {
    let environment = environment(vec![], &[("Wait", Type::Duration)]);
    let types = environment.types();
    let field = |name: &str, value: Type| prism_ir::TypeField { name: name.into(), value, optional: false };
    let target = Type::Record {
        fields: vec![
            field("wait", Type::Named { name: "Wait".into() }),
            field("cost", Type::Uncertain { of: Box::new(Type::Money) }),
            field("either", Type::Union { of: vec![Type::Null, Type::Duration] }),
            field("count", Type::Number),
        ],
        open: false,
    };
    let value = json(r#"{"wait":1500,"cost":0.05,"either":2,"count":3}"#);
    let record = value.adapted(&target, types);
    let member = |name: &str| record.as_record().unwrap().get(name).unwrap().clone();
    assert_eq!(member("wait"), Value::new(Data::Duration(1_500_000)));
    assert_eq!(member("cost"), cents(5));
    assert_eq!(member("either"), Value::new(Data::Duration(2_000)));
    assert_eq!(member("count"), 3.0.into());
    assert_eq!(record.to_json(), value.to_json());
    let unsure = unsure(1_500.0, "a", 0.9).adapted(&Type::Duration, types);
    assert_eq!((unsure.as_duration(), unsure.confidence()), (Some(1_500_000), confidence("a", 0.9)));
    assert_eq!(json(r#""x""#).adapted(&Type::Duration, types), "x".into());
    assert!(value.conforms(&target, types).is_ok());
}

#[test]
fn what_is_settled_as_a_whole_has_certain_members() {
    let inner = Value::list(vec![unsure(1.0, "a", 0.7), 2.0.into()]);
    let settled = inner.clone().settled(confidence("pool", 0.9));
    assert_eq!(settled, inner);
    assert_eq!(settled.residual(), confidence("pool", 0.9));
    assert!(settled.as_list().unwrap()[0].is_certain());
    assert_eq!(unsure("x", "a", 0.7).settled(confidence("pool", 0.9)).confidence(), confidence("pool", 0.9));
}
