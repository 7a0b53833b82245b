use crate::Choices;

const WORDS: &[&str] = &[
    "why",
    "TODO: say why",
    "it's \"so\"",
    "{ [ (",
    "} ] )",
    "`${x}`",
    "größer, 東京",
    "a; b, c",
    "/* within",
    "let x = 1",
    "",
];

/// A comment on one line that more of the line may follow.
pub(super) fn inline(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(&["/* why */", "/**/", "/* a // b */", "/* it's { */", "/* ) ü */"])
}

/// A comment of any kind, to stand before a line break.
pub(super) fn any(choices: &mut Choices<'_>) -> String {
    let words = choices.pick(WORDS);
    match choices.below(5) {
        0 | 1 => format!("// {words}"),
        2 => format!("//{words}").replace("///", "// /"),
        3 => format!("/* {words} */"),
        _ => format!("/* {words}\n   and\n\n more */"),
    }
}
