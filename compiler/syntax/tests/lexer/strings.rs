use std::fmt::Write;

use prism_syntax::{Kind, lex};

use super::{clean, problems, tokens};

#[test]
fn there_are_four_forms() {
    for text in ["\"a'b`c\"", "'a\"b`c'", "`a\"b'c`", "```a\"b'c`d``e```", "\"\"", "''", "``", "``````"] {
        assert_eq!(tokens(text), [format!("String {text}")]);
        assert_eq!(clean(text), ["String"]);
    }
    assert_eq!(clean("`` ` `"), ["String", "String"], "an empty one, and one with a space");
    assert_eq!(clean("`a\nb\r\nc`"), ["String"]);
    assert_eq!(clean("```a\nb\\```"), ["String"], "a backslash means nothing in a raw one");
}

#[test]
fn all_but_single_quotes_interpolate() {
    for quote in ["\"", "`", "```"] {
        let text = format!("{quote}a ${{b}} c ${{d}} e{quote}");
        assert_eq!(
            clean(&text),
            ["TemplateHead", "Name", "TemplateMiddle", "Name", "TemplateTail"],
            "{text}"
        );
    }
    assert_eq!(clean("'a ${b} c'"), ["String"]);
    assert_eq!(clean(r#""a \${b} $ {c} $d""#), ["String"]);
    assert_eq!(clean("\"${a}\""), ["TemplateHead", "Name", "TemplateTail"]);
    assert_eq!(clean("\"$${a}$\""), ["TemplateHead", "Name", "TemplateTail"]);
}

#[test]
fn interpolations_nest_ten_deep_and_their_spans_are_places_in_the_file() {
    for quote in ["\"", "`", "```"] {
        let mut text = "name".to_owned();
        for depth in 0..10 {
            text = format!("{quote}{depth} ${{{text} + n{depth}}} é{quote}");
        }
        let text = format!("let x = {text}\nafter");
        let found = lex(&text);
        assert!(found.errors().is_empty(), "{:?}", found.errors());
        let names: Vec<&str> = found
            .iter()
            .filter(|(kind, _)| *kind == Kind::Name)
            .map(|(_, span)| &text[span.range()])
            .collect();
        let expected = ["x", "name", "n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "after"];
        assert_eq!(names, expected);
        let pieces: Vec<&str> = found
            .iter()
            .filter(|(kind, _)| matches!(kind, Kind::TemplateHead | Kind::TemplateTail))
            .map(|(_, span)| &text[span.range()])
            .collect();
        for depth in 0..10 {
            assert_eq!(pieces[9 - depth], format!("{quote}{depth} ${{"));
            assert_eq!(pieces[10 + depth], format!("}} é{quote}"));
        }
    }
}

#[test]
fn strings_of_the_same_kind_stand_inside() {
    assert_eq!(
        tokens(r#""a ${f("b", "c")} d""#),
        [
            "TemplateHead \"a ${",
            "Name f",
            "LeftParenthesis (",
            "String \"b\"",
            "Comma ,",
            "String \"c\"",
            "RightParenthesis )",
            "TemplateTail } d\""
        ]
    );
    assert_eq!(clean("`${`${`x`}`}`").len(), 5);
}

#[test]
fn braces_inside_do_not_end_it() {
    let text = r#""${ { a: { b: 1 } }.a.b } c""#;
    let kinds = clean(text);
    assert_eq!(kinds.last().unwrap(), "TemplateTail");
    assert_eq!(kinds.iter().filter(|kind| *kind == "RightBrace").count(), 2);
    assert_eq!(clean("\"${xs.map { x => \"${x}\" }}\"").len(), 12);
}

#[test]
fn comments_inside_may_hold_braces_and_quotes() {
    assert_eq!(clean("\"${ a /* } \" */ + b }\"").len(), 5);
    assert_eq!(clean("\"${ a // } \" ' `\n + b }\"").len(), 5);
    assert_eq!(clean("`${\n  // it's }\n  a\n}`"), ["TemplateHead", "Name", "TemplateTail"]);
}

#[test]
fn one_that_is_not_closed_is_reported_at_its_opening_and_ends_with_its_line() {
    for quote in ['"', '\''] {
        for line_break in ["\n", "\r\n", "\r"] {
            let text = format!("let a = {quote}b{line_break}let c = 1");
            assert_eq!(problems(&text), [format!("{} · this string is not closed", quote.escape_debug())]);
            assert_eq!(
                tokens(&text)[3..],
                [
                    format!("String {quote}b"),
                    "Let let".into(),
                    "Name c".into(),
                    "Assign =".into(),
                    "Number 1".into()
                ]
            );
        }
    }
    assert_eq!(problems("a = `b\nc"), ["` · this string is not closed"]);
    assert_eq!(problems("a = ```b\nc``"), ["``` · this string is not closed"]);
    assert_eq!(problems("\"a ${b} c\nd"), ["\\\" · this string is not closed"]);
    assert_eq!(tokens("\"a ${b} c\nd").last().unwrap(), "Name d");
}

#[test]
fn an_interpolation_that_is_not_closed_ends_with_its_string() {
    let text = "let a = \"b ${c\"\nlet d = \"e\"";
    assert_eq!(problems(text), ["${ · this `${` is not closed before its string ends"]);
    assert_eq!(tokens(text).last().unwrap(), "String \"e\"");
    assert_eq!(problems("\"${"), ["\\\" · this string is not closed"]);
    assert_eq!(problems("`${\"${"), ["` · this string is not closed"], "the outermost one");
}

#[test]
fn a_long_string_is_one_token_wherever_its_quote_lies() {
    for length in 0..40 {
        let mut text = String::new();
        let _ = write!(text, "\"{}\" x", "é".repeat(length));
        assert_eq!(clean(&text), ["String", "Name"], "{length}");
        let text = format!("\"{}\\\"\" x", "a".repeat(length));
        assert_eq!(clean(&text), ["String", "Name"], "{length}");
        let text = format!("\"{}${{a}}{}\" x", "b".repeat(length), "c".repeat(length));
        assert_eq!(clean(&text), ["TemplateHead", "Name", "TemplateTail", "Name"], "{length}");
    }
}
