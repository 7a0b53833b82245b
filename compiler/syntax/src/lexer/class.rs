//! What the first byte of a token says about it.

/// Who reads a token that begins with a certain byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// White space and line breaks.
    Space,
    /// What a name or keyword begins with.
    Letter,
    Digit,
    /// Brackets and separators: they never are a part of something longer.
    Sign,
    /// What an operator begins with, if only one of two characters.
    Operator,
    LeftBrace,
    RightBrace,
    Dot,
    Slash,
    Dollar,
    Quote,
    /// The byte 0: the end of the text, or a character that means nothing.
    Zero,
    /// Characters that are not ASCII, and those that mean nothing.
    Other,
}

/// The class of a byte.
#[inline(always)]
pub(super) fn of(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Other)
}

static CLASSES: [Class; 256] = table();

#[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
const fn table() -> [Class; 256] {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = class(byte as u8);
        byte += 1;
    }
    table
}

const fn class(byte: u8) -> Class {
    match byte {
        b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' => Class::Space,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b'(' | b')' | b'[' | b']' | b',' | b';' | b':' => Class::Sign,
        b'=' | b'+' | b'-' | b'*' | b'%' | b'<' | b'>' | b'!' | b'&' | b'|' | b'?' | b'~' | b'^' => {
            Class::Operator
        }
        b'{' => Class::LeftBrace,
        b'}' => Class::RightBrace,
        b'.' => Class::Dot,
        b'/' => Class::Slash,
        b'$' => Class::Dollar,
        b'"' | b'\'' | b'`' => Class::Quote,
        b'\0' => Class::Zero,
        _ => Class::Other,
    }
}
