//! Loops, and `try`.

use super::Problem;
use super::assignment::assignment_or_expression;
use super::block::block;
use super::control::{condition_head, head, parenthesised};
use super::expression::{at_new_line, expression};
use super::operator::condition;
use super::recovery::behind;
use super::statement::{bare_statement, bindings};
use super::support::{
    Reader, accept, accept_word, after_group, ahead, deeper, expect, failed, kind, name, position, take,
    within, word_follows,
};
use super::target::target;
use super::types::type_expression;
use crate::ast::{Body, Catch, ExprId, For, StatementId, StatementKind, Target, Try, While};
use crate::builder::Mode;
use crate::{Expected, Kind};

/// `for …`.
pub(super) fn for_loop<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    deeper(input, for_rule)
}

fn for_rule<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    take(input);
    let repeat = if word_follows(input, "all")
        && ahead(input, 1).kind.is_name()
        && ahead(input, 2).kind == Kind::Colon
    {
        for_all(input)?
    } else if kind(input) == Kind::LeftParenthesis {
        parenthesised_for(input)?
    } else if each_follows(input, 0) {
        let (target, second, list) = each_head(input, |input| head(input, expression))?;
        let limit = limit(input, false)?;
        let body = loop_body(input, false)?;
        For::Each { target, second, list, limit, body }
    } else {
        if !count_follows(input, false) {
            return Err(loop_head(input));
        }
        let (initial, condition, step) = count_head(input, Kind::LeftBrace)?;
        let body = loop_body(input, false)?;
        For::Count { initial, condition, step, body }
    };
    Ok(StatementKind::For(Box::new(repeat)))
}

/// `for (const x of xs) …`, `for (let i = 0; i < 3; i++) …`.
fn parenthesised_for<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<For, E> {
    if each_follows(input, 1) {
        take(input);
        let (target, second, list) = within(input, Mode::GROUP, |input| {
            if matches!(kind(input), Kind::Let | Kind::Const) {
                take(input);
            }
            each_head(input, expression)
        })?;
        expect(input, Kind::RightParenthesis)?;
        let limit = limit(input, true)?;
        let body = loop_body(input, true)?;
        return Ok(For::Each { target, second, list, limit, body });
    }
    take(input);
    if !count_follows(input, true) {
        return Err(loop_head(input));
    }
    let (initial, condition, step) =
        within(input, Mode::GROUP, |input| count_head(input, Kind::RightParenthesis))?;
    expect(input, Kind::RightParenthesis)?;
    let body = loop_body(input, true)?;
    Ok(For::Count { initial, condition, step, body })
}

/// Whether the variables of a loop over a list stand some places ahead: they end at `in` or `of`.
fn each_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, distance: usize) -> bool {
    let first = distance
        + usize::from(distance > 0 && matches!(ahead(input, distance).kind, Kind::Let | Kind::Const));
    let at = position(input) + first;
    let end = match ahead(input, first).kind {
        Kind::LeftBrace | Kind::LeftBracket => behind(input.state(), at),
        word if word.is_name() && ahead(input, first + 1).kind == Kind::Comma => {
            if !ahead(input, first + 2).kind.is_name() {
                return false;
            }
            at + 3
        }
        word if word.is_name() => at + 1,
        _ => return false,
    };
    let state = input.state();
    state.kind(end) == Kind::In || state.is(end, "of")
}

/// `x in xs`, `i, x of xs`, `{ a } of xs`.
fn each_head<'s, 'p, E: Problem<'s>>(
    input: &mut Reader<'s, 'p, E>,
    list: impl FnOnce(&mut Reader<'s, 'p, E>) -> Result<ExprId, E>,
) -> Result<(Target, Option<crate::ast::Name>, ExprId), E> {
    let target = target(input)?;
    let second = if accept(input, Kind::Comma) { Some(name(input)?) } else { None };
    take(input);
    Ok((target, second, list(input)?))
}

/// The error of a head that is that of no loop: where `in` should stand, if a variable is there.
fn loop_head<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> E {
    let first = usize::from(matches!(kind(input), Kind::Let | Kind::Const));
    if !ahead(input, first).kind.is_name() || ahead(input, first + 1).kind == Kind::Assign {
        return failed(input, Expected::LoopHead);
    }
    if first == 0 && word_follows(input, "all") && ahead(input, 1).kind.is_name() {
        input.skip();
        input.skip();
        return failed(input, Expected::Token(Kind::Colon));
    }
    (0..=first).for_each(|_| input.skip());
    failed(input, Expected::InOrOf)
}

