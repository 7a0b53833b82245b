//! Going on after a mistake: at the next element of a list, at the next line of a block.

use prism_diagnostics::Span;

use super::support::{Reader, accept, failed, kind, peek, position, take, within};
use super::{Failure, Problem};
use crate::bracket::{follows_operand, starts_statement};
use crate::builder::{Builder, Mode};
use crate::parse::COLLECTED_LIMIT;
use crate::{Expected, Kind, SyntaxError, Token};

/// How many broken elements in a row are reported: with more of them the list is something else.
const BROKEN_ELEMENTS: usize = 2;

/// Reports a failure inside of what began at a token, unless the lexer or the brackets said so already.
pub(super) fn report(state: &mut Builder<'_>, failure: Failure, start: usize) {
    let token = state.token(failure.at);
    if state.errors.len() >= COLLECTED_LIMIT {
        return;
    }
    if failure.expected[0].is_none() || token.kind == Kind::Error || token.has(Token::SYNTHETIC) {
        return;
    }
    // `~@` is no operator: the lexer has said so at its second sign.
    let next = state.token(failure.at + 1);
    if token.kind == Kind::Tilde && next.kind == Kind::Error && !next.follows_space() {
        return;
    }
    // Behind a bracket that is not closed nothing is expected: it would have been closed first.
    let behind_mended = failure.at.checked_sub(1).is_some_and(|before| {
        let before = state.token(before);
        before.kind.closes() && before.has(Token::SYNTHETIC) && before.has(Token::UNTERMINATED)
    });
    if behind_mended && (token.starts_line() || token.kind == Kind::End) {
        return;
    }
    // Braces that were read as a record, and in which something was found wrong for that, may be the block.
    let braces = failure.at.checked_sub(1).filter(|_| failure.expected[0] == Some(Expected::Block));
    if let Some(close) = braces.filter(|at| state.kind(*at) == Kind::RightBrace)
        && let (Some(open), Some(last)) = (state.mate(close), state.errors.last())
        && state.span(open, close + 1).start <= last.span().start
    {
        return;
    }
    // What was put in to mend brackets has no text to point at.
    let previous = (start..failure.at).rev().find(|at| !state.token(*at).has(Token::SYNTHETIC));
    if previous.is_some_and(|at| state.kind(at) == Kind::Error) {
        return;
    }
    let mut span = state.token_span(failure.at);
    if matches!(token.kind, Kind::TemplateMiddle | Kind::TemplateTail) {
        span = Span::new(span.start, span.start + 1);
    }
    state.errors.push(SyntaxError::Unexpected {
        expected: failure.expected.into_iter().flatten().collect(),
        found: token.kind,
        span,
        previous: previous.map(|at| (state.kind(at), state.token_span(at))),
        line_break: failure.at > start && token.starts_line(),
    });
}

/// Lines that broke one after the other.
#[derive(Clone, Copy, Default)]
struct Broken {
    /// Where the last of them ended.
    to: usize,
    /// How many there are.
    count: usize,
    /// Whether it broke like the field of a record, or stands with the next one on one line.
    doubtful: bool,
}

/// Reports a line that is broken from its start up to another one. Of several in a row that look like the fields of
/// a record whose brace is missing only the first is reported, and of fields, bands or arms in a row only a few.
fn report_line(
    state: &mut Builder<'_>,
    failure: Failure,
    start: usize,
    to: usize,
    commas: bool,
    last: &mut Broken,
) {
    let field = matches!(state.kind(failure.at), Kind::Colon | Kind::Comma);
    let follows = last.to == start || last.to + 1 == start;
    let together = !state.token(start).starts_line();
    let count = if follows { last.count + 1 } else { 1 };
    let hidden = (last.doubtful && (field || together)) || (commas && count > BROKEN_ELEMENTS);
    if !(follows && hidden) {
        report(state, failure, start);
    }
    *last = Broken { to, count, doubtful: field || state.kind(to) == Kind::Comma };
}

