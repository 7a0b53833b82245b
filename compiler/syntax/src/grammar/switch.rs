//! `switch`, which is read as a `match`.

use prism_diagnostics::Span;

use super::Problem;
use super::block::broken_statement;
use super::choice::arms;
use super::control::head;
use super::expression::{expression, operand_follows};
use super::recovery::lines;
use super::statement::statement;
use super::support::{
    Reader, accept, after_group, ahead, deeper, expect, failed, kind, peek, position, take, within,
    word_follows,
};
use crate::ast::{
    Block, Body, Else, ExprId, ExprKind, Literal, Match, MatchArm, MatchPattern, StatementId, StatementKind,
};
use crate::builder::{Builder, Mode};
use crate::error::SwitchCase;
use crate::{Expected, Kind, SyntaxError};

/// Whether a `switch` begins here, and not a variable or function of this name.
pub(super) fn switch_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    kind(input) == Kind::Switch
        && match ahead(input, 1).kind {
            Kind::LeftParenthesis => after_group(input, 1).kind == Kind::LeftBrace,
            _ => operand_follows(input),
        }
}

/// `switch (x) { case 1: … default: … }`, or with the arms of a `match`.
pub(super) fn switch<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    deeper(input, switch_rule)
}

fn switch_rule<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = take(input);
    let subject = head(input, expression)?;
    let (arms, cases) = if cases_follow(input) { cases(input)? } else { (arms(input)?, Vec::new()) };
    let end = position(input);
    let state = input.state();
    let subject_span = state.tree[subject].span;
    let (word, span) = (state.token_span(start), state.span(start, end));
    state.errors.push(SyntaxError::Switch { word, span, subject: subject_span, cases });
    Ok(state.expression(ExprKind::Match(Box::new(Match { subject, arms, switch: true })), span))
}

/// Whether the braces hold `case x:` or `default:`.
fn cases_follow<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let at = position(input) + 1;
    let state = input.state();
    let case = state.is(at, "case") && state.kind(at + 1) != Kind::FatArrow;
    let default = state.kind(at) == Kind::Default && state.kind(at + 1) == Kind::Colon;
    case || default
}

/// A line between the braces.
enum Line {
    /// `case e:`
    Case(ExprId),
    /// `default:`
    Default(Span),
    Statement(StatementId),
}

fn cases<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<(Vec<MatchArm>, Vec<SwitchCase>), E> {
    let open = position(input);
    let Some(end) = input.state().mate(open) else { return Err(failed(input, Expected::Block)) };
    take(input);
    let lines = within(input, Mode::BLOCK, |input| {
        lines(input, end, false, line, |state, span| broken_statement(state, span).map(Line::Statement))
    })?;
    take(input);
    Ok(gather(input.state(), lines))
}

fn line<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, output: &mut Vec<Line>) -> Result<(), E> {
    loop {
        if word_follows(input, "case") {
            take(input);
            output.push(Line::Case(expression(input)?));
            expect(input, Kind::Colon)?;
        } else if kind(input) == Kind::Default && ahead(input, 1).kind == Kind::Colon {
            let at = take(input);
            output.push(Line::Default(input.state().token_span(at)));
            take(input);
        } else {
            let mut statements = Vec::new();
            statement(input, &mut statements)?;
            output.extend(statements.into_iter().map(Line::Statement));
            return Ok(());
        }
        // Statements may stand on the line of their label.
        let next = peek(input);
        if next.starts_line() || next.kind.closes() || accept(input, Kind::Semicolon) {
            return Ok(());
        }
    }
}

/// Arms out of labels and the statements behind them. Labels without statements share those of the next label.
fn gather(state: &mut Builder<'_>, lines: Vec<Line>) -> (Vec<MatchArm>, Vec<SwitchCase>) {
    let mut arms: Vec<MatchArm> = Vec::new();
    let mut cases = Vec::new();
    let mut labels: Vec<(MatchPattern, Option<Span>)> = Vec::new();
    let mut body: Vec<StatementId> = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        match line {
            Line::Case(value) => {
                let span = state.tree[value].span;
                labels.push((pattern(state, value), Some(span)));
            }
            Line::Default(span) => labels.push((MatchPattern::Wildcard(span), None)),
            Line::Statement(statement) => body.push(statement),
        }
        let ends = !body.is_empty() && !matches!(lines.peek(), Some(Line::Statement(_)));
        if !ends && lines.peek().is_some() {
            continue;
        }
        let last = lines.peek().is_none();
        end_of_case(state, &mut body, last);
        let whole = body.iter().map(|id| state.tree[*id].span).reduce(Span::to);
        let start = labels.first().and_then(|(_, span)| *span).or(whole).unwrap_or_default();
        let span = whole.map_or(start, |whole| start.to(whole));
        cases.push(SwitchCase { values: labels.iter().map(|(_, span)| *span).collect(), body: whole });
        let mut patterns: Vec<_> = labels.drain(..).map(|(pattern, _)| pattern).collect();
        let pattern = match patterns.len() {
            0 => MatchPattern::Wildcard(span),
            1 => patterns.remove(0),
            // A default takes all, whatever stands beside it.
            _ => match patterns.iter().position(|pattern| matches!(pattern, MatchPattern::Wildcard(_))) {
                Some(default) => patterns.swap_remove(default),
                None => MatchPattern::Alternatives(patterns),
            },
        };
        let block = Block { statements: std::mem::take(&mut body), span: whole.unwrap_or(span) };
        arms.push(MatchArm { pattern, guard: None, body: Body::Block(block), span });
    }
    (arms, cases)
}

