use std::fmt;
use std::future::Future;
use std::sync::Arc;

use prism_ports::{AgentCaller, AgentDirectory, Clock, Journal, Json, RunId};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::builder::RuntimeBuilder;
use crate::driver;
use crate::handle::RunHandle;
use crate::prepared::PreparedPattern;
use crate::request::RunRequest;
use crate::result::RunResult;

/// Runs patterns against agents. Clones share agents, journal and the count of runs.
#[derive(Clone)]
pub struct Runtime {
    inner: Arc<Inner>,
}

struct Inner {
    ports: Ports,
    tasks: TaskTracker,
    closing: CancellationToken,
}

/// What a run stands on.
#[derive(Clone)]
pub(crate) struct Ports {
    pub(crate) caller: Arc<dyn AgentCaller>,
    pub(crate) directory: Arc<dyn AgentDirectory>,
    pub(crate) journal: Option<Arc<dyn Journal>>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Runtime {
    /// Puts a runtime together. Without further words it has no agents, and keeps records in memory.
    pub fn builder() -> RuntimeBuilder {
        RuntimeBuilder::new()
    }

    pub(crate) fn new(ports: Ports) -> Self {
        let inner = Inner { ports, tasks: TaskTracker::new(), closing: CancellationToken::new() };
        Self { inner: Arc::new(inner) }
    }

    /// Starts a run in a task of its own. Dropping the handle cancels the run.
    ///
    /// Call it within a Tokio runtime; elsewhere the run fails with `internal` at once.
    pub fn run(&self, pattern: &PreparedPattern, input: Json, request: RunRequest) -> RunHandle {
        let mut request = request;
        let run = request.run.get_or_insert_with(RunId::generate).clone();
        let canceller = request.canceller();
        let Ok(tokio) = tokio::runtime::Handle::try_current() else {
            return RunHandle::without_tokio(run, pattern.name(), canceller);
        };
        let execution = self.execute(pattern, input, request);
        let task = self.inner.tasks.spawn_on(execution, &tokio);
        RunHandle::new(run, pattern.name(), canceller, task)
    }

    /// Runs a pattern in the caller's own task. Dropping the future drops everything that is under way, without a
    /// word in the journal; [`RunRequest::canceller`] ends the run in order.
    pub fn execute(
        &self,
        pattern: &PreparedPattern,
        input: Json,
        request: RunRequest,
    ) -> impl Future<Output = RunResult> + Send + 'static {
        let inner = Arc::clone(&self.inner);
        let pattern = pattern.clone();
        async move { driver::execute(&inner.ports, &inner.closing, &pattern, input, request).await }
    }

    /// The number of runs that were started by [`Self::run`] and have not ended.
    pub fn runs_under_way(&self) -> usize {
        self.inner.tasks.len()
    }

    /// Cancels all runs and waits until they have ended. Runs that are started later are cancelled at once.
    pub async fn shutdown(&self) {
        self.inner.closing.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Runtime").field("runs", &self.runs_under_way()).finish_non_exhaustive()
    }
}
