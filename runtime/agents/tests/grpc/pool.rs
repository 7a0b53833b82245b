//! Calls over real connections: what agents see, and what their answers and statuses become.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::support::{ScriptedAgent, pool_of, request, until};
use prism_agents::pool::PoolConfig;
use prism_ports::{AgentCaller, AgentDirectory, Failure};
use serde_json::{Value as Json, json};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

async fn failure(task: &str) -> Failure {
    let agent = ScriptedAgent::start().await;
    agent.pool(PoolConfig::default()).call(request(task, json!({}))).await.expect_err(task)
}

#[tokio::test]
async fn an_agent_sees_the_task_its_data_and_where_they_come_from() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let data = json!({ "text": "It crashes", "n": 3, "list": [1.5, null, { "deep": true }] });
    let mut asked = request("echo", data.clone());
    asked.timeout_us = Some(1_234_500);
    let answer = pool.call(asked).await.unwrap();
    assert_eq!(
        answer.value,
        json!({
            "task_id": "run-1/triage/label[2]#1",
            "data": data,
            "context": {
                "prism.node": "triage/label", "prism.pattern": "triage", "prism.run": "run-1", "tone": "dry",
            },
            "timeout_ms": 1235,
            "pattern": "triage",
            "grpc_timeout": "1235000u",
        })
    );
    assert_eq!(answer.stated, Some(0.75));
    assert_eq!(answer.reasoning.as_deref(), Some("because"));
    assert_eq!(answer.uncertainties, ["the weather"]);
    assert_eq!(answer.cost_nanodollars, Some(1_500));
    assert_eq!(answer.metadata["prism.tokens_in"], "12");
    assert_eq!(answer.warnings, Vec::<String>::new());
}

#[tokio::test]
async fn data_that_is_no_record_travels_as_a_value() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let answer = pool.call(request("echo", json!([1, "two"]))).await.unwrap();
    assert_eq!(answer.value["data"], json!({ "value": [1, "two"] }));
    assert_eq!(answer.value["context"]["prism.data"], "value");
}

#[tokio::test]
async fn every_status_has_its_code() {
    // The number of the status, the code, and whether it may pass.
    for (status, code, retryable) in [
        (3, "agent/refused", false),
        (5, "agent/refused", false),
        (6, "agent/refused", false),
        (7, "agent/refused", false),
        (9, "agent/refused", false),
        (11, "agent/refused", false),
        (12, "agent/refused", false),
        (15, "agent/refused", false),
        (16, "agent/refused", false),
        (14, "agent/unavailable", true),
        (10, "agent/unavailable", true),
        (4, "agent/timeout", true),
        (8, "agent/overloaded", true),
        (1, "agent/cancelled", true),
        (13, "agent/error", false),
        (2, "agent/error", false),
    ] {
        let failure = failure(&format!("status {status} so it is")).await;
        assert_eq!((failure.code.as_str(), failure.retryable), (code, retryable), "status {status}");
        assert_eq!(failure.agent.as_deref(), Some("scripted"));
        assert!(failure.message.contains("`scripted`"), "{}", failure.message);
        if status != 4 {
            assert!(failure.message.contains("so it is"), "{}", failure.message);
        }
    }
}

#[tokio::test]
async fn a_task_that_is_too_large_is_not_asked_again() {
    let failure = failure("status 8 Received message larger than max (7 vs. 5)").await;
    assert_eq!((failure.code.as_str(), failure.retryable), ("agent/refused", false));
}

#[tokio::test]
async fn what_an_agent_says_is_safe_to_show() {
    let failure = failure("status 13 \u{1b}[2Jboo\u{7}").await;
    assert!(failure.message.ends_with("\\u{1b}[2Jboo\\u{7}"), "{:?}", failure.message);
}

#[tokio::test]
async fn malformed_answers_are_quoted() {
    let failure = failure("say It is a bug").await;
    assert_eq!(failure.code, "agent/malformed-answer");
    assert!(failure.message.contains("It is a bug"), "{}", failure.message);
    assert!(!failure.retryable);
}

