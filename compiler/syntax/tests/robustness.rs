//! No text panics, hangs or floods: random tokens, truncated programs, deep nesting.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::{Duration, Instant};

use prism_syntax::{DEPTH_LIMIT, ERROR_LIMIT, SyntaxError, lex, parse};
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

fn only_too_deep(text: &str) {
    let start = Instant::now();
    let parse = parse(text);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let head: String = text.chars().take(20).collect();
    assert!(matches!(parse.errors.as_slice(), [SyntaxError::TooDeep { .. }]), "{head}: {:?}", parse.errors);
}

#[test]
fn deep_nesting_ends_in_one_diagnostic() {
    const MANY: usize = 20_000;
    for open in ["(", "[", "{", "({", "\"${", "f(", "[{a:"] {
        only_too_deep(&open.repeat(MANY));
    }
    only_too_deep(&format!("{}1{}", "(".repeat(MANY), ")".repeat(MANY)));
    only_too_deep(&format!("let x = {}1{}", "[".repeat(MANY), "]".repeat(MANY)));
    for prefix in ["!", "- ", "<~ ", "x => ", "a ? b : ", "a ** ", "if a {} else "] {
        only_too_deep(&format!("let x = {}1", prefix.repeat(MANY)));
    }
    for link in [".a", "()", "[0]", " + a", " && a", "!", " as T"] {
        only_too_deep(&format!("let x = a{}", link.repeat(MANY)));
    }
    only_too_deep(&format!("type T = {}a", "~".repeat(MANY)));
    only_too_deep(&format!("type T = a{}", "[]".repeat(MANY)));
    only_too_deep(&format!("type T = {}a{}", "map<".repeat(MANY), ">".repeat(MANY)));
}

#[test]
fn what_lies_within_the_limit_is_taken() {
    let depth = DEPTH_LIMIT / 2;
    let text = format!("let x = {}1{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(parse(&text).errors, Vec::new());
    let text = format!("let x = a{}", " + a".repeat(DEPTH_LIMIT - 2));
    assert_eq!(parse(&text).errors, Vec::new());
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let text = " ".repeat(prism_syntax::LENGTH_LIMIT + 1);
    assert!(matches!(parse(&text).errors.as_slice(), [SyntaxError::FileTooLarge { .. }]));
}

#[test]
fn a_flood_of_mistakes_is_cut() {
    let parse = parse(&"let = 1\n".repeat(500));
    assert_eq!(parse.errors.len(), ERROR_LIMIT + 1);
    assert!(matches!(parse.errors.last(), Some(SyntaxError::TooManyProblems { hidden: 450, .. })));
}
