//! Garbage made of nothing that makes sense together.

use crate::Choices;

/// Tokens of the language, right ones and wrong ones.
const TOKENS: &[&str] = &[
    "x",
    "let",
    "const",
    "fn",
    "function",
    "if",
    "else",
    "for",
    "while",
    "do",
    "match",
    "try",
    "catch",
    "finally",
    "return",
    "break",
    "continue",
    "import",
    "export",
    "from",
    "true",
    "null",
    "undefined",
    "pattern",
    "agent",
    "type",
    "test",
    "mock",
    "uncertain",
    "input",
    "output",
    "budget",
    "confidence",
    "high",
    "medium",
    "low",
    "default",
    "as",
    "in",
    "of",
    "is",
    "instanceof",
    "typeof",
    "new",
    "async",
    "await",
    "switch",
    "class",
    "throw",
    "delete",
    "assert",
    "replies",
    "max",
    "all",
    "_",
    "größe",
    "1",
    "0.5",
    ".5",
    "1.",
    "0x",
    "12abc",
    "1e",
    "1__0",
    "30s",
    "1h30m",
    "5y",
    "$0.1",
    "$",
    "$x",
    "v1.0.0",
    "\"s\"",
    "'s'",
    "`s`",
    "```s```",
    "\"a ${",
    "${",
    "\"",
    "'",
    "`",
    "```",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "?.",
    "...",
    "?",
    "=>",
    "->",
    "|",
    "=",
    "+=",
    "~+=",
    "++",
    "--",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "==",
    "===",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "&&",
    "||",
    "??",
    "!",
    "~",
    "~>",
    "<~",
    "~@>",
    "~?>",
    "|>",
    "~|>",
    "~+",
    "~==",
    "~??",
    "~||>",
    "~?",
    "~.",
    "&",
    "^",
    "<<",
    "//",
    "/*",
    "*/",
    "///",
    "//!",
    "/**",
    "\n",
    "\n  ",
    "@",
    "#",
    "\\",
    "“",
    "’",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "é",
    "🙂",
];

/// A number of things, more often few.
fn length(choices: &mut Choices<'_>) -> usize {
    let most = choices.pick(&[4, 16, 60, 300]);
    choices.below(most)
}

pub(super) fn token(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(TOKENS)
}

/// Tokens in a row.
pub(super) fn words(choices: &mut Choices<'_>) -> String {
    let space = choices.pick(&[" ", "", "\n"]);
    let words: Vec<&str> = (0..length(choices)).map(|_| token(choices)).collect();
    words.join(space)
}

/// Lines that begin as statements do.
pub(super) fn lines(choices: &mut Choices<'_>) -> String {
    const STARTS: &[&str] = &[
        "let x =",
        "pattern p {",
        "agent A {",
        "fn f(",
        "if x {",
        "for x of",
        "match x {",
        "uncertain if x {",
        "high {",
        "return",
        "import {",
        "export",
        "type T =",
        "test \"t\" {",
        "mock A \"a\"",
        "input {",
        "output",
        "} else",
        "}",
        "x |>",
        "catch",
    ];
    let mut text = String::new();
    for _ in 0..length(choices) {
        text.push_str(choices.pick(STARTS));
        for _ in 0..choices.below(4) {
            text.push(' ');
            text.push_str(token(choices));
        }
        text.push('\n');
    }
    text
}

/// Brackets that need not match.
pub(super) fn brackets(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    for _ in 0..length(choices) {
        text.push_str(choices.pick(&["(", ")", "[", "]", "{", "}", "\"${", "}\"", "`${", "\n", "x", ","]));
    }
    text
}

/// The same again and again, each inside of the last.
pub(super) fn nested(choices: &mut Choices<'_>) -> String {
    let (open, close) = choices.pick(&[
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("f(", ")"),
        ("\"${", "}\""),
        ("!", ""),
        ("- ", ""),
        ("x => ", ""),
        ("if a { ", "} else {}"),
        ("a ? b : ", ""),
        ("match x { _ => ", " }"),
        ("do { ", " }"),
        ("a.", ""),
        ("a + ", ""),
        ("~", ""),
        ("{ a: ", " }"),
        ("fn f() {", "}"),
        ("async ", ""),
        ("a |> ", ""),
        ("typeof ", ""),
        ("for x of ", ""),
        ("<~", ""),
        ("try {", "} finally {}"),
        ("type T = ", ""),
        ("uncertain if ", " { high -> 1 }"),
        ("a[", "]"),
    ]);
    let depth = choices.pick(&[3, 60, 600, 3_000]);
    let closed = choices.pick(&[depth, 0, depth / 2, depth + 1]);
    let start = choices.pick(&["", "let x = ", "pattern p { "]);
    format!("{start}{}1{}", open.repeat(depth), close.repeat(closed))
}

/// Strings and comments without an end, or with one too many.
pub(super) fn halves(choices: &mut Choices<'_>) -> String {
    const PARTS: &[&str] = &[
        "\"",
        "'",
        "`",
        "```",
        "${",
        "}",
        "\\",
        "\\u{",
        "\\u{110000}",
        "\\q",
        "/*",
        "*/",
        "//",
        "a",
        " ",
        "\n",
        "\r",
        "\"a\"",
        "$",
        "{",
        "é",
    ];
    let mut text = String::from(choices.pick(&["", "let x = "]));
    for _ in 0..length(choices) {
        text.push_str(choices.pick(PARTS));
    }
    text
}

/// Characters of all of Unicode.
pub(super) fn characters(choices: &mut Choices<'_>) -> String {
    (0..length(choices))
        .map(|_| {
            let limit = choices.pick(&[0x80, 0x800, 0x1_0000, 0x11_0000]);
            u32::try_from(choices.below(limit)).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
        })
        .collect()
}

/// Characters that editors do not show, between tokens.
pub(super) fn control_characters(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    for _ in 0..length(choices) {
        text.push_str(token(choices));
        text.push_str(choices.pick(&[
            "\u{0}",
            "\u{7}",
            "\u{b}",
            "\u{c}",
            "\r",
            "\u{1b}[31m",
            "\u{85}",
            "\u{a0}",
            "\u{2028}",
            "\u{200b}",
            "\u{202e}",
            "\u{2066}",
            "\u{feff}",
            "\u{e000}",
            "\u{10ffff}",
            "\t",
        ]));
    }
    text
}