#[tokio::test]
async fn nothing_is_null_and_confidences_are_clamped() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let call = |task: &'static str| pool.call(request(task, json!({})));
    assert_eq!(call("say ").await.unwrap().value, Json::Null);
    assert_eq!(call("confidence NaN").await.unwrap().stated, None);
    let over = call("confidence 7").await.unwrap();
    assert_eq!((over.stated, over.warnings.len()), (Some(1.0), 1));
}

#[tokio::test]
async fn answers_have_a_limit() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let fits = 4 * 1024 * 1024 - 2;
    assert!(pool.call(request(&format!("huge {fits}"), json!({}))).await.is_ok());
    for size in [fits + 1, 5_000_000, 20_000_000] {
        let failure = pool.call(request(&format!("huge {size}"), json!({}))).await.unwrap_err();
        assert_eq!(failure.code, "agent/malformed-answer", "{size}");
        assert!(failure.message.contains("4194304 bytes"), "{}", failure.message);
    }
}

#[tokio::test]
async fn a_deadline_ends_the_call_on_both_sides() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let mut asked = request("sleep 20000", json!({}));
    asked.timeout_us = Some(120_000);
    let started = Instant::now();
    let failure = pool.call(asked).await.unwrap_err();
    let elapsed = started.elapsed();
    assert_eq!(failure.code, "agent/timeout");
    assert_eq!(failure.message, "agent `scripted` did not answer within 120 ms");
    assert!(elapsed >= Duration::from_millis(119) && elapsed < Duration::from_secs(2), "{elapsed:?}");
    until("the agent's end of the call", || agent.seen.cancelled.load(Ordering::SeqCst) == 1).await;
    assert_eq!(agent.seen.ended.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_endpoint_that_accepts_and_says_nothing_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let pool = pool_of(&listener.local_addr().unwrap().to_string(), PoolConfig::default());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut sink = Vec::new();
        let _ = stream.read_to_end(&mut sink).await;
    });
    let mut asked = request("echo", json!({}));
    asked.timeout_us = Some(100_000);
    assert_eq!(pool.call(asked).await.unwrap_err().code, "agent/timeout");
}

#[tokio::test]
async fn dropping_a_call_cancels_it_at_the_agent() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let calls: Vec<_> = (0..5).map(|_| tokio::spawn(pool.call(request("sleep 20000", json!({}))))).collect();
    until("five calls", || agent.seen.begun.load(Ordering::SeqCst) == 5).await;
    assert_eq!(pool.healthy().await.unwrap()[0].in_flight, 5);
    for call in &calls {
        call.abort();
    }
    until("five cancellations", || agent.seen.cancelled.load(Ordering::SeqCst) == 5).await;
    assert_eq!(agent.seen.ended.load(Ordering::SeqCst), 0);
    assert_eq!(pool.healthy().await.unwrap()[0].in_flight, 0);
    assert!(pool.call(request("say 1", json!({}))).await.is_ok(), "the connection is still good");
}

#[tokio::test]
async fn two_hundred_calls_at_a_time_are_all_answered() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let calls = (0..200).map(|number| pool.call(request(&format!("say {number}"), json!({}))));
    for (number, answer) in futures_util::future::join_all(calls).await.into_iter().enumerate() {
        assert_eq!(answer.unwrap().value, json!(number));
    }
}

#[tokio::test]
async fn nobody_at_the_endpoint_is_unavailable() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let pool = pool_of(&free.to_string(), PoolConfig::default());
    let failure = pool.call(request("echo", json!({}))).await.unwrap_err();
    assert_eq!(failure.code, "agent/unavailable");
    assert!(failure.message.contains(&free.to_string()), "{}", failure.message);
    assert_eq!(pool.healthy().await, Ok(vec![]));
}

