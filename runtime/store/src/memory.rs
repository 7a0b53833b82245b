use std::collections::{HashMap, VecDeque};
use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};

use prism_ports::{BoxFuture, Journal, JournalError, Record, RunId};

/// What a [`MemoryJournal`] holds at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryLimits {
    /// Runs that have ended and are kept all the same. The one that ended first is forgotten first.
    pub ended_runs: usize,
    /// Records of all runs together. Runs that have ended are forgotten to make room; what is under way is not.
    pub records: usize,
}

impl Default for MemoryLimits {
    fn default() -> Self {
        Self { ended_runs: 256, records: 1_000_000 }
    }
}

/// A journal that is gone with the process. Clones of an `Arc` around it may be used from any thread.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    limits: MemoryLimits,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    runs: HashMap<RunId, Run>,
    /// Runs that have ended, in the order in which they did.
    ended: VecDeque<RunId>,
    /// Records of all runs.
    records: usize,
}

#[derive(Debug, Default)]
struct Run {
    records: Vec<Record>,
    ended: bool,
}

impl MemoryJournal {
    /// An empty journal with these limits.
    pub fn with_limits(limits: MemoryLimits) -> Self {
        Self { limits, state: Mutex::default() }
    }

    /// The number of runs that are kept, ended ones included.
    pub fn runs(&self) -> usize {
        self.state().runs.len()
    }

    /// The number of records that are kept.
    pub fn records(&self) -> usize {
        self.state().records
    }

    // Nothing that runs under the lock panics half-way through a change.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for MemoryJournal {
    fn append(&self, run: &RunId, records: Vec<Record>) -> BoxFuture<'static, Result<u64, JournalError>> {
        Box::pin(ready(self.state().append(run, records, self.limits)))
    }

    fn read(&self, run: &RunId) -> BoxFuture<'static, Result<Vec<Record>, JournalError>> {
        let found = self.state().runs.get(run).map(|known| known.records.clone());
        Box::pin(ready(found.ok_or_else(|| JournalError::UnknownRun(run.clone()))))
    }
}

impl State {
    fn append(
        &mut self,
        run: &RunId,
        records: Vec<Record>,
        limits: MemoryLimits,
    ) -> Result<u64, JournalError> {
        let first = self.runs.get(run).map_or(0, |known| known.records.len());
        if records.is_empty() {
            return Ok(first as u64);
        }
        self.make_room(run, records.len(), limits.records)?;
        self.records += records.len();
        let ends = records.iter().any(|record| matches!(record, Record::Ended { .. }));
        let known = self.runs.entry(run.clone()).or_default();
        known.records.extend(records);
        if ends && !known.ended {
            known.ended = true;
            self.ended.push_back(run.clone());
        }
        while self.ended.len() > limits.ended_runs {
            self.forget_one();
        }
        Ok(first as u64)
    }

    /// Forgets runs that have ended, but not this one, until so many records fit in.
    fn make_room(&mut self, run: &RunId, wanted: usize, limit: usize) -> Result<(), JournalError> {
        if self.records.saturating_add(wanted) <= limit {
            return Ok(());
        }
        let ended = self.ended.iter().filter(|ended| *ended != run);
        let forgettable: usize =
            ended.filter_map(|ended| self.runs.get(ended)).map(|run| run.records.len()).sum();
        if (self.records - forgettable).saturating_add(wanted) > limit {
            let held = self.records;
            return Err(JournalError::Unavailable(format!(
                "{held} records are kept in memory, of at most {limit}"
            )));
        }
        if let Some(position) = self.ended.iter().position(|ended| ended == run)
            && let Some(own) = self.ended.remove(position)
        {
            self.ended.push_back(own);
        }
        while self.records.saturating_add(wanted) > limit {
            self.forget_one();
        }
        Ok(())
    }

    /// Forgets the run that ended first.
    fn forget_one(&mut self) {
        if let Some(oldest) = self.ended.pop_front()
            && let Some(forgotten) = self.runs.remove(&oldest)
        {
            self.records -= forgotten.records.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use prism_ports::{CancelReason, Outcome, RunReport};

    use super::*;

    fn cancelled() -> Record {
        Record::Cancelled { reason: CancelReason::Requested }
    }

    fn ended() -> Record {
        Record::Ended { outcome: Box::new(Outcome::Completed { report: RunReport::default() }) }
    }

    fn run(name: &str) -> RunId {
        RunId::from(name)
    }

    #[tokio::test]
    async fn runs_that_ended_first_are_forgotten_first() {
        let journal = MemoryJournal::with_limits(MemoryLimits { ended_runs: 2, records: 100 });
        journal.append(&run("open"), vec![cancelled()]).await.unwrap();
        for name in ["b", "a", "c"] {
            journal.append(&run(name), vec![cancelled(), ended()]).await.unwrap();
        }
        assert_eq!(journal.read(&run("b")).await, Err(JournalError::UnknownRun(run("b"))));
        assert_eq!(journal.read(&run("a")).await.map(|records| records.len()), Ok(2));
        assert_eq!(journal.read(&run("open")).await, Ok(vec![cancelled()]));
        assert_eq!((journal.runs(), journal.records()), (3, 5));
    }

    #[tokio::test]
    async fn runs_under_way_are_never_forgotten() {
        let journal = MemoryJournal::with_limits(MemoryLimits { ended_runs: 10, records: 4 });
        journal.append(&run("ended"), vec![cancelled(), ended()]).await.unwrap();
        journal.append(&run("open"), vec![cancelled(); 3]).await.unwrap();
        assert_eq!(journal.runs(), 1);
        let full = journal.append(&run("open"), vec![cancelled(); 2]).await.unwrap_err();
        assert_eq!(
            full.to_string(),
            "the journal cannot be used: 3 records are kept in memory, of at most 4"
        );
        assert_eq!(journal.read(&run("open")).await.map(|records| records.len()), Ok(3), "all or none");
        assert_eq!(journal.append(&run("open"), vec![ended()]).await, Ok(3));
    }

    #[tokio::test]
    async fn a_run_is_not_forgotten_to_make_room_for_itself() {
        let journal = MemoryJournal::with_limits(MemoryLimits { ended_runs: 10, records: 3 });
        journal.append(&run("a"), vec![cancelled(), ended()]).await.unwrap();
        assert!(journal.append(&run("a"), vec![cancelled(); 2]).await.is_err());
        assert_eq!(journal.append(&run("a"), vec![cancelled()]).await, Ok(2));
    }
}
