use prism_runtime::ports::{Record, RunOptions};
use prism_runtime::{ExitCode, RunRequest, RunStatus, Runtime};
use serde_json::json;

use crate::fakes::{Fakes, everybody, one, records, runtime, says, ticket};

#[tokio::test(start_paused = true)]
async fn one_call() {
    let fakes = Fakes::new(2, |_| says(1_500, "bug", 0.9));
    let (runtime, journal) = runtime(&fakes);
    let result = runtime.execute(&one(), ticket(), RunRequest::default()).await;
    assert_eq!(result.status, RunStatus::Completed, "{result:#?}");
    assert_eq!(result.value, json!("bug"));
    assert_eq!(
        (result.pattern.as_str(), result.calls, result.cost, result.time_ms),
        ("one", 1, 0.002, 1_500.0)
    );
    let confidence = result.confidence.as_ref().unwrap();
    assert_eq!((confidence.point, confidence.source.as_str()), (0.9, "stated"));
    assert_eq!(result.exit_code(), ExitCode::Completed);
    let call = fakes.calls.lock().unwrap()[0].clone();
    assert_eq!(
        (call.agent.as_str(), call.task.as_str(), call.pattern.as_str()),
        ("a0", "Which label fits?", "one")
    );
    assert_eq!((call.data, call.timeout_us), (ticket(), Some(3_600_000_000)));
    assert_eq!(call.run, result.run);
    let records = records(&journal, &result.run).await;
    let [Record::Started { .. }, Record::Selected { candidates, .. }, answered, Record::Ended { .. }] =
        records.as_slice()
    else {
        panic!("{records:#?}")
    };
    assert_eq!(candidates.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>(), ["a0", "a1"]);
    let Record::Answered { duration_us, .. } = answered else { panic!("{answered:#?}") };
    assert_eq!(*duration_us, 1_500_000);
}

#[tokio::test]
async fn patterns_are_compiled_once_and_run_often_and_at_the_same_time() {
    let fakes = Fakes::new(3, |call| says(1, call.data["text"].as_str().unwrap_or("bug"), 0.9));
    let (runtime, _) = runtime(&fakes);
    let pattern = everybody("");
    let labels = ["bug", "question", "praise"];
    let runs: Vec<_> = (0..60)
        .map(|index| runtime.run(&pattern, json!({ "text": labels[index % 3] }), RunRequest::default()))
        .collect();
    assert_eq!(runtime.runs_under_way(), 60);
    for (index, run) in runs.into_iter().enumerate() {
        let id = run.id().clone();
        let result = run.await;
        assert_eq!((result.value, result.run), (json!(labels[index % 3]), id));
    }
    assert_eq!(runtime.runs_under_way(), 0);
    assert_eq!(fakes.counts.all(), (180, 180, 0));
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_at_once() {
    let fakes = Fakes::new(1_000, |call| {
        let index: u64 = call.agent[1..].parse().unwrap();
        says(1 + index * 7 % 100, if index.is_multiple_of(3) { "praise" } else { "bug" }, 0.8)
    });
    let (runtime, journal) = runtime(&fakes);
    let result = runtime.run(&everybody(""), ticket(), RunRequest::default()).await;
    assert_eq!((result.value, result.calls, result.time_ms), (json!("bug"), 1_000, 100.0));
    assert_eq!(fakes.counts.all(), (1_000, 1_000, 0));
    assert_eq!(runtime.runs_under_way(), 0);
    let answers = records(&journal, &result.run).await;
    let durations = answers.iter().filter_map(|record| match record {
        Record::Answered { call, duration_us, .. } => Some((u64::from(call.key.indexes()[0]), *duration_us)),
        _ => None,
    });
    let mut seen = 0;
    for (index, duration_us) in durations {
        // Agents come in the order of their ids as texts.
        let mut ids: Vec<u64> = (0..1_000).collect();
        ids.sort_by_key(|id| format!("a{id}"));
        assert_eq!(duration_us, 1_000 * (1 + ids[index as usize] * 7 % 100));
        seen += 1;
    }
    assert_eq!(seen, 1_000);
}

#[tokio::test]
async fn answers_that_come_at_once_do_not_keep_others_from_running() {
    let fakes = Fakes::new(100, |_| says(0, "bug", 0.5));
    let (runtime, _) = runtime(&fakes);
    let pattern = everybody(", max_concurrency: 1");
    let run = runtime.run(&pattern, ticket(), RunRequest::default());
    let other = tokio::spawn(async {
        let mut turns = 0;
        loop {
            tokio::task::yield_now().await;
            turns += 1;
            if turns == 3 {
                return;
            }
        }
    });
    assert_eq!(run.await.calls, 100);
    other.await.unwrap();
}

#[tokio::test]
async fn without_agents_there_is_nobody_to_ask() {
    let result = Runtime::builder().build().run(&one(), ticket(), RunRequest::default()).await;
    assert_eq!(result.failure.as_ref().unwrap().code, "agents/none");
    assert_eq!(result.exit_code(), ExitCode::NoAgents);
    let (runtime, _) = runtime(&Fakes::new(2, |_| says(0, "bug", 0.9)));
    let pattern = crate::fakes::compile(
        "pattern p { output ~Label
           let agents = select(Classifier, min: 3, max: 3)
           let agent = agents[0] ?? fail(\"nobody\")
           return agent.classify(\"x\") }",
    );
    let result = runtime.run(&pattern, json!({}), RunRequest::default()).await;
    assert_eq!(result.failure.as_ref().unwrap().code, "select/too-few");
    assert_eq!(result.exit_code(), ExitCode::NoAgents);
}

#[tokio::test]
async fn the_first_record_says_what_was_asked_for() {
    let fakes = Fakes::new(1, |_| says(0, "bug", 0.9));
    let (runtime, journal) = runtime(&fakes);
    let request =
        RunRequest::default().with_id("my-run".into()).with_timeout(std::time::Duration::from_secs(9));
    let pattern = one();
    let result = runtime.run(&pattern, ticket(), request).await;
    assert_eq!(result.run.as_str(), "my-run");
    let records = records(&journal, &result.run).await;
    let expected = Record::Started {
        ir_hash: pattern.pattern().hash.clone(),
        pattern: "one".to_owned(),
        input: ticket(),
        calibration_hash: None,
        options: RunOptions { timeout_us: Some(9_000_000) },
    };
    assert_eq!(records.first(), Some(&expected));
    assert!(!pattern.pattern().hash.is_empty());
}

#[test]
fn outside_of_tokio_a_run_fails_and_says_why() {
    use futures_util::FutureExt;
    let run = Runtime::builder().build().run(&one(), ticket(), RunRequest::default());
    let result = run.now_or_never().expect("it has failed already");
    let failure = result.failure.unwrap();
    assert_eq!(failure.to_string(), "[internal] a run was started outside of a Tokio runtime");
}
