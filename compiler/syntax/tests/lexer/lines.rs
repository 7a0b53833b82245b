use prism_syntax::lex;

use super::clean;

/// For each token whether it starts a line, and whether anything stands before it.
fn gaps(text: &str) -> Vec<(bool, bool)> {
    let tokens = lex(text);
    (0..tokens.len()).map(|at| (tokens.token(at).starts_line(), tokens.token(at).follows_space())).collect()
}

#[test]
fn white_space_is_space_tab_line_breaks_and_form_feed() {
    assert_eq!(clean(" \t\r\n\u{c}a\u{c}b\tc \t d").len(), 4);
    assert_eq!(gaps("a b\tc\u{c}d"), [(true, true), (false, true), (false, true), (false, true)]);
}

#[test]
fn the_first_token_starts_a_line() {
    for text in ["a", " a", "\u{feff}a", "/* x */a", "\n\na"] {
        assert_eq!(gaps(text), [(true, true)], "{text:?}");
    }
}

/// A carriage return ends a line with and without a line feed, as it does in editors, in the protocol of language
/// servers, in TypeScript and in Python: nothing can hide behind one in what looks like a comment.
#[test]
fn all_three_line_breaks_end_a_line() {
    for line_break in ["\n", "\r\n", "\r", "\n\n", " \r ", "\r\r", "\t\n        ", "\n         \t  "] {
        assert_eq!(
            gaps(&format!("a{line_break}b c")),
            [(true, true), (true, true), (false, true)],
            "{line_break:?}"
        );
    }
}

#[test]
fn tokens_may_touch() {
    assert_eq!(
        gaps("a.b(1)"),
        [(true, true), (false, false), (false, false), (false, false), (false, false), (false, false)]
    );
}

#[test]
fn indentation_of_every_width_is_skipped() {
    for width in 0..40 {
        assert_eq!(gaps(&format!("a\n{}b", " ".repeat(width))), [(true, true), (true, true)], "{width}");
        assert_eq!(gaps(&format!("a{}b", " ".repeat(width + 1))), [(true, true), (false, true)], "{width}");
    }
}
