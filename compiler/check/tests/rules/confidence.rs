use crate::table::body;

#[test]
fn gates_and_bands() {
    body(&[
        ("let l = \"bug\" ~> 0.9\nlet x: Label = l ~@> (0.8, \"praise\")\nreturn x", &[]),
        ("let l = \"bug\" ~> 0.9\nlet x: Label = l ~@> 0.8\nreturn x", &[("P0301", 2, "`x` wants `Label`")]),
        ("let l = \"bug\" ~> 0.9\nlet x: Label? = l ~@> 0.8\nreturn x", &[]),
        ("let x = input.text ~@> 0.8\nreturn x", &[("P0407", 1, "certain already")]),
        ("let x = [1 ~> 0.5] ~@> 0.8\nreturn x", &[("P0407", 1, "holds answers")]),
        ("let x = 1 ~> 1.5\nreturn x", &[("P0403", 1, "between 0 and 1")]),
        ("let x = 1 ~> -0.5\nreturn x", &[("P0403", 1, "between 0 and 1")]),
        ("let x = 1 ~> input.n\nreturn x", &[]),
        ("let x = 1 ~> \"high\"\nreturn x", &[("P0301", 1, "a confidence wants")]),
        ("let l = 1 ~> 0.9\nlet x = l ~@> 2\nreturn x", &[("P0403", 2, "")]),
        (
            "let l = 1 ~> 0.9\nlet x = 2 ~> (0.5 ~> 0.5)\nreturn [l, x]",
            &[("P0401", 2, "a confidence wants a certain")],
        ),
        ("let l = 1 ~> 0.9\nreturn uncertain if l { high { 1 }\nlow { 2 } }", &[("P0405", 2, "`medium`")]),
        (
            "let l = 1 ~> 0.9\nreturn uncertain if l { high { 1 }\nhigh { 3 }\ndefault { 2 } }",
            &[("P0406", 3, "`high` is given twice")],
        ),
        (
            "let l = 1 ~> 0.9\nreturn uncertain if l, high: 0.5, medium: 0.9 { high { 1 }\ndefault { 2 } }",
            &[("P0404", 2, "`high` (0.5)")],
        ),
        (
            "let l = 1 ~> 0.9\nreturn uncertain if l, hihg: 0.5 { high { 1 }\ndefault { 2 } }",
            &[("P0302", 2, "no threshold `hihg`")],
        ),
        ("return uncertain if input.n { high { 1 }\ndefault { 2 } }", &[]),
        (
            "return uncertain if input.text { high { 1 }\ndefault { 2 } }",
            &[("P0408", 1, "only the band `high`")],
        ),
        (
            "return uncertain if input.flag { high { 1 }\ndefault { 2 } }",
            &[("P0408", 1, "`high` and, for false and null, `low`")],
        ),
        ("let l = 1 ~> 0.9\nif l == 1 { return 1 }\nreturn 2", &[("P0402", 2, "may be wrong")]),
        (
            "let l = 1 ~> 0.9\nlet x = l == 1 ? 1 : 2\nlet y: int = x\nreturn y",
            &[("P0402", 2, ""), ("P0401", 3, "`y` wants a certain")],
        ),
        ("let x = endorse(1 ~> 0.5, \"why\")\nlet y: int = x\nreturn y", &[]),
        ("let x = endorse(1, \"why\")\nreturn x", &[("P0407", 1, "certain already")]),
        ("let x: int = (1 ~> 0.5)!\nreturn x", &[]),
    ]);
}

#[test]
fn doubt_is_not_lost() {
    body(&[
        ("let l = 1 ~> 0.9\nlet x: int = l + 1\nreturn x", &[("P0401", 2, "`x` wants a certain")]),
        ("let l = 1 ~> 0.9\nlet x: string = \"${l}\"\nreturn x", &[("P0401", 2, "`x` wants a certain")]),
        ("let l = [1 ~> 0.9]\nlet x: string = \"${l}\"\nreturn x", &[("P0401", 2, "`x` wants a certain")]),
        ("let l = [1 ~> 0.9]\nlet x: int = l.sum()\nreturn x", &[("P0401", 2, "`x` wants a certain")]),
        (
            "let l = [\"a\" ~> 0.9]\nlet x: string = l.join()\nreturn x",
            &[("P0401", 2, "`x` wants a certain")],
        ),
        (
            "let l = [\"a\" ~> 0.9]\nlet x: string = String(l)\nreturn x",
            &[("P0401", 2, "`x` wants a certain")],
        ),
        (
            "let l = [\"a\" ~> 0.9]\nlet x: bool = l.includes(\"a\")\nreturn x",
            &[("P0401", 2, "`x` wants a certain")],
        ),
        (
            "let l = [\"a\" ~> 0.9]\nlet x: bool = l == [\"a\"]\nreturn x",
            &[("P0401", 2, "`x` wants a certain")],
        ),
        ("let l = [1 ~> 0.9]\nlet x: int[] = l.map(k => k + 1)\nreturn x", &[("P0401", 2, "")]),
        (
            "let l = [1 ~> 0.9]\nlet x: int = l.reduce((a, b) => a + b, 0)\nreturn x",
            &[("P0401", 2, "`x` wants a certain")],
        ),
        ("let l = [1 ~> 0.9]\nlet x: int[] = l.map((k: int) => k + 1)\nreturn x", &[("P0401", 2, "")]),
        (
            "fn f(k: int) { return 2 }\nlet l = [1 ~> 0.9]\nlet x: int[] = l.map(f)\nreturn x",
            &[("P0401", 3, "")],
        ),
        ("fn f(k: int) { return 2 }\nlet x: int = f(1 ~> 0.5)\nreturn x", &[("P0401", 2, "")]),
        ("fn f(k: ~int) { return 2 }\nlet x: int = f(1 ~> 0.5)\nreturn x", &[]),
        ("fn f(k) { return 2 }\nlet x: int = f(1 ~> 0.5)\nreturn x", &[]),
        ("fn f(k: int[]) { return 2 }\nlet x: int = f([1 ~> 0.5])\nreturn x", &[("P0401", 2, "")]),
        ("let l = { a: 1 } ~> 0.5\nlet x: int = l.a\nreturn x", &[("P0401", 2, "`x` wants a certain")]),
        (
            "let l = { a: 1 } ~> 0.5\nlet x = { ...l }\nlet y: int = x.a\nreturn y",
            &[("P0401", 3, "`y` wants a certain")],
        ),
        ("let l = { a: 1 ~> 0.5 }\nlet y: int = l[\"a\"]\nreturn y", &[("P0401", 2, "`y` wants a certain")]),
        ("let l = 1 ~> 0.5\nlet y: int = l ?? 2\nreturn y", &[("P0401", 2, "`y` wants a certain")]),
        ("let l = 1 ~> 0.5\nlet y: confidence = l.confidence\nreturn y", &[]),
        ("let l = 1 ~> 0.5\nlet y: int = l.value\nreturn y", &[("P0401", 2, "`y` wants a certain")]),
        ("let l = 1 ~> 0.5\nlet y: confidence = <~l\nreturn y", &[]),
        ("let l: int[] = [1] ~> 0.5\nreturn l", &[("P0401", 1, "is an agent's answer, `~(1[])`")]),
    ]);
}
