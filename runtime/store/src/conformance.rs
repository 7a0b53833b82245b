//! What every journal has to do, as checks that run against any implementation.
//!
//! ```
//! # use std::sync::Arc;
//! use prism_store::{MemoryJournal, conformance};
//!
//! # let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
//! # runtime.block_on(async {
//! conformance::check(|| Arc::new(MemoryJournal::default())).await.unwrap();
//! # });
//! ```

use std::fmt;
use std::sync::Arc;

use prism_ports::{Journal, JournalError, Record, RunId};
use thiserror::Error;
use tokio::task::JoinSet;

mod samples;

use samples::{numbered, samples};

/// How many writers write at the same time.
const WRITERS: u32 = 8;
/// How often each of them does.
const APPENDS: u32 = 50;
/// How many records it writes at a time.
const BATCH: u32 = 3;

/// Something that a journal must do, and does not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{rule}: expected {expected}, found {found}")]
pub struct Violation {
    /// What a journal must do.
    pub rule: &'static str,
    /// What should have come out.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// Checks a journal; `empty` makes one without records each time it is called. Needs a Tokio runtime, and tests
/// concurrency best with several threads.
///
/// # Errors
/// The first [`Violation`].
pub async fn check(empty: impl Fn() -> Arc<dyn Journal>) -> Result<(), Violation> {
    unknown_runs_are_named(empty()).await?;
    records_come_back_as_they_were(empty()).await?;
    sequences_are_dense(empty()).await?;
    nothing_appended_changes_nothing(empty()).await?;
    runs_do_not_mix(empty()).await?;
    writers_of_a_run_take_turns(empty()).await?;
    readers_see_a_beginning(empty()).await
}

async fn unknown_runs_are_named(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "reading a run that was never written to says so";
    let run = RunId::from("nobody");
    same(rule, &Err(JournalError::UnknownRun(run.clone())), &journal.read(&run).await)?;
    same(rule, &Ok(0), &journal.append(&RunId::from("somebody"), vec![numbered(0)]).await)?;
    same(rule, &Err(JournalError::UnknownRun(run.clone())), &journal.read(&run).await)
}

async fn records_come_back_as_they_were(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "records of every kind come back as they were written, in order";
    let run = RunId::generate();
    same(rule, &Ok(0), &journal.append(&run, samples()).await)?;
    same(rule, &Ok(samples()), &journal.read(&run).await)
}

async fn sequences_are_dense(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "an append gives the sequence number of its first record, from 0, without gaps";
    let run = RunId::generate();
    let mut written = Vec::new();
    for size in [1, 3, 2, 1] {
        let first = written.len() as u64;
        let batch: Vec<Record> = (0..size).map(|index| numbered(first + index)).collect();
        same(rule, &Ok(first), &journal.append(&run, batch.clone()).await)?;
        written.extend(batch);
        same(rule, &Ok(written.clone()), &journal.read(&run).await)?;
    }
    Ok(())
}

async fn nothing_appended_changes_nothing(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "an append of no records gives the next sequence number and changes nothing";
    let run = RunId::generate();
    same(rule, &Ok(0), &journal.append(&run, Vec::new()).await)?;
    same(rule, &Err(JournalError::UnknownRun(run.clone())), &journal.read(&run).await)?;
    same(rule, &Ok(0), &journal.append(&run, vec![numbered(0), numbered(1)]).await)?;
    same(rule, &Ok(2), &journal.append(&run, Vec::new()).await)?;
    same(rule, &Ok(vec![numbered(0), numbered(1)]), &journal.read(&run).await)
}

async fn runs_do_not_mix(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "runs that are written at the same time have a sequence each";
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let journal = Arc::clone(&journal);
        writers.spawn(async move {
            let run = RunId::from(format!("run-{writer}"));
            for append in 0..APPENDS {
                let first = u64::from(append);
                same(rule, &Ok(first), &journal.append(&run, vec![mark(writer, first)]).await)?;
                tokio::task::yield_now().await;
            }
            let expected = (0..APPENDS).map(|append| mark(writer, u64::from(append))).collect();
            same(rule, &Ok(expected), &journal.read(&run).await)
        });
    }
    all(rule, writers).await
}

async fn writers_of_a_run_take_turns(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "records appended together stand together, at the sequence numbers that the append gave";
    let run = RunId::generate();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (journal, run) = (Arc::clone(&journal), run.clone());
        writers.spawn(async move {
            for append in 0..APPENDS {
                let number = |index| u64::from(append * BATCH + index);
                let batch: Vec<Record> = (0..BATCH).map(|index| mark(writer, number(index))).collect();
                let first = match journal.append(&run, batch.clone()).await {
                    Ok(first) => first as usize,
                    error => return same(rule, &Ok(0), &error),
                };
                let kept = journal.read(&run).await.map(|records| {
                    let together = records.into_iter().skip(first).take(batch.len());
                    together.collect::<Vec<_>>()
                });
                same(rule, &Ok(batch), &kept)?;
            }
            Ok(())
        });
    }
    all(rule, writers).await?;
    let total = (WRITERS * APPENDS * BATCH) as usize;
    same(rule, &Ok(total), &journal.read(&run).await.map(|records| records.len()))
}

async fn readers_see_a_beginning(journal: Arc<dyn Journal>) -> Result<(), Violation> {
    let rule = "who reads while others write sees whole appends from the start";
    let run = RunId::generate();
    same(rule, &Ok(0), &journal.append(&run, vec![numbered(0), numbered(1)]).await)?;
    let writer = {
        let (journal, run) = (Arc::clone(&journal), run.clone());
        async move {
            for append in 1..u64::from(APPENDS) {
                let batch = vec![numbered(2 * append), numbered(2 * append + 1)];
                same(rule, &Ok(2 * append), &journal.append(&run, batch).await)?;
                tokio::task::yield_now().await;
            }
            Ok(())
        }
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(writer);
    tasks.spawn(async move {
        for _ in 0..APPENDS {
            let seen = journal.read(&run).await;
            let length = seen.as_ref().map_or(0, Vec::len) as u64 / 2 * 2;
            same(rule, &Ok((0..length.max(2)).map(numbered).collect()), &seen)?;
            tokio::task::yield_now().await;
        }
        Ok(())
    });
    all(rule, tasks).await
}

/// A record that names its writer.
fn mark(writer: u32, number: u64) -> Record {
    numbered(u64::from(writer) * 1_000_000 + number)
}

async fn all(rule: &'static str, mut tasks: JoinSet<Result<(), Violation>>) -> Result<(), Violation> {
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(checked) => checked?,
            Err(error) => {
                let expected = "no panic".to_owned();
                return Err(Violation { rule, expected, found: error.to_string() });
            }
        }
    }
    Ok(())
}

fn same<T: PartialEq + fmt::Debug>(
    rule: &'static str,
    expected: &Result<T, JournalError>,
    found: &Result<T, JournalError>,
) -> Result<(), Violation> {
    if expected == found {
        return Ok(());
    }
    Err(Violation { rule, expected: format!("{expected:?}"), found: format!("{found:?}") })
}

#[cfg(test)]
mod tests;
