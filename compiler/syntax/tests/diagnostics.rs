//! What is said about mistakes, one snapshot for each family: the source, and under it each diagnostic with its
//! place, help and fixes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write;

use prism_diagnostics::SourceFile;
use prism_syntax::{diagnostic, parse};

fn report(text: &str) -> String {
    let file = SourceFile::new("a.prism", text);
    let mut output = format!("{}\n", text.trim_end());
    let parse = parse(text);
    for error in parse.errors.into_iter().chain(parse.warnings) {
        let diagnostic = diagnostic(&error, text);
        let place = file.line_column(diagnostic.primary.span.start);
        let there = file.slice(diagnostic.primary.span).escape_debug();
        let _ = writeln!(
            output,
            "\n{}:{} `{there}` {}: {}",
            place.line, place.column, diagnostic.code, diagnostic.message
        );
        for related in &diagnostic.related {
            let place = file.line_column(related.span.start);
            let _ = writeln!(output, "  {}:{} {}", place.line, place.column, related.text);
        }
        for help in &diagnostic.help {
            let _ = writeln!(output, "  help: {help}");
        }
        for fix in &diagnostic.fixes {
            let mut mended = text.to_owned();
            for edit in fix.edits.iter().rev() {
                mended.replace_range(edit.span.range(), &edit.replacement);
            }
            let line = mended.lines().nth(place.line as usize - 1).unwrap_or_default().trim();
            let _ = writeln!(output, "  fix: {} ({:?}): {line}", fix.title, fix.applicability);
        }
    }
    output
}

/// The reports of several texts.
fn reports(texts: &[&str]) -> String {
    texts.iter().map(|text| report(text)).collect::<Vec<_>>().join("\n----\n")
}

macro_rules! snapshots {
    ( $( $name:ident: [ $($text:expr),+ $(,)? ] )+ ) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(reports(&[ $($text),+ ]));
        }
    )+ };
}

