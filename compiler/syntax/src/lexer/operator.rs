use logos::Logos;

use super::Lexer;
use crate::Kind;

/// What a byte means as a token of its own.
static ALONE: [Kind; 256] = table();

#[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
const fn table() -> [Kind; 256] {
    let mut table = [Kind::Error; 256];
    let mut index = 0;
    while index < SIGNS.len() {
        let (sign, kind) = SIGNS[index];
        table[sign as usize] = kind;
        index += 1;
    }
    table
}

const SIGNS: [(u8, Kind); 24] = [
    (b'(', Kind::LeftParenthesis),
    (b')', Kind::RightParenthesis),
    (b'[', Kind::LeftBracket),
    (b']', Kind::RightBracket),
    (b'{', Kind::LeftBrace),
    (b'}', Kind::RightBrace),
    (b',', Kind::Comma),
    (b';', Kind::Semicolon),
    (b':', Kind::Colon),
    (b'.', Kind::Dot),
    (b'?', Kind::Question),
    (b'|', Kind::Bar),
    (b'=', Kind::Assign),
    (b'+', Kind::Plus),
    (b'-', Kind::Minus),
    (b'*', Kind::Star),
    (b'/', Kind::Slash),
    (b'%', Kind::Percent),
    (b'<', Kind::Less),
    (b'>', Kind::Greater),
    (b'!', Kind::Bang),
    (b'~', Kind::Tilde),
    (b'&', Kind::Bitwise),
    (b'^', Kind::Bitwise),
];

/// Whether an operator can go on with this byte.
#[inline(always)]
fn joins(byte: u8) -> bool {
    matches!(
        byte,
        b'=' | b'+' | b'-' | b'*' | b'/' | b'<' | b'>' | b'&' | b'|' | b'?' | b'!' | b'~' | b'.' | b'@'
    )
}

#[inline(always)]
pub(super) fn alone(byte: u8) -> Kind {
    ALONE.get(usize::from(byte)).copied().unwrap_or(Kind::Error)
}

impl Lexer<'_> {
    /// An operator or a sign, by its first two bytes.
    #[inline(always)]
    pub(super) fn operator(&mut self, start: usize, first: u8, second: u8) -> (Kind, usize) {
        if joins(second) { longest(self.text, start) } else { (alone(first), start + 1) }
    }
}

/// The longest operator at an offset.
#[inline(never)]
fn longest(text: &str, start: usize) -> (Kind, usize) {
    let mut source = Kind::lexer(text.get(start..).unwrap_or_default());
    match source.next() {
        // As in TypeScript, `a ?.5 : 1` chooses, and reads no member.
        Some(Ok(Kind::QuestionDot)) if source.remainder().starts_with(|next: char| next.is_ascii_digit()) => {
            (Kind::Question, start + 1)
        }
        Some(Ok(kind)) => (kind, start + source.span().end),
        // Not reached: every sign is a token of its own.
        _ => (Kind::Error, start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex;

    /// What is decided by two bytes agrees with what logos finds in all of them.
    #[test]
    fn signs_and_what_follows_them_are_read_as_logos_reads_them() {
        const FOLLOWING: &[u8] = b"=+-*/%<>!&|?~^@.,:;()[] a\"";
        for (sign, kind) in SIGNS {
            assert_eq!(longest(char::from(sign).to_string().as_str(), 0), (kind, 1));
            for second in FOLLOWING {
                for third in FOLLOWING {
                    let text: String = [sign, *second, *third].map(char::from).iter().collect();
                    if text.starts_with("//") || text.starts_with("/*") {
                        continue;
                    }
                    let (kind, end) = longest(&text, 0);
                    let tokens = lex(&text);
                    assert_eq!((tokens.kind(0), tokens.span(0).end as usize), (kind, end), "{text}");
                }
            }
        }
    }
}
