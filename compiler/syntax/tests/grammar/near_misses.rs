//! Texts that break a side condition by little: the parser refuses them all.

use prism_syntax::{DEPTH_LIMIT, parse};

/// The number of a condition, and a text that does not obey it.
const NEAR_MISSES: &[(&str, &str)] = &[
    ("1", "let x = { let a = 1 }"),
    ("1", "f({ return 1 })"),
    ("1", "return { a; b }"),
    ("1", "let f = x => { a, let b = 1 }"),
    ("1", "if c { a: 1; b: 2 }"),
    ("1", "for x of xs { a: 1 }"),
    ("1", "while c { a, b }"),
    ("1", "fn f() { a: 1 }"),
    ("1", "test \"t\" { a: 1 }"),
    ("1", "try { a: 1 } catch { }"),
    ("1", "try { } finally { ...a }"),
    ("1", "let x = do { a: 1 }"),
    ("2", "if c { } * 2"),
    ("2", "match x { } ?? 1"),
    ("2", "uncertain if x { } ~> 0.5"),
    ("3", "let a = 1 { x }"),
    ("3", "let a = [f] { x }"),
    ("3", "let a = (f) { x }"),
    ("3", "let a = f[0] { x }"),
    ("3", "let a = f { 1: b }"),
    ("3", "let a = f { b, c: 1 }"),
    ("3", "let a = f(x)\n{ b: 1 } { c }\n=> d"),
    ("3", "match x { a if f { b } => c }"),
    ("3", "test \"t\" { mock A \"a\" replies f { x } }"),
    ("4", "let y = x as T?"),
    ("4", "let y = x is T?"),
    ("4", "let y = x as T < 3"),
    ("4", "let y = x as T [0]"),
    ("5", "let x = a < b < c"),
    ("5", "let x = a == b != c"),
    ("5", "let x = a in b in c"),
    ("5", "let x = a is T is U"),
    ("6", "let x = -a ** b"),
    ("6", "let x = <~a ** 2"),
    ("6", "let x = typeof a ** 2"),
    ("8", "let a = 1 let b = 2"),
    ("8", "let l = [a; b]"),
    ("8", "let l = [a\n b]"),
    ("8", "let r = { a: 1; b: 2 }"),
    ("8", "let r = { a: 1\n b: 2 }"),
    ("8", "agent A { a: 1 b: 2 }"),
    ("8", "type T = { a: string b: string }"),
    ("8", "match x { 1 => a 2 => b }"),
    ("8", "uncertain if x { high -> a low -> b }"),
    ("9", "for (x; y) { }"),
    ("9", "for x { }"),
    ("9", "for x in xs max { } { }"),
    ("9", "let y = x !"),
    ("10", "let x = c ? a"),
    ("10", "let x = c ? a : b : d"),
    ("10", "let x = a |> f ? b : c"),
    ("10", "let x = a |> f + 1"),
    ("11", "agent \"A\" { }"),
    ("11", "pattern p q { }"),
    ("11", "type T { }"),
    ("11", "test name { }"),
    ("11", "uncertain x { }"),
    ("12", "pattern p { input { a: string }\n input { b: string } }"),
    ("12", "pattern p { let a = 1\n input { b: string } }"),
    ("12", "pattern p { budget calls }"),
    ("12", "pattern p { confidence 0.9 }"),
    ("12", "pattern p { output | string }"),
    ("13", "pattern p { input { a: string\n max_length(3) } }"),
    ("13", "pattern p { input { a: string max_length: 3 } }"),
    ("14", "if a return b"),
    ("14", "while a b = 1"),
    ("14", "for x in xs y = 1"),
    ("14", "for x in (xs) y = 1"),
    ("14", "if (a) + b"),
    ("14", "if (a) [b]"),
    ("15", "mock A \"a\" replies []"),
    ("15", "pattern p { mock A \"a\" replies [] }"),
    ("16", "let x = v as (A) -> B ? 1 : 2"),
    ("16", "let x = a == b => c == d == e"),
    ("17", "let a = 1, 2"),
    ("17", "match x { 1 => let a = 2, 3 => 4 }"),
    ("17", "assert a, b, c"),
    ("17", "let a b"),
    ("18", "let x = y ~@> (a, b, c)"),
    ("18", "let x = y ~@> (a, b) + 1"),
    ("18", "assert (a, b, c)"),
    ("19", "assert [a], b = c"),
    ("19", "assert = 1, 2"),
    ("20", "uncertain if x { high -> a } else { b }"),
    ("20", "switch (x) { case 1 => a }"),
    ("20", "in context { }"),
    ("N1", "let x = a\nin b"),
    ("N1", "let x = a\nas T"),
    ("N1", "let x = typeof a\ninstanceof B"),
    ("N1", "if c { }\ncatch e { }"),
    ("N2", "a\n++"),
    ("N2", "return\n|> f"),
];

/// The list with what is too long to be written down.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let deep = format!("let x = {}1{}", "(".repeat(DEPTH_LIMIT + 1), ")".repeat(DEPTH_LIMIT + 1));
    let chain = format!("let x = a{}", " + a".repeat(DEPTH_LIMIT + 1));
    let written = NEAR_MISSES.iter().map(|(number, text)| (*number, (*text).to_owned()));
    written.chain([("7", deep), ("7", chain)]).collect()
}

#[test]
fn near_misses_are_refused() {
    let accepted: Vec<String> = all()
        .iter()
        .filter(|(_, text)| parse(text).errors.is_empty())
        .map(|(number, text)| format!("{{{number}}} {text}"))
        .collect();
    assert!(accepted.is_empty(), "accepted:\n{}", accepted.join("\n"));
}
