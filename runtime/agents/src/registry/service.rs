use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::stream::{self, Stream, StreamExt};
use prism_proto::LEASE_PREFIX;
use prism_proto::registry as proto;
use prism_proto::registry::agent_registration::{Health, Metadata};
use prism_proto::registry::watch_event::EventType;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use super::endpoint::check_endpoint;
use super::lease::{AgentRecord, LeaseChange, LeaseState, Peer};
use super::refusal::RegistryRefusal;
use super::shared::Registry;

/// The most bytes of an id, a name, an endpoint, a capability or a label.
pub(crate) const LONGEST_TEXT: usize = 256;
/// The most capabilities, and the most labels, of an agent.
pub(crate) const MOST_ITEMS: usize = 256;
/// The most agents in one response.
const LARGEST_PAGE: usize = 1_000;
/// The most watchers at a time.
const MOST_WATCHERS: usize = 256;

pub(super) struct RegistryService {
    registry: Registry,
    allowed_hosts: Vec<String>,
    stop: CancellationToken,
    watchers: Arc<Semaphore>,
}

impl RegistryService {
    pub(super) fn new(registry: Registry, allowed_hosts: Vec<String>, stop: CancellationToken) -> Self {
        Self { registry, allowed_hosts, stop, watchers: Arc::new(Semaphore::new(MOST_WATCHERS)) }
    }
}

type WatchStream = Pin<Box<dyn Stream<Item = Result<proto::WatchEvent, Status>> + Send>>;

#[tonic::async_trait]
impl proto::registry_server::Registry for RegistryService {
    async fn register(
        &self,
        request: Request<proto::RegisterRequest>,
    ) -> Result<Response<proto::RegisterResponse>, Status> {
        let peer = peer_of(&request)?;
        let agent = request.into_inner().agent.ok_or(RegistryRefusal::Missing)?;
        let ttl_us = ttl_of(agent.ttl)?;
        let record = record_of(agent)?;
        check_endpoint(&record.endpoint, peer, &self.allowed_hosts)?;
        let id = record.id.clone();
        self.registry.register(record, peer, ttl_us)?;
        Ok(done("registered", &id))
    }

    async fn unregister(
        &self,
        request: Request<proto::AgentRegistration>,
    ) -> Result<Response<proto::RegisterResponse>, Status> {
        let peer = peer_of(&request)?;
        let id = request.into_inner().id;
        if id.is_empty() {
            return Err(RegistryRefusal::Missing.into());
        }
        self.registry.unregister(&id, peer)?;
        Ok(done("unregistered", &id))
    }

    async fn renew(
        &self,
        request: Request<proto::RenewRequest>,
    ) -> Result<Response<proto::RegisterResponse>, Status> {
        let peer = peer_of(&request)?;
        let request = request.into_inner();
        let id = request.lease_id.strip_prefix(LEASE_PREFIX).unwrap_or(&request.lease_id);
        self.registry.renew(id, peer, ttl_of(request.ttl)?)?;
        Ok(done("renewed", id))
    }

    async fn list_agents(
        &self,
        request: Request<proto::ListAgentsRequest>,
    ) -> Result<Response<proto::ListAgentsResponse>, Status> {
        let request = request.into_inner();
        let limit = usize::try_from(request.limit)
            .map_err(|_| RegistryRefusal::Negative { field: "limit", value: i64::from(request.limit) })?;
        let limit = if limit == 0 { LARGEST_PAGE } else { limit.min(LARGEST_PAGE) };
        let labels: BTreeMap<_, _> = request.labels.into_iter().collect();
        let mut wanted = self.registry.live();
        wanted
            .retain(|(agent, _)| agent.has_capabilities(&request.capabilities) && agent.has_labels(&labels));
        let total = i32::try_from(wanted.len()).unwrap_or(i32::MAX);
        // The token is the last id of the page before, so that agents that come and go between two pages make
        // nobody else appear twice or not at all.
        let mut rest = wanted.into_iter().skip_while(|(agent, _)| {
            agent.id <= request.continuation_token && !request.continuation_token.is_empty()
        });
        let agents: Vec<_> =
            rest.by_ref().take(limit).map(|(agent, state)| registration(agent, state)).collect();
        let next = match (rest.next(), agents.last()) {
            (Some(_), Some(last)) => last.id.clone(),
            _ => String::new(),
        };
        Ok(Response::new(proto::ListAgentsResponse {
            agents,
            next_continuation_token: next,
            total_count: total,
        }))
    }

