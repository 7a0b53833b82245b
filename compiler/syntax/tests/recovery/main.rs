//! Mistakes as people make them: each is reported, each once, where one would put the cursor.
//!
//! A case in `one.txt` and `several.txt` is a text, and behind each `=>` a diagnostic: line, column, message. Lines of
//! `----` separate the cases.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use prism_diagnostics::SourceFile;
use prism_syntax::{diagnostic, parse};

struct Case {
    text: String,
    expected: Vec<String>,
}

fn cases(table: &str) -> Vec<Case> {
    let case = |case: &str| {
        let (expected, text): (Vec<_>, Vec<_>) = case.lines().partition(|line| line.starts_with("=> "));
        let expected = expected.iter().map(|line| line["=> ".len()..].to_owned()).collect();
        Case { text: text.join("\n"), expected }
    };
    table.split("\n----\n").map(case).collect()
}

/// The diagnostics of a text.
fn found(text: &str) -> Vec<String> {
    let file = SourceFile::new("a.prism", text);
    let say = |error| {
        let diagnostic = diagnostic(error, text);
        let place = file.line_column(diagnostic.primary.span.start);
        format!("{}:{} {}", place.line, place.column, diagnostic.message)
    };
    parse(text).errors.iter().map(say).collect()
}

fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for Case { text, expected } in cases {
        let found = found(text);
        if found != *expected {
            wrong.push_str(&format!("{text}\nexpected {expected:#?}\nfound {found:#?}\n\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_single_mistake_is_told_once_and_where_it_is() {
    let cases = cases(include_str!("one.txt"));
    assert!(cases.len() >= 40 && cases.iter().all(|case| case.expected.len() == 1));
    check(&cases);
}

#[test]
fn independent_mistakes_are_all_told() {
    let cases = cases(include_str!("several.txt"));
    assert!(cases.len() >= 25 && cases.iter().all(|case| (2..=8).contains(&case.expected.len())));
    check(&cases);
}

/// The lines and messages of a text.
fn lines(text: &str) -> Vec<(usize, String)> {
    let say = |error| {
        let diagnostic = diagnostic(error, text);
        (text[..diagnostic.primary.span.start as usize].matches('\n').count(), diagnostic.message)
    };
    parse(text).errors.iter().map(say).collect()
}

/// One mistake after another: each is told as it is told alone. Left out are texts that go on behind their end, such
/// as `let a =`, or that go on with the one before, such as `else { … }`.
#[test]
fn two_mistakes_are_told_like_each_of_them() {
    let cases = cases(include_str!("one.txt"));
    let is_closed = |text: &str| {
        let alone = lines(text);
        lines(&format!("{text}\n\nz")) == alone && text.matches('`').count().is_multiple_of(2)
    };
    let texts: Vec<_> = cases.iter().map(|case| (case.text.as_str(), lines(&case.text))).collect();
    let (mut pairs, mut same) = (0, 0);
    for (first, before) in texts.iter().filter(|(text, _)| is_closed(text)) {
        let shift = first.matches('\n').count() + 2;
        for (second, behind) in texts.iter().filter(|(text, _)| !text.starts_with("else")) {
            let mut expected = before.clone();
            expected.extend(behind.iter().map(|(line, message)| (line + shift, message.clone())));
            pairs += 1;
            same += usize::from(lines(&format!("{first}\n\n{second}")) == expected);
        }
    }
    assert!(pairs > 10_000, "{pairs} pairs are too few");
    assert!(same * 1_000 >= pairs * 990, "{same} of {pairs} pairs are told like each of them");
}
