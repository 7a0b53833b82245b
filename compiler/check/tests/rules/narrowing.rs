use crate::table::body;

#[test]
fn null_is_ruled_out() {
    body(&[
        ("if input.note != null { return input.note.length }\nreturn 0", &[]),
        ("if null !== input.note { return input.note.length }\nreturn 0", &[]),
        ("if input.note == null { return 0 }\nreturn input.note.length", &[]),
        ("if input.note == null { return 0 } else { let _x = 1 }\nreturn input.note.length", &[]),
        ("if input.note != null { let _x = 1 } else { return 0 }\nreturn input.note.length", &[]),
        ("if input.note == null { let _x = 1 }\nreturn input.note.length", &[("P0317", 2, "may be null")]),
        ("if input.note { return input.note.length }\nreturn 0", &[]),
        ("if !input.note { return 0 }\nreturn input.note.length", &[]),
        ("let x = input.note\nif x != null && x.length > 1 { return x.length }\nreturn 0", &[]),
        ("let x = input.note\nif x == null || x.length > 1 { return 0 }\nreturn x.length", &[]),
        (
            "let x = input.note\nif x == null && input.flag { return 0 }\nreturn x.length",
            &[("P0317", 3, "`x` may be null")],
        ),
        (
            "let x = input.note\nif x != null || input.flag { return x.length }\nreturn 0",
            &[("P0317", 2, "`x` may be null")],
        ),
        ("let x = input.note\nreturn x != null ? x.length : 0", &[]),
        ("let x = input.note\nreturn x != null ? 0 : x.length", &[("P0204", 2, "`null` has no `length`")]),
        ("let x = input.note\nlet f = () => x.length\nreturn f()", &[("P0317", 2, "`x` may be null")]),
        ("let x = input.xs[0]\nif x == null { fail(\"empty\") }\nreturn x + 1", &[]),
        ("if input.xs[0] != null { return input.xs[0] + 1 }\nreturn 0", &[]),
        ("if input.xs[0] != null { return input.xs[1] + 1 }\nreturn 0", &[("P0309", 1, "")]),
        ("let r: { a?: { b?: string } }? = null\nif r?.a?.b != null { return r.a.b.length }\nreturn 0", &[]),
        ("return (input.note ?? \"\").length", &[]),
        ("return (input.note || \"\").length", &[]),
        ("return input.note!.length", &[]),
        ("return input.text!.length", &[("P0407", 1, "certain already")]),
        (
            "let x = input.note\nif x == null { return 0 } else if x.length > 1 { return 1 }\nreturn x.length",
            &[],
        ),
    ]);
}

#[test]
fn confidence_is_looked_at() {
    const ASK: &str = "";
    let _ = ASK;
    body(&[
        ("let l = \"bug\" ~> 0.9\nif <~l >= 0.8 { let _x: Label = l }\nreturn 0", &[]),
        ("let l = \"bug\" ~> 0.9\nif 0.8 <= <~l { let _x: Label = l }\nreturn 0", &[]),
        ("let l = \"bug\" ~> 0.9\nif <~l < 0.8 { return 0 }\nlet _x: Label = l\nreturn 1", &[]),
        (
            "let l = \"bug\" ~> 0.9\nif <~l < 0.8 { let _x: Label = l }\nreturn 0",
            &[("P0401", 2, "`_x` wants a certain")],
        ),
        ("let l = input.note ~> 0.9\nif l != null && <~l >= 0.8 { let _x: string = l }\nreturn 0", &[]),
        ("let l = input.note ~> 0.9\nif <~l >= 0.8 && l != null { let _x: string = l }\nreturn 0", &[]),
        (
            "let l = \"bug\" ~> 0.9\nuncertain if l { high { let _x: Label = l }\ndefault { fail(\"no\") } }\nreturn 0",
            &[],
        ),
        (
            "let l = \"bug\" ~> 0.9\nuncertain if <~l { high { let _x: Label = l }\ndefault { fail(\"no\") } }\nreturn 0",
            &[],
        ),
        (
            "let l = \"bug\" ~> 0.9\nuncertain if l { high { let _x = 1 }\nmedium { return 0 }\nlow { return 1 } }\nlet y: Label = l\nreturn y",
            &[],
        ),
        (
            "let l = \"bug\" ~> 0.9\nuncertain if l { high { let _x = 1 }\nmedium { let _y = 2 }\nlow { return 1 } }\nlet y: Label = l\nreturn y",
            &[("P0401", 5, "`y` wants a certain")],
        ),
        (
            "let l = \"bug\" ~> 0.9\nuncertain if l { medium { let _x: Label = l }\ndefault { fail(\"no\") } }\nreturn 0",
            &[("P0401", 2, "`_x` wants a certain")],
        ),
    ]);
}
