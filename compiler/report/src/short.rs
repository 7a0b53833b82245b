use std::fmt::Write;

use prism_diagnostics::Level;

use crate::CheckedFile;
use crate::checked_file::counted;
use crate::place::Place;
use crate::sanitize::visible_line;
use crate::summary::said;

/// One line for each diagnostic, `path:line:column: error[P0107] message`, and the summary in a last line.
///
/// Whatever files hold and are called, a diagnostic is one line: line breaks are shown as spaces, other control
/// characters as dots.
pub fn short(files: &[CheckedFile<'_>]) -> String {
    let mut text = String::new();
    for file in files {
        let path = visible_line(&file.path);
        for diagnostic in file.diagnostics {
            let Place { line, column, .. } = Place::of(file.source, diagnostic.primary.span);
            let message = visible_line(&diagnostic.message);
            let (level, code) = (level_name(diagnostic.level), &diagnostic.code);
            let _ = writeln!(text, "{path}:{line}:{column}: {level}[{code}] {message}");
        }
    }
    let (checked, counts) = counted(files);
    let _ = writeln!(text, "{}", said(checked, counts));
    text
}

/// The word for a level.
pub(crate) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "hint",
    }
}
