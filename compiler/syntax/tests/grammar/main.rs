//! Holds the parser against `grammar/prism.ebnf`: sentences that are derived from it under its side conditions have
//! no errors, and texts that break one of them do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod conditions;
mod context;
mod derive;
mod near_misses;
mod notation;
mod sentence;
mod spelling;
mod token;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use conditions::CONDITIONS;
use derive::{Alternative, Choices, Plan, derive};
use notation::Grammar;
use prism_syntax::{diagnostic, parse};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

const TEXT: &str = include_str!("../../../../grammar/prism.ebnf");

/// How many sentences are derived towards each alternative.
const SENTENCES: u32 = 10;

/// How many sentences have each alternative at least.
const LEAST: usize = 8;

/// How often a sentence that breaks a condition is derived anew.
const ATTEMPTS: u16 = 60;

fn grammar() -> Grammar {
    notation::read(TEXT).unwrap_or_else(|mistakes| panic!("grammar/prism.ebnf\n{}", mistakes.join("\n")))
}

/// A text that obeys all conditions, with the alternatives in it; nothing when there is none with these choices.
fn sentence(
    plan: &Plan<'_>,
    aim: &derive::Aim,
    target: Alternative,
    choices: &[u16],
    seed: u64,
) -> Option<Result<Vec<Alternative>, String>> {
    let derived = (0..ATTEMPTS).find_map(|salt| {
        let derived = derive(plan, "module", Some(aim.clone()), Choices::new(choices, salt)).ok()?;
        let obeys = conditions::broken(&derived).is_none() && derived.taken.contains(&target);
        obeys.then_some(derived)
    })?;
    let written = spelling::write(&derived, seed);
    let parsed = parse(&written.text);
    let Some(error) = parsed.errors.first() else { return Some(Ok(derived.taken)) };
    let diagnostic = diagnostic(error, &written.text);
    let at = diagnostic.primary.span.start as usize;
    let piece = written.places.iter().position(|place| at < place.end).unwrap_or(written.places.len() - 1);
    Some(Err(format!(
        "{}\n--- at byte {at}: [{}] {}\n--- {}\n",
        written.text,
        diagnostic.code,
        diagnostic.message,
        derived.path(piece)
    )))
}

#[test]
fn derived_sentences_have_no_errors() {
    let grammar = grammar();
    let plan = Plan::new(&grammar);
    let counts: RefCell<BTreeMap<Alternative, usize>> = RefCell::default();
    let sentences = RefCell::new(0);
    let mut failures = Vec::new();
    for target in plan.alternatives() {
        let aim = plan.aim(target);
        let config = Config {
            cases: SENTENCES,
            max_shrink_iters: 400,
            verbose: 0,
            failure_persistence: None,
            ..Config::default()
        };
        // The same sentences in every run, and others for each alternative.
        let mut seed = [0; 32];
        for (byte, value) in seed.iter_mut().zip(plan.describe(target).bytes()) {
            *byte = value;
        }
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(config, random);
        let strategy =
            (proptest::collection::vec(any::<u16>(), 0..150), prop_oneof![1 => Just(0), 4 => any::<u64>()]);
        let result =
            runner.run(&strategy, |(choices, seed)| match sentence(&plan, &aim, target, &choices, seed) {
                Some(Ok(taken)) => {
                    *sentences.borrow_mut() += 1;
                    for alternative in taken.into_iter().collect::<BTreeSet<_>>() {
                        *counts.borrow_mut().entry(alternative).or_default() += 1;
                    }
                    Ok(())
                }
                Some(Err(failure)) => Err(TestCaseError::fail(failure)),
                None => Ok(()),
            });
        match result {
            Err(TestError::Fail(reason, _)) => {
                failures.push(format!("=== towards {}\n{}", plan.describe(target), reason.message()));
            }
            Err(TestError::Abort(reason)) => panic!("{}", reason.message()),
            Ok(()) => {}
        }
    }
    assert!(failures.is_empty(), "{} alternatives fail\n{}", failures.len(), failures.join("\n"));
    let counts = counts.into_inner();
    let rare: Vec<String> = plan
        .alternatives()
        .into_iter()
        .filter(|alternative| counts.get(alternative).is_none_or(|count| *count < LEAST))
        .map(|rare| format!("{} ({})", plan.describe(rare), counts.get(&rare).copied().unwrap_or(0)))
        .collect();
    assert!(rare.is_empty(), "derived less than {LEAST} times:\n{}", rare.join("\n"));
    assert!(sentences.into_inner() >= 2_000);
}

#[test]
fn every_side_condition_is_named_by_a_rule_and_enforced() {
    let grammar = grammar();
    let written: BTreeSet<&str> = grammar.conditions.keys().map(String::as_str).collect();
    let named: BTreeSet<&str> =
        grammar.rules.iter().flat_map(|rule| rule.conditions.iter().map(String::as_str)).collect();
    let enforced: BTreeSet<&str> = CONDITIONS.iter().map(|condition| condition.number).collect();
    assert_eq!(written, named, "conditions in the file, and those that its rules name");
    assert_eq!(written, enforced, "conditions in the file, and those that sentences obey");
    assert!(CONDITIONS.iter().all(conditions::Condition::is_enforced));
    let refused: BTreeSet<&str> = near_misses::all().iter().map(|(number, _)| *number).collect();
    assert_eq!(written, refused, "conditions in the file, and those with a text that breaks them");
}
