//! Files that cannot be read, and files that say something wrong.

use crate::workspace::Workspace;

#[test]
fn a_missing_file() {
    let workspace = Workspace::new();
    for command in ["check", "run", "ir"] {
        workspace.run(&[command, "missing.prism"]).fails(2, "P0001").says("`missing.prism`");
    }
    insta::assert_snapshot!(workspace.run(&["check", "missing.prism"]).stderr);
}

#[test]
fn a_folder() {
    let workspace = Workspace::new().file("full/a.prism", "const a = 1\n").file("empty/a.txt", "x");
    workspace.run(&["check", "full"]).succeeds().says("checked 1 file: no problems");
    workspace.run(&["check", "empty"]).fails(2, "P0004");
    for command in ["run", "ir"] {
        workspace.run(&[command, "full"]).fails(2, "P0002").says("it is a folder");
    }
}

#[test]
fn a_file_is_checked_once_however_it_is_reached() {
    let workspace = Workspace::new().file("a.prism", "const a = 1\n");
    workspace
        .run(&["check", "a.prism", "./a.prism", ".", "./"])
        .succeeds()
        .says("checked 1 file: no problems");
}

#[test]
fn a_binary_file() {
    let workspace = Workspace::new().file("binary.prism", b"\x7fELF\x02\x00\x01\xff\xfe");
    workspace.run(&["check", "binary.prism"]).fails(1, "P0003").says("looks like a binary file");
    for command in ["run", "ir"] {
        workspace.run(&[command, "binary.prism"]).fails(3, "P0003");
    }
}

#[test]
fn text_that_is_not_utf_8() {
    let workspace = Workspace::new().file("latin.prism", b"pattern p { return \"caf\xe9\" }");
    workspace.run(&["check", "latin.prism"]).fails(1, "P0003").says("byte 23").says("save it as UTF-8");
    for command in ["run", "ir"] {
        workspace.run(&[command, "latin.prism"]).fails(3, "P0003");
    }
}

#[test]
fn a_file_that_is_too_large_or_never_ends() {
    let workspace = Workspace::new().file("large.prism", "// a long comment\n".repeat(1 << 20));
    for file in ["large.prism", "/dev/zero"] {
        workspace.run(&["check", file]).fails(1, "P0005").says("larger than 16 MiB");
        workspace.run(&["run", file]).fails(3, "P0005");
    }
}

#[test]
fn an_empty_file() {
    let workspace = Workspace::new().file("empty.prism", "").file("comment.prism", "// nothing\n");
    for file in ["empty.prism", "comment.prism"] {
        workspace.run(&["check", file]).succeeds().says("no problems");
        for command in ["run", "ir"] {
            workspace.run(&[command, file]).fails(3, "P0006").says("this file has no pattern");
        }
    }
}

#[test]
fn twenty_thousand_brackets() {
    const DEPTH: usize = 20_000;
    let closed =
        |open: &str, close: &str| format!("const a = {}1{}\n", open.repeat(DEPTH), close.repeat(DEPTH));
    let workspace = Workspace::new()
        .file("round.prism", closed("(", ")"))
        .file("square.prism", closed("[", "]"))
        .file("braces.prism", format!("pattern p {{ {}{} }}\n", "{ ".repeat(DEPTH), "} ".repeat(DEPTH)))
        .file("open.prism", format!("const a = {}", "[".repeat(DEPTH)))
        .file("signs.prism", format!("const a = {}1\n", "- ".repeat(DEPTH)))
        .file("chain.prism", format!("const a = 1{}\n", " + 1".repeat(DEPTH)))
        .file("types.prism", format!("type T = {}string\n", "~".repeat(DEPTH)))
        .file("strings.prism", format!("const a = {}1{}\n", "`${".repeat(DEPTH), "}`".repeat(DEPTH)));
    for name in ["round", "square", "braces", "open", "signs", "chain", "types", "strings"] {
        let file = format!("{name}.prism");
        let checked = workspace.run(&["check", &file]);
        checked.fails(1, "P0109").says("nested more than 512 deep");
        assert!(checked.stderr.len() < 1_000, "{name}: {}", checked.stderr.len());
        workspace.run(&["run", &file]).fails(3, "P0109");
    }
}

#[test]
fn mistakes_are_shown_where_they_are() {
    let workspace = Workspace::new().file(
        "wrong.prism",
        r#"agent Classifier {
  capabilities: ["classification"]
  fn classify(text: string) -> ~Label
}

type Label = "bug" | "question"

pattern wrong {
  input { text: string }
  output { label: Label }
  let classifiers = select(Classifier)
  let answers = parallel(classifiers) { a => a.clasify(input.text) }
  let label = vote(parallel(classifiers) { a => a.classify(input.txt) })
  return { label }
}
"#,
    );
    let checked = workspace.run(&["check", "wrong.prism"]);
    assert_eq!((checked.code, checked.error_codes()), (Some(1), vec!["P0204", "P0204", "P0401"]));
    insta::assert_snapshot!(checked.stderr);
    let ran = workspace.run(&["run", "wrong.prism"]);
    assert_eq!(
        (ran.code, ran.error_codes(), ran.stdout.as_str()),
        (Some(3), vec!["P0204", "P0204", "P0401"], "")
    );
}

#[test]
fn three_mistakes_give_three_diagnostics() {
    let workspace = Workspace::new().file(
        "three.prism",
        "pattern three {\n  let a = 1 +\n  let b = round(1, , 2)\n  let c = [1 2]\n  return [a, b, c]\n}\n",
    );
    let checked = workspace.run(&["check", "three.prism"]);
    assert_eq!((checked.code, checked.error_codes()), (Some(1), vec!["P0106"; 3]));
    insta::assert_snapshot!(checked.stderr);
}

#[test]
fn several_files_are_told_together() {
    let workspace = Workspace::new()
        .file("b.prism", "const b = nothing\n")
        .file("a.prism", "const a = 1\n")
        .file("inner/c.prism", "const c = \"x\n");
    let checked = workspace.run(&["check", "."]);
    assert_eq!((checked.code, checked.error_codes()), (Some(1), vec!["P0201", "P0102"]));
    checked.says("checked 3 files: 2 errors");
    let missing = workspace.run(&["check", "a.prism", "nowhere"]);
    missing.fails(2, "P0001").says("checked 1 file: 1 error");
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let workspace =
        Workspace::new().file("evil.prism", "const a = \"\u{1b}[31m\u{7}\" + nothing // \u{1b}]0;x\u{7}\n");
    let checked = workspace.run(&["check", "evil.prism"]);
    assert_eq!(checked.code, Some(1));
    assert!(!checked.stderr.contains(['\u{1b}', '\u{7}']), "{:?}", checked.stderr);
}

#[test]
fn several_patterns_need_a_name() {
    let workspace =
        Workspace::new().file("two.prism", "pattern alpha { return 1 }\npattern beta { return 2 }\n");
    workspace.run(&["run", "two.prism"]).fails(2, "P0007").says("`alpha`, `beta`");
    let unknown = workspace.run(&["run", "two.prism:bta"]);
    unknown.fails(2, "P0007").says("did you mean `beta`?");
    insta::assert_snapshot!(unknown.stderr);
    let beta = workspace.run(&["run", "two.prism:beta"]);
    assert_eq!(beta.succeeds().json()["value"], 2);
}