    async fn get_agent(
        &self,
        request: Request<proto::GetAgentRequest>,
    ) -> Result<Response<proto::AgentRegistration>, Status> {
        let id = request.into_inner().agent_id;
        match self.registry.find(&id) {
            Some((agent, state)) => Ok(Response::new(registration(agent, state))),
            None => Err(RegistryRefusal::Unknown { id }.into()),
        }
    }

    type WatchStream = WatchStream;

    async fn watch(
        &self,
        request: Request<proto::WatchRequest>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let permit = Arc::clone(&self.watchers)
            .try_acquire_owned()
            .map_err(|_| Status::resource_exhausted(format!("{MOST_WATCHERS} watchers are there already")))?;
        let request = request.into_inner();
        let (present, changes) = self.registry.watch();
        let initial = if request.include_initial { present } else { Vec::new() };
        let pending = initial
            .into_iter()
            .filter(|(agent, _)| agent.has_capabilities(&request.capabilities))
            .map(|(agent, state)| event(EventType::Added, agent, state))
            .collect();
        let watch = Watch { pending, changes, capabilities: request.capabilities, _permit: permit };
        let events = stream::unfold(Some(watch), |watch| async move {
            let mut watch = watch?;
            match watch.next().await {
                Some(Ok(event)) => Some((Ok(event), Some(watch))),
                Some(Err(status)) => Some((Err(status), None)),
                None => None,
            }
        });
        Ok(Response::new(Box::pin(events.take_until(self.stop.clone().cancelled_owned()))))
    }
}

struct Watch {
    pending: VecDeque<proto::WatchEvent>,
    changes: broadcast::Receiver<LeaseChange>,
    capabilities: Vec<String>,
    _permit: OwnedSemaphorePermit,
}

impl Watch {
    async fn next(&mut self) -> Option<Result<proto::WatchEvent, Status>> {
        if let Some(event) = self.pending.pop_front() {
            return Some(Ok(event));
        }
        loop {
            match self.changes.recv().await {
                Ok(change) => {
                    if let Some(event) = self.seen(change) {
                        return Some(Ok(event));
                    }
                }
                Err(broadcast::error::RecvError::Closed) => return None,
                Err(broadcast::error::RecvError::Lagged(missed)) => {
                    return Some(Err(Status::data_loss(format!(
                        "{missed} changes were missed; watch again with include_initial"
                    ))));
                }
            }
        }
    }

    /// What a change is to somebody who sees agents with certain capabilities only.
    fn seen(&self, change: LeaseChange) -> Option<proto::WatchEvent> {
        match change {
            LeaseChange::Added { agent } => agent
                .has_capabilities(&self.capabilities)
                .then(|| event(EventType::Added, agent, LeaseState::Healthy)),
            LeaseChange::Deleted { agent } => agent
                .has_capabilities(&self.capabilities)
                .then(|| event(EventType::Deleted, agent, LeaseState::Gone)),
            LeaseChange::Modified { before, agent, state } => {
                let was_seen = before.has_capabilities(&self.capabilities);
                match (was_seen, agent.has_capabilities(&self.capabilities)) {
                    (true, true) => Some(event(EventType::Modified, agent, state)),
                    (false, true) => Some(event(EventType::Added, agent, state)),
                    (true, false) => Some(event(EventType::Deleted, before, state)),
                    (false, false) => None,
                }
            }
        }
    }
}

fn event(kind: EventType, agent: AgentRecord, state: LeaseState) -> proto::WatchEvent {
    proto::WatchEvent {
        r#type: kind.into(),
        agent: Some(registration(agent, state)),
        timestamp: Some(prost_types::Timestamp::from(SystemTime::now())),
    }
}

