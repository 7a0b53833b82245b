use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use prism_proto::confidence::confidence_agent_server::ConfidenceAgent;
use prism_proto::confidence::{AgentRequest, Capabilities, ConfidenceResult, Health, health};
use prism_proto::{COST_KEY, DATA_FORM_KEY, DATA_FORM_VALUE, json};
use prost_types::Timestamp;
use serde_json::Value as Json;
use tokio_stream::Stream;
use tonic::{Request, Response, Status};

use super::statistics::{AtWork, End};
use super::{Agent, Reply, Statistics, Task};

/// The gRPC service of an agent.
#[derive(Debug)]
pub(super) struct AgentService<A> {
    pub(super) agent: A,
    pub(super) id: String,
    pub(super) statistics: Arc<Statistics>,
}

#[tonic::async_trait]
impl<A: Agent> ConfidenceAgent for AgentService<A> {
    async fn analyze(&self, request: Request<AgentRequest>) -> Result<Response<ConfidenceResult>, Status> {
        let task = task_of(request.into_inner());
        let at_work = AtWork::begin(&self.statistics);
        let answered = match task.timeout {
            Some(timeout) => tokio::time::timeout(timeout, self.agent.analyze(&task)).await,
            None => Ok(self.agent.analyze(&task).await),
        };
        match answered {
            Ok(Ok(reply)) => {
                at_work.end(End::Answered);
                Ok(Response::new(self.result(reply)))
            }
            Ok(Err(error)) => {
                at_work.end(End::Failed);
                Err(error.into())
            }
            Err(_) => {
                at_work.end(End::TimedOut);
                Err(Status::deadline_exceeded("the deadline has passed"))
            }
        }
    }

    async fn get_capabilities(&self, _: Request<()>) -> Result<Response<Capabilities>, Status> {
        Ok(Response::new(Capabilities {
            agent_id: self.id.clone(),
            name: self.agent.name().to_owned(),
            capabilities: self.agent.capabilities(),
            expertise_level: self.agent.expertise().unwrap_or(f64::NAN),
            capability_scores: HashMap::new(),
        }))
    }

    async fn health_check(&self, _: Request<()>) -> Result<Response<Health>, Status> {
        let counts = [
            ("answered", self.statistics.answered()),
            ("failed", self.statistics.failed()),
            ("timed_out", self.statistics.timed_out()),
            ("cancelled", self.statistics.cancelled()),
            ("in_flight", self.statistics.in_flight()),
        ];
        Ok(Response::new(Health {
            status: health::Status::Healthy.into(),
            message: String::new(),
            last_check: Some(Timestamp::from(SystemTime::now())),
            details: counts.map(|(name, count)| (name.to_owned(), count.to_string())).into(),
        }))
    }

    type StreamAnalyzeStream = Pin<Box<dyn Stream<Item = Result<ConfidenceResult, Status>> + Send>>;

    async fn stream_analyze(
        &self,
        request: Request<AgentRequest>,
    ) -> Result<Response<Self::StreamAnalyzeStream>, Status> {
        let answer = self.analyze(request).await?.into_inner();
        Ok(Response::new(Box::pin(tokio_stream::once(Ok(answer)))))
    }
}

impl<A> AgentService<A> {
    fn result(&self, reply: Reply) -> ConfidenceResult {
        let cost = reply.cost_nanodollars.map(|cost| (COST_KEY.to_owned(), cost.to_string()));
        ConfidenceResult {
            value_json: reply.value.to_string(),
            confidence: reply.confidence,
            agent_id: self.id.clone(),
            timestamp: Some(Timestamp::from(SystemTime::now())),
            uncertainties: reply.uncertainties,
            reasoning: reply.reasoning,
            metadata: cost.into_iter().collect(),
        }
    }
}

fn task_of(request: AgentRequest) -> Task {
    let mut data = json::from_struct(request.data.unwrap_or_default());
    let is_value = request.context.get(DATA_FORM_KEY).is_some_and(|form| form == DATA_FORM_VALUE);
    let data = if is_value { data.remove("value").unwrap_or(Json::Null) } else { Json::Object(data) };
    let milliseconds = u64::try_from(request.timeout_ms).unwrap_or(0);
    Task {
        id: request.task_id,
        description: request.task_description,
        data,
        context: request.context.into_iter().collect(),
        pattern: request.pattern_name,
        timeout: (milliseconds > 0).then(|| Duration::from_millis(milliseconds)),
    }
}
