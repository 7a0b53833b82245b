//! Nothing that an answer can change is surer than that answer: over random programs of assignments, conditions, early
//! returns and lambdas, where the author takes no decision about confidence.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use prism_eval::{Evaluator, Fuel, Value};
use prism_ir::{Expression, Operation};
use proptest::prelude::*;
use support::{Code, environment, unsure};

const SLOTS: u32 = 3;

#[derive(Clone, Debug)]
enum Term {
    Slot(u32),
    Number(u8),
    Binary(&'static str, Box<Term>, Box<Term>),
    Choice(Box<Term>, Box<Term>, Box<Term>),
    Kept(Box<Term>),
    Applied(u32, Box<Term>, Vec<Statement>),
}

#[derive(Clone, Debug)]
enum Statement {
    Let(u32, Term),
    If(Term, Vec<Statement>, Vec<Statement>),
    Return(Term),
    Value(Term),
}

fn terms() -> impl Strategy<Value = Term> {
    let leaf = prop_oneof![(0..SLOTS).prop_map(Term::Slot), (0..3_u8).prop_map(Term::Number)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let operator = prop::sample::select(&["+", "-", "==", "<", "&&", "||", "??"][..]);
        let boxed = inner.clone().prop_map(Box::new).boxed();
        prop_oneof![
            (operator, boxed.clone(), boxed.clone())
                .prop_map(|(operator, a, b)| Term::Binary(operator, a, b)),
            (boxed.clone(), boxed.clone(), boxed.clone()).prop_map(|(a, b, c)| Term::Choice(a, b, c)),
            boxed.prop_map(Term::Kept),
        ]
    })
}

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    let simple = prop_oneof![
        4 => (0..SLOTS, terms()).prop_map(|(slot, term)| Statement::Let(slot, term)),
        1 => terms().prop_map(Statement::Return),
        1 => terms().prop_map(Statement::Value),
    ];
    let statement = simple.prop_recursive(4, 24, 4, |inner| {
        let block = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (terms(), block.clone(), block.clone()).prop_map(|(term, a, b)| Statement::If(term, a, b)),
            (0..SLOTS, terms(), block).prop_map(|(slot, term, body)| Statement::Let(
                slot,
                Term::Applied(slot, Box::new(term), body)
            )),
        ]
    });
    prop::collection::vec(statement, 1..6)
}

fn term(code: &mut Code, term_: &Term) -> u32 {
    match term_ {
        Term::Slot(slot) => code.slot(*slot),
        Term::Number(number) => code.number(f64::from(*number)),
        Term::Binary(operator, left, right) => {
            let (left, right) = (term(code, left), term(code, right));
            // Sums and comparisons want numbers, which booleans are made here.
            let (left, right) = (code.builtin("Number", &[left]), code.builtin("Number", &[right]));
            code.binary(operator, left, right)
        }
        Term::Choice(condition, then, otherwise) => {
            let (condition, then) = (term(code, condition), term(code, then));
            let otherwise = term(code, otherwise);
            code.conditional(condition, then, otherwise)
        }
        // How many of [1] pass a test that looks at the term alone.
        Term::Kept(inner) => {
            let test = term(code, inner);
            let captures: Vec<_> = (0..SLOTS).map(|slot| (slot, slot)).collect();
            let lambda = code.lambda(&[SLOTS], &captures, SLOTS + 1, test);
            let one = code.number(1.0);
            let list = code.list(&[(one, false)]);
            let kept = code.builtin("filter", &[list, lambda]);
            code.builtin("length", &[kept])
        }
        Term::Applied(slot, argument, body) => {
            let body = block(code, body);
            let captures: Vec<_> = (0..SLOTS).map(|slot| (slot, slot)).collect();
            let lambda = code.lambda(&[*slot], &captures, SLOTS, body);
            let argument = term(code, argument);
            let value = code.add(Operation::CallValue { callee: lambda, arguments: vec![argument] });
            code.builtin("Number", &[value])
        }
    }
}

fn block(code: &mut Code, statements: &[Statement]) -> u32 {
    let indexes: Vec<_> = statements
        .iter()
        .map(|statement| match statement {
            Statement::Let(slot, value) => {
                let value = term(code, value);
                code.assign(*slot, value)
            }
            Statement::If(condition, then, otherwise) => {
                let condition = term(code, condition);
                let (then, otherwise) = (block(code, then), block(code, otherwise));
                code.conditional(condition, then, otherwise)
            }
            Statement::Return(value) => {
                let value = term(code, value);
                code.give(value)
            }
            Statement::Value(value) => term(code, value),
        })
        .collect();
    code.block(&indexes)
}

/// The program, ending with the list of all its variables and the value of its statements.
fn program(statements: &[Statement]) -> Expression {
    let mut code = Code::default();
    let value = block(&mut code, statements);
    let slots: Vec<_> = (0..SLOTS).map(|slot| (code.slot(slot), false)).collect();
    let all: Vec<_> = std::iter::once((value, false)).chain(slots).collect();
    code.list(&all);
    code.expression()
}

fn run(program: &Expression, numbers: [u8; SLOTS as usize]) -> Option<Value> {
    let environment = environment(vec![], &[]);
    let mut fuel = Fuel::new(50_000);
    let mut frame: Vec<_> = numbers
        .iter()
        .enumerate()
        .map(|(slot, number)| unsure(f64::from(*number), &format!("slot{slot}"), 0.9))
        .collect();
    Evaluator::new(&environment, "test", &mut fuel).evaluate(program, &mut frame).ok()
}

fn rests_on(value: &Value, id: &str) -> bool {
    value.residual().roots().any(|(root, _)| root.as_str() == id)
}

/// Whether what differs between two results rests on `id` in both.
fn accounted(one: &Value, other: &Value, id: &str) -> bool {
    match (one.as_list(), other.as_list()) {
        (Some(left), Some(right)) if left.len() == right.len() => {
            left.iter().zip(right).all(|(left, right)| accounted(left, right, id))
        }
        _ => one == other || (rests_on(one, id) && rests_on(other, id)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn what_an_answer_changes_is_no_surer_than_it(
        statements in statements(),
        numbers in any::<[bool; SLOTS as usize]>(),
        slot in 0..SLOTS as usize,
    ) {
        let program = program(&statements);
        let before = numbers.map(u8::from);
        let mut after = before;
        after[slot] = 1 - after[slot];
        if let (Some(one), Some(other)) = (run(&program, before), run(&program, after)) {
            prop_assert!(accounted(&one, &other, &format!("slot{slot}")), "{:#?}\n{:#?}", one, other);
        }
    }
}
