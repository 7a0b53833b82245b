use prism_diagnostics::Span;

use super::Key;

/// What is wrong with a header, as facts; [`diagnostic`](super::diagnostic) says it in words. None of them keeps a
/// file from being compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrontMatterProblem {
    /// A key that Prism does not know.
    UnknownKey {
        /// Where it stands, without its `@`.
        span: Span,
        /// The known key that was probably meant.
        nearest: Option<Key>,
    },
    /// A key that is given a second time; the first counts.
    DuplicateKey {
        /// Which one.
        key: Key,
        /// Where it stands the second time.
        span: Span,
        /// Where it stood first.
        first: Span,
    },
    /// A known key without a value.
    MissingValue {
        /// Which one.
        key: Key,
        /// Where it stands.
        span: Span,
    },
    /// A value that begins as a record or a list and is none. It is kept as text.
    MalformedJson {
        /// Whose value it is.
        key: Key,
        /// Where reading it failed.
        span: Span,
        /// The whole value.
        value: Span,
        /// Why it failed.
        problem: JsonProblem,
    },
}

impl FrontMatterProblem {
    /// Where the author would put the cursor.
    pub fn span(&self) -> Span {
        match self {
            Self::UnknownKey { span, .. }
            | Self::DuplicateKey { span, .. }
            | Self::MissingValue { span, .. }
            | Self::MalformedJson { span, .. } => *span,
        }
    }
}

/// Why a record or list could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonProblem {
    /// Something else was expected at this character.
    Expected(JsonExpected),
    /// This bracket is not closed before the value ends.
    Unclosed,
    /// This string is not closed on its line.
    UnclosedString,
    /// This is no escape of JSON.
    UnknownEscape,
    /// This word is neither a number nor `true`, `false` or `null`, hence a text that needs quotes.
    Unquoted,
    /// Brackets are nested more than [`JSON_DEPTH_LIMIT`](super::JSON_DEPTH_LIMIT) deep.
    TooDeep,
    /// Something stands behind the value, on its last line.
    Trailing,
}

/// What could have stood in a record or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonExpected {
    /// A key, or the end of the record.
    Key,
    /// The `:` after a key.
    Colon,
    /// A value.
    Value,
    /// A comma, or the end of the record.
    CommaOrBrace,
    /// A comma, or the end of the list.
    CommaOrBracket,
}
