//! What is said about each kind of mistake, for people to read in review.

use std::collections::BTreeMap;

use crate::table::checked;

/// One program for each kind of mistake.
const PROGRAMS: &[&str] = &[
    "pattern p { let label = 1\nreturn lable + label }",
    "fn f() { return 1 }\nfn f() { return 2 }",
    "pattern p { input { a: Labl } return input.a }",
    "fn f(a: Agent<Clasifier>) { return a }",
    "pattern p { input { text: string } return input.txet }",
    "pattern p { input { note?: string } return input.note.length }",
    "agent A { capabilites: [\"x\"]\nfn f() -> int }",
    "pattern p { budget { cals: 5 } return 1 }",
    "pattern p { input { a: string max_lenght(5) } return input.a }",
    "type A = A?",
    "pattern p { return 1 }\nprint(1)",
    "pattern p { for x in [1] { x } }",
    "test \"it\" { assert true }",
    "pattern p { let a = b\nlet b = 1\nreturn a + b }",
    "pattern p { let a: int = \"x\"\nreturn a }",
    "pattern p { let a: Label = \"bgu\"\nreturn a }",
    "fn f(amount: int) { return amount }\npattern p { return f(amuont: 1) }",
    "fn f(amount: int) { return amount }\npattern p { return f() }",
    "fn f(amount: int) { return amount }\npattern p { return f(1, 2) }",
    "fn f(amount: int) { return amount }\npattern p { return f(1, amount: 2) }",
    "const a = 5\npattern p { return a() }",
    "pattern p { output { a: int, b: int } return { a: 1 } }",
    "pattern p { output { label: int } return { label: 1, escalated: true } }",
    "pattern p { return 1 - \"x\" }",
    "pattern p { output int\nif true { return 1 } }",
    "fn f() -> int { if true { return 1 } }",
    "agent A { timeout: \"x\"\nfn f() -> int }",
    "pattern p { budget { calls: 0 } return 1 }",
    "pattern p { input { a: string max_length(\"x\") } return input.a }",
    "pattern p { return parallel([1, 2].map(x => x)) }",
    "pattern p { return select(Classifier, max: 2).map(a => a.classify(\"x\")) }",
    "pattern p { let a = select(Classifier, max: 1).first()!\nlet f = () => a.classify(\"x\")\nreturn f() }",
    "pattern p { return select(Classifier, min: 5, max: 3).length }",
    "fn f(n: int) { return f(n - 1) }",
    "pattern p { output { label: Label } let label = \"bug\" ~> 0.9\nreturn { label } }",
    "pattern p { let a = true ~> 0.5\nif a { return 1 }\nreturn 2 }",
    "pattern p { return 1 ~> 1.5 }",
    "pattern p { let l = 1 ~> 0.9\nreturn uncertain if l, high: 0.5, medium: 0.9 { high { 1 }\ndefault { 2 } } }",
    "pattern p { let l = 1 ~> 0.9\nreturn uncertain if l, hihg: 0.5 { high { 1 }\ndefault { 2 } } }",
    "pattern p { let l = 1 ~> 0.9\nreturn uncertain if l { high { 1 } } }",
    "pattern p { let l = 1 ~> 0.9\nreturn uncertain if l { high { 1 }\nhigh { 3 }\ndefault { 2 } } }",
    "pattern p { input { a: string } return input.a ~@> 0.8 }",
    "pattern p { input { a: string } return uncertain if input.a { high { 1 }\ndefault { 2 } } }",
    "pattern p { return select(Classifier).length }",
    "pattern p { let kept = 1\nreturn 2 }",
    "pattern p { confidence frnk\nreturn 1 }",
    "agent A { max_concurrency: 2\nversion: \"1\"\ndomain: \"x\"\naccepts: [\"x\"]\nconfidence: 0.5\nidempotent: true\nfn f() -> int }",
    "type string = int",
    "pattern p { let a = Classifier\nreturn a }",
    "pattern p { return [1].map }",
    "pattern p { let f = x => x\nreturn f(x: 1) }",
    "pattern p { let a = select(Classifier, max: 1).first()!\nfn f() { return a.classify(\"x\") }\nreturn f() }",
];

/// The name of a variant, as it stands at the head of its debug form.
fn variant(debug: &str) -> &str {
    debug.split([' ', '{']).next().unwrap_or_default()
}

#[test]
fn each_mistake_has_its_words() {
    let deep = format!("type A = {}int{}", "{ a: ".repeat(60), " }".repeat(60));
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for program in PROGRAMS.iter().copied().chain([deep.as_str()]) {
        for error in checked(program).0.errors {
            let diagnostic = error.diagnostic();
            let mut text =
                format!("{} {:?}: {}\n", error.code().code(), diagnostic.level, diagnostic.message);
            text.push_str(&format!("  ^ {}\n", diagnostic.primary.text));
            for related in &diagnostic.related {
                text.push_str(&format!("  - {}\n", related.text));
            }
            for help in &diagnostic.help {
                text.push_str(&format!("  help: {help}\n"));
            }
            for fix in &diagnostic.fixes {
                text.push_str(&format!("  fix: {}\n", fix.title));
            }
            words.entry(variant(&format!("{error:?}")).to_owned()).or_insert(text);
        }
    }
    let source = include_str!("../../src/error.rs");
    let body = source.split("pub enum CheckError {").nth(1).unwrap().split("\n}").next().unwrap();
    let declared: Vec<&str> = body
        .lines()
        .filter(|line| line.starts_with("    ") && line.trim_start().starts_with(char::is_uppercase))
        .map(|line| variant(line.trim()))
        .collect();
    let silent: Vec<_> = declared.iter().filter(|name| !words.contains_key(**name)).collect();
    assert!(declared.len() > 45 && silent.is_empty(), "no program shows {silent:?}");
    let text: String = words.iter().map(|(name, text)| format!("{name}\n{text}\n")).collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("words", text);
    });
}
