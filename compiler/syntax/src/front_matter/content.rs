use std::ops::Range;

use prism_diagnostics::Span;

/// What comments say: their lines, trimmed and without what decorates them, and where each of them stands in the
/// file.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The lines with `\n` between them.
    text: String,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    /// Where it begins in the content.
    start: usize,
    /// Where it begins in the file.
    place: u32,
}

impl Content {
    /// The content of a `/** … */` that stands at `start`, and whether it is closed.
    pub(super) fn of_block(comment: &str, start: u32) -> (Self, bool) {
        let mut content = Self::default();
        let closed = comment.strip_suffix("*/");
        let body = closed.map_or(comment, |body| body.trim_end_matches('*'));
        // `/***/` has lost a star of its opening to the row of stars at its end.
        let body = body.strip_prefix("/**").unwrap_or_default();
        let mut place = start + 3;
        for piece in body.split('\n') {
            let mut start = place;
            // A carriage return alone breaks a line too.
            for line in piece.strip_suffix('\r').unwrap_or(piece).split('\r') {
                content.push(line, start, decoration(line));
                start += line.len() as u32 + 1;
            }
            place += piece.len() as u32 + 1;
        }
        (content, closed.is_some())
    }

    /// Adds a line that stands at `place`, without the first `skipped` bytes, which decorate it.
    pub(super) fn push(&mut self, line: &str, place: u32, skipped: usize) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let rest = line.get(skipped..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let place = place + (line.len() - trimmed.len()) as u32;
        self.lines.push(Line { start: self.text.len(), place });
        self.text.push_str(trimmed.trim_end());
    }

    /// The lines with `\n` between them.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The content of a range.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The lines and where each begins in the content.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().map(|line| line.start).zip(self.text.split('\n'))
    }

    /// Whether there is only one line.
    pub(super) fn is_one_line(&self) -> bool {
        self.lines.len() == 1
    }

    /// Where a range of the content stands in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.place(range.start), self.place(range.end))
    }

    fn place(&self, offset: usize) -> u32 {
        let after = self.lines.partition_point(|line| line.start <= offset);
        match self.lines.get(after.saturating_sub(1)) {
            Some(line) => line.place + (offset - line.start) as u32,
            None => 0,
        }
    }
}

/// How many bytes at the start of a line of a block comment are decoration: white space and stars. Two stars and
/// more that touch a word are emphasis of a text.
fn decoration(line: &str) -> usize {
    let trimmed = line.trim_start();
    let rest = trimmed.trim_start_matches('*');
    let apart = rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || next == '@');
    let kept = if apart || trimmed.len() - rest.len() == 1 { rest } else { trimmed };
    line.len() - kept.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(comment: &str) -> Vec<String> {
        let (content, _) = Content::of_block(comment, 0);
        content.lines().map(|(_, line)| line.to_owned()).collect()
    }

    #[test]
    fn decoration_is_taken_off() {
        assert_eq!(lines("/** a */"), ["a"]);
        assert_eq!(lines("/**\n * a\n *b\n c\n\n */"), ["", "a", "b", "c", "", ""]);
        assert_eq!(lines("/*****\r\n ** a\r\n *****/"), ["", "a", ""]);
        assert_eq!(
            lines("/**\n **bold** text\n * * item\n **@name x**/"),
            ["", "**bold** text", "* item", "@name x"]
        );
        assert_eq!(lines("/**\r* a\r\r\n* b\r*/"), ["", "a", "", "b"]);
        assert_eq!(lines("/***/"), [""]);
        assert_eq!(lines("/** é"), ["é"]);
    }

    #[test]
    fn every_line_knows_where_it_stands() {
        let comment = "/**\r\n * größe a\r\n\tb */";
        let (content, _) = Content::of_block(comment, 0);
        for (start, line) in content.lines() {
            assert_eq!(&comment[content.span(start..start + line.len()).range()], line);
        }
        assert_eq!(&comment[content.span(1..12).range()], "größe a\r\n\tb");
    }
}