#[tokio::test]
async fn an_unknown_agent_is_unavailable() {
    let pool = pool_of("127.0.0.1:9", PoolConfig::default());
    let mut asked = request("echo", json!({}));
    asked.agent = "nobody".to_owned();
    let failure = pool.call(asked).await.unwrap_err();
    assert_eq!((failure.code.as_str(), failure.agent.as_deref()), ("agent/unavailable", Some("nobody")));
}

/// Passes bytes on to an agent until it is dropped, which breaks all its connections.
async fn relay(listen: SocketAddr, to: SocketAddr) -> (SocketAddr, JoinSet<()>) {
    let listener = TcpListener::bind(listen).await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut relaying = JoinSet::new();
    relaying.spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            let mut far = TcpStream::connect(to).await.unwrap();
            connections.spawn(async move {
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (address, relaying)
}

#[tokio::test]
async fn a_connection_that_breaks_is_unavailable_and_opened_again() {
    let agent = ScriptedAgent::start().await;
    let (address, relaying) = relay("127.0.0.1:0".parse().unwrap(), agent.address).await;
    let pool = pool_of(&address.to_string(), PoolConfig::default());
    assert!(pool.call(request("say 1", json!({}))).await.is_ok());
    let call = tokio::spawn(pool.call(request("sleep 20000", json!({}))));
    until("the call", || agent.seen.begun.load(Ordering::SeqCst) == 2).await;
    drop(relaying);
    let failure = call.await.unwrap().unwrap_err();
    assert_eq!((failure.code.as_str(), failure.retryable), ("agent/unavailable", true), "{failure}");
    let (_, _relaying) = relay(address, agent.address).await;
    assert!(pool.call(request("say 1", json!({}))).await.is_ok());
}

#[tokio::test]
async fn the_directory_tells_what_agents_tell() {
    let agent = ScriptedAgent::start().await;
    let pool = agent.pool(PoolConfig::default());
    let before = pool.healthy().await.unwrap();
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].name, "Scripted");
    assert_eq!(before[0].capabilities, ["a", "b"]);
    assert_eq!(before[0].expertise, Some(0.625));
    assert_eq!(before[0].latency_us, None);
    pool.call(request("sleep 20", json!({}))).await.unwrap();
    let after = pool.healthy().await.unwrap();
    assert!(after[0].latency_us >= Some(20_000), "{:?}", after[0].latency_us);
    assert_eq!(agent.seen.health_checks.load(Ordering::SeqCst), 1, "one check serves for a while");
}

#[tokio::test]
async fn an_agent_that_says_it_is_unhealthy_is_left_out_until_it_is_well() {
    let agent = ScriptedAgent::start().await;
    agent.seen.unhealthy.store(1, Ordering::SeqCst);
    let config = PoolConfig { retry_interval: Duration::from_millis(20), ..PoolConfig::default() };
    let pool = agent.pool(config);
    assert_eq!(pool.healthy().await, Ok(vec![]));
    agent.seen.unhealthy.store(0, Ordering::SeqCst);
    assert_eq!(pool.healthy().await, Ok(vec![]), "it is left alone for a moment");
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(pool.healthy().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_agent_that_answers_no_health_check_is_left_out_unless_it_is_at_work_for_us() {
    let agent = ScriptedAgent::start().await;
    let config = PoolConfig {
        health_interval: Duration::from_millis(1),
        retry_interval: Duration::from_millis(1),
        health_timeout: Duration::from_millis(50),
        ..PoolConfig::default()
    };
    let pool = agent.pool(config);
    assert_eq!(pool.healthy().await.unwrap().len(), 1);
    agent.seen.mute.store(1, Ordering::SeqCst);
    let call = tokio::spawn(pool.call(request("sleep 20000", json!({}))));
    until("the call", || agent.seen.begun.load(Ordering::SeqCst) == 1).await;
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(pool.healthy().await.unwrap().len(), 1);
    call.abort();
    until("the end of the call", || agent.seen.cancelled.load(Ordering::SeqCst) == 1).await;
    assert_eq!(pool.healthy().await, Ok(vec![]));
}
