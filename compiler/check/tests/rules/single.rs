//! What may look like several mistakes is told once, and nothing goes wrong in silence.

use prism_check::Type;

use crate::table::{checked, told};

#[test]
fn a_syntax_error_silences_what_may_follow_from_it() {
    let text = "pattern p {\n  let a = 1\n  let b = = 2\n  return a + b\n}";
    let parse = prism_syntax::parse(text);
    assert!(!parse.errors.is_empty());
    let found = prism_check::check(&parse.tree, false);
    assert_eq!(found.errors, []);
}

#[test]
fn expressions_without_a_type_have_a_mistake_beside_them() {
    for program in [
        "pattern p { let a = parallel\nreturn a }",
        "pattern p { let a = round\nreturn a(1) }",
        "const a = [1].map\npattern p { return a }",
        "pattern p { return Classifier }",
        "fn f() { return f() }",
        "pattern p { input { a: missing } return input.a.b }",
        "pattern p { return [1, 2][0]!.missing }",
        "pattern p { return (x => x)(1) }",
        "type A = B\ntype B = C\ntype C = int\npattern p { input { a: A } return input.a + 1 }",
    ] {
        let (checked, _, _) = checked(program);
        let lost = checked.types.values().any(|of| *of == Type::Error);
        let wrong = checked.errors.iter().any(prism_check::CheckError::is_error);
        assert_eq!(lost, wrong, "{program}: {:?}", checked.errors);
    }
}

#[test]
fn deep_and_wide_programs_are_checked() {
    let nested = format!(
        "pattern p {{ input {{ a: bool }} {}return 1{} return 2 }}",
        "if input.a { ".repeat(240),
        " }".repeat(240)
    );
    assert_eq!(told(&nested), []);
    let wide: String = (0..5_000).map(|n| format!("let _v{n} = {n} + input.a\n")).collect();
    assert_eq!(told(&format!("pattern p {{ input {{ a: int }}\n{wide}return 1 }}")), []);
    let chained: String =
        (0..3_000).map(|n| format!("fn f{n}(x: int) {{ return f{}(x) + 1 }}\n", n + 1)).collect();
    assert_eq!(told(&format!("{chained}fn f3000(x: int) {{ return x }}\npattern p {{ return f0(1) }}")), []);
    let list: Vec<String> = (0..5_000).map(|n| format!("\"item {n}\"")).collect();
    assert_eq!(
        told(&format!("const items = [{}]\npattern p {{ return items.length }}", list.join(", "))),
        []
    );
    let rows: Vec<String> = (0..2_000).map(|n| format!("{{ name: \"n{n}\", v: {n} }}")).collect();
    assert_eq!(
        told(&format!("const rows = [{}]\npattern p {{ return rows.map(.name).join() }}", rows.join(", "))),
        []
    );
}
