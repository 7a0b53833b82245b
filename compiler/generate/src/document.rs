//! A program as tokens, with what may stand between them: the content, apart from its layout.

use std::borrow::Cow;

/// What may stand between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing at all.
    Touch,
    /// White space and comments without a line break.
    Stay,
    /// White space of any kind.
    Free,
    /// White space of any kind; usually a line break.
    Open,
    /// The end of one of several things in a row.
    End {
        /// What may separate them besides a line break.
        separator: Separator,
        /// Whether the `}` before it is separator enough.
        bare: bool,
    },
    /// The end of the last of them.
    Last(Separator),
}

/// What separates things in braces besides a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// `;`.
    Statement,
    /// `,` or `;`.
    Field,
    /// `,`.
    Pair,
    /// Nothing.
    Line,
}

/// What a line break means between a pair of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// No more than a space.
    Brackets,
    /// The end of a statement, field, arm or band, save in a [`Gap`] that says otherwise.
    Block,
    /// It is an error here, and in all brackets inside.
    OneLine,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Token(Cow<'static, str>),
    Gap(Gap),
    /// A comma that may be left out.
    Comma,
    Enter(Mode),
    Leave,
    /// A `///` line.
    Documentation(&'static str),
    /// A comment, or other text that is no token, on lines of its own.
    Lines(String),
}

/// The content of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) pieces: Vec<Piece>,
    tokens: usize,
}

impl Document {
    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.tokens
    }

    pub(crate) fn token(&mut self, text: impl Into<Cow<'static, str>>) {
        self.tokens += 1;
        self.pieces.push(Piece::Token(text.into()));
    }

    pub(crate) fn gap(&mut self, gap: Gap) {
        self.pieces.push(Piece::Gap(gap));
    }

    pub(crate) fn open(&mut self, bracket: impl Into<Cow<'static, str>>, mode: Mode) {
        self.token(bracket);
        self.pieces.push(Piece::Enter(mode));
    }

    pub(crate) fn close(&mut self, bracket: impl Into<Cow<'static, str>>) {
        self.pieces.push(Piece::Leave);
        self.token(bracket);
    }

    pub(crate) fn piece(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }
}
