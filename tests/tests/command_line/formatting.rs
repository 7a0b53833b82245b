//! `prismc fmt`.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::Stdio;

use crate::workspace::Workspace;

const UGLY: &str = "pattern p {let a=1;return a}\n";
const NEAT: &str = "pattern p {\n  let a = 1\n  return a\n}\n";

fn text(workspace: &Workspace, name: &str) -> String {
    fs::read_to_string(workspace.path().join(name)).unwrap()
}

#[test]
fn files_are_formatted_in_place_and_named() {
    let workspace =
        Workspace::new().file("b.prism", UGLY).file("a/ugly.prism", UGLY).file("neat.prism", NEAT);
    let formatted = workspace.run(&["fmt"]);
    assert_eq!(formatted.succeeds().stdout, "a/ugly.prism\nb.prism\n");
    formatted.says("2 files formatted, 1 file as it should be");
    for name in ["a/ugly.prism", "b.prism", "neat.prism"] {
        assert_eq!(text(&workspace, name), NEAT, "{name}");
    }
    assert_eq!(workspace.run(&["fmt", "."]).succeeds().stdout, "");
    let left: Vec<_> =
        fs::read_dir(workspace.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn check_and_diff_write_nothing() {
    let workspace = Workspace::new().file("ugly.prism", UGLY).file("neat.prism", NEAT);
    let checked = workspace.run(&["fmt", "--check", "ugly.prism", "neat.prism"]);
    assert_eq!((checked.code, checked.stdout.as_str()), (Some(1), "ugly.prism\n"));
    checked.says("1 file would be formatted");
    assert_eq!(workspace.run(&["fmt", "--check", "neat.prism"]).succeeds().stdout, "");
    let shown = workspace.run(&["fmt", "--diff", "ugly.prism"]);
    assert_eq!(
        shown.succeeds().stdout,
        "--- a/ugly.prism\n+++ b/ugly.prism\n@@ -1 +1,4 @@\n-pattern p {let a=1;return a}\n+pattern p {\n\
         +  let a = 1\n+  return a\n+}\n"
    );
    assert_eq!(workspace.run(&["fmt", "--diff", "--check", "."]).code, Some(1));
    assert_eq!(text(&workspace, "ugly.prism"), UGLY);
}

#[test]
fn what_is_wrong_is_reported_and_left_alone() {
    let wrong = "pattern p { let = 1 }\n";
    let workspace = Workspace::new().file("wrong.prism", wrong).file("ugly.prism", UGLY);
    let formatted = workspace.run(&["fmt"]);
    assert_eq!((formatted.code, formatted.stdout.as_str()), (Some(1), "ugly.prism\n"));
    formatted.says("wrong.prism:1:17").says("1 file left alone");
    assert_eq!(text(&workspace, "wrong.prism"), wrong);
    workspace.run(&["fmt", "missing.prism"]).fails(2, "P0001");
}

#[test]
fn permissions_links_and_times_stay() {
    let workspace =
        Workspace::new().file("ugly.prism", UGLY).file("neat.prism", NEAT).file("fixed.prism", UGLY);
    let path = |name: &str| workspace.path().join(name);
    fs::set_permissions(path("ugly.prism"), fs::Permissions::from_mode(0o750)).unwrap();
    fs::set_permissions(path("fixed.prism"), fs::Permissions::from_mode(0o444)).unwrap();
    std::os::unix::fs::symlink("ugly.prism", path("link.prism")).unwrap();
    let before = fs::metadata(path("neat.prism")).unwrap();
    workspace.run(&["fmt", "link.prism", "neat.prism"]).succeeds();
    assert_eq!(text(&workspace, "ugly.prism"), NEAT);
    assert_eq!(fs::metadata(path("ugly.prism")).unwrap().permissions().mode() & 0o777, 0o750);
    assert!(fs::symlink_metadata(path("link.prism")).unwrap().is_symlink());
    let after = fs::metadata(path("neat.prism")).unwrap();
    assert_eq!((before.ino(), before.modified().unwrap()), (after.ino(), after.modified().unwrap()));
    let refused = workspace.run(&["fmt", "fixed.prism"]);
    assert_eq!(refused.code, Some(2));
    refused.says("read-only");
    assert_eq!(text(&workspace, "fixed.prism"), UGLY);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let workspace = Workspace::new();
    let run = |arguments: &[&str], input: &str| {
        let mut command = workspace.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), error)
    };
    assert_eq!(run(&["fmt", "--stdin"], UGLY), (Some(0), NEAT.to_owned(), String::new()));
    assert_eq!(run(&["fmt", "--stdin"], NEAT), (Some(0), NEAT.to_owned(), String::new()));
    assert_eq!(run(&["fmt", "--stdin", "--check"], UGLY).0, Some(1));
    let (code, output, error) = run(&["fmt", "--stdin"], "let = 1");
    assert_eq!((code, output.as_str()), (Some(1), ""));
    assert!(error.contains("<stdin>:1:5"), "{error}");
    assert_eq!(run(&["fmt", "--stdin", "a.prism"], "").0, Some(2));
}
