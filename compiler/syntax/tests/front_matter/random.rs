//! Headers that nobody would write: random ones, and very long ones.

use std::fmt::Write;
use std::time::{Duration, Instant};

use prism_diagnostics::Span;
use prism_syntax::front_matter::{self, FrontMatterProblem, JsonValue, Key, Value};
use prism_syntax::lex;
use proptest::prelude::*;

use crate::read;

/// Each of these would take minutes if it took time that grows with the square of the length.
#[test]
fn a_long_header_is_read_in_linear_time() {
    let block = |piece: &str| format!("/**\n{}*/\n", piece.repeat((1 << 20) / piece.len()));
    let one_line =
        |start: &str, piece: &str| format!("/** {start}{} */", piece.repeat((1 << 20) / piece.len()));
    let texts = [
        block(" * @name a\n"),
        block(" * @input {\n"),
        block(" * @nope [\"a\n"),
        block(" * text\n\n"),
        block("*"),
        block("@a @b {'c"),
        format!("/**\n * @input [\n{} * 1] */", " * {a: 'b\\n', c: [1.5, true]},\n".repeat(32768)),
        one_line("@name ", "@name x "),
        one_line("@name ", "@nope {\"x "),
        one_line("@input ", "["),
        one_line("@input [", "'\\u12\\ud83d' "),
        one_line("@input [", "1,"),
        one_line("@input [", "x?[]"),
        one_line("@input [ x", "//"),
        one_line("@", "a"),
        one_line("@version ", "9"),
        "// Pattern: a\n".repeat(1 << 16),
        "// a\n\n".repeat(1 << 17),
        "// Description: a\n// A b c d:\n// x: y\n".repeat(1 << 15),
    ];
    for text in texts {
        let tokens = lex(&text);
        let start = Instant::now();
        let header = front_matter::front_matter(&tokens, &text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{took:?} for {} of {:.40}", text.len(), text);
        for problem in header.iter().flat_map(|header| &header.problems) {
            front_matter::diagnostic(problem, &text);
        }
    }
}

fn holds(text: &str, span: Span, message: &str) {
    assert!(text.get(span.range()).is_some(), "{message}: {span:?} in {text:?}");
}

fn sound(text: &str) {
    let Some(header) = read(text) else { return };
    holds(text, header.span, "header");
    let mut last = header.span.start;
    for entry in &header.entries {
        holds(text, entry.key_span, "key");
        holds(text, entry.value_span, "value");
        assert!(
            last <= entry.key_span.start && entry.key_span.end <= entry.value_span.start,
            "order in {text:?}"
        );
        last = entry.value_span.end;
        assert!(last <= header.span.end, "{text:?}");
        let written = &text[entry.value_span.range()];
        match &entry.value {
            Value::Text(value) if !value.contains('\n') => assert_eq!(written, &**value, "in {text:?}"),
            Value::Text(value) => assert!(value.lines().all(|line| written.contains(line)), "in {text:?}"),
            Value::Json(_) => assert!(!written.is_empty(), "in {text:?}"),
        }
    }
    assert!(header.problems.is_sorted_by_key(|problem| match problem {
        // Where reading a record fails may lie behind the start of the record, never behind the next key.
        FrontMatterProblem::MalformedJson { value, .. } => value.start,
        problem => problem.span().start,
    }));
    for problem in &header.problems {
        let diagnostic = front_matter::diagnostic(problem, text);
        holds(text, diagnostic.primary.span, "problem");
        assert!(diagnostic.related.iter().all(|label| text.get(label.span.range()).is_some()), "{text:?}");
    }
}

/// Pieces of headers in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "/**",
        "*/",
        "\n",
        "\r\n",
        " * ",
        "*",
        "**",
        " ",
        "\t",
        "@",
        "@name",
        "@minAgents",
        "@nope",
        "@tags",
        "@agents",
        "@input",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ",",
        ":",
        "=",
        ";",
        "//",
        "// ",
        "Pattern:",
        "Version: 1",
        "a",
        "é",
        "😀",
        "1.5",
        "-",
        "\\",
        "\\u12",
        "\\ud83d",
        "\\n",
        "true",
        "null",
        "x",
        "?",
        "$",
        "`",
        "\u{feff}",
        "\u{2028}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn json() -> impl Strategy<Value = JsonValue> {
    let number = prop_oneof![any::<i64>().prop_map(JsonValue::from), (-1e9..1e9).prop_map(JsonValue::from)];
    let leaf = prop_oneof![
        Just(JsonValue::Null),
        any::<bool>().prop_map(JsonValue::from),
        number,
        // `*/` would end the comment.
        "[^/]{0,12}".prop_map(JsonValue::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(JsonValue::from),
            prop::collection::vec(("[a-zA-Z_][a-zA-Z0-9_]{0,6}|[^/]{0,6}", inner), 0..5)
                .prop_map(|entries| JsonValue::Object(entries.into_iter().collect())),
        ]
    })
}

/// The value as somebody who writes JavaScript would put it.
fn relaxed(value: &JsonValue, output: &mut String) {
    match value {
        JsonValue::Array(items) => {
            output.push('[');
            for item in items {
                relaxed(item, output);
                output.push_str(", ");
            }
            output.push(']');
        }
        JsonValue::Object(entries) => {
            output.push('{');
            for (key, value) in entries {
                let plain = key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
                if plain && !key.is_empty() {
                    output.push_str(key);
                } else {
                    relaxed(&JsonValue::from(key.as_str()), output);
                }
                output.push_str(":\n * ");
                relaxed(value, output);
                output.push(',');
            }
            output.push('}');
        }
        JsonValue::String(text) => {
            let quoted = serde_json::to_string(text).unwrap();
            let inner = quoted[1..quoted.len() - 1].replace("\\\"", "\"").replace('\'', "\\'");
            let _ = write!(output, "'{inner}'");
        }
        other => output.push_str(&other.to_string()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_comment_is_read(inner in pieces()) {
        sound(&format!("/**{inner}*/\nx"));
        sound(&format!("/** @input {inner}"));
        sound(&format!("// Pattern: a\n// {}", inner.replace('\n', "\n// ")));
        sound(&inner);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        sound(&text);
        sound(&format!("/**\n * @name {text}"));
    }
}

proptest! {
    #[test]
    fn json_is_read_as_it_is(value in json()) {
        let value = JsonValue::Array(vec![value]);
        let pretty = serde_json::to_string_pretty(&value).unwrap().replace('\n', "\n *   ");
        let mut loose = String::new();
        relaxed(&value, &mut loose);
        for written in [value.to_string(), pretty, loose] {
            let text = format!("/**\n * @name a\n * @metadata {written}\n * @version 1\n */");
            let header = read(&text).unwrap();
            prop_assert_eq!(&header.problems, &[], "{}", text);
            prop_assert_eq!(&header.get(&Key::Metadata).unwrap().value, &Value::Json(value.clone()), "{}", text);
            prop_assert_eq!(header.version(), Some("1"));
        }
    }
}
