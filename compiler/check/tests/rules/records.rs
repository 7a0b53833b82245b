use crate::table::{body, expect};

#[test]
fn fields_are_there() {
    body(&[
        ("return input.txet", &[("P0204", 1, "has no `txet`")]),
        ("return { a: 1 }.b", &[("P0204", 1, "`{ a: 1 }` has no `b`")]),
        ("let r = { a: 1, a: 2 }\nreturn r", &[("P0202", 1, "`a` is declared twice")]),
        ("let r = { a: 1, ...{ a: \"x\" } }\nlet s: string = r.a\nreturn s", &[]),
        ("let r = { ...{ a: \"x\" }, a: 1 }\nlet s: int = r.a\nreturn s", &[]),
        ("let r = { a: 1, ...5 }\nreturn r", &[("P0301", 1, "`...` in a record wants")]),
        ("let r = { a: 1, ...null }\nreturn r.a", &[]),
        ("let r = { [input.flag]: 1 }\nreturn r", &[("P0301", 1, "a key of a record wants")]),
        ("let r = { [input.text]: 1 }\nreturn r.anything", &[]),
        ("let text = input.text\nlet r = { text, n: 1 }\nreturn r.text.length", &[]),
        ("let r = { \"a b\": 1 }\nreturn r[\"a b\"] + 1", &[]),
        ("return input.xs.lenght", &[("P0204", 1, "has no `lenght`")]),
        ("return input.xs.map", &[("P0204", 1, "`map` is a method of `int[]`, and not called")]),
        ("let a = select(Classifier, max: 1)\nreturn a.map(x => x.name)", &[]),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn a.classify",
            &[("P0204", 2, "`classify` is a method")],
        ),
        ("return input.note.length", &[("P0317", 1, "`input.note` may be null")]),
        ("return input.note?.length", &[]),
        ("return (input.flag ? { a: 1, b: 2 } : { a: \"x\" }).a", &[]),
        ("return (input.flag ? { a: 1, b: 2 } : { a: \"x\" }).b", &[("P0204", 1, "has no `b`")]),
    ]);
}

#[test]
fn outputs_take_what_they_say() {
    let _ = expect;
    expect(&[
        ("pattern p { output { a: int, b?: string }\nreturn { a: 1 } }", &[]),
        (
            "pattern p { output { a: int, b?: string }\nreturn { b: \"x\" } }",
            &[("P0307", 2, "wants the field `a`")],
        ),
        ("pattern p { output { a: int }\nreturn { a: 1, c: 2 } }", &[("P0308", 2, "has no field `c`")]),
        (
            "pattern p { output { a: int }\nreturn { a: \"x\" } }",
            &[("P0301", 2, "the output field `a` wants `int`")],
        ),
        (
            "pattern p { output { a: int }\nlet r = { a: 1, c: 2 }\nreturn r }",
            &[("P0308", 3, "has no field `c`")],
        ),
        (
            "pattern p { output { a: int }\nlet r = { a: 1, c: 2 }\nreturn { ...r } }",
            &[("P0308", 3, "has no field `c`")],
        ),
        (
            "pattern p { output { a: int }\nlet r = { a: \"x\" }\nreturn { ...r } }",
            &[("P0301", 3, "the output field `a` wants `int`")],
        ),
        ("pattern p { output { a: int }\nlet r = { a: \"x\" }\nreturn { ...r, a: 1 } }", &[]),
        (
            "pattern p { input { s: string } output { label: Label }\nlet label = select(Classifier, max: 1).first()!.classify(input.s)\nlet r = { label }\nreturn { ...r } }",
            &[("P0401", 4, "the output field `label` wants a certain")],
        ),
        (
            "pattern p { input { s: string } output { label: Label }\nlet a = select(Classifier, max: 1).first()!\nlet r = a.analyze(input.s) as { label: Label }\nreturn { ...r } }",
            &[("P0401", 4, "the output field `label` wants a certain")],
        ),
        (
            "pattern p { input { s: string } output { label: string }\nlet a = select(Classifier, max: 1).first()!\nlet r = { x: a.classify(input.s) }\nreturn { label: r[\"x\"] } }",
            &[("P0401", 4, "the output field `label` wants a certain")],
        ),
        (
            "pattern p { output { a: int }\nif true { return { a: 1 } } }",
            &[("P0310", 2, "`p` can end without")],
        ),
        (
            "pattern p { output { a: int }\nif true { a: 1 } else { a: \"x\" } }",
            &[("P0301", 2, "the output field `a` wants `int`")],
        ),
        ("pattern p { output { a: int }\nif true { { a: 1 } } else { let x = 1\nreturn { a: x } } }", &[]),
        (
            "pattern p { output { a: int }\nif true { return { a: 1 } } else { let _x = 1 } }",
            &[("P0310", 2, "`p` can end without")],
        ),
        ("pattern p { output { a: int } }", &[("P0310", 1, "`p` can end without")]),
        ("pattern p { output int\nreturn }", &[("P0301", 2, "the output wants `int`, but this is `null`")]),
        ("pattern p { output int\nfail(\"no\") }", &[]),
        ("pattern p { output ~int\nreturn 1 ~> 0.5 }", &[]),
        ("pattern p { output int\nreturn 1 ~> 0.5 }", &[("P0401", 2, "the output wants a certain `int`")]),
        ("pattern p { output int }\n", &[("P0310", 1, "")]),
        ("pattern p { return 1 }", &[]),
        ("pattern p { let a = 1\nif a > 0 { return \"x\" }\nreturn null }", &[]),
    ]);
}
