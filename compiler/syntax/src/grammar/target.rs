//! What values are given to: names, and records and lists that are taken apart.

use super::Problem;
use super::expression::expression;
use super::recovery::list;
use super::support::{Reader, accept, accept_assign, failed, kind, name, position, take, word};
use crate::ast::{FieldTarget, ItemTarget, ListTarget, Name, RecordTarget, Target};
use crate::{Expected, Kind, literal};

/// A name, `{ … }` or `[ … ]`.
pub(super) fn target<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Target, E> {
    match kind(input) {
        Kind::LeftBrace => record(input),
        Kind::LeftBracket => items(input),
        _ => Ok(Target::Name(name(input)?)),
    }
}

/// An element of what is taken apart, or the name of what is left.
pub(super) enum Part<T, R> {
    One(T),
    Rest(R),
}

/// The elements by themselves.
pub(super) fn split<T, R>(parts: Vec<Part<T, R>>) -> (Vec<T>, Option<R>) {
    let mut rest = None;
    let mut ones = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Part::One(one) => ones.push(one),
            Part::Rest(left) => rest = Some(left),
        }
    }
    (ones, rest)
}

/// `...name`, which comes last.
fn rest<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, close: Kind) -> Result<Name, E> {
    take(input);
    let name = name(input)?;
    end_of_rest(input, close)?;
    Ok(name)
}

/// What is left of a value is named after all else.
pub(super) fn end_of_rest<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, close: Kind) -> Result<(), E> {
    let last =
        kind(input) == close || (kind(input) == Kind::Comma && super::support::ahead(input, 1).kind == close);
    if last { Ok(()) } else { Err(failed(input, Expected::Token(close))) }
}

fn record<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Target, E> {
    let start = position(input);
    let parts = list(
        input,
        Kind::LeftBrace,
        |input| {
            if kind(input) == Kind::Ellipsis {
                return Ok(Part::Rest(rest(input, Kind::RightBrace)?));
            }
            Ok(Part::One(field(input)?))
        },
        |_, _| None,
    )?;
    let (fields, rest) = split(parts);
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Target::Record(Box::new(RecordTarget { fields, rest, span })))
}

/// `a`, `a: b`, `a: { b }`, `a ~> 0.9`, `a = 1`.
fn field<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<FieldTarget, E> {
    if kind(input).is_reserved() && super::support::ahead(input, 1).kind != Kind::Colon {
        return Err(failed(input, Expected::Name));
    }
    let field = word(input, Expected::Name)?;
    let target = if accept(input, Kind::Colon) { Some(target(input)?) } else { None };
    let confidence = if accept(input, Kind::Attach) {
        if kind(input) != Kind::Number {
            return Err(failed(input, Expected::Number));
        }
        let at = take(input);
        let state = input.state();
        Some((literal::number(state.slice(at)).unwrap_or(0.0), state.token_span(at)))
    } else {
        None
    };
    let default = if accept_assign(input) { Some(expression(input)?) } else { None };
    Ok(FieldTarget { field, target, confidence, default })
}

fn items<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Target, E> {
    let start = position(input);
    let parts = list(
        input,
        Kind::LeftBracket,
        |input| match kind(input) {
            Kind::Ellipsis => Ok(Part::Rest(rest(input, Kind::RightBracket)?)),
            Kind::Comma => Ok(Part::One(None)),
            _ => {
                let target = target(input)?;
                let default = if accept_assign(input) { Some(expression(input)?) } else { None };
                Ok(Part::One(Some(ItemTarget { target, default })))
            }
        },
        |_, _| None,
    )?;
    let (items, rest) = split(parts);
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Target::List(Box::new(ListTarget { items, rest, span })))
}
