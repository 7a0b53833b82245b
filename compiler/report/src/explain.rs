use std::fmt::Write;

use prism_catalog::{DiagnosticCode, DiagnosticLevel};

use crate::page;

/// How far code stands from the left.
const INDENT: &str = "    ";

/// The page about a diagnostic as people read it in a terminal: code is indented instead of fenced, and a link is its
/// text with the path of the page in parentheses.
///
/// `colour` says whether escape sequences may be used; headings are bold then.
pub fn explain(code: DiagnosticCode, colour: bool) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for line in page(code).lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            text.push_str(if line.is_empty() { "" } else { INDENT });
            text.push_str(line);
            text.push('\n');
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim_start();
            text.push_str(&bold(heading, colour));
            text.push('\n');
        } else {
            text.push_str(&without_links(line));
            text.push('\n');
        }
    }
    text
}

/// All diagnostics, one on a line, with what is wrong in one sentence.
///
/// `colour` says whether escape sequences may be used; codes are bold then.
pub fn explanations(colour: bool) -> String {
    let width = DiagnosticCode::ALL.iter().map(|row| row.slug().len()).max().unwrap_or_default();
    DiagnosticCode::ALL.iter().fold(String::new(), |mut text, row| {
        let level = match row.level() {
            DiagnosticLevel::Error => "error",
            DiagnosticLevel::Warning => "warning",
            DiagnosticLevel::Hint => "hint",
        };
        let code = bold(row.code(), colour);
        let _ = writeln!(text, "{code}  {:width$}  {level:7}  {}", row.slug(), row.title());
        text
    })
}

fn bold(text: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// A line of Markdown with `[text](path)` as `text (path)`, the path from the root of the repository.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, link)) = rest.split_once('[') {
        let parts = link.split_once(']').and_then(|(name, after)| {
            let (path, after) = after.strip_prefix('(')?.split_once(')')?;
            Some((name, path, after))
        });
        text.push_str(before);
        match parts {
            Some((name, path, after)) => {
                let _ = write!(text, "{name} ({})", path.trim_start_matches("../"));
                rest = after;
            }
            None => {
                text.push('[');
                rest = link;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_laid_out_for_a_terminal() {
        let told = explain(DiagnosticCode::UnboundedSelect, false);
        assert!(told.starts_with("P0501 unbounded-select\n\n"), "{told}");
        assert!(told.contains("\nMended\n\n    return select(Classifier, max: 5).length\n\n"), "{told}");
        assert!(told.ends_with("\nSee select (tests/language/27-select-and-analyze.md).\n"), "{told}");
        assert_eq!(told.replace("```", ""), told);
    }

    #[test]
    fn headings_are_bold_where_that_may_be_and_nothing_else_differs() {
        for code in DiagnosticCode::ALL {
            let coloured = explain(*code, true);
            assert!(coloured.contains("\u{1b}[1mMended\u{1b}[0m\n"), "{coloured}");
            assert_eq!(coloured.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), explain(*code, false));
        }
    }

    #[test]
    fn brackets_that_are_no_link_stay() {
        assert_eq!(without_links("a [b] `xs[0]` [c](../../d.md), [e](f)."), "a [b] `xs[0]` c (d.md), e (f).");
        assert_eq!(without_links("a ("), "a (");
    }

    #[test]
    fn the_list_names_each_diagnostic_on_a_line() {
        let list = explanations(false);
        assert_eq!(list.lines().count(), DiagnosticCode::ALL.len());
        for (line, row) in list.lines().zip(DiagnosticCode::ALL) {
            assert!(line.starts_with(row.code()) && line.contains(row.slug()), "{line}");
            assert!(line.ends_with(row.title()), "{line}");
        }
    }
}
