//! Assignments, steps, and expressions that stand as statements.

use prism_catalog::BinaryOperator;

use super::Problem;
use super::expression::expression;
use super::support::{Reader, after_group, kind, peek, position, take};
use super::target::target;
use crate::ast::{Assign, ExprId, ExprKind, StatementKind};
use crate::builder::Builder;
use crate::{Kind, SyntaxError};

/// Whether `{ … } = e` or `[ … ] = e` begins here.
pub(super) fn unpacking_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    matches!(kind(input), Kind::LeftBrace | Kind::LeftBracket) && after_group(input, 0).kind == Kind::Assign
}

/// An assignment, a step, or an expression.
pub(super) fn assignment_or_expression<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
) -> Result<StatementKind, E> {
    if unpacking_follows(input) {
        let target = target(input)?;
        take(input);
        return Ok(StatementKind::Unpack { target, value: expression(input)? });
    }
    if kind(input) == Kind::Increment {
        let at = take(input);
        let place = super::postfix::postfix(input)?;
        check_place(input.state(), place);
        return Ok(StatementKind::Step { place, up: counts_up(input.state(), at), prefix: true });
    }
    let value = expression(input)?;
    assignment(input, value)
}

/// What follows an expression that makes it an assignment or a step.
fn assignment<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, place: ExprId) -> Result<StatementKind, E> {
    let next = peek(input);
    match next.kind {
        Kind::Assign | Kind::AssignOperator => {
            check_place(input.state(), place);
            let at = take(input);
            let value = expression(input)?;
            if kind(input) == Kind::Assign {
                let at = take(input);
                let span = input.state().token_span(at);
                input.state().errors.push(SyntaxError::ChainedAssignment { span });
                expression(input)?;
            }
            let state = input.state();
            let (operator, tilde) = operator(state.slice(at));
            let operator_span = state.token_span(at);
            Ok(StatementKind::Assign(Assign { place, operator, tilde, operator_span, value }))
        }
        Kind::Increment if !next.starts_line() => {
            check_place(input.state(), place);
            let at = take(input);
            Ok(StatementKind::Step { place, up: counts_up(input.state(), at), prefix: false })
        }
        _ => Ok(StatementKind::Expression(place)),
    }
}

fn counts_up(state: &Builder<'_>, at: usize) -> bool {
    state.slice(at) == "++"
}

/// The operator of `+=` and its like; none of a plain `=`.
fn operator(text: &str) -> (Option<BinaryOperator>, bool) {
    let operator = text.strip_suffix('=').unwrap_or(text);
    let (operator, tilde) = match operator.strip_prefix('~') {
        Some(plain) => (plain, true),
        None => (operator, false),
    };
    (BinaryOperator::from_name(operator), tilde)
}

/// Reports what cannot be assigned to.
fn check_place(state: &mut Builder<'_>, place: ExprId) {
    let mut inner = place;
    loop {
        inner = match &state.tree[inner].kind {
            ExprKind::Name(_) | ExprKind::Error => return,
            ExprKind::Member { object, .. } | ExprKind::Index { object, .. } => *object,
            _ => break,
        };
    }
    let span = state.tree[place].span;
    state.errors.push(SyntaxError::InvalidPlace { span });
}

/// The start of an assignment after `=>`: what it needs besides an expression is seen only behind that.
pub(super) fn lambda_body<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
) -> Result<crate::ast::LambdaBody, E> {
    let start = position(input);
    match assignment_or_expression(input)? {
        StatementKind::Expression(value) => Ok(crate::ast::LambdaBody::Expression(value)),
        kind => {
            let end = position(input);
            let state = input.state();
            let span = state.span(start, end);
            Ok(crate::ast::LambdaBody::Assignment(state.statement(kind, span)))
        }
    }
}
