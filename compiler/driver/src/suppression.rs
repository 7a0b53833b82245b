//! Comments that say that a diagnostic is meant: `// prism: allow(unused-variable) a reason`.

use prism_catalog::{DiagnosticCode, DiagnosticLevel};
use prism_diagnostics::{Diagnostic, Span};
use prism_syntax::{Comment, CommentKind, Kind, Tokens};

use crate::levels::find;
use crate::messages;

/// What is wrong with a comment that begins as one that suppresses diagnostics does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// Another word than `allow`.
    Instruction { word: String },
    /// No closing parenthesis, or nothing between them.
    Malformed,
    /// No diagnostic has this code or name.
    Unknown { name: String },
    /// The diagnostic is an error, without which the file does not compile.
    Error { code: DiagnosticCode },
}

/// One name in one comment, and where it holds.
struct Suppression {
    code: DiagnosticCode,
    /// The name as it is written.
    span: Span,
    /// Diagnostics that begin in here are meant.
    scope: Span,
    used: bool,
}

/// Takes those diagnostics out that comments allow, and adds what is wrong with the comments.
///
/// A comment on a line of its own holds for the statement or declaration that follows it, one behind code for its line.
/// Errors stay: a file does not compile with them, whatever is said about them. In a file with errors no comment is said
/// to be unused, since not all checks were made.
pub(crate) fn apply(tokens: &Tokens, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut suppressions = Vec::new();
    let mut told = Vec::new();
    for comment in tokens.comments().iter().filter(|comment| comment.kind == CommentKind::Line) {
        read(tokens, text, comment, &mut suppressions, &mut told);
    }
    if suppressions.is_empty() && told.is_empty() {
        return;
    }
    diagnostics.retain(|diagnostic| {
        let start = diagnostic.primary.span.start;
        let mut meant = false;
        if !diagnostic.is_error() {
            for suppression in &mut suppressions {
                let holds = suppression.scope.start <= start && start < suppression.scope.end;
                if holds && suppression.code.code() == diagnostic.code {
                    suppression.used = true;
                    meant = true;
                }
            }
        }
        !meant
    });
    if !diagnostics.iter().any(Diagnostic::is_error) {
        let unused = suppressions.iter().filter(|suppression| !suppression.used);
        told.extend(
            unused.map(|suppression| messages::unused_suppression(suppression.code, suppression.span)),
        );
    }
    diagnostics.extend(told);
}

/// Reads a comment: its names, or what is wrong with it. Most comments are about something else.
fn read(
    tokens: &Tokens,
    text: &str,
    comment: &Comment,
    suppressions: &mut Vec<Suppression>,
    told: &mut Vec<Diagnostic>,
) {
    let whole = text.get(comment.span.range()).unwrap_or_default();
    // Parts of the comment are subslices of it, so that their places follow from their lengths.
    let place = |rest: &str, length: usize| {
        let start = comment.span.end - rest.len() as u32;
        Span::new(start, start + length as u32)
    };
    let Some(instruction) = whole.trim_start_matches('/').trim_start().strip_prefix("prism:") else { return };
    let instruction = instruction.trim_start();
    let is_letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let word = instruction.split(|letter| !is_letter(letter)).next().unwrap_or_default();
    let rest = instruction.get(word.len()..).unwrap_or_default();
    let list = rest.trim_start().strip_prefix('(');
    let mut invalid = |problem: Invalid, span| told.push(messages::invalid_suppression(&problem, span));
    let list = match (word, list) {
        ("allow", Some(list)) => list,
        ("allow", None) => return invalid(Invalid::Malformed, place(instruction, word.len())),
        // Without a parenthesis it is prose that happens to begin with the name of the language.
        (_, None) => return,
        (word, Some(_)) => {
            let problem = Invalid::Instruction { word: word.to_owned() };
            return invalid(problem, place(instruction, word.len()));
        }
    };
    let Some(length) = list.find(')').filter(|length| !list.split_at(*length).0.trim().is_empty()) else {
        return invalid(Invalid::Malformed, place(instruction, word.len()));
    };
    let scope = scope(tokens, text, comment);
    let mut from = 0;
    for entry in list.split_at(length).0.split(',') {
        let name = entry.trim();
        let start = from + (entry.len() - entry.trim_start().len());
        let span = place(list.get(start..).unwrap_or_default(), name.len());
        from += entry.len() + 1;
        match find(name) {
            None => invalid(Invalid::Unknown { name: name.to_owned() }, span),
            Some(code) if code.level() == DiagnosticLevel::Error => invalid(Invalid::Error { code }, span),
            Some(code) => suppressions.push(Suppression { code, span, scope, used: false }),
        }
    }
}

/// Where a comment holds: from the start of its line to its end behind code, else over the next statement.
fn scope(tokens: &Tokens, text: &str, comment: &Comment) -> Span {
    let before = text.get(..comment.span.start as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    if !before.get(line..).unwrap_or_default().trim().is_empty() {
        return Span::new(line as u32, comment.span.end);
    }
    let first = comment.token as usize;
    let start = tokens.span(first).start;
    let indent = column(text, start);
    let mut depth = 0_u32;
    let mut end = start;
    for index in first..tokens.len() {
        let (token, span) = (tokens.token(index), tokens.span(index));
        if token.kind.closes() {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                // The bracket around the statement.
                None => break,
            }
        } else if index > first && depth == 0 && token.starts_line() {
            // A statement goes on in lines that are indented deeper than its first one, and in these words.
            let goes_on = token.kind == Kind::Else || column(text, span.start) > indent;
            if !goes_on {
                break;
            }
        }
        if token.kind.opens() {
            depth += 1;
        }
        end = span.end;
    }
    Span::new(start, end.max(start + 1))
}

/// The bytes between the start of a line and an offset in it.
fn column(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |at| at + 1)
}
