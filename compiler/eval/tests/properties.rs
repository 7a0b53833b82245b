//! What holds of all expressions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use prism_confidence::Mode;
use prism_eval::{EvalError, Evaluator, Fuel, Value};
use prism_ir::{Capture, Element, Entry, Expression, Literal, Operation, UncertainBands};
use proptest::prelude::*;
use support::{binary, cents, environment, json, seconds, unsure};

const SLOTS: u32 = 4;

const BINARY: [&str; 16] =
    ["+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "??"];

const BUILTINS: [&str; 20] = [
    "length", "map", "filter", "reduce", "find", "some", "every", "includes", "slice", "concat", "join",
    "first", "sum", "max", "unique", "push", "keys", "values", "String", "split",
];

/// One operation, from numbers that choose its kind, its operands and its details.
#[derive(Clone, Debug)]
struct Seed {
    kind: u8,
    operands: [u32; 3],
    detail: u8,
    amount: f64,
}

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let seed = (any::<u8>(), any::<[u32; 3]>(), any::<u8>(), -2.0..3.0_f64)
        .prop_map(|(kind, operands, detail, amount)| Seed { kind, operands, detail, amount });
    prop::collection::vec(seed, 2..40)
}

/// An expression from seeds. `decides` allows operations in which the author takes uncertainty into their own hands.
fn expression(seeds: &[Seed], decides: bool) -> Expression {
    let mut operations: Vec<Operation> = Vec::new();
    for (position, seed) in seeds.iter().enumerate() {
        // Recent operations are preferred, so that much of an expression is reached from its end.
        let back =
            |operand: u32| (position as u32).saturating_sub(1 + operand % 4.min(position as u32).max(1));
        let [a, b, c] = seed.operands.map(back);
        let slot = seed.operands[0] % SLOTS;
        let detail = usize::from(seed.detail);
        let kinds = if decides { 24 } else { 20 };
        operations.push(match seed.kind % kinds {
            _ if position == 0 => Operation::Slot { slot },
            0..=2 => Operation::Slot { slot },
            3 => Operation::Literal { value: Literal::Number((seed.amount * 2.0).round()) },
            4 => Operation::Literal { value: Literal::String("ab,c"[..detail % 5].into()) },
            5 => Operation::Unary { operator: if detail % 2 == 0 { "!" } else { "-" }.into(), operand: a },
            6..=8 => Operation::Binary { operator: BINARY[detail % 16].into(), left: a, right: b },
            9 | 10 => Operation::Conditional { condition: a, then: b, otherwise: c },
            11 => Operation::Member { object: a, name: "a".into(), optional: false },
            12 => Operation::Index { object: a, index: b },
            13 => Operation::List {
                elements: vec![
                    Element { value: a, spread: detail % 4 == 0 },
                    Element { value: b, spread: false },
                ],
            },
            14 => Operation::Record {
                entries: vec![
                    Entry::Field { key: "a".into(), value: a },
                    if detail % 2 == 0 {
                        Entry::Spread { value: b }
                    } else {
                        Entry::Computed { key: b, value: c }
                    },
                ],
            },
            15 => Operation::CallBuiltin { builtin: BUILTINS[detail % 20].into(), arguments: vec![a, b, c] },
            16 => Operation::Lambda {
                parameters: vec![slot],
                captures: (0..SLOTS)
                    .filter(|other| *other != slot)
                    .map(|other| Capture { from: other, to: other })
                    .collect(),
                slots: SLOTS,
                body: a,
            },
            17 => Operation::Block { statements: vec![a, b, c] },
            18 => Operation::Let { slot, value: a },
            19 if detail % 2 == 0 => Operation::Return { value: a },
            19 => Operation::CallValue { callee: a, arguments: vec![b, c] },
            20 => Operation::Attach { value: a, confidence: b },
            21 => Operation::Gate { value: a, threshold: b, otherwise: (detail % 2 == 0).then_some(c) },
            22 => Operation::Uncertain {
                subject: a,
                high: None,
                medium: None,
                bands: UncertainBands { high: Some(b), default: Some(c), ..UncertainBands::default() },
            },
            _ => Operation::Unary { operator: "<~".into(), operand: a },
        });
    }
    Expression { operations }
}

