//! Names of the libraries that are not checked yet, and what only types and scopes show to be such a construct.

use prism_check::{NotYet, Owner};

use crate::table::{body, checked, expect, told};

#[test]
fn names_of_primitives_functions_and_injected_values_are_named() {
    body(&[
        ("return Math.min(1, 2)", &[("P0123", 1, "`Math` is read, but not yet checked")]),
        ("return Object.entries(input)", &[("P0123", 1, "`Object` is")]),
        ("return JSON.stringify(input)", &[("P0123", 1, "`JSON` is")]),
        ("return Array.isArray(input.xs)", &[("P0123", 1, "`Array` is")]),
        ("return Date.now()", &[("P0123", 1, "`Date` is")]),
        ("return { at: now(), id: uuid() }", &[("P0123", 1, "`now` is"), ("P0123", 1, "`uuid` is")]),
        ("return random()", &[("P0123", 1, "`random` is")]),
        ("return parse_int(input.text)", &[("P0123", 1, "`parse_int` is")]),
        ("return Infinity", &[("P0123", 1, "`Infinity` is")]),
        (
            "console.log(1)\nlog.info(2)\nprint(3)",
            &[("P0123", 1, "`console`"), ("P0123", 2, "`log`"), ("P0123", 3, "`print`")],
        ),
        (
            "return race(select(Classifier, max: 2)) { a => a.classify(input.text) }",
            &[("P0123", 1, "`race` is")],
        ),
        ("return consensus([1 ~> 0.9], threshold: 0.6)", &[("P0123", 1, "`consensus` is")]),
        (
            "sleep(1h)\nreturn wait_for(\"signal\")",
            &[("P0123", 1, "`sleep` is"), ("P0123", 2, "`wait_for` is")],
        ),
        (
            "return saga { step(\"a\", undo: b => 1) { 2 } }",
            &[("P0123", 1, "`saga` is"), ("P0123", 1, "`step` is")],
        ),
        ("return state.get(\"key\")", &[("P0123", 1, "`state` is")]),
        ("return agentResults.map(r => r.result)", &[("P0123", 1, "`agentResults` is")]),
        (
            "return { agents, agentCount, workspace, parallax }",
            &[
                ("P0123", 1, "`agents` is"),
                ("P0123", 1, "`agentCount` is"),
                ("P0123", 1, "`workspace` is"),
                ("P0123", 1, "`parallax` is"),
            ],
        ),
    ]);
    expect(&[
        ("const limit = Math.PI", &[("P0123", 1, "`Math`")]),
        ("agent A { fn f(a: any = JSON.parse(\"1\")) -> int }", &[("P0123", 1, "`JSON`")]),
    ]);
}

#[test]
fn a_name_is_named_once_in_a_declaration_beside_other_constructs() {
    body(&[
        ("let a = Math.min(1, 2)\nreturn Math.max(a, 1)", &[("P0123", 1, "`Math` is")]),
        (
            "for x in [1] { print(x) }\nreturn Math.max(1, 2)",
            &[("P0123", 1, "`for` loops"), ("P0123", 1, "`print`"), ("P0123", 2, "`Math`")],
        ),
        (
            "try { 1 } catch e { return e instanceof Error }\nreturn new Set()",
            &[("P0123", 1, "`try`"), ("P0123", 1, "`instanceof`"), ("P0123", 2, "`new`")],
        ),
    ]);
    expect(&[(
        "fn f() { return Math.PI }\nfn g() { return f() - \"x\" }\nfn h() { return Math.E - \"x\" }\nfn i() { return 1 - \"x\" }",
        &[("P0123", 1, "`Math`"), ("P0123", 3, "`Math`"), ("P0309", 4, "")],
    )]);
}