snapshots! {
    characters: ["let a = 1 # 2", "let a = “hello ${x}”", "let a = ‘hi’ + 2", "let a\u{a0}= 1", "let a = b \u{2265} c", "let a = \"x\u{202e}y\"", "@@ let b = 1\nlet c = 2", "let x = 3 – 2"]
    strings: ["let a = \"abc\nlet b = 2", "let a = `abc\nlet b", "let a = \"x ${y\"\nlet b = )", "let a = \"\\q \\u41 \\u{110000}\"", "let a = \"x ${} y ${1 +} z\"", "/* never closed\nlet a = 1"]
    numbers: ["let a = .5", "let a = 5min + 12abc", "let a = 1__0 + 1_", "let a = 0xzz", "let a = 1e999", "let a = 0.00001ms + $0.00000000001", "pattern p v1 { }", "pattern p v1.2 { }"]
    expressions: ["let a = 1 +\nlet b = 2", "let a =", "let a = (1 + )", "let a = f(1, , 2)", "let a = )", "let a = b c", "let match = 1", "a.", "a.1", "let a = x => ", "let a = x -> 1", "let a = (b = 1)", "f(if: )"]
    operators: ["let a = 1 < b < 3", "let a = b == c == d", "let a = -b ** 2", "let a = await b ** 2", "let a = x ~@> 0.5 == y", "let a = x ~> 0.5 ~> 0.6", "if a = b { 1 }", "if a == b = c { 1 }"]
    lists: ["let a = [1 2 3]", "let a = { b: 1\n  c: 2 }", "f(a b)", "let a = { 1 }", "let a = { if }", "fn f(a b) { }", "fn f(if) { }", "let a = [1; 2]"]
    brackets: ["pattern p {\n  let a = f(1, 2\n  let b = 3\n}\npattern q { }", "pattern p {\n  if a {\n    b()\n\n  let c = 1\n}\n\npattern q {\n}", "let a = f(1, 2]", "let a = f(b))", "pattern p {\n}\n}\nlet a = 1", "pattern p {\n  fn f() {\n    let a = 1\n  }", "let a = [1, 2\nfn f() { }"]
    sections: ["pattern p { let a = 1\n input { b: T } }", "pattern p { input { a: T }\n input { b: U } }", "pattern p { input { a }\n output { : T }\n budget { 3 }\n confidence >= high }", "pattern { }", "pattern p v1.0.0", "pattern 3 { }"]
    declarations: ["agent A { ask }", "agent A { fn ask(t: string) \"x\"\n timeout: 2s }", "agent A", "type T = ", "type T = { a T }", "type T = map<U", "fn f { }", "fn (x) { }", "fn f(x) -> { }", "fn f(x: T): U { }"]
    bands: ["uncertain if a { hihg { 1 } low { 2 } }", "uncertain if a { high 1 }", "uncertain if a { return 1 } else { return 2 }", "uncertain if a, high 0.9 { high { 1 } }", "if a return b"]
    refused: ["class A { constructor() { } }\nlet b = 1", "throw \"x\"", "delete a.b", "let a = /x+/g", "let a = b & c | d", "let a = (b, c)", "for (let i = 0; i < n; i++, j--) { }", "outer: for x in xs { break }", "function* f() { yield 1 }", "let a = function* () { }", "let a = b.split(/,\\s*/)", "let a = b >> 2", "var a = 1, b"]
    read_otherwise: ["switch (a) { case 1: case 2: b(); break; default: c() }", "  switch (a) {\n    case 1:\n      b()\n  }", "switch (a) { default: b(); break; case 1: c() }", "switch a { 1 => 2 }", "switch (a) { case 1: b()\n case 2: c() }", "uncertain if a { return 1 } else { return 2 }", "steps { a() }", "in context b { a() }"]
    misplaced: ["pattern p { import { a } from \"b\" }", "fn f() { export let a = 1 }", "pattern p { test \"a\" { } }", "mock A \"a\" replies [1]", "let a = for x in xs { x }", "let a = try { 1 } catch { 2 }", "fn f() { agent A { } }"]
    assignments: ["f() = 1", "1 += 2", "a + b = c", "a = b = c", "let { a, if } = b", "let [a, ...b, c] = d", "let { ...a, b } = c"]
    modules: ["import a", "import \"b\"", "import { a } of \"b\"", "import { a b } from \"c\"", "import { a } from b", "export a", "export { a, b", "export * as a from \"b\"", "export"]
    loops: ["for x of { }", "for { }", "for (x) { }", "for x xs { }", "for (let i = 0; i < 3) { }", "while { }", "while x", "do { } while", "try a()", "try { } catch 1 { }", "for (x of xs)"]
    choices: ["match a { 1 -> 2 }", "match a { => 2 }", "match a { 1 2 }", "match a { x if => 1 }", "match { }", "match a { [...b, c] => 1 }", "match a { 1 + 2 => 3 }"]
    near_misses: ["return a /* b */ */", "fn f() { fn import(a) { } }", "let max-size = 3", "let a = b\n  in [\"c\"]", "a |= 2", "let { if } = a", "let b = a is not string", "fn f() { name: 1, sure: true }", "if { return 1 }", "else { 1 }", "for (const a b) { }", "for a { }", "async function* f() { }", "let f = (a, b) -> a + b", "let f = a, b => a", "let a = b and c", "let a = { b = 1 }", "test a { }", "assert a = b", "type T = (A, B) => C", "match a { 1 => }"]
    breaks: ["switch (a) { case 1: { b(); break }\n default: c() }", "switch (a) { case 1: if (b) break; c(); break\n default: for x in d { break } }", "switch (a) { case 1: if (b) { c(); break } else { d(); break }\n case 2: e() }"]
    tests: ["test \"a\"", "test \"a\" { mock A replies 1 }", "test \"a\" { mock A \"a\" }", "test \"a\" { mock A \"a\" answers 3 }", "test \"a\" { assert }", "test \"a\" { for all x { } }"]
    pipes: ["let a = b |>", "let a = b |> f + 1", "let a = b |> f ~@> 0.5 |> g", "let a = b |> f == c ? 1 : 2", "let a = async", "let a = new", "let a = b is"]
    independent_mistakes: ["pattern a {\n  let x = 1 +\n  let y = foo(1, , 2)\n  for z in xs { foo(z) }\n  let w = [1 2]\n  return .5\n}\n\nfn f(x {\n  let y = )\n}", "pattern p {\n  input { a: , b: string, c }\n  let x = f(a: , b: )\n  uncertain if x { high { let = 1 } low { return ) } }\n}"]
}

#[test]
fn three_mistakes_give_three_diagnostics() {
    let text = "pattern p {\n  let a = \n  let b = f(1,, 2)\n  if c { return } }\nlet = 3\n";
    assert_eq!(parse(text).errors.len(), 3, "{}", report(text));
}

#[test]
fn a_switch_is_mended_only_where_a_match_means_the_same() {
    let mended = |text: &str| {
        let parse = parse(text);
        let fixes = diagnostic(&parse.warnings[0], text).fixes;
        fixes.first().map(|fix| fix.edits[0].replacement.to_string())
    };
    assert_eq!(
        mended("switch (a) {\n  default: b(); break\n  case 1: case -2: c()\n}").as_deref(),
        Some("match a {\n  1 | -2 => { c() }\n  _ => { b() }\n}")
    );
    assert_eq!(mended("switch (a) { case LIMIT: b() }"), None);
    assert_eq!(mended("switch (a) { case b + 1: c() }"), None);
    assert_eq!(mended("switch (a) { case 1: { b(); break } case 2: c() }"), None);
}
