//! Questions about files, without any protocol.

use prism_compiler::{FileReport, Session, SourceFile};

/// The texts that an editor has open, and what is wrong with them.
pub struct Workspace {
    session: Session,
}

impl Default for Workspace {
    fn default() -> Self {
        Self { session: Session::on_disk() }
    }
}

impl Workspace {
    /// Takes a text as it stands in the editor, and says what is wrong with it.
    pub fn set_text(&mut self, path: &str, text: String) -> FileReport {
        self.session.set_text(path, text);
        self.session.check(path)
    }

    /// The editor has closed a file: what is saved counts again.
    pub fn close(&mut self, path: &str) {
        self.session.remove_text(path);
    }
}

/// A position as editors count: line and column from 0, the column in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditorPosition {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in UTF-16 units.
    pub column: u32,
}

/// The position of a byte offset.
pub fn editor_position(source: &SourceFile, offset: u32) -> EditorPosition {
    let line = source.line_column(offset).line;
    let start = source.line_start(line);
    let before = source.slice(prism_compiler::Span::new(start, offset.min(source.text().len() as u32)));
    EditorPosition { line: line - 1, column: before.encode_utf16().count() as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_utf16_units() {
        let source = SourceFile::new("a.prism", "let a = 1\n\"😀\" b");
        assert_eq!(editor_position(&source, 0), EditorPosition { line: 0, column: 0 });
        assert_eq!(editor_position(&source, 17), EditorPosition { line: 1, column: 5 });
    }

    #[test]
    fn a_text_that_is_not_saved_counts() {
        let mut workspace = Workspace::default();
        let report =
            workspace.set_text("nowhere.prism", "pattern p { output string\n return nmae }".to_owned());
        assert_eq!(report.diagnostics.len(), 1);
        let report =
            workspace.set_text("nowhere.prism", "pattern p { output string\n return \"n\" }".to_owned());
        assert!(report.diagnostics.is_empty());
        workspace.close("nowhere.prism");
    }
}
