//! Every keyword in every place where it is a name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use prism_catalog::Keyword;
use prism_syntax::{Kind, diagnostic, lex, parse};

/// Words that the grammar asks for here and there, beside the keywords of the catalog.
const WORDS: &[&str] = &[
    "agents",
    "context",
    "in",
    "of",
    "is",
    "as",
    "async",
    "await",
    "max",
    "from",
    "catch",
    "finally",
    "switch",
    "class",
    "throw",
    "delete",
    "assert",
    "undefined",
    "typeof",
    "instanceof",
    "new",
    "required",
    "optional",
    "secret",
    "calibrated",
    "replies",
    "fails",
    "answers",
    "after",
    "all",
    "step",
];

/// Places in which every word is a name; `%` stands for the word.
const EVERY: &[(&str, &str)] = &[
    ("after a point", "let y = x.%"),
    ("after a point, called", "x.%(1)"),
    ("after a point, in a chain over lines", "let y = x\n  .%\n  .%(1)\n"),
    ("after a point, assigned", "x.% = 1"),
    ("after a point, counted", "x.%++"),
    ("after a point, with a trailing block", "x.% { y => y }"),
    ("after ?.", "let y = x?.%"),
    ("after ~.", "let y = x~.%"),
    ("selector", "let y = f(.%)"),
    ("selector of two", "let y = f(by: .a.%)"),
    ("record key", "let y = { %: 1 }"),
    ("record keys over lines", "let y = {\n  %: 1,\n  a: 2,\n}"),
    ("record key after another one", "let y = { a: 1, %: 2 }"),
    ("quoted record key", "let y = { \"%\": 1 }"),
    ("key of a returned record", "fn f() { return { %: 1 } }"),
    ("key of a record in a statement", "{ %: 1 }"),
    ("key of a trailing record", "parallel { %: 1 }"),
    ("method of a record", "let y = { %(a) { a } }"),
    ("named argument", "let y = f(%: 1)"),
    ("named argument after another one", "let y = f(a, %: 1)"),
    ("key of a destructured record", "let { %: y } = x"),
    ("key of a destructured parameter", "let y = ({ %: z }) => z"),
    ("key of a match pattern", "let y = match x { { %: z } => z }"),
    ("input field", "pattern p { input { %: string } }"),
    (
        "input field over lines",
        "pattern p {\n  input {\n    %: string max_length(3) = \"a\"\n    %?: number\n  }\n}",
    ),
    ("output field", "pattern p { output { %: string } }"),
    ("output fields over lines", "pattern p {\n  output {\n    a: string\n    %: ~string\n  }\n}"),
    ("limit", "pattern p { budget { %: 1 } }"),
    ("field of a record type", "type T = { %: string }"),
    ("optional field of a record type", "type T = {\n  %?: string\n  a: number\n}"),
    ("quoted field of a record type", "type T = { \"%\": string }"),
    ("contract key", "agent A { %: 1 }"),
    ("contract keys over lines", "agent A {\n  %: 1\n  fn ask(a: string) -> ~string\n  %: 2\n}"),
    ("method of a contract", "agent A { fn %(a: string) -> ~string }"),
    ("imported under another name", "import { % as other } from \"./m\""),
    ("imported with others", "import { a, % as other, b } from \"./m\""),
    ("exported from elsewhere", "export { % } from \"./m\""),
    ("exported name", "let a = 1\nexport { a as % }"),
    ("part of the name of a pattern", "pattern a-% { }"),
    ("middle of the name of a pattern", "pattern a-%-b v1.0.0 { }"),
    ("first part of the name of a pattern", "pattern %-b { }"),
];

