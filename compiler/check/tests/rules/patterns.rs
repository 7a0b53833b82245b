use crate::table::expect;

#[test]
fn sections_and_contracts() {
    expect(&[
        ("pattern p { input { a: int, a: int } return input.a }", &[("P0202", 1, "`a` is declared twice")]),
        (
            "pattern p { input { a: string max_lenght(5) } return input.a }",
            &[("P0207", 1, "no constraint `max_lenght`")],
        ),
        (
            "pattern p { input { a: string max_length(\"x\") } return input.a }",
            &[("P0311", 1, "`max_length` wants a whole number")],
        ),
        (
            "pattern p { input { a: int = \"x\" } return input.a }",
            &[("P0301", 1, "the default of `a` wants `int`")],
        ),
        (
            "pattern p { input { a: int = select(max: 1).length } return input.a }",
            &[("P0314", 1, "a default must not call agents")],
        ),
        (
            "pattern p { input { a: int = 1, b: string optional, c: int default(3) } return input.a + input.c }",
            &[],
        ),
        ("pattern p { budget { cals: 5 } return 1 }", &[("P0206", 1, "no limit `cals`")]),
        (
            "pattern p { budget { calls: 0 } return 1 }",
            &[("P0502", 1, "the limit `calls` wants a whole number")],
        ),
        ("pattern p { budget { calls: \"x\" } return 1 }", &[("P0502", 1, "")]),
        ("pattern p { budget { cost: 5 } return 1 }", &[("P0502", 1, "`cost` wants a sum of money")]),
        ("pattern p { budget { calls: 5, cost: $1, time: 5m } return 1 }", &[]),
        ("pattern p { confidence >= 1.5\nreturn 1 }", &[("P0403", 1, "")]),
        ("pattern p { confidence frnk\nreturn 1 }", &[("P0312", 1, "no confidence mode `frnk`")]),
        ("pattern p { confidence worst\nreturn 1 }", &[]),
        ("agent A { capabilites: [\"x\"]\nfn f() -> int }", &[("P0205", 1, "no key `capabilites`")]),
        ("agent A { timeout: \"x\"\nfn f() -> int }", &[("P0311", 1, "`timeout` wants a duration")]),
        (
            "agent A { capabilities: [5]\nfn f() -> int }",
            &[("P0311", 1, "`capabilities` wants a list of texts")],
        ),
        (
            "agent A { timeout: 5s\ntimeout: 6s\nfn f() -> int }",
            &[("P0202", 2, "`timeout` is declared twice")],
        ),
        ("agent A { fn f() -> int\nfn f() -> string }", &[("P0202", 2, "`f` is declared twice")]),
        ("agent A { fn f(a: int, a: int) -> int }", &[("P0202", 1, "`a` is declared twice")]),
        ("agent A { fn f(a: missing) -> int }", &[("P0203", 1, "no type `missing`")]),
        ("agent A { fn f(a: int) -> int \"rate ${a + 1}\" }", &[]),
        ("agent A { fn f(a: int = \"x\") -> int }", &[("P0301", 1, "the default of `a`")]),
    ]);
}
