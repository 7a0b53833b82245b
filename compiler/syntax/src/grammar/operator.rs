//! Operators with their precedence, as levels: a higher level binds tighter.

use prism_catalog::{BinaryOperator, UnaryOperator};
use prism_diagnostics::Span;

use super::Problem;
use super::expression::{at_new_line, expression};
use super::postfix::postfix;
use super::support::{Reader, accept, ahead, deeper, expect, has_comma, kind, peek, position, take, within};
use crate::ast::{ExprId, ExprKind};
use crate::builder::{Builder, Mode};
use crate::{Construct, Kind, SyntaxError};

const TERNARY: u8 = 2;
const ATTACH: u8 = 3;
pub(super) const COALESCE: u8 = 4;
pub(super) const GATE: u8 = 5;
const OR: u8 = 6;
const AND: u8 = 7;
const EQUALITY: u8 = 8;
const COMPARE: u8 = 9;
const SUM: u8 = 10;
const PRODUCT: u8 = 11;

/// What an operator between operands makes of them.
#[derive(Clone, Copy)]
enum Infix {
    Binary(BinaryOperator),
    /// A `~` and the spelling of another operator, which tells them apart.
    Tilde,
    Ternary,
    Attach,
    Gate,
    Is,
    Instanceof,
    Refused(Construct),
}

#[inline]
fn infix(kind: Kind) -> Option<(u8, Infix)> {
    use BinaryOperator as B;
    Some(match kind {
        Kind::Question | Kind::TildeQuestion => (TERNARY, Infix::Ternary),
        Kind::Attach => (ATTACH, Infix::Attach),
        Kind::Coalesce => (COALESCE, Infix::Binary(B::Coalesce)),
        Kind::Gate | Kind::TildeGate => (GATE, Infix::Gate),
        Kind::Or => (OR, Infix::Binary(B::Or)),
        Kind::And => (AND, Infix::Binary(B::And)),
        Kind::Equal => (EQUALITY, Infix::Binary(B::Equal)),
        Kind::NotEqual => (EQUALITY, Infix::Binary(B::NotEqual)),
        Kind::StrictEqual => (EQUALITY, Infix::Binary(B::StrictEqual)),
        Kind::StrictNotEqual => (EQUALITY, Infix::Binary(B::StrictNotEqual)),
        // `a <~b` is `a < ~b` where an operator is expected.
        Kind::Less | Kind::ConfidenceOf => (COMPARE, Infix::Binary(B::Less)),
        Kind::LessOrEqual => (COMPARE, Infix::Binary(B::LessOrEqual)),
        Kind::Greater => (COMPARE, Infix::Binary(B::Greater)),
        Kind::GreaterOrEqual => (COMPARE, Infix::Binary(B::GreaterOrEqual)),
        Kind::In => (COMPARE, Infix::Binary(B::In)),
        Kind::Instanceof => (COMPARE, Infix::Instanceof),
        Kind::Is => (COMPARE, Infix::Is),
        Kind::Plus => (SUM, Infix::Binary(B::Add)),
        Kind::Minus => (SUM, Infix::Binary(B::Subtract)),
        Kind::Star => (PRODUCT, Infix::Binary(B::Multiply)),
        Kind::Slash => (PRODUCT, Infix::Binary(B::Divide)),
        Kind::Percent => (PRODUCT, Infix::Binary(B::Remainder)),
        Kind::TildeCoalesce => (COALESCE, Infix::Tilde),
        Kind::TildeOr => (OR, Infix::Tilde),
        Kind::TildeAnd => (AND, Infix::Tilde),
        Kind::TildeEqual => (EQUALITY, Infix::Tilde),
        Kind::TildeCompare => (COMPARE, Infix::Tilde),
        Kind::TildeSum => (SUM, Infix::Tilde),
        Kind::TildeProduct => (PRODUCT, Infix::Tilde),
        Kind::Bitwise | Kind::Bar => (AND, Infix::Refused(Construct::Bitwise)),
        _ => return None,
    })
}

/// Whether an operator between operands stands here, and goes on with the expression before it.
pub(super) fn operator_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = kind(input);
    infix(next).is_some() && (!at_new_line(input) || continues_line(input, next))
}

/// Operands with operators of at least that level between them.
pub(super) fn binary<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, least: u8) -> Result<ExprId, E> {
    let start = position(input);
    let left = unary(input)?;
    operators(input, start, left, least)
}

