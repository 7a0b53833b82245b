//! Comments that allow diagnostics, in any text: they take out warnings and hints that they name, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use prism_compiler::{Diagnostic, Session, Span};
use proptest::prelude::*;

const PIECES: [&str; 26] = [
    "pattern p {\n",
    "output number\n",
    "let a = 1\n",
    "let b = `x${",
    "}`\n",
    "if 1 < 2 {\n",
    "}\n",
    "else {\n",
    "return 1\n",
    "[",
    "]",
    "(",
    ")",
    "  ",
    "\n",
    "\r\n",
    "é",
    "\"",
    "steps {\n",
    "switch (1) { case 1: }\n",
    "// prism: allow(unused-variable) why\n",
    "// prism: allow(P0701, P0118)\n",
    "// prism: allow(",
    "// prism: allow(ungated-use)\n",
    "// prism: what(é)\n",
    "// prism: allow(,)",
];

/// Lines of a pattern that compiles.
const LINES: [&str; 7] = [
    "  let a = 1\n",
    "  let b = [\n1,\n2\n  ]\n",
    "  if 1 < 2 {\n    // prism: allow(P0701)\n    let c = 1\n    let d = 2\n  }\n  else {\n    let e = 1\n  }\n",
    "  // prism: allow(unused-variable) why\n",
    "  let f = 1 // prism: allow(P0701)\n",
    "  // prism: allow(P0118)\n",
    "\n",
];

/// Pieces in any order, or patterns of which many compile.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40);
    let lines = prop::sample::subsequence(&LINES[..], 0..=LINES.len()).prop_shuffle();
    prop_oneof![
        pieces.prop_map(|pieces| pieces.concat()),
        lines.prop_map(|lines| format!("pattern p {{\n  output number\n{}  return 1\n}}\n", lines.concat())),
    ]
}

fn check(text: &str) -> Vec<Diagnostic> {
    let mut session = Session::in_memory();
    session.set_text("a.prism", text);
    session.check("a.prism").diagnostics
}

/// What is reported where. The words may quote the text, which differs.
fn place(diagnostic: &Diagnostic) -> (&str, Span) {
    (&diagnostic.code, diagnostic.primary.span)
}

/// Whether a diagnostic is about a comment that allows something.
fn is_about_a_comment(diagnostic: &Diagnostic) -> bool {
    ["P0703", "P0704"].contains(&diagnostic.code.as_str())
}

proptest! {
    #[test]
    fn only_what_is_named_is_taken_out(text in texts()) {
        // The same text, in which the comments are prose of the same length.
        let plain = check(&text.replace("prism:", "prose:"));
        let found = check(&text);
        let (about, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(is_about_a_comment);
        let mut expected = plain.iter();
        for diagnostic in &rest {
            let skipped = expected.by_ref().take_while(|plain| place(plain) != place(diagnostic));
            for meant in skipped {
                prop_assert!(!meant.is_error(), "{}", text);
                prop_assert!(["P0701", "P0118"].contains(&meant.code.as_str()), "{}: {:?}", text, meant);
            }
        }
        for meant in expected {
            prop_assert!(["P0701", "P0118"].contains(&meant.code.as_str()), "{}: {:?}", text, meant);
        }
        for told in about {
            let span = told.primary.span;
            prop_assert!(text.get(span.range()).is_some(), "{}: {:?}", text, told);
        }
    }
}