/// A literal is matched, anything else is a value to be equal to.
fn pattern(state: &Builder<'_>, value: ExprId) -> MatchPattern {
    let expression = &state.tree[value];
    match &expression.kind {
        ExprKind::Literal(literal) => MatchPattern::Literal(literal.clone(), expression.span),
        ExprKind::Unary { operator: crate::ast::Unary::Negate, operand, .. } => {
            match &state.tree[*operand].kind {
                ExprKind::Literal(Literal::Number(number)) => {
                    MatchPattern::Literal(Literal::Number(-number), expression.span)
                }
                _ => MatchPattern::Value(value),
            }
        }
        _ => MatchPattern::Value(value),
    }
}

/// Takes each `break` off the ends of a case. One that stands elsewhere, and a case that goes on into the next one,
/// are reported: arms of a `match` end where the next begins.
fn end_of_case(state: &mut Builder<'_>, body: &mut Vec<StatementId>, last_case: bool) {
    let Some(last) = body.last().copied() else { return };
    // What cannot be read may be the next label.
    if body.iter().any(|statement| state.tree[*statement].kind == StatementKind::Error) {
        return;
    }
    let ends = strip_breaks(state, body);
    if !ends && !last_case {
        let span = state.tree[last].span;
        state.errors.push(SyntaxError::FallsThrough { span });
    }
    if let Some(span) = body.iter().find_map(|statement| inner_break(state, *statement)) {
        state.errors.push(SyntaxError::BreakInCase { span });
    }
}

/// Takes the `break` off the end of statements, also where it ends a block or each branch of an `if`. True if what
/// follows them is not reached.
fn strip_breaks(state: &mut Builder<'_>, statements: &mut Vec<StatementId>) -> bool {
    let Some(last) = statements.last().copied() else { return false };
    let mut kind = swap_statement(state, last, StatementKind::Error);
    let ends = match &mut kind {
        StatementKind::Break => {
            statements.pop();
            // What stands before a `break` may end with one too.
            strip_breaks(state, statements);
            true
        }
        StatementKind::Return(_) | StatementKind::Continue | StatementKind::Error => true,
        StatementKind::Block(block) => strip_breaks(state, &mut block.statements),
        StatementKind::Expression(value) => ends_expression(state, *value),
        _ => false,
    };
    swap_statement(state, last, kind);
    ends
}

/// The same for an `if` as a statement, and for `fail(…)`.
fn ends_expression(state: &mut Builder<'_>, value: ExprId) -> bool {
    let mut kind = swap_expression(state, value, ExprKind::Error);
    let ends = match &mut kind {
        ExprKind::Call { callee, .. } => {
            matches!(&state.tree[*callee].kind, ExprKind::Name(name) if &*name.text == "fail")
        }
        ExprKind::If { then, otherwise, .. } => {
            let then = strip_body(state, then);
            let otherwise = match otherwise {
                Some(Else::Body(body)) => strip_body(state, body),
                Some(Else::Chain(chain)) => ends_expression(state, *chain),
                None => false,
            };
            then && otherwise
        }
        ExprKind::Error => true,
        _ => false,
    };
    swap_expression(state, value, kind);
    ends
}

fn strip_body(state: &mut Builder<'_>, body: &mut Body) -> bool {
    match body {
        Body::Block(block) => strip_breaks(state, &mut block.statements),
        Body::Statement(statement) => {
            let mut statements = vec![*statement];
            let ends = strip_breaks(state, &mut statements);
            if statements.is_empty() {
                *body = Body::Block(Block { statements, span: state.tree[*statement].span });
            }
            ends
        }
        Body::Record(_) => false,
    }
}

/// A `break` inside of a statement that belongs to no loop in it.
fn inner_break(state: &Builder<'_>, statement: StatementId) -> Option<Span> {
    let statement = &state.tree[statement];
    let block = |block: &Block| block.statements.iter().find_map(|inner| inner_break(state, *inner));
    match &statement.kind {
        StatementKind::Break => Some(statement.span),
        StatementKind::Block(inner) => block(inner),
        StatementKind::Try(attempt) => block(&attempt.body)
            .or_else(|| attempt.catch.as_ref().and_then(|catch| block(&catch.body)))
            .or_else(|| attempt.finally.as_ref().and_then(block)),
        StatementKind::Expression(value) => break_in_branches(state, *value),
        _ => None,
    }
}

fn break_in_branches(state: &Builder<'_>, value: ExprId) -> Option<Span> {
    let body = |body: &Body| match body {
        Body::Block(block) => block.statements.iter().find_map(|inner| inner_break(state, *inner)),
        Body::Statement(statement) => inner_break(state, *statement),
        Body::Record(_) => None,
    };
    match &state.tree[value].kind {
        ExprKind::If { then, otherwise, .. } => body(then).or_else(|| match otherwise {
            Some(Else::Body(otherwise)) => body(otherwise),
            Some(Else::Chain(chain)) => break_in_branches(state, *chain),
            None => None,
        }),
        ExprKind::Match(choice) => choice.arms.iter().find_map(|arm| body(&arm.body)),
        ExprKind::Uncertain { bands, .. } => bands.iter().find_map(|band| body(&band.body)),
        _ => None,
    }
}

fn swap_statement(state: &mut Builder<'_>, id: StatementId, kind: StatementKind) -> StatementKind {
    match state.tree.statements.get_mut(id.index()) {
        Some(statement) => std::mem::replace(&mut statement.kind, kind),
        None => kind,
    }
}

fn swap_expression(state: &mut Builder<'_>, id: ExprId, kind: ExprKind) -> ExprKind {
    match state.tree.expressions.get_mut(id.index()) {
        Some(expression) => std::mem::replace(&mut expression.kind, kind),
        None => kind,
    }
}
