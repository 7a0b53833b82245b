//! What rules are made of: looking at the next tokens and taking them.

use chumsky::input::InputRef;
use chumsky::prelude::*;

use super::Problem;
use crate::ast::Name;
use crate::builder::{Builder, Mode};
use crate::{DEPTH_LIMIT, Expected, Kind, Token};

/// What the grammar runs with besides its input.
pub(super) type Extra<'s, E> = extra::Full<E, Builder<'s>, ()>;

/// The input of a rule.
pub(super) type Reader<'s, 'p, E> = InputRef<'s, 'p, &'s [Token], Extra<'s, E>>;

/// The index of the next token.
#[inline(always)]
pub(super) fn position<'s, E: Problem<'s>>(input: &Reader<'s, '_, E>) -> usize {
    *input.cursor().inner()
}

/// The next token.
#[inline(always)]
pub(super) fn peek<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Token {
    input.peek().unwrap_or(Token::END)
}

/// The kind of the next token.
#[inline(always)]
pub(super) fn kind<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Kind {
    peek(input).kind
}

/// The token some places after the next one.
#[inline(always)]
pub(super) fn ahead<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, distance: usize) -> Token {
    let at = position(input);
    input.state().token(at + distance)
}

/// The token after the bracket that pairs with the next one.
pub(super) fn after_group<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, distance: usize) -> Token {
    let at = position(input) + distance;
    let state = input.state();
    state.mate(at).map_or(Token::END, |mate| state.token(mate + 1))
}

/// Takes the next token, and gives its index.
#[inline(always)]
pub(super) fn take<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> usize {
    let at = position(input);
    input.skip();
    at
}

/// Takes the next token if it is of that kind.
#[inline(always)]
pub(super) fn accept<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, wanted: Kind) -> bool {
    let found = kind(input) == wanted;
    if found {
        input.skip();
    }
    found
}

/// Whether the next token is a word that only the grammar knows, such as `catch`.
pub(super) fn word_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, word: &str) -> bool {
    let at = position(input);
    kind(input) == Kind::Name && input.state().slice(at) == word
}

/// Takes the next token if it is that word.
pub(super) fn accept_word<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, word: &str) -> bool {
    let found = word_follows(input, word);
    if found {
        input.skip();
    }
    found
}

/// Whether the parentheses that open here hold a comma of their own; those of the thresholds of `uncertain if`, which
/// stand before a name and a colon, are not.
pub(super) fn has_comma<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let open = position(input);
    let state = input.state();
    let Some(end) = state.mate(open) else { return false };
    let mut at = open + 1;
    while at < end {
        if state.kind(at) == Kind::Comma
            && !(state.kind(at + 1).is_word() && state.kind(at + 2) == Kind::Colon)
        {
            return true;
        }
        at = super::recovery::behind(state, at);
    }
    false
}

/// Takes the next token, which has to be of that kind.
#[inline(always)]
pub(super) fn expect<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, wanted: Kind) -> Result<usize, E> {
    if kind(input) == wanted { Ok(take(input)) } else { Err(failed(input, Expected::Token(wanted))) }
}

/// The error of something else having been expected here. It goes through the parser, so that what chumsky
/// remembers of earlier alternatives does not outlive it.
#[cold]
pub(super) fn failed<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, what: Expected) -> E {
    let at = position(input);
    match input.parse(custom(move |_: &mut Reader<'s, '_, E>| Err::<(), E>(E::expected(at, what)))) {
        Err(problem) => problem,
        Ok(()) => E::expected(at, what),
    }
}

/// The name of a variable or declaration.
pub(super) fn name<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Name, E> {
    if kind(input).is_name() {
        let at = take(input);
        Ok(input.state().name(at))
    } else {
        Err(failed(input, Expected::Name))
    }
}

/// A name at a place where keywords are names too.
pub(super) fn word<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>, what: Expected) -> Result<Name, E> {
    if kind(input).is_word() {
        let at = take(input);
        Ok(input.state().name(at))
    } else {
        Err(failed(input, what))
    }
}

/// An `=`, or what is left of a `>=` whose `>` closed a list of types.
pub(super) fn accept_assign<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    if accept(input, Kind::Assign) {
        return true;
    }
    let at = position(input);
    if input.state().split == Some(at) {
        input.state().split = None;
        input.skip();
        return true;
    }
    false
}

/// Runs a rule under another mode.
#[inline(always)]
pub(super) fn within<'s, 'p, E: Problem<'s>, T>(
    input: &mut Reader<'s, 'p, E>,
    mode: Mode,
    rule: impl FnOnce(&mut Reader<'s, 'p, E>) -> Result<T, E>,
) -> Result<T, E> {
    let outer = std::mem::replace(&mut input.state().mode, mode);
    let result = rule(input);
    input.state().mode = outer;
    result
}

/// Rules that call themselves are counted, so that deep nesting ends in a diagnostic, and now and then move to
/// fresh stack.
pub(super) fn deeper<'s, E: Problem<'s>, T: 's>(
    input: &mut Reader<'s, '_, E>,
    rule: fn(&mut Reader<'s, '_, E>) -> Result<T, E>,
) -> Result<T, E> {
    /// How many levels share a look at the stack that is left.
    const LEVELS: usize = 4;
    let depth = input.state().depth + 1;
    if depth > DEPTH_LIMIT {
        let at = position(input);
        let span = input.state().token_span(at);
        input.state().too_deep(span);
        return Err(E::reported(at));
    }
    input.state().depth = depth;
    let result = if depth.is_multiple_of(LEVELS) {
        // chumsky grows the stack where a parser is recursive.
        input.parse(recursive(|_| custom(move |input: &mut Reader<'s, '_, E>| rule(input))))
    } else {
        rule(input)
    };
    input.state().depth = depth - 1;
    result
}
