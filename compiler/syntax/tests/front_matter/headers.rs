//! What is read from headers, case by case.

use std::fmt::Write;

use prism_diagnostics::SourceFile;
use prism_syntax::front_matter::{self, Entry, Value};

use crate::read;

fn shown(entry: &Entry) -> String {
    match &entry.value {
        Value::Json(value) => format!("{} = {value}", entry.key.as_str()),
        Value::Text(text) => format!("{}: {}", entry.key.as_str(), text.replace('\n', "⏎")),
    }
}

/// Entries as `key: text` and `key = JSON`, then text of no key as `~ text`, then problems as
/// `! code line:column there`, each on a line.
fn summary(text: &str) -> String {
    let Some(header) = read(text) else { return "none".to_owned() };
    let file = SourceFile::new("a.prism", text);
    let mut lines: Vec<String> = header.entries.iter().map(shown).collect();
    lines.extend(header.prose.as_ref().map(|prose| format!("~ {}", prose.replace('\n', "⏎"))));
    for problem in &header.problems {
        let diagnostic = front_matter::diagnostic(problem, text);
        let span = diagnostic.primary.span;
        let place = file.line_column(span.start);
        lines.push(format!("! {} {}:{} {}", diagnostic.code, place.line, place.column, file.slice(span)));
    }
    lines.join("\n")
}

