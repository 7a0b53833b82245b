use super::{clean, fixed, problems, tokens};

/// The kind of a text that is one token without mistakes.
fn kind(text: &str) -> String {
    let kinds = clean(text);
    assert_eq!(kinds.len(), 1, "{text}: {kinds:?}");
    kinds[0].clone()
}

/// What is wrong with a text that is one token with one mistake, whatever follows it.
fn wrong(text: &str) -> String {
    for (before, after) in [("", ""), ("(", ")"), ("x = ", "\ny"), ("[1, ", ", 2]"), ("-", " + 1")] {
        let whole = format!("{before}{text}{after}");
        let found = problems(&whole);
        assert_eq!(found.len(), 1, "{whole}: {found:?}");
        assert!(
            tokens(&whole).iter().any(|token| token.ends_with(&format!(" {text}"))),
            "{:?}",
            tokens(&whole)
        );
    }
    let problem = &problems(text)[0];
    problem.strip_prefix(&format!("{text} · ")).unwrap_or_else(|| panic!("{problem}")).to_owned()
}

#[test]
fn numbers_have_these_forms() {
    for text in [
        "0",
        "42",
        "3.14",
        "0.5",
        "1e3",
        "1E3",
        "1e-3",
        "1e+3",
        "2.5e10",
        "10_000",
        "1_000.000_1",
        "0xff",
        "0xFF",
        "0XfF",
        "0xdead_beef",
        "1e308",
        "1e-400",
        "123456789012345678901234567890",
        "1_0e1_0",
        "0x1p".trim_end_matches('p'),
    ] {
        assert_eq!(kind(text), "Number", "{text}");
    }
}

#[test]
fn points_have_digits_on_both_sides() {
    assert_eq!(wrong(".5"), "`.5` lacks the digit before its point");
    assert_eq!(fixed(".5"), ["0.5"]);
    assert_eq!(wrong("1."), "`1.` lacks the digits behind its point");
    assert_eq!(fixed("x = 1. + 2"), ["x = 1 + 2"]);
    assert_eq!(tokens("1.max(2)")[..3], ["Number 1", "Dot .", "Name max"]);
    assert_eq!(tokens("1.é")[..3], ["Number 1", "Dot .", "Name é"]);
    assert_eq!(tokens("1...x"), ["Number 1", "Ellipsis ...", "Name x"]);
    assert_eq!(tokens("x.5"), ["Name x", "Number .5"]);
    assert_eq!(tokens("a?.5:1"), ["Name a", "Question ?", "Number .5", "Colon :", "Number 1"]);
    assert_eq!(fixed("a ?.5 : 1"), ["a ?0.5 : 1"]);
    assert_eq!(tokens("a?.b?.[0]")[1], "QuestionDot ?.");
}

#[test]
fn there_are_no_ranges() {
    assert_eq!(wrong("1..2"), "Prism has no ranges with dots");
    assert_eq!(wrong("1..n"), "Prism has no ranges with dots");
    assert_eq!(wrong("0..xs"), "Prism has no ranges with dots");
}

#[test]
fn separators_stand_between_digits() {
    for text in ["1__0", "1_", "1_.5", "$1__0", "$1_", "2__0ms", "1_e5"] {
        assert_eq!(problems(text).len(), 1, "{text}");
        assert_eq!(tokens(text).len(), 1, "{text}");
    }
    assert_eq!(wrong("1__0"), "`_` stands between two digits of a number, which it does not in `1__0`");
    assert_eq!(fixed("1__0"), ["10"]);
    assert_eq!(fixed("1_"), ["1"]);
    assert_eq!(fixed("$1__0"), ["$10"]);
}

#[test]
fn other_bases_than_ten_and_sixteen_are_refused() {
    for (text, value) in
        [("0b1", "0x1"), ("0b1111_0000", "0xf0"), ("0o7", "0x7"), ("0o755", "0x1ed"), ("0B10", "0x2")]
    {
        assert_eq!(
            wrong(text),
            "numbers are decimal or hexadecimal: there is no binary or octal form",
            "{text}"
        );
        assert_eq!(fixed(text), [value], "{text}");
    }
    assert_eq!(wrong("0x"), "`0x` is not a hexadecimal number");
    assert_eq!(wrong("0xfg"), "`0xfg` is not a hexadecimal number");
    assert_eq!(fixed("0b2"), Vec::<String>::new());
}

