use std::sync::Arc;
use std::time::Duration;

use prism_example_agents::agent::{Agent, AgentError, Reply, ServeOptions, ServedAgent, Task, start};
use prism_example_agents::ticket::{Bayes, Lexicon, Rules, TicketAgent};
use prism_runtime::agents::{Agents, AgentsConfig};
use prism_runtime::{ExitCode, MemoryJournal, RunRequest, Runtime, replay};
use serde_json::json;

use crate::fakes::{everybody, records, ticket, until_sure};

fn quiet() -> ServeOptions {
    ServeOptions { report: |_| {}, ..ServeOptions::default() }
}

/// Agents by id, known by an agents file with their addresses.
async fn agents(served: &[(&str, &ServedAgent)]) -> Agents {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agents.toml");
    let entries: Vec<String> = served
        .iter()
        .map(|(id, agent)| format!("[[agent]]\nid = \"{id}\"\nendpoint = \"{}\"\n", agent.address()))
        .collect();
    std::fs::write(&file, entries.join("\n")).unwrap();
    Agents::start(AgentsConfig { file: Some(file), ..AgentsConfig::default() }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_agents_are_asked_over_the_wire() {
    let lexicon = start(TicketAgent::new("lexicon", "Lexicon", Lexicon::new(), 0.8), quiet()).await.unwrap();
    let bayes = start(TicketAgent::new("bayes", "Bayes", Bayes::new(), 0.9), quiet()).await.unwrap();
    let rules = start(TicketAgent::new("rules", "Rules", Rules::new(), 0.7), quiet()).await.unwrap();
    let agents = agents(&[("lexicon", &lexicon), ("bayes", &bayes), ("rules", &rules)]).await;
    let journal = Arc::new(MemoryJournal::default());
    let runtime = Runtime::builder().agents(&agents).journal(journal.clone()).build();
    let pattern = everybody("");
    let input = json!({ "text": "It crashes with an error when I open the settings" });
    let result = runtime.run(&pattern, input, RunRequest::default()).await;
    assert_eq!(
        (result.value.clone(), result.calls, result.warnings.len()),
        (json!("bug"), 3, 0),
        "{result:#?}"
    );
    let confidence = result.confidence.clone().unwrap();
    assert!((0.5..1.0).contains(&confidence.point), "{confidence:#?}");
    let mut asked: Vec<String> =
        confidence.roots[0].from.iter().filter_map(|root| root.agent.clone()).collect();
    asked.sort();
    assert_eq!(asked, ["bayes", "lexicon", "rules"]);
    assert_eq!(bayes.statistics().answered(), 1);
    let records = records(&journal, &result.run).await;
    replay(pattern.program().clone(), pattern.name(), &records).unwrap();
    for served in [lexicon, bayes, rules] {
        served.shutdown().await;
    }
    let result = runtime.run(&until_sure(), ticket(), RunRequest::default()).await;
    assert_ne!(result.exit_code(), ExitCode::Completed, "nobody is there any more");
    agents.shutdown().await;
}

/// Never comes to an end.
struct Ponderer;

impl Agent for Ponderer {
    fn id(&self) -> &str {
        "ponderer"
    }

    fn capabilities(&self) -> Vec<String> {
        vec!["classification".to_owned()]
    }

    async fn analyze(&self, _: &Task) -> Result<Reply, AgentError> {
        std::future::pending().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_agent_learns_that_a_run_was_cancelled() {
    let ponderer = start(Ponderer, quiet()).await.unwrap();
    let statistics = ponderer.statistics();
    let agents = agents(&[("p1", &ponderer), ("p2", &ponderer)]).await;
    let runtime = Runtime::builder().agents(&agents).build();
    for how in ["cancel", "timeout"] {
        let before = statistics.cancelled();
        let request = RunRequest::default();
        let request =
            if how == "timeout" { request.with_timeout(Duration::from_millis(300)) } else { request };
        let run = runtime.run(&everybody(""), ticket(), request);
        until(|| statistics.in_flight() == 2).await;
        if how == "cancel" {
            run.cancel();
        }
        let asked = std::time::Instant::now();
        let result = run.await;
        assert!(asked.elapsed() < Duration::from_secs(1));
        let expected = if how == "cancel" { ExitCode::Cancelled } else { ExitCode::TimedOut };
        assert_eq!(result.exit_code(), expected, "{result:#?}");
        until(|| statistics.cancelled() == before + 2).await;
        assert_eq!(statistics.in_flight(), 0);
    }
    agents.shutdown().await;
    ponderer.shutdown().await;
}

async fn until(condition: impl Fn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    });
    waited.await.expect("it comes true within ten seconds");
}
