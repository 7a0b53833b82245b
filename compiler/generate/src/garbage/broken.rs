//! Valid programs with pieces lost, doubled, swapped or put in.

use super::tokens;
use crate::{Choices, Profile, program as valid};

pub(super) fn program(choices: &mut Choices<'_>) -> String {
    let profile = if choices.chance(30) { Profile::script() } else { Profile::whole() };
    let text = valid(choices, &profile).text;
    let mut pieces = pieces(&text);
    let edits = 1 + choices.below(4);
    for _ in 0..edits {
        if pieces.is_empty() {
            break;
        }
        let at = choices.below(pieces.len());
        match choices.below(5) {
            0 => {
                pieces.remove(at);
            }
            1 => pieces.insert(at, tokens::token(choices)),
            2 => {
                let other = choices.below(pieces.len());
                pieces.swap(at, other);
            }
            3 => {
                let twice = pieces.get(at).copied().unwrap_or_default();
                pieces.insert(at, twice);
            }
            _ => pieces.truncate(at),
        }
    }
    pieces.concat()
}

/// Words, spaces and single signs, so that an edit seldom hits the middle of a word.
fn pieces(text: &str) -> Vec<&str> {
    let class = |letter: char| match letter {
        _ if letter.is_alphanumeric() || letter == '_' => 1,
        _ if letter.is_whitespace() => 2,
        _ => 3,
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last = 0;
    for (at, letter) in text.char_indices() {
        let now = class(letter);
        if at > start && (now != last || now == 3) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        last = now;
    }
    pieces.extend(text.get(start..));
    pieces
}
