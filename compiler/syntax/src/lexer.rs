//! From text to tokens. Never fails: what means nothing becomes an error token and an entry in the list of errors.
//!
//! The first byte of a token decides who reads it. Names, numbers, strings, comments and white space are read here,
//! eight bytes at a time where that pays; logos reads operators of several characters, versions, and names that are
//! not ASCII.

mod bytes;
mod comment;
mod lookalike;
mod number;
mod operator;
mod quoted;
mod unexpected;
mod word;

pub(crate) use lookalike::{is_invisible, is_single_quote, twin};

use prism_diagnostics::Span;

use crate::{Kind, SyntaxError, Token, Tokens};

/// The tokens of a text. A byte-order mark at the start is skipped, and so is a first line that begins with `#!`;
/// comments are kept beside the tokens.
pub fn lex(text: &str) -> Tokens {
    let mut lexer = Lexer::new(text);
    lexer.run();
    lexer.finish()
}

/// A string whose `${` is open.
struct Interpolation {
    /// Where the string begins.
    open: Span,
    /// Where the `${` stands.
    dollar: Span,
    delimiter: quoted::Delimiter,
    /// How many braces are open inside the `${`.
    braces: u32,
}

struct Lexer<'s> {
    text: &'s str,
    output: Tokens,
    interpolations: Vec<Interpolation>,
}

impl<'s> Lexer<'s> {
    fn new(text: &'s str) -> Self {
        // Written code has a token for every four to seven bytes.
        let output = Tokens::with_capacity(text.len() / 4);
        Self { text, output, interpolations: Vec::new() }
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        at = self.shebang(at);
        // What lies before the next token; the first one starts a line too.
        let mut flags = Token::NEWLINE | Token::SPACE;
        loop {
            // One space is so common, and so unpredictable, that a branch would cost more.
            let spaced = bytes::at(bytes, at) == b' ';
            at += usize::from(spaced);
            flags |= u8::from(spaced) * Token::SPACE;
            let first = bytes::at(bytes, at);
            let (kind, end) = match first {
                b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' => {
                    (at, flags) = white_space(bytes, at, flags);
                    continue;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(at),
                b'(' | b')' | b'[' | b']' | b',' | b';' | b':' => (operator::alone(first), at + 1),
                b'=' | b'+' | b'-' | b'*' | b'%' | b'<' | b'>' | b'!' | b'&' | b'|' | b'?' | b'~' | b'^' => {
                    self.operator(at)
                }
                b'.' => match bytes::at(bytes, at + 1) {
                    b'0'..=b'9' => self.number(at, flags),
                    b'.' => self.operator(at),
                    _ => (Kind::Dot, at + 1),
                },
                b'{' => {
                    self.open_brace();
                    (Kind::LeftBrace, at + 1)
                }
                b'}' => {
                    at = self.right_brace(at, at + 1, flags);
                    flags = 0;
                    continue;
                }
                b'0'..=b'9' => self.number(at, flags),
                b'"' | b'\'' | b'`' => {
                    at = self.string(at, flags);
                    flags = 0;
                    continue;
                }
                b'/' => match bytes::at(bytes, at + 1) {
                    b'/' => {
                        at = self.line_comment(at);
                        flags |= Token::SPACE;
                        continue;
                    }
                    b'*' => {
                        (at, flags) = self.block_comment(at, flags);
                        continue;
                    }
                    _ => self.operator(at),
                },
                b'$' if bytes::starts_amount(bytes, at + 1) => self.number(at, flags),
                b'\0' if at >= bytes.len() => return,
                _ => {
                    (at, flags) = self.other(at, flags);
                    continue;
                }
            };
            self.push(kind, flags, at, end);
            at = end;
            flags = 0;
        }
    }

    fn finish(mut self) -> Tokens {
        // Where one is not closed, those inside it could not be either.
        if let Some(interpolation) = self.interpolations.first() {
            self.output.errors.push(SyntaxError::UnterminatedString { open: interpolation.open });
        }
        // Strings are reported when they end.
        self.output.errors.sort_by_key(|error| error.span().start);
        self.output
    }

    #[inline]
    fn push(&mut self, kind: Kind, flags: u8, start: usize, end: usize) {
        self.output.push(kind, flags, start as u32, end as u32);
    }

    fn open_brace(&mut self) {
        if let Some(interpolation) = self.interpolations.last_mut() {
            interpolation.braces += 1;
        }
    }

    /// A closing brace that ends at an offset, and the piece of a string that goes on behind it. Gives the end of both.
    fn right_brace(&mut self, start: usize, end: usize, flags: u8) -> usize {
        match self.interpolations.last_mut() {
            Some(interpolation) if interpolation.braces == 0 => return self.resume_string(start, end, flags),
            Some(interpolation) => interpolation.braces -= 1,
            None => {}
        }
        self.push(Kind::RightBrace, flags, start, end);
        end
    }
}

/// Skips white space. A carriage return ends a line also without a line feed, as in editors.
fn white_space(bytes: &[u8], mut at: usize, mut flags: u8) -> (usize, u8) {
    loop {
        match bytes::at(bytes, at) {
            b'\n' | b'\r' => {
                flags |= Token::NEWLINE | Token::SPACE;
                at += 1;
                // Indentation follows.
                at += bytes::leading_spaces(bytes::word(bytes, at));
            }
            b' ' | b'\t' | b'\x0c' => {
                flags |= Token::SPACE;
                at += 1;
            }
            _ => return (at, flags),
        }
    }
}