/// The guard of an arm: no block after a call belongs to it, and `=>` ends it.
pub(super) fn guard<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let mode = Mode { trailing: false, lambdas: false, ..input.state().mode };
    within(input, mode, |input| binary(input, OR))
}

/// The operators of at least that level after an operand that is read already, with their right operands.
pub(super) fn operators<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    start: usize,
    left: ExprId,
    least: u8,
) -> Result<ExprId, E> {
    let mut left = left;
    // The last operator that this loop has read, for those that do not chain.
    let mut last: Option<(u8, Span)> = None;
    loop {
        let next = kind(input);
        let Some((level, operator)) = infix(next) else { return Ok(left) };
        if level < least || (at_new_line(input) && !continues_line(input, next)) {
            return Ok(left);
        }
        let at = take(input);
        let operator_span = input.state().token_span(at);
        check_chain(input, last, level, operator_span);
        last = Some((level, operator_span));
        let kind = match operator {
            Infix::Binary(operator) => {
                if next == Kind::Greater && shifts(input) {
                    input.state().unsupported(Construct::Bitwise, at);
                }
                let right = if next == Kind::ConfidenceOf {
                    split_confidence(input, at)?
                } else {
                    binary(input, level + 1)?
                };
                let operator_span = if next == Kind::ConfidenceOf {
                    Span::new(operator_span.start, operator_span.start + 1)
                } else {
                    operator_span
                };
                ExprKind::Binary { operator, tilde: false, operator_span, left, right }
            }
            Infix::Tilde => {
                let right = binary(input, level + 1)?;
                let spelling = input.state().slice(at).trim_start_matches('~');
                match BinaryOperator::from_name(spelling) {
                    Some(operator) => ExprKind::Binary { operator, tilde: true, operator_span, left, right },
                    None => ExprKind::Surer { operator_span, left, right },
                }
            }
            Infix::Ternary => {
                let then = expression(input)?;
                expect(input, Kind::Colon)?;
                let otherwise = expression(input)?;
                let tilde = next == Kind::TildeQuestion;
                ExprKind::Ternary { tilde, condition: left, then, otherwise }
            }
            Infix::Attach => {
                let confidence = binary(input, COALESCE)?;
                ExprKind::Attach { value: left, confidence }
            }
            Infix::Gate => {
                let (threshold, otherwise) = threshold(input)?;
                ExprKind::Gate { tilde: next == Kind::TildeGate, value: left, threshold, otherwise }
            }
            Infix::Is => ExprKind::Is { value: left, target: super::types::narrow_type(input)? },
            Infix::Instanceof => ExprKind::Instanceof { value: left, class: binary(input, level + 1)? },
            Infix::Refused(construct) => {
                if input.state().tree[left].kind != ExprKind::Error {
                    input.state().unsupported(construct, at);
                }
                if kind(input) == Kind::Assign && !peek(input).follows_space() {
                    take(input);
                }
                binary(input, level + 1)?;
                ExprKind::Error
            }
        };
        let end = position(input);
        let span = input.state().span(start, end);
        left = input.state().expression(kind, span);
    }
}

/// A threshold: a sum, or `(t, other)`.
pub(super) fn threshold<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
) -> Result<(ExprId, Option<ExprId>), E> {
    if kind(input) == Kind::LeftParenthesis && has_comma(input) {
        take(input);
        let parts = within(input, Mode::GROUP, |input| {
            let threshold = expression(input)?;
            expect(input, Kind::Comma)?;
            let otherwise = expression(input)?;
            accept(input, Kind::Comma);
            Ok((threshold, Some(otherwise)))
        })?;
        expect(input, Kind::RightParenthesis)?;
        return Ok(parts);
    }
    Ok((binary(input, SUM)?, None))
}

/// Whether what touches a `>` makes it `>>` or `>>>`: read over.
fn shifts<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let mut shifts = false;
    while kind(input) == Kind::Greater && !peek(input).follows_space() {
        take(input);
        shifts = true;
    }
    shifts
}

/// The right side of `a <~b`, whose `~` the lexer gave to the operator.
fn split_confidence<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, at: usize) -> Result<ExprId, E> {
    let operand = unary(input)?;
    let end = position(input);
    let state = input.state();
    let whole = state.span(at, end);
    let tilde = whole.start + 1;
    let operator_span = Span::new(tilde, tilde + 1);
    let kind = ExprKind::Unary { operator: UnaryOperator::Confidence, operator_span, operand };
    Ok(state.expression(kind, Span::new(tilde, whole.end)))
}

