use super::Problem;
use super::collection::{record, selector};
use super::expression::{at_new_line, expression, primary};
use super::lambda::block_lambda;
use super::recovery::list;
use super::support::{Reader, accept, after_group, ahead, expect, kind, peek, position, take, within, word};
use super::types::narrow_type;
use crate::ast::{Argument, ArgumentValue, ExprId, ExprKind};
use crate::builder::Mode;
use crate::{Expected, Kind};

/// An operand with the calls, members, indices, `as` and `!` after it.
pub(super) fn postfix<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let mut operand = primary(input)?;
    loop {
        let next = peek(input);
        let kind = match next.kind {
            Kind::Dot => {
                take(input);
                let name = word(input, Expected::Name)?;
                ExprKind::Member { object: operand, name }
            }
            Kind::QuestionDot => optional(input, operand)?,
            Kind::TildeDot => {
                take(input);
                ExprKind::TildeMember { object: operand, name: word(input, Expected::Name)? }
            }
            Kind::LeftParenthesis if !at_new_line(input) => {
                let mut arguments = arguments(input)?;
                if trailing_follows(input) {
                    arguments.push(trailing(input)?);
                }
                ExprKind::Call { callee: operand, arguments }
            }
            Kind::LeftBracket if !at_new_line(input) => {
                take(input);
                let index = within(input, Mode::GROUP, expression)?;
                expect(input, Kind::RightBracket)?;
                ExprKind::Index { object: operand, index }
            }
            Kind::LeftBrace if trailing_follows(input) && callable(input, start, operand) => {
                let arguments = vec![trailing(input)?];
                ExprKind::Call { callee: operand, arguments }
            }
            Kind::As if !at_new_line(input) => {
                take(input);
                let target = narrow_type(input)?;
                ExprKind::As { value: operand, target }
            }
            Kind::Bang if !next.follows_space() => {
                take(input);
                ExprKind::Assert(operand)
            }
            _ => return Ok(operand),
        };
        let end = position(input);
        let span = input.state().span(start, end);
        operand = input.state().expression(kind, span);
    }
}

/// `?.name`, `?.[i]`, `?.(x)`.
fn optional<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, object: ExprId) -> Result<ExprKind, E> {
    take(input);
    match kind(input) {
        Kind::LeftBracket => {
            take(input);
            let index = within(input, Mode::GROUP, expression)?;
            expect(input, Kind::RightBracket)?;
            Ok(ExprKind::OptionalIndex { object, index })
        }
        Kind::LeftParenthesis => {
            let mut arguments = arguments(input)?;
            if trailing_follows(input) {
                arguments.push(trailing(input)?);
            }
            Ok(ExprKind::OptionalCall { callee: object, arguments })
        }
        _ => Ok(ExprKind::OptionalMember { object, name: word(input, Expected::Name)? }),
    }
}

/// Whether a block here belongs to the call before it: it begins on the same line, and not in the head of an `if`.
fn trailing_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = peek(input);
    next.kind == Kind::LeftBrace && !next.starts_line() && input.state().mode.trailing
}

/// Whether an operand takes a block: a name, a member or a call, not in parentheses.
fn callable<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize, operand: ExprId) -> bool {
    let end = position(input);
    let state = input.state();
    let expression = &state.tree[operand];
    matches!(
        expression.kind,
        ExprKind::Name(_)
            | ExprKind::Member { .. }
            | ExprKind::OptionalMember { .. }
            | ExprKind::TildeMember { .. }
            | ExprKind::Call { .. }
            | ExprKind::OptionalCall { .. }
    ) && expression.span == state.span(start, end)
}

/// `(a, name: b, ...c, .field)`.
pub(super) fn arguments<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Argument>, E> {
    list(input, Kind::LeftParenthesis, argument, |state, span| {
        let value = ArgumentValue::Expression(state.expression(ExprKind::Error, span));
        Some(Argument { name: None, value, trailing: false, span })
    })
}

fn argument<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Argument, E> {
    let start = position(input);
    let mut name = None;
    let value = if accept(input, Kind::Ellipsis) {
        ArgumentValue::Spread(expression(input)?)
    } else {
        if kind(input).is_word() && ahead(input, 1).kind == Kind::Colon {
            name = Some(word(input, Expected::Name)?);
            take(input);
        }
        ArgumentValue::Expression(if kind(input) == Kind::Dot {
            selector(input)?
        } else {
            expression(input)?
        })
    };
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Argument { name, value, trailing: false, span })
}

/// The block after a call: a record where it begins like one, else a lambda.
fn trailing<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Argument, E> {
    let start = position(input);
    let value = if begins_like_argument(input) { record(input)? } else { block_lambda(input)? };
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Argument { name: None, value: ArgumentValue::Expression(value), trailing: true, span })
}

/// Whether the braces that open here begin like a record: `...`, or a name, string or `[…]` and then `:`.
fn begins_like_argument<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    match ahead(input, 1).kind {
        Kind::Ellipsis => true,
        Kind::LeftBracket => after_group(input, 1).kind == Kind::Colon,
        first => (first.is_word() || first == Kind::String) && ahead(input, 2).kind == Kind::Colon,
    }
}
