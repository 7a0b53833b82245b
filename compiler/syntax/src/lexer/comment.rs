use prism_diagnostics::Span;

use super::{Lexer, bytes};
use crate::{Comment, CommentKind, SyntaxError, Token};

impl Lexer<'_> {
    /// The line that tells a shell which program runs the file. It is kept like a comment. Gives its end.
    pub(super) fn shebang(&mut self, start: usize) -> usize {
        let begins = self.text.get(start..).is_some_and(|rest| rest.starts_with("#!"));
        if begins { self.rest_of_line(CommentKind::Shebang, start) } else { start }
    }

    /// A comment that begins with `//`. Gives its end, which is before the line break.
    pub(super) fn line_comment(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let kind = match (bytes::at(bytes, start + 2), bytes::at(bytes, start + 3)) {
            (b'/', fourth) if fourth != b'/' => CommentKind::Documentation,
            (b'!', _) => CommentKind::FileDocumentation,
            _ => CommentKind::Line,
        };
        self.rest_of_line(kind, start)
    }

    fn rest_of_line(&mut self, kind: CommentKind, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        let mut seen = 0;
        loop {
            let word = bytes::word(bytes, at);
            let mask = bytes::controls(word);
            seen |= word;
            at += bytes::before(mask);
            if mask != 0 {
                if at >= bytes.len() || matches!(bytes::at(bytes, at), b'\n' | b'\r') {
                    break;
                }
                at += 1;
            }
        }
        self.comment(kind, start, at, seen);
        at
    }

    /// A comment that begins with `/*`. Gives its end, and what now lies before the next token.
    pub(super) fn block_comment(&mut self, start: usize, flags: u8) -> (usize, u8) {
        let bytes = self.text.as_bytes();
        let kind = if bytes::at(bytes, start + 2) == b'*' && bytes::at(bytes, start + 3) != b'/' {
            CommentKind::FrontMatter
        } else {
            CommentKind::Block
        };
        let mut at = start + 2;
        let mut seen = 0;
        let end = loop {
            let word = bytes::word(bytes, at);
            let mask = bytes::equal(word, b'*');
            seen |= word;
            at += bytes::before(mask);
            if mask != 0 {
                at += 1;
                if bytes::at(bytes, at) == b'/' {
                    break at + 1;
                }
            } else if at >= bytes.len() {
                let open = Span::new(start as u32, start as u32 + 2);
                self.output.errors.push(SyntaxError::UnterminatedComment { open });
                break bytes.len();
            }
        };
        self.comment(kind, start, end, seen);
        let lines =
            bytes.get(start..end).unwrap_or_default().iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        (end, flags | Token::SPACE | if lines { Token::NEWLINE } else { 0 })
    }

    /// Stores a comment; `seen` has the highest bit of a byte set if a byte of the comment is not ASCII.
    fn comment(&mut self, kind: CommentKind, start: usize, end: usize, seen: u64) {
        if bytes::not_ascii(seen) != 0 {
            self.direction_controls(start, end);
        }
        self.flush();
        let span = Span::new(start as u32, end as u32);
        self.output.comments.push(Comment { kind, span, token: self.output.len() as u32 });
    }
}