/// Places in which only words that are not reserved are names.
const CONTEXTUAL: &[(&str, &str)] = &[
    ("variable", "let % = 1"),
    ("constant with a type", "const %: number = 1"),
    ("variable in an operation", "let y = % + 1"),
    ("variable on the right", "let y = 1 + %"),
    ("negated", "let y = !%"),
    ("argument", "let y = f(%)"),
    ("arguments", "let y = f(%, %)"),
    ("named argument's value", "let y = f(a: %)"),
    ("element", "let y = [%, 1]"),
    ("value of a record", "let y = { a: % }"),
    ("short entry", "let y = { % }"),
    ("short entry among others", "let y = { a: 1, %, b }"),
    ("spread", "let y = [...%]"),
    ("object of a member", "let y = %.a"),
    ("object of an optional member", "let y = %?.a"),
    ("in a template", "let y = \"${%}\""),
    ("in parentheses", "let y = (%)"),
    ("condition of a choice", "let y = % ? 1 : 2"),
    ("both branches of a choice", "let y = a ? % : %"),
    ("head of an if", "if % == 1 { f() }"),
    ("piped", "let y = % |> f"),
    ("gated", "let y = % ~@> 0.8"),
    ("returned", "fn f() { return % }"),
    ("parameter", "fn f(%: string) { f(%) }"),
    ("parameter of a lambda", "let y = % => %"),
    ("parameter of a lambda in parentheses", "let y = (%, a = 1) => a"),
    ("parameter of a trailing lambda", "xs.map { % => f(%) }"),
    ("function", "fn %() { 1 }"),
    ("called", "let y = %(1)"),
    ("destructured", "let { %, a } = x"),
    ("destructured from a list", "let [%, a] = x"),
    ("rest", "let { a, ...% } = x"),
    ("loop over a list", "for % in xs { f(%) }"),
    ("loop of JavaScript", "for (const % of xs) { f(%) }"),
    ("caught", "try { f() } catch (%) { g(%) }"),
    ("bound in a match", "let y = match x { % => f(%) }"),
    ("imported", "import { % } from \"./m\""),
    ("imported as", "import { a as % } from \"./m\""),
    ("default import", "import % from \"./m\""),
    ("module", "import * as % from \"./m\""),
    ("exported", "export { % }"),
    ("exported under another name", "export { % as other }"),
    ("exported constant", "export const % = 1"),
    ("pattern", "pattern % { }"),
    ("agent", "agent % { fn ask(a: string) -> ~string }"),
    ("type", "type % = string"),
    ("type in use", "let y: % = 1"),
    ("list type in use", "fn f(a: %[]) -> ~% { a }"),
];

fn words() -> impl Iterator<Item = (&'static str, bool)> {
    let keywords = Keyword::ALL.iter().map(|keyword| (keyword.name(), keyword.is_reserved()));
    keywords.chain(WORDS.iter().map(|word| (*word, false)))
}

/// What is said about the places, one line for each that is refused or where the word is not read as a name.
fn refused<'w>(words: impl Iterator<Item = &'w str>, places: &[(&str, &str)]) -> Vec<String> {
    let mut refused = Vec::new();
    for word in words {
        for (place, template) in places {
            let text = template.replace('%', word);
            let parsed = parse(&text);
            let tree = format!("{:?}", parsed.tree);
            // Alone, or as a part of the name of a pattern.
            let named = [format!("\"{word}\""), format!("-{word}"), format!("\"{word}-")];
            if let Some(error) = parsed.errors.first() {
                refused.push(format!("{place}: {text:?}: {}", diagnostic(error, &text).message));
            } else if !named.iter().any(|name| tree.contains(name)) {
                refused.push(format!("{place}: {text:?}: not read as a name"));
            }
        }
    }
    refused
}

#[test]
fn the_lexer_has_a_kind_for_every_keyword() {
    for keyword in Keyword::ALL {
        let kind = lex(keyword.name()).kind(0);
        assert!(kind.is_word() && kind != Kind::Name, "{}", keyword.name());
        assert_eq!(kind.is_reserved(), keyword.is_reserved(), "{}", keyword.name());
    }
    for word in WORDS {
        assert!(lex(word).kind(0).is_name(), "{word}");
    }
}

#[test]
fn every_word_is_a_name_where_only_names_can_stand() {
    let refused = refused(words().map(|(word, _)| word), EVERY);
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.join("\n"));
}

#[test]
fn words_that_are_not_reserved_are_names_everywhere() {
    // `undefined` is a value wherever a value can stand.
    let words = words().filter(|(word, reserved)| !reserved && *word != "undefined").map(|(word, _)| word);
    let mut refused = refused(words, CONTEXTUAL);
    // Before a parenthesis these two are operators.
    refused.retain(|line| !line.contains("await(1)") && !line.contains("typeof(1)"));
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.join("\n"));
}

#[test]
fn reserved_words_name_nothing_that_is_declared() {
    for (word, _) in words().filter(|(_, reserved)| *reserved) {
        for template in [
            "let % = 1",
            "fn %() { }",
            "fn f(%) { }",
            "type % = string",
            "let { % } = x",
            "import * as % from \"./m\"",
        ] {
            let text = template.replace('%', word);
            assert!(!parse(&text).errors.is_empty(), "{text}");
        }
    }
}
