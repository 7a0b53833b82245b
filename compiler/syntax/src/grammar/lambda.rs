use super::Problem;
use super::block::block;
use super::collection::{begins_like_record, record};
use super::expression::expression;
use super::recovery::{behind, list};
use super::support::{
    Reader, accept, accept_assign, after_group, ahead, expect, failed, kind, name, position, take,
};
use super::types::type_expression;
use super::unsupported::assignment;
use crate::ast::{ExprId, ExprKind, Lambda, LambdaBody, Name, Parameter};
use crate::{Construct, Expected, Kind};

/// Whether the parentheses that open here are the parameters of a lambda.
pub(super) fn lambda_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    after_group(input, 0).kind == Kind::FatArrow
}

/// `x => e`, `(a, b) => { … }`.
pub(super) fn lambda<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let parameters = lambda_parameters(input)?;
    expect(input, Kind::FatArrow)?;
    let body = if kind(input) == Kind::LeftBrace && !begins_like_record(input) {
        LambdaBody::Block(block(input)?)
    } else if kind(input) == Kind::LeftBrace {
        LambdaBody::Expression(record(input)?)
    } else {
        let body = expression(input)?;
        LambdaBody::Expression(assignment(input, body)?)
    };
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    Ok(state.expression(ExprKind::Lambda(Lambda { parameters, body }), span))
}

fn lambda_parameters<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Parameter>, E> {
    if kind(input) == Kind::LeftParenthesis {
        return parameters(input);
    }
    let name = name(input)?;
    Ok(vec![Parameter { name, optional: false, declared: None, default: None }])
}

/// `{ x => … }`, or `{ … }` for a lambda without parameters, after a call.
pub(super) fn block_lambda<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let has_parameters = match ahead(input, 1).kind {
        Kind::LeftParenthesis => after_group(input, 1).kind == Kind::FatArrow,
        first => first.is_name() && ahead(input, 2).kind == Kind::FatArrow,
    };
    let (parameters, block) = super::block::block_with(input, |input| {
        if !has_parameters {
            return Ok(Vec::new());
        }
        let parameters = lambda_parameters(input)?;
        expect(input, Kind::FatArrow)?;
        Ok(parameters)
    })?;
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    let lambda = Lambda { parameters, body: LambdaBody::Block(block) };
    Ok(state.expression(ExprKind::Lambda(lambda), span))
}

/// `(a, b: T, c? = d)`.
pub(super) fn parameters<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Parameter>, E> {
    list(input, Kind::LeftParenthesis, parameter, |_, _| None)
}

fn parameter<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Parameter, E> {
    let start = position(input);
    if kind(input) == Kind::Ellipsis {
        input.state().unsupported(Construct::RestParameter, start);
        take(input);
    }
    let name = match kind(input) {
        Kind::LeftBrace | Kind::LeftBracket => {
            let at = position(input);
            input.state().unsupported(Construct::Destructuring, at);
            let to = behind(input.state(), at);
            while position(input) < to {
                input.skip();
            }
            Name { text: "_".into(), span: input.state().span(at, to) }
        }
        word if word.is_name() => name(input)?,
        _ => {
            let expected = if position(input) > start { Expected::Name } else { Expected::Parameter };
            return Err(failed(input, expected));
        }
    };
    let optional = accept(input, Kind::Question);
    let declared = if accept(input, Kind::Colon) { Some(type_expression(input)?) } else { None };
    let default = if accept_assign(input) { Some(expression(input)?) } else { None };
    Ok(Parameter { name, optional, declared, default })
}