fn evaluate(expression: &Expression, slots: &[Value]) -> (Result<Value, EvalError>, Vec<Value>, u64) {
    let environment = environment(vec![], &[]);
    let mut fuel = Fuel::new(20_000);
    let mut frame = slots.to_vec();
    let value = Evaluator::new(&environment, "test", &mut fuel).evaluate(expression, &mut frame);
    (value, frame, fuel.left())
}

fn payloads() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::null()),
        any::<bool>().prop_map(Value::from),
        (-3..4_i32).prop_map(|number| f64::from(number).into()),
        "[ab,]{0,3}".prop_map(Value::from),
        Just(json(r#"[1,"a",[2]]"#)),
        Just(json(r#"{"a":{"a":2},"b":1}"#)),
        Just(seconds(2)),
        Just(cents(5)),
    ]
}

fn frames() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(payloads(), SLOTS as usize)
}

fn doubtful(values: Vec<Value>) -> Vec<Value> {
    values
        .into_iter()
        .enumerate()
        .map(|(slot, value)| unsure(value, &format!("slot{slot}"), 0.9 - slot as f64 / 10.0))
        .collect()
}

fn rests_on(value: &Value, id: &str) -> bool {
    value.residual().roots().any(|(root, _)| root.as_str() == id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn random_expressions_never_panic_and_are_deterministic(seeds in seeds(), slots in frames()) {
        let expression = expression(&seeds, true);
        let slots = doubtful(slots);
        let (first, frame, left) = evaluate(&expression, &slots);
        let (second, again, left_again) = evaluate(&expression, &slots);
        prop_assert_eq!(left, left_again);
        match (first, second) {
            (Ok(first), Ok(second)) => {
                prop_assert_eq!(first.to_json(), second.to_json());
                prop_assert_eq!(first.residual(), second.residual());
                for (one, other) in frame.iter().zip(&again) {
                    prop_assert_eq!(one.residual(), other.residual());
                }
            }
            (first, second) => prop_assert_eq!(first.map_err(|error| error.code()), second.map_err(|error| error.code())),
        }
    }

    #[test]
    fn certain_operands_give_certain_results(seeds in seeds(), slots in frames()) {
        if let (Ok(value), frame, _) = evaluate(&expression(&seeds, false), &slots) {
            prop_assert!(value.residual().is_certain());
            prop_assert!(frame.iter().all(|value| value.residual().is_certain()));
        }
    }

    /// Unless the author decides otherwise, whatever an answer can change rests on that answer.
    #[test]
    fn what_an_answer_changes_rests_on_it(seeds in seeds(), slots in frames(), other in payloads()) {
        let expression = expression(&seeds, false);
        let slots = doubtful(slots);
        let mut changed = slots.clone();
        changed[0] = unsure(other, "slot0", 0.9);
        if let ((Ok(one), ..), (Ok(other), ..)) = (evaluate(&expression, &slots), evaluate(&expression, &changed))
            && one.to_json() != other.to_json()
        {
            prop_assert!(rests_on(&one, "slot0"), "{:?} became {:?}", one, other);
            prop_assert!(rests_on(&other, "slot0"), "{:?} became {:?}", one, other);
        }
    }

    #[test]
    fn results_are_no_surer_than_any_operand(left in payloads(), right in payloads(), p in 0.0..=1.0_f64, q in 0.0..=1.0_f64) {
        for operator in &BINARY[..13] {
            if let Ok(value) = binary(operator, &unsure(left.clone(), "a", p), &unsure(right.clone(), "b", q)) {
                for mode in Mode::ALL {
                    prop_assert!(value.confidence().point(mode) <= p.min(q) + 1e-12, "{}", operator);
                }
            }
        }
    }

    #[test]
    fn a_value_with_itself_is_as_sure_as_the_value(payload in payloads(), p in 0.0..=1.0_f64) {
        let value = unsure(payload, "a", p);
        for operator in BINARY {
            if let Ok(result) = binary(operator, &value, &value) {
                prop_assert_eq!(result.residual(), value.residual(), "{}", operator);
            }
        }
    }

    #[test]
    fn json_comes_back(value in payloads()) {
        let text = value.to_json().to_string();
        prop_assert_eq!(json(&text).to_json(), value.to_json());
        prop_assert_eq!(value.clone(), value);
    }
}
