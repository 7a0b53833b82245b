//! One mistake often breaks several rules: what only follows from another mistake is not reported.

use prism_diagnostics::Span;

use crate::ast::{Item, Tree};
use crate::{Construct, Expected, Kind, SyntaxError, Tokens};

/// How many lines lie at most between signs of the same tear.
const NEAR: usize = 4;

/// How many brackets of one line are reported: with more of them the line is simply in disorder.
const BRACKETS_OF_A_LINE: usize = 2;

/// Leaves out unclosed parentheses and lists of which the grammar found the end: where something stands that does not
/// belong into them.
pub(crate) fn not_found_by_grammar(brackets: &mut Vec<SyntaxError>, found: &[SyntaxError]) {
    /// How many mistakes inside of a bracket are looked at.
    const NEXT: usize = 8;
    let mut closings: Vec<(u32, Kind)> = Vec::new();
    for error in found {
        if let SyntaxError::Unexpected { expected, .. } = error {
            let closing = expected.iter().find_map(|expected| match expected {
                Expected::Token(kind @ (Kind::RightParenthesis | Kind::RightBracket)) => Some(*kind),
                _ => None,
            });
            closings.extend(closing.map(|kind| (error.span().start, kind)));
        }
    }
    closings.sort_unstable_by_key(|(start, _)| *start);
    brackets.retain(|bracket| match bracket {
        SyntaxError::UnclosedBracket { open, kind, end, located: true } => {
            let first = closings.partition_point(|(start, _)| *start < open.start);
            let inside = closings.iter().skip(first).take(NEXT).take_while(|(start, _)| *start <= end.end);
            !inside.into_iter().any(|(_, closing)| *closing == kind.closing())
        }
        _ => true,
    });
}

/// Leaves out what the grammar found in parentheses and lists that are not closed: where they end is a guess, and
/// what does not fit into them may well stand behind them.
pub(crate) fn outside_of_unclosed(found: &mut Vec<SyntaxError>, brackets: &[SyntaxError]) {
    let guessed = Cover::new(brackets.iter().filter_map(|error| match error {
        SyntaxError::UnclosedBracket { open, kind, end, located: false } if *kind != Kind::LeftBrace => {
            Some(open.to(*end))
        }
        _ => None,
    }));
    let parentheses = Cover::new(brackets.iter().filter_map(|error| match error {
        SyntaxError::UnclosedBracket { open, kind: Kind::LeftParenthesis, end, .. } => Some(open.to(*end)),
        _ => None,
    }));
    found.retain(|error| match error {
        SyntaxError::Unexpected { .. } | SyntaxError::MissingComma { .. } => !guessed.holds(error.span()),
        // What looks like the comma operator are the parameters of a lambda.
        SyntaxError::NotSupported { construct: Construct::Comma, .. } => !parentheses.holds(error.span()),
        _ => true,
    });
}

/// Stretches of a text that may lie in one another.
struct Cover {
    /// In the order of their starts, each with the furthest end of all that begin so far.
    spans: Vec<Span>,
}

