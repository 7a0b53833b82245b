//! No text panics, hangs or floods: random tokens, random text, programs with a piece replaced.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::{Duration, Instant};

use prism_syntax::{ERROR_LIMIT, SyntaxError, lex, parse};
use proptest::prelude::*;

const PROGRAM: &str = include_str!("../../../examples/triage.prism");

const WORDS: &[&str] = &[
    "let",
    "const",
    "fn",
    "if",
    "else",
    "for",
    "while",
    "do",
    "match",
    "try",
    "return",
    "break",
    "import",
    "export",
    "true",
    "null",
    "pattern",
    "agent",
    "type",
    "test",
    "mock",
    "uncertain",
    "input",
    "output",
    "budget",
    "confidence",
    "high",
    "low",
    "default",
    "as",
    "in",
    "is",
    "typeof",
    "new",
    "async",
    "await",
    "switch",
    "delete",
    "throw",
    "x",
    "foo",
    "1",
    "0.5",
    ".5",
    "12abc",
    "30s",
    "$0.1",
    "v1.0.0",
    "\"s\"",
    "'s'",
    "\"a ${",
    "}",
    "\"",
    "`",
    "```",
    "${",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "?.",
    "...",
    "?",
    "=>",
    "->",
    "|",
    "=",
    "+=",
    "++",
    "+",
    "-",
    "*",
    "/",
    "**",
    "==",
    "<",
    ">=",
    "&&",
    "||",
    "??",
    "!",
    "~",
    "~>",
    "<~",
    "~@>",
    "|>",
    "~+",
    "~?",
    "~.",
    "&",
    "//",
    "/*",
    "*/",
    "///",
    "\n",
    "\n  ",
    " ",
    "@",
    "“",
    "\\",
    "é",
    "\u{202e}",
    "_",
    "undefined",
    "catch",
];

/// What must hold of every text.
fn sound(text: &str) {
    let start = Instant::now();
    let parse = parse(text);
    assert!(start.elapsed() < Duration::from_secs(5), "{text:?} took {:?}", start.elapsed());
    assert!(parse.errors.len() <= ERROR_LIMIT + 1);
    // Brackets that were mended pair; were they not to, the whole file would be called too deep.
    let deep = parse.errors.iter().any(|error| matches!(error, SyntaxError::TooDeep { .. }));
    assert!(!deep, "{text:?}");
    for error in &parse.errors {
        let diagnostic = prism_syntax::diagnostic(error, text);
        assert!(!diagnostic.message.is_empty());
        assert!(text.get(diagnostic.primary.span.range()).is_some(), "{error:?} lies outside of {text:?}");
        for fix in &diagnostic.fixes {
            for edit in &fix.edits {
                assert!(text.get(edit.span.range()).is_some(), "{fix:?} lies outside of {text:?}");
            }
        }
    }
    // Tokens follow one another, and no tree with an error node comes without a diagnostic.
    let tokens = lex(text);
    let mut last = 0;
    for (_, span) in tokens.iter() {
        assert!(last <= span.start && span.start < span.end && span.end as usize <= text.len());
        last = span.end;
    }
    if parse.errors.is_empty() {
        assert!(!format!("{:?}", parse.tree).contains("kind: Error"), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_tokens_have_a_tree(words in prop::collection::vec(prop::sample::select(WORDS), 0..60), spaced: bool) {
        sound(&words.join(if spaced { " " } else { "" }));
    }

    #[test]
    fn random_text_has_a_tree(text in any::<String>()) {
        sound(&text);
    }

    #[test]
    fn programs_with_a_piece_replaced_have_a_tree(at in 0..PROGRAM.len(), length in 0..40_usize, word in prop::sample::select(WORDS)) {
        let end = (at + length).min(PROGRAM.len());
        if let (Some(before), Some(after)) = (PROGRAM.get(..at), PROGRAM.get(end..)) {
            sound(&format!("{before}{word}{after}"));
        }
    }
}

#[test]
fn truncated_programs_have_a_tree() {
    for (at, _) in PROGRAM.char_indices() {
        sound(&PROGRAM[..at]);
        sound(&PROGRAM[at..]);
    }
}
