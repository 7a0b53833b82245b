//! `prismc check --deny … --warn … --allow …`, and comments that allow something.

use crate::process::Ended;
use crate::workspace::Workspace;

const UNUSED: &str = "pattern p {\n  output number\n  let spare = 1\n  return 2\n}\n";

fn check(text: &str, options: &[&str]) -> Ended {
    let workspace = Workspace::new().file("a.prism", text);
    workspace.run(&[&["check", "a.prism"], options].concat())
}

#[test]
fn warnings_can_be_denied() {
    check(UNUSED, &[]).succeeds().says("[P0701] warning:").says("1 warning");
    let denied = check(UNUSED, &["--deny", "warnings"]);
    assert_eq!((denied.code, denied.error_codes()), (Some(1), Vec::new()), "{}", denied.stderr);
    denied.says("[P0701] warning:").says("1 warning");
    for format in ["short", "json", "jsonl", "sarif", "github", "junit"] {
        let denied = check(UNUSED, &["--deny", "warnings", "--format", format]);
        assert_eq!(denied.code, Some(1), "{format}: {}", denied.stderr);
        assert!(denied.stdout.contains("warning"), "{format}: {}", denied.stdout);
    }
    check("pattern p { output number\n  return 2 }\n", &["--deny", "warnings"]).succeeds();
}

#[test]
fn one_diagnostic_can_be_denied_or_allowed() {
    for name in ["P0701", "p0701", "unused-variable"] {
        check(UNUSED, &["--deny", name]).fails(1, "P0701").says("1 error");
        check(UNUSED, &["--allow", name, "--deny", "warnings"]).succeeds().says("no problems");
        check(UNUSED, &["--warn", name]).succeeds().says("1 warning");
        check(UNUSED, &["--allow", name, "--deny", name]).fails(1, "P0701");
    }
    check(UNUSED, &["--deny", "missing-band,unused-variable"]).fails(1, "P0701");
    let json = check(UNUSED, &["--deny", "P0701", "--format", "json"]).json();
    assert_eq!(json["diagnostics"][0]["level"], "error");
    assert_eq!(json["summary"]["errors"], 1);
}

#[test]
fn errors_cannot_be_allowed() {
    for option in ["--allow", "--warn"] {
        let refused = check(UNUSED, &[option, "ungated-use"]);
        refused.fails(2, "usage").says("P0401 (ungated-use) cannot be").says("does not compile");
        assert_eq!(refused.stdout, "");
    }
    check("const a = nothing\n", &["--deny", "unknown-name"]).fails(1, "P0201");
}

#[test]
fn unknown_names_are_refused_with_the_nearest() {
    for option in ["--deny", "--warn", "--allow"] {
        let refused = check(UNUSED, &[option, "unused-varable"]);
        refused
            .fails(2, "usage")
            .says("no diagnostic `unused-varable`")
            .says("did you mean `unused-variable`?");
        assert!(!refused.stderr.contains("checked"), "{}", refused.stderr);
    }
    let far = check(UNUSED, &["--deny", "everything\u{1b}[31m"]);
    far.fails(2, "usage");
    assert!(!far.stderr.contains("did you mean"), "{}", far.stderr);
    check(UNUSED, &["--allow", "warnings"]).fails(2, "usage").says("only `--deny` takes `warnings`");
}

#[test]
fn comments_allow_what_is_meant() {
    let meant = UNUSED.replace("  let", "  // prism: allow(unused-variable) it is\n  let");
    check(&meant, &["--deny", "warnings"]).succeeds().says("no problems");
    let elsewhere = UNUSED.replace("  return", "  // prism: allow(unused-variable) it is\n  return");
    let told = check(&elsewhere, &["--deny", "unused-suppression"]);
    assert_eq!((told.code, told.error_codes()), (Some(1), vec!["P0703"]), "{}", told.stderr);
    told.says("[P0701] warning:").says("allows P0701 (unused-variable), which is not reported here");
    let hidden = check(&elsewhere, &["--allow", "P0703,P0701", "--deny", "warnings"]);
    hidden.succeeds().says("no problems");
}
