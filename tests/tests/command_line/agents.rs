//! Agents that are not there, and agents that break the protocol.

use crate::process::marked;
use crate::workspace::{TICKET, Workspace};

/// Runs `one` against the agent that misbehaves in one way; nothing of it is left.
#[track_caller]
fn hostile(mode: &str, exit: i32, code: &str, says: &str) -> serde_json::Value {
    let workspace = Workspace::with_one().hostile(mode);
    let ran = workspace.run_one(&[]);
    ran.fails(exit, code).says(says).says("one did not complete");
    assert_eq!(marked(&workspace.marker), [0; 0], "processes are left");
    let result = ran.json();
    assert_eq!((&result["status"], &result["failure"]["code"]), (&"failed".into(), &code.into()));
    assert_eq!((&result["failure"]["agent"], &result["calls"]), (&"hostile".into(), &1.into()));
    result
}

#[test]
fn nobody_to_ask() {
    let workspace = Workspace::with_one();
    let ran = workspace.run(&["run", "one.prism", "--input", TICKET]);
    ran.fails(5, "agents/none").says("--agents FILE");
    assert_eq!(ran.json()["failure"]["code"], "agents/none");
}

#[test]
fn agents_that_cannot_be_reached() {
    // Nobody listens on the discard port of this machine.
    let workspace =
        Workspace::with_one().file("agents.toml", "[[agent]]\nid = \"far\"\nendpoint = \"127.0.0.1:9\"\n");
    workspace.run_one(&[]).fails(5, "agents/none").says("far is left out");
}

#[test]
fn a_registry_that_cannot_be_reached() {
    let workspace = Workspace::with_one();
    let ran = workspace.run(&["run", "one.prism", "--input", TICKET, "--registry", "127.0.0.1:9"]);
    ran.fails(5, "agents/file").says("127.0.0.1:9");
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_list_of_agents_that_cannot_be_used() {
    let listed = |text: &str| Workspace::with_one().file("agents.toml", text).run_one(&[]);
    Workspace::with_one().run_one(&[]).fails(5, "agents/file").says("agents.toml: there is no such file");
    listed("[[agent]\n").fails(5, "agents/file").says("agents.toml:1");
    listed("[[agent]]\nid = \"a\"\n").fails(5, "agents/file").says("agents.toml:1");
    listed("[[agent]]\nid = \"a\"\nendpoint = \"http://x\"\n").fails(5, "agents/file").says("host:port");
    listed("[[agent]]\nid = \"a\"\ncommand = [\"no-such-program-anywhere\"]\n")
        .fails(5, "agents/file")
        .says("no-such-program-anywhere");
}

#[test]
fn a_command_that_ends_instead_of_registering() {
    let workspace = Workspace::with_one().agents(&[("short", &["sh", "-c", "echo no luck >&2; exit 4"])]);
    let ran = workspace.run_one(&[]);
    ran.fails(5, "agent/died").says("exit code 4").says("no luck");
    assert_eq!(marked(&workspace.marker), [0; 0]);
}

#[test]
fn a_command_that_never_registers() {
    let workspace = Workspace::with_one().file(
        "agents.toml",
        "[[agent]]\nid = \"mute\"\ncommand = [\"sleep\", \"600\"]\ntimeout = \"300ms\"\nenv = [\"PRISM_TEST_MARKER\"]\n",
    );
    workspace.run_one(&[]).fails(5, "agent/died").says("did not register within");
    assert_eq!(marked(&workspace.marker), [0; 0]);
}

#[test]
fn an_agent_that_dies_in_the_middle() {
    let result = hostile("die", 1, "agent/died", "exit code 3");
    assert_eq!(result["failure"]["node"], "one/classify");
}

#[test]
fn an_answer_that_is_not_json() {
    let result = hostile("malformed", 1, "agent/malformed-answer", "answered something that is not JSON");
    assert!(!result["failure"]["message"].as_str().unwrap().contains('\u{1b}'));
}

#[test]
fn an_answer_of_the_wrong_shape() {
    hostile("wrong-shape", 1, "contract/mismatch", r#"the value should be "bug" | "question" | "praise""#);
}

#[test]
fn an_answer_that_is_too_large() {
    hostile("huge", 1, "agent/malformed-answer", "which is the limit");
}

#[test]
fn an_agent_that_never_answers() {
    hostile("hang", 1, "agent/timeout", "did not answer within 2 s");
}

#[test]
fn a_confidence_that_is_not_a_number_counts_as_unstated() {
    let workspace = Workspace::with_one().hostile("nan");
    let ran = workspace.run_one(&[]);
    let result = ran.succeeds().json();
    assert_eq!((&result["value"], &result["confidence"]["point"]), (&"bug".into(), &0.5.into()));
    assert_eq!((&result["confidence"]["lo"], &result["confidence"]["hi"]), (&0.0.into(), &1.0.into()));
}