/// Whether an operator at the start of a line goes on with the line before: signs where white space follows them,
/// and all symbols; words start a statement.
fn continues_line<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, operator: Kind) -> bool {
    match operator {
        Kind::Plus | Kind::Minus | Kind::ConfidenceOf => ahead(input, 1).follows_space(),
        _ => !operator.is_word(),
    }
}

/// Reports operators that do not chain, and those that cannot follow a gate, whose threshold ends at a sum.
fn check_chain<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    last: Option<(u8, Span)>,
    level: u8,
    second: Span,
) {
    let Some((last, first)) = last else { return };
    if last == level && matches!(level, EQUALITY | COMPARE) {
        input.state().errors.push(SyntaxError::ChainedComparison { first, second });
    } else if (last == level && matches!(level, GATE | ATTACH)) || (last == GATE && level > GATE) {
        input.state().errors.push(SyntaxError::NeedsParentheses { first, second });
    }
}

/// An operand with the operators before it.
pub(super) fn unary<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let operator = match kind(input) {
        Kind::Bang => UnaryOperator::Not,
        Kind::Minus => UnaryOperator::Negate,
        Kind::Plus => UnaryOperator::Plus,
        Kind::Tilde | Kind::ConfidenceOf => UnaryOperator::Confidence,
        Kind::Typeof | Kind::Await if word_operand_follows(input) => return word_operator(input),
        _ => return power(input),
    };
    let at = take(input);
    let first = position(input);
    let operand = deeper(input, unary)?;
    let end = position(input);
    let state = input.state();
    let operator_span = state.token_span(at);
    check_power(state, at, first, operand);
    let span = state.span(at, end);
    Ok(state.expression(ExprKind::Unary { operator, operator_span, operand }, span))
}

/// Reports an operator before the left operand of `**`.
fn check_power(state: &mut Builder<'_>, prefix: usize, first: usize, operand: ExprId) {
    if let ExprKind::Binary { operator: BinaryOperator::Power, .. } = state.tree[operand].kind {
        let power = state.tree[operand].span;
        // In parentheses the power would begin after the opening one.
        if power.start == state.token_span(first).start {
            let prefix = state.token_span(prefix);
            state.errors.push(SyntaxError::AmbiguousPower { prefix, power });
        }
    }
}

/// Whether an operand follows a word that is an operator before one, and a name elsewhere.
fn word_operand_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    match next.kind {
        Kind::LeftParenthesis | Kind::Bang | Kind::Tilde => true,
        Kind::LeftBracket | Kind::LeftBrace => next.follows_space(),
        Kind::Minus | Kind::Plus | Kind::ConfidenceOf => {
            next.follows_space() && !ahead(input, 2).follows_space()
        }
        Kind::In | Kind::Is | Kind::As | Kind::Instanceof => false,
        first => first.starts_expression(),
    }
}

/// `typeof e`, `await e`.
fn word_operator<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = take(input);
    let operand = deeper(input, unary)?;
    let end = position(input);
    let state = input.state();
    check_power(state, start, start + 1, operand);
    let kind = match state.kind(start) {
        Kind::Typeof => ExprKind::Typeof(operand),
        _ => ExprKind::Await(operand),
    };
    let span = state.span(start, end);
    Ok(state.expression(kind, span))
}

fn power<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let left = postfix(input)?;
    if kind(input) != Kind::StarStar {
        return Ok(left);
    }
    let at = take(input);
    let right = deeper(input, unary)?;
    let end = position(input);
    let state = input.state();
    let operator_span = state.token_span(at);
    let span = state.span(start, end);
    let kind = ExprKind::Binary { operator: BinaryOperator::Power, tilde: false, operator_span, left, right };
    Ok(state.expression(kind, span))
}

/// A condition at which somebody wrote `=` for `==`: reported, and read as a comparison.
pub(super) fn condition<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let left = expression(input)?;
    if kind(input) != Kind::Assign {
        return Ok(left);
    }
    let at = take(input);
    let right = expression(input)?;
    let state = input.state();
    let operator_span = state.token_span(at);
    state.errors.push(SyntaxError::AssignmentInCondition { span: operator_span });
    let span = state.tree[left].span.to(state.tree[right].span);
    let kind = ExprKind::Binary { operator: BinaryOperator::Equal, tilde: false, operator_span, left, right };
    Ok(state.expression(kind, span))
}
