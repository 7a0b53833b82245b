//! Headers of files in the spellings that people write, and what is read from each.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod headers;
mod random;

use std::fmt::Write;

use prism_diagnostics::{SourceFile, Span};
use prism_syntax::front_matter::{self, FrontMatter, JsonValue, Key};
use prism_syntax::{ERROR_LIMIT, lex};

fn read(text: &str) -> Option<FrontMatter> {
    front_matter::front_matter(&lex(text), text)
}

#[test]
fn what_is_read_is_where_the_spans_say() {
    let text =
        "\u{feff}/**\r\n * Größe\r\n * @min_agents 3\r\n * @agents {\r\n *   ä: 'ö'\r\n * }\r\n */\r\n";
    let header = read(text).unwrap();
    let slice = |span: Span| &text[span.range()];
    assert_eq!(slice(header.span), text.trim_matches(['\u{feff}', '\r', '\n']));
    let spans: Vec<_> =
        header.entries.iter().map(|entry| (slice(entry.key_span), slice(entry.value_span))).collect();
    assert_eq!(spans, [("min_agents", "3"), ("agents", "{\r\n *   ä: 'ö'\r\n * }")]);
    assert_eq!(header.prose.as_deref(), Some("Größe"));
}

#[test]
fn accessors() {
    let header =
        read("/**\n * Prose.\n * @name \"a b\"\n * @version 1.10\n * @name c\n * @owner Ada\n */").unwrap();
    assert_eq!(
        (header.name(), header.version(), header.description()),
        (Some("a b"), Some("1.10"), Some("Prose."))
    );
    assert_eq!(header.get(&Key::from_name("owner")).unwrap().value.as_text(), Some("Ada"));
    assert_eq!(header.get(&Key::Input), None);
    let header = read("/**\n * Prose.\n * @name\n * @description Does it.\n * @minAgents 2\n */").unwrap();
    assert_eq!((header.name(), header.version(), header.description()), (None, None, Some("Does it.")));
    let agents = &header.get(&Key::MinAgents).unwrap().value;
    assert_eq!((agents.as_text(), agents.as_json()), (None, Some(&JsonValue::from(2))));
}

/// Each problem with its words, help and fixes.
fn report(text: &str) -> String {
    let file = SourceFile::new("a.prism", text);
    let mut output = format!("{}\n", text.trim_end());
    for problem in read(text).unwrap().problems {
        let told = front_matter::diagnostic(&problem, text);
        assert_eq!(told.primary.span, problem.span());
        let place = file.line_column(told.primary.span.start);
        let there = file.slice(told.primary.span).escape_debug();
        let (line, column) = (place.line, place.column);
        let _ =
            writeln!(output, "\n{line}:{column} `{there}` {} {:?}: {}", told.code, told.level, told.message);
        for related in &told.related {
            let place = file.line_column(related.span.start);
            let _ = writeln!(output, "  {}:{} {}", place.line, place.column, related.text);
        }
        for help in &told.help {
            let _ = writeln!(output, "  help: {help}");
        }
        for fix in &told.fixes {
            let mut mended = text.to_owned();
            for edit in fix.edits.iter().rev() {
                mended.replace_range(edit.span.range(), &edit.replacement);
            }
            let line = mended.lines().nth(line as usize - 1).unwrap_or_default().trim();
            let _ = writeln!(output, "  fix: {} ({:?}): {line}", fix.title, fix.applicability);
        }
    }
    output
}

#[test]
fn words() {
    let texts = [
        "/**\n * @desc Labels\n * @descripton tickets\n */",
        "/**\n * @primitive vote\n * @param x\n * @title Vote\n * @name vote\n */",
        "/**\n * @minAgents 1\n * @min_agents 2\n * @minAgents 3\n */",
        "/**\n * @name\n */",
        "/**\n * @input {string}\n * @output { : a }\n * @agents { a: }\n * @tags [a b]\n * @metadata { a: 1 b: 2 }\n */",
        "/**\n * @agents {\n *   capabilities: ['a',\n */",
        "/**\n * @agents { capabilities: ['a, 'b'] }\n * @tags ['\\x']\n * @threads [on]\n */",
        "/**\n * @input {} the `text`\n */",
    ];
    let deep = format!("/** @tags {} */", "[".repeat(200));
    let reports: Vec<_> = texts.iter().copied().chain([deep.as_str()]).map(report).collect();
    insta::assert_snapshot!(reports.join("\n----\n"));
}

#[test]
fn problems_are_limited() {
    let text = format!("/**\n{}*/", " * @nope 1\n".repeat(1000));
    let header = read(&text).unwrap();
    assert_eq!((header.entries.len(), header.problems.len()), (1000, ERROR_LIMIT));
}
