use prism_diagnostics::Span;

use super::{Interpolation, Lexer};
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
enum End {
    Closed,
    Interpolation,
    /// At a line break, or at the end of the file.
    Missing,
}

impl Lexer<'_> {
    /// A string whose opening quote the source has read.
    pub(super) fn string(&mut self, start: usize) {
        let delimiter = match self.source.slice() {
            "'" => Delimiter::Single,
            "`" => Delimiter::Backtick,
            "```" => Delimiter::Raw,
            _ => Delimiter::Double,
        };
        let quote = self.source.span().end;
        let errors = self.output.errors.len();
        let (length, end, escaped) = self.piece(quote, delimiter);
        if matches!(end, End::Missing) && self.ends_interpolation(delimiter) {
            // What was read as the inside of a string is code: its escapes are none.
            self.output.errors.truncate(errors);
            self.close_interpolation(start);
            return;
        }
        self.source.bump(length);
        let flags = delimiter.flags() | if escaped { Token::ESCAPED } else { 0 };
        match end {
            End::Closed => self.push(Kind::String, start, flags),
            End::Interpolation => self.open_interpolation(
                Span::new(start as u32, quote as u32),
                delimiter,
                Kind::TemplateHead,
                start,
                flags,
            ),
            End::Missing => {
                let open = Span::new(start as u32, quote as u32);
                self.output.errors.push(SyntaxError::UnterminatedString { open });
                self.push(Kind::String, start, flags | Token::UNTERMINATED);
            }
        }
    }

    /// The string goes on after the `}` of a `${…}`.
    pub(super) fn resume_string(&mut self, start: usize) {
        let Some(Interpolation { open, delimiter, .. }) = self.interpolations.pop() else { return };
        let (length, end, escaped) = self.piece(start + 1, delimiter);
        self.source.bump(length);
        let flags = delimiter.flags() | if escaped { Token::ESCAPED } else { 0 };
        match end {
            End::Closed => self.push(Kind::TemplateTail, start, flags),
            End::Interpolation => {
                self.open_interpolation(open, delimiter, Kind::TemplateMiddle, start, flags);
            }
            End::Missing => {
                self.output.errors.push(SyntaxError::UnterminatedString { open });
                self.push(Kind::TemplateTail, start, flags | Token::UNTERMINATED);
            }
        }
    }

    fn open_interpolation(&mut self, open: Span, delimiter: Delimiter, kind: Kind, start: usize, flags: u8) {
        let end = self.source.span().end as u32;
        let dollar = Span::new(end - 2, end);
        self.interpolations.push(Interpolation { open, dollar, delimiter, braces: 0 });
        self.push(kind, start, flags);
    }

    /// Whether a quote begins no string but is the end of one whose `${` was not closed, as in `"a ${b"`: the string
    /// that it would begin does not end on its line, and the open one is of the same kind.
    fn ends_interpolation(&self, delimiter: Delimiter) -> bool {
        !delimiter.spans_lines() && self.interpolations.last().is_some_and(|last| last.delimiter == delimiter)
    }

    /// Ends the string whose `${` was not closed. Braces that were opened inside of it end with it.
    fn close_interpolation(&mut self, quote: usize) {
        if let Some(interpolation) = self.interpolations.pop() {
            self.output.errors.push(SyntaxError::UnclosedInterpolation { open: interpolation.dollar });
            self.push(Kind::TemplateTail, quote, Token::UNTERMINATED);
        }
    }

    /// The length of the piece of a string that starts at an offset with what ends it, how it ends, and whether
    /// it holds escapes. Escapes are checked on the way.
    fn piece(&mut self, start: usize, delimiter: Delimiter) -> (usize, End, bool) {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied();
        let mut at = start;
        let mut escaped = false;
        loop {
            match byte(at) {
                None => return (at - start, End::Missing, escaped),
                Some(b'\n') if !delimiter.spans_lines() => {
                    let end = if byte(at - 1) == Some(b'\r') && at > start { at - 1 } else { at };
                    return (end - start, End::Missing, escaped);
                }
                Some(b'"') if delimiter == Delimiter::Double => {
                    return (at + 1 - start, End::Closed, escaped);
                }
                Some(b'\'') if delimiter == Delimiter::Single => {
                    return (at + 1 - start, End::Closed, escaped);
                }
                Some(b'`') if delimiter == Delimiter::Backtick => {
                    return (at + 1 - start, End::Closed, escaped);
                }
                Some(b'`')
                    if delimiter == Delimiter::Raw
                        && byte(at + 1) == Some(b'`')
                        && byte(at + 2) == Some(b'`') =>
                {
                    return (at + 3 - start, End::Closed, escaped);
                }
                Some(b'$') if delimiter.interpolates() && byte(at + 1) == Some(b'{') => {
                    return (at + 2 - start, End::Interpolation, escaped);
                }
                Some(b'\r') => {
                    escaped = true;
                    at += 1;
                }
                Some(b'\\') if delimiter != Delimiter::Raw => {
                    escaped = true;
                    at = self.escape(at);
                }
                Some(_) => at += 1,
            }
        }
    }

    /// Checks the escape at a backslash and gives the offset behind it.
    fn escape(&mut self, backslash: usize) -> usize {
        let rest = self.text.get(backslash + 1..).unwrap_or_default();
        let Some(character) = rest.chars().next() else { return backslash + 1 };
        let end = backslash + 1 + character.len_utf8();
        match character {
            'n' | 't' | 'r' | '0' | '\\' | '"' | '\'' | '`' | '$' => end,
            '\n' | '\r' => backslash + 1,
            'u' => {
                let digits = rest.get(1..).and_then(|rest| rest.strip_prefix('{'));
                let digits = digits.and_then(|rest| {
                    let length = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
                    rest.get(length..).filter(|rest| rest.starts_with('}')).and(rest.get(..length))
                });
                let value =
                    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
                match (value, digits) {
                    (Some(_), Some(digits)) => end + digits.len() + 2,
                    (None, Some(digits)) => {
                        let span = Span::new(backslash as u32, (end + digits.len() + 2) as u32);
                        self.output.errors.push(SyntaxError::InvalidUnicodeEscape { span });
                        end + digits.len() + 2
                    }
                    (_, None) => {
                        let span = Span::new(backslash as u32, end as u32);
                        self.output.errors.push(SyntaxError::InvalidUnicodeEscape { span });
                        end
                    }
                }
            }
            _ => {
                let span = Span::new(backslash as u32, end as u32);
                self.output.errors.push(SyntaxError::UnknownEscape { span, character });
                end
            }
        }
    }
}
