use super::Problem;
use super::block::block;
use super::collection::{begins_like_record, record};
use super::expression::expression;
use super::operator::condition;
use super::recovery::{behind, lines};
use super::statement::bare_statement;
use super::support::{
    Reader, accept, after_group, ahead, deeper, expect, failed, kind, position, take, within, word,
};
use crate::ast::{Band, BandName, Body, Else, ExprId, ExprKind};
use crate::bracket::follows_operand;
use crate::builder::{Builder, Mode};
use crate::{Expected, Kind, SyntaxError};

/// A condition or subject: no block after a call belongs to it outside brackets.
pub(super) fn head<'s, 'p, E: Problem<'s>>(
    input: &mut Reader<'s, 'p, E>,
    rule: fn(&mut Reader<'s, 'p, E>) -> Result<ExprId, E>,
) -> Result<ExprId, E> {
    if kind(input) == Kind::LeftBrace {
        // What nothing follows is the block; the condition is missing.
        let after = after_group(input, 0);
        if after.kind.closes() || after.kind == Kind::End || (after.kind.is_word() && after.starts_line()) {
            return Err(failed(input, Expected::Expression));
        }
    }
    let mode = Mode { trailing: false, ..input.state().mode };
    within(input, mode, rule)
}

/// The condition of an `if` or `while`. Where braces stand in its place, and nothing that could be the block behind
/// them, they are the block.
pub(super) fn condition_head<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    if kind(input) == Kind::LeftBrace {
        let next = after_group(input, 0);
        let goes_on =
            follows_operand(next.kind) || matches!(next.kind, Kind::LeftBrace | Kind::Plus | Kind::Minus);
        let ends = next.kind.closes() || matches!(next.kind, Kind::Else | Kind::Semicolon);
        if ends || (next.starts_line() && !goes_on) {
            return Err(failed(input, Expected::Expression));
        }
    }
    head(input, condition)
}

/// `if c { … } else { … }`.
pub(super) fn if_expression<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    deeper(input, if_rule)
}

fn if_rule<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = expect(input, Kind::If)?;
    let first = position(input);
    let condition = condition_head(input)?;
    let parenthesised = parenthesised(input, first);
    let then = body(input, parenthesised)?;
    // Between a bare statement and its `else` there may be the `;` that people are used to.
    if matches!(then, Body::Statement(_))
        && kind(input) == Kind::Semicolon
        && ahead(input, 1).kind == Kind::Else
    {
        take(input);
    }
    let otherwise = if accept(input, Kind::Else) { Some(else_branch(input)?) } else { None };
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(input.state().expression(ExprKind::If { condition, then, otherwise }, span))
}

/// Whether the tokens from an index up to the next one are one `( … )`.
pub(super) fn parenthesised<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, first: usize) -> bool {
    let here = position(input);
    let state = input.state();
    state.kind(first) == Kind::LeftParenthesis && state.mate(first).is_some_and(|mate| mate + 1 == here)
}

fn else_branch<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Else, E> {
    match kind(input) {
        Kind::If => Ok(Else::Chain(if_expression(input)?)),
        Kind::Uncertain if ahead(input, 1).kind == Kind::If => Ok(Else::Chain(uncertain(input)?)),
        _ => Ok(Else::Body(body(input, true)?)),
    }
}

/// A block, a record, or where it is allowed a bare statement.
pub(super) fn body<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, bare: bool) -> Result<Body, E> {
    if kind(input) == Kind::LeftBrace {
        if begins_like_record(input) {
            Ok(Body::Record(record(input)?))
        } else {
            Ok(Body::Block(block(input)?))
        }
    } else if bare && !kind(input).closes() && kind(input) != Kind::End {
        bare_statement(input)
    } else {
        Err(failed(input, if bare { Expected::Expression } else { Expected::Block }))
    }
}

/// `do { … }`.
pub(super) fn do_block<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = expect(input, Kind::Do)?;
    let block = block(input)?;
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
    let subject = condition_head(input)?;
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
    if !has_bands(input.state(), open, close) {
        let word = input.state().token_span(start);
        let keyword = input.state().token_span(start + 1);
        input.state().errors.push(SyntaxError::UncertainWithoutBands { word, keyword });
        let then = body(input, false)?;
        let otherwise = if accept(input, Kind::Else) { Some(else_branch(input)?) } else { None };
        let end = position(input);
        let span = input.state().span(start, end);
        return Ok(input.state().expression(ExprKind::If { condition: subject, then, otherwise }, span));
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

/// Whether braces hold bands, or nothing without an `else` behind it.
fn has_bands(state: &Builder<'_>, open: usize, close: usize) -> bool {
    let mut at = open + 1;
    if at == close {
        return state.kind(close + 1) != Kind::Else;
    }
    while at < close {
        let next = state.token(at + 1);
        let follows = match next.kind {
            Kind::LeftBrace | Kind::Arrow | Kind::FatArrow => true,
            // A band that lacks its braces, and no variable of this name.
            Kind::LeftParenthesis | Kind::LeftBracket | Kind::Minus | Kind::Plus => false,
            first => at == open + 1 && first.starts_expression() && !next.starts_line(),
        };
        if follows && band_name(state.kind(at)).is_some() {
            return true;
        }
        at = behind(state, at);
    }
    false
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
