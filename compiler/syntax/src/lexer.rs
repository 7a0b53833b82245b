//! From text to tokens. Never fails: what means nothing becomes an error token and an entry in the list of errors.

mod number;
mod quoted;

use logos::Logos;
use prism_diagnostics::Span;

use crate::{Comment, CommentKind, Kind, SyntaxError, Token, Tokens};

/// The tokens of a text. A byte-order mark is skipped; comments are kept beside the tokens.
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
    source: logos::Lexer<'s, Kind>,
    output: Tokens,
    interpolations: Vec<Interpolation>,
    /// The end of the last token, for what lies between two tokens.
    last_end: usize,
}

impl<'s> Lexer<'s> {
    fn new(text: &'s str) -> Self {
        let mut source = Kind::lexer(text);
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        source.bump(mark);
        let mut output = Tokens::default();
        let expected = text.len() / 4;
        output.tokens.reserve(expected);
        output.starts.reserve(expected);
        output.ends.reserve(expected);
        Self { text, source, output, interpolations: Vec::new(), last_end: 0 }
    }

    fn run(&mut self) {
        while let Some(kind) = self.source.next() {
            let start = self.source.span().start;
            match kind {
                Ok(Kind::Number | Kind::Money) => self.number(start),
                Ok(Kind::String) => self.string(start),
                Ok(Kind::LineComment) => self.line_comment(start),
                Ok(Kind::BlockComment) => self.block_comment(start),
                Ok(Kind::LeftBrace) => {
                    if let Some(interpolation) = self.interpolations.last_mut() {
                        interpolation.braces += 1;
                    }
                    self.push(Kind::LeftBrace, start, 0);
                }
                Ok(Kind::RightBrace) => self.right_brace(start),
                Ok(kind) => self.push(kind, start, 0),
                Err(()) => self.unexpected(start),
            }
        }
    }

    fn finish(mut self) -> Tokens {
        // Where one is not closed, those inside it could not be either.
        if let Some(interpolation) = self.interpolations.first() {
            self.output.errors.push(SyntaxError::UnterminatedString { open: interpolation.open });
        }
        if !self.text.is_ascii() {
            self.direction_controls();
        }
        self.output
    }

    /// Stores the token that ends where the source stands.
    fn push(&mut self, kind: Kind, start: usize, flags: u8) {
        let end = self.source.span().end;
        let flags = flags | self.gap(start);
        self.output.push(kind, flags, start as u32, end as u32);
        self.last_end = end;
    }

    /// What lies between the last token and this one.
    fn gap(&self, start: usize) -> u8 {
        if start == self.last_end {
            return if self.output.is_empty() { Token::NEWLINE | Token::SPACE } else { 0 };
        }
        let between = self.text.as_bytes().get(self.last_end..start).unwrap_or_default();
        if between.contains(&b'\n') || self.output.is_empty() {
            Token::NEWLINE | Token::SPACE
        } else {
            Token::SPACE
        }
    }

    fn right_brace(&mut self, start: usize) {
        match self.interpolations.last_mut() {
            Some(interpolation) if interpolation.braces == 0 => self.resume_string(start),
            Some(interpolation) => {
                interpolation.braces -= 1;
                self.push(Kind::RightBrace, start, 0);
            }
            None => self.push(Kind::RightBrace, start, 0),
        }
    }

    fn comment(&mut self, kind: CommentKind, start: usize, end: usize) {
        let span = Span::new(start as u32, end as u32);
        self.output.comments.push(Comment { kind, span, token: self.output.len() as u32 });
    }

    fn line_comment(&mut self, start: usize) {
        let text = self.source.slice().trim_end_matches('\r');
        let kind = if text.starts_with("///") && !text.starts_with("////") {
            CommentKind::Documentation
        } else if text.starts_with("//!") {
            CommentKind::FileDocumentation
        } else {
            CommentKind::Line
        };
        self.comment(kind, start, start + text.len());
    }

    fn block_comment(&mut self, start: usize) {
        let rest = self.source.remainder();
        let kind = if rest.starts_with('*') && !rest.starts_with("*/") {
            CommentKind::FrontMatter
        } else {
            CommentKind::Block
        };
        match rest.find("*/") {
            Some(length) => self.source.bump(length + 2),
            None => {
                let open = Span::new(start as u32, start as u32 + 2);
                self.output.errors.push(SyntaxError::UnterminatedComment { open });
                self.source.bump(rest.len());
            }
        }
        self.comment(kind, start, self.source.span().end);
    }

    /// One or more characters that mean nothing. White space that is not ASCII is reported and otherwise skipped.
    fn unexpected(&mut self, start: usize) {
        let character = self.text.get(start..).and_then(|rest| rest.chars().next()).unwrap_or('\0');
        // The lexer may have stopped in the middle of what it hoped to read: exactly one character is consumed.
        let end = start + character.len_utf8();
        let consumed = self.source.span().end;
        if consumed < end {
            self.source.bump(end - consumed);
        }
        if matches!(character, '“' | '”' | '‘' | '’') {
            self.smart_quotes(start, character);
            return;
        }
        let span = Span::new(start as u32, end as u32);
        if character.is_whitespace() {
            self.output.errors.push(SyntaxError::UnexpectedCharacter { span, character });
            return;
        }
        let glued = start == self.last_end
            && self.output.tokens.last().is_some_and(|token| token.kind == Kind::Error);
        match self.output.errors.last_mut() {
            Some(SyntaxError::UnexpectedCharacter { span: last, .. }) if glued && last.end == span.start => {
                last.end = span.end;
                self.last_end = end;
                if let Some(last) = self.output.ends.last_mut() {
                    *last = span.end;
                }
            }
            _ => {
                if !is_direction_control(character) {
                    self.output.errors.push(SyntaxError::UnexpectedCharacter { span, character });
                }
                self.push(Kind::Error, start, 0);
            }
        }
    }

    /// A string in typographic quotes is read as a string, so that what follows is still understood.
    fn smart_quotes(&mut self, start: usize, open: char) {
        let rest = self.source.remainder();
        let line = rest.split('\n').next().unwrap_or_default();
        let closing = line
            .char_indices()
            .find(|(_, character)| matches!(character, '“' | '”' | '‘' | '’' | '"') && *character != '‘');
        match closing {
            Some((at, character)) => {
                self.source.bump(at + character.len_utf8());
                let span = Span::new(start as u32, self.source.span().end as u32);
                self.output.errors.push(SyntaxError::SmartQuotes { span, open });
                self.push(Kind::String, start, 0);
            }
            None => {
                let span = Span::new(start as u32, self.source.span().end as u32);
                self.output.errors.push(SyntaxError::SmartQuotes { span, open });
                self.push(Kind::Error, start, 0);
            }
        }
    }

    /// Characters that change the direction of text can make code look like something that it is not.
    fn direction_controls(&mut self) {
        for (at, character) in self.text.char_indices() {
            if is_direction_control(character) {
                let span = Span::new(at as u32, (at + character.len_utf8()) as u32);
                self.output.errors.push(SyntaxError::DirectionControl { span, character });
            }
        }
    }
}

fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}
