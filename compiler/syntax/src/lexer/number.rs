use prism_diagnostics::Span;

use super::Lexer;
use crate::literal;
use crate::{Kind, NumberProblem, SyntaxError};

impl Lexer<'_> {
    /// A number, duration or sum of money whose first characters the source has read.
    pub(super) fn number(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let first = bytes.get(start).copied().unwrap_or_default();
        let digits = start + usize::from(first == b'$' || first == b'.');
        let (end, simple) = scan(bytes, digits, first == b'.');
        let consumed = self.source.span().end;
        self.source.bump(end.saturating_sub(consumed));
        if simple && first.is_ascii_digit() {
            return self.push(Kind::Number, start, 0);
        }
        let text = self.text.get(start..end).unwrap_or_default();
        let span = Span::new(start as u32, end as u32);
        let (kind, mut problem) = classify(text);
        // Behind a word or a bracket the point belongs to that: the grammar says what is wrong.
        let glued = start == self.last_end
            && self.output.tokens.last().is_some_and(|last| last.kind.is_word() || last.kind.closes());
        if glued && problem == Some(NumberProblem::LeadingDot) {
            problem = None;
        }
        if let Some(problem) = problem {
            self.output.errors.push(SyntaxError::MalformedNumber { span, problem });
        }
        self.push(kind, start, 0);
    }
}

/// Where the number ends, and whether it is nothing but a few digits: letters that touch it belong to it, and so
/// does a sign after an exponent.
fn scan(bytes: &[u8], start: usize, fraction: bool) -> (usize, bool) {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut at = start;
    let mut simple = true;
    let mut fraction = fraction;
    let hexadecimal = byte(at) == b'0' && matches!(byte(at + 1), b'x' | b'X');
    loop {
        match byte(at) {
            b'0'..=b'9' => {}
            b'.' if !hexadecimal && byte(at + 1).is_ascii_digit() => {
                simple &= !fraction;
                fraction = true;
            }
            b'e' | b'E'
                if !hexadecimal && matches!(byte(at + 1), b'+' | b'-') && byte(at + 2).is_ascii_digit() =>
            {
                simple = false;
                at += 1;
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => simple = false,
            _ => break,
        }
        at += 1;
    }
    // Fifteen digits are far from the largest finite number.
    (at, simple && at - start <= 15)
}

fn classify(text: &str) -> (Kind, Option<NumberProblem>) {
    if let Some(amount) = text.strip_prefix('$') {
        return (Kind::Money, literal::money(amount).err());
    }
    if text.starts_with('.') {
        return (Kind::Number, Some(NumberProblem::LeadingDot));
    }
    match literal::number(text) {
        Ok(_) => (Kind::Number, None),
        Err(problem) => match literal::duration(text) {
            Ok(_) => (Kind::Duration, None),
            Err(NumberProblem::Glued) => (Kind::Number, Some(problem)),
            Err(problem) => (Kind::Duration, Some(problem)),
        },
    }
}
