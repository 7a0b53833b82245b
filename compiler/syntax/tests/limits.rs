//! Depth, size and number of mistakes have limits, and passing one of them is a single diagnostic.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::{Duration, Instant};

use prism_syntax::{DEPTH_LIMIT, ERROR_LIMIT, LENGTH_LIMIT, Parse, SyntaxError, TOKEN_LIMIT, parse};

/// Deeper than any limit, and than any stack without one.
const MANY: usize = 20_000;

fn timed(text: &str) -> Parse {
    let start = Instant::now();
    let parse = parse(text);
    let head: String = text.chars().take(30).collect();
    assert!(start.elapsed() < Duration::from_secs(10), "{head}: {:?}", start.elapsed());
    parse
}

fn only_too_deep(text: &str) {
    let parse = timed(text);
    let head: String = text.chars().take(30).collect();
    assert!(matches!(parse.errors.as_slice(), [SyntaxError::TooDeep { .. }]), "{head}: {:?}", parse.errors);
}

/// Something that is repeated around a core, with brackets that pair.
fn nested(before: &str, open: &str, core: &str, close: &str) -> String {
    format!("{before}{}{core}{}", open.repeat(MANY), close.repeat(MANY))
}

#[test]
fn brackets_that_are_not_closed() {
    for open in [
        "(",
        "[",
        "{",
        "({",
        "\"${",
        "`${",
        "f(",
        "[{a:",
        "match a { 1 => ",
        "x => {\n",
        "fn f() {\n",
        "if a {\n",
    ] {
        only_too_deep(&open.repeat(MANY));
    }
}

#[test]
fn nested_expressions() {
    for (open, core, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{ a: ", "1", " }"),
        ("{ ...", "a", " }"),
        ("{ [", "a", "]: 1 }"),
        ("f(", "1", ")"),
        ("f(a: ", "1", ")"),
        ("f { ", "1", " }"),
        ("f { x => ", "1", " }"),
        ("a[", "0", "]"),
        ("a?.[", "0", "]"),
        ("a?.(", "0", ")"),
        ("`${", "1", "}`"),
        ("\"a ${", "1", "} b\""),
        ("x => ", "1", ""),
        ("async x => ", "1", ""),
        ("(a, b) => ", "1", ""),
        ("() => { ", "1", " }"),
        ("(a = ", "1", ") => a"),
        ("function (x) { return ", "1", " }"),
        ("do { ", "1", " }"),
        ("if a { ", "1", " }"),
        ("if a {} else { ", "1", " }"),
        ("if a {} else ", "b", ""),
        ("if (a) ", "b", ""),
        ("uncertain if a { high { ", "1", " } }"),
        ("match a { _ => ", "1", "\n}"),
        ("match a { _ => { ", "1", " } }"),
        ("match ", "a", " { _ => 1 }"),
        ("match a { _ if ", "b", " => 1 }"),
        ("new A(", "1", ")"),
        ("a ? b : ", "c", ""),
        ("a ? ", "b", " : c"),
        ("a ~? b : ", "c", ""),
        ("a ** ", "b", ""),
        ("a ~@> (0.5, ", "b", ")"),
    ] {
        only_too_deep(&nested("let x = ", open, core, close));
    }
}

#[test]
fn operators_before_an_operand() {
    for operator in ["!", "- ", "+ ", "~ ", "<~ ", "typeof ", "await ", "!-"] {
        only_too_deep(&format!("let x = {}a", operator.repeat(MANY)));
    }
}

#[test]
fn chains() {
    const LONG: usize = 100_000;
    for link in [".a", "?.a", "~.a", "()", "[0]", "?.[0]", "?.()", " as T", "!"] {
        only_too_deep(&format!("let x = a{}", link.repeat(LONG)));
    }
    for link in [
        " + a", " * a", " && a", " || a", " ?? a", " ~+ a", " ~&& a", " ~??  a", " ~||> a", " |> a",
        " |> a(1)", "\n  .a()", "\n  |> a",
    ] {
        only_too_deep(&format!("let x = a{}", link.repeat(LONG)));
    }
}

#[test]
fn nested_statements() {
    for (open, close) in [
        ("{ let a = 1\n", "}"),
        ("if a {\n", "}"),
        ("for x in xs {\n", "}"),
        ("for (let i = 0; i < 1; i++) {\n", "}"),
        ("for (x of xs) ", ""),
        ("while a {\n", "}"),
        ("while (a) ", ""),
        ("do {\n", "} while a"),
        ("try {\n", "} catch {}"),
        ("try {} catch e {\n", "}"),
        ("try {} finally {\n", "}"),
        ("fn f() {\n", "}"),
        ("switch (a) { case 1:\n", "}"),
    ] {
        only_too_deep(&nested("", open, "b()\n", close));
    }
}

#[test]
fn long_else_chains() {
    const LONG: usize = 10_000;
    only_too_deep(&format!("if a {{ b() }}{}", " else if a { b() }".repeat(LONG)));
    only_too_deep(&format!("if a {{ b() }}{}", "\nelse if a { b() }".repeat(LONG)));
    only_too_deep(&format!("if (a) b(){}", "\nelse if (a) b()".repeat(LONG)));
}