#[test]
fn what_the_file_declares_under_such_a_name_is_meant() {
    expect(&[
        (
            "fn race(n: int) { return n }\npattern p { return race(\"x\") }",
            &[("P0301", 2, "the argument `n` of `race`")],
        ),
        ("const Math = { pi: 3 }\npattern p { return Math.pi + Math.e }", &[("P0204", 2, "has no `e`")]),
        ("fn f(cache: int, log: int) { return cache + log }", &[]),
        ("fn f() { let agents = [1]\nlet state = 2\nreturn agents.map(step => step + state) }", &[]),
        ("fn f() { fn best(n: int) { return n }\nreturn best(1) }", &[]),
        // A loop keeps the whole from being checked; its names are those of variables all the same.
        ("fn f() { for step in [1] { step } }", &[("P0123", 1, "`for`")]),
        ("fn f() { for i, plan in [1] { plan } }", &[("P0123", 1, "`for`")]),
        ("fn f() { try { 1 } catch signal { signal } }", &[("P0123", 1, "`try`")]),
        (
            "fn f(x) { return match x { { state } => state, [a, ...best] => best, _ => 1 } }",
            &[("P0123", 1, "`match`")],
        ),
        ("fn f() { state = 2\nreturn state }", &[("P0123", 1, "assignment")]),
        ("import { race } from \"./a\"\nfn f() { return race([]) }", &[("P0123", 1, "`import`")]),
    ]);
    // Where it is out of scope, the library is meant.
    body(&[("if input.flag { let race = 1\nreturn race }\nreturn race([])", &[("P0123", 3, "`race` is")])]);
}

