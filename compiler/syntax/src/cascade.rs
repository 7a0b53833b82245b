//! One mistake often breaks several rules: what only follows from another mistake is not reported.

use prism_diagnostics::Span;

use crate::ast::{Item, Tree};
use crate::{Construct, Kind, SyntaxError};

/// How many brackets of one line are reported: with more of them the line is simply in disorder.
const BRACKETS_OF_A_LINE: usize = 2;

/// Leaves out what the grammar found in parentheses and lists that are not closed: where they end is a guess, and
/// what does not fit into them may well stand behind them.
pub(crate) fn outside_of_unclosed(found: &mut Vec<SyntaxError>, brackets: &[SyntaxError]) {
    let mut unclosed: Vec<Span> = brackets
        .iter()
        .filter_map(|error| match error {
            SyntaxError::UnclosedBracket { open, kind, end, .. } if *kind != Kind::LeftBrace => {
                Some(open.to(*end))
            }
            _ => None,
        })
        .collect();
    unclosed.sort_by_key(|span| span.start);
    // The furthest end of all that begin so far.
    let mut furthest = 0;
    for span in &mut unclosed {
        furthest = furthest.max(span.end);
        span.end = furthest;
    }
    found.retain(|error| {
        let grammar = matches!(error, SyntaxError::Unexpected { .. } | SyntaxError::MissingComma { .. });
        let span = error.span();
        let before = unclosed.partition_point(|open| open.start <= span.start);
        let inside = before.checked_sub(1).and_then(|last| unclosed.get(last));
        !(grammar && inside.is_some_and(|open| span.end <= open.end))
    });
}

/// Where regular expressions stand, in the order of the text: what the lexer says about their inside is not about
/// Prism.
pub(crate) fn regular_expressions(errors: &[SyntaxError]) -> Vec<Span> {
    let mut spans: Vec<Span> = errors
        .iter()
        .filter_map(|error| match error {
            SyntaxError::NotSupported { construct: Construct::RegularExpression, span } => Some(*span),
            _ => None,
        })
        .collect();
    spans.sort_by_key(|span| span.start);
    spans
}

/// Whether a place lies in one of several that are in the order of the text.
pub(crate) fn lies_in(spans: &[Span], place: Span) -> bool {
    let before = spans.partition_point(|span| span.start <= place.start);
    before.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|span| place.end <= span.end)
}

/// In the order of the text, without what follows from something else.
pub(crate) fn independent(mut errors: Vec<SyntaxError>, tree: &Tree, text: &str) -> Vec<SyntaxError> {
    errors.sort_by_key(|error| {
        let grammar = matches!(error, SyntaxError::Unexpected { .. });
        (error.span().start, grammar, error.span().end)
    });
    // Of several at one place the lexer or the brackets know best.
    errors.dedup_by(|later, earlier| later.span().start == earlier.span().start);
    let mut kept = Vec::with_capacity(errors.len());
    let mut line: Vec<SyntaxError> = Vec::new();
    for error in errors {
        let same_line = line.last().is_some_and(|last| {
            let between = last.span().start as usize..error.span().start as usize;
            text.get(between).is_some_and(|between| !between.contains('\n'))
        });
        if !same_line {
            kept.extend(of_one_line(std::mem::take(&mut line)));
        }
        line.push(error);
    }
    kept.extend(of_one_line(line));
    only_first_misplaced(&mut kept, tree);
    kept
}

/// What stands behind a bracket without a mate, or on one line with a string that is not closed, is hardly read as
/// it was meant.
fn of_one_line(errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    let torn = errors.iter().any(|error| matches!(error, SyntaxError::UnterminatedString { .. }));
    let (mut brackets, mut others) = (0, 0);
    let mut characters: Vec<char> = Vec::new();
    let keep = |error: &SyntaxError| {
        let keep = match error {
            SyntaxError::UnterminatedString { .. } => return true,
            SyntaxError::UnclosedBracket { .. } | SyntaxError::UnmatchedBracket { .. } => {
                brackets += 1;
                brackets <= BRACKETS_OF_A_LINE
            }
            SyntaxError::UnexpectedCharacter { character, .. } => {
                let first = !characters.contains(character);
                if first && characters.len() < 8 {
                    characters.push(*character);
                }
                first
            }
            SyntaxError::Unexpected { .. } | SyntaxError::MissingComma { .. } => brackets == 0,
            _ => true,
        };
        others += usize::from(keep);
        keep && !(torn && others > 1)
    };
    errors.into_iter().filter(keep).collect()
}

/// A section stands behind a statement where something before it was not read as a section; and what puts one out
/// of its place does so with all that follow.
fn only_first_misplaced(errors: &mut Vec<SyntaxError>, tree: &Tree) {
    let misplaced = |error: &SyntaxError| matches!(error, SyntaxError::MisplacedSection { first: None, .. });
    if !errors.iter().any(misplaced) {
        return;
    }
    let patterns: Vec<Span> = tree
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Pattern(pattern) => Some(pattern.span),
            _ => None,
        })
        .collect();
    let mut last = 0;
    errors.retain(|error| {
        let start = error.span().start;
        let before = patterns.partition_point(|pattern| pattern.start <= start);
        let pattern = before.checked_sub(1).and_then(|at| patterns.get(at)).map_or(0, |span| span.start);
        let follows = misplaced(error) && last > pattern;
        last = start;
        !follows
    });
}
