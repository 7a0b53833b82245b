//! Bytes one by one and eight at a time. Past the end of a text all bytes are 0.
//!
//! A mask has the highest bit of each byte set that it marks. The lowest mark is always right; above it there may be
//! marks too many, where a subtraction borrowed.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The byte at an offset.
#[inline(always)]
pub(super) fn at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// The eight bytes from an offset on, the first in the lowest place.
#[inline(always)]
pub(super) fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|chunk| chunk.try_into().ok()) {
        Some(chunk) => u64::from_le_bytes(chunk),
        None => last_word(bytes, at),
    }
}

#[cold]
#[inline(never)]
fn last_word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take(8).rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

/// A byte at all eight places.
#[inline(always)]
const fn all(byte: u8) -> u64 {
    ONES * byte as u64
}

/// How many bytes lie before the first mark: 8 when there is none.
#[inline(always)]
pub(super) fn before(mask: u64) -> usize {
    mask.trailing_zeros() as usize / 8
}

/// Marks the bytes that are equal to one.
#[inline(always)]
pub(super) fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ all(byte);
    difference.wrapping_sub(ONES) & !difference & HIGHS
}

/// Marks control characters, line breaks among them.
#[inline(always)]
pub(super) fn controls(word: u64) -> u64 {
    word.wrapping_sub(all(0x20)) & !word & HIGHS
}

/// Marks the bytes that are not ASCII.
#[inline(always)]
pub(super) fn not_ascii(word: u64) -> u64 {
    word & HIGHS
}

/// Marks the bytes that cannot stand in a name of ASCII letters, digits and `_`; no mark is wrong.
#[inline(always)]
pub(super) fn not_of_names(word: u64) -> u64 {
    // Sums of seven bits stay in their bytes: the highest bit tells whether the limit was reached.
    let low = word & !HIGHS;
    let folded = low | all(0x20);
    let letter = (folded + all(0x80 - b'a')) & !(folded + all(0x7f - b'z'));
    let digit = (low + all(0x80 - b'0')) & !(low + all(0x7f - b'9'));
    let not_underscore = (low ^ all(b'_')) + all(0x7f);
    ((!(letter | digit) & not_underscore) | word) & HIGHS
}

/// Marks the bytes that are no digits; no mark is wrong.
#[inline(always)]
pub(super) fn not_digits(word: u64) -> u64 {
    let low = word & !HIGHS;
    let digit = (low + all(0x80 - b'0')) & !(low + all(0x7f - b'9'));
    (!digit | word) & HIGHS
}

/// The number of spaces that a word begins with.
#[inline(always)]
pub(super) fn leading_spaces(word: u64) -> usize {
    before(word ^ all(b' '))
}

/// Whether the amount of a sum of money begins at an offset, if only with its point.
pub(super) fn starts_amount(bytes: &[u8], start: usize) -> bool {
    let first = at(bytes, start);
    first.is_ascii_digit() || (first == b'.' && at(bytes, start + 1).is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(byte: u8, place: usize, others: u8) -> u64 {
        let mut chunk = [others; 8];
        chunk[place] = byte;
        u64::from_le_bytes(chunk)
    }

    #[test]
    fn the_first_mark_is_right_for_each_byte_at_each_place() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let found = |mask: u64| before(mask) == place;
                assert_eq!(
                    found(equal(chunk(b'"', place, byte), b'"')),
                    byte != b'"' || place == 0,
                    "{byte}"
                );
                let in_name = byte.is_ascii_alphanumeric() || byte == b'_';
                assert_eq!(found(not_of_names(chunk(byte, place, b'z'))), !in_name, "{byte} at {place}");
                assert_eq!(
                    found(not_digits(chunk(byte, place, b'5'))),
                    !byte.is_ascii_digit(),
                    "{byte} at {place}"
                );
                assert_eq!(found(controls(chunk(byte, place, b' '))), byte < 0x20, "{byte} at {place}");
                assert_eq!(found(not_ascii(chunk(byte, place, b'~'))), byte >= 0x80, "{byte} at {place}");
                assert_eq!(leading_spaces(chunk(byte, place, b' ')), if byte == b' ' { 8 } else { place });
            }
        }
    }

    #[test]
    fn past_the_end_all_bytes_are_zero() {
        assert_eq!(word(b"ab", 0), 0x6261);
        assert_eq!(word(b"ab", 1), 0x62);
        assert_eq!(word(b"ab", 2), 0);
        assert_eq!(word(b"ab", 9), 0);
        assert_eq!(at(b"ab", 2), 0);
    }
}
