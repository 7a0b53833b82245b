//! An agent that answers at once.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

use prism_proto::confidence::confidence_agent_server::ConfidenceAgent;
use prism_proto::confidence::{AgentRequest, Capabilities, ConfidenceResult, Health, health};
use prism_proto::json;
use serde_json::Value as Json;
use tokio_stream::Stream;
use tonic::{Request, Response, Status};

/// What the agent can do.
pub const CAPABILITY: &str = "classification";

/// Under this name a health check says how many tasks were answered.
pub const ANSWERED: &str = "answered";

/// Labels a text, as the voter that the task names would: the same text and voter have the same answer. It does as
/// little as an agent can, so that what is measured is the way to it.
#[derive(Debug, Default)]
pub struct BenchAgent {
    answered: AtomicU64,
}

#[tonic::async_trait]
impl ConfidenceAgent for BenchAgent {
    async fn analyze(&self, request: Request<AgentRequest>) -> Result<Response<ConfidenceResult>, Status> {
        let request = request.into_inner();
        let data = json::from_struct(request.data.unwrap_or_default());
        let (label, confidence) = opinion(text(&data, "text")?, text(&data, "voter")?);
        self.answered.fetch_add(1, Ordering::Relaxed);
        Ok(Response::new(ConfidenceResult {
            value_json: format!("\"{label}\""),
            confidence: Some(confidence),
            ..ConfidenceResult::default()
        }))
    }

    async fn get_capabilities(&self, _: Request<()>) -> Result<Response<Capabilities>, Status> {
        Ok(Response::new(Capabilities {
            agent_id: "bench".to_owned(),
            name: "Bench".to_owned(),
            capabilities: vec![CAPABILITY.to_owned()],
            expertise_level: f64::NAN,
            capability_scores: HashMap::new(),
        }))
    }

    async fn health_check(&self, _: Request<()>) -> Result<Response<Health>, Status> {
        let answered = self.answered.load(Ordering::Relaxed).to_string();
        Ok(Response::new(Health {
            status: health::Status::Healthy.into(),
            details: HashMap::from([(ANSWERED.to_owned(), answered)]),
            ..Health::default()
        }))
    }

    type StreamAnalyzeStream = Pin<Box<dyn Stream<Item = Result<ConfidenceResult, Status>> + Send>>;

    async fn stream_analyze(
        &self,
        _: Request<AgentRequest>,
    ) -> Result<Response<Self::StreamAnalyzeStream>, Status> {
        Err(Status::unimplemented("not streamed"))
    }
}

fn text<'d>(data: &'d serde_json::Map<String, Json>, field: &str) -> Result<&'d str, Status> {
    data.get(field)
        .and_then(Json::as_str)
        .ok_or_else(|| Status::invalid_argument(format!("the data have no text `{field}`")))
}

/// A label and how sure a voter is of it. Voters differ, and most of them agree.
pub(crate) fn opinion(text: &str, voter: &str) -> (&'static str, f64) {
    let hash = fnv(&[text.as_bytes(), voter.as_bytes()]);
    let label = match hash % 10 {
        0..6 => "bug",
        6..8 => "question",
        _ => "praise",
    };
    (label, 0.6 + (hash / 10 % 32) as f64 / 100.0)
}

/// FNV-1a over 64 bits.
fn fnv(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter().copied());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
