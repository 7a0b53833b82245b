//! Text from files and agents is not to be trusted with a terminal.

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
}
