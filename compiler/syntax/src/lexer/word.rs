use logos::Logos;

use super::{Lexer, bytes, is_invisible};
use crate::{Kind, SyntaxError};

use prism_diagnostics::Span;

/// The words that are more than names.
const KEYWORDS: [(&str, Kind); 47] = [
    ("let", Kind::Let),
    ("const", Kind::Const),
    ("fn", Kind::Fn),
    ("function", Kind::Function),
    ("if", Kind::If),
    ("else", Kind::Else),
    ("for", Kind::For),
    ("while", Kind::While),
    ("do", Kind::Do),
    ("match", Kind::Match),
    ("try", Kind::Try),
    ("return", Kind::Return),
    ("break", Kind::Break),
    ("continue", Kind::Continue),
    ("import", Kind::Import),
    ("export", Kind::Export),
    ("true", Kind::True),
    ("false", Kind::False),
    ("null", Kind::Null),
    ("pattern", Kind::Pattern),
    ("agent", Kind::Agent),
    ("type", Kind::Type),
    ("test", Kind::Test),
    ("mock", Kind::Mock),
    ("uncertain", Kind::Uncertain),
    ("input", Kind::Input),
    ("output", Kind::Output),
    ("budget", Kind::Budget),
    ("confidence", Kind::Confidence),
    ("high", Kind::High),
    ("medium", Kind::Medium),
    ("low", Kind::Low),
    ("default", Kind::Default),
    ("as", Kind::As),
    ("in", Kind::In),
    ("is", Kind::Is),
    ("instanceof", Kind::Instanceof),
    ("typeof", Kind::Typeof),
    ("new", Kind::New),
    ("async", Kind::Async),
    ("await", Kind::Await),
    ("switch", Kind::Switch),
    ("class", Kind::Class),
    ("throw", Kind::Throw),
    ("delete", Kind::Delete),
    ("assert", Kind::Assert),
    ("undefined", Kind::Undefined),
];

/// Keywords of up to eight letters by a hash without collisions.
struct Table {
    multiplier: u64,
    /// The letters as [`bytes::word`] reads them, and what they mean; 0 where there is no keyword.
    entries: [(u64, Kind); Self::SIZE],
}

impl Table {
    const BITS: u32 = 8;
    const SIZE: usize = 1 << Self::BITS;

    const fn slot(key: u64, multiplier: u64) -> usize {
        (key.wrapping_mul(multiplier) >> (u64::BITS - Self::BITS)) as usize
    }

    /// Tries one multiplier after another until no two keywords share a slot.
    #[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
    const fn new() -> Self {
        let mut multiplier: u64 = 0x9e37_79b9_7f4a_7c15;
        'multipliers: loop {
            let mut entries = [(0, Kind::Name); Self::SIZE];
            let mut index = 0;
            while index < KEYWORDS.len() {
                let (word, kind) = KEYWORDS[index];
                index += 1;
                if word.len() > 8 {
                    continue;
                }
                let key = key(word.as_bytes());
                let slot = Self::slot(key, multiplier);
                if entries[slot].0 != 0 {
                    multiplier = multiplier.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(2);
                    continue 'multipliers;
                }
                entries[slot] = (key, kind);
            }
            return Self { multiplier, entries };
        }
    }

    #[inline(always)]
    fn kind(&self, key: u64) -> Kind {
        match self.entries.get(Self::slot(key, self.multiplier)) {
            Some((found, kind)) if *found == key => *kind,
            _ => Kind::Name,
        }
    }
}

static TABLE: Table = Table::new();

/// The first eight letters of a word.
#[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
const fn key(word: &[u8]) -> u64 {
    let mut key = 0;
    let mut index = if word.len() < 8 { word.len() } else { 8 };
    while index > 0 {
        index -= 1;
        key = key << 8 | word[index] as u64;
    }
    key
}

