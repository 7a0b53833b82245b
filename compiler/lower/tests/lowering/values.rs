use prism_eval::{Environment, Evaluator, Fuel};
use prism_ir::{Expression, Operation};

use crate::program::program;

/// The value of the pure function `f` of a program.
fn value(text: &str) -> String {
    let environment = Environment::new(&program(text));
    let call = Operation::CallFunction { function: "f".to_owned(), arguments: Vec::new() };
    let mut fuel = Fuel::new(1_000_000);
    let expression = Expression { operations: vec![call] };
    match Evaluator::new(&environment, "test", &mut fuel).evaluate(&expression, &mut []) {
        Ok(value) => value.to_json().to_string(),
        Err(error) => format!("failed: {error}"),
    }
}

#[test]
fn pure_programs_have_the_values_that_they_say() {
    let cases = [
        ("fn f() { let a = 1\nlet g = x => y => x + y + a\nreturn g(10)(100) }", "111"),
        ("fn f() { return [1, 2].map(x => [3].map(y => [5].map(z => x + y + z))) }", "[[[9]],[[10]]]"),
        ("fn f() { let g = (a, b = 5) => a + b\nreturn [g(1), g(1, 2)] }", "[6,3]"),
        (
            "fn f() { let g = h\nreturn [g(1), h(1), h(1, 1)] }\nfn h(x: int, by: int = 10) { return x * by }",
            "[10,10,1]",
        ),
        ("fn f() { fn g(a, b = base) { return a + b }\nreturn g(1) }\nconst base = 7", "8"),
        ("fn f() { return [1, 2].map(String) }", "[\"1\",\"2\"]"),
        ("fn f() { return [1.4, 2.6].map(round) }", "[1,3]"),
        ("fn f() { let x = if true { return 3 } else { 4 }\nreturn x }", "3"),
        ("fn f() { let x = if false { return 3 } else { 4 }\nreturn x }", "4"),
        ("fn f() { let x = do { let y = 2\ny * 2 }\nreturn x }", "4"),
        ("fn f() { let x = 1 }", "null"),
        ("fn f() { if true { let x = 1 } }", "null"),
        ("fn f() { 1\n2 }", "2"),
        ("fn f() { let r: { v: { w: int? }? }? = { v: { w: 3 } }\nreturn r!.v!.w! }", "3"),
        ("fn f() { let r: int? = null\nreturn r! }", "failed: a value marked with `!` is null"),
        (
            "const a = [b, b]\nconst b = [c, c]\nconst c = { v: d, w: d }\nconst d = [1, 2, 3, 4, 5, 6]\nfn f() { return [a[1]![0]!.v.length, a.length] }",
            "[6,2]",
        ),
        ("const twice = x => x * two\nconst two = 2\nfn f() { return [1, 2].map(twice) }", "[2,4]"),
        ("const g = (x, y = two) => x * y\nconst two = 2\nfn f() { return g(4) }", "8"),
        ("fn f() { return null ?? 1 }", "1"),
        ("fn f() { return false && fail(\"no\") }", "false"),
        ("fn f() { return true || fail(\"no\") }", "true"),
        ("fn f() { return 1 ?? fail(\"no\") }", "1"),
        ("fn f() { return true ? 1 : fail(\"no\") }", "1"),
        ("fn f() { return (1 ~> 0.9) ~@> (0.8, fail(\"no\")) }", "1"),
        ("fn f() { return (1 ~> 0.7) ~@> (0.8, 2) }", "2"),
        ("fn f() { return uncertain if 1 ~> 0.7 { high { 1 }\nmedium { 2 }\ndefault { 3 } } }", "2"),
        ("fn f() { return uncertain if 1 ~> 0.7, high: 0.6 { high { 1 }\ndefault { 3 } } }", "1"),
        ("fn f() { return uncertain if 0.3 { low { return 9 }\ndefault { 3 } } }", "9"),
        (
            "fn f() { let r = { a: 1, ...{ a: 2, b: 3 }, b: 4, [\"c\" + 1]: 5 }\nreturn r }",
            "{\"a\":2,\"b\":4,\"c1\":5}",
        ),
        ("fn f() { let a = 1\n{ let a = 2\nlet b = a }\nreturn a }", "1"),
        ("fn f() { let x = 1 ~> 0.5\nreturn [x.value, x.confidence, <~x] }", "[1,0.5,0.5]"),
        ("fn f() { return g(b: \"x\", a: 1) }\nfn g(a: int, b: string) { return \"${a}${b}\" }", "\"1x\""),
        ("fn f() { return [[1, 2], [3]].map(.length) }", "[2,1]"),
        ("fn f() { return [1, 2, 3].reduce((sum, x) => sum + x, 0) }", "6"),
        ("fn f() { let _ = 1\nreturn [1, 2].map((_, i) => i) }", "[0,1]"),
    ];
    let mut wrong = String::new();
    for (text, expected) in cases {
        let found = value(text);
        if found != expected {
            wrong.push_str(&format!("--- {text}\nexpected {expected}\nfound    {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn assertions_in_a_row_are_evaluated_once_each() {
    let text = format!(
        "type R = {{ r?: R, v: int }}\nfn f() {{ let r: R = {{ v: 1 }}\nlet g = (x: R) => x{}\nreturn r.v }}",
        ".r!".repeat(60)
    );
    assert_eq!(value(&text), "1");
    let deep = format!(
        "type R = {{ r?: R, v: int }}\nfn f() {{ let a0: R = {{ v: 1 }}\n{}return a40{}.v }}",
        (1..=40).map(|n| format!("let a{n}: R = {{ v: {n}, r: a{} }}\n", n - 1)).collect::<String>(),
        ".r!".repeat(40)
    );
    assert_eq!(value(&deep), "1");
}

#[test]
fn constants_of_constants_stay_small() {
    let mut text = String::from("const a0 = [1, 2, 3]\n");
    for n in 1..60 {
        text.push_str(&format!("const a{n} = [a{0}, a{0}]\n", n - 1));
    }
    text.push_str("fn f() { return 1 }\npattern p { return a59.length }");
    let document = crate::program::document(&text);
    let operations: usize = document
        .functions
        .iter()
        .map(|function| match &function.body {
            prism_ir::FunctionBody::Pure(body) => body.operations.len(),
            prism_ir::FunctionBody::Node(_) => 0,
        })
        .sum();
    assert!(operations < 1_500, "{operations} operations");
    assert_eq!(value(&text), "1");
}
