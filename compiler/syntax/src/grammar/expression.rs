use super::Problem;
use super::choice::match_expression;
use super::collection::{list_literal, record};
use super::control::{do_block, if_expression, uncertain};
use super::lambda::{function_expression, function_follows, lambda, lambda_begins};
use super::operator::{binary, condition};
use super::pipe::pipe;
use super::refused;
use super::support::{Reader, ahead, deeper, expect, failed, kind, name, peek, position, take, within};
use super::switch::{switch, switch_follows};
use super::template::string;
use crate::ast::{ExprId, ExprKind, Literal};
use crate::builder::Mode;
use crate::{Expected, Kind, literal};

/// An expression with all its operators.
pub(super) fn expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    deeper(input, |input| {
        let start = position(input);
        let value = binary(input, 0)?;
        if kind(input) == Kind::Pipe { pipe(input, start, value) } else { Ok(value) }
    })
}

/// What stands between operators: a literal, a name, a bracket, a lambda, or a construct with a value.
pub(super) fn primary<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let kind = kind(input);
    match kind {
        Kind::Number => {
            let value = |text: &str| Literal::Number(literal::number(text).unwrap_or(0.0));
            Ok(literal(input, value))
        }
        Kind::Duration => Ok(literal(input, |text| Literal::Duration(literal::duration(text).unwrap_or(0)))),
        Kind::Money => Ok(literal(input, |text| {
            Literal::Money(literal::money(text.strip_prefix('$').unwrap_or(text)).unwrap_or(0))
        })),
        Kind::String | Kind::TemplateHead => string(input),
        Kind::True => Ok(literal(input, |_| Literal::Boolean(true))),
        Kind::False => Ok(literal(input, |_| Literal::Boolean(false))),
        Kind::Null => Ok(literal(input, |_| Literal::Null)),
        Kind::LeftParenthesis => {
            if lambda_begins(input) {
                lambda(input)
            } else {
                parenthesised(input)
            }
        }
        Kind::LeftBracket => list_literal(input),
        Kind::LeftBrace => record(input),
        Kind::If => if_expression(input),
        Kind::Do => do_block(input),
        Kind::Uncertain if ahead(input, 1).kind == Kind::If => uncertain(input),
        Kind::Match => match_expression(input),
        Kind::Switch if switch_follows(input) => switch(input),
        Kind::New if ahead(input, 1).kind.is_name() && !word_is_operator(ahead(input, 1).kind) => new(input),
        _ => {
            if lambda_begins(input) {
                return lambda(input);
            }
            if function_follows(input) {
                return function_expression(input);
            }
            if let Some(error) = refused::expression(input)? {
                return Ok(error);
            }
            if kind == Kind::Undefined {
                return Ok(literal(input, |_| Literal::Null));
            }
            if !kind.is_name() {
                return Err(failed(input, Expected::Expression));
            }
            let at = take(input);
            let state = input.state();
            let name = state.name(at);
            let span = name.span;
            Ok(state.expression(ExprKind::Name(name), span))
        }
    }
}

fn literal<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, value: impl FnOnce(&str) -> Literal) -> ExprId {
    let at = take(input);
    let state = input.state();
    let value = value(state.slice(at));
    let span = state.token_span(at);
    state.expression(ExprKind::Literal(value), span)
}

fn parenthesised<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    take(input);
    let inner = within(input, Mode::GROUP, |input| {
        let inner = condition(input)?;
        if kind(input) == Kind::Comma {
            refused::comma(input)?;
        }
        Ok(inner)
    })?;
    expect(input, Kind::RightParenthesis)?;
    Ok(inner)
}

/// Whether a word after a name is an operator rather than another name.
fn word_is_operator(kind: Kind) -> bool {
    matches!(kind, Kind::In | Kind::Is | Kind::As | Kind::Instanceof)
}

/// `new Map(x)`, `new Map`.
fn new<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = take(input);
    let class = name(input)?;
    let next = peek(input);
    let arguments = if next.kind == Kind::LeftParenthesis && !at_new_line(input) {
        super::postfix::arguments(input)?
    } else {
        Vec::new()
    };
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    Ok(state.expression(ExprKind::New { class, arguments }, span))
}

/// Whether what follows begins an operand on the same line: what a word before it needs to be an operator.
pub(super) fn operand_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    !next.starts_line()
        && (next.kind.is_name()
            || matches!(
                next.kind,
                Kind::Number | Kind::String | Kind::TemplateHead | Kind::True | Kind::False | Kind::Null
            ))
}

/// An expression that could not be read, over the tokens from one index up to the next one.
pub(super) fn error<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize) -> ExprId {
    let end = position(input);
    let span = input.state().span(start, end);
    input.state().expression(ExprKind::Error, span)
}

/// Whether the next token starts a line at a place where lines end statements.
pub(super) fn at_new_line<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let starts = peek(input).starts_line();
    starts && input.state().mode.newlines
}
