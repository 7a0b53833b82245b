//! What shells and manuals are given.

use std::process::Command;

use crate::process::{Running, prismc};
use crate::workspace::Workspace;

#[test]
fn completions_are_scripts_for_each_shell() {
    let workspace = Workspace::new();
    for (shell, sign) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef prismc"),
        ("fish", "complete -c prismc"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "set edit:completion"),
    ] {
        let ended = workspace.run(&["completions", shell]);
        let script = ended.succeeds();
        assert!(script.stdout.contains(sign), "{shell}:\n{}", script.stdout);
        for word in ["check", "explain", "format"] {
            assert!(script.stdout.contains(word), "{word} is not completed in {shell}");
        }
    }
    let ended = workspace.run(&["completions", "tcsh"]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("possible values: bash, elvish, fish, powershell, zsh"),
        "{}",
        ended.stderr
    );
}

/// What bash offers for the last of some words.
#[test]
fn bash_completes_commands_and_values() {
    let script = r#"
        source <("$1" completions bash)
        offer() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _prismc "$1" "${@: -1}" "${@: -2:1}"; echo "${COMPREPLY[*]}"; }
        offer prismc exp
        offer prismc check --format sa
    "#;
    let mut command = Command::new("bash");
    command.args(["-c", script, "bash"]).arg(prismc());
    let ended = Running::start(&mut command).end();
    assert_eq!(ended.stdout, "explain\nsarif\n", "{}", ended.stderr);
}

#[test]
fn manual_pages_are_printed_and_written() {
    let workspace = Workspace::new();
    let page = workspace.run(&["man"]);
    let page = page.succeeds();
    assert!(page.stdout.contains(".TH prismc 1"), "{}", page.stdout);
    workspace.run(&["man", "--folder", "pages/man1"]).succeeds();
    for name in ["prismc.1", "prismc-check.1", "prismc-fmt.1", "prismc-run.1"] {
        let written = std::fs::read_to_string(workspace.path().join("pages/man1").join(name)).unwrap();
        assert!(written.contains(".SH SYNOPSIS"), "{name}");
    }
    let ended = workspace.file("taken", "").run(&["man", "--folder", "taken/man1"]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.stderr.contains("the manual pages cannot be written to `taken/man1`"), "{}", ended.stderr);
}
