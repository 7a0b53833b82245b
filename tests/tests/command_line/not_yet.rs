//! What is read, and not yet checked or run.

use crate::workspace::Workspace;

/// A statement with each construct, as it stands in a pattern.
const STATEMENTS: &[&str] = &[
    "for x in [1] { x }",
    "for (let i = 0; i < 3; i++) { i }",
    "while (true) { break }",
    "do { 1 } while (false)",
    "match 1 { 1 => 2, _ => 3 }",
    "try { 1 } catch e { 2 }",
    "a = 2",
    "a += 2",
    "a++",
    "{ a } = { a: 2 }",
    "let { b } = { b: 1 }",
    "let [c] = [1]",
    "let d = (...xs) => xs",
    "let e = 1 |> round",
    "let f = 1 ~+ 1",
    "let g = typeof 1",
    "let h = 1 instanceof Number",
    "let i = 1 is int",
    "let j = new Map()",
    "let k = await Promise.all([1])",
    "let l = function (x) { x }",
    "let m = { f(x) { x } }",
    "let n = [1]?.[0]",
    "let o = round?.(1)",
    "fn p<T>(x: T) { x }",
    "type Q = int",
    "assert true",
    "let r = Math.min(1, 2)",
    "print(1)",
    "let s = race([1, 2])",
    "let t = agentResults",
    "let u = [2, 1].sort()",
    "let v = \"a\".replaceAll(\"a\", \"b\")",
    "let w = (x: string?) => x?.trim()",
    "let y = round(...[1])",
    "let z = (x, b = x) => b",
];

#[test]
fn a_construct_is_a_warning_where_it_is_checked_and_an_error_where_it_would_run() {
    let mut workspace = Workspace::new();
    for (number, statement) in STATEMENTS.iter().enumerate() {
        let text = format!("pattern p {{\nlet a = 1\n{statement}\nreturn a }}\n");
        workspace = workspace.file(&format!("c{number}.prism"), text);
    }
    let checked = workspace.run(&["check", "."]);
    checked.succeeds().says(&format!("checked {0} files: {0} warnings", STATEMENTS.len()));
    assert_eq!(checked.stderr.matches("[P0123] warning").count(), STATEMENTS.len(), "{}", checked.stderr);
    for (number, statement) in STATEMENTS.iter().enumerate() {
        let file = format!("c{number}.prism");
        for command in ["run", "ir"] {
            let refused = workspace.run(&[command, &file]);
            assert_eq!(refused.error_codes(), ["P0124"], "{statement}: {}", refused.stderr);
            refused.fails(3, "P0124").says("`p` cannot be run");
            assert!(!refused.stderr.contains("P0123"), "{statement}: {}", refused.stderr);
        }
    }
}

#[test]
fn only_what_needs_such_a_construct_is_not_run() {
    let workspace = Workspace::new().file(
        "two.prism",
        "fn helper(n: int) {\n  for x in [n] { x }\n}\npattern waits { return helper(1) }\npattern runs { return 2 }\n\
         test \"it\" { assert 1 == 1 }\nexport { helper }\n",
    );
    workspace.run(&["check", "two.prism"]).succeeds().says("checked 1 file: 3 warnings");
    assert_eq!(workspace.run(&["run", "two.prism:runs"]).succeeds().json()["value"], 2);
    let waits = workspace.run(&["run", "two.prism:waits"]);
    waits.fails(3, "P0124").says("two.prism:2:3");
    insta::assert_snapshot!(waits.stderr);
    workspace.run(&["ir", "two.prism"]).fails(3, "P0124");
    workspace.run(&["run", "two.prism"]).fails(2, "P0007").says("`waits`, `runs`");
}

#[test]
fn a_pattern_that_is_exported_runs_and_so_does_one_that_awaits() {
    let workspace = Workspace::new().file(
        "exported.prism",
        "export const two = 2\nexport async fn add(n: int) { return n + two }\n\
         export pattern p { return await add(await 1) }\n",
    );
    workspace.run(&["check", "exported.prism"]).succeeds().says("no problems");
    assert_eq!(workspace.run(&["run", "exported.prism"]).succeeds().json()["value"], 3);
}

#[test]
fn a_script_is_one_warning_and_a_module_has_no_pattern() {
    let workspace = Workspace::new()
        .file("script.prism", "const a = nothing\nif (a) { return lost }\n")
        .file("module.prism", "export const a = 1\nimport { b } from \"./b\"\n");
    let script = workspace.run(&["check", "script.prism"]);
    script.succeeds().says("scripts are read").says("script.prism:2:1").says("checked 1 file: 1 warning");
    for command in ["run", "ir"] {
        workspace
            .run(&[command, "script.prism"])
            .fails(3, "P0124")
            .says("this file cannot be run: scripts are");
        workspace.run(&[command, "module.prism"]).fails(3, "P0006").says("this file has no pattern");
    }
    workspace
        .run(&["check", "module.prism"])
        .succeeds()
        .says("`import` is read")
        .says("checked 1 file: 1 warning");
}

#[test]
fn what_is_better_written_otherwise_does_not_fail_a_file() {
    let workspace = Workspace::new().file(
        "bands.prism",
        "pattern p {\n  let a = true ~> 0.9\n  uncertain if a { return 1 } else { return 2 }\n}\n",
    );
    let checked = workspace.run(&["check", "bands.prism"]);
    checked.succeeds().says("[P0117] warning");
    assert_eq!(workspace.run(&["run", "bands.prism"]).succeeds().json()["value"], 1);
    let workspace = Workspace::new()
        .file("choice.prism", "pattern p {\n  switch (1) { case 1: return 1\n    default: return 2 }\n}\n");
    workspace.run(&["check", "choice.prism"]).succeeds().says("[P0116] warning").says("[P0123] warning");
}
