use std::fmt::Write;

use prism_diagnostics::{Diagnostic, Level};

use crate::CheckedFile;
use crate::checked_file::counted;
use crate::github::words;
use crate::place::Place;

/// JUnit's XML: a test suite for each file. Each diagnostic is a test case of it, an error one that fails; a file without
/// diagnostics has a single case that passes.
pub fn junit(files: &[CheckedFile<'_>]) -> String {
    let cases: usize = files.iter().map(|file| file.diagnostics.len().max(1)).sum();
    let (_, counts) = counted(files);
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let failures = counts.errors;
    let _ = writeln!(text, "<testsuites name=\"prismc check\" tests=\"{cases}\" failures=\"{failures}\">");
    for file in files {
        suite(file, &mut text);
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(file: &CheckedFile<'_>, text: &mut String) {
    let path = attribute(&file.path);
    let cases = file.diagnostics.len().max(1);
    let failures = file.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let _ = writeln!(
        text,
        "  <testsuite name=\"{path}\" tests=\"{cases}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
    );
    if file.diagnostics.is_empty() {
        let _ = writeln!(text, "    <testcase classname=\"{path}\" name=\"no problems\" file=\"{path}\"/>");
    }
    for diagnostic in file.diagnostics {
        case(file, diagnostic, &path, text);
    }
    text.push_str("  </testsuite>\n");
}

fn case(file: &CheckedFile<'_>, diagnostic: &Diagnostic, path: &str, text: &mut String) {
    let Place { line, column, .. } = Place::of(file.source, diagnostic.primary.span);
    let (code, slug) = (attribute(&diagnostic.code), attribute(&diagnostic.slug));
    let _ = writeln!(
        text,
        "    <testcase classname=\"{path}\" name=\"{code} {slug} at {line}:{column}\" file=\"{path}\" line=\"{line}\">"
    );
    let body = content(&format!("{}:{line}:{column}\n{}", file.path, words(diagnostic)));
    match diagnostic.level {
        Level::Error => {
            let message = attribute(&diagnostic.message);
            let _ = writeln!(text, "      <failure message=\"{message}\" type=\"{code}\">{body}</failure>");
        }
        Level::Warning => {
            let _ = writeln!(text, "      <system-out>warning: {body}</system-out>");
        }
        Level::Hint => {
            let _ = writeln!(text, "      <system-out>hint: {body}</system-out>");
        }
    }
    text.push_str("    </testcase>\n");
}

/// The value of an attribute. A parser would read a bare line break as a space.
fn attribute(text: &str) -> String {
    content(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Text between tags, without the characters that XML 1.0 or a terminal cannot take.
fn content(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}
