use std::sync::Arc;

use crate::Span;

/// A position as people count: both from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, counted in Unicode scalar values.
    pub column: u32,
}

/// One source text with the name under which people know it.
///
/// ```
/// use prism_diagnostics::SourceFile;
///
/// let file = SourceFile::new("a.prism", "let a = 1\nlet é = 2\n");
/// let position = file.line_column(16);
/// assert_eq!((position.line, position.column), (2, 6));
/// ```
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    line_starts: Arc<[u32]>,
}

impl SourceFile {
    /// A file of that name and text. The name is shown as it is: a path relative to the project.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts
            .extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        Self { name: name.into(), text, line_starts: line_starts.into() }
    }

    /// The name shown to people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span, empty where the span does not lie on character boundaries of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The position of a byte offset; offsets past the end count as the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len()).max(start);
        let column = self.text.get(start..end).map_or(end - start, |before| before.chars().count());
        LineColumn { line: line as u32, column: column as u32 + 1 }
    }

    /// The byte offset at which a line (from 1) starts, or the end of the text for a line that is not there.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = line.saturating_sub(1) as usize;
        self.line_starts.get(index).copied().unwrap_or(self.text.len() as u32)
    }

    /// The number of lines; a text without a newline is one line.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The text of a line (from 1) without its line break.
    pub fn line(&self, line: u32) -> &str {
        let start = self.line_start(line);
        let end = self.line_start(line + 1);
        self.slice(Span::new(start, end)).trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines() {
        let file = SourceFile::new("a.prism", "ab\r\nçd\n");
        assert_eq!(file.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(file.line_column(6), LineColumn { line: 2, column: 2 });
        assert_eq!(file.line_column(99), LineColumn { line: 3, column: 1 });
        assert_eq!(file.line(1), "ab");
        assert_eq!(file.line(2), "çd");
        assert_eq!(file.line_count(), 3);
    }
}
