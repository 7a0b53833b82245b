//! Started commands: environment, logs, and that nothing of them is left.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::until;
use prism_agents::{AgentNotice, Agents, AgentsConfig, NoticeSink};
use prism_ports::Failure;

/// Starts what a file lists.
async fn start(folder: &Path, file: &str) -> (Result<Agents, Failure>, Vec<AgentNotice>) {
    let path = folder.join("agents.toml");
    std::fs::write(&path, file).unwrap();
    let notices = Arc::<Mutex<Vec<AgentNotice>>>::default();
    let told = Arc::clone(&notices);
    let config = AgentsConfig {
        file: Some(path),
        log_folder: Some(folder.join("logs")),
        notices: NoticeSink::new(move |notice| told.lock().unwrap().push(notice)),
        ..AgentsConfig::default()
    };
    let started = Agents::start(config).await;
    let notices = notices.lock().unwrap().clone();
    (started, notices)
}

/// An agent that is a shell script.
fn script(id: &str, script: &str, more: &str) -> String {
    format!("[[agent]]\nid = \"{id}\"\ncommand = [\"/bin/sh\", \"-c\", '''{script}''']\n{more}\n")
}

fn numbers(path: &Path) -> Vec<u32> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

/// Whether a process runs; one that has ended and waits to be reaped does not.
fn runs(process: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return false };
    let state = stat.rsplit_once(") ").map(|(_, rest)| rest.chars().next());
    state != Some(Some('Z'))
}

#[tokio::test]
async fn an_agent_that_ends_before_it_registers_is_told_with_the_end_of_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let (started, notices) = start(folder.path(), &script("a", "echo one; echo two >&2; exit 7", "")).await;
    let failure = started.unwrap_err();
    assert_eq!((failure.code.as_str(), failure.agent.as_deref()), ("agent/died", Some("a")));
    assert!(failure.message.starts_with("agent `a` ended (exit code 7); the end of "), "{}", failure.message);
    assert!(failure.message.ends_with("  one\n  two"), "{}", failure.message);
    assert!(
        matches!(&notices[..], [AgentNotice::Listening { .. }, AgentNotice::Started { .. }]),
        "{notices:?}"
    );
}

#[tokio::test]
async fn an_agent_that_never_registers_is_ended_with_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let body = "echo hello; sleep 300 & sleep 300 & echo $$ $! > numbers; trap '' TERM; wait";
    let started = Instant::now();
    let (failed, _) = start(folder.path(), &script("a", body, "timeout = \"300ms\"")).await;
    let failure = failed.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(failure.code, "agent/died");
    assert!(failure.message.contains("did not register within 300 ms"), "{}", failure.message);
    assert!(failure.message.ends_with("  hello"), "{}", failure.message);
    let processes = numbers(&folder.path().join("numbers"));
    assert_eq!(processes.len(), 2);
    until("the end of the group", || processes.iter().all(|process| !runs(*process))).await;
}

#[tokio::test]
async fn dropping_the_start_ends_what_was_started() {
    let folder = tempfile::tempdir().unwrap();
    let body = "sleep 300 & echo $$ $! > numbers.new; mv numbers.new numbers; wait";
    let file = script("a", body, "");
    let numbers_file = folder.path().join("numbers");
    {
        let starting = start(folder.path(), &file);
        tokio::pin!(starting);
        tokio::select! {
            _ = &mut starting => panic!("it never registers"),
            () = until("the start", || numbers_file.exists()) => {}
        }
        assert!(numbers(&numbers_file).iter().all(|process| runs(*process)));
    }
    let processes = numbers(&numbers_file);
    assert_eq!(processes.len(), 2);
    until("the end of the group", || processes.iter().all(|process| !runs(*process))).await;
}

