use prism_diagnostics::Span;

use crate::{Kind, SyntaxError};

/// A token without its place: what the grammar reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    pub(crate) flags: u8,
}

impl Token {
    pub(crate) const NEWLINE: u8 = 1;
    pub(crate) const SPACE: u8 = 2;
    pub(crate) const RAW: u8 = 4;
    pub(crate) const ESCAPED: u8 = 8;
    pub(crate) const SYNTHETIC: u8 = 16;
    pub(crate) const UNTERMINATED: u8 = 32;

    pub(crate) const END: Self = Self { kind: Kind::End, flags: Self::NEWLINE | Self::SPACE };

    /// Whether a line break lies between the token before and this one; the first token starts a line too.
    pub fn starts_line(self) -> bool {
        self.has(Self::NEWLINE)
    }

    /// Whether white space or a comment lies between the token before and this one.
    pub fn follows_space(self) -> bool {
        self.has(Self::SPACE)
    }

    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// The kinds of comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommentKind {
    /// `// …`
    Line,
    /// `/// …`: documents the next declaration.
    Documentation,
    /// `//! …`: documents the file.
    FileDocumentation,
    /// `/* … */`
    Block,
    /// `/** … */`
    FrontMatter,
    /// `#! …` in the first line: tells a shell which program runs the file.
    Shebang,
}

/// A comment with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What it is.
    pub kind: CommentKind,
    /// Where it stands, its marks included and without the line break.
    pub span: Span,
    /// The index of the token that follows it, or the number of tokens.
    pub token: u32,
}

/// The tokens of a file in the order of the text, as columns: kinds with flags, starts, ends.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    pub(crate) tokens: Vec<Token>,
    pub(crate) starts: Vec<u32>,
    pub(crate) ends: Vec<u32>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) errors: Vec<SyntaxError>,
}

impl Tokens {
    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at an index, or the end of the file.
    pub fn token(&self, index: usize) -> Token {
        self.tokens.get(index).copied().unwrap_or(Token::END)
    }

    /// The kind of the token at an index, or [`Kind::End`].
    pub fn kind(&self, index: usize) -> Kind {
        self.token(index).kind
    }

    /// The place of the token at an index; past the last token the end of the last one.
    pub fn span(&self, index: usize) -> Span {
        match (self.starts.get(index), self.ends.get(index)) {
            (Some(start), Some(end)) => Span::new(*start, *end),
            _ => Span::at(self.ends.last().copied().unwrap_or(0)),
        }
    }

    /// The kinds and places in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, Span)> + '_ {
        let spans = self.starts.iter().zip(&self.ends).map(|(start, end)| Span::new(*start, *end));
        self.tokens.iter().map(|token| token.kind).zip(spans)
    }

    /// The comments in the order of the text.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What the lexer found wrong, in the order of the text.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    pub(crate) fn with_capacity(tokens: usize) -> Self {
        Self {
            tokens: Vec::with_capacity(tokens),
            starts: Vec::with_capacity(tokens),
            ends: Vec::with_capacity(tokens),
            ..Self::default()
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, kind: Kind, flags: u8, start: u32, end: u32) {
        self.tokens.push(Token { kind, flags });
        self.starts.push(start);
        self.ends.push(end);
    }

    /// Gives the last token another kind and a later end.
    pub(crate) fn extend_last(&mut self, kind: Kind, end: u32) {
        if let (Some(token), Some(last)) = (self.tokens.last_mut(), self.ends.last_mut()) {
            token.kind = kind;
            *last = end;
        }
    }

    /// The kind of the last token, or [`Kind::End`] where there is none.
    pub(crate) fn last_kind(&self) -> Kind {
        self.tokens.last().map_or(Kind::End, |token| token.kind)
    }
}