#[test]
fn exponents_have_digits_and_limits() {
    assert_eq!(wrong("1e"), "`1e` lacks the digits of its exponent");
    assert_eq!(wrong("2.5E"), "`2.5E` lacks the digits of its exponent");
    assert_eq!(wrong("1e400"), "`1e400` is too large");
    assert_eq!(problems("1e+"), ["1e · `1e` lacks the digits of its exponent"]);
    let long = format!("1{}", "0".repeat(400));
    assert_eq!(problems(&long).len(), 1);
}

#[test]
fn a_number_glued_to_other_letters_is_an_error() {
    for text in ["12abc", "1x", "3.5rem", "5é", "7東京", "1.2.3", "0xffs\u{e9}", "12_a"] {
        assert_eq!(problems(text).len(), 1, "{text}");
        assert_eq!(tokens(text).len(), 1, "{text}: {:?}", tokens(text));
    }
    assert_eq!(wrong("12abc"), "`12abc` is neither a number nor a duration");
    assert_eq!(fixed("5min"), ["5m"]);
    assert_eq!(tokens("1 x"), ["Number 1", "Name x"]);
    assert_eq!(tokens("1+x"), ["Number 1", "Plus +", "Name x"]);
}

#[test]
fn durations_have_units_and_are_sums() {
    for text in
        ["250ms", "30s", "5m", "2h", "7d", "1.5h", "1h30m", "1d12h", "1m30s500ms", "1_000ms", "0s", "0.5s1ms"]
    {
        assert_eq!(kind(text), "Duration", "{text}");
    }
    // The parts are added up: their order does not matter, as in `1h + 30m`.
    assert_eq!(kind("30m1h"), "Duration");
    assert_eq!(wrong("1h30"), "the last part of the duration `1h30` has no unit");
    assert_eq!(wrong("0.0001ms"), "`0.0001ms` is finer than can be kept");
    assert_eq!(wrong("999999999d"), "`999999999d` is too large");
    assert_eq!(wrong("3weeks"), "`3weeks` is neither a number nor a duration");
    assert_eq!(wrong("1hm"), "`1hm` is neither a number nor a duration");
    assert_eq!(tokens("-30s"), ["Minus -", "Duration 30s"]);
}

#[test]
fn money_is_a_dollar_sign_and_a_decimal_number() {
    for text in ["$5", "$0.002", "$1_000", "$1_000.50", "$0.000000001", "$5.1234567890", "$9223372036"] {
        assert_eq!(kind(text), "Money", "{text}");
    }
    assert_eq!(wrong("$.5"), "`$.5` lacks the digit before its point");
    assert_eq!(fixed("$.5"), ["$0.5"]);
    assert_eq!(wrong("$5."), "`$5.` lacks the digits behind its point");
    assert_eq!(wrong("$5.1234567891"), "`$5.1234567891` is finer than can be kept");
    assert_eq!(wrong("$9999999999999"), "`$9999999999999` is too large");
    assert_eq!(wrong("$1e3"), "`$1e3` is not a sum of money");
    assert_eq!(wrong("$5k"), "`$5k` is not a sum of money");
    assert_eq!(problems("$ 5"), ["$ · `$` means nothing in Prism"]);
    assert_eq!(problems("$x"), ["$ · `$` means nothing in Prism"]);
}

#[test]
fn versions_have_three_numbers() {
    assert_eq!(kind("v1.2.0"), "Version");
    assert_eq!(kind("v10.20.30-beta.1"), "Version");
    assert_eq!(tokens("v1"), ["Name v1"]);
    assert_eq!(tokens("v1x.y"), ["Name v1x", "Dot .", "Name y"]);
    assert_eq!(tokens("version1.x"), ["Name version1", "Dot .", "Name x"]);
    assert_eq!(tokens("v => v"), ["Name v", "FatArrow =>", "Name v"]);
    assert_eq!(tokens("v1.length"), ["Name v1", "Dot .", "Name length"]);
    assert_eq!(tokens("pattern p v1.2.0{"), ["Pattern pattern", "Name p", "Version v1.2.0", "LeftBrace {"]);
}
