//! Constructs that are recognised and not taken: each is reported once, by name, and read over as a whole.

use super::Problem;
use super::expression::{self, operand_follows};
use super::recovery::behind;
use super::support::{Reader, ahead, kind, peek, position, take};
use crate::ast::ExprId;
use crate::{Construct, Kind};

/// The construct that begins here as a statement.
fn statement_construct<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Option<Construct> {
    let next = ahead(input, 1);
    let same_line = !next.starts_line();
    Some(match kind(input) {
        Kind::For => Construct::For,
        Kind::While => Construct::While,
        Kind::Match => Construct::Match,
        Kind::Try => Construct::Try,
        Kind::Break | Kind::Continue => Construct::LoopExit,
        Kind::Import => Construct::Import,
        Kind::Export => Construct::Export,
        Kind::Test if same_line && next.kind == Kind::String => Construct::Test,
        Kind::Mock if same_line && next.kind.is_name() => Construct::Mock,
        Kind::Assert if same_line && (operand_follows(input) || next.kind == Kind::ConfidenceOf) => {
            Construct::Assert
        }
        Kind::Switch if same_line && next.kind == Kind::LeftParenthesis => {
            let after = super::support::after_group(input, 1).kind;
            if after != Kind::LeftBrace {
                return None;
            }
            Construct::Switch
        }
        Kind::Class if same_line && next.kind.is_name() => Construct::Class,
        Kind::Throw if operand_follows(input) => Construct::Throw,
        Kind::Delete if operand_follows(input) => Construct::Delete,
        Kind::Type if same_line && next.kind.is_name() => Construct::LocalType,
        _ => return None,
    })
}

/// Reads over a statement that is not taken. False if what stands here is something else.
pub(super) fn statement<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<bool, E> {
    let Some(construct) = statement_construct(input) else { return Ok(false) };
    let at = position(input);
    input.state().unsupported(construct, at);
    skip_construct(input);
    Ok(true)
}

/// The construct that begins here as an operand.
pub(super) fn expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Option<ExprId>, E> {
    let next = ahead(input, 1);
    let construct = match kind(input) {
        Kind::Match => Construct::Match,
        Kind::For => Construct::For,
        Kind::While => Construct::While,
        Kind::Try => Construct::Try,
        Kind::Fn | Kind::Function => Construct::FunctionExpression,
        Kind::Async if !next.starts_line() && (next.kind == Kind::LeftParenthesis || next.kind.is_name()) => {
            Construct::Async
        }
        Kind::Async if !next.starts_line() && matches!(next.kind, Kind::Fn | Kind::Function) => {
            Construct::Async
        }
        Kind::Switch
            if next.kind == Kind::LeftParenthesis
                && super::support::after_group(input, 1).kind == Kind::LeftBrace =>
        {
            Construct::Switch
        }
        Kind::Throw if operand_follows(input) => Construct::Throw,
        Kind::New if operand_follows(input) => Construct::New,
        Kind::Slash => Construct::RegularExpression,
        _ => return Ok(None),
    };
    let at = position(input);
    // `async(…)` is a call of something that has this name, unless a lambda follows.
    if construct == Construct::Async
        && next.kind == Kind::LeftParenthesis
        && super::support::after_group(input, 1).kind != Kind::FatArrow
    {
        return Ok(None);
    }
    input.state().unsupported(construct, at);
    match construct {
        Construct::Async | Construct::New | Construct::Throw
            if !matches!(next.kind, Kind::Fn | Kind::Function) =>
        {
            take(input);
            expression::expression(input)?;
        }
        Construct::RegularExpression => skip_regular_expression(input),
        _ => skip_head_and_braces(input),
    }
    Ok(Some(expression::error(input, at)))
}

/// The operator that a word at the start of an operand is.
pub(super) fn operand_of_word<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Option<Construct> {
    let construct = match kind(input) {
        Kind::Typeof => Construct::Typeof,
        Kind::Await => Construct::Async,
        Kind::Delete => Construct::Delete,
        _ => return None,
    };
    operand_follows(input).then_some(construct)
}

/// What follows an expression that turns it into an assignment: reported, and read over.
pub(super) fn assignment<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    place: ExprId,
) -> Result<ExprId, E> {
    let at = position(input);
    match kind(input) {
        Kind::Assign | Kind::AssignOperator => {
            input.state().unsupported(Construct::Assignment, at);
            take(input);
            let value = expression::expression(input)?;
            let state = input.state();
            let span = state.tree[place].span.to(state.tree[value].span);
            Ok(state.expression(crate::ast::ExprKind::Error, span))
        }
        Kind::Increment if !peek(input).starts_line() => {
            input.state().unsupported(Construct::Assignment, at);
            take(input);
            let state = input.state();
            let span = state.tree[place].span.to(state.token_span(at));
            Ok(state.expression(crate::ast::ExprKind::Error, span))
        }
        _ => Ok(place),
    }
}

/// Takes what is left of a line, groups as a whole.
pub(super) fn skip_line<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) {
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
        let next = kind(input);
        let goes_on = match next {
            Kind::Name if closed => {
                let at = position(input);
                matches!(input.state().slice(at), "catch" | "finally")
            }
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
            let goes_on = next.kind == Kind::Else
                || (next.kind == Kind::Name && matches!(input.state().slice(at), "catch" | "finally"));
            if !goes_on {
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
