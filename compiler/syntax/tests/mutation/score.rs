//! What is said about mutants, counted, and compared with the score that is checked in.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use prism_syntax::{diagnostic, parse};

use crate::mutant::{Edit, Mutant, line};

/// The most diagnostics that a mutant may have and still pass.
const MANY: usize = 3;

/// How many lines the first diagnostic may stand from the edit.
const NEAR: u32 = 2;

/// What was said about one invalid mutant.
pub(crate) struct Outcome {
    pub(crate) file: String,
    pub(crate) edit: Edit,
    pub(crate) description: String,
    /// Line, code and message of each diagnostic.
    pub(crate) diagnostics: Vec<String>,
    /// How many lines lie between the edit and the first diagnostic.
    pub(crate) distance: u32,
}

impl Outcome {
    /// What a mutant came to; nothing if it is valid.
    pub(crate) fn of(file: &str, mutant: &Mutant) -> Option<Self> {
        let parse = parse(&mutant.text);
        let mut diagnostics = Vec::new();
        let mut distance = None;
        for error in &parse.errors {
            let diagnostic = diagnostic(error, &mutant.text);
            let at = line(&mutant.text, diagnostic.primary.span.start as usize);
            let (start, end) = (*mutant.lines.start(), *mutant.lines.end());
            distance.get_or_insert(start.saturating_sub(at).max(at.saturating_sub(end)));
            diagnostics.push(format!("{at}: {} {}", diagnostic.code, diagnostic.message));
        }
        Some(Self {
            file: file.to_owned(),
            edit: mutant.edit,
            description: mutant.description.clone(),
            diagnostics,
            distance: distance?,
        })
    }

    pub(crate) fn passes(&self) -> bool {
        self.diagnostics.len() <= MANY && self.distance <= NEAR
    }

    pub(crate) fn told(&self) -> String {
        let mut told = format!("{}, {}: {}\n", self.file, self.edit.name(), self.description);
        for diagnostic in &self.diagnostics {
            let _ = writeln!(told, "    {diagnostic}");
        }
        told
    }
}

/// Invalid mutants, and those of them that pass.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Count {
    pub(crate) invalid: usize,
    pub(crate) passed: usize,
}

impl Count {
    pub(crate) fn of<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> Self {
        let mut count = Self::default();
        for outcome in outcomes {
            count.invalid += 1;
            count.passed += usize::from(outcome.passes());
        }
        count
    }

    /// The share that passes, in thousandths, rounded down: what a program more or less does to it does not count.
    pub(crate) fn share(self) -> usize {
        self.passed * 1_000 / self.invalid.max(1)
    }
}

/// A share in thousandths as a decimal.
pub(crate) fn decimal(share: usize) -> String {
    format!("{}.{:03}", share / 1_000, share % 1_000)
}

fn path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mutation/score.toml"))
}

/// The share that is checked in, in thousandths.
pub(crate) fn checked_in() -> usize {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let share = text.lines().find_map(|line| line.strip_prefix("share = "));
    share
        .and_then(|share| share.trim().parse::<f64>().ok())
        .map_or(0, |share| (share * 1_000.0).round() as usize)
}

/// Writes the score and what is measured beside it.
pub(crate) fn write(outcomes: &[Outcome]) {
    let scored = Count::of(outcomes.iter().filter(|outcome| outcome.edit.scored()));
    let mut text = format!(
        "# Of the invalid mutants that lack a token, or hold two neighbours in the wrong order, the share with at most\n\
         # {MANY} diagnostics and the first of them within {NEAR} lines of the edit. It may only rise:\n\
         # UPDATE_SCORE=1 cargo test -p prism-syntax --test mutation\n\
         share = {}\ninvalid = {}\npassed = {}\n",
        decimal(scored.share()),
        scored.invalid,
        scored.passed,
    );
    for edit in Edit::ALL {
        let count = Count::of(outcomes.iter().filter(|outcome| outcome.edit == edit));
        let _ = write!(
            text,
            "\n[{}]\nshare = {}\ninvalid = {}\npassed = {}\n",
            edit.name(),
            decimal(count.share()),
            count.invalid,
            count.passed
        );
    }
    fs::write(path(), text).unwrap();
}
