//! The example agents as processes, started and asked by the runtime's own side.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use prism_agents::pool::PoolConfig;
use prism_agents::{AgentNotice, Agents, AgentsConfig, NoticeSink};
use prism_example_agents::agent::{Agent, AgentError, Reply, ServeOptions, Task, start};
use prism_ports::{Answer, CallId, CallRequest, Failure, Key, NodeId, RunId};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

struct Started {
    agents: Agents,
    notices: Arc<Mutex<Vec<AgentNotice>>>,
    folder: TempDir,
}

impl Started {
    async fn new(file: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agents.toml");
        std::fs::write(&path, file).unwrap();
        let notices = Arc::<Mutex<Vec<AgentNotice>>>::default();
        let told = Arc::clone(&notices);
        let config = AgentsConfig {
            file: Some(path),
            log_folder: Some(folder.path().join("logs")),
            notices: NoticeSink::new(move |notice| told.lock().unwrap().push(notice)),
            ..AgentsConfig::default()
        };
        let agents = Agents::start(config).await.unwrap_or_else(|failure| panic!("{failure}"));
        Self { agents, notices, folder }
    }

    async fn ask(&self, agent: &str, task: &str, data: Json) -> Result<Answer, Failure> {
        self.agents.caller().call(request(agent, task, data)).await
    }

    fn processes(&self) -> Vec<u32> {
        let notices = self.notices.lock().unwrap();
        let started = notices.iter().filter_map(|notice| match notice {
            AgentNotice::Started { process, .. } => Some(*process),
            _ => None,
        });
        started.collect()
    }
}

fn request(agent: &str, task: &str, data: Json) -> CallRequest {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    CallRequest {
        run: RunId::from("run"),
        call: CallId { node: NodeId::from(format!("node-{call}")), key: Key::default(), attempt: 0 },
        agent: agent.to_owned(),
        task: task.to_owned(),
        data,
        context: BTreeMap::new(),
        pattern: "test".to_owned(),
        timeout_us: Some(10_000_000),
    }
}

/// An entry of an agents file for one of the programs of this package.
fn entry(id: &str, command: &[&str]) -> String {
    format!("[[agent]]\nid = \"{id}\"\ncommand = {}\n", json!(command))
}

fn the_four() -> String {
    entry("lexicon", &[env!("CARGO_BIN_EXE_lexicon-agent")])
        + &entry("bayes", &[env!("CARGO_BIN_EXE_bayes-agent")])
        + &entry("rules", &[env!("CARGO_BIN_EXE_rules-agent")])
        + &entry(
            "flaky",
            &[
                env!("CARGO_BIN_EXE_flaky-agent"),
                "--delay-ms",
                "1",
                "--fail-rate",
                "0.5",
                "--ramble-rate",
                "0.5",
            ],
        )
}

fn hostile(mode: &str) -> String {
    entry("hostile", &[env!("CARGO_BIN_EXE_hostile-agent"), "--mode", mode])
}

/// Whether a process runs; one that has ended and waits to be reaped does not.
fn runs(process: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return false };
    let state = stat.rsplit_once(") ").map(|(_, rest)| rest.chars().next());
    state != Some(Some('Z'))
}

/// The processes of a group.
fn members(group: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap();
    let numbers = processes.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
    let in_group = numbers.filter(|process: &u32| {
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return false };
        let Some((_, fields)) = stat.rsplit_once(") ") else { return false };
        let mut fields = fields.split(' ');
        fields.next() != Some("Z") && fields.nth(1) == Some(group.to_string().as_str())
    });
    in_group.collect()
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what} did not happen");
}

