//! Sequences of tokens, written much as they stand in a script, and where they occur.
//!
//! A shape is a line of pieces with spaces between them. A piece is the text of a token, or
//! - `NAME`, `STRING` (without interpolation), `SINGLE` (one in single quotes), `TEMPLATE` and `TAIL` (the first and
//!   the last piece of one with interpolation), `RAW` (the beginning of a string in three backticks), `NUMBER`,
//!   `DURATION`, `MONEY`, `FOREIGN` (a name that is not ASCII), `LET` (`let` or `const`), `LAST` (behind the last
//!   token);
//! - `()`, `[]`, `{}` glued together: brackets with whatever is between them;
//! - `…`: any tokens at this depth, brackets taken whole;
//! - `⋱`: any tokens at this depth or deeper.
//!
//! Marks before a piece say what lies between the token before and it: `↵` a line break, `·` nothing, `¶` a comment.

use prism_syntax::Kind;

use crate::corpus::Script;

/// Tokens that a `…` or a `⋱` passes over at most.
const REACH: usize = 400;

/// The tokens of a script with the partners of its brackets.
pub(crate) struct Sequence<'s> {
    script: &'s Script,
    /// For each opening token where its bracket closes.
    closing: Vec<usize>,
    /// Whether a comment stands before the token.
    commented: Vec<bool>,
}

impl<'s> Sequence<'s> {
    pub(crate) fn new(script: &'s Script) -> Self {
        let tokens = &script.parse.tokens;
        let mut closing = vec![usize::MAX; tokens.len()];
        let mut open: Vec<usize> = Vec::new();
        for (index, (kind, _)) in tokens.iter().enumerate() {
            if kind.closes()
                && let Some(opening) = open.pop()
            {
                closing[opening] = index;
            }
            if kind.opens() {
                open.push(index);
            }
        }
        let mut commented = vec![false; tokens.len() + 1];
        for comment in tokens.comments() {
            commented[comment.token as usize] = true;
        }
        Self { script, closing, commented }
    }

    /// Whether the shape occurs anywhere.
    pub(crate) fn holds(&self, shape: &str) -> bool {
        let pieces: Vec<&str> = shape.split(' ').collect();
        (0..=self.script.parse.tokens.len()).any(|start| self.follows(start, &pieces))
    }

    /// Whether the pieces stand at an index.
    fn follows(&self, at: usize, pieces: &[&str]) -> bool {
        let Some((piece, rest)) = pieces.split_first() else { return true };
        match *piece {
            "…" => self.reach(at, false).any(|next| self.follows(next, rest)),
            "⋱" => self.reach(at, true).any(|next| self.follows(next, rest)),
            "LAST" => at == self.script.parse.tokens.len() && self.follows(at, rest),
            _ => self.matched(at, piece).is_some_and(|next| self.follows(next, rest)),
        }
    }

    /// The places behind any number of tokens that do not leave the bracket they stand in.
    fn reach(&self, start: usize, deeper: bool) -> impl Iterator<Item = usize> + '_ {
        let mut depth = 0;
        let step = move |at: &usize| {
            let kind = self.script.parse.tokens.kind(*at);
            if kind == Kind::End || (depth == 0 && kind.closes() && !kind.opens()) {
                return None;
            }
            if kind.opens() && !kind.closes() {
                if !deeper {
                    return Some(self.skip(*at));
                }
                depth += 1;
            } else if kind.closes() && !kind.opens() {
                depth -= 1;
            }
            Some(*at + 1)
        };
        std::iter::successors(Some(start), step).take(REACH)
    }

    /// Behind the bracket that opens at an index; a string goes on from each `}` to the next `${`.
    fn skip(&self, opening: usize) -> usize {
        let mut at = opening;
        while let Some(&close) = self.closing.get(at).filter(|close| **close != usize::MAX) {
            if !self.script.parse.tokens.kind(close).opens() {
                return close + 1;
            }
            at = close;
        }
        self.closing.len()
    }

    /// Where the piece that stands at an index ends.
    fn matched(&self, at: usize, piece: &str) -> Option<usize> {
        let tokens = &self.script.parse.tokens;
        let token = tokens.token(at);
        if at >= tokens.len() {
            return None;
        }
        let text = &self.script.text[tokens.span(at).range()];
        let mut piece = piece;
        loop {
            let stripped = match piece.chars().next()? {
                '↵' if token.starts_line() => piece.strip_prefix('↵'),
                '·' if !token.follows_space() => piece.strip_prefix('·'),
                '¶' if self.commented[at] => piece.strip_prefix('¶'),
                '↵' | '·' | '¶' => return None,
                _ => break,
            };
            piece = stripped?;
        }
        let single = match piece {
            "NAME" => token.kind.is_word() && !token.kind.is_reserved(),
            "FOREIGN" => token.kind.is_word() && !text.is_ascii(),
            "STRING" => token.kind == Kind::String,
            "TEMPLATE" => token.kind == Kind::TemplateHead,
            "SINGLE" => token.kind == Kind::String && text.starts_with('\''),
            "TAIL" => token.kind == Kind::TemplateTail,
            "RAW" => token.kind.starts_string() && text.starts_with("```"),
            "NUMBER" => token.kind == Kind::Number,
            "DURATION" => token.kind == Kind::Duration,
            "MONEY" => token.kind == Kind::Money,
            "LET" => matches!(token.kind, Kind::Let | Kind::Const),
            "()" | "[]" | "{}" => {
                return (piece.starts_with(text) && token.kind.opens()).then(|| self.skip(at));
            }
            _ => text == piece,
        };
        single.then_some(at + 1)
    }
}
