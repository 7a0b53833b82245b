/// Whether the word is an operator only where an operand follows, and a name elsewhere.
pub(super) fn is_word_operator(word: &str) -> bool {
    matches!(word, "typeof" | "await" | "assert")
}

/// Whether the sign is an operator before an operand.
pub(super) fn is_prefix(sign: &str) -> bool {
    matches!(sign, "-" | "+" | "!" | "~" | "<~")
}

/// Whether two tokens would be read as something else without a space between them.
pub(super) fn must(last: &str, next: &str) -> bool {
    let (Some(before), Some(after)) = (last.chars().next_back(), next.chars().next()) else { return false };
    let word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let quote = |letter: char| matches!(letter, '"' | '\'' | '`');
    // With a bracket that touches it, the word is a name.
    if is_word_operator(last) && matches!(next, "[" | "{") {
        return true;
    }
    if is_word_operator(last) && is_prefix(next) {
        return true;
    }
    let bracket = |letter: char| matches!(letter, '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';');
    if bracket(before) || bracket(after) {
        return false;
    }
    match (word(before), word(after)) {
        (true, true) => true,
        // A point behind digits belongs to the number.
        (true, false) if after == '.' => {
            last.starts_with(|letter: char| letter.is_ascii_digit() || letter == '$')
        }
        (true, false) => quote(after),
        (false, true) => {
            quote(before) || next.starts_with(|letter: char| letter.is_ascii_digit()) && last.ends_with('.')
        }
        (false, false) if quote(before) != quote(after) => false,
        (false, false) => !matches!((last, next), ("?", ":") | ("!", ".")),
    }
}

/// Whether a tidy author writes a space between two tokens.
pub(super) fn usual(last: &str, next: &str) -> bool {
    const NONE_AFTER: &[&str] = &["", "(", "[", ".", "?.", "~.", "...", "!", "~", "<~", "++", "--", "@"];
    const NONE_BEFORE: &[&str] = &[")", "]", ",", ";", ":", ".", "?.", "~.", "++", "--"];
    const HEADS: &[&str] = &[
        "if", "while", "for", "catch", "match", "in", "of", "return", "is", "as", "async", "await", "typeof",
        "let", "const", "replies", "assert",
    ];
    if NONE_AFTER.contains(&last) || NONE_BEFORE.contains(&next) || last.ends_with("${") {
        return false;
    }
    if matches!(next, "(" | "[") {
        let callee =
            last.ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ')' | ']'));
        return !callee || HEADS.contains(&last);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_would_melt_are_kept_apart() {
        for (last, next) in
            [("let", "x"), ("1", "."), ("+", "+"), ("<", "~"), ("/", "*"), ("x", "$1"), ("``", "`")]
        {
            assert!(must(last, next), "{last} {next}");
        }
        for (last, next) in
            [("f", "("), ("x", "."), ("x", "+"), ("+", "x"), ("\"a\"", ")"), ("{", "{"), ("?", ":")]
        {
            assert!(!must(last, next), "{last} {next}");
        }
    }
}
