//! Going on after a mistake: at the next element of a list, at the next line of a block.

use prism_diagnostics::Span;

use super::support::{Reader, accept, failed, kind, peek, position, take, within};
use super::{Failure, Problem};
use crate::builder::{Builder, Mode};
use crate::{Expected, Kind, SyntaxError, Token};

/// Reports a failure inside of what began at a token, unless the lexer or the brackets said so already.
pub(super) fn report(state: &mut Builder<'_>, failure: Failure, start: usize) {
    let token = state.token(failure.at);
    if failure.expected[0].is_none() || token.kind == Kind::Error || token.has(Token::SYNTHETIC) {
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
/// before `at`; or the end.
fn next_line(state: &Builder<'_>, start: usize, at: usize, end: usize, commas: bool) -> usize {
    let mut index = start;
    while index < end {
        let token = state.token(index);
        let starts =
            token.starts_line() || token.kind == Kind::Semicolon || (commas && token.kind == Kind::Comma);
        if index > start && index >= at && starts {
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
        while position(input) < end {
            let start = position(input);
            let checkpoint = input.save();
            match element(input) {
                Ok(value) => elements.push(value),
                Err(problem) if !E::RECOVERS => return Err(problem),
                Err(problem) => {
                    let failure = problem.failure();
                    report(input.state(), failure, start);
                    let to = next_comma(input.state(), start, failure.at, end);
                    resume(input, checkpoint, to);
                    let span = input.state().span(start, to.max(start + 1));
                    elements.extend(broken(input.state(), span));
                }
            }
            if position(input) >= end || accept(input, Kind::Comma) {
                continue;
            }
            let here = position(input);
            let next = kind(input);
            let starts_element = next.is_word() || next.starts_expression() || next == Kind::Ellipsis;
            if !E::RECOVERS {
                return Err(failed(input, Expected::Token(Kind::Comma)));
            }
            if starts_element && here > start {
                if !comma_missed {
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
                report(input.state(), failure, start);
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
                let failure = problem.failure();
                report(input.state(), failure, start);
                let to = next_line(input.state(), start, failure.at, end, commas).max(start + 1);
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
            || (here > start && input.state().kind(here - 1) == Kind::RightBrace);
        if separated && here > start {
            continue;
        }
        let problem = failed(input, Expected::EndOfStatement);
        if !E::RECOVERS {
            return Err(problem);
        }
        report(input.state(), problem.failure(), start);
        let to = next_line(input.state(), here, here, end, commas).max(here + 1).min(end);
        while position(input) < to {
            input.skip();
        }
    }
}
