use std::sync::Arc;

use prism_runtime::ports::{
    AgentCaller, Answer, BoxFuture, CallRequest, EventKind, Failure, Journal, JournalError, Record, RunId,
};
use prism_runtime::{MemoryJournal, RunRequest, Runtime};

use crate::fakes::{Fakes, records, runtime, says, ticket, until_sure};

/// A journal that takes its time, and a caller that looks into it.
struct Slow {
    journal: Arc<MemoryJournal>,
    fakes: Arc<Fakes>,
}

impl Journal for Slow {
    fn append(&self, run: &RunId, records: Vec<Record>) -> BoxFuture<'static, Result<u64, JournalError>> {
        let (journal, run) = (self.journal.clone(), run.clone());
        Box::pin(async move {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            journal.append(&run, records).await
        })
    }

    fn read(&self, run: &RunId) -> BoxFuture<'static, Result<Vec<Record>, JournalError>> {
        self.journal.read(run)
    }
}

impl AgentCaller for Slow {
    fn call(&self, request: CallRequest) -> BoxFuture<'static, Result<Answer, Failure>> {
        let (journal, run) = (self.journal.clone(), request.run.clone());
        let asked = self.fakes.calls.lock().unwrap().len();
        let answer = self.fakes.call(request);
        Box::pin(async move {
            let records = records(&journal, &run).await;
            assert!(matches!(records[0], Record::Started { .. }));
            assert!(matches!(records[1], Record::Selected { .. }), "asked before the selection was kept");
            let answered = records.iter().filter(|record| matches!(record, Record::Answered { .. })).count();
            assert!(asked - answered < 2, "asked before what led to it was kept");
            answer.await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_goes_on_before_its_record_is_kept() {
    let fakes = Fakes::new(7, |call| says(1, if call.agent.as_str() < "a4" { "bug" } else { "praise" }, 0.6));
    let slow = Arc::new(Slow { journal: Arc::default(), fakes: fakes.clone() });
    let runtime = Runtime::builder().caller(slow.clone()).directory(fakes.clone()).journal(slow).build();
    let result = runtime.run(&until_sure(), ticket(), RunRequest::default()).await;
    assert!(result.is_completed(), "{result:#?}");
    assert_eq!((result.calls, result.warnings.len()), (7, 0), "{:?}", result.warnings);
}

#[tokio::test(start_paused = true)]
async fn events_name_the_records_they_tell_of() {
    let fakes = Fakes::new(5, |call| says(call.agent[1..].parse().unwrap(), "bug", 0.7));
    let (runtime, journal) = runtime(&fakes);
    let mut request = RunRequest::default();
    let mut events = request.subscribe(10_000);
    let result = runtime.run(&until_sure(), ticket(), request).await;
    let records = records(&journal, &result.run).await;
    let mut told = vec![0; records.len()];
    let mut next = 0;
    let mut time_us = 0;
    while let Some(event) = events.next().await {
        assert_eq!((event.v, &event.run, event.seq), (1, &result.run, next));
        assert!(event.time_us >= time_us);
        (next, time_us) = (next + 1, event.time_us);
        let Some(seq) = event.record_seq else { continue };
        told[seq as usize] += 1;
        let fits = match (&records[seq as usize], event.kind) {
            (Record::Started { .. }, EventKind::RunStarted) | (Record::Ended { .. }, EventKind::RunEnded) => {
                true
            }
            (
                Record::Selected { node, .. } | Record::Winner { node, .. },
                EventKind::Selected | EventKind::Pooled,
            ) => event.node.as_ref() == Some(node),
            (Record::Answered { call, .. }, EventKind::CallAnswered) => {
                event.node.as_ref() == Some(&call.node) && event.key == call.key
            }
            _ => false,
        };
        assert!(fits, "{event:#?} does not tell of {:#?}", records[seq as usize]);
    }
    assert!(told.iter().all(|told| *told == 1), "{told:?}");
}

#[tokio::test]
async fn without_a_journal_runs_are_the_same() {
    let fakes = Fakes::new(5, |_| says(0, "bug", 0.7));
    let runtime = Runtime::builder().caller(fakes.clone()).directory(fakes.clone()).without_journal().build();
    let mut request = RunRequest::default();
    let mut events = request.subscribe(10_000);
    let without = runtime.run(&until_sure(), ticket(), request).await;
    let (with, _) = self::runtime(&fakes);
    let with = with.run(&until_sure(), ticket(), RunRequest::default()).await;
    assert_eq!((without.value, without.confidence, without.calls), (with.value, with.confidence, with.calls));
    let mut last = None;
    while let Some(event) = events.next().await {
        last = Some(event);
    }
    // Start, selection, answers, winner, end.
    assert_eq!(last.unwrap().record_seq, Some(u64::from(without.calls) + 3));
}
