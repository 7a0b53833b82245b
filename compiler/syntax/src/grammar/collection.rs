use super::Problem;
use super::block::block;
use super::expression::expression;
use super::lambda::{named, parameters};
use super::recovery::list;
use super::support::{
    Reader, accept, after_group, ahead, expect, failed, kind, position, take, within, word,
};
use super::template::string_text;
use crate::ast::{Element, Entry, EntryKey, ExprId, ExprKind, Lambda, LambdaBody, LambdaForm, Name};
use crate::builder::Mode;
use crate::{Expected, Kind};

/// `[a, ...b]`.
pub(super) fn list_literal<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let elements = list(
        input,
        Kind::LeftBracket,
        |input| {
            let spread = accept(input, Kind::Ellipsis);
            Ok(Element { spread, value: expression(input)? })
        },
        |state, span| Some(Element { spread: false, value: state.expression(ExprKind::Error, span) }),
    )?;
    Ok(build(input, start, ExprKind::List(elements)))
}

/// `{ a: 1, b, ...c }`.
pub(super) fn record<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let entries = list(input, Kind::LeftBrace, entry, |state, span| {
        Some(Entry::Spread(state.expression(ExprKind::Error, span)))
    })?;
    Ok(build(input, start, ExprKind::Record(entries)))
}

fn build<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, start: usize, kind: ExprKind) -> ExprId {
    let end = position(input);
    let span = input.state().span(start, end);
    input.state().expression(kind, span)
}

fn entry<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Entry, E> {
    let start = position(input);
    let first = kind(input);
    let key = match first {
        Kind::Ellipsis => {
            take(input);
            return Ok(Entry::Spread(expression(input)?));
        }
        Kind::LeftBracket => {
            take(input);
            let key = within(input, Mode::GROUP, expression)?;
            expect(input, Kind::RightBracket)?;
            EntryKey::Computed(key)
        }
        Kind::String => {
            let at = take(input);
            let state = input.state();
            EntryKey::Name(Name { text: string_text(state, at), span: state.token_span(at) })
        }
        Kind::Number => {
            let at = take(input);
            EntryKey::Name(input.state().name(at))
        }
        word if word.is_word() => {
            let at = take(input);
            EntryKey::Name(input.state().name(at))
        }
        _ => return Err(failed(input, Expected::Key)),
    };
    if accept(input, Kind::Colon) {
        let value = if kind(input) == Kind::Dot { selector(input)? } else { expression(input)? };
        return Ok(Entry::Pair { key, value, shorthand: false });
    }
    if first.is_word() && kind(input) == Kind::LeftParenthesis {
        let parameters = parameters(input)?;
        let body = LambdaBody::Block(block(input)?);
        let lambda = Lambda { form: LambdaForm::Method, asynchronous: false, parameters, body };
        let value = build(input, start, ExprKind::Lambda(lambda));
        return Ok(Entry::Pair { key, value, shorthand: false });
    }
    match key {
        EntryKey::Name(name) if first.is_name() => {
            let span = name.span;
            let value = input.state().expression(ExprKind::Name(name.clone()), span);
            Ok(Entry::Pair { key: EntryKey::Name(name), value, shorthand: true })
        }
        _ => Err(failed(input, Expected::Entry)),
    }
}

/// `.label`, which is the lambda `x => x.label`.
pub(super) fn selector<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<ExprId, E> {
    let start = position(input);
    let span = input.state().token_span(start);
    let parameter = Name { text: "x".into(), span };
    let mut body = input.state().expression(ExprKind::Name(parameter.clone()), span);
    while accept(input, Kind::Dot) {
        let name = word(input, Expected::Name)?;
        body = build(input, start, ExprKind::Member { object: body, name });
    }
    let parameters = vec![named(parameter)];
    let body = LambdaBody::Expression(body);
    let lambda = Lambda { form: LambdaForm::Selector, asynchronous: false, parameters, body };
    Ok(build(input, start, ExprKind::Lambda(lambda)))
}

/// Whether the braces that open some places ahead are a record rather than a block, at a place where both may
/// stand: `...`, or a key and then `:` or `,`.
pub(super) fn begins_like_record<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let separates = |kind| matches!(kind, Kind::Colon | Kind::Comma);
    match ahead(input, 1).kind {
        Kind::Ellipsis => true,
        Kind::LeftBracket => separates(after_group(input, 1).kind),
        first => {
            (first.is_word() || matches!(first, Kind::String | Kind::Number))
                && separates(ahead(input, 2).kind)
        }
    }
}
