//! Constructs that are read and not yet checked: each is named once in a declaration, and nothing follows from it.

use prism_check::NotYet;

use crate::table::{body, checked, expect, told};

#[test]
fn each_construct_in_a_body_is_named() {
    body(&[
        ("for x in input.xs { x }\nreturn 1", &[("P0123", 1, "`for` loops are read, but not yet checked")]),
        ("\nfor (let i = 0; i < 3; i++) { nothing() }", &[("P0123", 2, "`for` loops are")]),
        ("\nwhile (input.flag) { nothing() }", &[("P0123", 2, "`while` loops are")]),
        ("\ndo { nothing() } while (input.flag)", &[("P0123", 2, "`do … while` loops are")]),
        ("return match input.n { 1 => \"one\", _ => nothing }", &[("P0123", 1, "`match` is")]),
        ("switch (input.n) { case 1: return 1\ndefault: return 2 }", &[("P0123", 1, "`switch` is")]),
        ("try { nothing() } catch e { e }\nreturn 1", &[("P0123", 1, "`try` is")]),
        ("let a = 1\na = 2\nreturn a", &[("P0123", 2, "assignment to a variable is")]),
        ("let a = 1\na += 2\nreturn a", &[("P0123", 2, "assignment to a variable is")]),
        ("never_declared = 2\nreturn never_declared", &[("P0123", 1, "assignment to a variable is")]),
        ("let a = 1\na++\nreturn a", &[("P0123", 2, "counting with `++` and `--` is")]),
        ("let { text } = input\nreturn text", &[("P0123", 1, "taking values apart")]),
        ("let [first] = input.xs\nreturn first", &[("P0123", 1, "taking values apart")]),
        ("return input.xs.map(({ a }) => a)", &[("P0123", 1, "taking values apart")]),
        ("let f = (...xs) => xs\nreturn f(1)", &[("P0123", 1, "a rest parameter is")]),
        ("return input.n |> round", &[("P0123", 1, "the pipe operator is")]),
        ("return input.n ~|> round", &[("P0123", 1, "the pipe operator is")]),
        ("return input.n ~+ 1", &[("P0123", 1, "operators that begin with `~`")]),
        ("return input.n ~== 1", &[("P0123", 1, "operators that begin with `~`")]),
        ("return input.flag ~? 1 : 2", &[("P0123", 1, "operators that begin with `~`")]),
        ("return input.note ~?? \"none\"", &[("P0123", 1, "operators that begin with `~`")]),
        ("return input.n ~||> input.n", &[("P0123", 1, "operators that begin with `~`")]),
        ("return input~.text", &[("P0123", 1, "operators that begin with `~`")]),
        ("return typeof input.n", &[("P0123", 1, "`typeof` is")]),
        ("return input.n instanceof Number", &[("P0123", 1, "`instanceof` is")]),
        ("return input.n is int", &[("P0123", 1, "`is` is")]),
        ("return new Map()", &[("P0123", 1, "`new` is")]),
        ("return await Promise.all([1, 2])", &[("P0123", 1, "`Promise` is")]),
        ("return input.xs.map(function (x) { return x })", &[("P0123", 1, "a function without a name is")]),
        ("return { f(x) { return x } }", &[("P0123", 1, "a method in a record is")]),
        ("return input.xs?.[0]", &[("P0123", 1, "`?.` before `[` or `(` is")]),
        ("let f = (x) => x\nreturn f?.(0)", &[("P0123", 2, "`?.` before `[` or `(` is")]),
        ("fn f<T>(x: T) { return x }\nreturn f(1)", &[("P0123", 1, "type parameters are")]),
        ("type Local = int\nlet a: Local = 1\nreturn a", &[("P0123", 1, "a type inside a block is")]),
        ("assert input.flag\nreturn 1", &[("P0123", 1, "`assert` is")]),
    ]);
}

#[test]
fn each_construct_at_the_top_level_is_named() {
    expect(&[
        ("import { a } from \"./a\"", &[("P0123", 1, "`import` is")]),
        ("import b from \"./a\"\nimport * as c from \"./c\"", &[("P0123", 1, ""), ("P0123", 2, "")]),
        ("fn f() { return 1 }\nexport { f }", &[("P0123", 2, "`export` without a declaration")]),
        ("export * from \"./a\"", &[("P0123", 1, "`export` without a declaration")]),
        ("export default 5", &[("P0123", 1, "`export` without a declaration")]),
        ("test \"it works\" { assert nothing == 1 }", &[("P0123", 1, "`test` blocks are")]),
        ("type Box<T> = { value: T }", &[("P0123", 1, "type parameters are")]),
        ("fn f(...xs) { return xs }", &[("P0123", 1, "a rest parameter is")]),
        ("const { a, b } = { a: 1, b: 2 }", &[("P0123", 1, "taking values apart")]),
        ("const a = 1 |> round", &[("P0123", 1, "the pipe operator is")]),
        ("agent A { fn f({ a }: any) -> int }", &[("P0123", 1, "taking values apart")]),
        (
            "pattern p { input { n: int = 1 |> round } return input.n }",
            &[("P0123", 1, "the pipe operator is")],
        ),
    ]);
}

