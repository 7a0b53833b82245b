use std::time::Duration;

use prism_runtime::RunRequest;
use prism_runtime::ports::EventKind;

use crate::fakes::{Fakes, everybody, runtime, says, ticket};

#[tokio::test(start_paused = true)]
async fn who_is_slow_gets_a_gap_and_slows_nobody() {
    let fakes = Fakes::new(200, |_| says(10, "bug", 0.9));
    let (runtime, _) = runtime(&fakes);
    let mut request = RunRequest::default();
    let mut slow = request.subscribe(16);
    let mut all = request.subscribe(100_000);
    let run = runtime.run(&everybody(""), ticket(), request);
    let result = run.await;
    assert_eq!(result.time_ms, 10.0, "nobody waited for those who watch");
    let mut dense = Vec::new();
    while let Some(event) = all.next().await {
        dense.push(event);
    }
    assert!(dense.iter().zip(0..).all(|(event, seq)| event.seq == seq && event.kind != EventKind::Gap));
    assert_eq!(dense.last().unwrap().kind, EventKind::RunEnded);
    let gap = slow.next().await.unwrap();
    assert_eq!((gap.kind, gap.seq), (EventKind::Gap, 0));
    assert_eq!(gap.data["last_seq"].as_u64(), Some(dense.len() as u64 - 17));
    assert_eq!(gap.data["dropped"].as_u64(), Some(dense.len() as u64 - 16));
    let mut rest = Vec::new();
    while let Some(event) = slow.next().await {
        rest.push(event);
    }
    assert_eq!(rest, dense[dense.len() - 16..], "the last ones are kept, the end among them");
}

#[tokio::test(start_paused = true)]
async fn who_leaves_is_not_missed() {
    let fakes = Fakes::new(20, |_| says(10, "bug", 0.9));
    let (runtime, _) = runtime(&fakes);
    let mut request = RunRequest::default();
    let leaves = request.subscribe(16);
    let mut stays = request.subscribe(1_000);
    let run = runtime.run(&everybody(""), ticket(), request);
    tokio::time::sleep(Duration::from_millis(5)).await;
    drop(leaves);
    assert!(run.await.is_completed());
    let mut count = 0;
    while stays.next().await.is_some() {
        count += 1;
    }
    assert!(count > 40);
}

#[tokio::test]
async fn a_request_that_is_never_run_ends_its_streams() {
    let mut request = RunRequest::default();
    let mut events = request.subscribe(4);
    drop(request);
    assert_eq!(events.next().await, None);
}
