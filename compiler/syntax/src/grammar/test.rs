//! Tests, and the statements that only they have.

use super::Problem;
use super::block::block;
use super::control::head;
use super::expression::expression;
use super::support::{
    Reader, accept, accept_word, after_group, ahead, expect, failed, has_comma, kind, name, peek, position,
    take, within, word_follows,
};
use super::template::string_text;
use crate::ast::{ExprId, Mock, MockBehaviour, Name, StatementKind, Test};
use crate::builder::Mode;
use crate::{Expected, Kind, SyntaxError};

/// `test "…" { … }`.
pub(super) fn test<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Test, E> {
    let start = take(input);
    let documentation = input.state().documentation(start);
    let name = quoted(input)?;
    let outer = std::mem::replace(&mut input.state().in_test, true);
    let body = block(input);
    input.state().in_test = outer;
    let body = body?;
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Test { name, documentation, body, span, tainted: false })
}

fn quoted<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Name, E> {
    let at = expect(input, Kind::String)?;
    let state = input.state();
    Ok(Name { text: string_text(state, at), span: state.token_span(at) })
}

/// Whether `mock` begins a statement here: a contract and the name of an agent follow.
pub(super) fn mock_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    kind(input) == Kind::Mock && next.kind.is_name() && !next.starts_line()
}

/// `mock A "a" replies […]`.
pub(super) fn mock<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    let start = take(input);
    if !input.state().in_test {
        let span = input.state().token_span(start);
        input.state().errors.push(SyntaxError::MockOutsideTest { span });
    }
    let contract = name(input)?;
    let name = quoted(input)?;
    let calibrated = accept_word(input, "calibrated");
    let behaviour = if accept_word(input, "replies") {
        MockBehaviour::Replies(head(input, expression)?)
    } else if accept_word(input, "fails") {
        MockBehaviour::Fails(head(input, expression)?)
    } else if accept_word(input, "answers") {
        MockBehaviour::Answers(answers(input)?)
    } else {
        return Err(failed(input, Expected::MockBehaviour));
    };
    let after = if word_follows(input, "after") && !peek(input).starts_line() {
        take(input);
        Some(head(input, expression)?)
    } else {
        None
    };
    Ok(StatementKind::Mock(Box::new(Mock { contract, name, calibrated, behaviour, after })))
}

/// The lambda after `answers`.
fn answers<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    if !super::lambda::lambda_begins(input) {
        return Err(failed(input, Expected::Lambda));
    }
    let mode = Mode { trailing: false, ..input.state().mode };
    within(input, mode, super::lambda::lambda)
}

/// Whether `assert` begins a statement here, and is no variable.
pub(super) fn assert_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    if kind(input) != Kind::Assert {
        return false;
    }
    let next = ahead(input, 1);
    if next.starts_line() {
        return false;
    }
    match next.kind {
        Kind::LeftParenthesis | Kind::LeftBrace => true,
        Kind::LeftBracket => next.follows_space(),
        Kind::Minus | Kind::Plus | Kind::Tilde | Kind::ConfidenceOf => {
            next.follows_space() && !ahead(input, 2).follows_space()
        }
        Kind::In | Kind::Is | Kind::As | Kind::Instanceof => false,
        first => first.starts_expression(),
    }
}

/// `assert e, "why"`, also as `assert(e, "why")`.
pub(super) fn assert<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    take(input);
    if kind(input) == Kind::LeftParenthesis && has_comma(input) {
        let after = after_group(input, 0);
        if after.starts_line() || after.kind.closes() || matches!(after.kind, Kind::Semicolon | Kind::End) {
            take(input);
            let (condition, message) = within(input, Mode::GROUP, |input| {
                let condition = expression(input)?;
                expect(input, Kind::Comma)?;
                let message = expression(input)?;
                accept(input, Kind::Comma);
                Ok((condition, message))
            })?;
            expect(input, Kind::RightParenthesis)?;
            return Ok(StatementKind::Assert { condition, message: Some(message) });
        }
    }
    let condition = super::operator::condition(input)?;
    let message = if accept(input, Kind::Comma) { Some(expression(input)?) } else { None };
    Ok(StatementKind::Assert { condition, message })
}
