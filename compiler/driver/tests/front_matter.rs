//! Headers of files: their problems are told with everything else, and keep nothing from being compiled.
#![allow(clippy::unwrap_used)]

use prism_compiler::Session;
use prism_diagnostics::Level;

const PATTERN: &str = "pattern p { output string\n  return \"hello\" }\n";

fn check(text: &str) -> Vec<(String, u32, Level)> {
    let mut session = Session::in_memory();
    session.set_text("a.prism", text);
    let report = session.check("a.prism");
    let told = report.diagnostics.iter().map(|diagnostic| {
        let line = report.source.line_column(diagnostic.primary.span.start).line;
        (diagnostic.code.clone(), line, diagnostic.level)
    });
    told.collect()
}

#[test]
fn a_header_without_problems_is_not_mentioned() {
    assert_eq!(check(&format!("/**\n * @name p\n * @minAgents 3\n */\n{PATTERN}")), []);
    assert_eq!(check(&format!("// Pattern: p\n// Version: 1.0.0\n{PATTERN}")), []);
}

#[test]
fn problems_of_a_header_are_warnings() {
    let text = format!("/**\n * @nmae p\n * @agents {{ a: }}\n * @version 1\n * @version 2\n */\n{PATTERN}");
    let warning = |code: &str, line: u32| (code.to_owned(), line, Level::Warning);
    assert_eq!(check(&text), [warning("P0120", 2), warning("P0121", 3), warning("P0122", 5)]);
    let mut session = Session::in_memory();
    session.set_text("a.prism", text);
    assert!(session.compile("a.prism").is_ok());
}

#[test]
fn they_stand_among_the_others_in_the_order_of_the_text() {
    let text = format!("// Pattern: p\n// Pattern: q\n{}", PATTERN.replace("\"hello\"", "nmae"));
    let codes: Vec<_> = check(&text).into_iter().map(|(code, line, _)| (code, line)).collect();
    assert_eq!(codes, [("P0122".to_owned(), 2), ("P0201".to_owned(), 4)]);
}

#[test]
fn a_header_that_is_not_closed_is_one_error() {
    assert_eq!(check(&format!("/**\n * @nmae p\n{PATTERN}")), [("P0103".to_owned(), 1, Level::Error)]);
}
