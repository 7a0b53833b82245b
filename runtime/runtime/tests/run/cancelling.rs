use std::time::Duration;

use prism_runtime::ports::{CancelReason, EventKind, Record};
use prism_runtime::{ExitCode, RunRequest};
use serde_json::json;

use crate::fakes::{Act, Fakes, everybody, one, records, runtime, says, ticket};

#[tokio::test(start_paused = true)]
async fn at_the_timeout_all_calls_are_cancelled() {
    let fakes = Fakes::new(5, |call| if call.agent == "a2" { says(10, "bug", 0.9) } else { Act::Never });
    let (runtime, journal) = runtime(&fakes);
    let request = RunRequest::default().with_timeout(Duration::from_secs(3));
    let result = runtime.run(&everybody(""), ticket(), request).await;
    let failure = result.failure.clone().unwrap();
    assert_eq!((failure.code.as_str(), result.time_ms), ("run/timeout", 3_000.0));
    assert_eq!(result.exit_code(), ExitCode::TimedOut);
    assert_eq!((result.calls, fakes.counts.all()), (5, (5, 1, 4)));
    assert_eq!(result.cost_nanodollars, 10_000_000, "calls that were cancelled may have cost something");
    let records = records(&journal, &result.run).await;
    assert!(records.contains(&Record::Cancelled { reason: CancelReason::Timeout }));
    assert!(matches!(records.last(), Some(Record::Ended { .. })));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_node_cancels_its_branches_only() {
    let fakes = Fakes::new(4, |call| match call.agent.as_str() {
        "a0" | "a3" => says(100, "bug", 0.9),
        "a1" => says(4_999, "question", 0.9),
        _ => Act::Never,
    });
    let (runtime, _) = runtime(&fakes);
    let result = runtime.run(&everybody(", timeout: 5s"), ticket(), RunRequest::default()).await;
    assert_eq!((result.value.clone(), result.time_ms), (json!("bug"), 5_000.0), "{result:#?}");
    assert_eq!(fakes.counts.all(), (4, 3, 1));
}

#[tokio::test(start_paused = true)]
async fn the_budget_of_time_ends_the_run() {
    let fakes = Fakes::new(1, |_| Act::Never);
    let (runtime, _) = runtime(&fakes);
    let pattern = crate::fakes::compile(
        "pattern p { output ~Label
           budget { time: 2s }
           let agents = select(Classifier, max: 1)
           let agent = agents[0] ?? fail(\"nobody\")
           return agent.classify(\"x\") }",
    );
    let result = runtime.run(&pattern, json!({}), RunRequest::default()).await;
    assert_eq!(result.failure.as_ref().unwrap().code, "budget/time");
    assert_eq!((result.exit_code(), result.time_ms), (ExitCode::TimedOut, 2_000.0));
    assert_eq!(fakes.counts.all(), (1, 0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_cancelled_leaves_nothing_behind() {
    let fakes = Fakes::new(50, |_| Act::Never);
    let (runtime, journal) = runtime(&fakes);
    let mut request = RunRequest::default();
    let mut events = request.subscribe(10_000);
    let run = runtime.run(&everybody(""), ticket(), request);
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(fakes.counts.under_way(), 50);
    let canceller = run.canceller();
    run.cancel();
    run.cancel();
    let result = run.await;
    assert!(canceller.is_cancelled());
    assert_eq!(fakes.counts.all(), (50, 0, 50), "dropped before the result is there");
    assert_eq!(result.failure.as_ref().unwrap().code, "run/cancelled");
    assert_eq!(result.exit_code(), ExitCode::Cancelled);
    assert_eq!(runtime.runs_under_way(), 0);
    let mut cancelled = 0;
    let mut last = None;
    while let Some(event) = events.next().await {
        cancelled += u32::from(event.kind == EventKind::CallCancelled);
        last = Some(event);
    }
    let last = last.unwrap();
    assert_eq!(
        (cancelled, last.kind, &last.data["code"]),
        (50, EventKind::RunEnded, &json!("run/cancelled"))
    );
    let records = records(&journal, &result.run).await;
    assert!(records.contains(&Record::Cancelled { reason: CancelReason::Requested }));
}

#[tokio::test(start_paused = true)]
async fn a_run_may_be_cancelled_before_it_starts() {
    let fakes = Fakes::new(1, |_| Act::Never);
    let (runtime, _) = runtime(&fakes);
    let request = RunRequest::default();
    request.canceller().cancel();
    let result = runtime.execute(&one(), ticket(), request).await;
    assert_eq!(result.exit_code(), ExitCode::Cancelled);
    assert_eq!(fakes.counts.all(), (0, 0, 0));
}

#[tokio::test(start_paused = true)]
async fn losers_are_cancelled_while_the_run_goes_on() {
    let fakes =
        Fakes::new(3, |call| match (call.call.node.as_str().contains("first"), call.agent.as_str()) {
            (true, "a0") => Act::Fail(Duration::from_millis(10)),
            (true, _) => Act::Never,
            (false, _) => says(60_000, "praise", 0.9),
        });
    let (runtime, _) = runtime(&fakes);
    let pattern = crate::fakes::compile(
        "pattern p { output ~Label
           let agents = select(Classifier, max: 3)
           let first = parallel(agents, timeout: 1s, min_success: 0) { agent => agent.classify(\"x\") }
           let agent = agents[0] ?? fail(\"nobody\")
           return agent.classify(`y ${first.length}`) }",
    );
    let run = runtime.run(&pattern, json!({}), RunRequest::default());
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(fakes.counts.all(), (4, 1, 2), "the losers are gone while the next call is under way");
    assert_eq!(run.await.value, json!("praise"));
}

#[tokio::test(start_paused = true)]
async fn dropping_the_handle_cancels_the_run() {
    let fakes = Fakes::new(1, |_| Act::Never);
    let (runtime, journal) = runtime(&fakes);
    let run = runtime.run(&one(), ticket(), RunRequest::default());
    tokio::time::sleep(Duration::from_millis(1)).await;
    let id = run.id().clone();
    drop(run);
    runtime.shutdown().await;
    assert_eq!(fakes.counts.all(), (1, 0, 1));
    assert!(matches!(records(&journal, &id).await.last(), Some(Record::Ended { .. })));
}

#[tokio::test(start_paused = true)]
async fn dropping_an_execution_drops_its_calls() {
    let fakes = Fakes::new(1, |_| Act::Never);
    let (runtime, _) = runtime(&fakes);
    let execution = runtime.execute(&one(), ticket(), RunRequest::default());
    assert!(tokio::time::timeout(Duration::from_secs(1), execution).await.is_err());
    assert_eq!(fakes.counts.all(), (1, 0, 1));
}

#[tokio::test(start_paused = true)]
async fn shutting_down_cancels_all_runs() {
    let fakes = Fakes::new(3, |_| Act::Never);
    let (runtime, _) = runtime(&fakes);
    let pattern = everybody("");
    let runs: Vec<_> = (0..4).map(|_| runtime.run(&pattern, ticket(), RunRequest::default())).collect();
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!((runtime.runs_under_way(), fakes.counts.under_way()), (4, 12));
    runtime.shutdown().await;
    assert_eq!((runtime.runs_under_way(), fakes.counts.all()), (0, (12, 0, 12)));
    for run in runs {
        assert_eq!(run.await.exit_code(), ExitCode::Cancelled);
    }
    let late = runtime.run(&pattern, ticket(), RunRequest::default()).await;
    assert_eq!(late.exit_code(), ExitCode::Cancelled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_race_of_cancelling_and_answering_has_one_end() {
    let (mut completed, mut cancelled) = (0, 0);
    let pattern = everybody("");
    for round in 0..300_u64 {
        let fakes = Fakes::new(3, |_| says(0, "bug", 0.9));
        let (runtime, journal) = runtime(&fakes);
        let mut request = RunRequest::default();
        let mut events = request.subscribe(1_000);
        let canceller = request.canceller();
        if round.is_multiple_of(100) {
            canceller.cancel();
        }
        let racer = std::thread::spawn(move || {
            let start = std::time::Instant::now();
            while start.elapsed() < Duration::from_micros(round * 7 % 1_500) {
                std::hint::spin_loop();
            }
            canceller.cancel();
        });
        let result = runtime.run(&pattern, ticket(), request).await;
        match result.failure.as_ref().map(|failure| failure.code.as_str()) {
            None => completed += 1,
            Some("run/cancelled") => cancelled += 1,
            Some(other) => panic!("{other}"),
        }
        assert_eq!(fakes.counts.under_way(), 0);
        assert_eq!(runtime.runs_under_way(), 0);
        let records = records(&journal, &result.run).await;
        let ends = records.iter().filter(|record| matches!(record, Record::Ended { .. })).count();
        assert_eq!(ends, 1);
        let mut ends = 0;
        while let Some(event) = events.next().await {
            ends += u32::from(event.kind == EventKind::RunEnded);
        }
        assert_eq!(ends, 1);
        prism_runtime::replay(pattern.program().clone(), pattern.name(), &records).unwrap();
        racer.join().unwrap();
    }
    assert_eq!(completed + cancelled, 300);
    assert!(cancelled > 0, "the race was never lost");
}
