//! The header of a file: its name, version, description, and what it wants of its input and its agents.
//!
//! A header is the first `/** … */` of a file, if it stands before the first token, with a line `@key value` for
//! each entry; or a run of `//` comments before the first token with lines such as `// Pattern: triage`, which is
//! read where no such comment gives an entry. What is read, where the language leaves a choice:
//!
//! - A key counts in every spelling that differs only in case, dashes and underscores: `@minAgents`, `@min_agents`,
//!   `@min-agents`. A `:` or `=` may stand between key and value, and the value may begin on the next line.
//! - `@name`, `@version` and `@description` are text as it is written, or the content of a string in quotes: version
//!   `1.10` is not the number 1.1. Every other value is JSON if it reads as JSON, else text.
//! - A value that begins with `{` or `[` goes on until its brackets are closed. Keys without quotes, single quotes,
//!   trailing commas and `//` comments are accepted; in `@input`, `@output` and `@tags` also words without quotes.
//! - A description goes on up to the next key, text of other keys up to a blank line; `@name`, `@version`,
//!   `@timeout`, `@minAgents` and `@maxAgents` are one line. Text that belongs to no key describes the file where
//!   there is no `@description`.
//! - In a comment of one line every known key begins an entry: `/** @name triage @version 1.0.0 */`.
//! - A run of `//` comments is a header if it gives a name, a version or a description, or has a known `@key`. The
//!   first such run counts, and a blank line ends it. Its other lines are ordinary comments.
//! - Of a key that is given twice the first counts.

mod content;
mod key;
mod line;
mod messages;
mod notation;
mod problem;
mod reader;

pub use key::Key;
pub use messages::diagnostic;
pub use problem::{FrontMatterProblem, JsonExpected, JsonProblem};
/// A value of JSON.
pub use serde_json::Value as JsonValue;

use prism_diagnostics::Span;

use crate::{Comment, CommentKind, Tokens};
use content::Content;
use reader::Style;

/// How deep the records and lists of a value may be nested.
pub const JSON_DEPTH_LIMIT: usize = 128;

/// What the header of a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The entries in the order of the text, repeated ones included.
    pub entries: Vec<Entry>,
    /// The text of a `/** … */` that belongs to no key; paragraphs have a blank line between them.
    pub prose: Option<Box<str>>,
    /// From the first comment that was read to the end of the last one.
    pub span: Span,
    /// What is wrong with it, in the order of the text, at most [`ERROR_LIMIT`](crate::ERROR_LIMIT).
    pub problems: Vec<FrontMatterProblem>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is about.
    pub key: Key,
    /// Where the key stands, without its `@` or `:`.
    pub key_span: Span,
    /// What is said.
    pub value: Value,
    /// Where the value stands: from its first to its last character, with the decoration of the lines between; empty
    /// and behind the key if there is no value.
    pub value_span: Span,
}

/// The value of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// It reads as JSON.
    Json(JsonValue),
    /// It does not; its lines are trimmed and have `\n` between them.
    Text(Box<str>),
}

impl Value {
    /// The text, or the content of a JSON string.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Json(value) => value.as_str(),
            Self::Text(text) => Some(text),
        }
    }

    /// The JSON; nothing for text.
    pub fn as_json(&self) -> Option<&JsonValue> {
        match self {
            Self::Json(value) => Some(value),
            Self::Text(_) => None,
        }
    }
}

impl FrontMatter {
    /// The entry of a key; of several the first.
    pub fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == *key)
    }

    /// The name of the pattern.
    pub fn name(&self) -> Option<&str> {
        self.text(&Key::Name)
    }

    /// The version of the pattern, as it is written.
    pub fn version(&self) -> Option<&str> {
        self.text(&Key::Version)
    }

    /// What the file is for: `@description`, else the text that belongs to no key.
    pub fn description(&self) -> Option<&str> {
        self.text(&Key::Description).or(self.prose.as_deref())
    }

    /// The text of a key that has one.
    fn text(&self, key: &Key) -> Option<&str> {
        self.get(key)?.value.as_text().filter(|text| !text.is_empty())
    }
}

/// Reads the header of a file from the tokens that [`lex`](crate::lex) made of its text. Nothing if it has none.
///
/// ```
/// use prism_syntax::front_matter::{Key, front_matter};
///
/// let text = "/**\n * @name triage\n * @minAgents 3\n */\ninput.text\n";
/// let header = front_matter(&prism_syntax::lex(text), text).unwrap();
/// assert_eq!(header.name(), Some("triage"));
/// assert_eq!(header.get(&Key::MinAgents).and_then(|entry| entry.value.as_json()?.as_u64()), Some(3));
/// ```
pub fn front_matter(tokens: &Tokens, text: &str) -> Option<FrontMatter> {
    let comments = tokens.comments();
    let leading = comments.get(..comments.partition_point(|comment| comment.token == 0)).unwrap_or_default();
    let block = leading.iter().find(|comment| comment.kind == CommentKind::FrontMatter);
    let block = block.map(|comment| read_block(comment, text));
    if let Some(found) = &block
        && !found.entries.is_empty()
    {
        return block;
    }
    match (block, read_lines(leading, text)) {
        (Some(block), Some(lines)) => {
            Some(FrontMatter { prose: block.prose, span: block.span.to(lines.span), ..lines })
        }
        (block, lines) => block.or(lines),
    }
}

fn read_block(comment: &Comment, text: &str) -> FrontMatter {
    let (content, closed) =
        Content::of_block(text.get(comment.span.range()).unwrap_or_default(), comment.span.start);
    let mut header = reader::read(&content, &line::in_block(&content), Style::Block);
    if !closed {
        // The rest of the file is in it: that it is not closed is all there is to say.
        header.problems.clear();
        header.prose = None;
    }
    FrontMatter { span: comment.span, ..header }
}

/// The first run of `//` comments on lines that follow each other that is a header.
fn read_lines(leading: &[Comment], text: &str) -> Option<FrontMatter> {
    let together = |one: &Comment, next: &Comment| {
        let between = text.get(one.span.end as usize..next.span.start as usize).unwrap_or_default();
        let breaks = between.matches(['\n', '\r']).count() - between.matches("\r\n").count();
        next.kind == one.kind && breaks == 1
    };
    let runs = leading.chunk_by(together);
    runs.filter(|run| run.iter().all(|comment| comment.kind == CommentKind::Line)).find_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let mut content = Content::default();
        for comment in run {
            content.push(text.get(comment.span.range()).unwrap_or_default(), comment.span.start, 2);
        }
        let keys = line::in_line_comments(&content)?;
        let header = reader::read(&content, &keys, Style::LineComments);
        Some(FrontMatter { span: first.span.to(last.span), ..header })
    })
}
