use super::Problem;
use super::expression::expression;
use super::recovery::{report, resume};
use super::support::{Reader, failed, kind, position, take, within};
use crate::ast::{ExprId, ExprKind, Literal, TemplatePart};
use crate::builder::{Builder, Mode};
use crate::{Expected, Kind, Token, literal};

/// The text of a string token.
pub(super) fn string_text(state: &Builder<'_>, at: usize) -> Box<str> {
    let token = state.token(at);
    let quote = if token.has(Token::RAW) { 3 } else { 1 };
    let text = state.slice(at);
    // Typographic quotes are longer than one byte.
    let text =
        text.strip_prefix(['“', '”', '‘', '’']).unwrap_or_else(|| text.get(quote..).unwrap_or_default());
    let text = if token.has(Token::UNTERMINATED) {
        text
    } else {
        text.strip_suffix(['“', '”', '‘', '’'])
            .or_else(|| text.get(..text.len().saturating_sub(quote)))
            .unwrap_or_default()
    };
    decoded(token, text)
}

fn decoded(token: Token, text: &str) -> Box<str> {
    if token.has(Token::ESCAPED) {
        literal::unescape(text, token.has(Token::RAW)).into_boxed_str()
    } else {
        text.into()
    }
}

/// The text of a piece of an interpolated string.
fn piece_text(state: &Builder<'_>, at: usize) -> Box<str> {
    let token = state.token(at);
    let text = state.slice(at);
    let quote = if token.has(Token::RAW) { 3 } else { 1 };
    let (start, end) = match token.kind {
        Kind::TemplateHead => (quote, 2),
        Kind::TemplateMiddle => (1, 2),
        _ if token.has(Token::UNTERMINATED) => (1, 0),
        _ => (1, quote),
    };
    let text = text.get(start..text.len().saturating_sub(end)).unwrap_or_default();
    decoded(token, text)
}

/// A string or an interpolated string.
pub(super) fn string<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    match kind(input) {
        Kind::String => {
            let at = take(input);
            let state = input.state();
            let text = string_text(state, at);
            let span = state.token_span(at);
            Ok(state.expression(ExprKind::Literal(Literal::String(text)), span))
        }
        Kind::TemplateHead => template(input),
        _ => Err(failed(input, Expected::Token(Kind::String))),
    }
}

fn template<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let mut parts = Vec::new();
    loop {
        let at = take(input);
        let text = piece_text(input.state(), at);
        if !text.is_empty() {
            parts.push(TemplatePart::Text(text));
        }
        if input.state().kind(at) == Kind::TemplateTail {
            let span = input.state().span(start, at + 1);
            return Ok(input.state().expression(ExprKind::Template(parts), span));
        }
        let Some(end) = input.state().mate(at) else { return Err(failed(input, Expected::Expression)) };
        let checkpoint = input.save();
        let hole = within(input, Mode::GROUP, |input| {
            let value = expression(input)?;
            if position(input) == end {
                Ok(value)
            } else {
                Err(failed(input, Expected::Token(Kind::RightBrace)))
            }
        });
        match hole {
            Ok(value) => parts.push(TemplatePart::Expression(value)),
            Err(problem) if !E::RECOVERS => return Err(problem),
            Err(problem) => {
                report(input.state(), problem.failure(), at + 1);
                resume(input, checkpoint, end);
                let span = input.state().span(at + 1, end);
                let error = input.state().expression(ExprKind::Error, span);
                parts.push(TemplatePart::Expression(error));
            }
        }
    }
}
