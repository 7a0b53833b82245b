//! Text from agents, made safe to show.

/// The first `limit` bytes of a text, whole characters only, with control characters (those of terminals, and those
/// that reverse the direction of writing) escaped and `…` where something was cut off.
pub(crate) fn shown(text: &str, limit: usize) -> String {
    let mut safe = String::with_capacity(text.len().min(limit) + 8);
    for (start, letter) in text.char_indices() {
        if start + letter.len_utf8() > limit {
            safe.push('…');
            break;
        }
        if letter.is_control() || is_direction_mark(letter) {
            safe.extend(letter.escape_debug());
        } else {
            safe.push(letter);
        }
    }
    safe
}

/// The bidirectional controls of Unicode Standard Annex 9.
fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_length_is_bounded() {
        assert_eq!(shown("plain", 200), "plain");
        assert_eq!(shown("a\u{1b}[31mb\n\0", 200), "a\\u{1b}[31mb\\n\\0");
        assert_eq!(shown("\u{202e}x\u{9b}", 200), "\\u{202e}x\\u{9b}");
        assert_eq!(shown("abcdef", 3), "abc…");
        assert_eq!(shown("aéé", 4), "aé…");
        assert_eq!(shown("", 0), "");
    }
}
