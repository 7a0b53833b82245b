//! Pipes, and what applies to a whole pipe.

use prism_catalog::BinaryOperator;

use super::Problem;
use super::operator::{COALESCE, GATE, binary, operator_follows, operators, threshold};
use super::postfix::postfix;
use super::support::{Reader, kind, position, take};
use crate::ast::{ExprId, ExprKind};
use crate::{Kind, SyntaxError};

/// `x |> f |> g(_, 1) ~@> 0.8 ?? y ~> 0.9`, of which the value before the pipe is read already.
pub(super) fn pipe<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    start: usize,
    value: ExprId,
) -> Result<ExprId, E> {
    let mut value = value;
    let mut last = position(input);
    while kind(input) == Kind::Pipe {
        last = take(input);
        let tilde = input.state().slice(last).starts_with('~');
        let step = postfix(input)?;
        let operator_span = input.state().token_span(last);
        value = build(input, start, ExprKind::Pipe { tilde, operator_span, value, step });
    }
    if matches!(kind(input), Kind::Gate | Kind::TildeGate) {
        let tilde = kind(input) == Kind::TildeGate;
        take(input);
        let (threshold, otherwise) = threshold(input)?;
        value = build(input, start, ExprKind::Gate { tilde, value, threshold, otherwise });
    }
    while matches!(kind(input), Kind::Coalesce | Kind::TildeCoalesce) {
        let tilde = kind(input) == Kind::TildeCoalesce;
        let at = take(input);
        let right = binary(input, GATE)?;
        let operator_span = input.state().token_span(at);
        let operator = BinaryOperator::Coalesce;
        value = build(input, start, ExprKind::Binary { operator, tilde, operator_span, left: value, right });
    }
    if kind(input) == Kind::Attach {
        take(input);
        let confidence = binary(input, COALESCE)?;
        value = build(input, start, ExprKind::Attach { value, confidence });
    }
    if kind(input) != Kind::Pipe && !operator_follows(input) {
        return Ok(value);
    }
    // Any other operator could mean the last step as well as the whole pipe.
    let second = position(input);
    let state = input.state();
    let (first, second) = (state.token_span(last), state.token_span(second));
    state.errors.push(SyntaxError::NeedsParentheses { first, second });
    let value = operators(input, start, value, 0)?;
    if kind(input) == Kind::Pipe { pipe(input, start, value) } else { Ok(value) }
}

fn build<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize, kind: ExprKind) -> ExprId {
    let end = position(input);
    let state = input.state();
    let span = state.span(start, end);
    state.expression(kind, span)
}
