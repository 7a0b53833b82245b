use crate::table::{body, expect};

#[test]
fn written_types_name_what_there_is() {
    expect(&[
        ("pattern p { input { a: strng } return input.a }", &[("P0203", 1, "no type `strng`")]),
        ("type A = B\ntype B = missing", &[("P0203", 2, "no type `missing`")]),
        ("type A = A", &[("P0208", 1, "`A` consists of nothing but itself")]),
        ("type A = ~A", &[("P0208", 1, "`A` consists of nothing but itself")]),
        ("type A = B | null\ntype B = A?", &[("P0208", 1, "`A`")]),
        (
            "type Tree = { value: int, children: Tree[] }\nfn f(t: Tree) -> int { return t.children.length + t.value }",
            &[],
        ),
        (
            "type Link = { next: Link? }\nfn f(l: Link) { return l.next.next }",
            &[("P0317", 2, "`l.next` may be null")],
        ),
        ("fn f(a: Agent<Clasifier>) { return 1 }", &[("P0203", 1, "no agent contract `Clasifier`")]),
        ("fn f(a: Agent<string[]>) { return 1 }", &[("P0203", 1, "")]),
        ("type A = { x: int, x: string }", &[("P0202", 1, "`x` is declared twice")]),
        ("fn f(m: map<int>) { return m.a + 1 }", &[("P0309", 1, "`+` does not work on `int?`")]),
        ("fn f(m: map<int>) { return m[\"a\"] ?? 0 }", &[]),
        ("fn f(m: map) { return m.a }", &[]),
    ]);
}

#[test]
fn long_chains_of_names_are_followed_to_their_end() {
    let mut program = String::from("type A0 = \"x\" | \"y\"\n");
    for position in 1..100 {
        program.push_str(&format!("type A{position} = A{}\n", position - 1));
    }
    program.push_str("fn f(a: A99) -> A50 { return a }\nfn g(a: A99) -> int { return a }");
    let told = crate::table::told(&program);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].0.as_str(), told[0].1), ("P0301", 102));
}

#[test]
fn an_answer_behind_a_name_is_an_answer() {
    expect(&[
        (
            "type Said = ~Label\npattern p { input { s: string } output { label: Label }\nlet said: Said = select(Classifier, max: 1).first()!.classify(input.s)\nreturn { label: said } }",
            &[("P0401", 4, "the output field `label` wants a certain")],
        ),
        (
            "type Said = ~string\ntype Told = Said\nfn f(a: Told) -> bool { return a == \"x\" }",
            &[("P0401", 3, "the result of `f` wants a certain")],
        ),
        ("type Said = ~string | null\nfn f(a: Said) -> string { return a ~@> 0.5 ?? \"\" }", &[]),
        ("type Tree = ~{ next: Tree? }\nfn f(a: Tree) { return a.next?.next }", &[]),
        ("fn f(a: ~string | int) -> string { return \"${a}\" }", &[("P0401", 1, "the result of `f`")]),
    ]);
}

#[test]
fn values_fit_where_they_stand() {
    body(&[
        ("let a: int = 1.5\nreturn a", &[("P0301", 1, "`a` wants `int`")]),
        ("let a: int = input.n\nreturn a", &[("P0301", 1, "`a` wants `int`, but this is `number`")]),
        ("let a: number = input.xs.length\nreturn a", &[]),
        ("let a: duration = 5\nreturn a", &[]),
        ("let a: confidence = 1.5\nreturn a", &[("P0301", 1, "`a` wants `confidence`")]),
        ("let a: Label = \"bgu\"\nreturn a", &[("P0312", 1, "\"bgu\" is none of")]),
        ("let a: string = input.note\nreturn a", &[("P0301", 1, "`string?`")]),
        ("let a: string? = input.note\nreturn a", &[]),
        ("let a: string\nreturn a", &[("P0301", 1, "`a` wants `string`, but this is `null`")]),
        ("let a: string?\nreturn a", &[]),
        ("let a: string[] = [\"x\", 5]\nreturn a", &[("P0301", 1, "an element of this list wants `string`")]),
        (
            "let a: int[][] = [[1], [2, \"x\"]]\nreturn a",
            &[("P0301", 1, "an element of this list wants `int`")],
        ),
        ("let a: map<int> = { x: 1, [input.text]: \"y\" }\nreturn a", &[("P0301", 1, "wants `int`")]),
        ("let a: map<int> = { x: 1, [input.text]: 2, ...{ z: 3 } }\nreturn a", &[]),
        ("let a: (int) -> int = x => x + 1\nreturn a(1)", &[]),
        ("let a: (int) -> string = x => 1\nreturn a(1)", &[("P0301", 1, "`a` wants `(int) -> string`")]),
        (
            "let a = input.flag ? any_of() : \"bug\"\nfn any_of() { return 1 }\nreturn a",
            &[("P0210", 1, "`any_of`")],
        ),
        ("let a = 5 as string\nreturn a", &[("P0301", 1, "`as` wants `string`, but this is `5`")]),
        ("let a = input as int\nreturn a", &[("P0301", 1, "`as` wants `int`")]),
        ("let a = input.n as number\nreturn a", &[]),
        ("let a = input.xs[0]\nreturn a + 1", &[("P0309", 2, "")]),
        ("let r = { a: 1 }\nreturn r[\"a\"] + 1", &[]),
        ("let a = []\nlet b: string[] = a\nreturn b", &[]),
        (
            "let a = [].push(1)\nlet b: string[] = a\nreturn b",
            &[("P0301", 2, "`b` wants `string[]`, but this is `1[]`")],
        ),
    ]);
}

#[test]
fn types_that_refer_to_themselves_are_compared_quickly() {
    let program = "type A = { l: A?, r: A?, a: int }\ntype B = { l: B?, r: B?, a: int }\ntype C = { l: C?, r: C?, a: string }
fn f(x: A) -> B { return x }
fn g(x: A) -> C { return x }";
    let told = crate::table::told(program);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, 5);
}

#[test]
fn types_that_double_with_each_line_stay_small() {
    let mut program = String::from("pattern p {\nlet a0 = { v: 1 }\n");
    for position in 1..60 {
        program.push_str(&format!("let a{position} = {{ x: a{0}, y: a{0} }}\n", position - 1));
    }
    program.push_str("return a59\n}");
    assert_eq!(crate::table::told(&program), []);
}
