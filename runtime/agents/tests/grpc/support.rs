//! An agent whose behaviour the task's text decides, and the calls to it.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use prism_agents::NoticeSink;
use prism_agents::pool::{AgentPool, AgentSource, KnownAgent, PoolConfig};
use prism_ports::{CallId, CallRequest, Key, NodeId, RunId};
use prism_proto::confidence::confidence_agent_server::{ConfidenceAgent, ConfidenceAgentServer};
use prism_proto::confidence::{AgentRequest, Capabilities, ConfidenceResult, Health, health};
use prism_proto::json;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use tokio_stream::Stream;
use tonic::transport::server::TcpIncoming;
use tonic::{Code, Request, Response, Status};

/// What an agent saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) begun: AtomicU32,
    pub(crate) ended: AtomicU32,
    pub(crate) cancelled: AtomicU32,
    pub(crate) health_checks: AtomicU32,
    pub(crate) unhealthy: AtomicU32,
    /// Whether health checks are answered.
    pub(crate) mute: AtomicU32,
}

/// An agent in this process.
pub(crate) struct ScriptedAgent {
    pub(crate) address: SocketAddr,
    pub(crate) seen: Arc<Seen>,
    serving: AbortHandle,
}

impl ScriptedAgent {
    pub(crate) async fn start() -> Self {
        let seen = Arc::<Seen>::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service =
            ConfidenceAgentServer::new(Scripted(Arc::clone(&seen))).max_encoding_message_size(usize::MAX);
        let serving = tokio::spawn(
            tonic::transport::Server::builder()
                .add_service(service)
                .serve_with_incoming(TcpIncoming::from(listener).with_nodelay(Some(true))),
        );
        Self { address, seen, serving: serving.abort_handle() }
    }

    /// A pool that knows this agent as `scripted`.
    pub(crate) fn pool(&self, config: PoolConfig) -> AgentPool {
        pool_of(&self.address.to_string(), config)
    }
}

impl Drop for ScriptedAgent {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A pool that knows one agent, `scripted`.
pub(crate) fn pool_of(endpoint: &str, config: PoolConfig) -> AgentPool {
    let agent =
        KnownAgent { id: "scripted".to_owned(), endpoint: endpoint.to_owned(), ..KnownAgent::default() };
    let agents = BTreeMap::from([(agent.id.clone(), agent)]);
    AgentPool::new(config, vec![AgentSource::Static(agents)], NoticeSink::default())
}

/// A call of `scripted`.
pub(crate) fn request(task: &str, data: Json) -> CallRequest {
    CallRequest {
        run: RunId::from("run-1"),
        call: CallId { node: NodeId::from("triage/label"), key: Key::default().child(2), attempt: 1 },
        agent: "scripted".to_owned(),
        task: task.to_owned(),
        data,
        context: BTreeMap::from([("tone".to_owned(), "dry".to_owned())]),
        pattern: "triage".to_owned(),
        timeout_us: Some(10_000_000),
    }
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what} did not happen");
}

struct Scripted(Arc<Seen>);

struct AtWork<'a>(&'a Seen, bool);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let counter = if self.1 { &self.0.ended } else { &self.0.cancelled };
        counter.fetch_add(1, Ordering::SeqCst);
    }
}

#[tonic::async_trait]
impl ConfidenceAgent for Scripted {
    async fn analyze(&self, request: Request<AgentRequest>) -> Result<Response<ConfidenceResult>, Status> {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        let mut at_work = AtWork(&self.0, false);
        let grpc_timeout =
            request.metadata().get("grpc-timeout").map(|value| value.to_str().unwrap().to_owned());
        let message = request.into_inner();
        let task = message.task_description.clone();
        let (verb, rest) = task.split_once(' ').unwrap_or((&task, ""));
        let result = match verb {
            "echo" => {
                let context: BTreeMap<_, _> = message.context.into_iter().collect();
                let seen = json!({
                    "task_id": message.task_id,
                    "data": json::from_struct(message.data.unwrap()),
                    "context": context,
                    "timeout_ms": message.timeout_ms,
                    "pattern": message.pattern_name,
                    "grpc_timeout": grpc_timeout,
                });
                Ok(answer(seen.to_string(), Some(0.75)))
            }
            "say" => Ok(answer(rest.to_owned(), None)),
            "confidence" => Ok(answer("1".to_owned(), Some(rest.parse().unwrap()))),
            "huge" => Ok(answer(format!("\"{}\"", "x".repeat(rest.parse().unwrap())), None)),
            "status" => {
                let (code, said) = rest.split_once(' ').unwrap();
                Err(Status::new(Code::from(code.parse::<i32>().unwrap()), said))
            }
            "sleep" => {
                tokio::time::sleep(Duration::from_millis(rest.parse().unwrap())).await;
                Ok(answer("\"slept\"".to_owned(), None))
            }
            _ => Err(Status::internal("no such behaviour")),
        };
        at_work.1 = true;
        result.map(Response::new)
    }

    async fn get_capabilities(&self, _: Request<()>) -> Result<Response<Capabilities>, Status> {
        Ok(Response::new(Capabilities {
            agent_id: "scripted".to_owned(),
            name: "Scripted".to_owned(),
            capabilities: vec!["b".to_owned(), "a".to_owned()],
            expertise_level: 0.625,
            capability_scores: HashMap::new(),
        }))
    }

    async fn health_check(&self, _: Request<()>) -> Result<Response<Health>, Status> {
        self.0.health_checks.fetch_add(1, Ordering::SeqCst);
        if self.0.mute.load(Ordering::SeqCst) > 0 {
            std::future::pending::<()>().await;
        }
        let unhealthy = self.0.unhealthy.load(Ordering::SeqCst) > 0;
        let status = if unhealthy { health::Status::Unhealthy } else { health::Status::Healthy };
        Ok(Response::new(Health { status: status.into(), ..Health::default() }))
    }

    type StreamAnalyzeStream = Pin<Box<dyn Stream<Item = Result<ConfidenceResult, Status>> + Send>>;

    async fn stream_analyze(
        &self,
        _: Request<AgentRequest>,
    ) -> Result<Response<Self::StreamAnalyzeStream>, Status> {
        Err(Status::unimplemented("not streamed"))
    }
}

fn answer(value_json: String, confidence: Option<f64>) -> ConfidenceResult {
    ConfidenceResult {
        value_json,
        confidence,
        reasoning: "because".to_owned(),
        uncertainties: vec!["the weather".to_owned()],
        metadata: HashMap::from([
            ("prism.cost_nanousd".to_owned(), "1500".to_owned()),
            ("prism.tokens_in".to_owned(), "12".to_owned()),
        ]),
        ..ConfidenceResult::default()
    }
}
