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
    let mut groups = None;
    for comment in tokens.comments().iter().filter(|comment| comment.kind == CommentKind::Line) {
        let scope = |comment: &Comment| {
            let groups = groups.get_or_insert_with(|| groups_of(tokens));
            scope(tokens, groups, text, comment)
        };
        read(text, comment, scope, &mut suppressions, &mut told);
    }
    if suppressions.is_empty() && told.is_empty() {
        return;
    }
    suppress(&mut suppressions, diagnostics);
    if !diagnostics.iter().any(Diagnostic::is_error) {
        let unused = suppressions.iter().filter(|suppression| !suppression.used);
        told.extend(
            unused.map(|suppression| messages::unused_suppression(suppression.code, suppression.span)),
        );
    }
    diagnostics.extend(told);
}

/// Takes out what is meant. One pass over both in the order of the text: a hostile file may have many of each.
fn suppress(suppressions: &mut [Suppression], diagnostics: &mut Vec<Diagnostic>) {
    suppressions.sort_by_key(|suppression| (suppression.scope, suppression.code, suppression.span));
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span.start);
    let mut coming = suppressions.iter_mut().peekable();
    let mut holding: Vec<&mut Suppression> = Vec::new();
    diagnostics.retain(|diagnostic| {
        let start = diagnostic.primary.span.start;
        while let Some(next) = coming.next_if(|next| next.scope.start <= start) {
            // One that says the same of the same statement again allows nothing more.
            let again = |held: &&mut Suppression| (held.scope, held.code) == (next.scope, next.code);
            if !holding.iter().any(again) {
                holding.push(next);
            }
        }
        holding.retain(|held| start < held.scope.end);
        if diagnostic.is_error() {
            return true;
        }
        let mut meant = false;
        for held in holding.iter_mut().filter(|held| held.code.code() == diagnostic.code) {
            held.used = true;
            meant = true;
        }
        !meant
    });
}

/// Reads a comment: its names, or what is wrong with it. Most comments are about something else.
fn read(
    text: &str,
    comment: &Comment,
    scope: impl FnOnce(&Comment) -> Span,
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
    let scope = scope(comment);
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

/// For each token that opens a bracket the index of the one that closes it, or the number of tokens; for each other token
/// its own index. A comment then finds its end without a look at all that lies in between.
fn groups_of(tokens: &Tokens) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (index, (kind, _)) in tokens.iter().enumerate() {
        if kind.closes()
            && let Some(group) = open.pop().and_then(|opening: usize| groups.get_mut(opening))
        {
            *group = index;
        }
        if kind.opens() {
            open.push(index);
        }
    }
    for opening in open {
        if let Some(group) = groups.get_mut(opening) {
            *group = tokens.len();
        }
    }
    groups
}

/// Where a comment holds: from the start of its line to its end behind code, else over the next statement.
fn scope(tokens: &Tokens, groups: &[usize], text: &str, comment: &Comment) -> Span {
    let indent = column(text, comment.span.start);
    let line = comment.span.start - indent as u32;
    let before = text.get(line as usize..comment.span.start as usize).unwrap_or_default();
    if !before.trim().is_empty() {
        return Span::new(line, comment.span.end);
    }
    let first = comment.token as usize;
    let start = tokens.span(first).start;
    let indent = column(text, start);
    let mut end = start;
    let mut index = first;
    while index < tokens.len() {
        let (token, span) = (tokens.token(index), tokens.span(index));
        // A statement goes on in lines that are indented deeper than its first one, and in `else`.
        let goes_on = index == first
            || !token.starts_line()
            || token.kind == Kind::Else
            || column(text, span.start) > indent;
        // What closes here is the bracket around the statement: brackets within it are left out below.
        if token.kind.closes() || !goes_on {
            break;
        }
        let mut last = index;
        while tokens.kind(last).opens()
            && let Some(closing) = groups.get(last)
        {
            last = *closing;
        }
        end = tokens.span(last).end;
        index = last + 1;
    }
    Span::new(start, end)
}

/// The bytes between the start of a line and an offset in it.
fn column(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or_default();
    before.len() - before.rfind('\n').map_or(0, |at| at + 1)
}