/// The kind of a word that is longer than eight letters.
fn long(word: &[u8]) -> Kind {
    match word {
        b"uncertain" => Kind::Uncertain,
        b"confidence" => Kind::Confidence,
        b"instanceof" => Kind::Instanceof,
        b"undefined" => Kind::Undefined,
        _ => Kind::Name,
    }
}

impl Lexer<'_> {
    /// A name or keyword that begins with a letter of ASCII or `_`, or a version. The word ahead begins with it, and
    /// may lack the last of its eight bytes.
    #[inline(always)]
    pub(super) fn word(&mut self, start: usize, ahead: u64) -> (Kind, usize) {
        let mask = bytes::not_of_names(ahead);
        let length = bytes::before(mask);
        if length >= 7 {
            return self.long_word(start);
        }
        let behind = mask & mask.wrapping_neg();
        let version = ahead as u16 & 0xf0ff == u16::from_le_bytes(*b"v0");
        if version || ahead & behind != 0 {
            return self.unusual_word(start);
        }
        (TABLE.kind(ahead & ((behind >> 7) - 1)), start + length)
    }

    /// A word of seven letters and more.
    #[inline(never)]
    fn long_word(&mut self, start: usize) -> (Kind, usize) {
        let bytes = self.text.as_bytes();
        let mut end = start + 7;
        loop {
            let length = bytes::before(bytes::not_of_names(bytes::word(bytes, end)));
            end += length;
            if length < 8 {
                break;
            }
        }
        let first = bytes::word(bytes, start);
        if first as u16 & 0xf0ff == u16::from_le_bytes(*b"v0") || !bytes::at(bytes, end).is_ascii() {
            return self.unusual_word(start);
        }
        let kind = match end - start {
            7 => TABLE.kind(first & (u64::MAX >> 8)),
            8 => TABLE.kind(first),
            9 | 10 => long(bytes.get(start..end).unwrap_or_default()),
            _ => Kind::Name,
        };
        (kind, end)
    }

    /// A version, or a word before a character that is not ASCII: it may be part of it.
    #[cold]
    #[inline(never)]
    pub(super) fn unusual_word(&mut self, start: usize) -> (Kind, usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        let mut source = Kind::lexer(rest);
        let kind = source.next();
        let word = source.slice();
        let end = start + word.len();
        match kind {
            Some(Ok(Kind::Name)) if word.is_ascii() => (keyword(word), end),
            Some(Ok(kind @ (Kind::Name | Kind::Version))) => {
                self.invisible_characters(start, word);
                (kind, end)
            }
            // Not reached: a letter begins a name at least.
            _ => (Kind::Error, start + 1),
        }
    }

    /// Unicode has letters and marks that nobody sees: with them one name looks like another.
    fn invisible_characters(&mut self, start: usize, word: &str) {
        for (at, character) in word.char_indices().filter(|(_, character)| is_invisible(*character)) {
            let at = start + at;
            let span = Span::new(at as u32, (at + character.len_utf8()) as u32);
            self.output.errors.push(SyntaxError::UnexpectedCharacter { span, character });
        }
    }
}

fn keyword(word: &str) -> Kind {
    KEYWORDS.iter().find(|(keyword, _)| *keyword == word).map_or(Kind::Name, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex;

    #[test]
    fn keywords_are_found_and_what_is_nearly_one_is_not() {
        for (word, kind) in KEYWORDS {
            let kind_of = |text: &str| {
                let tokens = lex(text);
                assert_eq!((tokens.len(), tokens.span(0)), (1, Span::new(0, text.len() as u32)), "{text}");
                tokens.kind(0)
            };
            assert!(kind.is_word() && kind != Kind::Name);
            assert_eq!(kind_of(word), kind, "{word}");
            assert_eq!(keyword(word), kind, "{word}");
            for other in [format!("{word}_"), format!("{word}é"), format!("_{word}"), word.to_uppercase()] {
                assert_eq!(kind_of(&other), Kind::Name, "{other}");
            }
            assert_eq!(lex(&format!("{word}\u{2028}")).kind(0), kind, "{word} before a character of Unicode");
        }
    }
}
