//! How diagnostics look.
#![allow(clippy::unwrap_used)]

use prism_diagnostics::{Diagnostic, Level, SourceFile, Span};
use prism_report::human;

fn sample() -> (SourceFile, Diagnostic) {
    let source = SourceFile::new("a.prism", "let größe = 1\nlet b = grösse\n");
    let diagnostic =
        Diagnostic::new("P0201", "unknown-name", Level::Error, "`grösse` is not declared", Span::new(24, 31))
            .with_label("not declared here or further out")
            .with_related(Span::new(4, 11), "this one is")
            .with_help("did you mean `größe`?");
    (source, diagnostic)
}

#[test]
fn a_diagnostic_shows_its_places_and_help() {
    let (source, diagnostic) = sample();
    insta::assert_snapshot!(human(&source, &[diagnostic], false), @r"
    [P0201] error: `grösse` is not declared
       ╭─[ a.prism:2:9 ]
       │
     1 │ let größe = 1
       │     ──┬──
       │       ╰──── this one is
     2 │ let b = grösse
       │         ───┬──
       │            ╰──── not declared here or further out
       │
       │ Help: did you mean `größe`?
    ───╯
    ");
}

#[test]
fn colour_is_there_only_when_asked_for() {
    let (source, diagnostic) = sample();
    assert!(!human(&source, std::slice::from_ref(&diagnostic), false).contains('\u{1b}'));
    assert!(human(&source, &[diagnostic], true).contains('\u{1b}'));
}

#[test]
fn a_file_without_text_is_named() {
    let source = SourceFile::new("no\u{1b}[31m.prism", "");
    let diagnostic =
        Diagnostic::new("P0001", "missing-path", Level::Error, "there is no such file", Span::at(0));
    insta::assert_snapshot!(human(&source, &[diagnostic.with_help("check the path")], false), @r"
    [P0001] error: there is no such file
       at no·[31m.prism
       help: check the path
    ");
}

#[test]
fn a_very_long_line_is_pointed_at_and_not_shown() {
    let source = SourceFile::new("a.prism", "x".repeat(100_000));
    let diagnostic =
        Diagnostic::new("P0201", "unknown-name", Level::Warning, "long", Span::new(5_000, 5_010));
    let text = human(&source, &[diagnostic], false);
    assert!(text.len() < 200, "{}", text.len());
    assert!(text.contains("a.prism:1:5001"), "{text}");
}

#[test]
fn spans_outside_of_the_text_do_no_harm() {
    let source = SourceFile::new("a.prism", "let a = 1");
    for span in [Span::new(0, 500), Span::new(400, 500), Span::at(9)] {
        let diagnostic = Diagnostic::new("P0901", "internal-error", Level::Hint, "somewhere", span);
        assert!(human(&source, &[diagnostic], false).contains("somewhere"));
    }
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_spans_can_be_shown(text in "(\\PC|[\n\r\u{b}\u{85}\u{2028}\t])*", start in 0u32..80, length in 0u32..40, other in 0u32..80) {
        let source = SourceFile::new("a.prism", text);
        let span = Span::new(start, start + length);
        let diagnostic = Diagnostic::new("P0901", "internal-error", Level::Error, "somewhere", span)
            .with_related(Span::new(other, other + 3), "here too");
        let shown = human(&source, &[diagnostic], false);
        proptest::prop_assert!(shown.contains("somewhere"), "{}", shown);
    }
}
