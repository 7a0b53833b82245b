use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use prism_catalog::FailureCode;
use prism_ports::{Failure, Outcome, RunId, RunReport};
use tokio::task::JoinHandle;

use crate::cancel::Canceller;
use crate::panics;
use crate::result::RunResult;

/// A run that is under way. Awaiting it gives its result; dropping it cancels the run.
#[derive(Debug)]
#[must_use = "dropping the handle of a run cancels the run"]
pub struct RunHandle {
    run: RunId,
    pattern: String,
    canceller: Canceller,
    /// Absent where there was nowhere to run it.
    task: Option<JoinHandle<RunResult>>,
}

impl RunHandle {
    pub(crate) fn new(run: RunId, pattern: &str, canceller: Canceller, task: JoinHandle<RunResult>) -> Self {
        Self { run, pattern: pattern.to_owned(), canceller, task: Some(task) }
    }

    pub(crate) fn without_tokio(run: RunId, pattern: &str, canceller: Canceller) -> Self {
        Self { run, pattern: pattern.to_owned(), canceller, task: None }
    }

    /// The run's id.
    pub fn id(&self) -> &RunId {
        &self.run
    }

    /// Asks the run to end: see [`Canceller::cancel`].
    pub fn cancel(&self) {
        self.canceller.cancel();
    }

    /// Cancels the run from elsewhere.
    pub fn canceller(&self) -> Canceller {
        self.canceller.clone()
    }

    fn failed(&self, failure: Failure) -> RunResult {
        let outcome = Outcome::Failed { failure, report: RunReport::default() };
        RunResult::new(self.run.clone(), &self.pattern, outcome, 0)
    }
}

impl Future for RunHandle {
    type Output = RunResult;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<RunResult> {
        let Some(task) = &mut self.task else {
            let message = "a run was started outside of a Tokio runtime";
            return Poll::Ready(self.failed(Failure::new(FailureCode::Internal, message)));
        };
        match Pin::new(task).poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(result)) => Poll::Ready(result),
            Poll::Ready(Err(error)) => {
                let failure = match error.try_into_panic() {
                    Ok(payload) => panics::failure_of("the run", payload.as_ref()),
                    Err(_) => Failure::new(FailureCode::RunCancelled, "the Tokio runtime was shut down"),
                };
                Poll::Ready(self.failed(failure))
            }
        }
    }
}

impl Drop for RunHandle {
    fn drop(&mut self) {
        self.canceller.cancel();
    }
}
