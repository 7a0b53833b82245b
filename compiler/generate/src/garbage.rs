//! Texts that are no programs.

mod broken;
mod tokens;

use crate::Choices;

/// A text that is most likely no program: tokens in a row, characters of all scripts, programs with a piece changed,
/// brackets, deep nesting, halves of strings, control characters.
pub fn garbage(choices: &mut Choices<'_>) -> String {
    match choices.below(9) {
        0 => tokens::words(choices),
        1 => tokens::lines(choices),
        2 => tokens::brackets(choices),
        3 => tokens::nested(choices),
        4 => tokens::halves(choices),
        5 => tokens::characters(choices),
        6 => tokens::control_characters(choices),
        _ => broken::program(choices),
    }
}
