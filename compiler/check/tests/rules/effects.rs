use crate::table::{body, expect};

#[test]
fn agents_are_asked_where_they_can_be() {
    body(&[
        ("let a = select(Classifier, max: 1)\nreturn parallel(a) { x => x.classify(input.text) }", &[]),
        (
            "let a = select(Classifier, max: 1)\nreturn a.map(x => x.classify(input.text))",
            &[("P0314", 2, "the callback of `map` must not call agents")],
        ),
        (
            "let a = select(Classifier, max: 1)\nreturn parallel(a.map(x => x.classify(input.text)))",
            &[("P0314", 2, "")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nlet f = () => a.classify(input.text)\nreturn f()",
            &[("P0315", 2, "nothing here can run it")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nfn f() { return a.classify(input.text) }\nreturn f()",
            &[("P0314", 2, "`f` calls agents")],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn parallel([() => a.classify(input.text), a.classify(\"x\")])",
            &[],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn parallel { x: a.classify(input.text), y: () => a.rate(\"x\") }",
            &[],
        ),
        (
            "let a = select(Classifier, max: 1).first()!\nreturn parallel { x: a.classify(input.text), x: a.rate(\"x\") }",
            &[("P0202", 2, "`x` is declared twice")],
        ),
        ("return parallel([x => 1])", &[("P0304", 1, "takes no argument")]),
        ("return parallel(input.xs) { (x, y) => x }", &[("P0304", 1, "takes 1 argument")]),
        ("return parallel(input.xs)", &[("P0313", 1, "`parallel` needs a block")]),
        ("return parallel(input.n) { x => x }", &[("P0301", 1, "the argument `items` of `parallel`")]),
        ("return parallel() { x => x }", &[("P0303", 1, "`parallel` needs the argument `items`")]),
        ("return parallel(input.xs, on_eror: \"drop\") { x => x }", &[("P0302", 1, "no argument `on_eror`")]),
        ("return parallel(input.xs, on_error: \"dorp\") { x => x }", &[("P0312", 1, "\"dorp\"")]),
        ("return parallel(input.xs, on_error: \"keep\") { x => x }.first().missing", &[("P0317", 1, "")]),
        (
            "return parallel(input.xs) { (x: string) => x }",
            &[("P0301", 1, "the parameter of this block wants `string`")],
        ),
        ("return parallel(input.xs) { x => missing }", &[("P0201", 1, "`missing`")]),
        (
            "return parallel(input.xs, timeout: \"x\") { x => x }",
            &[("P0301", 1, "the argument `timeout` of `parallel`")],
        ),
        ("return parallel([parallel([1, 2]), parallel([3])])", &[]),
        ("let a = select(Classifier)\nreturn a.length", &[("P0501", 1, "every agent there is")]),
        (
            "let a = select(Classifier, min: 5, max: 3)\nreturn a.length",
            &[("P0319", 1, "at least 5 and at most 3")],
        ),
        ("let a = select(Classifier, min: 3, max: 3)\nreturn a.length", &[]),
        (
            "let a = select(Classifier, max: 3, prefer: \"speed\")\nreturn a.length",
            &[("P0312", 1, "\"speed\"")],
        ),
        ("let a = select(Classifier, max: 3, where: x => x.name == \"a\")\nreturn a.length", &[]),
        (
            "let a = select(Classifier, max: 3, where: x => x.classify(\"a\") == \"bug\")\nreturn a.length",
            &[("P0314", 1, "the condition of `select` must not call agents")],
        ),
        (
            "let a = select(Classifier, max: 3)\nreturn ask_until(a, target: 0.9) { x => x.classify(input.text) }",
            &[],
        ),
        (
            "let a = select(Classifier, max: 3)\nreturn ask_until(a) { x => x.classify(input.text) }",
            &[("P0303", 2, "`ask_until` needs the argument `target`")],
        ),
        (
            "let a = select(Classifier, max: 3)\nreturn ask_until(a, target: 9) { x => x.classify(input.text) }",
            &[("P0403", 2, "")],
        ),
        (
            "let a = select(Classifier, max: 3)\nreturn ask_until(a, target: 0.9)",
            &[("P0313", 2, "`ask_until` needs a block")],
        ),
        (
            "return ask_until(input.xs, target: 0.9) { x => x }",
            &[("P0301", 1, "the argument `agents` of `ask_until`")],
        ),
        (
            "let a = select(Classifier, max: 3)\nlet l: Label = pool(parallel(a) { x => x.classify(input.text) })\nreturn l",
            &[("P0401", 2, "`l` wants a certain")],
        ),
        (
            "let a = select(Classifier, max: 3)\nlet l: ~Label = vote(parallel(a) { x => x.classify(input.text) }, ties: \"null\")\nreturn l",
            &[("P0301", 2, "")],
        ),
        ("return vote(input.n)", &[("P0301", 1, "the argument `answers`")]),
        ("return vote([\"a\" ~> 0.5], method: \"most\")", &[("P0312", 1, "\"most\"")]),
        ("return pool([{ k: \"a\" } ~> 0.5], by: .k)", &[]),
        ("return pool([{ k: \"a\" } ~> 0.5], by: .j)", &[("P0204", 1, "has no `j`")]),
        ("fail()", &[("P0303", 1, "`fail` needs the argument `message`")]),
        ("fail(5)", &[("P0301", 1, "the argument `message` of `fail`")]),
        ("let x = input.note ?? fail(\"no note\")\nreturn x.length", &[]),
        ("return endorse(1 ~> 0.5)", &[("P0303", 1, "`endorse` needs the argument `why`")]),
    ]);
}

#[test]
fn functions_that_ask_call_one_another() {
    expect(&[
        (
            "fn first(t: string) { return second(t) }\nfn second(t: string) { let a = select(Classifier, max: 1).first()!\nreturn third(a, t) }\nfn third(a: Agent<Classifier>, t: string) { return a.classify(t) }\npattern p { return first(\"x\") }",
            &[],
        ),
        (
            "fn ask(a: Agent<Classifier>) { return a.classify(\"x\") }\npattern p { return parallel(select(Classifier, max: 2), ask) }",
            &[],
        ),
        (
            "fn ask(a: Agent<Classifier>) { return a.classify(\"x\") }\npattern p { let f = ask\nreturn f }",
            &[("P0315", 2, "nothing here can run it")],
        ),
        (
            "fn ask(a: Agent<Classifier>) { return a.classify(\"x\") }\npattern p { return select(Classifier, max: 2).map(ask) }",
            &[("P0315", 2, "")],
        ),
        (
            "fn ask(a: string) { return a }\npattern p { return parallel([1, 2].map(x => x), ask) }",
            &[("P0301", 2, "the parameter of this block wants `string`")],
        ),
    ]);
}