/// Whether a `;` comes before the parentheses close, or without any before the next block and the end of the line:
/// the head of a counting loop.
fn count_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, parenthesised: bool) -> bool {
    let mut at = position(input);
    let state = input.state();
    let end = state.length();
    while at < end && !state.kind(at).closes() && (parenthesised || !state.token(at).starts_line()) {
        match state.kind(at) {
            Kind::Semicolon => return true,
            Kind::LeftBrace if !parenthesised && state.kind(at + 1) != Kind::RightBrace => return false,
            _ => at = behind(state, at),
        }
    }
    false
}

type CountHead = (Vec<StatementId>, Option<ExprId>, Option<StatementId>);

/// `let i = 0; i < 3; i++`, of which each part may be left out.
fn count_head<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, end: Kind) -> Result<CountHead, E> {
    let mode = Mode { trailing: end == Kind::RightParenthesis, ..input.state().mode };
    within(input, mode, |input| {
        let mut initial = Vec::new();
        if matches!(kind(input), Kind::Let | Kind::Const) {
            bindings(input, &mut initial)?;
        } else if kind(input) != Kind::Semicolon {
            initial.push(simple(input)?);
        }
        expect(input, Kind::Semicolon)?;
        let condition = if kind(input) == Kind::Semicolon { None } else { Some(condition(input)?) };
        expect(input, Kind::Semicolon)?;
        let step = if kind(input) == end { None } else { Some(simple(input)?) };
        if kind(input) == Kind::Comma {
            super::refused::comma(input)?;
        }
        Ok((initial, condition, step))
    })
}

fn simple<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementId, E> {
    let start = position(input);
    let kind = assignment_or_expression(input)?;
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    Ok(state.statement(kind, span))
}

/// `for all x: T, y: U { … }`.
fn for_all<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<For, E> {
    take(input);
    let mut variables = Vec::new();
    loop {
        let name = name(input)?;
        expect(input, Kind::Colon)?;
        variables.push((name, type_expression(input)?));
        if !accept(input, Kind::Comma) {
            break;
        }
    }
    Ok(For::All { variables, body: block(input)? })
}

/// `max n` after the head of a loop. After a head in parentheses a statement may follow that begins with a variable
/// of this name.
fn limit<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    parenthesised: bool,
) -> Result<Option<ExprId>, E> {
    if !word_follows(input, "max") || at_new_line(input) {
        return Ok(None);
    }
    let next = ahead(input, 1);
    let limits = match next.kind {
        Kind::LeftParenthesis if parenthesised => {
            let after = after_group(input, 1);
            after.kind == Kind::LeftBrace || (after.kind.is_word() && !after.starts_line())
        }
        first => first.starts_expression() && !next.starts_line() && first != Kind::LeftBrace,
    };
    if !limits {
        return Ok(None);
    }
    take(input);
    Ok(Some(head(input, expression)?))
}

/// A block, or a bare statement after a head in parentheses.
fn loop_body<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, parenthesised: bool) -> Result<Body, E> {
    let next = kind(input);
    if next == Kind::LeftBrace {
        Ok(Body::Block(block(input)?))
    } else if parenthesised && !next.closes() && !matches!(next, Kind::End | Kind::Semicolon) {
        bare_statement(input)
    } else {
        Err(failed(input, Expected::Block))
    }
}

/// `while c { … }`.
pub(super) fn while_loop<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    deeper(input, |input| {
        take(input);
        let first = position(input);
        let condition = condition_head(input)?;
        let parenthesised = parenthesised(input, first);
        let limit = limit(input, parenthesised)?;
        let body = loop_body(input, parenthesised)?;
        Ok(StatementKind::While(Box::new(While { condition, limit, body, body_first: false })))
    })
}

/// Whether the `do` here has a `while` after its block.
pub(super) fn do_while_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    kind(input) == Kind::Do
        && ahead(input, 1).kind == Kind::LeftBrace
        && after_group(input, 1).kind == Kind::While
}

/// `do { … } while c`.
pub(super) fn do_while<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    take(input);
    let body = Body::Block(block(input)?);
    expect(input, Kind::While)?;
    let condition = head(input, condition)?;
    let limit = limit(input, false)?;
    Ok(StatementKind::While(Box::new(While { condition, limit, body, body_first: true })))
}

/// `try { … } catch e { … } finally { … }`.
pub(super) fn try_statement<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    take(input);
    let body = block(input)?;
    let catch = if accept_word(input, "catch") {
        let failure = match kind(input) {
            Kind::LeftParenthesis => {
                take(input);
                let failure = name(input)?;
                expect(input, Kind::RightParenthesis)?;
                Some(failure)
            }
            Kind::LeftBrace => None,
            _ => Some(name(input)?),
        };
        Some(Catch { failure, body: block(input)? })
    } else {
        None
    };
    let finally = if accept_word(input, "finally") { Some(block(input)?) } else { None };
    Ok(StatementKind::Try(Box::new(Try { body, catch, finally })))
}
