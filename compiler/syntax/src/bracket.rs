//! Pairs brackets before the grammar runs, so that it can look past a group and knows where to go on after a
//! mistake. Where brackets do not pair, the tokens are mended: what lacks a closing bracket gets one, and what has
//! none to close becomes an error token.

mod layout;
mod mend;

use prism_diagnostics::Span;

use crate::{Kind, SyntaxError, Token, Tokens};
pub(crate) use layout::{follows_operand, starts_statement};

/// No bracket, or none that pairs with it.
pub(crate) const UNPAIRED: u32 = u32::MAX;

/// For each token the index of the bracket that pairs with it, or [`UNPAIRED`].
pub(crate) struct Pairs {
    pub(crate) mates: Vec<u32>,
}

/// What pairing found.
pub(crate) enum Pairing {
    /// All brackets pair.
    Paired(Pairs),
    /// Some did not; the mended tokens do.
    Mended { tokens: Box<Tokens>, pairs: Pairs, errors: Vec<SyntaxError> },
    /// Brackets are nested too deeply to go on.
    TooDeep { span: Span },
}

/// Pairs the brackets of a file.
pub(crate) fn pair(tokens: &Tokens, text: &str, depth_limit: usize) -> Pairing {
    pair_unmended(tokens, depth_limit).unwrap_or_else(|| mend::mend(tokens, text, depth_limit))
}

/// Pairs brackets as they stand; none where some have no mate.
fn pair_unmended(tokens: &Tokens, depth_limit: usize) -> Option<Pairing> {
    let mut mates = vec![UNPAIRED; tokens.len()];
    let mut stack: Vec<u32> = Vec::new();
    let mut paired = true;
    for (index, token) in tokens.tokens.iter().enumerate() {
        if token.kind.closes() {
            match stack.pop() {
                Some(open) if pairs(tokens.kind(open as usize), token.kind) => {
                    link(&mut mates, open, index as u32);
                }
                Some(open) => {
                    stack.push(open);
                    paired = false;
                }
                None => paired = false,
            }
        }
        if token.kind.opens() {
            stack.push(index as u32);
            if stack.len() > depth_limit {
                return Some(Pairing::TooDeep { span: tokens.span(index) });
            }
        }
    }
    (paired && stack.is_empty()).then_some(Pairing::Paired(Pairs { mates }))
}

/// Pairs the brackets of a file by its layout, whether they pair otherwise or not.
pub(crate) fn pair_by_layout(tokens: &Tokens, text: &str, depth_limit: usize) -> Pairing {
    mend::mend(tokens, text, depth_limit)
}

/// Whether brackets that pair do so by chance: a string that is not closed has swallowed some, or one that is missing
/// is made up for by one too many, so that statements stand in parentheses or declarations in braces.
pub(crate) fn pair_by_chance(tokens: &Tokens, pairs: &Pairs) -> bool {
    let mut around: Vec<(Kind, u32)> = Vec::new();
    let mut before = Kind::End;
    for (index, token) in tokens.tokens.iter().enumerate() {
        while around.last().is_some_and(|(_, mate)| *mate as usize <= index) {
            around.pop();
        }
        let keyword = token.starts_line()
            && matches!(
                token.kind,
                Kind::Let | Kind::Const | Kind::Return | Kind::Pattern | Kind::Import | Kind::Export
            )
            && starts_statement(*token, tokens.token(index + 1));
        let declares = matches!(token.kind, Kind::Pattern | Kind::Import | Kind::Export);
        let misplaced = match around.last() {
            Some((Kind::LeftParenthesis | Kind::LeftBracket, _)) => keyword,
            Some((Kind::LeftBrace, _)) => keyword && declares,
            _ => false,
        };
        if misplaced || token.has(Token::UNTERMINATED) {
            return true;
        }
        if token.kind.opens()
            && let Some(mate) = pairs.mates.get(index)
        {
            // The head of a loop may hold a declaration.
            let kind = if before == Kind::For { Kind::For } else { token.kind };
            around.push((kind, *mate));
        }
        before = token.kind;
    }
    false
}

fn pairs(open: Kind, close: Kind) -> bool {
    match open {
        Kind::TemplateHead | Kind::TemplateMiddle => {
            matches!(close, Kind::TemplateMiddle | Kind::TemplateTail)
        }
        _ => open.closing() == close,
    }
}

/// How the opening token of a closing one is spelled.
fn opening(close: Kind) -> Kind {
    match close {
        Kind::RightParenthesis => Kind::LeftParenthesis,
        Kind::RightBracket => Kind::LeftBracket,
        Kind::TemplateMiddle | Kind::TemplateTail => Kind::TemplateHead,
        _ => Kind::LeftBrace,
    }
}

/// A middle piece of a string pairs on both sides; its own entry leads forwards.
fn link(mates: &mut [u32], open: u32, close: u32) {
    if let Some(mate) = mates.get_mut(open as usize) {
        *mate = close;
    }
    if let Some(mate) = mates.get_mut(close as usize) {
        *mate = open;
    }
}
