use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::{join_all, try_join_all};
use prism_catalog::FailureCode;
use prism_ports::{AgentCaller, AgentDescription, AgentDirectory, Answer, BoxFuture, CallRequest, Failure};
use prism_proto::confidence::confidence_agent_client::ConfidenceAgentClient;
use prism_proto::confidence::health::Status as HealthStatus;
use tonic::transport::Channel;
use tonic::{Code, Request};

use super::answer::answer_of;
use super::config::PoolConfig;
use super::connections::{Connections, Place};
use super::request::{agent_request, deadline};
use super::source::{AgentSource, KnownAgent};
use super::state::{AgentState, Health, Told};
use super::status::{CallFacts, failure_of, timed_out};
use crate::notice::{AgentNotice, NoticeSink};
use crate::text::shown;

/// What an answer takes besides its value: reasoning, metadata, framing.
const ENVELOPE_BYTES: usize = 256 * 1024;
/// How long the end of a process may take to be noticed after its connection broke.
const DEATH_GRACE: Duration = Duration::from_millis(300);

/// Knows agents from its sources, and asks them. Clones share connections and counts.
///
/// Dropping the future of a call resets its HTTP/2 stream, by which the agent learns that nobody waits any more.
#[derive(Clone, Debug)]
pub struct AgentPool {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: PoolConfig,
    sources: Vec<AgentSource>,
    notices: NoticeSink,
    agents: Mutex<HashMap<String, Arc<AgentState>>>,
    connections: Mutex<HashMap<String, Arc<Connections>>>,
}

impl AgentPool {
    /// A pool over sources. Where two know an agent of one id, the earlier one counts.
    pub fn new(config: PoolConfig, sources: Vec<AgentSource>, notices: NoticeSink) -> Self {
        let shared =
            Shared { config, sources, notices, agents: Mutex::default(), connections: Mutex::default() };
        Self { shared: Arc::new(shared) }
    }

    /// Announces that somebody will call [`Self::mark_died`] when the agent's process ends.
    pub fn supervise(&self, agent: &str) {
        self.shared.state(agent).supervise();
    }

    /// Ends all calls to an agent whose process has ended, and those that still come, with that failure.
    pub fn mark_died(&self, agent: &str, failure: Failure) {
        self.shared.state(agent).die(failure);
    }
}

impl AgentCaller for AgentPool {
    fn call(&self, request: CallRequest) -> BoxFuture<'static, Result<Answer, Failure>> {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move { shared.call(request).await })
    }
}

impl AgentDirectory for AgentPool {
    fn healthy(&self) -> BoxFuture<'static, Result<Vec<AgentDescription>, Failure>> {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move { shared.healthy().await })
    }
}

impl Shared {
    async fn call(&self, request: CallRequest) -> Result<Answer, Failure> {
        let agent = request.agent.clone();
        let state = self.state(&agent);
        let Some(endpoint) = self.sources.iter().find_map(|source| source.endpoint(&agent)) else {
            return Err(state.death().unwrap_or_else(|| unknown(&agent)));
        };
        let _counted = state.begin();
        let place = self.place(&agent, &endpoint)?;
        let deadline = deadline(request.timeout_us, self.config.call_timeout);
        let mut message = Request::new(agent_request(request, deadline));
        message.set_timeout(deadline);
        let mut client = self.client(&place);
        let started = Instant::now();
        let facts = |elapsed| CallFacts {
            agent: &agent,
            endpoint: &endpoint,
            deadline,
            elapsed,
            max_answer_bytes: self.config.max_answer_bytes,
            max_message_bytes: self.max_message_bytes(),
        };
        let answered = tokio::select! {
            biased;
            answered = tokio::time::timeout(deadline, client.analyze(message)) => answered,
            death = state.until_death() => return Err(death),
        };
        let elapsed = started.elapsed();
        match answered {
            Err(_) => Err(timed_out(facts(elapsed))),
            Ok(Err(status)) => {
                let failure = failure_of(&status, facts(elapsed));
                // A connection breaks a little before the end of its process is noticed.
                if failure.known_code() == Some(FailureCode::AgentUnavailable)
                    && state.is_supervised()
                    && let Ok(death) = tokio::time::timeout(DEATH_GRACE, state.until_death()).await
                {
                    return Err(death);
                }
                Err(failure)
            }
            Ok(Ok(response)) => {
                state.answered(elapsed);
                answer_of(response.into_inner(), &agent, self.config.max_answer_bytes)
            }
        }
    }

    async fn healthy(&self) -> Result<Vec<AgentDescription>, Failure> {
        let listed = try_join_all(self.sources.iter().map(AgentSource::healthy)).await?;
        let mut known = BTreeMap::new();
        for agent in listed.into_iter().flatten() {
            known.entry(agent.id.clone()).or_insert(agent);
        }
        let described = join_all(known.into_values().map(|agent| self.described(agent))).await;
        Ok(described.into_iter().flatten().collect())
    }

