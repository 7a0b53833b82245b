use super::Problem;
use super::block::block;
use super::collection::{begins_like_record, record};
use super::expression::{self, expression};
use super::operator::condition;
use super::recovery::lines;
use super::statement::bare_statement;
use super::support::{Reader, accept, ahead, deeper, expect, failed, kind, position, take, within, word};
use super::unsupported;
use crate::ast::{Band, BandName, Body, Else, ExprId, ExprKind};
use crate::builder::Mode;
use crate::{Construct, Expected, Kind};

/// A condition or subject: no block after a call belongs to it outside brackets.
fn head<'s, 'p, E: Problem<'s>>(
    input: &mut Reader<'s, 'p, E>,
    rule: fn(&mut Reader<'s, 'p, E>) -> Result<ExprId, E>,
) -> Result<ExprId, E> {
    let mode = Mode { trailing: false, newlines: input.state().mode.newlines };
    within(input, mode, rule)
}

/// `if c { … } else { … }`.
pub(super) fn if_expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    deeper(input, if_rule)
}

fn if_rule<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = expect(input, Kind::If)?;
    let first = position(input);
    let condition = head(input, condition)?;
    let here = position(input);
    let parenthesised = input.state().kind(first) == Kind::LeftParenthesis
        && input.state().mate(first).is_some_and(|mate| mate + 1 == here);
    let then = body(input, parenthesised)?;
    let otherwise = if accept(input, Kind::Else) { Some(else_branch(input)?) } else { None };
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(input.state().expression(ExprKind::If { condition, then, otherwise }, span))
}

fn else_branch<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Else, E> {
    match kind(input) {
        Kind::If => Ok(Else::Chain(if_expression(input)?)),
        Kind::Uncertain if ahead(input, 1).kind == Kind::If => Ok(Else::Chain(uncertain(input)?)),
        _ => Ok(Else::Body(body(input, true)?)),
    }
}

/// A block, a record, or where it is allowed a bare statement.
fn body<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, bare: bool) -> Result<Body, E> {
    if kind(input) == Kind::LeftBrace {
        if begins_like_record(input) {
            Ok(Body::Record(record(input)?))
        } else {
            Ok(Body::Block(block(input)?))
        }
    } else if bare && !kind(input).closes() && kind(input) != Kind::End {
        bare_statement(input)
    } else {
        Err(failed(input, Expected::Block))
    }
}

/// `do { … }`.
pub(super) fn do_block<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = expect(input, Kind::Do)?;
    let block = block(input)?;
    if kind(input) == Kind::While {
        input.state().unsupported(Construct::DoWhile, start);
        unsupported::skip_line(input);
        return Ok(expression::error(input, start));
    }
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(input.state().expression(ExprKind::Do(block), span))
}

/// `uncertain if x, high: 0.9 { high { … } … }`.
pub(super) fn uncertain<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    deeper(input, uncertain_rule)
}

fn uncertain_rule<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = take(input);
    take(input);
    let subject = head(input, condition)?;
    let mut thresholds = Vec::new();
    while accept(input, Kind::Comma) {
        let name = word(input, Expected::Band)?;
        expect(input, Kind::Colon)?;
        thresholds.push((name, head(input, expression)?));
    }
    let open = position(input);
    if kind(input) != Kind::LeftBrace {
        return Err(failed(input, Expected::Token(Kind::LeftBrace)));
    }
    let Some(close) = input.state().mate(open) else { return Err(failed(input, Expected::Band)) };
    let has_bands =
        open + 1 == close || (open + 1..close).any(|at| band_name(input.state().kind(at)).is_some());
    if !has_bands {
        input.state().unsupported(Construct::UncertainWithoutBands, start);
        block(input)?;
        if accept(input, Kind::Else) {
            else_branch(input)?;
        }
        return Ok(expression::error(input, start));
    }
    take(input);
    let bands = within(input, Mode::BLOCK, |input| {
        lines(
            input,
            close,
            true,
            |input, output| {
                output.push(band(input)?);
                Ok(())
            },
            |_, _| None,
        )
    })?;
    take(input);
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(input.state().expression(ExprKind::Uncertain { subject, thresholds, bands }, span))
}

fn band_name(kind: Kind) -> Option<BandName> {
    match kind {
        Kind::High => Some(BandName::High),
        Kind::Medium => Some(BandName::Medium),
        Kind::Low => Some(BandName::Low),
        Kind::Default => Some(BandName::Default),
        _ => None,
    }
}

fn band<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Band, E> {
    let Some(name) = band_name(kind(input)) else { return Err(failed(input, Expected::Band)) };
    let at = take(input);
    let name_span = input.state().token_span(at);
    let arrow = accept(input, Kind::Arrow) || accept(input, Kind::FatArrow);
    let body = body(input, arrow)?;
    Ok(Band { name, name_span, body })
}
