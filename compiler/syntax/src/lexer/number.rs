use prism_diagnostics::Span;

use super::{Lexer, bytes};
use crate::literal;
use crate::{Kind, NumberProblem, SyntaxError, Token};

/// Numbers of so many characters are far from the largest finite one, durations and sums of money with so many from
/// what their units can hold.
const SHORT_NUMBER: usize = 15;
const SHORT_AMOUNT: usize = 6;

impl Lexer<'_> {
    /// A number, duration or sum of money. The word ahead begins with it, and may lack the last of its eight bytes.
    #[inline(always)]
    pub(super) fn number(&mut self, start: usize, ahead: u64, flags: u8) -> (Kind, usize) {
        let length = bytes::before(bytes::not_digits(ahead));
        if (1..7).contains(&length) && !goes_on((ahead >> (8 * length)) as u8) {
            return (Kind::Number, start + length);
        }
        self.long_number(start, flags)
    }

    #[inline(never)]
    fn long_number(&mut self, start: usize, flags: u8) -> (Kind, usize) {
        match plain(self.text.as_bytes(), start) {
            Some(found) => found,
            None => self.unusual_number(start, flags),
        }
    }

    /// One that needs a closer look. Letters that touch it belong to it, and so does a sign after an exponent.
    #[inline(never)]
    fn unusual_number(&mut self, start: usize, flags: u8) -> (Kind, usize) {
        let end = self.end_of_number(start);
        let text = self.text.get(start..end).unwrap_or_default();
        let span = Span::new(start as u32, end as u32);
        let (kind, mut problem) = classify(text);
        // Behind a word or a bracket the point belongs to that: the grammar says what is wrong.
        self.flush();
        let last = self.output.last_kind();
        let glued = flags & Token::SPACE == 0 && (last.is_word() || last.closes());
        if glued && problem == Some(NumberProblem::LeadingDot) {
            problem = None;
        }
        if let Some(problem) = problem {
            self.output.errors.push(SyntaxError::MalformedNumber { span, problem });
        }
        (kind, end)
    }

    fn end_of_number(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes::at(bytes, at);
        let leading_dot = byte(start) == b'.';
        let digits = start + usize::from(leading_dot || byte(start) == b'$');
        let hexadecimal = byte(digits) == b'0' && matches!(byte(digits + 1), b'x' | b'X');
        let mut at = digits;
        loop {
            match byte(at) {
                b'0'..=b'9' => {}
                b'.' if !hexadecimal && byte(at + 1).is_ascii_digit() => {}
                // A range, which Prism does not write with dots.
                b'.' if byte(at + 1) == b'.' && byte(at + 2) != b'.' && !hexadecimal && !leading_dot => {
                    at += 1
                }
                // A point without digits, or one before the name of a member.
                b'.' if !hexadecimal && !leading_dot => return at + usize::from(!self.name_begins(at + 1)),
                b'e' | b'E'
                    if !hexadecimal
                        && matches!(byte(at + 1), b'+' | b'-')
                        && byte(at + 2).is_ascii_digit() =>
                {
                    at += 1;
                }
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => {}
                0x80.. => {
                    let letter = self.text.get(at..).and_then(|rest| rest.chars().next());
                    match letter.filter(|letter| letter.is_alphanumeric()) {
                        Some(letter) => at += letter.len_utf8() - 1,
                        None => return at,
                    }
                }
                _ => return at,
            }
            at += 1;
        }
    }

    /// Whether a name begins at an offset, or dots go on there.
    fn name_begins(&self, at: usize) -> bool {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| next.is_alphabetic() || matches!(next, '_' | '.'))
    }
}

