//! From text to tokens. Never fails: what means nothing becomes an error token and an entry in the list of errors.
//!
//! The first byte of a token decides who reads it. Names, numbers, strings, comments and white space are read here,
//! eight bytes at a time where that pays; logos reads operators of several characters, versions, and names that are
//! not ASCII.

mod bytes;
mod class;
mod comment;
mod lookalike;
mod number;
mod operator;
mod quoted;
mod recent;
mod unexpected;
mod word;

pub(crate) use lookalike::{is_invisible, is_single_quote, twin};

use class::Class;
use prism_diagnostics::Span;
use recent::Recent;

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
    /// The tokens that are not in the output yet: see [`Recent`].
    recent: Recent,
    output: Tokens,
    interpolations: Vec<Interpolation>,
}

impl<'s> Lexer<'s> {
    fn new(text: &'s str) -> Self {
        // Written code has a token for every four to seven bytes.
        let output = Tokens::with_capacity(text.len() / 4);
        Self { text, recent: Recent::default(), output, interpolations: Vec::new() }
    }

    fn run(&mut self) {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut at = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        at = self.shebang(at);
        // What lies before the next token; the first one starts a line too.
        let mut flags = Token::NEWLINE | Token::SPACE;
        loop {
            // One space is so common, and so unpredictable, that a branch would cost more.
            let ahead = bytes::word(bytes, at);
            let spaced = ahead as u8 == b' ';
            let ahead = ahead >> (u32::from(spaced) * 8);
            at += usize::from(spaced);
            flags |= u8::from(spaced) * Token::SPACE;
            let (first, second) = (ahead as u8, (ahead >> 8) as u8);
            let (kind, end) = match class::of(first) {
                Class::Space => {
                    (at, flags) = white_space(bytes, at, flags);
                    continue;
                }
                Class::Letter => self.word(at, ahead),
                Class::Sign => (operator::alone(first), at + 1),
                Class::Operator => self.operator(at, first, second),
                Class::Dot => match second {
                    b'0'..=b'9' => self.number(at, ahead, flags),
                    b'.' => self.operator(at, first, second),
                    _ => (Kind::Dot, at + 1),
                },
                Class::LeftBrace => {
                    self.open_brace();
                    (Kind::LeftBrace, at + 1)
                }
                Class::RightBrace => {
                    at = self.right_brace(at, at + 1, flags);
                    flags = 0;
                    continue;
                }
                Class::Digit => self.number(at, ahead, flags),
                Class::Quote => {
                    at = self.string(at, flags);
                    flags = 0;
                    continue;
                }
                Class::Slash => match second {
                    b'/' => {
                        at = self.line_comment(at);
                        flags |= Token::SPACE;
                        continue;
                    }
                    b'*' => {
                        (at, flags) = self.block_comment(at, flags);
                        continue;
                    }
                    _ => self.operator(at, first, second),
                },
                Class::Dollar if bytes::starts_amount(bytes, at + 1) => self.number(at, ahead, flags),
                Class::Zero if at >= bytes.len() => return,
                Class::Dollar | Class::Zero | Class::Other => {
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
        self.flush();
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
        if self.recent.push(Token { kind, flags }, start as u32, end as u32) {
            self.flush();
        }
    }

    /// Brings the output up to date.
    fn flush(&mut self) {
        self.recent.flush(&mut self.output);
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
