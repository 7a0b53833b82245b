use crate::table::{body, expect};

#[test]
fn arguments_of_functions() {
    expect(&[
        ("fn f(a: int, b: string) { return b }\npattern p { return f(b: \"x\", a: 1) }", &[]),
        ("fn f(a: int, b: string) { return b }\npattern p { return f(b: \"x\", 1) }", &[]),
        (
            "fn f(a: int, b: string) { return b }\npattern p { return f(1) }",
            &[("P0303", 2, "`f` needs the argument `b`")],
        ),
        (
            "fn f(a: int) { return a }\npattern p { return f(1, 2, 3) }",
            &[("P0304", 2, "takes 1 argument, but 3")],
        ),
        ("fn f(a: int) { return a }\npattern p { return f(1, a: 2) }", &[("P0305", 2, "twice")]),
        (
            "fn f(amount: int) { return amount }\npattern p { return f(amuont: 2) }",
            &[("P0302", 2, "no argument `amuont`")],
        ),
        (
            "fn f(amount: int) { return amount }\npattern p { return f(zz: 2) }",
            &[("P0302", 2, "no argument `zz`")],
        ),
        (
            "fn f(a: int) { return a }\npattern p { return f(\"x\") }",
            &[("P0301", 2, "the argument `a` of `f` wants `int`")],
        ),
        (
            "fn f(a: { x: int }) { return a.x }\npattern p { return f({ x: \"y\" }) }",
            &[("P0301", 2, "the field `x` wants `int`")],
        ),
        (
            "fn f(a: { x: int }) { return a.x }\npattern p { return f({ y: 1 }) }",
            &[("P0308", 2, "no field `y`")],
        ),
        ("fn f(a: int = 1, b?: string) { return b ?? a }\npattern p { return f() }", &[]),
        (
            "fn f(a: int = \"x\") { return a }\npattern p { return f() }",
            &[("P0301", 1, "the default of `a` wants `int`")],
        ),
        ("fn f(g: (int) -> int) { return g(1) }\npattern p { return f(x => x + 1) }", &[]),
        (
            "fn f(g: (int) -> int) { return g(\"x\") }\npattern p { return f(x => x + 1) }",
            &[("P0301", 1, "wants `int`")],
        ),
        (
            "fn f(g: (int) -> int) { return g() }\npattern p { return f(x => x) }",
            &[("P0303", 1, "`g` needs the argument `1`")],
        ),
        (
            "fn f(g: (int) -> int) { return g(1, 2) }\npattern p { return f(x => x) }",
            &[("P0304", 1, "takes 1 argument")],
        ),
        (
            "fn f(g: (int) -> int) { return g(x: 1) }\npattern p { return f(x => x) }",
            &[("P0302", 1, "have no names")],
        ),
        ("fn f() -> int { return \"x\" }", &[("P0301", 1, "the result of `f` wants `int`")]),
        ("fn f() -> int { if true { return 1 } }", &[("P0310", 1, "`f` can end without a result")]),
        ("fn f() -> int { 1 }", &[]),
        ("fn f() -> int { return f() }", &[("P0316", 1, "`f` calls itself")]),
        ("fn f() { return g() }\nfn g() { return f() }", &[("P0316", 2, "`f` calls itself")]),
        ("const a = 5\npattern p { return a() }", &[("P0306", 2, "`5` cannot be called")]),
    ]);
}

