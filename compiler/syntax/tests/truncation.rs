//! Programs that end too early, as they do while they are typed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "mutation/corpus.rs"]
mod corpus;

use prism_syntax::{SyntaxError, diagnostic, parse};

/// No truncated program may have more diagnostics.
const FLOOD: usize = 10;

/// Programs are cut at every so many bytes.
const STEP: usize = 7;

/// How many lines before the end a diagnostic may stand.
const NEAR: usize = 2;

/// Every valid program, cut at every seventh byte: few diagnostics, and each of them speaks of the end of the text or
/// of something that is still open there.
#[test]
fn programs_that_are_cut_give_few_diagnostics() {
    let mut cuts = 0;
    for source in corpus::corpus() {
        for at in (0..source.text.len()).step_by(STEP) {
            let Some(text) = source.text.get(..at) else { continue };
            cuts += 1;
            let errors = parse(text).errors;
            let told: Vec<_> = errors
                .iter()
                .map(|error| {
                    let diagnostic = diagnostic(error, text);
                    let line = text[..diagnostic.primary.span.start as usize].lines().count();
                    format!("{line}: {}", diagnostic.message)
                })
                .collect();
            let place = format!("{} at {at} of {} lines: {told:#?}", source.name, text.lines().count());
            assert!(errors.len() <= FLOOD, "{place}");
            let last = text.trim_end().lines().count();
            for error in &errors {
                let line = text[..error.span().start as usize].lines().count();
                assert!(line + NEAR >= last || is_open(error), "{place}");
            }
        }
    }
    assert!(cuts > 5_000, "{cuts} cuts are too few");
}

fn is_open(error: &SyntaxError) -> bool {
    matches!(
        error,
        SyntaxError::UnclosedBracket { .. }
            | SyntaxError::UnterminatedString { .. }
            | SyntaxError::UnterminatedComment { .. }
            | SyntaxError::UnclosedInterpolation { .. }
    )
}