/// A failure behind the first word of a line that was read as the operand, type or member that the line before
/// lacks, as in `type A = "x" |` with `type B = …` on the next line: what failed is the line before.
fn before_keyword(state: &Builder<'_>, failure: Failure, start: usize) -> Failure {
    let Some(word) = failure.at.checked_sub(1).filter(|word| *word > start) else { return failure };
    let token = state.token(word);
    if failure.expected[0].is_none()
        || !token.starts_line()
        || !starts_statement(token, state.token(failure.at))
    {
        return failure;
    }
    let member = matches!(state.kind(word - 1), Kind::Dot | Kind::QuestionDot | Kind::TildeDot);
    let what = match state.kind(start) {
        _ if member => Expected::Name,
        // Other words are no names.
        _ if token.kind.is_reserved() => return failure,
        Kind::Type => Expected::Type,
        _ => Expected::Expression,
    };
    Failure { at: word, expected: [Some(what), None, None] }
}

/// Goes back to where a rule began and from there forward to a token, keeping what was reported.
pub(super) fn resume<'s, 'p, E: Problem<'s>>(
    input: &mut Reader<'s, 'p, E>,
    checkpoint: chumsky::input::Checkpoint<'s, 'p, &'s [Token], crate::builder::Mark>,
    to: usize,
) {
    let errors = std::mem::take(&mut input.state().errors);
    input.rewind(checkpoint);
    input.state().errors = errors;
    while position(input) < to {
        input.skip();
    }
}

/// The index behind the group that a token opens, or behind the token.
pub(super) fn behind(state: &Builder<'_>, at: usize) -> usize {
    let mut at = at;
    while state.kind(at).opens() {
        match state.mate(at) {
            Some(mate) if mate > at => at = mate,
            _ => break,
        }
    }
    at + 1
}

/// The first comma at the level of `start` that is not before `at`, or the end.
fn next_comma(state: &Builder<'_>, start: usize, at: usize, end: usize) -> usize {
    let mut index = start;
    while index < end && !(index >= at && state.kind(index) == Kind::Comma) {
        index = behind(state, index);
    }
    index.min(end)
}

/// The first token at the level of `start` that starts a line, or separates what may stand on one line, and is not
/// before `at`; or the end. A line that goes on with a broken statement, as one that is indented further than the
/// `own` indentation of that statement, is passed over with it.
fn next_line(
    state: &Builder<'_>,
    start: usize,
    at: usize,
    end: usize,
    commas: bool,
    own: Option<usize>,
) -> usize {
    let goes_on = |index: usize| {
        let (token, next) = (state.token(index), state.token(index + 1));
        let branch = token.kind == Kind::Else
            || (matches!(next.kind, Kind::LeftBrace | Kind::LeftParenthesis)
                && matches!(state.slice(index), "catch" | "finally"));
        branch
            || (!starts_statement(token, next)
                && (follows_operand(token.kind)
                    || own.is_some_and(|own| state.indentation(index).is_some_and(|found| found > own))))
    };
    let mut index = start;
    while index < end {
        let token = state.token(index);
        let separates = token.kind == Kind::Semicolon || (commas && token.kind == Kind::Comma);
        if index > start && index >= at && (separates || (token.starts_line() && !goes_on(index))) {
            break;
        }
        index = behind(state, index);
    }
    index.min(end)
}

