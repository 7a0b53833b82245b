//! Words for names, keys and texts.

use crate::Choices;

/// Plain names of variables.
const VARIABLES: &[&str] = &[
    "x",
    "count",
    "label",
    "score",
    "text",
    "items",
    "answer",
    "value",
    "first_name",
    "verdict",
    "item",
    "total",
    "größe",
    "résumé",
    "_hidden",
    "camelCase",
];

/// Words that have a meaning elsewhere, and are plain names where an expression stands.
const WORDS_WITH_A_MEANING: &[&str] = &[
    "high",
    "medium",
    "low",
    "agents",
    "context",
    "from",
    "output",
    "budget",
    "confidence",
    "pattern",
    "agent",
    "type",
    "test",
    "mock",
    "of",
];

/// All that a key may be.
const KEYS: &[&str] = &[
    "label",
    "score",
    "text",
    "id",
    "name",
    "reason",
    "count",
    "kind",
    "value",
    "tags",
    "größe",
    "if",
    "else",
    "for",
    "match",
    "return",
    "type",
    "in",
    "is",
    "as",
    "input",
    "output",
    "confidence",
    "default",
    "high",
    "true",
    "null",
    "import",
    "function",
    "async",
    "await",
    "pattern",
    "max",
    "of",
    "new",
    "typeof",
    "test",
    "let",
    "uncertain",
];

/// A name, made different from others by a number.
pub(crate) fn variable(choices: &mut Choices<'_>, number: usize) -> String {
    format!("{}{number}", choices.pick(VARIABLES))
}

/// A keyword that is a name where no grammar asks for the keyword.
pub(crate) fn contextual(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(WORDS_WITH_A_MEANING)
}

/// Whether a name would be read as a keyword at the start of a statement, or might be.
pub(crate) fn has_a_meaning(name: &str) -> bool {
    name == "input" || WORDS_WITH_A_MEANING.contains(&name)
}

/// The key of a record, field or named argument.
pub(crate) fn key(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(KEYS)
}

/// Whether a key is no name of a variable.
pub(crate) fn is_reserved(key: &str) -> bool {
    const RESERVED: &[&str] = &[
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
        "return",
        "break",
        "continue",
        "import",
        "export",
        "true",
        "false",
        "null",
        "in",
        "is",
        "as",
        "async",
        "await",
        "new",
        "typeof",
        "uncertain",
        "default",
        "max",
        "type",
        "test",
        "pattern",
        "of",
        "input",
        "output",
        "confidence",
    ];
    RESERVED.contains(&key)
}

/// A plain piece of text without quotes, escapes or line breaks.
pub(crate) fn words(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(&[
        "",
        "a",
        "bug",
        "Which label fits?",
        "größer als 東京",
        "a, b; c",
        "{ not code }",
        "// no comment",
        "100 % sure",
        "/* neither */",
        "$5",
        "x => y",
        "🙂",
    ])
}