/// The numbers of nearly all programs, of which nothing but the end needs to be found.
#[inline(always)]
fn plain(bytes: &[u8], start: usize) -> Option<(Kind, usize)> {
    let byte = |at: usize| bytes::at(bytes, at);
    let money = byte(start) == b'$';
    let mut at = start + usize::from(money);
    if !byte(at).is_ascii_digit() {
        return None;
    }
    if byte(at) == b'0' && byte(at + 1) == b'x' {
        let digits = at + 2;
        at = end_of_hexadecimal(bytes, digits);
        let short = (1..=SHORT_NUMBER).contains(&(at - digits));
        return (short && !money && !goes_on(byte(at))).then_some((Kind::Number, at));
    }
    at = end_of_digits(bytes, at + 1);
    while byte(at) == b'_' && byte(at + 1).is_ascii_digit() {
        at = end_of_digits(bytes, at + 2);
    }
    let whole = at;
    if byte(at) == b'.' {
        if !byte(at + 1).is_ascii_digit() {
            return None;
        }
        at = end_of_digits(bytes, at + 2);
    }
    let length = at - start;
    if !goes_on(byte(at)) {
        return if money {
            (whole - start <= SHORT_AMOUNT + 1 && at - whole <= SHORT_AMOUNT).then_some((Kind::Money, at))
        } else {
            (length <= SHORT_NUMBER).then_some((Kind::Number, at))
        };
    }
    let kind = match byte(at) {
        b'e' | b'E' if length <= SHORT_NUMBER => {
            let digits = at + 1 + usize::from(matches!(byte(at + 1), b'+' | b'-'));
            at = end_of_digits(bytes, digits);
            // Two digits of an exponent cannot make a short number infinite.
            if at == digits || at > digits + 2 {
                return None;
            }
            Kind::Number
        }
        b'm' | b's' | b'h' | b'd' if whole == at && length <= SHORT_AMOUNT => {
            at += if byte(at) == b'm' && byte(at + 1) == b's' { 2 } else { 1 };
            Kind::Duration
        }
        _ => return None,
    };
    (!money && !goes_on(byte(at))).then_some((kind, at))
}

/// Whether a number goes on with a byte: with a letter, a digit, a point, or what may be a letter of Unicode.
#[inline(always)]
fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | 0x80..)
}

#[inline(always)]
fn end_of_digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes::at(bytes, at).is_ascii_digit() {
        at += 1;
    }
    at
}

#[inline(always)]
fn end_of_hexadecimal(bytes: &[u8], mut at: usize) -> usize {
    while bytes::at(bytes, at).is_ascii_hexdigit() {
        at += 1;
    }
    at
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
        Err(NumberProblem::Glued) => match literal::duration(text) {
            Ok(_) => (Kind::Duration, None),
            Err(
                problem @ (NumberProblem::TooLarge | NumberProblem::TooPrecise | NumberProblem::Separator),
            ) => (Kind::Duration, Some(problem)),
            Err(NumberProblem::MissingUnit) => (Kind::Duration, Some(NumberProblem::MissingUnit)),
            Err(_) => (Kind::Number, Some(shape(text))),
        },
        Err(problem) => (Kind::Number, Some(problem)),
    }
}

/// What somebody wanted to write who wrote something that is neither a number nor a duration.
fn shape(text: &str) -> NumberProblem {
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let decimal =
        |text: &str| text.split_once('.').map_or(digits(text), |(whole, part)| digits(whole) && digits(part));
    if text.contains("..") {
        NumberProblem::Range
    } else if text.strip_suffix(['e', 'E']).is_some_and(decimal) {
        NumberProblem::Exponent
    } else if ["0b", "0B", "0o", "0O"].iter().any(|base| text.strip_prefix(base).is_some_and(digits)) {
        NumberProblem::Base
    } else {
        NumberProblem::Glued
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quick way and the thorough one agree wherever the quick one decides.
    #[test]
    fn what_is_decided_quickly_is_right() {
        const PIECES: &[&str] = &[
            "",
            "0",
            "7",
            "12",
            "123456",
            "1234567890",
            ".",
            "_",
            "e",
            "E-",
            "+",
            "x",
            "m",
            "ms",
            "s",
            "h",
            "d",
            "$",
            "b",
            "99",
            "é",
            " ",
        ];
        let mut decided = 0;
        let mut check = |text: String| {
            if !text.starts_with(|first: char| first.is_ascii_digit() || first == '$') {
                return;
            }
            if let Some((kind, end)) = plain(text.as_bytes(), 0) {
                decided += 1;
                assert_eq!(Lexer::new(&text).end_of_number(0), end, "{text}");
                assert_eq!(classify(&text[..end]), (kind, None), "{text}");
            }
        };
        for a in PIECES {
            for b in PIECES {
                for c in PIECES {
                    for d in PIECES {
                        for e in ["", "s", "9", " ", "."] {
                            check(format!("{a}{b}{c}{d}{e}"));
                        }
                    }
                }
            }
        }
        assert!(decided > 10_000, "{decided}");
    }
}