/// Elements with commas between them, from the opening bracket to the closing one. An element that cannot be read
/// is replaced by what `broken` makes of its place.
pub(super) fn list<'s, 'p, E: Problem<'s>, T>(
    input: &mut Reader<'s, 'p, E>,
    open: Kind,
    element: impl Fn(&mut Reader<'s, 'p, E>) -> Result<T, E>,
    broken: impl Fn(&mut Builder<'s>, Span) -> Option<T>,
) -> Result<Vec<T>, E> {
    let at = position(input);
    if kind(input) != open {
        return Err(failed(input, Expected::Token(open)));
    }
    let Some(end) = input.state().mate(at) else { return Err(failed(input, Expected::Token(open))) };
    take(input);
    let elements = within(input, Mode::GROUP, |input| {
        let mut elements = Vec::new();
        let mut comma_missed = false;
        // What stands behind a missing comma may be no element at all: nothing more is said about it.
        let mut doubtful = false;
        let mut broken_elements = 0;
        while position(input) < end {
            let start = position(input);
            let checkpoint = input.save();
            let reported = input.state().errors.len();
            let mut whole = true;
            match element(input) {
                Ok(value) => elements.push(value),
                Err(problem) if !E::RECOVERS => return Err(problem),
                Err(problem) => {
                    let failure = problem.failure();
                    whole = false;
                    broken_elements += 1;
                    if broken_elements <= BROKEN_ELEMENTS && input.state().errors.len() == reported {
                        report(input.state(), failure, start);
                    }
                    let to = next_comma(input.state(), start, failure.at, end);
                    resume(input, checkpoint, to);
                    let span = input.state().span(start, to.max(start + 1));
                    elements.extend(broken(input.state(), span));
                }
            }
            if std::mem::take(&mut doubtful) {
                input.state().errors.truncate(reported);
            }
            if position(input) >= end || accept(input, Kind::Comma) {
                if whole {
                    broken_elements = 0;
                }
                continue;
            }
            let here = position(input);
            let next = kind(input);
            let starts_element = next.is_word() || next.starts_expression() || next == Kind::Ellipsis;
            if !E::RECOVERS {
                return Err(failed(input, Expected::Token(Kind::Comma)));
            }
            if starts_element && here > start {
                doubtful = true;
                if !comma_missed && input.state().errors.len() < COLLECTED_LIMIT {
                    comma_missed = true;
                    let state = input.state();
                    let next = state.token_span(here);
                    let at = Span::at(state.token_span(here - 1).end);
                    state.errors.push(SyntaxError::MissingComma { at, next });
                }
            } else {
                let failure: Failure = failed(input, Expected::Token(Kind::Comma)).failure();
                let failure = chumsky::error::Error::<'s, &'s [Token]>::merge(
                    failure,
                    Failure::expected(failure.at, Expected::Token(open.closing())),
                );
                broken_elements += usize::from(whole);
                if broken_elements <= BROKEN_ELEMENTS {
                    report(input.state(), failure, start);
                }
                let to = next_comma(input.state(), here, here, end);
                while position(input) < to {
                    input.skip();
                }
                accept(input, Kind::Comma);
            }
        }
        Ok(elements)
    })?;
    // The rules inside cannot pass the closing bracket: it is where the pairing said.
    take(input);
    Ok(elements)
}

/// Lines up to a token: statements, fields, entries. Each ends at a line break, at `;`, at `,` where those are
/// taken, or behind a `}`.
pub(super) fn lines<'s, 'p, E: Problem<'s>, T>(
    input: &mut Reader<'s, 'p, E>,
    end: usize,
    commas: bool,
    line: impl Fn(&mut Reader<'s, 'p, E>, &mut Vec<T>) -> Result<(), E>,
    broken: impl Fn(&mut Builder<'s>, Span) -> Option<T>,
) -> Result<Vec<T>, E> {
    let mut output = Vec::new();
    let mut last = Broken::default();
    loop {
        while accept(input, Kind::Semicolon) || (commas && accept(input, Kind::Comma)) {}
        let start = position(input);
        if start >= end {
            return Ok(output);
        }
        let checkpoint = input.save();
        let length = output.len();
        match line(input, &mut output) {
            Ok(()) => {}
            Err(problem) if !E::RECOVERS => return Err(problem),
            Err(problem) => {
                let failure = before_keyword(input.state(), problem.failure(), start);
                let own = input.state().indentation(start);
                let to = next_line(input.state(), start, failure.at, end, commas, own).max(start + 1);
                report_line(input.state(), failure, start, to, commas, &mut last);
                output.truncate(length);
                resume(input, checkpoint, to);
                let span = input.state().span(start, to);
                output.extend(broken(input.state(), span));
                continue;
            }
        }
        let here = position(input);
        if here >= end {
            return Ok(output);
        }
        let next = peek(input);
        let separated = next.starts_line()
            || next.kind == Kind::Semicolon
            || (commas && next.kind == Kind::Comma)
            || (here > start
                && input.state().kind(here - 1) == Kind::RightBrace
                && !matches!(next.kind, Kind::Comma | Kind::Bitwise));
        if separated && here > start {
            continue;
        }
        let problem = failed(input, if commas { Expected::Separator } else { Expected::EndOfStatement });
        if !E::RECOVERS {
            return Err(problem);
        }
        let failure = before_keyword(input.state(), problem.failure(), start);
        if failure.at < here {
            report_line(input.state(), failure, start, failure.at, commas, &mut last);
            output.truncate(length);
            resume(input, checkpoint, failure.at);
            let span = input.state().span(start, failure.at);
            output.extend(broken(input.state(), span));
            continue;
        }
        let own = input.state().indentation(start);
        let to = next_line(input.state(), here, here, end, commas, own).max(here + 1).min(end);
        report_line(input.state(), failure, start, to, commas, &mut last);
        while position(input) < to {
            input.skip();
        }
    }
}
