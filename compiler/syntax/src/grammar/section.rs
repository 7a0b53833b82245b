use super::Problem;
use super::expression::expression;
use super::recovery::{lines, list};
use super::support::{
    Reader, accept, accept_assign, ahead, expect, failed, kind, peek, position, take, within, word,
};
use super::types::type_expression;
use crate::ast::{Constraint, ExprKind, Field, Name, Output, Promise, Section};
use crate::builder::Mode;
use crate::{Expected, Kind, SyntaxError, literal};
use prism_diagnostics::Span;

/// The section that begins here. After a statement it is a section too, and then reported as one that comes late.
pub(super) fn follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Option<Kind> {
    let next = ahead(input, 1);
    let same_line = !next.starts_line();
    let kind = kind(input);
    let found = match kind {
        Kind::Input | Kind::Budget => next.kind == Kind::LeftBrace,
        Kind::Output => {
            next.kind == Kind::LeftBrace
                || (same_line
                    && (next.kind == Kind::Tilde
                        || (next.kind.is_name()
                            && !matches!(next.kind, Kind::In | Kind::Is | Kind::As | Kind::Instanceof))
                        || matches!(
                            next.kind,
                            Kind::String | Kind::Number | Kind::Null | Kind::True | Kind::False
                        )))
        }
        Kind::Confidence => {
            next.kind == Kind::GreaterOrEqual
                || (same_line
                    && next.kind.is_name()
                    && !matches!(next.kind, Kind::In | Kind::Is | Kind::As | Kind::Instanceof))
        }
        _ => false,
    };
    found.then_some(kind)
}

/// Reports a section that comes too late or twice.
pub(super) fn misplaced<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, at: usize, first: Option<Span>) {
    let span = input.state().token_span(at);
    input.state().errors.push(SyntaxError::MisplacedSection { span, first });
}

/// A section of that kind.
pub(super) fn section<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    section: Kind,
) -> Result<Section, E> {
    let start = take(input);
    match section {
        Kind::Input => {
            let fields = fields(input)?;
            Ok(Section::Input { fields, span: span(input, start) })
        }
        Kind::Output => {
            let output = if kind(input) == Kind::LeftBrace {
                Output::Fields(fields(input)?)
            } else {
                Output::Type(type_expression(input)?)
            };
            Ok(Section::Output { output, span: span(input, start) })
        }
        Kind::Budget => {
            let pairs = braces(input, Expected::Limit, |input| {
                let name = word(input, Expected::Limit)?;
                expect(input, Kind::Colon)?;
                Ok((name, expression(input)?))
            })?;
            Ok(Section::Budget { pairs, span: span(input, start) })
        }
        _ => {
            let promise = promise(input)?;
            Ok(Section::Confidence { promise, span: span(input, start) })
        }
    }
}

fn span<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize) -> Span {
    let end = position(input);
    input.state().span(start, end)
}

/// `>= 0.9`, or a mode.
fn promise<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Promise, E> {
    if accept(input, Kind::GreaterOrEqual) {
        if kind(input) != Kind::Number {
            return Err(failed(input, Expected::Number));
        }
        let at = take(input);
        let state = input.state();
        let value = literal::number(state.slice(at)).unwrap_or(0.0);
        return Ok(Promise::AtLeast { value, span: state.token_span(at) });
    }
    Ok(Promise::Mode(word(input, Expected::Name)?))
}

/// `{ … }` with lines in it.
fn braces<'s, 'p, E: Problem<'s>, T>(
    input: &mut Reader<'s, 'p, E>,
    expected: Expected,
    line: impl Fn(&mut Reader<'s, 'p, E>) -> Result<T, E>,
) -> Result<Vec<T>, E> {
    let open = position(input);
    if kind(input) != Kind::LeftBrace {
        return Err(failed(input, Expected::Token(Kind::LeftBrace)));
    }
    let Some(end) = input.state().mate(open) else { return Err(failed(input, expected)) };
    take(input);
    let output = within(input, Mode::BLOCK, |input| {
        lines(
            input,
            end,
            true,
            |input, output| {
                output.push(line(input)?);
                Ok(())
            },
            |_, _| None,
        )
    })?;
    take(input);
    Ok(output)
}

fn fields<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Field>, E> {
    braces(input, Expected::Field, field)
}

/// `name?: T max_length(10) = "…"`.
fn field<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Field, E> {
    let name = word(input, Expected::Field)?;
    let optional = accept(input, Kind::Question);
    expect(input, Kind::Colon)?;
    let value = type_expression(input)?;
    let mut constraints = Vec::new();
    loop {
        let next = peek(input);
        if !next.kind.is_word() || next.starts_line() || ahead(input, 1).kind == Kind::Colon {
            break;
        }
        constraints.push(constraint(input)?);
    }
    let default = if accept_assign(input) { Some(expression(input)?) } else { None };
    Ok(Field { name, optional, value, constraints, default })
}

fn constraint<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Constraint, E> {
    let start = position(input);
    let name: Name = word(input, Expected::Name)?;
    let arguments = if kind(input) == Kind::LeftParenthesis && !peek(input).starts_line() {
        list(input, Kind::LeftParenthesis, expression, |state, span| {
            Some(state.expression(ExprKind::Error, span))
        })?
    } else {
        Vec::new()
    };
    Ok(Constraint { name, arguments, span: span(input, start) })
}
