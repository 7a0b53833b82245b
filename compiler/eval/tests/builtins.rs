//! The pure functions of the standard library, row by row.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use std::collections::HashSet;

use prism_catalog::{BuiltinId, FailureCode};
use prism_confidence::Confidence;
use prism_eval::Value;
use support::{Code, builtin, cents, confidence, json, seconds, unsure};

/// A function value of one parameter in slot 0, and a second for what comes after it.
fn function(build: impl Fn(&mut Code) -> u32) -> Value {
    let mut code = Code::default();
    let body = build(&mut code);
    code.lambda(&[0, 1, 2], &[], 3, body);
    code.run(&[]).unwrap()
}

fn above_one() -> Value {
    function(|code| {
        let (x, one) = (code.slot(0), code.number(1.0));
        code.binary(">", x, one)
    })
}

fn sum_of_two() -> Value {
    function(|code| {
        let (a, b) = (code.slot(0), code.slot(1));
        code.binary("+", a, b)
    })
}

#[test]
fn every_row_computes_what_it_says() {
    let list = || json("[1,2,3]");
    let words = || json(r#"["a","b","a"]"#);
    let record = || json(r#"{"b":1,"a":2}"#);
    let cases: Vec<(&str, Vec<Value>, Value)> = vec![
        ("length", vec![list()], 3.0.into()),
        ("length", vec!["äö".into()], 2.0.into()),
        ("map", vec![list(), sum_of_two()], json("[1,3,5]")),
        ("filter", vec![list(), above_one()], json("[2,3]")),
        ("reduce", vec![list(), sum_of_two(), 10.0.into()], 16.0.into()),
        ("reduce", vec![list(), sum_of_two()], 6.0.into()),
        ("reduce", vec![json("[]"), sum_of_two()], Value::null()),
        ("find", vec![list(), above_one()], 2.0.into()),
        ("find", vec![json("[0]"), above_one()], Value::null()),
        ("some", vec![list(), above_one()], true.into()),
        ("every", vec![list(), above_one()], false.into()),
        ("every", vec![json("[]"), above_one()], true.into()),
        ("includes", vec![list(), 2.0.into()], true.into()),
        ("includes", vec!["hello".into(), "ell".into()], true.into()),
        ("slice", vec![list(), 1.0.into()], json("[2,3]")),
        ("slice", vec![list(), (-2.0).into(), (-1.0).into()], json("[2]")),
        ("slice", vec![list(), 2.0.into(), 1.0.into()], json("[]")),
        ("slice", vec!["häße".into(), 1.0.into(), 3.0.into()], "äß".into()),
        ("concat", vec![list(), json("[4]"), 5.0.into()], json("[1,2,3,4,5]")),
        ("concat", vec!["a".into(), 1.0.into()], "a1".into()),
        ("join", vec![words(), "-".into()], "a-b-a".into()),
        ("join", vec![json(r#"[1,null,"x"]"#)], "1,,x".into()),
        ("first", vec![list()], 1.0.into()),
        ("first", vec![json("[]")], Value::null()),
        ("last", vec![list()], 3.0.into()),
        ("last", vec!["ab".into()], "b".into()),
        ("sum", vec![list()], 6.0.into()),
        ("sum", vec![json("[]")], 0.0.into()),
        ("sum", vec![Value::list(vec![cents(1), cents(2)])], cents(3)),
        ("mean", vec![list()], 2.0.into()),
        ("mean", vec![json("[]")], Value::null()),
        ("mean", vec![Value::list(vec![seconds(1), seconds(3)])], seconds(2)),
        ("min", vec![list()], 1.0.into()),
        ("min", vec![json("[]")], Value::null()),
        ("max", vec![list()], 3.0.into()),
        ("max", vec![2.0.into(), 5.0.into()], 5.0.into()),
        ("unique", vec![words()], json(r#"["a","b"]"#)),
        ("unique", vec![json(r#"[1,"1",1,{"a":1,"b":2},{"b":2,"a":1}]"#)], json(r#"[1,"1",{"a":1,"b":2}]"#)),
        ("reverse", vec![list()], json("[3,2,1]")),
        ("push", vec![list(), 4.0.into()], json("[1,2,3,4]")),
        ("trim", vec!["  a b\n".into()], "a b".into()),
        ("lower", vec!["ÄB".into()], "äb".into()),
        ("toUpperCase", vec!["äß".into()], "ÄSS".into()),
        ("upper", vec!["a".into()], "A".into()),
        ("startsWith", vec!["abc".into(), "ab".into()], true.into()),
        ("endsWith", vec!["abc".into(), "ab".into()], false.into()),
        ("split", vec!["a,b,".into(), ",".into()], json(r#"["a","b",""]"#)),
        ("split", vec!["äb".into(), "".into()], json(r#"["ä","b"]"#)),
        ("split", vec!["a b".into()], json(r#"["a b"]"#)),
        ("replace", vec!["aba".into(), "a".into(), "x".into()], "xba".into()),
        ("keys", vec![record()], json(r#"["b","a"]"#)),
        ("values", vec![record()], json("[1,2]")),
        ("has", vec![record(), "a".into()], true.into()),
        ("has", vec![record(), "c".into()], false.into()),
        ("round", vec![2.5.into()], 3.0.into()),
        ("round", vec![(-1.005).into(), 2.0.into()], (-1.01).into()),
        ("clamp", vec![5.0.into(), 0.0.into(), 3.0.into()], 3.0.into()),
        ("clamp", vec![seconds(1), seconds(2), seconds(3)], seconds(2)),
        ("String", vec![json(r#"{"a":1}"#)], r#"{"a":1}"#.into()),
        ("Number", vec![" 1.5 ".into()], 1.5.into()),
        ("Number", vec!["x".into()], Value::null()),
    ];
    for (name, arguments, expected) in &cases {
        let value = builtin(name, arguments).unwrap();
        assert_eq!(value, *expected, "{name} of {}", Value::list(arguments.clone()));
        assert!(value.residual().is_certain(), "{name}");
    }
    let tested: HashSet<_> = cases.iter().filter_map(|case| BuiltinId::from_spelling(case.0)).collect();
    for row in BuiltinId::ALL {
        assert!(tested.contains(row), "{row} is not tested");
    }
}

#[test]
fn every_row_refuses_what_it_cannot_work_on() {
    for row in BuiltinId::ALL {
        if matches!(row, BuiltinId::String | BuiltinId::Number) {
            continue;
        }
        for arguments in [vec![], vec![Value::null()], vec![true.into(), json("[]")]] {
            let error = builtin(row.name(), &arguments).unwrap_err();
            assert_eq!(error.code(), FailureCode::ValueType, "{row}: {error}");
            assert!(error.to_string().starts_with(&format!("`{row}` ")), "{row}: {error}");
        }
    }
    let not_a_function = builtin("map", &[json("[1]"), 1.0.into()]).unwrap_err();
    assert_eq!(not_a_function.to_string(), "`map` wants a function, but got a number (1)");
    assert_eq!(builtin("missing", &[]).unwrap_err().code(), FailureCode::IrInvalid);
    let crossed = builtin("clamp", &[1.0.into(), 3.0.into(), 2.0.into()]).unwrap_err();
    assert_eq!(crossed.code(), FailureCode::ValueRange);
}

/// Two elements with confidences of their own, in a list with one of its own.
fn unsure_list() -> Value {
    Value::list(vec![unsure(1.0, "a", 0.9), unsure(2.0, "b", 0.8)]).with_confidence(confidence("l", 0.7))
}

fn all(ids: &[(&str, f64)]) -> Confidence {
    ids.iter().fold(Confidence::certain(), |all, (id, p)| all.and(&confidence(id, *p)))
}

#[test]
fn results_are_no_surer_than_what_was_looked_at() {
    let (a, b, l) = (("a", 0.9), ("b", 0.8), ("l", 0.7));
    let cases: Vec<(&str, Vec<Value>, Confidence)> = vec![
        ("length", vec![unsure_list()], all(&[l])),
        ("first", vec![unsure_list()], all(&[a, l])),
        ("last", vec![unsure_list()], all(&[b, l])),
        ("sum", vec![unsure_list()], all(&[a, b, l])),
        ("mean", vec![unsure_list()], all(&[a, b, l])),
        ("min", vec![unsure_list()], all(&[a, b, l])),
        ("max", vec![unsure_list()], all(&[a, b, l])),
        ("join", vec![unsure_list()], all(&[a, b, l])),
        ("includes", vec![unsure_list(), 1.0.into()], all(&[a, l])),
        ("includes", vec![unsure_list(), 3.0.into()], all(&[a, b, l])),
        ("map", vec![unsure_list(), above_one()], all(&[l])),
        ("filter", vec![unsure_list(), above_one()], all(&[a, b, l])),
        ("find", vec![unsure_list(), above_one()], all(&[a, b, l])),
        ("some", vec![unsure_list(), above_one()], all(&[a, b, l])),
        ("every", vec![unsure_list(), above_one()], all(&[a, l])),
        ("reduce", vec![unsure_list(), sum_of_two()], all(&[a, b, l])),
        ("reverse", vec![unsure_list()], all(&[l])),
        ("slice", vec![unsure_list(), unsure(1.0, "i", 0.6)], all(&[l, ("i", 0.6)])),
        ("push", vec![unsure_list(), unsure(3.0, "c", 0.5)], all(&[l])),
        ("concat", vec![unsure_list(), unsure(json("[]"), "c", 0.5)], all(&[l, ("c", 0.5)])),
        ("unique", vec![unsure_list()], all(&[a, b, l])),
        ("trim", vec![unsure("x", "a", 0.9)], all(&[a])),
        ("split", vec![unsure("x", "a", 0.9), unsure(",", "b", 0.8)], all(&[a, b])),
        ("replace", vec![unsure("x", "a", 0.9), unsure("x", "b", 0.8), "y".into()], all(&[a, b])),
        ("round", vec![unsure(1.5, "a", 0.9)], all(&[a])),
        ("clamp", vec![unsure(1.0, "a", 0.9), 0.0.into(), unsure(2.0, "b", 0.8)], all(&[a, b])),
        ("String", vec![unsure_list()], all(&[a, b, l])),
        ("Number", vec![unsure("1", "a", 0.9)], all(&[a])),
    ];
    for (name, arguments, expected) in cases {
        assert_eq!(builtin(name, &arguments).unwrap().confidence(), expected, "{name}");
    }
}

#[test]
fn elements_that_are_passed_on_keep_their_confidence() {
    for name in ["reverse", "slice"] {
        let value = builtin(name, &[unsure_list()]).unwrap();
        for element in value.as_list().unwrap() {
            let id = if *element == 1.0.into() { ("a", 0.9) } else { ("b", 0.8) };
            assert_eq!(element.confidence(), all(&[id, ("l", 0.7)]), "{name}");
        }
    }
    let record = Value::record([("x".into(), unsure(1.0, "a", 0.9))].into_iter().collect());
    assert!(builtin("keys", std::slice::from_ref(&record)).unwrap().residual().is_certain());
    assert!(builtin("has", &[record.clone(), "x".into()]).unwrap().is_certain());
    let values = builtin("values", &[record]).unwrap();
    assert_eq!(values.as_list().unwrap()[0].confidence(), confidence("a", 0.9));
}