    /// The agent with what it tells about itself; none while it cannot be asked.
    async fn described(&self, agent: KnownAgent) -> Option<AgentDescription> {
        let state = self.state(&agent.id);
        let told = self.checked(&agent, &state).await?;
        let mut capabilities =
            if agent.capabilities.is_empty() { told.capabilities } else { agent.capabilities };
        capabilities.sort();
        capabilities.dedup();
        let name = [agent.name, told.name].into_iter().find(|name| !name.is_empty());
        Some(AgentDescription {
            name: name.unwrap_or_else(|| agent.id.clone()),
            id: agent.id,
            capabilities,
            expertise: told.expertise,
            accuracy: None,
            latency_us: state.mean_us(),
            cost_nanodollars: agent.cost_nanodollars,
            in_flight: state.in_flight(),
            labels: agent.labels,
        })
    }

    async fn checked(&self, agent: &KnownAgent, state: &AgentState) -> Option<Told> {
        let mut health = state.health.lock().await;
        let previous = health.as_ref().filter(|health| health.endpoint == agent.endpoint);
        if let Some(previous) = previous {
            let well = previous.trouble.is_none();
            let believed = if well { self.config.health_interval } else { self.config.retry_interval };
            if previous.checked.elapsed() < believed {
                return well.then(|| previous.told.clone());
            }
        }
        let was_in_trouble = previous.is_some_and(|health| health.trouble.is_some());
        let asked = tokio::time::timeout(self.config.health_timeout, self.ask_health(agent)).await;
        let (told, trouble) = match asked {
            Ok(Ok(told)) => (told, None),
            Ok(Err(trouble)) => (Told::default(), Some(trouble)),
            Err(_) => match previous.filter(|previous| previous.trouble.is_none() && state.in_flight() > 0) {
                // An agent that does one thing at a time is at work on ours.
                Some(previous) => (previous.told.clone(), None),
                None => (Told::default(), Some("it does not answer a health check".to_owned())),
            },
        };
        if let Some(reason) = trouble.clone().filter(|_| !was_in_trouble) {
            tracing::warn!(agent = agent.id, reason, "the agent is left out");
            self.notices.tell(AgentNotice::Unreachable { agent: agent.id.clone(), reason });
        }
        let well = trouble.is_none();
        *health = Some(Health {
            endpoint: agent.endpoint.clone(),
            checked: Instant::now(),
            trouble,
            told: told.clone(),
        });
        well.then_some(told)
    }

    /// Asks an agent how it is and what it can do. One that implements neither is taken to be well.
    async fn ask_health(&self, agent: &KnownAgent) -> Result<Told, String> {
        let place = self.place(&agent.id, &agent.endpoint).map_err(|failure| failure.message)?;
        let mut client = self.client(&place);
        let mut other = client.clone();
        let (health, capabilities) =
            tokio::join!(client.health_check(Request::new(())), other.get_capabilities(Request::new(())));
        match health {
            Ok(health) => {
                let health = health.into_inner();
                if health.status() == HealthStatus::Unhealthy {
                    return Err(format!("it says that it is unhealthy: {}", shown(&health.message, 200)));
                }
            }
            Err(status) if status.code() == Code::Unimplemented => {}
            Err(status) => return Err(shown(status.message(), 200)),
        }
        match capabilities {
            Ok(told) => Ok(Told::from(told.into_inner())),
            Err(status) if status.code() == Code::Unimplemented => Ok(Told::default()),
            Err(status) => Err(shown(status.message(), 200)),
        }
    }

    fn client(&self, place: &Place) -> ConfidenceAgentClient<Channel> {
        ConfidenceAgentClient::new(place.channel.clone()).max_decoding_message_size(self.max_message_bytes())
    }

    fn max_message_bytes(&self) -> usize {
        self.config.max_answer_bytes.saturating_add(ENVELOPE_BYTES)
    }

    fn state(&self, agent: &str) -> Arc<AgentState> {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(state) = agents.get(agent) {
            return Arc::clone(state);
        }
        Arc::clone(agents.entry(agent.to_owned()).or_default())
    }

    fn place(&self, agent: &str, endpoint: &str) -> Result<Place, Failure> {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connections) = connections.get(endpoint) {
            return Ok(connections.place());
        }
        let opened = Connections::new(endpoint, self.config.connect_timeout).map_err(|error| {
            let endpoint = shown(endpoint, 200);
            let message =
                format!("agent `{agent}` has the endpoint `{endpoint}`, which cannot be used: {error}");
            Failure::new(FailureCode::AgentUnavailable, message).from_agent(agent)
        })?;
        Ok(connections.entry(endpoint.to_owned()).or_insert_with(|| Arc::new(opened)).place())
    }
}

fn unknown(agent: &str) -> Failure {
    let message = format!("agent `{agent}` is not registered, or not any more");
    Failure::new(FailureCode::AgentUnavailable, message).from_agent(agent)
}