#[test]
fn callbacks_and_methods_of_values() {
    body(&[
        ("return input.xs.map(x => x + 1).filter(x => x > 1).sum()", &[]),
        ("return input.xs.map((x, i, more) => x)", &[]),
        ("return input.xs.map()", &[("P0303", 1, "`map` needs the argument `callback`")]),
        ("return input.xs.map(5)", &[("P0306", 1, "`5` cannot be called")]),
        (
            "return input.xs.map((x: string) => x)",
            &[("P0301", 1, "the parameter of the callback of `map` wants `string`")],
        ),
        ("return input.xs.mapp(x => x)", &[("P0204", 1, "has no `mapp`")]),
        ("return input.n.map(x => x)", &[("P0204", 1, "`number` has no `map`")]),
        ("return input.text.push(1)", &[("P0204", 1, "`string` has no `push`")]),
        ("return input.text.split(5)", &[("P0301", 1, "the argument `separator` of `split`")]),
        ("return input.text.trim(1)", &[("P0304", 1, "takes no argument")]),
        ("return input.xs.reduce((a, x) => a + x, missing)", &[("P0201", 1, "`missing`")]),
        ("return input.xs.reduce((a, x) => a.push(x), [])", &[]),
        ("return input.xs.map(String).join(\", \")", &[]),
        ("let f = round\nreturn f(1.5)", &[]),
        ("let i: int = round(1.5)\nreturn i", &[]),
        ("let i: int = round(1.5, 1)\nreturn i", &[("P0301", 1, "`i` wants `int`")]),
        ("return round(1.234, 2) + clamp(5, 0, 1)", &[]),
        ("return round(\"x\")", &[("P0301", 1, "the argument `value` of `round`")]),
        ("return input.text.length()", &[("P0306", 1, "cannot be called")]),
        ("return input.xs.map(x => missing)", &[("P0201", 1, "`missing`")]),
        ("return input.xs.filter(x => x.y)", &[("P0204", 1, "`int` has no `y`")]),
        ("return { a: 1 }.keys().concat({ b: 2 }.values().map(String))", &[]),
        ("return input.text.includes(5)", &[("P0301", 1, "")]),
        ("return input.text.starts_with(\"x\") && input.text.toLowerCase() == \"y\"", &[]),
    ]);
}

#[test]
fn methods_of_agents() {
    body(&[
        ("let a = select(Classifier, max: 1).first()!\nreturn a.classify(input.text)", &[]),
        (
            "let a = select(Classifier, max: 1).first()\nreturn a.classify(input.text)",
            &[("P0317", 2, "`a` may be null")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.clasify(input.text)",
            &[("P0204", 2, "has no `clasify`")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.classify()",
            &[("P0303", 2, "`classify` needs the argument `text`")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.classify(txt: input.text)",
            &[("P0302", 2, "no argument `txt`")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.classify(5)",
            &[("P0301", 2, "the argument `text` of `classify`")],
        ),
        ("let a = select(Classifier, max: 1).first()!\nreturn a.rate(input.text)", &[]),
        ("let a = select(Classifier, max: 1).first()!\nreturn a.explain(a.classify(input.text))", &[]),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.explain(\"bgu\")",
            &[("P0312", 2, "\"bgu\"")],
        ),
        (
            "let a = select(Classifier, max: 1)\nlet notes = parallel(a) { x => x.explain(\"bug\") }\nreturn a.first()!.sum_up(notes)",
            &[],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.analyze(\"Sum it up\", input.text, timeout: 5s)",
            &[],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.analyze()",
            &[("P0303", 2, "`analyze` needs the argument `task`")],
        ),
        ("let a = select(max: 1).first()!\nreturn a.analyze(\"x\")", &[]),
        (
            "let a = select(max: 1).first()!\nreturn a.classify(\"x\")",
            &[("P0204", 2, "`Agent` has no `classify`")],
        ),
        ("let a = select(Classifer, max: 1)\nreturn a.length", &[("P0201", 1, "`Classifer`")]),
        (
            "let a = select(input.text, max: 1)\nreturn a.length",
            &[("P0301", 1, "the argument `contract` of `select`")],
        ),
        ("let c = Classifier\nreturn select(c, max: 1).length", &[("P0301", 1, "`Classifier` is no value")]),
        ("let c = parallel\nreturn c", &[("P0301", 1, "`parallel` is no value")]),
        ("return Classifier.classify(\"x\")", &[("P0301", 1, "`Classifier` is no value")]),
    ]);
}