impl Cover {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_by_key(|span| span.start);
        let mut furthest = 0;
        for span in &mut spans {
            furthest = furthest.max(span.end);
            span.end = furthest;
        }
        Self { spans }
    }

    /// Whether one of them holds a place.
    fn holds(&self, place: Span) -> bool {
        let before = self.spans.partition_point(|span| span.start <= place.start);
        let last = before.checked_sub(1).and_then(|last| self.spans.get(last));
        last.is_some_and(|span| place.end <= span.end)
    }
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
pub(crate) fn independent(
    mut errors: Vec<SyntaxError>,
    tree: &Tree,
    tokens: &Tokens,
    text: &str,
) -> Vec<SyntaxError> {
    errors.sort_by_key(|error| {
        let grammar = matches!(error, SyntaxError::Unexpected { .. });
        (error.span().start, grammar, error.span().end)
    });
    // Of several at one place the lexer or the brackets know best.
    errors.dedup_by(|later, earlier| later.span().start == earlier.span().start);
    cut_where_torn(&mut errors, tokens, text);
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

/// A string of several lines that is not closed, or not opened, turns what follows inside out: from the next backtick
/// on text is read as code and code as text, up to the end of the file. What is said behind the first sign of it means
/// nothing.
fn cut_where_torn(errors: &mut Vec<SyntaxError>, tokens: &Tokens, text: &str) {
    let is_backtick = |open: Span| text.get(open.range()).is_some_and(|quote| quote.starts_with('`'));
    // `${` in code.
    let is_hole = |error: &SyntaxError| match error {
        SyntaxError::UnexpectedCharacter { span, character: '$' } => {
            text.get(span.end as usize..).is_some_and(|rest| rest.starts_with('{'))
        }
        _ => false,
    };
    let unclosed = errors
        .iter()
        .any(|error| matches!(error, SyntaxError::UnterminatedString { open } if is_backtick(*open)));
    if !unclosed && !has_holes(errors, is_hole, tokens, text) {
        return;
    }
    let mut string = None;
    let first = errors.iter().position(|error| match error {
        SyntaxError::UnterminatedString { open } => is_backtick(*open),
        // The string has swallowed code up to the quote with which the next one begins.
        SyntaxError::Unexpected { previous: Some((_, previous)), .. } if unclosed => {
            string = opening_quote(tokens, *previous).filter(|open| is_backtick(*open));
            string.is_some()
        }
        error => is_hole(error),
    });
    let Some(mut first) = first else { return };
    let is_lexical = |error: &SyntaxError| {
        matches!(error, SyntaxError::MalformedNumber { .. } | SyntaxError::UnexpectedCharacter { .. })
    };
    // Text that is read as code shows in numbers and characters first.
    while let Some(before) = first.checked_sub(1)
        && let (Some(earlier), Some(sign)) = (errors.get(before), errors.get(first))
        && is_lexical(earlier)
        && is_lexical(sign)
        && lines_between(text, earlier.span(), sign.span()) <= NEAR
    {
        first = before;
    }
    errors.truncate(first + 1);
    if let (Some(open), Some(error)) = (string, errors.last_mut()) {
        *error = SyntaxError::UnterminatedString { open };
        // It may begin before what was found inside of it.
        errors.retain(|error| error.span().start <= open.start);
    }
    // What is open at the tear may well be closed behind it.
    let tear = errors.last().map_or(0, |error| error.span().start);
    errors.retain(|error| !matches!(error, SyntaxError::UnclosedBracket { end, .. } if end.end > tear));
}

fn lines_between(text: &str, first: Span, second: Span) -> usize {
    let between = text.get(first.start as usize..second.start as usize).unwrap_or_default();
    between.bytes().filter(|byte| *byte == b'\n').count()
}

/// Whether `${` stands in the code of several lines, and a string of several lines behind it.
fn has_holes(
    errors: &[SyntaxError],
    is_hole: impl Fn(&SyntaxError) -> bool,
    tokens: &Tokens,
    text: &str,
) -> bool {
    let mut holes = errors.iter().filter(|error| is_hole(error)).map(|error| error.span().start as usize);
    let (Some(first), Some(last)) = (holes.next(), holes.last()) else { return false };
    let several = |from: usize, to: usize| text.get(from..to).is_some_and(|text| text.contains('\n'));
    let strings = tokens.iter().skip(tokens.starts.partition_point(|start| (*start as usize) < first));
    several(first, last)
        && strings
            .filter(|(kind, _)| kind.starts_string())
            .any(|(_, span)| several(span.start as usize, span.end as usize))
}

/// The opening quote of the string that ends with a certain token.
fn opening_quote(tokens: &Tokens, last: Span) -> Option<Span> {
    let mut at = tokens.starts.partition_point(|start| *start < last.start);
    let mut inner = 0_usize;
    loop {
        match tokens.kind(at) {
            Kind::String if inner == 0 => break,
            Kind::TemplateTail => inner += 1,
            Kind::TemplateHead if inner == 1 => break,
            Kind::TemplateHead => inner = inner.checked_sub(1)?,
            _ if inner == 0 => return None,
            _ => {}
        }
        at = at.checked_sub(1)?;
    }
    let start = tokens.span(at).start;
    Some(Span::new(start, start + 1))
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
