use std::sync::Arc;

use prism_runtime::ports::{Outcome, Record};
use prism_runtime::{PreparedPattern, ReplayError, RunRequest, RunResult, replay};
use proptest::prelude::*;

use crate::fakes::{Act, Fakes, everybody, one, records, runtime, says, ticket, until_sure};

/// How an agent behaves: its delay in milliseconds, its label, its confidence.
type Behaviour = (u64, u8, f64);

fn fakes(behaviours: Vec<Behaviour>) -> Arc<Fakes> {
    let labels = ["bug", "question", "praise"];
    Fakes::new(behaviours.len() as u32, move |call| {
        let (delay, label, confidence) = behaviours[call.agent[1..].parse::<usize>().unwrap()];
        match labels.get(usize::from(label)) {
            Some(label) => says(delay, label, confidence),
            None => Act::Fail(std::time::Duration::from_millis(delay)),
        }
    })
}

async fn recorded(pattern: &PreparedPattern, fakes: &Arc<Fakes>) -> (RunResult, Vec<Record>) {
    let (runtime, journal) = runtime(fakes);
    let result = runtime.run(pattern, ticket(), RunRequest::default()).await;
    let records = records(&journal, &result.run).await;
    (result, records)
}

/// The same value, confidence and costs as the run.
fn agrees(pattern: &PreparedPattern, result: &RunResult, records: &[Record]) {
    let replayed = replay(pattern.program().clone(), pattern.name(), records).unwrap();
    let Some(Record::Ended { outcome }) = records.last() else { panic!("{records:#?}") };
    assert_eq!(&replayed, outcome.as_ref());
    match replayed {
        Outcome::Completed { report } => {
            assert_eq!((&report.value, &report.confidence), (&result.value, &result.confidence));
            assert_eq!((report.calls, report.cost_nanodollars), (result.calls, result.cost_nanodollars));
        }
        Outcome::Failed { failure, .. } => assert_eq!(Some(&failure), result.failure.as_ref()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_comes_to_the_same_outcome(
        behaviours in prop::collection::vec((0_u64..40, 0_u8..4, 0.0_f64..=1.0), 1..12),
        timeout in prop::sample::select(vec!["", ", timeout: 20ms", ", max_concurrency: 3, on_error: \"fail\""]),
    ) {
        let tokio = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        tokio.block_on(async {
            for pattern in [everybody(timeout), until_sure()] {
                let (result, records) = recorded(&pattern, &fakes(behaviours.clone())).await;
                agrees(&pattern, &result, &records);
            }
        });
    }

    #[test]
    fn the_order_of_answers_does_not_matter(
        labels in prop::collection::vec((0_u8..3, 0.05_f64..0.95), 1..10),
        delays in prop::collection::vec(0_u64..40, 20),
    ) {
        let tokio = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let behave = |delays: &[u64]| -> Vec<Behaviour> {
            labels.iter().zip(delays).map(|((label, confidence), delay)| (*delay, *label, *confidence)).collect()
        };
        tokio.block_on(async {
            let pattern = everybody("");
            let (first, _) = recorded(&pattern, &fakes(behave(&delays[..10]))).await;
            let (second, _) = recorded(&pattern, &fakes(behave(&delays[10..]))).await;
            assert_eq!((first.value, first.confidence), (second.value, second.confidence));
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn runs_in_real_time_replay() {
    let behaviours = (0..40).map(|index| (index * 7 % 5, (index % 4) as u8, 0.6)).collect();
    for pattern in [everybody(", timeout: 2ms, min_success: 0"), until_sure()] {
        let (result, records) = recorded(&pattern, &fakes(Vec::clone(&behaviours))).await;
        agrees(&pattern, &result, &records);
    }
}

#[tokio::test]
async fn records_that_were_tampered_with_are_found() {
    let pattern = until_sure();
    let (_, records) = recorded(&pattern, &fakes(vec![(0, 0, 0.9); 6])).await;
    let replay = |records: &[Record]| replay(pattern.program().clone(), pattern.name(), records).unwrap_err();
    for length in 0..records.len() {
        assert_eq!(replay(&records[..length]), ReplayError::Unfinished(length));
    }
    let winner = records.iter().position(|record| matches!(record, Record::Winner { .. })).unwrap();
    let mut other = records.clone();
    if let Record::Winner { probability, .. } = &mut other[winner] {
        *probability /= 2.0;
    }
    assert!(matches!(replay(&other), ReplayError::Diverged { seq, .. } if seq == winner as u64));
    let mut fewer = records.clone();
    fewer.retain(|record| !matches!(record, Record::Winner { .. }));
    assert!(matches!(replay(&fewer), ReplayError::Diverged { .. }));
    let mut early = records.clone();
    let decided = early.remove(winner);
    early.insert(3, decided);
    assert!(matches!(replay(&early), ReplayError::Diverged { seq: 3, .. }));
    let foreign = one();
    let error = prism_runtime::replay(foreign.program().clone(), "one", &records).unwrap_err();
    assert!(matches!(error, ReplayError::OtherProgram { .. }), "{error}");
    let error = prism_runtime::replay(foreign.program().clone(), "two", &records).unwrap_err();
    assert_eq!(error.to_string(), "[ir/invalid] the program has no pattern `two`; it has `one`");
}
