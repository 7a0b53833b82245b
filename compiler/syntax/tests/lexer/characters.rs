use prism_syntax::lex;

use super::{clean, fixed, problems, tokens};

#[test]
fn names_follow_unicode() {
    for name in [
        "a",
        "_",
        "_1",
        "é",
        "größe",
        "東京",
        "naïve_2",
        "Ωmega",
        "пример",
        "aб",
        "ａ",
        "e\u{301}",
        "abcdefgé",
        "if_é",
    ] {
        assert_eq!(tokens(name), [format!("Name {name}")]);
        assert_eq!(clean(&format!("{name}.{name}")), ["Name", "Dot", "Name"], "{name}");
    }
    // Letters of several scripts in one name are no mistake of syntax.
    assert_eq!(clean("vаlue"), ["Name"]);
}

#[test]
fn a_byte_order_mark_is_skipped_at_the_start_only() {
    assert_eq!(clean("\u{feff}let"), ["Let"]);
    assert_eq!(lex("\u{feff}let").span(0).start, 3);
    assert_eq!(clean("\u{feff}"), Vec::<String>::new());
    let text = "let \u{feff}a";
    assert_eq!(tokens(text), ["Let let", "Name a"]);
    assert_eq!(
        problems(text),
        ["\\u{feff} · a byte-order mark (U+FEFF), which stands nowhere but at the start of a file"]
    );
    assert_eq!(fixed(text), ["let a"]);
    assert_eq!(problems("\u{feff}\u{feff}a").len(), 1);
}

#[test]
fn white_space_that_is_not_ascii_is_reported_and_skipped() {
    for space in ["\u{a0}", "\u{2003}", "\u{3000}", "\u{2028}", "\u{85}", "\u{b}", "\u{202f}"] {
        let text = format!("let{space}a");
        assert_eq!(tokens(&text), ["Let let", "Name a"]);
        assert!(lex(&text).token(1).follows_space());
        assert_eq!(fixed(&text), ["let a"], "{space:?}");
        assert!(problems(&text)[0].ends_with("that cannot be told from a space"));
        assert_eq!(problems(&format!("\"a{space}b\" // {space}")), Vec::<String>::new());
    }
    assert_eq!(fixed("\u{a0}\u{a0}\u{a0}a"), [" a"], "several in a row are one mistake");
}

#[test]
fn control_characters_are_reported_and_skipped() {
    for character in ['\0', '\u{1}', '\u{7}', '\u{1b}', '\u{7f}', '\u{9f}'] {
        let text = format!("let {character}a");
        assert_eq!(tokens(&text), ["Let let", "Name a"]);
        assert_eq!(fixed(&text), ["let a"]);
        assert!(problems(&text)[0].contains("a control character"), "{:?}", problems(&text));
        assert_eq!(clean(&format!("\"{character}\"")), ["String"]);
    }
    assert_eq!(tokens("a\0b"), ["Name a\0b"], "it does not end a name either");
}

#[test]
fn invisible_characters_are_reported_and_a_name_goes_on_behind_them() {
    for character in ["\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{ad}", "\u{feff}"] {
        let text = format!("fo{character}o{character}bar.b");
        assert_eq!(
            tokens(&text),
            [format!("Name fo{character}o{character}bar"), "Dot .".into(), "Name b".into()]
        );
        assert_eq!(problems(&text).len(), 2, "{character:?}");
        assert_eq!(tokens(&format!("i{character}f"))[0].split(' ').next(), Some("Name"));
        assert_eq!(fixed(&format!("({character} x")), ["( x"]);
        assert_eq!(fixed(&format!("x{character} y")), ["x y"]);
    }
    // Unicode counts some of them as letters and marks.
    for name in ["\u{3164}", "a\u{ffa0}", "x\u{fe0f}y", "if\u{115f}"] {
        assert_eq!(tokens(name), [format!("Name {name}")]);
        assert_eq!(problems(name).len(), 1, "{name:?}");
    }
    assert_eq!(clean("\"👩\u{200d}💻 ✓\u{fe0f}\""), ["String"]);
}

