//! What the operators do to payloads, and to confidences.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use prism_catalog::{BinaryOperator, FailureCode};
use prism_confidence::Confidence;
use prism_eval::Value;
use support::{Code, binary, cents, confidence, json, seconds, unsure};

#[test]
fn operators_compute_what_their_rows_say() {
    let cases: Vec<(&str, Value, Value, Value)> = vec![
        ("+", 1.0.into(), 2.0.into(), 3.0.into()),
        ("+", "a".into(), 1.5.into(), "a1.5".into()),
        ("+", true.into(), "!".into(), "true!".into()),
        ("+", "r=".into(), json(r#"{"a":[1]}"#), r#"r={"a":[1]}"#.into()),
        ("+", "in ".into(), seconds(90), "in 1m30s".into()),
        ("+", "for ".into(), cents(5), "for $0.05".into()),
        ("+", seconds(1), seconds(2), seconds(3)),
        ("+", cents(1), cents(2), cents(3)),
        ("-", 1.0.into(), 2.0.into(), (-1.0).into()),
        ("-", seconds(3), seconds(2), seconds(1)),
        ("-", cents(3), cents(5), cents(-2)),
        ("*", 3.0.into(), 2.0.into(), 6.0.into()),
        ("*", seconds(2), 1.5.into(), seconds(3)),
        ("*", 2.0.into(), cents(4), cents(8)),
        ("/", 3.0.into(), 2.0.into(), 1.5.into()),
        ("/", seconds(3), seconds(2), 1.5.into()),
        ("/", seconds(3), 3.0.into(), seconds(1)),
        ("/", cents(6), cents(3), 2.0.into()),
        ("%", (-7.0).into(), 3.0.into(), (-1.0).into()),
        ("%", seconds(7), seconds(4), seconds(3)),
        ("**", 2.0.into(), 10.0.into(), 1024.0.into()),
        ("==", 1.0.into(), "1".into(), false.into()),
        ("==", json(r#"{"a":1,"b":[2]}"#), json(r#"{"b":[2],"a":1}"#), true.into()),
        ("===", "a".into(), "a".into(), true.into()),
        ("!=", Value::null(), 0.0.into(), true.into()),
        ("!==", seconds(1), cents(1), true.into()),
        ("<", 1.0.into(), 2.0.into(), true.into()),
        ("<=", "b".into(), "a".into(), false.into()),
        (">", seconds(2), seconds(1), true.into()),
        (">=", cents(1), cents(1), true.into()),
        ("in", 2.0.into(), json("[1,2]"), true.into()),
        ("in", "b".into(), json(r#"{"a":1}"#), false.into()),
        ("in", "ell".into(), "hello".into(), true.into()),
        ("&&", 0.0.into(), 1.0.into(), 0.0.into()),
        ("&&", 1.0.into(), "".into(), "".into()),
        ("||", "".into(), "b".into(), "b".into()),
        ("||", json("[]"), "b".into(), json("[]")),
        ("??", Value::null(), 2.0.into(), 2.0.into()),
        ("??", false.into(), 2.0.into(), false.into()),
    ];
    for (operator, left, right, expected) in &cases {
        let value = binary(operator, left, right).unwrap();
        assert_eq!(value, *expected, "{left} {operator} {right}");
        assert!(value.residual().is_certain(), "{left} {operator} {right}");
    }
    for operator in BinaryOperator::ALL {
        assert!(cases.iter().any(|case| case.0 == operator.name()), "{operator} is not tested");
    }
}

#[test]
fn operators_fail_with_the_facts() {
    let huge = Value::new(prism_eval::Data::Duration(i64::MAX));
    let cases: Vec<(&str, Value, Value, FailureCode, &str)> = vec![
        ("/", 1.0.into(), 0.0.into(), FailureCode::ValueDivisionByZero, "`/` divides 1 by zero"),
        ("%", seconds(1), seconds(0), FailureCode::ValueDivisionByZero, "`%` divides 1s by zero"),
        ("/", cents(5), 0.0.into(), FailureCode::ValueDivisionByZero, "`/` divides $0.05 by zero"),
        ("*", 1e300.into(), 1e300.into(), FailureCode::ValueNotFinite, "`*` of a number (1e+300)"),
        ("**", (-1.0).into(), 0.5.into(), FailureCode::ValueNotFinite, "is not a finite number"),
        ("+", huge.clone(), seconds(1), FailureCode::ValueRange, "the duration that `+` gives"),
        ("*", huge, 2.0.into(), FailureCode::ValueRange, "the duration that `*` gives"),
        ("-", "a".into(), 1.0.into(), FailureCode::ValueType, "got a string \"a\" and a number (1)"),
        ("+", seconds(1), 1.0.into(), FailureCode::ValueType, "got a duration (1s) and a number (1)"),
        ("<", 1.0.into(), "2".into(), FailureCode::ValueType, "`<` wants two numbers, two strings"),
        ("<", Value::null(), 1.0.into(), FailureCode::ValueType, "but got null"),
        ("in", 1.0.into(), "abc".into(), FailureCode::ValueType, "`in` wants"),
        ("no", 1.0.into(), 1.0.into(), FailureCode::IrInvalid, "no operator `no`"),
    ];
    for (operator, left, right, code, part) in cases {
        let error = binary(operator, &left, &right).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn data_operators_are_no_surer_than_both_operands() {
    let both = confidence("a", 0.9).and(&confidence("b", 0.8));
    for operator in ["+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">="] {
        let value = binary(operator, &unsure(3.0, "a", 0.9), &unsure(2.0, "b", 0.8)).unwrap();
        assert_eq!(value.confidence(), both, "{operator}");
    }
    let list = Value::list(vec![unsure(1.0, "a", 0.9), unsure(2.0, "b", 0.8)]);
    assert_eq!(binary("in", &1.0.into(), &list).unwrap().confidence(), both);
    assert_eq!(binary("+", &"".into(), &list).unwrap().confidence(), both);
    assert_eq!(binary("==", &json("[1,2]"), &list).unwrap().confidence(), both);
}

#[test]
fn names_of_a_record_do_not_depend_on_its_members() {
    let record = Value::record([("a".into(), unsure(1.0, "a", 0.9))].into_iter().collect());
    assert!(binary("in", &"a".into(), &record).unwrap().is_certain());
    let record = record.with_confidence(confidence("r", 0.7));
    assert_eq!(binary("in", &"a".into(), &record).unwrap().confidence(), confidence("r", 0.7));
}

#[test]
fn lazy_operators_count_what_was_looked_at() {
    let (a, b) = (confidence("a", 0.9), confidence("b", 0.8));
    let both = a.and(&b);
    let cases: Vec<(&str, Value, Value, Confidence)> = vec![
        ("&&", unsure(false, "a", 0.9), unsure(true, "b", 0.8), a.clone()),
        ("&&", unsure(true, "a", 0.9), unsure(true, "b", 0.8), both.clone()),
        ("||", unsure(true, "a", 0.9), unsure(true, "b", 0.8), a.clone()),
        ("||", unsure(false, "a", 0.9), unsure(true, "b", 0.8), both.clone()),
        ("??", unsure(1.0, "a", 0.9), unsure(true, "b", 0.8), a),
        ("??", Value::null(), unsure(true, "b", 0.8), b),
        // An uncertain null is an answer of type ~(T?).
        ("??", unsure(Value::null(), "a", 0.9), unsure(true, "b", 0.8), both),
    ];
    for (operator, left, right, expected) in cases {
        let value = binary(operator, &left, &right).unwrap();
        assert_eq!(value.confidence(), expected, "{left} {operator} {right}");
    }
}

#[test]
fn lazy_operators_leave_the_right_side_alone() {
    for (operator, left) in [("&&", Value::from(false)), ("||", true.into()), ("??", 0.0.into())] {
        let mut code = Code::default();
        let (left_index, one, zero) = (code.slot(0), code.number(1.0), code.number(0.0));
        let fails = code.binary("/", one, zero);
        code.binary(operator, left_index, fails);
        assert_eq!(code.run(std::slice::from_ref(&left)).unwrap(), left);
    }
}

#[test]
fn prefix_operators() {
    let unary = |operator: &str, value: &Value| {
        let mut code = Code::default();
        let slot = code.slot(0);
        code.unary(operator, slot);
        code.run(std::slice::from_ref(value))
    };
    let cases: Vec<(&str, Value, Value)> = vec![
        ("!", "".into(), true.into()),
        ("!", json("{}"), false.into()),
        ("-", 2.0.into(), (-2.0).into()),
        ("-", seconds(2), seconds(-2)),
        ("-", cents(2), cents(-2)),
        ("+", 2.0.into(), 2.0.into()),
    ];
    for (operator, value, expected) in cases {
        assert_eq!(unary(operator, &value).unwrap(), expected, "{operator}{value}");
        let unsure = value.with_confidence(confidence("a", 0.7));
        assert_eq!(unary(operator, &unsure).unwrap().confidence(), confidence("a", 0.7), "{operator}");
    }
    let stated = unary("<~", &unsure("x", "a", 0.7)).unwrap();
    assert_eq!(stated, 0.7.into());
    assert!(stated.is_certain());
    assert_eq!(unary("<~", &"x".into()).unwrap(), 1.0.into());
    assert_eq!(unary("-", &"x".into()).unwrap_err().code(), FailureCode::ValueType);
    assert_eq!(unary("+", &"1".into()).unwrap_err().code(), FailureCode::ValueType);
}

#[test]
fn asking_for_null_gives_a_plain_boolean() {
    for (operator, expected) in [("==", false), ("!=", true)] {
        let mut code = Code::default();
        let (slot, null) = (code.slot(0), code.null());
        code.binary(operator, slot, null);
        let value = code.run(&[unsure("x", "a", 0.7)]).unwrap();
        assert_eq!(value, expected.into());
        assert!(value.is_certain());
    }
}