#[test]
fn nested_types() {
    for (open, core, close) in [
        ("~", "a", ""),
        ("(", "a", ")"),
        ("map<", "a", ">"),
        ("{ a: ", "b", " }"),
        ("(a) -> ", "b", ""),
        ("(", "a", ") -> b"),
        ("", "a", "[]"),
        ("", "a", " ?"),
    ] {
        only_too_deep(&nested("type T = ", open, core, close));
        only_too_deep(&format!("fn f(x: {}) {{ }}", nested("", open, core, close)));
    }
}

#[test]
fn nested_targets_and_match_patterns() {
    for (open, core, close) in [("{ a: ", "b", " }"), ("[", "a", "]")] {
        only_too_deep(&format!("let {} = c", nested("", open, core, close)));
        only_too_deep(&format!("{} = c", nested("", open, core, close)));
        only_too_deep(&format!("fn f({}) {{ }}", nested("", open, core, close)));
        only_too_deep(&format!("for {} in xs {{ }}", nested("", open, core, close)));
        only_too_deep(&format!("match c {{ {} => 1 }}", nested("", open, core, close)));
    }
}

#[test]
fn what_lies_within_the_limit_is_taken() {
    let depth = DEPTH_LIMIT / 2;
    let text = format!("let x = {}1{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(parse(&text).errors, Vec::new());
    let text = format!("let x = a{}", " + a".repeat(DEPTH_LIMIT - 2));
    assert_eq!(parse(&text).errors, Vec::new());
    let text = format!("if a {{ b() }}{}", " else if a { b() }".repeat(depth - 1));
    assert_eq!(parse(&text).errors, Vec::new());
}

#[test]
fn what_is_long_and_not_deep_is_taken() {
    const LONG: usize = 20_000;
    for (open, element, close) in [
        ("let a = [", "1, ", "]"),
        ("let a = { ", "b: 1, ", "}"),
        ("f(", "a, ", ")"),
        ("let a = `", "${b} ", "`"),
        ("fn f(", "a, ", ") { }"),
        ("let [", "a, ", "] = b"),
        ("match a { ", "1 => 2, ", "}"),
        ("match a { 1", " | 1", " => 2 }"),
        ("type T = a", " | a", ""),
        ("type T = { ", "a: b, ", "}"),
        ("switch (a) { ", "case 1: b(); break\n", "}"),
        ("let a = 1", ", b = 2", ""),
        ("import { ", "a, ", "} from \"b\""),
        ("pattern p { input { ", "a: b\n", "} }"),
        ("agent A { ", "a: 1\n", "}"),
        ("", "f(x)\n", ""),
        ("", "pattern p { }\n", ""),
    ] {
        let text = format!("{open}{}{close}", element.repeat(LONG));
        let parse = timed(&text);
        assert_eq!(parse.errors, Vec::new(), "{open}{element}{close}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let text = " ".repeat(LENGTH_LIMIT + 1);
    assert!(matches!(parse(&text).errors.as_slice(), [SyntaxError::FileTooLarge { .. }]));
    let text = "(".repeat(LENGTH_LIMIT + 1);
    assert!(matches!(parse(&text).errors.as_slice(), [SyntaxError::FileTooLarge { .. }]));
}

#[test]
fn a_flood_of_mistakes_is_cut() {
    let parse = parse(&"let = 1\n".repeat(500));
    assert_eq!(parse.errors.len(), ERROR_LIMIT + 1);
    assert!(matches!(parse.errors.last(), Some(SyntaxError::TooManyProblems { hidden: 450, .. })));
}

/// Garbage takes time in proportion to its length, however its brackets and quotes lie.
#[test]
fn garbage_takes_linear_time() {
    const LENGTH: usize = 400_000;
    for piece in [
        ")",
        "}\n",
        " }\n",
        "[)",
        "@ ",
        "\"\n",
        "let = 1\n",
        "a b ",
        "a b\n",
        "${",
        "`",
        "`${`",
        "x\n  }\n",
        "f(a\nb)\n",
        "  (]\n",
        "[1 2",
        "a:1\n",
        "{a b ",
        "match a {",
        "if a\n",
        ",,",
        "?",
        "x => ",
        "{ ]\n",
        "( }",
        "(a,)x ",
        "if { ",
        "type T = a |\nagent x\n",
        "a.\nlet c = 1\n",
        "\\",
        "f(\n  a\n",
    ] {
        let parse = timed(&piece.repeat(LENGTH / piece.len()));
        assert!(!parse.errors.is_empty() && parse.errors.len() <= ERROR_LIMIT + 1, "{piece:?}");
    }
}

#[test]
fn a_text_of_too_many_tokens_is_refused_at_the_first_one_too_many() {
    let text = ";".repeat(TOKEN_LIMIT + 2);
    let errors = parse(&text).errors;
    let [SyntaxError::TooManyTokens { span }] = errors.as_slice() else { panic!("{} errors", errors.len()) };
    assert_eq!(span.start as usize, TOKEN_LIMIT);
    assert!(parse(&text[..TOKEN_LIMIT]).errors.is_empty());
}
