//! Members, lists, records, texts with values in them, `as`, and calls.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_eval::{AgentValue, Value};
use prism_ir::{Entry, Expression, Function, FunctionBody, Operation, Parameter, Type};
use support::{Code, cents, confidence, environment, json, seconds, unsure};

fn member(object: &Value, name: &str) -> Value {
    let mut code = Code::default();
    let slot = code.slot(0);
    code.member(slot, name);
    code.run(std::slice::from_ref(object)).unwrap()
}

fn element(object: &Value, index: Value) -> Value {
    let mut code = Code::default();
    let (object_slot, index_slot) = (code.slot(0), code.slot(1));
    code.index(object_slot, index_slot);
    code.run(&[object.clone(), index]).unwrap()
}

#[test]
fn members_are_there_or_null() {
    let agent = Value::agent(Arc::new(AgentValue {
        id: "a-1".into(),
        name: "Ada".into(),
        capabilities: vec!["x".into()],
        expertise: Some(0.8),
        latency_us: Some(2_000_000),
        ..AgentValue::default()
    }));
    assert_eq!(member(&json(r#"{"a":1}"#), "a"), 1.0.into());
    assert_eq!(member(&json(r#"{"a":1}"#), "b"), Value::null());
    assert_eq!(member(&Value::null(), "b"), Value::null());
    assert_eq!(member(&json("[1,2]"), "length"), 2.0.into());
    assert_eq!(member(&"äö".into(), "length"), 2.0.into());
    assert_eq!(member(&agent, "name"), "Ada".into());
    assert_eq!(member(&agent, "capabilities"), json(r#"["x"]"#));
    assert_eq!(member(&agent, "latency"), seconds(2));
    assert_eq!(member(&agent, "historicalConfidence"), Value::null());
    assert_eq!(element(&json("[1,2]"), 1.0.into()), 2.0.into());
    for outside in [2.0, -1.0, 0.5, 1e300] {
        assert_eq!(element(&json("[1,2]"), outside.into()), Value::null());
    }
    assert_eq!(element(&json(r#"{"a":1,"2":3}"#), "a".into()), 1.0.into());
    assert_eq!(element(&json(r#"{"a":1,"2":3}"#), 2.0.into()), 3.0.into());
    assert_eq!(element(&"äö".into(), 1.0.into()), "ö".into());
}

#[test]
fn a_member_is_its_own_and_its_containers_confidence() {
    let record = Value::record([("a".into(), unsure(1.0, "m", 0.9))].into_iter().collect())
        .with_confidence(confidence("r", 0.8));
    let both = confidence("m", 0.9).and(&confidence("r", 0.8));
    assert_eq!(member(&record, "a").confidence(), both);
    assert_eq!(member(&record, "b").confidence(), confidence("r", 0.8));
    assert_eq!(element(&record, "a".into()).confidence(), both);
    let indexed = element(&record, unsure("a", "i", 0.7));
    assert_eq!(indexed.confidence(), both.and(&confidence("i", 0.7)));
    assert_eq!(record.residual(), both);
}

#[test]
fn an_answer_gives_its_value_and_confidence() {
    let answer = unsure("bug", "m", 0.9);
    assert_eq!(member(&answer, "value"), "bug".into());
    assert_eq!(member(&answer, "value").confidence(), confidence("m", 0.9));
    assert_eq!(member(&answer, "confidence"), 0.9.into());
    assert!(member(&answer, "confidence").is_certain());
    let payload = unsure(json(r#"{"confidence":"mine"}"#), "m", 0.9);
    assert_eq!(member(&payload, "confidence"), "mine".into());
}

#[test]
fn lists_and_records_are_certain_and_keep_their_members() {
    let mut code = Code::default();
    let (a, b) = (code.slot(0), code.slot(1));
    code.list(&[(a, false), (b, true)]);
    let inner = Value::list(vec![unsure(2.0, "m", 0.9)]).with_confidence(confidence("l", 0.8));
    let list = code.run(&[unsure(1.0, "a", 0.7), inner]).unwrap();
    assert_eq!(list, json("[1,2]"));
    assert_eq!(list.confidence(), confidence("l", 0.8));
    let elements = list.as_list().unwrap();
    assert_eq!(elements[0].confidence(), confidence("a", 0.7));
    assert_eq!(elements[1].confidence(), confidence("m", 0.9).and(&confidence("l", 0.8)));

    let mut code = Code::default();
    let (a, b, key) = (code.slot(0), code.slot(1), code.text("k"));
    code.record(vec![
        Entry::Field { key: "x".into(), value: a },
        Entry::Spread { value: b },
        Entry::Computed { key, value: a },
    ]);
    let record = code.run(&[unsure(1.0, "a", 0.7), json(r#"{"y":2,"x":3}"#)]).unwrap();
    assert_eq!(record.to_json().to_string(), r#"{"x":3,"y":2,"k":1}"#);
    assert!(record.is_certain());
    assert_eq!(member(&record, "k").confidence(), confidence("a", 0.7));
    assert!(member(&record, "x").is_certain());
}

#[test]
fn what_cannot_be_spread_or_be_a_key_is_refused() {
    let mut code = Code::default();
    let slot = code.slot(0);
    code.list(&[(slot, true)]);
    assert_eq!(code.run(&[1.0.into()]).unwrap_err().code(), FailureCode::ValueType);
    let mut code = Code::default();
    let slot = code.slot(0);
    code.record(vec![Entry::Spread { value: slot }]);
    assert_eq!(code.run(&["x".into()]).unwrap_err().code(), FailureCode::ValueType);
    let mut code = Code::default();
    let slot = code.slot(0);
    code.record(vec![Entry::Computed { key: slot, value: slot }]);
    assert_eq!(code.run(&[Value::null()]).unwrap_err().code(), FailureCode::ValueType);
}

#[test]
fn interpolation_writes_values_as_people_do() {
    let mut code = Code::default();
    let mut parts = vec![code.text("v=")];
    parts.extend((0..6).map(|slot| code.slot(slot)));
    code.add(Operation::Template { parts });
    let members = Value::list(vec![unsure(1.0, "m", 0.9)]);
    let slots = [seconds(90), cents(5), members, Value::null(), unsure(2.5, "n", 0.8), json(r#"{"a":true}"#)];
    let value = code.run(&slots).unwrap();
    assert_eq!(value, r#"v=1m30s$0.05[1]null2.5{"a":true}"#.into());
    assert_eq!(value.confidence(), confidence("m", 0.9).and(&confidence("n", 0.8)));
}

#[test]
fn a_cast_checks_and_keeps_the_confidence() {
    let cast = |value: &Value, target: Type| {
        let mut code = Code::default();
        let slot = code.slot(0);
        code.cast(slot, target);
        code.run_in(&environment(vec![], &[("Label", Type::String)]), std::slice::from_ref(value))
    };
    let label = Type::Named { name: "Label".into() };
    let value = cast(&unsure("bug", "a", 0.9), label.clone()).unwrap();
    assert_eq!((value.clone(), value.confidence()), ("bug".into(), confidence("a", 0.9)));
    let error = cast(&1.0.into(), label).unwrap_err();
    assert_eq!(error.code(), FailureCode::ContractMismatch);
    assert_eq!(error.to_string(), "`as Label` does not hold: the value should be string, but is 1");
    let list = Type::List { of: Box::new(Type::Duration) };
    assert_eq!(cast(&json("[1500]"), list).unwrap().as_list().unwrap()[0].as_duration(), Some(1_500_000));
    assert_eq!(cast(&0.05.into(), Type::Money).unwrap(), cents(5));
    let agent = Value::agent(Arc::new(AgentValue { contract: Some("C".into()), ..AgentValue::default() }));
    let agents =
        |contract: &str| Type::List { of: Box::new(Type::Agent { contract: Some(contract.into()) }) };
    assert!(cast(&Value::list(vec![agent.clone()]), agents("C")).is_ok());
    assert!(cast(&Value::list(vec![agent]), agents("D")).is_err());
}

fn function(name: &str, parameter: (Type, bool), body: Code) -> Function {
    Function {
        name: name.into(),
        parameters: vec![Parameter {
            name: "x".into(),
            value: parameter.0,
            optional: false,
            declared: parameter.1,
        }],
        result: Type::Any,
        slots: 2,
        body: FunctionBody::Pure(body.expression()),
    }
}

fn constant() -> Code {
    Code(Expression::literal(prism_ir::Literal::Number(1.0)).operations)
}

#[test]
fn a_call_is_no_surer_than_the_arguments_of_parameters_declared_certain() {
    let uncertain = Type::Uncertain { of: Box::new(Type::String) };
    let environment = environment(
        vec![
            function("certain", (Type::String, true), constant()),
            function("untyped", (Type::Any, false), constant()),
            function("uncertain", (uncertain.clone(), true), constant()),
            function("named", (Type::Named { name: "Answer".into() }, true), constant()),
        ],
        &[("Answer", uncertain)],
    );
    for (name, lifts) in [("certain", true), ("untyped", false), ("uncertain", false), ("named", false)] {
        let mut code = Code::default();
        let slot = code.slot(0);
        code.function(name, &[slot]);
        let value = code.run_in(&environment, &[unsure("x", "a", 0.9)]).unwrap();
        assert_eq!(value, 1.0.into());
        assert_eq!(!value.is_certain(), lifts, "{name}");
        if lifts {
            assert_eq!(value.confidence(), confidence("a", 0.9));
        }
        let mut code = Code::default();
        let slot = code.slot(0);
        code.function(name, &[slot]);
        let members = Value::list(vec![unsure("x", "a", 0.9)]);
        let value = code.run_in(&environment, &[members]).unwrap();
        assert_eq!(!value.is_certain(), lifts, "{name} with a doubtful member");
    }
}

#[test]
fn functions_recurse_in_frames_of_their_own() {
    // fn factorial(n) { if n <= 1 { return 1 }; n * factorial(n - 1) }
    let mut body = Code::default();
    let (n, one) = (body.slot(0), body.number(1.0));
    let test = body.binary("<=", n, one);
    let (end, nothing) = (body.give(one), body.null());
    let branch = body.conditional(test, end, nothing);
    let less = body.binary("-", n, one);
    let inner = body.function("factorial", &[less]);
    let product = body.binary("*", n, inner);
    body.block(&[branch, product]);
    let environment = environment(vec![function("factorial", (Type::Number, true), body)], &[]);
    let call = |argument: Value| {
        let mut code = Code::default();
        let slot = code.slot(0);
        code.function("factorial", &[slot]);
        code.run_in(&environment, &[argument]).unwrap()
    };
    assert_eq!(call(10.0.into()), 3_628_800.0.into());
    assert_eq!(call(unsure(10.0, "a", 0.9)).confidence(), confidence("a", 0.9));
}

#[test]
fn closures_take_values_along_and_return_from_themselves() {
    let mut code = Code::default();
    let (x, taken) = (code.slot(0), code.slot(1));
    let sum = code.binary("+", x, taken);
    let end = code.give(sum);
    let unreachable = code.number(0.0);
    let body = code.block(&[end, unreachable]);
    let lambda = code.lambda(&[0], &[(0, 1)], 2, body);
    let five = code.number(5.0);
    let called = code.add(Operation::CallValue { callee: lambda, arguments: vec![five, five] });
    let after = code.slot(0);
    let sum = code.binary("+", called, after);
    code.block(&[sum]);
    let value = code.run(&[unsure(2.0, "a", 0.9)]).unwrap();
    assert_eq!((value.clone(), value.confidence()), (9.0.into(), confidence("a", 0.9)));
}

#[test]
fn a_call_is_no_surer_than_the_function() {
    let mut code = Code::default();
    let (x, condition) = (code.slot(0), code.slot(0));
    let lambda = code.lambda(&[0], &[], 1, x);
    let other = code.lambda(&[0], &[], 1, x);
    let chosen = code.conditional(condition, lambda, other);
    let one = code.number(1.0);
    code.add(Operation::CallValue { callee: chosen, arguments: vec![one] });
    let value = code.run(&[unsure(true, "c", 0.7)]).unwrap();
    assert_eq!((value.clone(), value.confidence()), (1.0.into(), confidence("c", 0.7)));
    let mut code = Code::default();
    let one = code.number(1.0);
    code.add(Operation::CallValue { callee: one, arguments: vec![] });
    assert_eq!(code.run(&[]).unwrap_err().code(), FailureCode::ValueType);
}

#[test]
fn fail_ends_with_the_words_of_the_program() {
    let mut code = Code::default();
    let (message, details) = (code.text("no label"), code.number(3.0));
    code.add(Operation::Fail { message, details: Some(details) });
    let error = code.run(&[]).unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), (FailureCode::PatternFailed, "no label"));
    let prism_eval::EvalError::Fail { details, .. } = error else { panic!("another error") };
    assert_eq!(details.map(|details| *details), Some(3.0.into()));
}
