//! The one way to lay code out.
//!
//! [`format()`] changes white space, the commas and semicolons that may be left out, and quotes that mean the same. It
//! compares the trees and the comments before it gives a text back, and refuses rather than change a program.

use prism_diagnostics::Span;

use crate::{Comment, Parse, SyntaxError, parse};

mod declaration;
mod document;
mod expression;
mod list;
mod operator;
mod printer;
mod same;
mod statement;
mod target;
mod types;
mod writer;

/// The longest line that is aimed at, in characters. Names, strings and comments may be longer.
pub const LINE_WIDTH: usize = 100;

/// Why a text was not formatted.
#[derive(Clone, Debug, PartialEq)]
pub enum FormatError {
    /// The text cannot be read; the mistakes are in the order of the text.
    Syntax(Vec<SyntaxError>),
    /// What would be written means something else. That is a mistake of the formatter.
    TreeChanged {
        /// The first part that differs, as a place in the text; empty at its start if that is not known.
        span: Span,
    },
    /// A comment would be lost, doubled, changed or moved past another one. That is a mistake of the formatter.
    CommentLost {
        /// The first such comment, as a place in the text; the end of the text for one that is doubled.
        span: Span,
    },
}

/// Formats the text of a file.
///
/// # Errors
///
/// [`FormatError::Syntax`] if the text cannot be read; the others if the formatter made a mistake.
pub fn format(text: &str) -> Result<String, FormatError> {
    format_with(text, LINE_WIDTH)
}

/// Formats the text of a file for another width of lines, in characters.
///
/// # Errors
///
/// As [`format()`].
pub fn format_with(text: &str, width: usize) -> Result<String, FormatError> {
    let before = parse(text);
    if !before.errors.is_empty() {
        return Err(FormatError::Syntax(before.errors));
    }
    let mut writer = writer::Writer::new(text, &before.tree, &before.tokens);
    writer.module();
    let output = printer::print(&writer.document, text, width);
    check(&before, text, &output)?;
    Ok(output)
}

fn check(before: &Parse, text: &str, output: &str) -> Result<(), FormatError> {
    let after = parse(output);
    if let Some(span) = lost_comment(before.tokens.comments(), text, after.tokens.comments(), output) {
        return Err(FormatError::CommentLost { span });
    }
    if !after.errors.is_empty() {
        let at = after.errors.first().map_or(Span::default(), SyntaxError::span);
        return Err(FormatError::TreeChanged { span: Span::at(at.start.min(text.len() as u32)) });
    }
    same::difference(&before.tree, &after.tree).map_or(Ok(()), |span| Err(FormatError::TreeChanged { span }))
}

fn lost_comment(before: &[Comment], text: &str, after: &[Comment], output: &str) -> Option<Span> {
    let same = |left: &Comment, right: &Comment| {
        let left = text.get(left.span.range()).unwrap_or_default();
        let right = output.get(right.span.range()).unwrap_or_default();
        left == right || lines(left).eq(lines(right))
    };
    let mut others = after.iter();
    for comment in before {
        if !others.next().is_some_and(|other| comment.kind == other.kind && same(comment, other)) {
            return Some(comment.span);
        }
    }
    others.next().map(|_| Span::at(text.len() as u32))
}

/// The lines of a comment: their ends may be written another way, and line comments lose what is empty at theirs.
fn lines(comment: &str) -> impl Iterator<Item = &str> {
    comment.split('\n').map(|line| line.trim_end_matches(['\r', ' ', '\t']))
}
