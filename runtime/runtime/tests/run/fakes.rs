//! Agents in this process that count what becomes of their calls, and patterns that ask them.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use prism_catalog::FailureCode;
use prism_compiler::{CompileError, Session};
use prism_runtime::ports::{
    AgentCaller, AgentDescription, AgentDirectory, Answer, BoxFuture, CallRequest, Failure, Journal, Json,
    Record, RunId,
};
use prism_runtime::{MemoryJournal, PreparedPattern, Runtime};

/// What an agent does with a call.
pub enum Act {
    /// Answers after a while.
    Answer(Duration, Json, f64),
    /// Fails after a while.
    Fail(Duration),
    /// Works without an end.
    Never,
    /// Panics when it is called.
    Panic,
    /// Panics while it works.
    PanicLater,
}

/// Answers after so many milliseconds.
pub fn says(milliseconds: u64, value: &str, confidence: f64) -> Act {
    Act::Answer(Duration::from_millis(milliseconds), value.into(), confidence)
}

type Acting = dyn Fn(&CallRequest) -> Act + Send + Sync;

/// Agents `a0`, `a1`, … with one behaviour.
pub struct Fakes {
    count: u32,
    act: Box<Acting>,
    pub calls: Mutex<Vec<CallRequest>>,
    pub counts: Arc<Counts>,
}

/// What became of calls.
#[derive(Default)]
pub struct Counts {
    started: AtomicU32,
    ended: AtomicU32,
    dropped: AtomicU32,
}

/// Counts a call as dropped, unless it has ended.
struct Guard {
    counts: Arc<Counts>,
    ended: bool,
}

impl Guard {
    fn new(counts: &Arc<Counts>) -> Self {
        counts.started.fetch_add(1, Ordering::SeqCst);
        Self { counts: Arc::clone(counts), ended: false }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let count = if self.ended { &self.counts.ended } else { &self.counts.dropped };
        count.fetch_add(1, Ordering::SeqCst);
    }
}

impl Counts {
    /// Calls that were started, have ended, and were dropped before.
    pub fn all(&self) -> (u32, u32, u32) {
        let read = |count: &AtomicU32| count.load(Ordering::SeqCst);
        (read(&self.started), read(&self.ended), read(&self.dropped))
    }

    pub fn under_way(&self) -> u32 {
        let (started, ended, dropped) = self.all();
        started - ended - dropped
    }
}

impl Fakes {
    pub fn new(count: u32, act: impl Fn(&CallRequest) -> Act + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { count, act: Box::new(act), calls: Mutex::default(), counts: Arc::default() })
    }
}

impl AgentCaller for Fakes {
    fn call(&self, request: CallRequest) -> BoxFuture<'static, Result<Answer, Failure>> {
        let act = (self.act)(&request);
        let agent = request.agent.clone();
        self.calls.lock().unwrap().push(request);
        let mut guard = Guard::new(&self.counts);
        if matches!(act, Act::Panic) {
            panic!("out of paper");
        }
        Box::pin(async move {
            // All of it, not only the field that is written below.
            let guard = &mut guard;
            let result = match act {
                Act::Answer(after, value, confidence) => {
                    if !after.is_zero() {
                        tokio::time::sleep(after).await;
                    }
                    Ok(Answer { value, stated: Some(confidence), ..Answer::default() })
                }
                Act::Fail(after) => {
                    tokio::time::sleep(after).await;
                    Err(Failure::new(FailureCode::AgentError, "out of order").from_agent(agent))
                }
                Act::Never => std::future::pending().await,
                Act::Panic | Act::PanicLater => {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    panic!("{} is out of ink", agent)
                }
            };
            guard.ended = true;
            result
        })
    }
}

impl AgentDirectory for Fakes {
    fn healthy(&self) -> BoxFuture<'static, Result<Vec<AgentDescription>, Failure>> {
        // Backwards, since nobody promises an order.
        let agents = (0..self.count).rev().map(|index| AgentDescription {
            id: format!("a{index}"),
            name: format!("a{index}"),
            capabilities: vec!["classification".to_owned()],
            ..AgentDescription::default()
        });
        let agents = agents.collect();
        Box::pin(async move { Ok(agents) })
    }
}

/// A runtime over fakes, and its journal.
pub fn runtime(fakes: &Arc<Fakes>) -> (Runtime, Arc<MemoryJournal>) {
    let journal = Arc::new(MemoryJournal::default());
    let runtime =
        Runtime::builder().caller(fakes.clone()).directory(fakes.clone()).journal(journal.clone()).build();
    (runtime, journal)
}

/// The records of a run.
pub async fn records(journal: &MemoryJournal, run: &RunId) -> Vec<Record> {
    journal.read(run).await.expect("the run is known")
}

const CLASSIFIER: &str = r#"
type Label = "bug" | "question" | "praise"
agent Classifier {
  capabilities: ["classification"]
  timeout: 1h
  cost: $0.002
  fn classify(text: string) -> ~Label "Which label fits?"
}
"#;

/// Compiles a pattern, with the contract `Classifier` before it.
pub fn compile(pattern: &str) -> PreparedPattern {
    let mut session = Session::in_memory();
    session.set_text("test.prism", format!("{CLASSIFIER}{pattern}"));
    match session.program("test.prism", None) {
        Ok((program, name)) => PreparedPattern::new(Arc::new(program), &name).unwrap(),
        Err(CompileError::Diagnostics(report)) => {
            let told: Vec<&str> =
                report.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
            panic!("{pattern} does not compile: {told:#?}");
        }
        Err(error) => panic!("{error}"),
    }
}

/// Asks one agent.
pub fn one() -> PreparedPattern {
    compile(
        "pattern one { input { text: string } output ~Label
           let agents = select(Classifier, max: 1)
           let agent = agents[0] ?? fail(\"nobody\")
           return agent.classify(input.text) }",
    )
}

/// Asks all agents and votes. `options` are those of `parallel`.
pub fn everybody(options: &str) -> PreparedPattern {
    compile(&format!(
        "pattern everybody {{ input {{ text: string }} output ~Label
           let agents = select(Classifier, max: 10000)
           let answers = parallel(agents{options}) {{ agent => agent.classify(input.text) }}
           return vote(answers) }}"
    ))
}

/// Asks agents until they are sure enough.
pub fn until_sure() -> PreparedPattern {
    compile(
        "pattern until_sure { input { text: string } output ~Label
           let agents = select(Classifier, max: 100)
           return ask_until(agents, target: 0.99, group: 2) { agent => agent.classify(input.text) } }",
    )
}

pub fn ticket() -> Json {
    serde_json::json!({ "text": "It crashes on start" })
}
