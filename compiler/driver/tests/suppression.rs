//! Comments that allow diagnostics, and what they hold for.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use prism_compiler::{FileReport, Session};

fn check(text: &str) -> FileReport {
    let mut session = Session::in_memory();
    session.set_text("a.prism", text);
    session.check("a.prism")
}

/// The codes with the text that each points at.
fn told(text: &str) -> Vec<(String, String)> {
    let report = check(text);
    let slice = |span| report.source.slice(span).to_owned();
    report.diagnostics.iter().map(|found| (found.code.clone(), slice(found.primary.span))).collect()
}

fn codes(text: &str) -> Vec<String> {
    told(text).into_iter().map(|(code, _)| code).collect()
}

fn pattern(body: &str) -> String {
    format!("pattern p {{\n  output number\n{body}\n  return 1\n}}\n")
}

#[test]
fn a_comment_holds_for_the_next_statement() {
    assert_eq!(codes(&pattern("  let a = 1")), ["P0701"]);
    for comment in [
        "// prism: allow(unused-variable) on purpose",
        "// prism: allow(P0701)",
        "//prism:allow( p0701 )",
        "// prism: allow(unused-variable)\n  // and more is said about it",
    ] {
        assert_eq!(codes(&pattern(&format!("  {comment}\n  let a = 1"))), [""; 0], "{comment}");
        let two = pattern(&format!("  {comment}\n  let a = 1\n  let b = 2"));
        assert_eq!(codes(&two), ["P0701"], "{comment}");
    }
}

#[test]
fn a_comment_holds_for_all_lines_of_a_statement_or_declaration() {
    let statement =
        "  // prism: allow(unused-variable)\n  if 1 < 2 {\n    let a = 1\n  }\n  else {\n    let b = 1\n  }";
    assert_eq!(codes(&pattern(statement)), [""; 0]);
    let behind = format!("{statement}\n  let c = 1");
    assert_eq!(told(&pattern(&behind)), [("P0701".to_owned(), "c".to_owned())]);
    let declaration = format!("// prism: allow(unused-variable)\n{}", pattern("  let a = 1\n  let b = 2"));
    assert_eq!(codes(&declaration), [""; 0]);
    let last = pattern("  if 1 < 2 {\n    // prism: allow(unused-variable)\n    let a = 1\n  }\n  let b = 1");
    assert_eq!(told(&last), [("P0701".to_owned(), "b".to_owned())]);
}

#[test]
fn a_comment_behind_code_holds_for_its_line() {
    let body = "  let a = 1 // prism: allow(unused-variable) on purpose\n  let b = 2";
    assert_eq!(told(&pattern(body)), [("P0701".to_owned(), "b".to_owned())]);
}

#[test]
fn a_comment_that_allows_nothing_is_told() {
    let unused = pattern("  // prism: allow(P0118, unused-variable)\n  let a = 1");
    assert_eq!(told(&unused), [("P0703".to_owned(), "P0118".to_owned())]);
    let at_the_end = format!("{}// prism: allow(unused-variable)", pattern(""));
    assert_eq!(told(&at_the_end), [("P0703".to_owned(), "unused-variable".to_owned())]);
    // With an error in the file nobody knows.
    let broken = pattern("  // prism: allow(unused-variable)\n  let a = nothing");
    assert!(!codes(&broken).contains(&"P0703".to_owned()));
}

#[test]
fn a_comment_that_cannot_be_read_is_told() {
    for (comment, at, says) in [
        ("// prism: allow(unused-varable)", "unused-varable", "no diagnostic `unused-varable`"),
        ("// prism: allow(ungated-use) I know", "ungated-use", "P0401 (ungated-use) is an error"),
        ("// prism: allow", "allow", "does not say what it allows"),
        ("// prism: allow()", "allow", "does not say what it allows"),
        ("// prism: allow(P0701", "allow", "does not say what it allows"),
        ("// prism: alow(P0701)", "alow", "`prism: alow(…)`"),
        ("// prism: allow(größe)", "größe", "no diagnostic `größe`"),
        ("// prism: allow(P0701,)", "", "no diagnostic ``"),
    ] {
        let text = pattern(&format!("  {comment}\n  let a = 1"));
        let found = told(&text);
        let place = ("P0704".to_owned(), at.to_owned());
        assert!(found.contains(&place), "{comment}: {found:?}");
        let message = &check(&text).diagnostics;
        assert!(message.iter().any(|found| found.message.contains(says)), "{comment}: {message:#?}");
    }
    let near = check(&pattern("  // prism: allow(unused-varable)\n"));
    assert_eq!(near.diagnostics[0].help, ["did you mean `unused-variable`?"]);
}

#[test]
fn other_comments_are_prose() {
    for comment in [
        "// prism: a language (for agents)",
        "// Prism: allow(x)",
        "/* prism: allow(x) */",
        "/// prism: allow",
    ] {
        let found = codes(&pattern(&format!("  {comment}\n  let a = 1")));
        assert!(
            !found.iter().any(|code| code.starts_with("P070") && code != "P0701"),
            "{comment}: {found:?}"
        );
    }
}

#[test]
fn an_error_stays() {
    let found = codes(&pattern("  // prism: allow(unknown-name)\n  let a = nothing"));
    assert!(found.contains(&"P0201".to_owned()) && found.contains(&"P0704".to_owned()), "{found:?}");
}

#[test]
fn saying_it_twice_allows_nothing_more() {
    let comment = "  // prism: allow(unused-variable)\n";
    let found = codes(&pattern(&format!("{comment}{comment}  let a = 1")));
    assert_eq!(found, ["P0703"]);
}

#[test]
fn strings_and_brackets_belong_to_the_statement() {
    let body =
        "  // prism: allow(unused-variable)\n  let a = [`x${[\n1\n]}y${\n2\n}z`,\n{ b: 1 }]\n  let c = 1";
    assert_eq!(told(&pattern(body)), [("P0701".to_owned(), "c".to_owned())]);
}

#[test]
fn many_comments_take_no_time_that_grows_with_their_square() {
    const MANY: usize = 100_000;
    let comment = "// prism: allow(unused-variable)\n";
    let started = std::time::Instant::now();
    check(&format!("{comment}[\n").repeat(MANY));
    check(&pattern(&comment.repeat(MANY)));
    check(&pattern(&format!("{}{}", comment.repeat(MANY), "  let a = 1\n".repeat(1_000))));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
