use prism_diagnostics::Span;

use super::Problem;
use super::recovery::{lines, list};
use super::support::{
    Reader, accept, after_group, ahead, deeper, expect, failed, has_comma, kind, name, peek, position, take,
};
use super::template::string_text;
use crate::ast::{FieldType, Literal, Name, TypeExprId, TypeExprKind};
use crate::{Expected, Kind, SyntaxError, literal};

/// A type with all that may follow it.
pub(super) fn type_expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<TypeExprId, E> {
    deeper(input, union)
}

fn union<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<TypeExprId, E> {
    let start = position(input);
    accept(input, Kind::Bar);
    let first = with_suffixes(input, true)?;
    union_rest(input, start, first)
}

fn union_rest<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    start: usize,
    first: TypeExprId,
) -> Result<TypeExprId, E> {
    if kind(input) != Kind::Bar {
        return Ok(first);
    }
    let mut members = vec![first];
    while accept(input, Kind::Bar) {
        members.push(with_suffixes(input, true)?);
    }
    Ok(build(input, start, TypeExprKind::Union(members)))
}

/// A type without a union: what may follow `as`, where a `?` belongs to the expression.
pub(super) fn narrow_type<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<TypeExprId, E> {
    with_suffixes(input, false)
}

fn with_suffixes<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, optional: bool) -> Result<TypeExprId, E> {
    let start = position(input);
    let inner = primary(input)?;
    suffixes(input, start, inner, optional)
}

fn suffixes<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    start: usize,
    inner: TypeExprId,
    optional: bool,
) -> Result<TypeExprId, E> {
    let mut inner = inner;
    loop {
        let token = peek(input);
        match token.kind {
            Kind::LeftBracket if !token.starts_line() => {
                take(input);
                expect(input, Kind::RightBracket)?;
                inner = build(input, start, TypeExprKind::List(inner));
            }
            Kind::Question if optional && !token.starts_line() => {
                take(input);
                inner = build(input, start, TypeExprKind::Optional(inner));
            }
            _ => return Ok(inner),
        }
    }
}

fn build<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize, kind: TypeExprKind) -> TypeExprId {
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    state.type_expression(kind, span)
}

fn primary<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<TypeExprId, E> {
    let start = position(input);
    let kind = match kind(input) {
        Kind::Tilde => {
            take(input);
            TypeExprKind::Uncertain(deeper(input, primary)?)
        }
        Kind::True | Kind::False => TypeExprKind::Literal(Literal::Boolean(
            {
                let at = take(input);
                input.state().kind(at)
            } == Kind::True,
        )),
        Kind::Null => {
            take(input);
            TypeExprKind::Literal(Literal::Null)
        }
        Kind::Number => {
            let at = take(input);
            TypeExprKind::Literal(Literal::Number(literal::number(input.state().slice(at)).unwrap_or(0.0)))
        }
        Kind::Minus if ahead(input, 1).kind == Kind::Number => {
            take(input);
            let at = take(input);
            let value = literal::number(input.state().slice(at)).unwrap_or(0.0);
            TypeExprKind::Literal(Literal::Number(-value))
        }
        Kind::String => {
            let at = take(input);
            TypeExprKind::Literal(Literal::String(string_text(input.state(), at)))
        }
        Kind::LeftBrace => record(input)?,
        Kind::LeftParenthesis => return parenthesised(input, start),
        word if word.is_name() => {
            let at = take(input);
            let name = input.state().name(at);
            let arguments = arguments(input)?;
            TypeExprKind::Named { name, arguments }
        }
        _ => return Err(failed(input, Expected::Type)),
    };
    Ok(build(input, start, kind))
}

/// `(T, U) -> V`, or a type in parentheses.
fn parenthesised<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize) -> Result<TypeExprId, E> {
    let after = after_group(input, 0).kind;
    // With one type in the parentheses, `=>` may be that of an arm.
    if after == Kind::Arrow || (after == Kind::FatArrow && has_comma(input)) {
        let parameters = list(input, Kind::LeftParenthesis, type_expression, |state, span| {
            Some(state.type_expression(TypeExprKind::Error, span))
        })?;
        if kind(input) == Kind::FatArrow {
            let at = take(input);
            let span = input.state().token_span(at);
            input.state().errors.push(SyntaxError::TypeArrow { span });
        } else {
            expect(input, Kind::Arrow)?;
        }
        let result = type_expression(input)?;
        return Ok(build(input, start, TypeExprKind::Function { parameters, result }));
    }
    take(input);
    let inner = type_expression(input)?;
    expect(input, Kind::RightParenthesis)?;
    Ok(inner)
}

/// `<T, ~U>`. The lexer reads `<~` and `>=` as one token each; here they are two.
fn arguments<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<TypeExprId>, E> {
    let mut arguments = Vec::new();
    match kind(input) {
        Kind::Less => {
            take(input);
            arguments.push(type_expression(input)?);
        }
        Kind::ConfidenceOf => {
            let start = take(input);
            let inner = deeper(input, primary)?;
            let end = position(input);
            let state = input.state();
            let tilde = state.token_span(start).start + 1;
            let span = Span::new(tilde, state.span(start, end).end);
            let uncertain = state.type_expression(TypeExprKind::Uncertain(inner), span);
            let first = suffixes(input, start, uncertain, true)?;
            arguments.push(union_rest(input, start, first)?);
        }
        _ => return Ok(arguments),
    }
    while accept(input, Kind::Comma) {
        if matches!(kind(input), Kind::Greater | Kind::GreaterOrEqual) {
            break;
        }
        arguments.push(type_expression(input)?);
    }
    close_list(input)?;
    Ok(arguments)
}

fn record<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<TypeExprKind, E> {
    let at = take(input);
    let Some(end) = input.state().mate(at) else { return Err(failed(input, Expected::Type)) };
    // The three dots come last; whatever follows them is not a field.
    let fields = lines(
        input,
        end,
        true,
        |input, output| {
            if kind(input) == Kind::Ellipsis {
                take(input);
                output.push(None);
                return Ok(());
            }
            let field = field(input)?;
            output.push(Some(field));
            Ok(())
        },
        |_, _| None,
    )?;
    take(input);
    let open = fields.iter().any(Option::is_none);
    Ok(TypeExprKind::Record { fields: fields.into_iter().flatten().collect(), open })
}

fn field<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<FieldType, E> {
    let name = match kind(input) {
        Kind::String => {
            let at = take(input);
            let state = input.state();
            Name { text: string_text(state, at), span: state.token_span(at) }
        }
        word if word.is_word() => {
            let at = take(input);
            input.state().name(at)
        }
        _ => return Err(failed(input, Expected::Field)),
    };
    let optional = accept(input, Kind::Question);
    expect(input, Kind::Colon)?;
    let value = type_expression(input)?;
    Ok(FieldType { name, optional, value })
}

/// `<T, U>` after the name of a type or function that is declared.
pub(super) fn type_parameters<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Name>, E> {
    let mut parameters = Vec::new();
    if !accept(input, Kind::Less) {
        return Ok(parameters);
    }
    loop {
        parameters.push(name(input)?);
        if !accept(input, Kind::Comma) || matches!(kind(input), Kind::Greater | Kind::GreaterOrEqual) {
            break;
        }
    }
    close_list(input)?;
    Ok(parameters)
}

/// `>`, or the first half of `>=`, whose `=` is left for what follows.
fn close_list<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<(), E> {
    if kind(input) == Kind::GreaterOrEqual {
        let at = position(input);
        input.state().split = Some(at);
    } else {
        expect(input, Kind::Greater)?;
    }
    Ok(())
}
