//! Constructs that Prism does not have: each is reported once, by name, and read over as a whole.

use super::Problem;
use super::expression::{self, operand_follows};
use super::recovery::behind;
use super::support::{Reader, ahead, kind, peek, position, take, word_follows};
use crate::ast::ExprId;
use crate::{Construct, Kind, SyntaxError};

/// The construct that begins here as a statement.
fn statement_construct<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Option<Construct> {
    let next = ahead(input, 1);
    let same_line = !next.starts_line();
    Some(match kind(input) {
        Kind::Class if same_line && next.kind.is_name() => Construct::Class,
        Kind::Throw if operand_follows(input) => Construct::Throw,
        Kind::Delete if operand_follows(input) => Construct::Delete,
        Kind::Function if next.kind == Kind::Star => Construct::Generator,
        Kind::Async if next.kind == Kind::Function && ahead(input, 2).kind == Kind::Star => {
            Construct::Generator
        }
        Kind::Name if operand_follows(input) && word_follows(input, "yield") => Construct::Generator,
        word if word.is_name()
            && next.kind == Kind::Colon
            && matches!(ahead(input, 2).kind, Kind::For | Kind::While | Kind::Do) =>
        {
            Construct::Label
        }
        _ => return None,
    })
}

/// Reads over a statement that Prism does not have. False if what stands here is something else.
pub(super) fn statement<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let Some(construct) = statement_construct(input) else { return false };
    let at = position(input);
    input.state().unsupported(construct, at);
    skip_construct(input);
    true
}

/// Reads over an operand that Prism does not have, or a statement that stands in the place of one.
pub(super) fn expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Option<ExprId>, E> {
    let at = position(input);
    match kind(input) {
        Kind::For | Kind::While | Kind::Try => {
            let span = input.state().token_span(at);
            input.state().errors.push(SyntaxError::StatementAsValue { span });
            skip_head_and_braces(input);
        }
        Kind::Throw if operand_follows(input) => {
            input.state().unsupported(Construct::Throw, at);
            take(input);
            expression::expression(input)?;
        }
        Kind::Delete if operand_follows(input) => {
            input.state().unsupported(Construct::Delete, at);
            take(input);
            super::operator::unary(input)?;
        }
        Kind::Async | Kind::Function if generator_follows(input) => {
            input.state().unsupported(Construct::Generator, at);
            skip_head_and_braces(input);
        }
        Kind::Slash if at > 0 && input.state().kind(at - 1) == Kind::Star && !peek(input).follows_space() => {
            take(input);
            let span = input.state().span(at - 1, at + 1);
            input.state().errors.push(SyntaxError::StrayCommentEnd { span });
        }
        Kind::Slash => {
            skip_regular_expression(input);
            let end = position(input);
            let span = input.state().span(at, end);
            let construct = Construct::RegularExpression;
            input.state().errors.push(SyntaxError::NotSupported { construct, span });
        }
        _ => return Ok(None),
    }
    Ok(Some(expression::error(input, at)))
}

/// Whether `function*` begins here, with `async` before it or without.
fn generator_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let first = usize::from(kind(input) == Kind::Async);
    ahead(input, first).kind == Kind::Function && ahead(input, first + 1).kind == Kind::Star
}

/// `, b` where one expression is wanted: reported, and read over.
pub(super) fn comma<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<(), E> {
    let at = position(input);
    input.state().unsupported(Construct::Comma, at);
    while super::support::accept(input, Kind::Comma) {
        super::assignment::assignment_or_expression(input)?;
    }
    Ok(())
}

/// Takes what is left of a line, groups as a whole.
fn skip_line<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) {
    loop {
        let at = position(input);
        let to = behind(input.state(), at);
        while position(input) < to {
            input.skip();
        }
        let next = peek(input);
        if next.starts_line() || next.kind.closes() || matches!(next.kind, Kind::Semicolon | Kind::End) {
            return;
        }
    }
}

/// Takes a construct with its heads and blocks: up to the end of the line on which its last block closes.
fn skip_construct<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) {
    let first = position(input);
    loop {
        skip_line(input);
        let last = position(input) - 1;
        let closed = input.state().kind(last) == Kind::RightBrace && last > first;
        let goes_on = match kind(input) {
            Kind::Else => true,
            Kind::LeftBrace => !closed,
            _ => false,
        };
        if !goes_on {
            return;
        }
    }
}

/// Takes a construct inside an expression: its head, and the blocks that follow one another.
fn skip_head_and_braces<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) {
    loop {
        let at = position(input);
        let block = kind(input) == Kind::LeftBrace;
        let to = behind(input.state(), at);
        while position(input) < to {
            input.skip();
        }
        let next = peek(input);
        if block {
            let at = position(input);
            let state = input.state();
            if next.kind != Kind::Else && !state.is(at, "catch") && !state.is(at, "finally") {
                return;
            }
        }
        if next.kind.closes() || matches!(next.kind, Kind::Comma | Kind::Semicolon | Kind::End) {
            return;
        }
        if next.starts_line() && next.kind != Kind::LeftBrace && !block {
            return;
        }
    }
}

/// Takes `/…/` up to the second slash on the line.
fn skip_regular_expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) {
    take(input);
    loop {
        let next = peek(input);
        if next.starts_line() || next.kind.closes() || next.kind == Kind::End {
            return;
        }
        let at = position(input);
        let to = behind(input.state(), at);
        while position(input) < to {
            input.skip();
        }
        if next.kind == Kind::Slash {
            // Flags touch the slash.
            let flags = peek(input);
            if flags.kind == Kind::Name && !flags.follows_space() {
                take(input);
            }
            return;
        }
    }
}
