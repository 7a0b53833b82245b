//! Nothing runs for ever, grows for ever or nests for ever.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use prism_catalog::FailureCode;
use prism_eval::{Environment, EvalError, Evaluator, Fuel, Limits, Value};
use prism_ir::{Function, FunctionBody, Operation, Parameter, Type};
use support::{Code, environment, json};

fn function(name: &str, slots: u32, body: Code) -> Function {
    Function {
        name: name.into(),
        parameters: vec![Parameter { name: "x".into(), value: Type::Any, optional: false, declared: false }],
        result: Type::Any,
        slots,
        body: FunctionBody::Pure(body.expression()),
    }
}

/// `fn endless(x) { endless(<step>(x)) }`.
fn endless(slots: u32, step: impl Fn(&mut Code, u32) -> u32) -> Environment {
    let mut body = Code::default();
    let x = body.slot(0);
    let next = step(&mut body, x);
    body.function("endless", &[next]);
    environment(vec![function("endless", slots, body)], &[])
}

fn run(environment: &Environment, argument: Value, steps: u64) -> EvalError {
    let mut code = Code::default();
    let slot = code.slot(0);
    code.function("endless", &[slot]);
    let mut fuel = Fuel::new(steps);
    let mut frame = [argument];
    Evaluator::new(environment, "test", &mut fuel).evaluate(&code.expression(), &mut frame).unwrap_err()
}

#[test]
fn an_endless_recursion_ends_by_depth_or_by_fuel() {
    let environment = endless(1, |_, x| x);
    let deep = run(&environment, 1.0.into(), Fuel::DEFAULT_STEPS);
    assert_eq!(deep.code(), FailureCode::ValueDepth);
    assert_eq!(deep.to_string(), "calls are nested more than 8000 deep");
    let long = run(&environment, 1.0.into(), 500);
    assert_eq!(long.code(), FailureCode::ValueFuel);
    assert!(long.to_string().contains("more than 500 steps"));
}

#[test]
fn deep_recursion_fits_on_a_small_stack() {
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    let handle = thread.spawn(|| run(&endless(1, |_, x| x), 1.0.into(), Fuel::DEFAULT_STEPS).code()).unwrap();
    assert_eq!(handle.join().unwrap(), FailureCode::ValueDepth);
}

#[test]
fn the_deepest_expression_that_loads_is_evaluated() {
    let mut code = Code::default();
    let mut last = code.number(0.0);
    let one = code.number(1.0);
    for _ in 0..1_000 {
        last = code.binary("+", last, one);
    }
    assert_eq!(code.run(&[]).unwrap(), 1_000.0.into());
}

#[test]
fn values_do_not_grow_for_ever() {
    let doubled = endless(1, |code, x| code.binary("+", x, x));
    assert_eq!(run(&doubled, "abc".into(), Fuel::DEFAULT_STEPS).code(), FailureCode::ValueSize);
    let shared = endless(1, |code, x| code.list(&[(x, false), (x, false)]));
    assert_eq!(run(&shared, "abc".into(), Fuel::DEFAULT_STEPS).code(), FailureCode::ValueSize);
    let spread = endless(1, |code, x| code.list(&[(x, true), (x, true)]));
    assert_eq!(run(&spread, json("[1]"), Fuel::DEFAULT_STEPS).code(), FailureCode::ValueSize);
    let nested = endless(1, |code, x| code.list(&[(x, false)]));
    let error = run(&nested, 1.0.into(), Fuel::DEFAULT_STEPS);
    assert_eq!(error.to_string(), "lists, records and functions are nested more than 120 deep");
    let captured = endless(1, |code, x| code.lambda(&[], &[(0, 0)], 1, x));
    assert_eq!(run(&captured, 1.0.into(), Fuel::DEFAULT_STEPS).code(), FailureCode::ValueDepth);
}

#[test]
fn frames_do_not_fill_the_memory() {
    let wide = endless(60_000, |_, x| x);
    assert_eq!(run(&wide, 1.0.into(), Fuel::DEFAULT_STEPS).code(), FailureCode::ValueSize);
}

#[test]
fn fuel_is_shared_and_counts() {
    let environment = environment(vec![], &[]);
    let mut fuel = Fuel::new(5);
    let mut evaluator = Evaluator::new(&environment, "test", &mut fuel);
    let sum = || {
        let mut code = Code::default();
        let (a, b) = (code.number(1.0), code.number(2.0));
        code.binary("+", a, b);
        code.expression()
    };
    assert!(evaluator.evaluate(&sum(), &mut []).is_ok());
    assert_eq!(evaluator.evaluate(&sum(), &mut []), Err(EvalError::Fuel { limit: 5 }));
    assert_eq!((fuel.left(), fuel.used()), (0, 5));
}

#[test]
fn limits_can_be_lowered() {
    let mut environment = environment(vec![], &[]);
    environment.limits = Limits { elements: 2, text_bytes: 4, ..Limits::default() };
    let mut code = Code::default();
    let one = code.number(1.0);
    code.list(&[(one, false), (one, false), (one, false)]);
    assert_eq!(
        code.run_in(&environment, &[]).unwrap_err().to_string(),
        "a list or record grew over 2 members"
    );
    let mut code = Code::default();
    let (a, b) = (code.text("abc"), code.text("de"));
    code.binary("+", a, b);
    assert_eq!(code.run_in(&environment, &[]).unwrap_err().to_string(), "a text grew over 4 bytes");
    let mut code = Code::default();
    let (a, b) = (code.text("a,b,c"), code.text(","));
    code.builtin("split", &[a, b]);
    assert_eq!(code.run_in(&environment, &[]).unwrap_err().code(), FailureCode::ValueSize);
}

#[test]
fn an_evaluator_goes_on_after_a_failure() {
    let environment = endless(1, |_, x| x);
    let mut fuel = Fuel::default();
    let mut evaluator = Evaluator::new(&environment, "test", &mut fuel);
    let mut code = Code::default();
    let one = code.number(1.0);
    code.function("endless", &[one]);
    let expression = code.expression();
    for _ in 0..2 {
        assert_eq!(evaluator.evaluate(&expression, &mut []).unwrap_err().code(), FailureCode::ValueDepth);
    }
    let mut code = Code::default();
    code.number(7.0);
    assert_eq!(evaluator.evaluate(&code.expression(), &mut []), Ok(7.0.into()));
}

#[test]
fn operations_that_are_not_there_are_failures() {
    for operation in [
        Operation::Slot { slot: 3 },
        Operation::Let { slot: 3, value: 9 },
        Operation::CallFunction { function: "none".into(), arguments: vec![] },
        Operation::Unary { operator: "~".into(), operand: 0 },
    ] {
        assert_eq!(Code(vec![operation]).run(&[]).unwrap_err().code(), FailureCode::IrInvalid);
    }
    assert_eq!(Code::default().run(&[]).unwrap_err().code(), FailureCode::IrInvalid);
}
