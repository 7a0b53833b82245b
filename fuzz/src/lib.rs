//! What must hold of the tokens, the tree and the diagnostics of every text.
//!
//! The fuzz targets search for a text that breaks one of these laws; a test of `prism-syntax` checks them on every
//! file of `corpus`, without a fuzzer.

use prism_diagnostics::{Diagnostic, Span};
use prism_syntax::{ERROR_LIMIT, SyntaxError, Tokens, diagnostic, lex, parse, parse_tokens};

/// Checks the laws of the tokens: they and the comments follow one another on character boundaries, and between them
/// lies nothing but white space and what an error speaks of.
///
/// # Panics
///
/// If a law is broken.
pub fn check_tokens(text: &str) {
    let tokens = lex(text);
    for error in tokens.errors() {
        assert_inside(error.span(), text, error);
    }
    let mut pieces: Vec<Span> = tokens.iter().map(|(_, span)| span).collect();
    assert_eq!(pieces.len(), tokens.len());
    assert_rising(&pieces, text, "tokens");
    check_comments(&tokens, text);
    pieces.extend(tokens.comments().iter().map(|comment| comment.span));
    pieces.sort_unstable_by_key(|span| span.start);
    assert_rising(&pieces, text, "tokens and comments");

    let mut covered = if text.starts_with('\u{feff}') { 3 } else { 0 };
    pieces.push(Span::at(text.len() as u32));
    for piece in pieces {
        let gap = Span::new(covered, piece.start);
        for (offset, character) in slice(text, gap).char_indices() {
            let at = covered + offset as u32;
            let explained = matches!(character, ' ' | '\t' | '\r' | '\n' | '\u{c}')
                || tokens.errors().iter().any(|error| error.span().start <= at && at < error.span().end);
            assert!(explained, "{character:?} at {at} is in no token, comment or error");
        }
        covered = piece.end;
    }
}

/// Each comment names the token that follows it.
fn check_comments(tokens: &Tokens, text: &str) {
    for comment in tokens.comments() {
        let written = slice(text, comment.span);
        assert!(written.starts_with('/') || written.starts_with("#!"), "{comment:?}");
        let next = comment.token as usize;
        assert!(next <= tokens.len(), "{comment:?} stands before no token");
        assert!(next == tokens.len() || comment.span.end <= tokens.span(next).start, "{comment:?}");
        assert!(next == 0 || tokens.span(next - 1).end <= comment.span.start, "{comment:?}");
    }
}

/// Spans that hold something, do not overlap and are sorted.
fn assert_rising(spans: &[Span], text: &str, what: &str) {
    let mut end = 0;
    for span in spans {
        assert_inside(*span, text, what);
        assert!(end <= span.start && !span.is_empty(), "{what}: {span:?} after the offset {end}");
        end = span.end;
    }
}

/// Checks the laws of the tree and the diagnostics: the same for the same text, all places inside the text, not too
/// many diagnostics, each in words and with fixes that can be applied, and none missing for an error node.
///
/// # Panics
///
/// If a law is broken.
pub fn check_tree(text: &str) {
    let parsed = parse(text);
    let again = parse_tokens(&parsed.tokens, text);
    assert_eq!(parsed.errors, again.errors, "parsed a second time, other errors are found");
    let tree = format!("{:?}", parsed.tree);
    assert_eq!(tree, format!("{:?}", again.tree), "parsed a second time, the tree is another");
    for span in spans_in(&tree) {
        assert_inside(span, text, "a node of the tree");
    }
    if parsed.errors.is_empty() {
        assert!(!tree.contains("kind: Error"), "an error node without a diagnostic");
    }
    assert!(parsed.errors.len() <= ERROR_LIMIT + 1, "{} diagnostics", parsed.errors.len());
    for pair in parsed.errors.windows(2) {
        if let [first, second] = pair {
            assert!(first.span().start <= second.span().start, "out of order: {first:?}, {second:?}");
        }
    }
    for error in &parsed.errors {
        check_diagnostic(error, &diagnostic(error, text), text);
    }
}

fn check_diagnostic(error: &SyntaxError, diagnostic: &Diagnostic, text: &str) {
    assert!(!diagnostic.message.is_empty() && !diagnostic.code.is_empty(), "{error:?} has no words");
    assert_inside(diagnostic.primary.span, text, error);
    for label in &diagnostic.related {
        assert_inside(label.span, text, error);
    }
    assert!(!diagnostic.message.contains('\n'), "{error:?} is said in several lines");
    for fix in &diagnostic.fixes {
        assert!(!fix.edits.is_empty(), "{fix:?} changes nothing");
        let mut edits: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
        edits.sort_unstable_by_key(|span| (span.start, span.end));
        let mut end = 0;
        for span in edits {
            assert_inside(span, text, fix);
            assert!(end <= span.start, "the edits of {fix:?} overlap");
            end = span.end;
        }
    }
}

fn assert_inside(span: Span, text: &str, what: impl std::fmt::Debug) {
    assert!(
        span.start <= span.end && text.get(span.range()).is_some(),
        "{what:?}: {span:?} is not in the text"
    );
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

/// The spans that the debug form of a tree shows: every node's, whatever kinds of nodes there are.
fn spans_in(tree: &str) -> impl Iterator<Item = Span> + '_ {
    const OPENING: &str = "Span { start: ";
    let mut rest = tree;
    std::iter::from_fn(move || {
        loop {
            // Strings may hold anything, a span's debug form too.
            let quote = rest.find(['"', '\'']).unwrap_or(rest.len());
            let opening = rest.find(OPENING).unwrap_or(rest.len());
            if opening < quote {
                rest = rest.get(opening + OPENING.len()..)?;
                let (start, after) = rest.split_once(", end: ")?;
                let (end, after) = after.split_once(" }")?;
                rest = after;
                return Some(Span { start: start.parse().ok()?, end: end.parse().ok()? });
            }
            let mark = rest.get(quote..)?.chars().next()?;
            rest = after_quoted(rest.get(quote + 1..)?, mark)?;
        }
    })
}

/// What follows the closing quote of a string or character in debug form.
fn after_quoted(text: &str, mark: char) -> Option<&str> {
    let mut escaped = false;
    let end = text.find(|character| {
        let closes = character == mark && !escaped;
        escaped = character == '\\' && !escaped;
        closes
    })?;
    text.get(end + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spans_of_a_debug_form_are_found_and_those_in_strings_are_not() {
        let text = r#"A { a: Span { start: 1, end: 2 }, b: "\"Span { start: 3, end: 4 }", c: '"', d: Span { start: 5, end: 6 } }"#;
        let spans: Vec<Span> = spans_in(text).collect();
        assert_eq!(spans, [Span::new(1, 2), Span::new(5, 6)]);
    }

    #[test]
    fn the_spans_of_a_tree_are_found() {
        let tree = format!("{:?}", parse("let a = \"it's ${1 + x}\"\nfn f() { a }\n").tree);
        assert_eq!(spans_in(&tree).count(), tree.matches("Span {").count());
        assert!(spans_in(&tree).count() > 5);
    }
}
