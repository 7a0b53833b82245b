use std::fmt::Write;

use prism_diagnostics::{Diagnostic, Level};

use crate::CheckedFile;
use crate::place::Place;
use crate::sanitize::visible_text;

/// Workflow commands of GitHub Actions, one line for each diagnostic, which become annotations of a pull request.
///
/// Columns are given only where start and end are on one line: the runner ignores them elsewhere.
pub fn github(files: &[CheckedFile<'_>]) -> String {
    let mut text = String::new();
    for file in files {
        for diagnostic in file.diagnostics {
            let command = match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Hint => "notice",
            };
            let Place { line, column, end_line, end_column, .. } =
                Place::of(file.source, diagnostic.primary.span);
            let path = property(&file.path);
            let _ = write!(text, "::{command} file={path},line={line},endLine={end_line}");
            if line == end_line {
                let _ = write!(text, ",col={column},endColumn={end_column}");
            }
            let title = property(&format!("{} {}", diagnostic.code, diagnostic.slug));
            let _ = writeln!(text, ",title={title}::{}", data(&words(diagnostic)));
        }
    }
    text
}

/// All that is said of a diagnostic, on several lines: the message, what is said about its place, and how to mend it.
pub(crate) fn words(diagnostic: &Diagnostic) -> String {
    let mut words = diagnostic.message.clone();
    if !diagnostic.primary.text.is_empty() {
        let _ = write!(words, "\n{}", diagnostic.primary.text);
    }
    for help in &diagnostic.help {
        let _ = write!(words, "\nhelp: {help}");
    }
    words
}

/// Text behind the second `::`, in which the runner looks for these escapes only.
fn data(text: &str) -> String {
    escaped(&visible_text(text))
}

/// The value of a property, which ends at `,` and `::` too. Control characters stay out of the log, except that a line
/// break in the name of a file is kept as an escape, since the name is to be found again.
fn property(text: &str) -> String {
    escaped(&visible_text(text)).replace(':', "%3A").replace(',', "%2C")
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