#[test]
fn methods_are_named_with_what_has_them() {
    body(&[
        (
            "return input.xs.sort()",
            &[("P0123", 1, "the method `sort` of lists is read, but not yet checked")],
        ),
        ("return input.xs.flatMap(x => [x])", &[("P0123", 1, "the method `flatMap` of lists is")]),
        ("return input.xs.flat_map(x => [x])", &[("P0123", 1, "the method `flat_map` of lists is")]),
        (
            "return input.text.replaceAll(\"a\", \"b\")",
            &[("P0123", 1, "the method `replaceAll` of texts is")],
        ),
        ("return \"a\".repeat(3)", &[("P0123", 1, "the method `repeat` of texts is")]),
        ("return input.label.charAt(0)", &[("P0123", 1, "the method `charAt` of texts is")]),
        ("return { a: 1 }.entries()", &[("P0123", 1, "the method `entries` of records is")]),
        ("return input.xs.sort() - \"x\"", &[("P0123", 1, "the method `sort`")]),
        ("return input.xs.map(x => x + 1).sort().map(x => x - \"x\")", &[("P0123", 1, "the method `sort`")]),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.stream(input.text) { part => part }",
            &[("P0123", 2, "the method `stream` of agents is")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.historicalConfidence",
            &[("P0123", 2, "the field `historicalConfidence` of agents is")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!.classify(input.text)\nreturn a.reasoning",
            &[("P0123", 2, "the field `reasoning` of answers is")],
        ),
        ("return input.xs.sort", &[("P0204", 1, "`sort` is a method")]),
        ("return { sort: (n: int) => n }.sort(1)", &[]),
    ]);
    expect(&[
        ("fn f(a: map<int>) { return a.entries() }", &[("P0123", 1, "the method `entries` of records")]),
        ("fn f(a: map<int>) { return a.keys().map(key => key + \"!\") }", &[]),
    ]);
    expect(&[(
        "fn f(xs: int[]) { return xs.sort() }\nfn g() { return f([1], 2) }\npattern p { return g() }\npattern q {\nreturn nothing }",
        &[("P0123", 1, "the method `sort`"), ("P0201", 5, "`nothing`")],
    )]);
}

#[test]
fn what_no_library_has_stays_a_mistake() {
    body(&[
        ("return mathematics", &[("P0201", 1, "`mathematics` is not declared")]),
        ("return input.xs.sorted()", &[("P0204", 1, "has no `sorted`")]),
        ("return input.n.sort()", &[("P0204", 1, "has no `sort`")]),
        ("return input.text.flatMap(x => x)", &[("P0204", 1, "has no `flatMap`")]),
    ]);
}

#[test]
fn a_method_of_what_may_be_anything_is_no_mistake() {
    expect(&[
        ("fn f(a) { return a.anything(1).sort().replaceAll(2).b.entries() }", &[]),
        ("fn f(a) { return a.has(1) }", &[]),
        ("fn f(a) { return a.includes(1) || a.concat([2]).includes(\"x\") }", &[]),
    ]);
}

#[test]
fn calls_behind_a_question_mark_spread_arguments_constraints_and_votes_are_named() {
    body(&[
        ("return input.note?.trim()", &[("P0123", 1, "a call of a method after `?.` is")]),
        ("return input.note?.replaceAll(\"a\", \"b\")", &[("P0123", 1, "a call of a method after `?.` is")]),
        ("return input.note?.length", &[]),
    ]);
    expect(&[
        (
            "const how = \"borda\"\npattern p { return vote([1 ~> 0.9], method: how) }",
            &[("P0123", 2, "`vote` with the method `\"borda\"` is")],
        ),
        ("pattern p { return vote([1 ~> 0.9], method: \"bordo\") }", &[("P0312", 1, "\"bordo\" is none of")]),
        (
            "fn f(a: int) { return a }\npattern p { return f(...[1]) }",
            &[("P0123", 2, "`...` in the arguments of a call is")],
        ),
        ("fn f(a) { return a(...[1]) }", &[("P0123", 1, "`...` in the arguments of a call is")]),
        (
            "pattern p { input { a: string matches(\"x\") } return input.a }",
            &[("P0123", 1, "the constraint `matches` is")],
        ),
        (
            "pattern p { input { a: string secret, b: string secret, c: int[] unique } return nothing }",
            &[("P0123", 1, "the constraint `secret`"), ("P0123", 1, "the constraint `unique`")],
        ),
    ]);
}

#[test]
fn a_default_that_names_what_is_around_it_is_named() {
    expect(&[
        (
            "fn f(one: string, many = one + \"s\") { return many }\npattern p { return f(\"a\", 1, 2) }",
            &[("P0123", 1, "a default that names a parameter or variable is")],
        ),
        (
            "const one = \"a\"\nfn f(one: string, many = one) { return many }",
            &[("P0123", 2, "a default that names")],
        ),
        ("fn f(n: int) { return (m = n) => m }", &[("P0123", 1, "a default that names")]),
        ("fn f(n: int, g = (m = n) => m) { return g }", &[("P0123", 1, "a default that names")]),
        ("agent A { fn f(a: int, b: int = a) -> int }", &[("P0123", 1, "a default that names")]),
        ("const two = 2\nfn f(n: int, m = two, g = n => n) { return m }", &[]),
        ("fn f(many = one, one = 1) { return many }", &[("P0201", 1, "`one` is not declared")]),
    ]);
}

#[test]
fn patterns_that_need_a_library_say_what() {
    let program =
        "fn f(xs: int[]) { return xs.sort() }\npattern p { return f([2, 1]) }\npattern q { return 1 }";
    let (checked, errors, _) = checked(program);
    assert_eq!(errors, []);
    let reason = checked.patterns["p"].not_yet.unwrap();
    assert_eq!(reason.construct, NotYet::Method { owner: Owner::List, name: "sort" });
    assert_eq!(reason.span.start as usize, program.find("sort").unwrap());
    assert_eq!(checked.patterns["q"].not_yet, None);
    assert_eq!(told(program).len(), 1);
}

#[test]
fn a_broken_file_may_have_lost_what_it_declares() {
    let parse = prism_syntax::parse("fn race(n: = 1\npattern p { return race(1) }");
    assert!(!parse.errors.is_empty());
    let errors = prism_check::check(&parse.tree, true).errors;
    assert_eq!(errors, []);
}