#[test]
fn a_construct_is_named_once_in_a_declaration_where_it_comes_first() {
    body(&[(
        "let a = 1\na = 2\na = 3\nfor x in [1] { a = x }\nfor x in [1] { break }\nreturn a",
        &[("P0123", 2, "assignment"), ("P0123", 4, "`for` loops")],
    )]);
    expect(&[(
        "pattern p { for x in [1] { x } }\npattern q { for x in [1] { x }\nwhile (true) { continue } }",
        &[("P0123", 1, "`for`"), ("P0123", 2, "`for`"), ("P0123", 3, "`while`")],
    )]);
}

#[test]
fn nothing_else_is_said_about_what_is_around_it_and_other_declarations_are_checked() {
    expect(&[
        (
            "pattern p { for x in xs { x }\nlet unused = 1\nreturn nothing - \"x\" }\npattern q {\nreturn nothing }",
            &[("P0123", 1, "`for`"), ("P0201", 5, "`nothing` is not declared")],
        ),
        (
            "fn f() { while (true) { nothing() } }\nfn g() { return 1 - \"x\" }",
            &[("P0123", 1, "`while`"), ("P0309", 2, "")],
        ),
    ]);
}

#[test]
fn what_it_declares_is_not_missed_elsewhere() {
    expect(&[
        (
            "import { helper, Shape as Form } from \"./a\"\nfn f(a: Form) { return helper(a) { b => b.c } }\npattern p {\nreturn f(1).anything - \"x\" }\npattern q { return lost }",
            &[("P0123", 1, "`import`"), ("P0201", 5, "`lost`")],
        ),
        (
            "import { Reader } from \"./a\"\npattern p { let readers = select(Reader, max: 2)\nreturn readers.map(r => r.read()) }",
            &[("P0123", 1, "`import`")],
        ),
        ("const [a] = [1]\nfn f() { return a - \"x\" }", &[("P0123", 1, "taking values apart")]),
        ("fn f(n: int) { n = 1\nreturn n }\nfn g() { return f(1, 2) }", &[("P0123", 1, "assignment")]),
        (
            "type Box<T> = { value: T }\ntype Two = Box<int>\nfn f(a: Two) { return a.b }",
            &[("P0123", 1, "type")],
        ),
        ("export limit = 5\nfn f() { return limit.a }", &[("P0123", 1, "`export`")]),
    ]);
}

#[test]
fn a_declaration_behind_export_is_a_declaration() {
    expect(&[
        ("export fn f() { return 1 }\nexport pattern p { return f() }\nexport type T = int", &[]),
        ("export const a = 1, b = 2\npattern p { return a + b }", &[]),
        ("export fn f() { return nothing }", &[("P0201", 1, "`nothing`")]),
        ("export fn f() { return 1 }\nfn f() { return 2 }", &[("P0202", 2, "`f` is declared twice")]),
    ]);
}

#[test]
fn async_and_await_mean_nothing() {
    body(&[
        ("let agents = select(Classifier, max: 1)\nreturn await agents.first()!.classify(input.text)", &[]),
        ("let a: string = await input.n\nreturn a", &[("P0301", 1, "")]),
        ("return parallel(select(Classifier, max: 3), async a => await a.classify(input.text))", &[]),
    ]);
    expect(&[(
        "async fn f(n: int) -> int { return await n }\npattern p { output int\nlet a = await f(1)\nreturn await a }",
        &[],
    )]);
}

#[test]
fn a_script_is_named_and_nothing_in_it_is_checked() {
    for (script, line) in [
        ("print(nothing)", 1),
        ("let a = nothing\nlet b = 1 - \"x\"\nreturn a", 3),
        ("import { a } from \"./a\"\nfor (const x of agentResults) { x }\n{ a: x }", 2),
        ("fn f() { return nothing }\nif (input.a) { return f() }", 2),
    ] {
        let found = told(script);
        assert_eq!(found.len(), 1, "{script}: {found:?}");
        assert_eq!((&*found[0].0, found[0].1), ("P0123", line), "{script}");
        assert!(found[0].2.starts_with("scripts are read"), "{script}: {found:?}");
        assert!(checked(script).0.script.is_some());
    }
    assert_eq!(told("const a = 1\nfn f() { return a }"), []);
    expect(&[("pattern p { return 1 }\nprint(1)", &[("P0209", 2, "")])]);
}

#[test]
fn patterns_that_need_such_a_construct_say_which() {
    let program = "fn f(n: int) { for x in [n] { x } }\nfn g(n: int) { return f(n) }\npattern p { return g(1) }\npattern q { return 1 }";
    let (checked, errors, _) = checked(program);
    assert_eq!(errors, []);
    let reason = checked.patterns["p"].not_yet.unwrap();
    assert_eq!((reason.construct, reason.span.start), (NotYet::For, 15));
    assert_eq!(checked.patterns["q"].not_yet, None);
    let mut names: Vec<&str> = checked.not_yet.keys().map(|name| &**name).collect();
    names.sort_unstable();
    assert_eq!(names, ["f", "g"]);
}

#[test]
fn what_a_syntax_error_may_have_made_is_not_named() {
    for (text, broken) in
        [("pattern p {\n  let a = = 1\n  for x in [1] { x }\n}", false), ("let a = = 1\nprint(a)", true)]
    {
        let parse = prism_syntax::parse(text);
        assert!(!parse.errors.is_empty());
        assert_eq!(prism_check::check(&parse.tree, broken).errors, [], "{text}");
    }
}