#[test]
fn characters_that_change_the_direction_are_reported_wherever_they_stand() {
    for character in ["\u{202e}", "\u{2066}", "\u{200e}", "\u{200f}", "\u{61c}"] {
        for text in [
            format!("\"a{character}b\""),
            format!("`aaaaaaaaaaaaaaaaaaaaaaa{character}`"),
            format!("// a {character} b"),
            format!("/* a {character} b */"),
            format!("a {character} b"),
            format!("a{character}b"),
            format!("\"a ${{b}} {character} c\""),
            format!("#! {character}"),
            format!("“a {character}”"),
        ] {
            let found = problems(&text);
            let expected = format!(
                "(U+{:04X}) that changes the direction",
                u32::from(character.chars().next().unwrap())
            );
            assert_eq!(
                found.iter().filter(|problem| problem.contains(&expected)).count(),
                1,
                "{text:?}: {found:?}"
            );
        }
    }
    assert_eq!(clean("\"— … “x” ‘y’ € ← ع\" // — ؟"), ["String"], "what only begins with the same bytes");
}

#[test]
fn typographic_quotes_are_read_as_a_string() {
    for (text, straight) in [
        ("“a b”", "\"a b\""),
        ("“it’s”", "\"it’s\""),
        ("„a“", "\"a\""),
        ("«a»", "\"a\""),
        ("「a」", "\"a\""),
        ("＂a＂", "\"a\""),
        ("“a\"", "\"a\""),
        ("‘a’", "'a'"),
        ("‚a‘", "'a'"),
    ] {
        assert_eq!(tokens(&format!("let x = {text}"))[3], format!("String {text}"));
        assert_eq!(fixed(text), [straight]);
    }
    assert_eq!(tokens("“a\nlet b"), ["Error “", "Name a", "Let let", "Name b"]);
    assert_eq!(problems("“a\nlet b").len(), 1);
}

#[test]
fn signs_of_full_width_are_read_as_their_twins() {
    let text = "ｆ（ａ，［1：2；3］）｛｝";
    assert_eq!(
        lex(text).iter().map(|(kind, _)| format!("{kind:?}")).collect::<Vec<_>>(),
        [
            "Name",
            "LeftParenthesis",
            "Name",
            "Comma",
            "LeftBracket",
            "Number",
            "Colon",
            "Number",
            "Semicolon",
            "Number",
            "RightBracket",
            "RightParenthesis",
            "LeftBrace",
            "RightBrace"
        ]
    );
    for (wide, plain) in [
        ("（", "("),
        ("，", ","),
        ("：", ":"),
        ("；", ";"),
        ("、", ","),
        ("。", "."),
        ("＝", "="),
        ("＋", "+"),
        ("≥", ">="),
        ("≤", "<="),
        ("≠", "!="),
        ("×", "*"),
        ("÷", "/"),
        ("\u{37e}", ";"),
        ("⇒", "=>"),
        ("−", "-"),
        ("～", "~"),
    ] {
        assert_eq!(fixed(&format!("a {wide} b")), [format!("a {plain} b")]);
        assert_eq!(problems(&format!("\"{wide}\"")), Vec::<String>::new());
    }
    assert_eq!(fixed("１２"), ["12"]);
    assert_eq!(
        tokens("\"${｛｝}\""),
        ["TemplateHead \"${", "LeftBrace ｛", "RightBrace ｝", "TemplateTail }\""]
    );
    assert_eq!(tokens("\"${a｝ b\""), ["TemplateHead \"${", "Name a", "TemplateTail ｝ b\""]);
}

#[test]
fn what_means_nothing_is_one_error_for_a_run_of_characters() {
    assert_eq!(problems("@@@ a"), ["@@@ · `@@@` means nothing in Prism"]);
    assert_eq!(tokens("@@@ a"), ["Error @@@", "Name a"]);
    assert_eq!(problems("@ @").len(), 2);
    assert_eq!(problems("a # b \\ c 😀").len(), 3);
    assert_eq!(tokens("€5"), ["Error €", "Number 5"]);
}
