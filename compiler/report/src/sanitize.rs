//! Text from files and agents is not to be trusted with a terminal.

use std::fmt::Write;

/// The text with each control character replaced by a visible one; tabs and line breaks stay. Escape sequences lose
/// their escape, and with it their power.
///
/// ```
/// assert_eq!(prism_report::visible_text("a\u{1b}[31mb\nc"), "a·[31mb\nc");
/// ```
pub fn visible_text(text: &str) -> String {
    text.chars().map(|character| if is_hostile(character) { '·' } else { character }).collect()
}

/// As [`visible_text`], on one line: line breaks and tabs become spaces.
///
/// ```
/// assert_eq!(prism_report::visible_line("a\n\tb"), "a  b");
/// ```
pub fn visible_line(text: &str) -> String {
    visible_text(text).replace(['\n', '\r', '\t'], " ")
}

/// JSON that is safe to show: what a terminal could take for a command, or for a change of the direction of writing, is
/// escaped. Outside of strings JSON holds none of it, so the meaning stays the same.
///
/// ```
/// assert_eq!(prism_report::visible_json("\"a\u{9b}b\""), r#""a\u009bb""#);
/// ```
pub fn visible_json(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                let _ = write!(visible, "\\u{:04x}", u32::from(letter));
            }
            letter => visible.push(letter),
        }
    }
    visible
}

/// The text with hostile characters replaced by others of the same number of bytes, so that spans stay true.
pub(crate) fn same_length(text: &str) -> String {
    text.chars()
        .map(|character| match (is_hostile(character), character.len_utf8()) {
            (false, _) => character,
            (true, 1) => '?',
            (true, 2) => '·',
            (true, _) => '\u{fffd}',
        })
        .collect()
}

/// Control characters, and those that change the direction of the text around them.
fn is_hostile(character: char) -> bool {
    match character {
        '\n' | '\r' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_keep_offsets() {
        let text = "a\u{7}b\u{85}c\u{202e}d é";
        let safe = same_length(text);
        assert_eq!(safe.len(), text.len());
        assert_eq!(safe, "a?b·c\u{fffd}d é");
    }

    #[test]
    fn json_means_the_same_and_commands_nothing() {
        let said = serde_json::json!({ "a": "\u{9b}31m \u{7f} \u{202e}x\u{2066} \u{2028} \u{1b}[2J é" });
        let text = visible_json(&serde_json::to_string_pretty(&said).unwrap());
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{2028}']), "{text}");
        assert!(text.contains('é'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), said);
    }
}
