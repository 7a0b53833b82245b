use logos::Logos;
use prism_diagnostics::Span;

use super::lookalike::{closes_quote, is_direction_control, is_foreign_quote, is_invisible, twin};
use super::{Lexer, bytes};
use crate::{Kind, SyntaxError, Token};

/// How far the end of a string in typographic quotes is searched for, in characters. Without a limit a line of many
/// opening quotes would be read once for each of them.
const LONGEST_FOREIGN_STRING: usize = 400;

impl Lexer<'_> {
    /// A name that does not begin with a letter of ASCII, or a character that means nothing. Gives where to go on, and
    /// what lies before the next token.
    #[cold]
    #[inline(never)]
    pub(super) fn other(&mut self, start: usize, flags: u8) -> (usize, u8) {
        let rest = self.text.get(start..).unwrap_or_default();
        let Some(character) = rest.chars().next() else { return (start + 1, flags) };
        if !character.is_ascii() && Kind::lexer(rest).next() == Some(Ok(Kind::Name)) {
            let (kind, end) = self.unusual_word(start);
            self.push(kind, flags, start, end);
            return (end, 0);
        }
        self.unexpected(start, character, flags)
    }

    /// A character that means nothing. What cannot be seen is reported and otherwise skipped; what looks like a sign
    /// of Prism is read as that, so that what follows is still understood.
    fn unexpected(&mut self, start: usize, character: char, flags: u8) -> (usize, u8) {
        self.flush();
        let end = start + character.len_utf8();
        let span = Span::new(start as u32, end as u32);
        if is_foreign_quote(character) {
            return (self.foreign_quotes(start, character, flags), 0);
        }
        if is_direction_control(character) {
            self.output.errors.push(SyntaxError::DirectionControl { span, character });
            return self.behind_nothing(end, flags);
        }
        if character.is_whitespace() {
            self.report(span, character, char::is_whitespace);
            return (end, flags | Token::SPACE);
        }
        if character.is_control() || is_invisible(character) {
            self.report(span, character, |_| false);
            return self.behind_nothing(end, flags);
        }
        if let Some(kind) = twin(character).and_then(|twin| Kind::lexer(twin).next()?.ok()) {
            self.report(span, character, |_| false);
            match kind {
                Kind::LeftBrace => self.open_brace(),
                Kind::RightBrace => return (self.right_brace(start, end, flags), 0),
                _ => {}
            }
            self.push(kind, flags, start, end);
            return (end, 0);
        }
        let glued = flags == 0 && self.output.last_kind() == Kind::Error;
        self.report(span, character, |_| glued);
        if glued {
            self.output.extend_last(Kind::Error, end as u32);
        } else {
            self.push(Kind::Error, flags, start, end);
        }
        (end, 0)
    }

    /// Reports a character, together with the ones before it if they touch it and are of a kind.
    fn report(&mut self, span: Span, character: char, joins: impl Fn(char) -> bool) {
        match self.output.errors.last_mut() {
            Some(SyntaxError::UnexpectedCharacter { span: last, character })
                if last.end == span.start && joins(*character) =>
            {
                last.end = span.end;
            }
            _ => self.output.errors.push(SyntaxError::UnexpectedCharacter { span, character }),
        }
    }

    /// Goes on behind something that cannot be seen: if it stands inside a name, the name goes on.
    fn behind_nothing(&mut self, end: usize, flags: u8) -> (usize, u8) {
        let rest = self.text.get(end..).unwrap_or_default();
        let more = rest.find(|next: char| next != '_' && !next.is_alphanumeric()).unwrap_or(rest.len());
        if flags == 0 && more > 0 && self.output.last_kind().is_word() {
            self.output.extend_last(Kind::Name, (end + more) as u32);
            return (end + more, 0);
        }
        (end, flags | Token::SPACE)
    }

    /// A string in typographic quotes is read as a string.
    fn foreign_quotes(&mut self, start: usize, open: char, flags: u8) -> usize {
        let inside = start + open.len_utf8();
        let rest = self.text.get(inside..).unwrap_or_default();
        let closing = rest
            .char_indices()
            .take(LONGEST_FOREIGN_STRING)
            .take_while(|(_, character)| !matches!(character, '\n' | '\r'))
            .find(|(_, character)| closes_quote(open, *character));
        let (kind, end) = match closing {
            Some((at, character)) => (Kind::String, inside + at + character.len_utf8()),
            None => (Kind::Error, inside),
        };
        let span = Span::new(start as u32, end as u32);
        self.output.errors.push(SyntaxError::SmartQuotes { span, open });
        self.direction_controls(inside, end);
        self.push(kind, flags, start, end);
        end
    }

    /// Characters that change the direction of text can make code look like something that it is not, also where
    /// they stand in strings and comments.
    #[cold]
    #[inline(never)]
    pub(super) fn direction_controls(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            // All of them begin with one of these bytes.
            let word = bytes::word(bytes, at);
            let mask = bytes::equal(word, 0xe2) | bytes::equal(word, 0xd8);
            at += bytes::before(mask);
            if mask == 0 || at >= end {
                continue;
            }
            let character = self.text.get(at..).and_then(|rest| rest.chars().next());
            if let Some(character) = character.filter(|character| is_direction_control(*character)) {
                let span = Span::new(at as u32, (at + character.len_utf8()) as u32);
                self.output.errors.push(SyntaxError::DirectionControl { span, character });
            }
            at += 1;
        }
    }
}
