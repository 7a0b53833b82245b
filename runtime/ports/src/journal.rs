use futures_util::future::BoxFuture;
use thiserror::Error;

use crate::{Record, RunId};

/// Keeps the records of runs. Nothing that depends on a record goes on before `append` has returned.
pub trait Journal: Send + Sync {
    /// Adds records to a run in order and gives the sequence number of the first one, from 0.
    ///
    /// # Errors
    /// [`JournalError`] when the records cannot be kept; then none of them is.
    fn append(&self, run: &RunId, records: Vec<Record>) -> BoxFuture<'static, Result<u64, JournalError>>;

    /// All records of a run in order.
    ///
    /// # Errors
    /// [`JournalError::UnknownRun`] when the journal has never heard of it.
    fn read(&self, run: &RunId) -> BoxFuture<'static, Result<Vec<Record>, JournalError>>;
}

/// Why a journal could not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JournalError {
    /// There is no such run.
    #[error("no run has the id {0}")]
    UnknownRun(RunId),
    /// The place where records are kept cannot be used.
    #[error("the journal cannot be used: {0}")]
    Unavailable(String),
}

/// Tells the time: microseconds since some fixed moment, never going back.
pub trait Clock: Send + Sync {
    /// Microseconds since the clock's own beginning.
    fn now_us(&self) -> u64;
}
