use prism_ports::BoxFuture;

use super::*;
use crate::MemoryJournal;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn memory_conforms() {
    check(|| Arc::new(MemoryJournal::default())).await.unwrap();
}

/// A journal that does one thing wrong.
struct Wrong {
    inner: MemoryJournal,
    fault: Fault,
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    CountsFromOne,
    ForgetsTheLast,
    TurnsAround,
    KnowsEveryRun,
    MixesRuns,
    SplitsBatches,
}

impl Journal for Wrong {
    fn append(&self, run: &RunId, records: Vec<Record>) -> BoxFuture<'static, Result<u64, JournalError>> {
        let mut records = records;
        let run = if matches!(self.fault, Fault::MixesRuns) { RunId::from("one") } else { run.clone() };
        match self.fault {
            Fault::ForgetsTheLast => {
                if records.len() > 5 {
                    records.pop();
                }
                self.inner.append(&run, records)
            }
            Fault::TurnsAround => {
                records.reverse();
                self.inner.append(&run, records)
            }
            Fault::CountsFromOne => {
                let appended = self.inner.append(&run, records);
                Box::pin(async move { appended.await.map(|first| first + 1) })
            }
            Fault::SplitsBatches => {
                let first = self.inner.append(&run, Vec::new());
                let mut appends = Vec::new();
                for record in records {
                    std::thread::yield_now();
                    appends.push(self.inner.append(&run, vec![record]));
                    if appends.len() == 1 {
                        std::thread::sleep(std::time::Duration::from_micros(50));
                    }
                }
                Box::pin(async move {
                    for append in appends {
                        append.await?;
                    }
                    first.await
                })
            }
            Fault::KnowsEveryRun | Fault::MixesRuns => self.inner.append(&run, records),
        }
    }

    fn read(&self, run: &RunId) -> BoxFuture<'static, Result<Vec<Record>, JournalError>> {
        let run = if matches!(self.fault, Fault::MixesRuns) { RunId::from("one") } else { run.clone() };
        let read = self.inner.read(&run);
        match self.fault {
            Fault::KnowsEveryRun => Box::pin(async move { Ok(read.await.unwrap_or_default()) }),
            _ => read,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn faults_are_found() {
    for (fault, rule) in [
        (Fault::CountsFromOne, "says so"),
        (Fault::ForgetsTheLast, "come back"),
        (Fault::TurnsAround, "come back"),
        (Fault::KnowsEveryRun, "says so"),
        (Fault::MixesRuns, "says so"),
        (Fault::SplitsBatches, "stand together"),
    ] {
        let make = || -> Arc<dyn Journal> { Arc::new(Wrong { inner: MemoryJournal::default(), fault }) };
        let violation = check(make).await.expect_err("the fault is found");
        assert!(violation.rule.contains(rule), "{fault:?}: {violation}");
    }
}
