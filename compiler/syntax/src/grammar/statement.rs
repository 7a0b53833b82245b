use super::Problem;
use super::block::block;
use super::collection::{begins_like_record, record};
use super::control::{if_expression, uncertain};
use super::declaration::function;
use super::expression::expression;
use super::recovery::behind;
use super::support::{
    Reader, accept, accept_assign, after_group, ahead, failed, kind, name, peek, position, take,
};
use super::types::type_expression;
use super::unsupported::{self, assignment};
use crate::ast::{Block, Body, StatementId, StatementKind};
use crate::{Construct, Expected, Kind};

/// A statement; `let` makes one for each of its names.
pub(super) fn statement<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    output: &mut Vec<StatementId>,
) -> Result<(), E> {
    let start = position(input);
    let kind = match kind(input) {
        Kind::Let | Kind::Const => return bindings(input, output),
        Kind::Return => {
            take(input);
            let next = peek(input);
            let bare = next.starts_line() || next.kind.closes() || next.kind == Kind::Semicolon;
            StatementKind::Return(if bare { None } else { Some(expression(input)?) })
        }
        Kind::Fn | Kind::Function if ahead(input, 1).kind.is_name() => {
            StatementKind::Function(Box::new(function(input)?))
        }
        Kind::Async if matches!(ahead(input, 1).kind, Kind::Fn | Kind::Function) => {
            input.state().unsupported(Construct::Async, start);
            take(input);
            return statement(input, output);
        }
        Kind::If => StatementKind::Expression(if_expression(input)?),
        Kind::Uncertain if ahead(input, 1).kind == Kind::If => StatementKind::Expression(uncertain(input)?),
        Kind::LeftBrace => braces(input)?,
        Kind::LeftBracket if after_group(input, 0).kind == Kind::Assign => destructuring(input)?,
        _ => {
            if unsupported::statement(input)? {
                StatementKind::Error
            } else {
                let value = expression(input)?;
                StatementKind::Expression(assignment(input, value)?)
            }
        }
    };
    let end = position(input);
    let span = input.state().span(start, end);
    let statement = input.state().statement(kind, span);
    output.push(statement);
    Ok(())
}

/// A statement that stands where a block may; several bindings are gathered in a block.
pub(super) fn bare_statement<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Body, E> {
    let start = position(input);
    let mut statements = Vec::new();
    statement(input, &mut statements)?;
    match statements.as_slice() {
        [single] => Ok(Body::Statement(*single)),
        _ => {
            let end = position(input);
            let span = input.state().span(start, end);
            Ok(Body::Block(Block { statements, span }))
        }
    }
}

/// What starts with `{` where a statement starts: a record if it begins like one or holds at most a name, else a
/// block.
fn braces<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    if after_group(input, 0).kind == Kind::Assign {
        return destructuring(input);
    }
    let first = ahead(input, 1).kind;
    let short = first == Kind::RightBrace || (first.is_name() && ahead(input, 2).kind == Kind::RightBrace);
    if short || begins_like_record(input) {
        return Ok(StatementKind::Expression(record(input)?));
    }
    Ok(StatementKind::Block(block(input)?))
}

/// `{ a, b } = e` or `[a, b] = e`: reported, and read over.
fn destructuring<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    let at = position(input);
    input.state().unsupported(Construct::Destructuring, at);
    skip_group(input);
    take(input);
    expression(input)?;
    Ok(StatementKind::Error)
}

fn skip_group<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) {
    let at = position(input);
    let to = behind(input.state(), at);
    while position(input) < to {
        input.skip();
    }
}

/// `let a: T = 1, b = 2`.
fn bindings<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    output: &mut Vec<StatementId>,
) -> Result<(), E> {
    let mut start = position(input);
    let constant = kind(input) == Kind::Const;
    take(input);
    loop {
        let at = position(input);
        let taken_apart = matches!(kind(input), Kind::LeftBrace | Kind::LeftBracket);
        let name = if taken_apart {
            input.state().unsupported(Construct::Destructuring, at);
            skip_group(input);
            None
        } else {
            Some(name(input)?)
        };
        let declared = if accept(input, Kind::Colon) { Some(type_expression(input)?) } else { None };
        let value = if accept_assign(input) {
            Some(expression(input)?)
        } else {
            let next = peek(input);
            let ends = next.starts_line()
                || next.kind.closes()
                || matches!(next.kind, Kind::Comma | Kind::Semicolon | Kind::End);
            if !ends {
                return Err(failed(input, Expected::Token(Kind::Assign)));
            }
            None
        };
        let kind = match name {
            Some(name) => StatementKind::Let { name, declared, value, constant },
            None => StatementKind::Error,
        };
        let end = position(input);
        let span = input.state().span(start, end);
        let statement = input.state().statement(kind, span);
        output.push(statement);
        if !accept(input, Kind::Comma) {
            return Ok(());
        }
        start = position(input);
    }
}
