//! Recovery, measured: valid programs with one random edit each must give few diagnostics, the first of them near
//! the edit.
//!
//! `UPDATE_SCORE=1` writes a score that is higher than the one that is checked in; `SHOW_MUTANTS=1` prints all
//! mutants that do not pass.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod corpus;
mod mutant;
mod score;

use std::env;

use score::{Count, Outcome, decimal};

/// No mutant may have more diagnostics.
const FLOOD: usize = 10;

/// The lowest share that is accepted, in thousandths.
const LOWEST: usize = 950;

/// With fewer mutants the share says little.
const FEWEST: usize = 5_000;

#[test]
fn a_single_edit_is_told_in_few_words_and_near_its_place() {
    let sources = corpus::corpus();
    let mut mutants = 0;
    let mut outcomes = Vec::new();
    for source in &sources {
        for mutant in mutant::mutants(source) {
            mutants += 1;
            outcomes.extend(Outcome::of(&source.name, &mutant));
        }
    }
    println!("{} programs, {mutants} mutants, {} of them invalid", sources.len(), outcomes.len());
    for edit in mutant::Edit::ALL {
        let count = Count::of(outcomes.iter().filter(|outcome| outcome.edit == edit));
        println!("  {}: {} of {} pass, {}", edit.name(), count.passed, count.invalid, decimal(count.share()));
    }
    let share = Count::of(outcomes.iter().filter(|outcome| outcome.edit.scored())).share();
    let before = score::checked_in();
    println!("score: {} (checked in: {})", decimal(share), decimal(before));
    let mut missed: Vec<_> = outcomes.iter().filter(|outcome| !outcome.passes()).collect();
    missed.sort_by_key(|outcome| std::cmp::Reverse((outcome.diagnostics.len(), outcome.distance)));
    let shown = if env::var_os("SHOW_MUTANTS").is_some() { missed.len() } else { 10 };
    for outcome in missed.iter().take(shown) {
        println!("{}", outcome.told());
    }
    if env::var_os("UPDATE_SCORE").is_some() && share >= before {
        score::write(&outcomes);
    }
    let most = outcomes.iter().map(|outcome| outcome.diagnostics.len()).max().unwrap_or(0);
    assert!(mutants >= FEWEST, "{mutants} mutants are too few");
    assert!(most <= FLOOD, "a mutant has {most} diagnostics");
    assert!(share >= LOWEST, "{} of the mutants pass, and {} must", decimal(share), decimal(LOWEST));
    assert!(share >= before, "the score fell from {} to {}", decimal(before), decimal(share));
}
