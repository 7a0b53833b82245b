use crate::table::{body, expect};

#[test]
fn names_have_to_be_declared() {
    body(&[
        ("return missing", &[("P0201", 1, "`missing` is not declared")]),
        ("let text = input.text\nreturn txet", &[("P0701", 1, "nothing reads"), ("P0201", 2, "`txet`")]),
        ("return inputs", &[("P0201", 1, "`inputs`")]),
        ("return paralel([1])", &[("P0201", 1, "`paralel`")]),
        ("let a = b\nlet b = 1\nreturn a", &[("P0210", 1, "`b` is used before"), ("P0701", 2, "`b`")]),
        ("let f = x => f(x)\nreturn f(1)", &[("P0210", 1, "`f` is used before")]),
        ("fn g(k) { return g(k - 1) }\nreturn g(3)", &[("P0316", 1, "`g` calls itself")]),
        ("let a = h(1)\nfn h(k) { return k }\nreturn a", &[("P0210", 1, "`h` is used before")]),
        ("let a = 1\n{ let b = a\n}\nreturn b", &[("P0701", 2, "`b`"), ("P0201", 4, "`b` is not declared")]),
        ("let a = 1\n{ let a = 2\nreturn a }", &[("P0701", 1, "`a`")]),
        ("let a = 1\nlet a = 2\nreturn a", &[("P0202", 2, "`a` is declared twice")]),
        ("let f = (a, a) => a\nreturn f(1, 2)", &[("P0202", 1, "`a` is declared twice")]),
        ("let f = (_, _) => 1\nreturn f(1, 2)", &[]),
        ("let _kept = 1\nreturn 2", &[]),
        ("let kept = 1\nreturn 2", &[("P0701", 1, "nothing reads `kept`")]),
        ("fn f(a) { let a = 1\nreturn a }\nreturn f(1)", &[("P0202", 1, "`a` is declared twice")]),
        ("let select = 3\nreturn select", &[]),
        ("let round = x => x\nreturn round(1)", &[]),
        ("let input = { text: \"a\" }\nreturn input.text", &[]),
        ("let string = 1\nlet Label = 2\nreturn string + Label", &[]),
        ("let Classifier = 1\nreturn Classifier", &[]),
    ]);
}

#[test]
fn the_top_level_declares_each_name_once() {
    expect(&[
        ("fn f() { return 1 }\nfn f() { return 2 }", &[("P0202", 2, "`f` is declared twice")]),
        ("fn Classifier() { return 1 }", &[("P0202", 3, "`Classifier` is declared twice")]),
        ("const f = 1\nfn f() { return 2 }", &[("P0202", 2, "`f` is declared twice")]),
        ("pattern p { return 1 }\npattern p { return 2 }", &[("P0202", 2, "`p` is declared twice")]),
        ("pattern p { return f() }\nfn p() { return 1 }\nfn f() { return p() }", &[]),
        ("type A = int\ntype A = string", &[("P0202", 2, "`A` is declared twice")]),
        ("type string = int", &[("P0202", 1, "`string` is a built-in type")]),
        ("pattern p { return 1 }\nprint(1)", &[("P0209", 2, "outside of every pattern")]),
        ("fn select() { return 1 }\npattern p { return select() }", &[]),
        ("fn round(x) { return x }\npattern p { return round(1) }", &[]),
    ]);
}

#[test]
fn constants_are_pure_and_checked() {
    expect(&[
        ("const a = b\nconst b = [c, c]\nconst c = 2\npattern p { return a }", &[]),
        ("const a = b\nconst b = a", &[("P0210", 1, "`a` is used before")]),
        ("const a = missing\npattern p { return a + a }", &[("P0201", 1, "`missing`")]),
        ("const a: string = 5\npattern p { return a.length }", &[("P0301", 1, "`a` wants `string`")]),
        ("const a = select(Classifier, max: 1)", &[("P0314", 1, "the constant `a` must not call agents")]),
        ("const a = input", &[("P0201", 1, "`input` is not declared")]),
        ("const twice = x => x * 2\npattern p { return twice(2) }", &[]),
        ("const most = 8\npattern p { budget { calls: most, time: wait } return 1 }\nconst wait = 5s", &[]),
        ("pattern p { budget { calls: mots } return 1 }\nconst most = 8", &[("P0201", 1, "`mots`")]),
        ("const most = 10\npattern p { input { text: string max_length(most) } return input.text }", &[]),
        ("const wait = 5s\nagent A { timeout: wait\nfn f() -> int }", &[]),
        (
            "const price = 5s\nagent A { cost: price\nfn f() -> int }",
            &[("P0311", 2, "`cost` wants a sum of money")],
        ),
        ("const skills = [\"a\", b]\nconst b = \"b\"\nagent A { capabilities: skills\nfn f() -> int }", &[]),
        ("const what = \"Label it\"\nagent A { fn f(text: string) -> int \"${what}: ${text}\" }", &[]),
        ("agent A { fn f(text: string) -> int \"${txet}\" }", &[("P0201", 1, "`txet`")]),
    ]);
}
