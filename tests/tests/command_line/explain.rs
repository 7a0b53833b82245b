//! `prismc explain`, and the output that pages about files show.

use std::path::Path;

use prism_catalog::DiagnosticCode;

use crate::process::Running;
use crate::workspace::Workspace;

#[test]
fn a_page_is_found_by_its_code_and_by_its_name() {
    let workspace = Workspace::new();
    let page = workspace.run(&["explain", "P0401"]);
    assert_eq!((page.code, page.stderr.as_str()), (Some(0), ""));
    assert!(page.stdout.starts_with("P0401 ungated-use\n\n"), "{}", page.stdout);
    assert!(page.stdout.contains("\n    let label: Label = answer //"), "{}", page.stdout);
    assert!(!page.stdout.contains('\u{1b}'), "{}", page.stdout);
    for name in ["p0401", "ungated-use", "Ungated-Use"] {
        assert_eq!(workspace.run(&["explain", name]).stdout, page.stdout, "{name}");
    }
}

#[test]
fn every_diagnostic_has_a_page_and_a_line_in_the_list() {
    let workspace = Workspace::new();
    let list = workspace.run(&["explain"]);
    assert_eq!((list.code, list.stderr.as_str()), (Some(0), ""));
    for code in DiagnosticCode::ALL {
        let line = list.stdout.lines().find(|line| line.starts_with(code.code())).unwrap();
        assert!(line.contains(code.slug()) && line.ends_with(code.title()), "{line}");
    }
    assert_eq!(list.stdout.lines().count(), DiagnosticCode::ALL.len());
}

#[test]
fn headings_are_bold_where_colours_are() {
    let workspace = Workspace::new();
    let arguments = ["explain", "P0501"];
    let plain = workspace.run(&arguments).stdout;
    let forced = Running::start(workspace.command(&arguments).env("CLICOLOR_FORCE", "1")).end().stdout;
    assert!(forced.starts_with("\u{1b}[1mP0501 unbounded-select\u{1b}[0m\n"), "{forced:?}");
    assert_eq!(forced.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), plain);
    let none = Running::start(workspace.command(&arguments).env("NO_COLOR", "1")).end().stdout;
    assert_eq!(none, plain);
}

#[test]
fn an_unknown_code_is_refused_with_the_nearest() {
    let workspace = Workspace::new();
    for (name, near) in [("ungated-uze", "ungated-use"), ("unclosed_bracket", "unclosed-bracket")] {
        let ran = workspace.run(&["explain", name]);
        ran.fails(2, "usage").says(&format!("did you mean `{near}`?"));
        assert_eq!(ran.stdout, "");
    }
    let far = workspace.run(&["explain", "something-else-entirely"]);
    far.fails(2, "usage").says("`prismc explain` lists all of them");
    assert!(!far.stderr.contains("did you mean"), "{}", far.stderr);
}

#[test]
fn where_nobody_watches_check_does_not_point_to_it() {
    let workspace = Workspace::new().file("wrong.prism", "const a = nothing\n");
    let checked = workspace.run(&["check", "wrong.prism"]);
    checked.fails(1, "P0201");
    assert!(!checked.stderr.contains("prismc explain"), "{}", checked.stderr);
}

/// The output that a page shows for its diagnostic: its first block of text.
fn shown(code: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/errors/{code}.md"));
    let page = std::fs::read_to_string(path).unwrap();
    let (_, text) = page.split_once("```text\n").unwrap();
    text.split_once("```").unwrap().0.to_owned()
}

#[test]
fn pages_about_files_show_what_is_said_about_them() {
    let one = "pattern p {\n  return 1\n}\n";
    let two = "pattern triage { return \"triage\" }\npattern greet { return \"hello\" }\n";
    let workspace = Workspace::new()
        .file("triage.prism", one)
        .file("notes/triage.txt", "x")
        .file("latin.prism", b"pattern p { return \"caf\xe9\" }")
        .file("large.prism", "// a long comment\n".repeat(1 << 20))
        .file("shorten.prism", "const limit = 3\n")
        .file("two.prism", two)
        .file("loops.prism", "pattern triage {\n  for x in [1, 2] { x }\n}\n")
        .file("deep.prism", format!("const total = 1{}\n", " + 1".repeat(599)))
        .file("generated.prism", format!("pattern p {{\n{}}}\n", "  let a = ;\n".repeat(120)));
    for (code, arguments) in [
        ("P0001", ["check", "triag.prism"]),
        ("P0002", ["run", "notes"]),
        ("P0003", ["check", "latin.prism"]),
        ("P0004", ["check", "notes"]),
        ("P0005", ["check", "large.prism"]),
        ("P0006", ["run", "shorten.prism"]),
        ("P0007", ["run", "two.prism"]),
        ("P0109", ["check", "deep.prism"]),
        ("P0114", ["check", "generated.prism"]),
        ("P0124", ["run", "loops.prism"]),
    ] {
        let ran = workspace.run(&arguments);
        assert!(
            ran.stderr.contains(&shown(code)),
            "docs/errors/{code}.md shows something else than\n{}",
            ran.stderr
        );
    }
}
