use prism_syntax::ast::{ExprKind, Item, Literal, StatementKind};
use prism_syntax::parse;

use super::{clean, fixed, problems};

/// What a string means.
fn value(text: &str) -> String {
    let parse = parse(text);
    assert!(parse.errors.is_empty(), "{text}: {:?}", parse.errors);
    let Some(Item::Statement(statement)) = parse.tree.items.first() else { panic!("{text}") };
    let StatementKind::Expression(expression) = parse.tree[*statement].kind else { panic!("{text}") };
    let ExprKind::Literal(Literal::String(value)) = &parse.tree[expression].kind else { panic!("{text}") };
    value.to_string()
}

#[test]
fn all_escapes_mean_what_they_say() {
    for (escape, meaning) in [
        (r"\n", "\n"),
        (r"\t", "\t"),
        (r"\r", "\r"),
        (r"\\", "\\"),
        (r#"\""#, "\""),
        (r"\'", "'"),
        (r"\`", "`"),
        (r"\$", "$"),
        (r"\${a}", "${a}"),
        (r"\0", "\0"),
        (r"\u{41}", "A"),
        (r"\u{1F600}", "😀"),
        (r"\u{1f600}", "😀"),
        (r"\u{10FFFF}", "\u{10ffff}"),
        (r"\u{000041}", "A"),
    ] {
        for quote in ['"', '\'', '`'] {
            let text = format!("{quote}x{escape}y{quote}");
            assert_eq!(clean(&text), ["String"], "{text}");
            assert_eq!(value(&text), format!("x{meaning}y"), "{text}");
        }
        let raw = format!("```x{}y```", escape.replace('$', ""));
        assert_eq!(value(&raw), format!("x{}y", escape.replace('$', "")), "{raw}");
    }
}

#[test]
fn an_unknown_escape_has_two_fixes() {
    assert_eq!(problems(r#""a\qb""#), [r"\\q · `\q` is not an escape"]);
    assert_eq!(fixed(r#""a\qb""#), [r#""a\\qb""#, r#""aqb""#]);
    assert_eq!(problems(r#""\é""#), [r"\\é · `\é` is not an escape"]);
    assert_eq!(problems("\"\\\t\""), ["\\\\\\t · `\\U+0009` is not an escape"]);
    assert_eq!(problems(r#""\d\w""#).len(), 2);
    assert_eq!(fixed(r#""\x41""#)[0], r#""\u{41}""#);
}

#[test]
fn a_code_point_stands_in_braces_and_names_a_character() {
    for (escape, message) in [
        (r"\u{110000}", "names no character"),
        (r"\u{D800}", "names no character"),
        (r"\u{dfff}", "names no character"),
        (r"\u{}", "names no character"),
        (r"\u{ffffffffff}", "names no character"),
        (r"\u{41", "lacks its closing brace"),
        (r"\u0041", "lacks the braces around its number"),
        (r"\u", "names no character"),
        (r"\u{", "names no character"),
        (r"\uD83D", "names no character"),
    ] {
        let found = problems(&format!("\"{escape}\" + 1"));
        assert_eq!(found, [format!("{} · `{escape}` {message}", escape.replace('\\', "\\\\"))]);
    }
    assert_eq!(fixed(r#""\u0041b""#), [r#""\u{0041}b""#]);
    assert_eq!(fixed(r#""\u{41""#), [r#""\u{41}""#]);
    assert_eq!(problems(r#""\u{4g}""#), [r"\\u{4 · `\u{4` lacks its closing brace"]);
}

#[test]
fn a_backslash_before_a_line_break_is_no_escape() {
    let message = "a backslash before a line break is not an escape";
    assert_eq!(problems("`a\\\nb`"), [format!("\\\\\\n · {message}")]);
    assert_eq!(fixed("`a\\\nb`"), ["`a\nb`"]);
    assert_eq!(problems("`a\\\r\nb`"), [format!("\\\\\\r · {message}")]);
    // Other strings end with their line, and that is all there is to say.
    assert_eq!(problems("\"a\\\nb"), ["\\\" · this string is not closed"]);
    assert_eq!(value("```a\\\nb```"), "a\\\nb");
}

#[test]
fn the_last_backslash_of_a_file_does_no_harm() {
    for text in ["\"\\", "'\\", "`\\", "\"\\u", "\"\\u{", "```\\"] {
        assert!(
            problems(text).iter().any(|problem| problem.ends_with("this string is not closed")),
            "{text}"
        );
    }
}

#[test]
fn line_breaks_in_strings_are_line_feeds() {
    assert_eq!(value("`a\r\nb\rc\nd`"), "a\nb\nc\nd");
    assert_eq!(value("```a\r\nb\rc\nd```"), "a\nb\nc\nd");
}