#[tokio::test]
async fn one_agent_that_dies_at_the_start_ends_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = script("a", "echo $$ > numbers; sleep 300", "")
        + &script("b", "while ! [ -s numbers ]; do sleep 0.01; done; exit 1", "");
    let (failed, _) = start(folder.path(), &file).await;
    assert_eq!(failed.unwrap_err().agent.as_deref(), Some("b"));
    let processes = numbers(&folder.path().join("numbers"));
    until("the end of the other", || processes.iter().all(|process| !runs(*process))).await;
}

#[tokio::test]
async fn commands_get_a_cleared_environment() {
    let folder = tempfile::tempdir().unwrap();
    let file = script("a", "/usr/bin/env > environment", "env = [\"CARGO_PKG_NAME\", \"NOT_SET_ANYWHERE\"]");
    let (failed, _) = start(folder.path(), &file).await;
    assert_eq!(failed.unwrap_err().code, "agent/died");
    let text = std::fs::read_to_string(folder.path().join("environment")).unwrap();
    let mut names: Vec<_> =
        text.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
    // The shell adds these by itself.
    names.retain(|name| !["PWD", "OLDPWD", "SHLVL", "_"].contains(name));
    names.sort_unstable();
    let expected = [
        "CARGO_PKG_NAME",
        "PARALLAX_AGENT_HOST",
        "PARALLAX_REGISTRY",
        "PRISM_AGENT_ID",
        "PRISM_AGENT_STDIN_GUARD",
    ];
    assert_eq!(names, expected);
    assert!(text.contains("CARGO_PKG_NAME=prism-agents\n"), "{text}");
    assert!(text.contains("PRISM_AGENT_ID=a\n"), "{text}");
}

#[tokio::test]
async fn a_command_that_is_not_there_is_a_mistake_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for (file, expected) in [
        ("[[agent]]\nid = \"a\"\ncommand = [\"./no-such-agent\"]\n", "no program `./no-such-agent` at "),
        ("[[agent]]\nid = \"a\"\ncommand = [\"no-such-agent\"]\n", "no program `no-such-agent` at "),
        ("[[agent]]\nid = \"a\"\ncommand = [\"/bin/sh\"]\ncwd = \"no-such-folder\"\n", "no folder "),
    ] {
        let (failed, _) = start(folder.path(), file).await;
        let failure = failed.unwrap_err();
        assert_eq!(failure.code, "agents/file");
        assert!(failure.message.contains(expected), "{}", failure.message);
    }
}

#[tokio::test]
async fn a_program_that_the_system_refuses_is_told_as_such() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("broken");
    std::fs::write(&program, b"\x7fELF nonsense").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (failed, _) = start(folder.path(), "[[agent]]\nid = \"a\"\ncommand = [\"./broken\"]\n").await;
    let failure = failed.unwrap_err();
    assert_eq!(failure.code, "agent/died");
    assert!(failure.message.starts_with("agent `a` cannot be started: "), "{}", failure.message);
}

#[tokio::test]
async fn nothing_to_start_needs_no_registry() {
    let agents = Agents::start(AgentsConfig::default()).await.unwrap();
    assert_eq!(agents.registry_address(), None);
    assert_eq!(agents.directory().healthy().await, Ok(vec![]));
    agents.shutdown().await;
    let listen = Some("127.0.0.1:0".parse().unwrap());
    let config = AgentsConfig { listen, ..AgentsConfig::default() };
    let agents = tokio::spawn(Agents::start(config)).await.unwrap().unwrap();
    assert!(agents.registry_address().is_some());
    tokio::spawn(agents.shutdown()).await.unwrap();
}

#[tokio::test]
async fn a_registry_that_is_not_there_is_told() {
    let registry = Some("127.0.0.1:9".to_owned());
    let failure = Agents::start(AgentsConfig { registry, ..AgentsConfig::default() }).await.unwrap_err();
    assert_eq!(failure.code, "agents/file");
    assert!(failure.message.contains("127.0.0.1:9"), "{}", failure.message);
}
