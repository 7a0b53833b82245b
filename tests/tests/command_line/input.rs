//! Input that a pattern does not take is refused before any agent is started.

use crate::workspace::Workspace;

/// Runs `one` with an input, and with agents that must not be started.
#[track_caller]
fn refused(input: &str, exit: i32, code: &str, says: &str) -> String {
    let workspace = Workspace::with_one().agents(&[("never", &["touch", "started"])]);
    let ran = workspace.run(&["run", "one.prism", "--agents", "agents.toml", "--input", input]);
    ran.fails(exit, code).says(says);
    assert_eq!(ran.stdout, "");
    assert!(!workspace.path().join("started").exists(), "an agent was started");
    ran.stderr
}

#[test]
fn a_missing_field() {
    insta::assert_snapshot!(refused("{}", 4, "input/mismatch", "text should be string, but is missing"));
}

#[test]
fn an_unknown_field() {
    insta::assert_snapshot!(refused(
        r#"{"text": "x", "teir": "pro"}"#,
        4,
        "input/mismatch",
        "did you mean `tier`?"
    ));
}

#[test]
fn values_of_the_wrong_kind() {
    refused(r#"{"text": 3}"#, 4, "input/mismatch", "text should be string, but is 3");
    refused(r#"{"text": "x", "tier": "prp"}"#, 4, "input/mismatch", r#"tier should be "free" | "pro""#);
    refused("[]", 4, "input/mismatch", "but is []");
    refused("null", 4, "input/mismatch", "text");
    let long = serde_json::json!({ "text": "x".repeat(101) }).to_string();
    refused(&long, 4, "input/mismatch", "at most 100 characters long");
}

#[test]
fn text_that_is_not_json() {
    refused("It crashes", 4, "input/mismatch", "the input is not JSON");
    refused("", 4, "input/mismatch", "the input is empty");
    refused(r#"{"text": "x"} trailing"#, 4, "input/mismatch", "the input is not JSON");
    refused(&"[".repeat(20_000), 4, "input/mismatch", "the input is not JSON");
}

#[test]
fn files_of_input() {
    refused("@missing.json", 2, "usage", "`missing.json` cannot be read as input: there is no such file");
    refused("@.", 2, "usage", "it is a folder");
    let workspace = Workspace::with_one().file("ticket.json", b"{\"text\": \"\xff\"}");
    workspace
        .run(&["run", "one.prism", "--input", "@ticket.json"])
        .fails(4, "input/mismatch")
        .says("not UTF-8");
    let workspace = Workspace::new()
        .file("echo.prism", "pattern echo { input { text: string }\n return input.text }\n")
        .file("ticket.json", r#"{"text": "from a file"}"#);
    let ran = workspace.run(&["run", "echo.prism", "--input", "@ticket.json"]);
    assert_eq!(ran.succeeds().json()["value"], "from a file");
    let mut command = workspace.command(&["run", "echo.prism", "--input", "-"]);
    let piped = std::fs::File::open(workspace.path().join("ticket.json")).unwrap();
    let output = command.stdin(piped).output().unwrap();
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["value"], "from a file");
    // The standard input of all other runs is empty.
    workspace
        .run(&["run", "echo.prism", "--input", "-"])
        .fails(4, "input/mismatch")
        .says("standard input is empty");
}
