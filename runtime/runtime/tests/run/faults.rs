use std::sync::Arc;
use std::time::Duration;

use prism_runtime::ports::{
    AgentDescription, AgentDirectory, BoxFuture, EventKind, Failure, Journal, JournalError, Record, RunId,
};
use prism_runtime::{ExitCode, MemoryJournal, RunRequest, Runtime};
use serde_json::json;

use crate::fakes::{Act, Fakes, everybody, one, runtime, says, ticket};

#[tokio::test]
async fn a_panic_of_a_caller_is_a_failure_of_its_call() {
    let fakes = Fakes::new(4, |call| match call.agent.as_str() {
        "a0" => Act::Panic,
        "a1" => Act::PanicLater,
        _ => says(2, "bug", 0.9),
    });
    let (runtime, _) = runtime(&fakes);
    let result = runtime.run(&everybody(""), ticket(), RunRequest::default()).await;
    assert_eq!((result.value, result.warnings.len()), (json!("bug"), 2));
    assert!(result.warnings.iter().any(|warning| warning.contains("out of paper")), "{:?}", result.warnings);
    assert!(
        result.warnings.iter().any(|warning| warning.contains("a1 is out of ink")),
        "{:?}",
        result.warnings
    );
    let result = runtime.run(&one(), ticket(), RunRequest::default()).await;
    let failure = result.failure.as_ref().unwrap();
    assert_eq!(failure.message, "the caller of agent `a0` panicked: out of paper");
    assert_eq!((failure.code.as_str(), failure.agent.as_deref()), ("internal", Some("a0")));
    assert_eq!(result.exit_code(), ExitCode::Internal);
    assert_eq!(fakes.counts.under_way(), 0);
}

/// A directory that does something else.
struct Broken(&'static str);

impl AgentDirectory for Broken {
    fn healthy(&self) -> BoxFuture<'static, Result<Vec<AgentDescription>, Failure>> {
        let how = self.0;
        assert!(how != "panics", "no directory today");
        Box::pin(async move {
            assert!(how != "panics later", "no directory tomorrow");
            Err(Failure::new(prism_catalog::FailureCode::AgentsFile, "the registry is gone"))
        })
    }
}

#[tokio::test]
async fn a_directory_that_fails_fails_the_selection() {
    for (how, code, message) in [
        ("panics", "internal", "the directory of agents panicked: no directory today"),
        ("panics later", "internal", "the directory of agents panicked: no directory tomorrow"),
        ("fails", "agents/file", "the registry is gone"),
    ] {
        let runtime = Runtime::builder().directory(Arc::new(Broken(how))).build();
        let result = runtime.run(&one(), ticket(), RunRequest::default()).await;
        let failure = result.failure.unwrap();
        assert_eq!((failure.code.as_str(), failure.message.as_str()), (code, message));
        assert!(failure.node.is_some(), "{failure:#?}");
    }
}

/// A journal that is full after so many appends.
struct Full {
    inner: MemoryJournal,
    left: std::sync::atomic::AtomicI32,
    panics: bool,
}

impl Journal for Full {
    fn append(&self, run: &RunId, records: Vec<Record>) -> BoxFuture<'static, Result<u64, JournalError>> {
        if self.left.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            return self.inner.append(run, records);
        }
        assert!(!self.panics, "the disk is on fire");
        Box::pin(async { Err(JournalError::Unavailable("the disk is full".to_owned())) })
    }

    fn read(&self, run: &RunId) -> BoxFuture<'static, Result<Vec<Record>, JournalError>> {
        self.inner.read(run)
    }
}

async fn run_until_full(
    appends: i32,
    panics: bool,
) -> (prism_runtime::RunResult, Arc<Fakes>, Vec<EventKind>) {
    let fakes = Fakes::new(3, |call| if call.agent == "a0" { says(5, "bug", 0.9) } else { Act::Never });
    let journal = Full { inner: MemoryJournal::default(), left: appends.into(), panics };
    let runtime =
        Runtime::builder().caller(fakes.clone()).directory(fakes.clone()).journal(Arc::new(journal)).build();
    let mut request = RunRequest::default().with_timeout(Duration::from_secs(5));
    let mut events = request.subscribe(1_000);
    let result = runtime.run(&everybody(""), ticket(), request).await;
    let mut kinds = Vec::new();
    while let Some(event) = events.next().await {
        if event.kind == EventKind::RunEnded {
            assert_eq!(event.data["code"], json!(result.failure.as_ref().unwrap().code));
        }
        kinds.push(event.kind);
    }
    assert_eq!(fakes.counts.under_way(), 0);
    assert_eq!(runtime.runs_under_way(), 0);
    (result, fakes, kinds)
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_ends_the_run() {
    // Appends: the start, the selection, an answer, the timeout, the end.
    for appends in 0..5 {
        let (result, fakes, kinds) = run_until_full(appends, false).await;
        let failure = result.failure.clone().unwrap();
        assert_eq!(
            failure.to_string(),
            "[internal] the run was stopped, since its records cannot be kept: the journal cannot be used: the disk is full",
            "{appends}"
        );
        assert_eq!(result.exit_code(), ExitCode::Internal);
        let (calls, _, dropped) = fakes.counts.all();
        assert_eq!(calls, if appends < 2 { 0 } else { 3 }, "nothing is done before it is in the journal");
        assert_eq!(result.calls, calls, "what was spent is known all the same");
        assert_eq!(dropped, if appends < 2 { 0 } else { 2 });
        assert_eq!(kinds.iter().filter(|kind| **kind == EventKind::RunEnded).count(), 1);
        assert_eq!(kinds.last(), Some(&EventKind::RunEnded));
    }
    let (result, ..) = run_until_full(5, false).await;
    assert_eq!(result.failure.unwrap().code, "run/timeout");
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_panics_ends_the_run() {
    let (result, fakes, kinds) = run_until_full(2, true).await;
    let failure = result.failure.unwrap();
    assert_eq!(failure.to_string(), "[internal] the run panicked: the disk is on fire");
    assert_eq!(fakes.counts.all(), (3, 1, 2));
    assert_eq!(kinds.last(), Some(&EventKind::RunEnded));
}

#[tokio::test]
async fn a_run_id_is_used_once() {
    let fakes = Fakes::new(1, |_| says(0, "bug", 0.9));
    let (runtime, _) = runtime(&fakes);
    let request = || RunRequest::default().with_id("twice".into());
    assert!(runtime.run(&one(), ticket(), request()).await.is_completed());
    let failure = runtime.run(&one(), ticket(), request()).await.failure.unwrap();
    assert_eq!(
        failure.message,
        "the run was stopped, since the journal has records of run twice that it did not write"
    );
    assert_eq!(fakes.counts.all(), (1, 1, 0));
}