#[track_caller]
fn check(rows: &[(&str, &[&str])]) {
    let mut wrong = String::new();
    for (text, wanted) in rows {
        let (found, wanted) = (summary(text), wanted.join("\n"));
        if found != wanted {
            let _ = writeln!(wrong, "{text}\n--- wanted\n{wanted}\n--- read\n{found}\n==========");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn block_comments() {
    check(&[
        (
            "/**\n * @name triage\n * @version 1.2.0\n * @description Labels tickets\n * @minAgents 3\n */\nx",
            &["name: triage", "version: 1.2.0", "description: Labels tickets", "minAgents = 3"],
        ),
        ("/**\n@name triage\n@minAgents 3\n*/", &["name: triage", "minAgents = 3"]),
        ("/**\n  @name    triage  \n\n  @maxAgents\t5\n*/", &["name: triage", "maxAgents = 5"]),
        ("/** @name triage */", &["name: triage"]),
        ("/** @name triage\n  * @version 2.0.0 */", &["name: triage", "version: 2.0.0"]),
        ("/**@name triage*/", &["name: triage"]),
        ("/**\r\n * @name triage\r\n * @minAgents 3\r\n */\r\nx", &["name: triage", "minAgents = 3"]),
        ("\u{feff}\n\n  /**\n   * @name triage\n   */\n", &["name: triage"]),
        ("/**\r * @name triage\r * @minAgents 3\r */\rx", &["name: triage", "minAgents = 3"]),
        ("/****\n ** @name triage\n ****/", &["name: triage"]),
        ("// first a remark\n/* and another */\n/** @name triage */\nx", &["name: triage"]),
        (
            "/** @name triage @version 1.0.0 @minAgents 2 */",
            &["name: triage", "version: 1.0.0", "minAgents = 2"],
        ),
        (
            "/** @agents {\"capabilities\": [\"@name x\"]} @description mails bob@timeout.org or @bob */",
            &["agents = {\"capabilities\":[\"@name x\"]}", "description: mails bob@timeout.org or @bob"],
        ),
        ("/***/\nx", &[""]),
        ("/**\n *\n */", &[""]),
        ("/**\n * @name triage", &["name: triage"]),
        ("/** never closed\n @nmae x\n @agents {", &["nmae: x", "agents: {"]),
    ]);
}

#[test]
fn what_is_no_header() {
    check(&[
        ("", &["none"]),
        ("let a = 1\n/** @name late */\n", &["none"]),
        ("let a = 1 /** @name late */\n// Pattern: late", &["none"]),
        ("/* @name plain */\nx", &["none"]),
        ("/// Labels tickets.\n/// @name documented\nx", &["none"]),
        ("//! strict\n//! @name documented\nx", &["none"]),
        ("// Labels tickets: the plain way.\nx", &["none"]),
        ("// Timeout: generous\n// Agents: see the contracts\nx", &["none"]),
        ("// http://example.org\n// @ts-ignore\nx", &["none"]),
        ("/**/ /** @name one */ /** @name two */", &["name: one"]),
    ]);
}

#[test]
fn keys_in_other_spellings() {
    check(&[
        ("/** @Name triage */", &["name: triage"]),
        ("/** @NAME: triage */", &["name: triage"]),
        ("/** @name = triage */", &["name: triage"]),
        ("/**\n * @min_agents 2\n * @MAX-AGENTS 4\n */", &["minAgents = 2", "maxAgents = 4"]),
        (
            "/**\n * @minagents: 2\n * @agents{\"capabilities\":[]}\n */",
            &["minAgents = 2", "agents = {\"capabilities\":[]}"],
        ),
        ("/**\n * @nmae triage\n */", &["nmae: triage", "! P0120 2:5 nmae"]),
        (
            "/**\n * @author Ada <ada@example.org>\n */",
            &["author: Ada <ada@example.org>", "! P0120 2:5 author"],
        ),
        (
            "/**\n * @primitive vote\n * @confidence weighted-average\n */",
            &[
                "primitive: vote",
                "confidence: weighted-average",
                "! P0120 2:5 primitive",
                "! P0120 3:5 confidence",
            ],
        ),
        (
            "/**\n * @param {string} text what is said\n * @returns {Promise\n */",
            &[
                "param: {string} text what is said",
                "returns: {Promise",
                "! P0120 2:5 param",
                "! P0120 3:5 returns",
            ],
        ),
        ("/**\n * @größe 3\n * @name é\n */", &["größe = 3", "name: é", "! P0120 2:5 größe"]),
        (
            "/**\n * @name a\n * @min-agents 1\n * @name b\n * @minAgents 2\n */",
            &[
                "name: a",
                "minAgents = 1",
                "name: b",
                "minAgents = 2",
                "! P0122 4:5 name",
                "! P0122 5:5 minAgents",
            ],
        ),
        ("/**\n * @x 1\n * @x 2\n */", &["x = 1", "x = 2", "! P0120 2:5 x", "! P0120 3:5 x"]),
    ]);
}

#[test]
fn texts() {
    check(&[
        ("/** @name \"code review\" */", &["name = \"code review\""]),
        ("/** @name 'code review' */", &["name = \"code review\""]),
        ("/**\n * @name 42\n * @version 1.10\n */", &["name: 42", "version: 1.10"]),
        ("/**\n * @version v2.0.0-beta.1\n */", &["version: v2.0.0-beta.1"]),
        ("/**\n * @description {json} in, [list] out\n */", &["description: {json} in, [list] out"]),
        (
            "/**\n * @description Asks many,\n *    takes the best.\n *\n *   Twice.\n * @name a\n */",
            &["description: Asks many,⏎takes the best.⏎⏎Twice.", "name: a"],
        ),
        ("/**\n * @description\n *   Asks many.\n */", &["description: Asks many."]),
        (
            "/**\n * @description uses @parallaxai/primitives\n *  @parallaxai/core as well\n */",
            &["description: uses @parallaxai/primitives⏎@parallaxai/core as well"],
        ),
        (
            "/**\n * @description 'tis \"quoted\" **bold**\n ***\n */",
            &["description: 'tis \"quoted\" **bold**"],
        ),
        ("/**\n * @timeout 30s\n */", &["timeout: 30s"]),
        ("/**\n * @timeout 30000\n */", &["timeout = 30000"]),
        ("/**\n * @timeout \"2m\"\n */", &["timeout = \"2m\""]),
        ("/**\n * @tags voting, support\n *  tickets\n */", &["tags: voting, support⏎tickets"]),
        (
            "/**\n * @workspace true\n * @threads false\n * @metadata null\n */",
            &["workspace = true", "threads = false", "metadata = null"],
        ),
        ("/**\n * @minAgents three\n * @maxAgents 1_000\n */", &["minAgents: three", "maxAgents: 1_000"]),
        ("/**\n * @name\n * @version 1.0.0\n */", &["name: ", "version: 1.0.0", "! P0121 2:5 name"]),
        ("/** @name */", &["name: ", "! P0121 1:6 name"]),
        ("/**\n * @name\n *\n * Asks many.\n */", &["name: ", "~ Asks many.", "! P0121 2:5 name"]),
    ]);
}

#[test]
fn texts_of_no_key() {
    check(&[
        ("/** Labels tickets. */\npattern p {}", &["~ Labels tickets."]),
        (
            "/**\n * Triage: labels tickets\n *\n * Asks three agents.\n *\n * @name triage\n */",
            &["name: triage", "~ Triage: labels tickets⏎⏎Asks three agents."],
        ),
        (
            "/**\n * @name triage\n *\n * Asks three agents.\n * @minAgents 3\n * or more.\n */",
            &["name: triage", "minAgents = 3", "~ Asks three agents.⏎⏎or more."],
        ),
        (
            "/**\n * @input {\"a\": 1}\n * is what it takes\n * @tags x\n *\n * Behind.\n */",
            &["input = {\"a\":1}", "tags: x", "~ is what it takes⏎⏎Behind."],
        ),
        ("/** mail bob @version 1 */", &["~ mail bob @version 1"]),
    ]);
}

#[test]
fn records_and_lists() {
    check(&[
        (
            "/**\n * @input {\"type\": \"object\", \"properties\": {\"text\": {\"type\": \"string\"}}, \"required\": [\"text\"]}\n */",
            &[
                "input = {\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}",
            ],
        ),
        (
            "/**\n * @agents {\n *   \"capabilities\": [\n *     \"analysis\"\n *   ],\n *   \"minAgents\": 3\n * }\n * @name a\n */",
            &["agents = {\"capabilities\":[\"analysis\"],\"minAgents\":3}", "name: a"],
        ),
        ("/**\n@agents\n{\n\"capabilities\":\n[\"a\"]}\n*/", &["agents = {\"capabilities\":[\"a\"]}"]),
        (
            "/** @agents { capabilities: ['a', 'b',], minAgents: 3, } */",
            &["agents = {\"capabilities\":[\"a\",\"b\"],\"minAgents\":3}"],
        ),
        (
            "/**\n * @agents {\n *   capabilities: ['it\\'s'], // any of them\n *   minConfidence: 0.5\n * };\n */",
            &["agents = {\"capabilities\":[\"it's\"],\"minConfidence\":0.5}"],
        ),
        (
            "/**\n * @input { text: string, notes: string[], level: int? }\n * @output { label: string },\n */",
            &[
                "input = {\"text\":\"string\",\"notes\":\"string[]\",\"level\":\"int?\"}",
                "output = {\"label\":\"string\"}",
            ],
        ),
        ("/**\n * @tags [voting, \"two words\"]\n */", &["tags = [\"voting\",\"two words\"]"]),
        ("/**\n * @tags [\"a\",\n *\n *   \"b\"]\n */", &["tags = [\"a\",\"b\"]"]),
        (
            "/**\n * @metadata {\"note\": \"} @name {\"}\n * @name a\n */",
            &["metadata = {\"note\":\"} @name {\"}", "name: a"],
        ),
        ("/**\n * @input \"any\"\n * @output string\n */", &["input = \"any\"", "output: string"]),
        ("/**\n * @owner {\"name\": \"Ada\"}\n */", &["owner = {\"name\":\"Ada\"}", "! P0120 2:5 owner"]),
    ]);
}

#[test]
fn records_and_lists_that_are_none() {
    check(&[
        ("/**\n * @input {string} the text\n */", &["input: {string} the text", "! P0121 2:18 }"]),
        (
            "/**\n * @agents {\"capabilities\": [\"a\"\n * @minAgents 3\n */",
            &["agents: {\"capabilities\": [\"a\"", "minAgents = 3", "! P0121 2:29 ["],
        ),
        (
            "/**\n * @agents {\n *   capabilities: [analysis]\n * }\n */",
            &["agents: {⏎capabilities: [analysis]⏎}", "! P0121 3:21 analysis"],
        ),
        ("/**\n * @threads {\"enabled\": tru}\n */", &["threads: {\"enabled\": tru}", "! P0121 2:25 tru"]),
        ("/**\n * @metadata { timeout: 30s }\n */", &["metadata: { timeout: 30s }", "! P0121 2:25 30s"]),
        (
            "/**\r\n * @metadata {\r\n *   größe: 1,\r\n *   é: }\r\n */",
            &["metadata: {⏎größe: 1,⏎é: }", "! P0121 4:9 }"],
        ),
        ("/**\n * @metadata {a: 1}, {b: 2}\n */", &["metadata: {a: 1}, {b: 2}", "! P0121 2:20 , {b: 2}"]),
        ("/**\n * @tags [\"a\", \"b]\n */", &["tags: [\"a\", \"b]", "! P0121 2:16 \"b]"]),
        ("/**\n * @tags [\"a\\q\"]\n */", &["tags: [\"a\\q\"]", "! P0121 2:13 \\q"]),
        ("/**\n * @tags [“a”]\n */", &["tags: [“a”]", "! P0121 2:11 “"]),
        ("/**\n * @tags [a b]\n */", &["tags: [a b]", "! P0121 2:13 b"]),
        (
            "/** @agents { capabilities ['a'] } @name x */",
            &["agents: { capabilities ['a'] }", "name: x", "! P0121 1:28 ["],
        ),
    ]);
}

#[test]
fn line_comments() {
    check(&[
        (
            "// Pattern: code-review\n// Version: 1.0.0\n// Description: Reviews code\nx",
            &["name: code-review", "version: 1.0.0", "description: Reviews code"],
        ),
        (
            "// Pattern: code-review\n// Version: 1.0.0\n// Generated: 2025-07-26T22:54:11.550Z\n// Generator: @tool/sdk\n\n// Pattern: again\n",
            &["name: code-review", "version: 1.0.0"],
        ),
        (
            "//Name:review\n//  Min Agents: 2\n//MaxAgents: 4",
            &["name: review", "minAgents = 2", "maxAgents = 4"],
        ),
        (
            "// Copyright 2025 Ada\n\n// name: review\n// agents: { capabilities: ['a'] }\n",
            &["name: review", "agents = {\"capabilities\":[\"a\"]}"],
        ),
        (
            "// Description: Reviews code\n// with two agents\n// note: or three\n// Usage: see below\n// Input: {\n//   \"a\": 1\n// }",
            &["description: Reviews code⏎with two agents⏎note: or three", "input = {\"a\":1}"],
        ),
        ("//! strict\n// Pattern Name: review\n/// A type.\n", &["name: review"]),
        ("// @name review\n// @version 1.0.0\n// @ts-ignore\n", &["name: review", "version: 1.0.0"]),
        ("// Pattern: review\r\n// Agents: {a: }\r\nx", &["name: review", "agents: {a: }", "! P0121 2:16 }"]),
        ("// Pattern: a\n// Pattern: b\n", &["name: a", "name: b", "! P0122 2:4 Pattern"]),
        ("// Pattern: a\n/** @name b */\n", &["name: b"]),
        ("// Pattern: a\n/** Reviews code. */\n", &["name: a", "~ Reviews code."]),
        ("/// Documents.\n// Pattern: a /* b */\n\n\n", &["name: a /* b */"]),
    ]);
}
