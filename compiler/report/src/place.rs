use prism_diagnostics::{SourceFile, Span};

/// A span inside its text: byte offsets from 0, lines and columns from 1, columns in Unicode scalar values; the end is
/// the position after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
}

impl Place {
    /// The place of a span. What lies outside of the text counts as its end, and what lies inside of a character as the
    /// start of that character, so that no reader gets an offset at which it cannot cut.
    pub(crate) fn of(source: &SourceFile, span: Span) -> Self {
        let inside = |offset: u32| {
            let mut offset = (offset as usize).min(source.text().len());
            while !source.text().is_char_boundary(offset) {
                offset -= 1;
            }
            offset as u32
        };
        let (start, end) = (inside(span.start), inside(span.end.max(span.start)));
        let (first, last) = (source.line_column(start), source.line_column(end));
        Self {
            start,
            end,
            line: first.line,
            column: first.column,
            end_line: last.line,
            end_column: last.column,
        }
    }
}