#[tokio::test]
async fn four_agents_start_answer_and_stop() {
    let started = Started::new(&the_four()).await;
    let known = started.agents.directory().healthy().await.unwrap();
    assert_eq!(
        known.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>(),
        ["bayes", "flaky", "lexicon", "rules"]
    );
    assert_eq!(known[0].name, "Naive Bayes");
    assert!(known.iter().all(|agent| agent.capabilities == ["classification"]));
    let expertise = |index: usize| known[index].expertise.unwrap();
    assert!(expertise(0) > 0.6 && expertise(2) > 0.6 && expertise(3) > 0.6 && expertise(1) < 0.4);
    for (text, label) in [
        ("The app crashes with an error when I save", "bug"),
        ("How do I export my contacts?", "question"),
        ("Thank you, the new version is great!", "praise"),
    ] {
        for agent in ["lexicon", "bayes", "rules"] {
            let answer = started.ask(agent, "Which label fits?", json!({ "text": text })).await.unwrap();
            assert_eq!(answer.value, json!(label), "{agent}: {text}");
            assert!(answer.stated.is_some_and(|stated| stated > 0.6), "{agent}: {text}: {:?}", answer.stated);
            assert!(answer.reasoning.is_some());
        }
    }
    let processes = started.processes();
    assert_eq!(processes.len(), 4);
    let stopping = Instant::now();
    started.agents.shutdown().await;
    assert!(stopping.elapsed() < Duration::from_millis(900), "{:?}", stopping.elapsed());
    assert_eq!(processes.iter().flat_map(|process| members(*process)).collect::<Vec<_>>(), Vec::<u32>::new());
    let stopped = |notice: &&AgentNotice| matches!(notice, AgentNotice::Stopped { .. });
    assert_eq!(started.notices.lock().unwrap().iter().filter(stopped).count(), 4);
    let log = std::fs::read_to_string(started.folder.path().join("logs/0-lexicon.log")).unwrap();
    assert!(log.contains("registered as lexicon at 127.0.0.1:"), "{log}");
}

#[tokio::test]
async fn a_call_does_not_wait_for_a_delayed_acknowledgement() {
    let started = Started::new(&the_four()).await;
    let mut times = Vec::new();
    for _ in 0..41 {
        let begun = Instant::now();
        started.ask("rules", "Which label?", json!({ "text": "Where is it?" })).await.unwrap();
        times.push(begun.elapsed());
    }
    times.sort();
    println!("a call takes {:?} (median)", times[20]);
    assert!(times[20] < Duration::from_millis(25), "{times:?}");
}

#[tokio::test]
async fn questions_about_one_label_are_answered_with_yes_or_no() {
    let started = Started::new(&the_four()).await;
    let crash = json!({ "text": "The app crashes with an error" });
    let yes = started.ask("lexicon", "Is this a bug?", crash.clone()).await.unwrap();
    assert_eq!(yes.value, json!(true));
    let no = started.ask("bayes", "Is the ticket praise?", crash.clone()).await.unwrap();
    assert_eq!(no.value, json!(false));
    let either = started.ask("rules", "Is this a bug or a question?", crash).await.unwrap();
    assert_eq!(either.value, json!("bug"));
    let bare = started.ask("rules", "Which label?", json!("Where is my invoice?")).await.unwrap();
    assert_eq!(bare.value, json!("question"));
}

#[tokio::test]
async fn what_is_no_ticket_is_refused() {
    let started = Started::new(&the_four()).await;
    for agent in ["lexicon", "bayes", "rules", "flaky"] {
        for data in
            [json!({ "subject": "x" }), json!({ "text": 3 }), json!([1]), json!(null), json!({ "text": " " })]
        {
            let failure = started.ask(agent, "Which label?", data.clone()).await.unwrap_err();
            assert_eq!(
                (failure.code.as_str(), failure.retryable),
                ("agent/refused", false),
                "{agent} {data}"
            );
        }
    }
    let failure = started.ask("rules", "Which label?", json!({ "subject": "x" })).await.unwrap_err();
    assert!(failure.message.ends_with("found a record with the keys [subject]"), "{}", failure.message);
}

