//! Which lines of a header begin with a key.

use std::ops::Range;

use super::content::Content;
use super::key::Key;

/// A line that begins with a key.
#[derive(Debug)]
pub(super) struct KeyLine {
    /// Where the line begins in the content.
    pub(super) start: usize,
    /// Where the name stands, without `@` or `:`.
    pub(super) name: Range<usize>,
    /// Where the value begins, or the white space before it.
    pub(super) value: usize,
    /// The key; absent where the line only ends the value before it.
    pub(super) key: Option<Key>,
}

/// The keys of a `/** … */`.
pub(super) fn in_block(content: &Content) -> Vec<KeyLine> {
    if content.is_one_line() {
        return in_one_line(content.text());
    }
    let keys = content.lines().filter_map(|(start, line)| {
        let (name, value) = at_key(line)?;
        let key = Key::from_name(line.get(name.clone()).unwrap_or_default());
        Some(KeyLine {
            start,
            name: start + name.start..start + name.end,
            value: start + value,
            key: Some(key),
        })
    });
    keys.collect()
}

/// The keys of a comment of one line: the one that it begins with, and every known one after white space that is
/// not in brackets or quotes.
fn in_one_line(text: &str) -> Vec<KeyLine> {
    let mut keys: Vec<KeyLine> = Vec::new();
    let mut depth = 0_u32;
    let mut quoted = false;
    let mut escaped = false;
    let mut after_space = true;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth = depth.saturating_sub(1),
            '@' if after_space && !quoted && depth == 0 => {
                let Some((name, value)) = text.get(at..).and_then(at_key) else { continue };
                let name = at + name.start..at + name.end;
                let key = Key::from_name(text.get(name.clone()).unwrap_or_default());
                if at == 0 || (!keys.is_empty() && !matches!(key, Key::Unknown(_))) {
                    keys.push(KeyLine { start: at, name, value: at + value, key: Some(key) });
                }
            }
            _ => {}
        }
        after_space = character.is_whitespace();
    }
    keys
}

/// The keys of a run of `//` comments, if it is a header.
pub(super) fn in_line_comments(content: &Content) -> Option<Vec<KeyLine>> {
    let mut is_header = false;
    let mut keys = Vec::new();
    for (start, line) in content.lines() {
        let (name, value, key) = if let Some((name, value)) = at_key(line) {
            let key = Key::known(line.get(name.clone()).unwrap_or_default());
            is_header |= key.is_some();
            (name, value, key)
        } else if let Some((name, value)) = key_and_colon(line) {
            let key = Key::of_line_comment(line.get(name.clone()).unwrap_or_default());
            is_header |= key.as_ref().is_some_and(Key::is_text);
            (name, value, key)
        } else {
            continue;
        };
        keys.push(KeyLine { start, name: start + name.start..start + name.end, value: start + value, key });
    }
    is_header.then_some(keys)
}

/// The name and the start of the value of a text that begins with `@key`.
fn at_key(line: &str) -> Option<(Range<usize>, usize)> {
    let rest = line.strip_prefix('@')?;
    if !rest.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return None;
    }
    let after = rest.trim_start_matches(|next: char| next.is_alphanumeric() || matches!(next, '_' | '-'));
    let end = line.len() - after.len();
    // `@scope/name` and `@user's` are words of a text.
    let ends = |next: char| next.is_whitespace() || matches!(next, ':' | '=' | '{' | '[' | '"');
    if !after.is_empty() && !after.starts_with(ends) {
        return None;
    }
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let separator = after.get(blanks..).is_some_and(|rest| rest.starts_with([':', '=']));
    Some((1..end, if separator { end + blanks + 1 } else { end }))
}

/// The name and the start of the value of a text that begins with at most three words and a colon.
fn key_and_colon(line: &str) -> Option<(Range<usize>, usize)> {
    const LONGEST: usize = 24;
    let colon = line.bytes().take(LONGEST).position(|byte| byte == b':')?;
    let name = line.get(..colon)?.trim_end();
    let word = |word: &str| word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '_' | '-'));
    let words = name.split(' ').count();
    if name.is_empty() || words > 3 || !name.split(' ').all(word) {
        return None;
    }
    // What is no known key must look like one: neither `http://` nor `in short: …` begins an entry.
    let after = line.get(colon + 1..).unwrap_or_default();
    let titled =
        name.starts_with(char::is_uppercase) && (after.is_empty() || after.starts_with(char::is_whitespace));
    (titled || Key::of_line_comment(name).is_some()).then_some((0..name.len(), colon + 1))
}
