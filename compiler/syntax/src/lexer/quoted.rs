use prism_diagnostics::Span;

use super::{Interpolation, Lexer, bytes};
use crate::{Kind, SyntaxError, Token};

/// How a string is delimited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Double,
    Single,
    Backtick,
    Raw,
}

impl Delimiter {
    fn quote(self) -> u8 {
        match self {
            Self::Double => b'"',
            Self::Single => b'\'',
            Self::Backtick | Self::Raw => b'`',
        }
    }

    fn quote_length(self) -> usize {
        if self == Self::Raw { 3 } else { 1 }
    }

    fn interpolates(self) -> bool {
        self != Self::Single
    }

    fn spans_lines(self) -> bool {
        matches!(self, Self::Backtick | Self::Raw)
    }

    fn flags(self) -> u8 {
        if self == Self::Raw { Token::RAW } else { 0 }
    }
}

/// How a piece of a string ends.
#[derive(Clone, Copy)]
enum Ending {
    Closed,
    Interpolation,
    /// At a line break, or at the end of the file.
    Missing,
}

/// What lies between two of the places at which a string opens, closes or interpolates.
struct Piece {
    /// Behind what ends it.
    end: usize,
    ending: Ending,
    /// Whether its text is not what is written.
    escaped: bool,
}

impl Lexer<'_> {
    /// A string whose opening quote stands at an offset. Gives the end of it or of its first piece.
    pub(super) fn string(&mut self, start: usize, before: u8) -> usize {
        let bytes = self.text.as_bytes();
        let (delimiter, inside) = match bytes::at(bytes, start) {
            b'"' => (Delimiter::Double, start + 1),
            b'\'' => (Delimiter::Single, start + 1),
            _ if bytes::at(bytes, start + 1) == b'`' && bytes::at(bytes, start + 2) == b'`' => {
                (Delimiter::Raw, start + 3)
            }
            _ => (Delimiter::Backtick, start + 1),
        };
        let errors = self.output.errors.len();
        let piece = self.piece(inside, delimiter);
        let flags = before | delimiter.flags() | if piece.escaped { Token::ESCAPED } else { 0 };
        let open = Span::new(start as u32, inside as u32);
        match piece.ending {
            Ending::Closed => self.push(Kind::String, flags, start, piece.end),
            Ending::Interpolation => {
                self.open_interpolation(open, delimiter, piece.end);
                self.push(Kind::TemplateHead, flags, start, piece.end);
            }
            Ending::Missing if self.ends_interpolation(delimiter) => {
                // What was read as the inside of a string is code: its escapes are none.
                self.output.errors.truncate(errors);
                return self.close_interpolation(start, inside, before);
            }
            Ending::Missing => {
                self.output.errors.push(SyntaxError::UnterminatedString { open });
                self.push(Kind::String, flags | Token::UNTERMINATED, start, piece.end);
            }
        }
        piece.end
    }

    /// The string goes on after the `}` of a `${…}`, which ends at an offset. Gives the end of it or of its next piece.
    pub(super) fn resume_string(&mut self, start: usize, inside: usize, before: u8) -> usize {
        let Some(Interpolation { open, delimiter, .. }) = self.interpolations.pop() else { return inside };
        let piece = self.piece(inside, delimiter);
        let flags = before | delimiter.flags() | if piece.escaped { Token::ESCAPED } else { 0 };
        match piece.ending {
            Ending::Closed => self.push(Kind::TemplateTail, flags, start, piece.end),
            Ending::Interpolation => {
                self.open_interpolation(open, delimiter, piece.end);
                self.push(Kind::TemplateMiddle, flags, start, piece.end);
            }
            Ending::Missing => {
                self.output.errors.push(SyntaxError::UnterminatedString { open });
                self.push(Kind::TemplateTail, flags | Token::UNTERMINATED, start, piece.end);
            }
        }
        piece.end
    }

    /// Opens the `${` that ends at an offset.
    fn open_interpolation(&mut self, open: Span, delimiter: Delimiter, end: usize) {
        let dollar = Span::new(end as u32 - 2, end as u32);
        self.interpolations.push(Interpolation { open, dollar, delimiter, braces: 0 });
    }

    /// Whether a quote begins no string but is the end of one whose `${` was not closed, as in `"a ${b"`: the string
    /// that it would begin does not end on its line, and the open one is of the same kind.
    fn ends_interpolation(&self, delimiter: Delimiter) -> bool {
        !delimiter.spans_lines() && self.interpolations.last().is_some_and(|last| last.delimiter == delimiter)
    }

    /// Ends the string whose `${` was not closed. Braces that were opened inside of it end with it.
    fn close_interpolation(&mut self, quote: usize, end: usize, flags: u8) -> usize {
        if let Some(interpolation) = self.interpolations.pop() {
            self.output.errors.push(SyntaxError::UnclosedInterpolation { open: interpolation.dollar });
            self.push(Kind::TemplateTail, flags | Token::UNTERMINATED, quote, end);
        }
        end
    }

    /// The piece of a string that starts at an offset, with what ends it. Escapes are checked on the way.
    fn piece(&mut self, start: usize, delimiter: Delimiter) -> Piece {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes::at(bytes, at);
        let quote = delimiter.quote();
        let mut at = start;
        let mut escaped = false;
        let mut seen = 0;
        let (end, ending) = loop {
            let word = bytes::word(bytes, at);
            let mask = bytes::equal(word, quote)
                | bytes::equal(word, b'\\')
                | bytes::equal(word, b'$')
                | bytes::controls(word);
            seen |= word;
            at += bytes::before(mask);
            if mask == 0 {
                continue;
            }
            match byte(at) {
                b'`' if delimiter == Delimiter::Raw && !(byte(at + 1) == b'`' && byte(at + 2) == b'`') => {}
                other if other == quote => break (at + delimiter.quote_length(), Ending::Closed),
                b'$' if byte(at + 1) == b'{' && delimiter.interpolates() => {
                    break (at + 2, Ending::Interpolation);
                }
                b'\\' if delimiter != Delimiter::Raw => {
                    escaped = true;
                    at = self.escape(at, delimiter);
                    continue;
                }
                b'\n' | b'\r' if !delimiter.spans_lines() => break (at, Ending::Missing),
                b'\r' => escaped = true,
                b'\0' if at >= bytes.len() => break (bytes.len(), Ending::Missing),
                _ => {}
            }
            at += 1;
        };
        if bytes::not_ascii(seen) != 0 {
            self.direction_controls(start, end);
        }
        Piece { end, ending, escaped }
    }

    /// Checks the escape at a backslash and gives the offset behind it.
    fn escape(&mut self, backslash: usize, delimiter: Delimiter) -> usize {
        let rest = self.text.get(backslash + 1..).unwrap_or_default();
        let Some(character) = rest.chars().next() else { return backslash + 1 };
        let end = backslash + 1 + character.len_utf8();
        match character {
            'n' | 't' | 'r' | '0' | '\\' | '"' | '\'' | '`' | '$' => end,
            // The string is not closed on its line, and that is said already.
            '\n' | '\r' if !delimiter.spans_lines() => backslash + 1,
            'u' => self.code_point(backslash, rest),
            _ => {
                let span = Span::new(backslash as u32, end as u32);
                self.output.errors.push(SyntaxError::UnknownEscape { span, character });
                end
            }
        }
    }

    /// Checks `\u{…}`; `rest` begins with the `u`. Digits without braces are taken as part of a wrong escape.
    fn code_point(&mut self, backslash: usize, rest: &str) -> usize {
        let braced = rest.get(1..).and_then(|rest| rest.strip_prefix('{'));
        let digits = braced.or(rest.get(1..)).unwrap_or_default();
        let limit = if braced.is_some() { usize::MAX } else { 4 };
        let length = digits.bytes().take(limit).take_while(u8::is_ascii_hexdigit).count();
        let closed = digits.get(length..).is_some_and(|rest| rest.starts_with('}'));
        let value = digits.get(..length).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let whole = braced.is_some() && closed;
        let end = backslash + 2 + usize::from(braced.is_some()) + length + usize::from(whole);
        if !whole || value.and_then(char::from_u32).is_none() {
            let span = Span::new(backslash as u32, end as u32);
            self.output.errors.push(SyntaxError::InvalidUnicodeEscape { span });
        }
        end
    }
}