fn done(what: &str, id: &str) -> Response<proto::RegisterResponse> {
    Response::new(proto::RegisterResponse {
        success: true,
        message: what.to_owned(),
        lease_id: format!("{LEASE_PREFIX}{id}"),
    })
}

fn peer_of<T>(request: &Request<T>) -> Result<Peer, Status> {
    let address = request.remote_addr().ok_or_else(|| Status::internal("the connection has no address"))?;
    Ok(Peer::from(address.ip()))
}

/// The length of a lease in microseconds; an empty duration is as good as none.
fn ttl_of(ttl: Option<prost_types::Duration>) -> Result<Option<u64>, RegistryRefusal> {
    let Some(ttl) = ttl.filter(|ttl| ttl.seconds != 0 || ttl.nanos != 0) else { return Ok(None) };
    let microseconds = i128::from(ttl.seconds) * 1_000_000 + i128::from(ttl.nanos) / 1_000;
    u64::try_from(microseconds)
        .map(Some)
        .map_err(|_| RegistryRefusal::Negative { field: "ttl.seconds", value: ttl.seconds })
}

fn record_of(agent: proto::AgentRegistration) -> Result<AgentRecord, RegistryRefusal> {
    if agent.id.is_empty() {
        return Err(RegistryRefusal::Missing);
    }
    let metadata = agent.metadata.unwrap_or_default();
    let short = |field, text: &str| {
        if text.len() > LONGEST_TEXT {
            Err(RegistryRefusal::TooLong { field, limit: LONGEST_TEXT })
        } else if text.chars().any(char::is_control) {
            Err(RegistryRefusal::ControlCharacter { field })
        } else {
            Ok(())
        }
    };
    short("id", &agent.id)?;
    short("name", &agent.name)?;
    short("endpoint", &agent.endpoint)?;
    short("metadata.version", &metadata.version)?;
    short("metadata.region", &metadata.region)?;
    if agent.capabilities.len() > MOST_ITEMS {
        return Err(RegistryRefusal::TooLong { field: "capabilities", limit: MOST_ITEMS });
    }
    if metadata.labels.len() > MOST_ITEMS {
        return Err(RegistryRefusal::TooLong { field: "metadata.labels", limit: MOST_ITEMS });
    }
    for capability in &agent.capabilities {
        short("capabilities", capability)?;
    }
    for (key, value) in &metadata.labels {
        short("metadata.labels", key)?;
        short("metadata.labels", value)?;
    }
    let name = if agent.name.is_empty() { agent.id.clone() } else { agent.name };
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(AgentRecord {
        id: agent.id,
        name,
        endpoint: agent.endpoint,
        capabilities: agent.capabilities,
        version: metadata.version,
        region: metadata.region,
        labels: metadata.labels.into_iter().collect(),
        default_confidence: metadata.default_confidence,
        registered_at_us: u64::try_from(since_1970.as_micros()).unwrap_or(u64::MAX),
    })
}

fn registration(agent: AgentRecord, state: LeaseState) -> proto::AgentRegistration {
    let health = match state {
        LeaseState::Healthy => Health::Healthy,
        LeaseState::Unhealthy | LeaseState::Gone => Health::Unhealthy,
    };
    proto::AgentRegistration {
        id: agent.id,
        name: agent.name,
        endpoint: agent.endpoint,
        capabilities: agent.capabilities,
        metadata: Some(Metadata {
            version: agent.version,
            region: agent.region,
            labels: agent.labels.into_iter().collect(),
            default_confidence: agent.default_confidence,
        }),
        registered_at: Some(prost_types::Timestamp {
            seconds: i64::try_from(agent.registered_at_us / 1_000_000).unwrap_or(i64::MAX),
            nanos: i32::try_from(agent.registered_at_us % 1_000_000 * 1_000).unwrap_or(0),
        }),
        ttl: None,
        health: health.into(),
    }
}
