//! Characters that are easily taken for others, or for nothing.

/// The signs of ASCII in the order in which Unicode repeats them in full width.
const ASCII: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@";
const ASCII_BRACKETS: &str = "[\\]^_`";
const ASCII_BRACES: &str = "{|}~";

/// What Prism writes for a sign that other keyboards, languages and word processors write.
pub(crate) fn twin(character: char) -> Option<&'static str> {
    let full_width = |first: char, signs: &'static str| {
        let at = (u32::from(character) - u32::from(first)) as usize;
        signs.get(at..at + 1)
    };
    match character {
        '！'..='＠' => full_width('！', ASCII),
        '［'..='｀' => full_width('［', ASCII_BRACKETS),
        '｛'..='～' => full_width('｛', ASCII_BRACES),
        '、' | '،' | '﹐' => Some(","),
        // The Greek question mark, and the Arabic semicolon.
        '\u{37e}' | '؛' => Some(";"),
        '。' => Some("."),
        '∶' => Some(":"),
        '【' | '〔' => Some("["),
        '】' | '〕' => Some("]"),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => Some("-"),
        '×' | '∗' => Some("*"),
        '÷' | '∕' => Some("/"),
        '…' => Some("..."),
        '≥' => Some(">="),
        '≤' => Some("<="),
        '≠' => Some("!="),
        '→' => Some("->"),
        '⇒' => Some("=>"),
        _ => None,
    }
}

/// Whether the character changes the direction in which text is shown.
pub(super) fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

/// Whether the character leaves no mark on paper and is no white space, the ones that change the direction apart.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether the character is a quotation mark that does not make a string in Prism.
pub(super) fn is_foreign_quote(character: char) -> bool {
    is_double_quote(character) || is_single_quote(character)
}

/// Whether a string in foreign quotation marks ends here.
pub(super) fn closes_quote(open: char, character: char) -> bool {
    if is_single_quote(open) {
        matches!(character, '\'' | '’' | '‛' | '›' | '＇') || (open != '‘' && character == '‘')
    } else {
        character == '"' || is_double_quote(character)
    }
}

fn is_double_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '＂' | '〝' | '〞')
}

/// Whether the character is a foreign quotation mark of the single kind.
pub(crate) fn is_single_quote(character: char) -> bool {
    matches!(character, '‘' | '’' | '‚' | '‛' | '‹' | '›' | '＇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_full_width_have_their_twins() {
        for byte in b'!'..=b'~' {
            let wide = char::from_u32(u32::from(byte) - 0x21 + 0xff01).unwrap();
            let expected = (!byte.is_ascii_alphabetic()).then(|| char::from(byte).to_string());
            assert_eq!(twin(wide), expected.as_deref(), "{wide}");
        }
    }
}