#[tokio::test]
async fn hostile_answers_cost_their_own_call_only() {
    for (mode, code) in [("malformed", "agent/malformed-answer"), ("huge", "agent/malformed-answer")] {
        let started = Started::new(&hostile(mode)).await;
        for _ in 0..2 {
            let failure = started.ask("hostile", "x", json!({})).await.unwrap_err();
            assert_eq!(failure.code, code, "{mode}: {failure}");
            assert!(!failure.message.contains('\u{1b}'));
        }
        started.agents.shutdown().await;
    }
    let nan = Started::new(&hostile("nan")).await;
    assert_eq!(nan.ask("hostile", "x", json!({})).await.unwrap().stated, None);
    let shape = Started::new(&hostile("wrong-shape")).await;
    assert!(shape.ask("hostile", "x", json!({})).await.unwrap().value.is_object());
}

#[tokio::test]
async fn an_agent_that_dies_in_the_middle_fails_its_calls_and_is_gone() {
    let started = Started::new(&(hostile("die") + &the_four())).await;
    assert_eq!(started.agents.directory().healthy().await.unwrap().len(), 5);
    let failure = started.ask("hostile", "x", json!({})).await.unwrap_err();
    assert_eq!(
        (failure.code.as_str(), failure.agent.as_deref()),
        ("agent/died", Some("hostile")),
        "{failure}"
    );
    assert!(failure.message.contains("exit code 3"), "{}", failure.message);
    assert!(failure.message.ends_with("a call arrived; the process ends here"), "{}", failure.message);
    let left = started.agents.directory().healthy().await.unwrap();
    assert!(left.iter().all(|agent| agent.id != "hostile"), "{left:?}");
    assert_eq!(left.len(), 4);
    let again = started.ask("hostile", "x", json!({})).await.unwrap_err();
    assert_eq!(again.code, "agent/died");
    let died = |notice: &AgentNotice| matches!(notice, AgentNotice::Died { agent, .. } if agent == "hostile");
    assert!(started.notices.lock().unwrap().iter().any(died));
    started.agents.shutdown().await;
}

#[tokio::test]
async fn a_call_under_way_fails_when_its_agent_is_killed() {
    let started = Started::new(&hostile("hang")).await;
    let call = tokio::spawn(started.agents.caller().call(request("hostile", "x", json!({}))));
    let log = started.folder.path().join("logs/0-hostile.log");
    until("the call", || std::fs::read_to_string(&log).unwrap().contains("a call arrived")).await;
    let process = started.processes()[0].try_into().unwrap();
    let process = rustix::process::Pid::from_raw(process).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
    let failure = call.await.unwrap().unwrap_err();
    assert_eq!(failure.code, "agent/died", "{failure}");
    assert!(failure.message.contains("signal 9"), "{}", failure.message);
}

#[tokio::test]
async fn an_agent_that_hangs_is_stopped_with_the_others() {
    let started = Started::new(&hostile("hang")).await;
    let mut asked = request("hostile", "x", json!({}));
    asked.timeout_us = Some(100_000);
    assert_eq!(started.agents.caller().call(asked).await.unwrap_err().code, "agent/timeout");
    let processes = started.processes();
    drop(started.agents);
    until("the end of the agent", || !processes.iter().any(|process| runs(*process))).await;
}

struct Sleeper;

impl Agent for Sleeper {
    fn id(&self) -> &str {
        "sleeper"
    }

    fn capabilities(&self) -> Vec<String> {
        vec!["sleeping".to_owned()]
    }

