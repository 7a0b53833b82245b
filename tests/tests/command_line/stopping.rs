//! Signals and limits of time: everything ends, and nothing is left.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::process::{Running, marked, until};
use crate::workspace::Workspace;

/// How soon a run must be over after a signal. A second is promised; a machine that is busy with other tests gets
/// more.
const SOON: Duration = Duration::from_secs(3);

/// Sends a signal, and asserts that the run is cancelled soon and leaves no process.
#[track_caller]
fn cancelled(running: Running, workspace: &Workspace, signal: Signal) -> crate::process::Ended {
    let sent = Instant::now();
    running.signal(signal);
    let ended = running.end();
    let took = sent.elapsed();
    println!("over {took:?} after the signal");
    ended.fails(7, "run/cancelled");
    assert!(took < SOON, "{took:?}");
    assert_eq!(marked(&workspace.marker), [0; 0], "processes are left");
    ended
}

#[test]
fn interrupted_while_an_agent_thinks() {
    let workspace = Workspace::with_one().hostile("hang");
    for signal in [Signal::INT, Signal::TERM] {
        let mut running = workspace.start_one(&["--events", "jsonl"]);
        running.says("call_started");
        let ended = cancelled(running, &workspace, signal);
        assert_eq!(ended.json()["failure"]["code"], "run/cancelled");
        ended.says("call_cancelled");
    }
}

#[test]
fn interrupted_while_agents_start() {
    let workspace = Workspace::with_one().agents(&[("mute", &["sleep", "600"]), ("deaf", &["sleep", "600"])]);
    let running = workspace.start_one(&[]);
    // The process itself, and both commands.
    until("both commands run", || marked(&workspace.marker).len() >= 3);
    let ended = cancelled(running, &workspace, Signal::INT);
    assert_eq!(ended.stdout, "");
}

#[test]
fn agents_that_ignore_the_request_to_end_are_ended() {
    let stubborn = "trap '' TERM INT HUP; while true; do sleep 600; done";
    let workspace = Workspace::with_one().agents(&[("stubborn", &["sh", "-c", stubborn])]);
    let running = workspace.start_one(&[]);
    until("the command and its child run", || marked(&workspace.marker).len() >= 3);
    running.signal(Signal::INT);
    running.end().fails(7, "run/cancelled");
    until("nothing is left", || marked(&workspace.marker).is_empty());
}

#[test]
fn killed_outright_it_leaves_no_agents() {
    let workspace = Workspace::with_one()
        .agents(&[("hostile", &["hostile-agent", "--mode", "hang"]), ("lexicon", &["lexicon-agent"])]);
    let mut running = workspace.start_one(&["--events", "jsonl"]);
    running.says("call_started");
    running.signal(Signal::KILL);
    let killed = Instant::now();
    assert_eq!(running.end().code, None);
    until("nothing is left", || marked(&workspace.marker).is_empty());
    println!("agents were gone {:?} after the kill", killed.elapsed());
}

#[test]
fn a_limit_of_time() {
    let workspace = Workspace::with_one().hostile("hang");
    let ran = workspace.run_one(&["--timeout", "300ms"]);
    ran.fails(8, "run/timeout").says("--timeout");
    assert_eq!(ran.json()["failure"]["code"], "run/timeout");
    assert!(ran.took < Duration::from_secs(10), "{:?}", ran.took);
    assert_eq!(marked(&workspace.marker), [0; 0]);
}

#[test]
fn a_limit_of_time_in_the_budget() {
    let text = crate::workspace::ONE.replace("  output ~", "  budget { time: 300ms }\n  output ~");
    let workspace = Workspace::new().file("one.prism", text).hostile("hang");
    let ran = workspace.run_one(&[]);
    assert_eq!(ran.fails(8, "budget/time").json()["failure"]["code"], "budget/time");
}
