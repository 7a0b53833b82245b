//! Arguments.

use crate::workspace::Workspace;

#[test]
fn help_says_what_there_is() {
    let workspace = Workspace::new();
    let help = workspace.run(&["--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
    for word in ["check", "run", "ir", "explain", "lsp", "--help", "--version", "Examples:"] {
        assert!(help.stdout.contains(word), "{word}");
    }
    insta::assert_snapshot!(workspace.run(&["run", "--help"]).stdout);
}

#[test]
fn without_arguments_it_shows_the_help() {
    let none = Workspace::new().run(&[]);
    assert_eq!((none.code, none.stdout.as_str()), (Some(2), ""));
    assert!(none.stderr.contains("Usage: prismc <COMMAND>"), "{}", none.stderr);
}

#[test]
fn the_version() {
    let version = Workspace::new().run(&["--version"]);
    assert_eq!((version.code, version.stdout), (Some(0), format!("prismc {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn unknown_words_are_refused() {
    let workspace = Workspace::with_one();
    for (arguments, says) in [
        (["--nope", ""].as_slice(), "unexpected argument '--nope'"),
        (&["frobnicate"], "unrecognized subcommand 'frobnicate'"),
        (&["chekc"], "similar subcommand exists: 'check'"),
        (&["run"], "<FILE[:PATTERN]>"),
        (&["run", "one.prism", "--inptu", "{}"], "similar argument exists: '--input'"),
        (&["run", "one.prism", "--timeout", "soon"], "write it like 250ms, 30s, 2m or 1h30m"),
        (&["run", "one.prism", "--timeout", "0s"], "`0s` is no duration"),
        (&["run", "one.prism", "--events", "yaml"], "possible values: jsonl"),
        (&["ir"], "<FILE>"),
    ] {
        let ran = workspace.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stderr.matches("error:").count(), 1, "{}", ran.stderr);
    }
    workspace.run(&["lsp"]).fails(2, "usage").says("prismc lsp --stdio");
}

#[test]
fn colours_are_for_terminals() {
    let workspace = Workspace::new().file("wrong.prism", "const a = nothing\n");
    let arguments = ["check", "wrong.prism"];
    let plain = workspace.run(&arguments);
    plain.fails(1, "P0201");
    let forced =
        crate::process::Running::start(workspace.command(&arguments).env("CLICOLOR_FORCE", "1")).end();
    assert!(forced.stderr.contains("\u{1b}["), "{:?}", forced.stderr);
    let none = crate::process::Running::start(workspace.command(&arguments).env("NO_COLOR", "1")).end();
    assert_eq!(none.stderr, plain.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    use std::process::Stdio;
    let workspace = Workspace::with_one();
    let mut child = workspace
        .command(&["ir", "one.prism"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn ir_is_json_or_a_listing() {
    let workspace = Workspace::with_one();
    let document = workspace.run(&["ir", "one.prism"]);
    assert_eq!(document.succeeds().json()["prism_ir"], "1.0");
    assert_eq!(document.stderr, "");
    let listing = workspace.run(&["ir", "one.prism", "--text"]);
    assert!(listing.succeeds().stdout.contains("classify"), "{}", listing.stdout);
}