    async fn analyze(&self, task: &Task) -> Result<Reply, AgentError> {
        if task.description == "sleep" {
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
        Ok(Reply { cost_nanodollars: Some(7), ..Reply::new(task.data.clone()).confidence(0.5) })
    }
}

#[tokio::test]
async fn an_agent_of_the_library_registers_counts_and_unregisters() {
    let listen = Some("127.0.0.1:0".parse().unwrap());
    let agents = Agents::start(AgentsConfig { listen, ..AgentsConfig::default() }).await.unwrap();
    let options = ServeOptions {
        registry: agents.registry_address().map(|address| address.to_string()),
        id: Some("renamed".to_owned()),
        labels: BTreeMap::from([("tier".to_owned(), "free".to_owned())]),
        lease: Duration::from_millis(300),
        report: |_| {},
        ..ServeOptions::default()
    };
    let served = start(Sleeper, options).await.unwrap();
    let directory = agents.directory();
    let mut known = Vec::new();
    for _ in 0..200 {
        known = directory.healthy().await.unwrap();
        if !known.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!((known[0].id.as_str(), known[0].name.as_str()), ("renamed", "sleeper"));
    assert_eq!(known[0].labels["tier"], "free");
    // Renewed more than once, or it would be gone after three times 300 ms.
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    let mut known = Vec::new();
    while known.is_empty() {
        known = directory.healthy().await.unwrap();
    }

    let caller = agents.caller();
    let answer = caller.call(request("renamed", "echo", json!([1, { "a": null }]))).await.unwrap();
    assert_eq!(
        (answer.value, answer.stated, answer.cost_nanodollars),
        (json!([1, { "a": null }]), Some(0.5), Some(7))
    );
    let statistics = served.statistics();
    let call = tokio::spawn(caller.call(request("renamed", "sleep", json!({}))));
    until("the call", || statistics.in_flight() == 1).await;
    call.abort();
    until("the cancellation", || statistics.cancelled() == 1).await;
    let mut asked = request("renamed", "sleep", json!({}));
    asked.timeout_us = Some(50_000);
    assert_eq!(caller.call(asked).await.unwrap_err().code, "agent/timeout");
    until("the end of the call", || statistics.in_flight() == 0).await;
    assert_eq!((statistics.answered(), statistics.failed()), (1, 0));
    served.shutdown().await;
    assert_eq!(directory.healthy().await.unwrap(), []);
    agents.shutdown().await;
}

/// Holds agents in a process of its own until that is killed: see the test below.
#[tokio::test]
#[ignore = "run by another test, as a process of its own"]
async fn holds_agents() {
    let with_child = "[[agent]]\nid = \"shell\"\ncommand = [\"/bin/sh\", \"-c\", '''exec 0</dev/null; sleep 300 & PRISM_AGENT_STDIN_GUARD=0 %PROGRAM% & wait''']\n";
    let file = the_four() + &with_child.replace("%PROGRAM%", env!("CARGO_BIN_EXE_rules-agent"));
    let started = Started::new(&file).await;
    println!("\nprocesses {}", started.processes().iter().map(u32::to_string).collect::<Vec<_>>().join(" "));
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn no_agent_outlives_us_even_when_we_are_killed() {
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "holds_agents", "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    let line =
        lines.map_while(Result::ok).find(|line| line.starts_with("processes ")).expect("the agents' numbers");
    let groups: Vec<u32> = line.split(' ').skip(1).map(|number| number.parse().unwrap()).collect();
    assert_eq!(groups.len(), 5);
    let before: Vec<u32> = groups.iter().flat_map(|group| members(*group)).collect();
    assert!(before.len() >= 7, "the shell has two children: {before:?}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    until("the end of all", || before.iter().all(|process| !runs(*process))).await;
}

#[tokio::test]
async fn the_agents_file_of_the_examples_lists_what_this_package_builds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../agents.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_lexicon-agent")).parent().unwrap();
    let file = folder.path().join("agents.toml");
    std::fs::write(&file, format!("search = [{}]\n{text}", json!(programs))).unwrap();
    let config = AgentsConfig { file: Some(file), pool: PoolConfig::default(), ..AgentsConfig::default() };
    let agents = Agents::start(config).await.unwrap_or_else(|failure| panic!("{failure}"));
    let known = agents.directory().healthy().await.unwrap();
    assert_eq!(
        known.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>(),
        ["bayes", "flaky", "lexicon", "rules"]
    );
    assert_eq!(known[1].cost_nanodollars, Some(100_000));
    assert_eq!(known[1].labels["kind"], "unreliable");
    agents.shutdown().await;
}
