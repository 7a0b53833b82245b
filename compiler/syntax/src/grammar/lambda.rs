use super::Problem;
use super::assignment::{lambda_body, unpacking_follows};
use super::block::block;
use super::collection::{begins_like_record, record};
use super::expression::expression;
use super::recovery::list;
use super::support::{
    Reader, accept, accept_assign, after_group, ahead, expect, failed, kind, name, position, take,
};
use super::target::target;
use super::types::type_expression;
use crate::ast::{ExprId, ExprKind, Lambda, LambdaBody, LambdaForm, Name, Parameter, Target};
use crate::{Expected, Kind, SyntaxError};

/// Whether a lambda begins here: a name or parentheses and then `=>`, `async` before them or not.
pub(super) fn lambda_begins<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    if !input.state().mode.lambdas {
        return false;
    }
    let distance = usize::from(
        kind(input) == Kind::Async && {
            let next = ahead(input, 1);
            !next.starts_line() && (next.kind.is_name() || next.kind == Kind::LeftParenthesis)
        },
    );
    match ahead(input, distance).kind {
        Kind::LeftParenthesis => matches!(after_group(input, distance).kind, Kind::FatArrow | Kind::Arrow),
        first => first.is_name() && ahead(input, distance + 1).kind == Kind::FatArrow,
    }
}

/// `=>`; an `->` in its place is reported.
fn arrow<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<(), E> {
    if kind(input) == Kind::Arrow {
        let at = take(input);
        let span = input.state().token_span(at);
        input.state().errors.push(SyntaxError::LambdaArrow { span });
        return Ok(());
    }
    expect(input, Kind::FatArrow)?;
    Ok(())
}

/// `x => e`, `(a, b) => { … }`.
pub(super) fn lambda<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let asynchronous = kind(input) == Kind::Async && ahead(input, 1).kind != Kind::FatArrow;
    if asynchronous {
        take(input);
    }
    let parameters = lambda_parameters(input)?;
    arrow(input)?;
    let body = if kind(input) == Kind::LeftBrace && !unpacking_follows(input) {
        if begins_like_record(input) {
            LambdaBody::Expression(record(input)?)
        } else {
            LambdaBody::Block(block(input)?)
        }
    } else {
        lambda_body(input)?
    };
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    let lambda = Lambda { form: LambdaForm::Arrow, asynchronous, parameters, body };
    Ok(state.expression(ExprKind::Lambda(lambda), span))
}

/// Whether `function (` or `async function (` begins here, with a name before the parenthesis or without one.
pub(super) fn function_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let distance = usize::from(kind(input) == Kind::Async);
    let first = ahead(input, distance).kind;
    let next = ahead(input, distance + 1).kind;
    match first {
        Kind::Fn => next == Kind::LeftParenthesis,
        Kind::Function => {
            next == Kind::LeftParenthesis
                || (next.is_name() && ahead(input, distance + 2).kind == Kind::LeftParenthesis)
        }
        _ => false,
    }
}

/// `function (a, b) { … }`.
pub(super) fn function_expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let asynchronous = accept(input, Kind::Async);
    take(input);
    // A name may be given; it makes no variable.
    if kind(input).is_name() {
        take(input);
    }
    let parameters = parameters(input)?;
    let body = LambdaBody::Block(block(input)?);
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    let lambda = Lambda { form: LambdaForm::Function, asynchronous, parameters, body };
    Ok(state.expression(ExprKind::Lambda(lambda), span))
}

fn lambda_parameters<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Parameter>, E> {
    if kind(input) == Kind::LeftParenthesis {
        return parameters(input);
    }
    Ok(vec![named(name(input)?)])
}

/// `{ x => … }`, or `{ … }` for a lambda without parameters, after a call.
pub(super) fn block_lambda<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let asynchronous = ahead(input, 1).kind == Kind::Async
        && (ahead(input, 2).kind.is_name() || ahead(input, 2).kind == Kind::LeftParenthesis);
    let first = 1 + usize::from(asynchronous);
    let has_parameters = match ahead(input, first).kind {
        Kind::LeftParenthesis => after_group(input, first).kind == Kind::FatArrow,
        word => word.is_name() && ahead(input, first + 1).kind == Kind::FatArrow,
    };
    let asynchronous = asynchronous && has_parameters;
    let (parameters, block) = super::block::block_with(input, |input| {
        if !has_parameters {
            return Ok(Vec::new());
        }
        if asynchronous {
            take(input);
        }
        let parameters = lambda_parameters(input)?;
        expect(input, Kind::FatArrow)?;
        Ok(parameters)
    })?;
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    let body = LambdaBody::Block(block);
    let lambda = Lambda { form: LambdaForm::Trailing, asynchronous, parameters, body };
    Ok(state.expression(ExprKind::Lambda(lambda), span))
}

/// `(a, b: T, c? = d)`.
pub(super) fn parameters<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Parameter>, E> {
    list(input, Kind::LeftParenthesis, parameter, |_, _| None)
}

/// A parameter that is only a name.
pub(super) fn named(name: Name) -> Parameter {
    let target = Target::Name(name);
    Parameter { target, rest: false, optional: false, declared: None, default: None }
}

fn parameter<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Parameter, E> {
    let rest = accept(input, Kind::Ellipsis);
    let first = kind(input);
    if !first.is_name() && !matches!(first, Kind::LeftBrace | Kind::LeftBracket) {
        return Err(failed(input, if rest { Expected::Name } else { Expected::Parameter }));
    }
    let target = target(input)?;
    let optional = accept(input, Kind::Question);
    let declared = if accept(input, Kind::Colon) { Some(type_expression(input)?) } else { None };
    let default = if accept_assign(input) { Some(expression(input)?) } else { None };
    Ok(Parameter { target, rest, optional, declared, default })
}
