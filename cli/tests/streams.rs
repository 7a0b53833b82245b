//! Streams that nobody reads.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// A stream to which nothing can be written.
fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

#[test]
fn messages_that_cannot_be_written_do_not_change_how_it_ends() {
    let right = file("right.prism", "pattern p {\n  output { x: number }\n  return { x: 1 }\n}\n");
    let wrong = file("wrong.prism", "pattern p {\n  return nope\n}\n");
    let exit = |arguments: &[&str], file: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prismc"));
        command.args(arguments).arg(file).stdout(Stdio::null()).stderr(full());
        command.status().unwrap().code()
    };
    assert_eq!(exit(&["check"], &right), Some(0));
    assert_eq!(exit(&["check"], &wrong), Some(1));
    assert_eq!(exit(&["run"], &right), Some(0));
    assert_eq!(exit(&["run", "--events", "jsonl"], &right), Some(0));
    assert_eq!(exit(&["run"], &wrong), Some(3));
}

#[test]
fn a_result_that_cannot_be_written_is_no_bug() {
    let right = file("result.prism", "pattern p {\n  output { x: number }\n  return { x: 1 }\n}\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_prismc"));
    command.arg("run").arg(right).stdout(full()).stderr(Stdio::null());
    let code = command.status().unwrap().code();
    assert!(code.is_some_and(|code| code != 70), "{code:?}");
}

#[test]
fn half_a_report_is_not_taken_for_a_whole_one() {
    let right = file("report.prism", "pattern p {\n  output { x: number }\n  return { x: 1 }\n}\n");
    for format in ["short", "json", "jsonl", "sarif", "junit"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prismc"));
        command.args(["check", "--format", format]).arg(&right).stdout(full()).stderr(Stdio::piped());
        let ended = command.output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{format}: {said}");
        assert!(said.contains("what was found cannot be written"), "{format}: {said}");
    }
}
