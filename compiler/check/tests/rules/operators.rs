use crate::table::body;

#[test]
fn operators_work_on_what_they_can() {
    body(&[
        ("return 1 + \"x\"", &[]),
        ("return 1 - \"x\"", &[("P0309", 1, "`-` does not work on `1` and `\"x\"`")]),
        ("return input.flag + 1", &[("P0309", 1, "`+` does not work on `bool` and `1`")]),
        ("return -input.text", &[("P0309", 1, "`-` does not work on `string`")]),
        ("return !input.text", &[]),
        ("return 5s + 3s", &[]),
        ("return 5s + 3", &[("P0309", 1, "")]),
        ("return 5s * 3", &[]),
        ("return $1 + 5s", &[("P0309", 1, "")]),
        ("return $1 / $2 + 1", &[]),
        ("return input.n < \"x\"", &[("P0309", 1, "`<`")]),
        ("return \"a\" < \"b\"", &[]),
        ("return input.note < \"b\"", &[("P0309", 1, "`string?`")]),
        ("return input.label == \"bgu\"", &[("P0312", 1, "\"bgu\"")]),
        ("return input.label === \"bug\" || input.label !== \"praise\"", &[]),
        ("return 1 in input.xs", &[]),
        ("return 1 in input.n", &[("P0309", 1, "`in`")]),
        ("return input.label in [\"bug\"]", &[]),
        ("return [...input.xs, 1].length", &[]),
        ("return [...5]", &[("P0301", 1, "an element of this list")]),
        ("return input[0]", &[]),
        ("return input.n[0]", &[("P0309", 1, "`[…]` does not work on `number`")]),
        ("return input.xs[\"a\"]", &[("P0301", 1, "an index wants `int`")]),
        ("let x = input.flag ? 1 : \"a\"\nreturn x.length", &[("P0204", 2, "")]),
        ("let x = input.flag && input.n > 1\nlet y: bool = x\nreturn y", &[]),
        ("let x = input.flag ? input : \"bug\"\nreturn x == \"question\"", &[]),
        ("return missing + missing2", &[("P0201", 1, "`missing`"), ("P0201", 1, "`missing2`")]),
        ("let x = missing\nreturn x.a.b(1) + x[0]", &[("P0201", 1, "`missing`")]),
    ]);
}
