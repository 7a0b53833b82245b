//! `match`.

use super::Problem;
use super::control::{body, head};
use super::expression::expression;
use super::operator::guard;
use super::recovery::{lines, list};
use super::support::{
    Reader, accept, ahead, deeper, expect, failed, kind, name, position, take, within, word,
};
use super::target::{Part, end_of_rest, split};
use super::template::string_text;
use super::types::narrow_type;
use crate::ast::{ExprId, ExprKind, Literal, Match, MatchArm, MatchField, MatchPattern, MatchRest, Name};
use crate::builder::Mode;
use crate::{Expected, Kind, literal};

/// `match x { … }`.
pub(super) fn match_expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    deeper(input, |input| {
        let start = take(input);
        let subject = head(input, expression)?;
        let arms = arms(input)?;
        let end = position(input);
        let state = input.state();
        let span = state.span(start, end);
        Ok(state.expression(ExprKind::Match(Box::new(Match { subject, arms, switch: false })), span))
    })
}

/// `{ pattern => … }`.
pub(super) fn arms<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<MatchArm>, E> {
    let open = position(input);
    if kind(input) != Kind::LeftBrace {
        return Err(failed(input, Expected::Token(Kind::LeftBrace)));
    }
    let Some(end) = input.state().mate(open) else { return Err(failed(input, Expected::MatchPattern)) };
    take(input);
    let arms = within(input, Mode::BLOCK, |input| {
        lines(
            input,
            end,
            true,
            |input, output| {
                output.push(arm(input)?);
                Ok(())
            },
            |_, _| None,
        )
    })?;
    take(input);
    Ok(arms)
}

fn arm<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<MatchArm, E> {
    let start = position(input);
    let pattern = pattern(input)?;
    let guard = if accept(input, Kind::If) { Some(guard(input)?) } else { None };
    expect(input, Kind::FatArrow)?;
    let body = body(input, true)?;
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(MatchArm { pattern, guard, body, span })
}

/// A pattern with its alternatives.
fn pattern<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<MatchPattern, E> {
    deeper(input, |input| {
        let first = alternative(input)?;
        if kind(input) != Kind::Bar {
            return Ok(first);
        }
        let mut alternatives = vec![first];
        while accept(input, Kind::Bar) {
            alternatives.push(alternative(input)?);
        }
        Ok(MatchPattern::Alternatives(alternatives))
    })
}

fn alternative<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<MatchPattern, E> {
    let first = kind(input);
    match first {
        Kind::Minus if matches!(ahead(input, 1).kind, Kind::Number) => {
            let start = take(input);
            let at = take(input);
            let state = input.state();
            let value = literal::number(state.slice(at)).unwrap_or(0.0);
            Ok(MatchPattern::Literal(Literal::Number(-value), state.span(start, at + 1)))
        }
        Kind::LeftBrace => record(input),
        Kind::LeftBracket => items(input),
        _ => {
            if let Some(value) = literal_value(input) {
                let at = take(input);
                return Ok(MatchPattern::Literal(value, input.state().token_span(at)));
            }
            if !first.is_name() {
                return Err(failed(input, Expected::MatchPattern));
            }
            let name = name(input)?;
            if kind(input) == Kind::Is {
                take(input);
                return Ok(MatchPattern::Is { name, target: narrow_type(input)? });
            }
            Ok(if &*name.text == "_" { MatchPattern::Wildcard(name.span) } else { MatchPattern::Name(name) })
        }
    }
}

/// The value of a token that is a literal.
fn literal_value<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Option<Literal> {
    let at = position(input);
    let kind = kind(input);
    let state = input.state();
    let text = state.slice(at);
    Some(match kind {
        Kind::Number => Literal::Number(literal::number(text).unwrap_or(0.0)),
        Kind::Duration => Literal::Duration(literal::duration(text).unwrap_or(0)),
        Kind::Money => Literal::Money(literal::money(text.strip_prefix('$').unwrap_or(text)).unwrap_or(0)),
        Kind::String => Literal::String(string_text(state, at)),
        Kind::True => Literal::Boolean(true),
        Kind::False => Literal::Boolean(false),
        Kind::Null | Kind::Undefined => Literal::Null,
        _ => return None,
    })
}

/// `...` or `...name`, which comes last.
fn rest<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, close: Kind) -> Result<MatchRest, E> {
    let start = take(input);
    let name = if kind(input).is_name() { Some(name(input)?) } else { None };
    end_of_rest(input, close)?;
    let end = position(input);
    Ok(MatchRest { name, span: input.state().span(start, end) })
}

fn record<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<MatchPattern, E> {
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
    Ok(MatchPattern::Record { fields, rest, span: input.state().span(start, end) })
}

fn field<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<MatchField, E> {
    let first = kind(input);
    let field = if first == Kind::String {
        let at = take(input);
        let state = input.state();
        Name { text: string_text(state, at), span: state.token_span(at) }
    } else {
        word(input, Expected::Key)?
    };
    let pattern = if first.is_name() || first == Kind::String {
        if accept(input, Kind::Colon) { Some(pattern(input)?) } else { None }
    } else {
        // A reserved word cannot be the name of a variable.
        expect(input, Kind::Colon)?;
        Some(pattern(input)?)
    };
    Ok(MatchField { field, pattern })
}

fn items<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<MatchPattern, E> {
    let start = position(input);
    let parts = list(
        input,
        Kind::LeftBracket,
        |input| {
            if kind(input) == Kind::Ellipsis {
                return Ok(Part::Rest(rest(input, Kind::RightBracket)?));
            }
            Ok(Part::One(pattern(input)?))
        },
        |_, _| None,
    )?;
    let (items, rest) = split(parts);
    let end = position(input);
    Ok(MatchPattern::List { items, rest, span: input.state().span(start, end) })
}
