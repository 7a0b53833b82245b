use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use prism_catalog::FailureCode;
use prism_ports::Failure;
use prism_proto::registry::agent_registration::Health;
use prism_proto::registry::registry_client::RegistryClient;
use prism_proto::registry::{AgentRegistration, ListAgentsRequest};
use tonic::Request;
use tonic::transport::{Channel, Endpoint};

use crate::pool::KnownAgent;
use crate::registry::{AgentRecord, parse_endpoint};
use crate::text::shown;

/// The longest that a page of the list may take.
const LIST_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest that the whole list may take.
const WHOLE_LIST_TIMEOUT: Duration = Duration::from_secs(15);
/// The most pages that are read; a registry that gives more does not end.
const MOST_PAGES: usize = 1_000;

/// A registry elsewhere, which is asked for its agents. Clones share what was listed last.
#[derive(Clone, Debug)]
pub struct RemoteRegistry {
    address: String,
    client: RegistryClient<Channel>,
    listed: Arc<Mutex<BTreeMap<String, KnownAgent>>>,
}

impl RemoteRegistry {
    /// A registry at `host:port`. Nothing is dialled before [`Self::refresh`]. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// `agents/file` when the address is not of that form.
    pub fn new(address: &str) -> Result<Self, Failure> {
        let refused = |reason: String| {
            let message = format!("the registry's address {reason}");
            Failure::new(FailureCode::AgentsFile, message)
        };
        parse_endpoint(address).map_err(|error| refused(format!("cannot be used: {error}")))?;
        let endpoint = Endpoint::from_shared(format!("http://{address}"))
            .map_err(|error| refused(format!("`{address}` cannot be used: {error}")))?
            .connect_timeout(LIST_TIMEOUT);
        Ok(Self {
            address: address.to_owned(),
            client: RegistryClient::new(endpoint.connect_lazy()),
            listed: Arc::default(),
        })
    }

    /// Lists the healthy agents anew, and remembers them.
    ///
    /// # Errors
    /// `agents/file` when the registry cannot be reached or does not answer as it should.
    pub async fn refresh(&self) -> Result<Vec<KnownAgent>, Failure> {
        match tokio::time::timeout(WHOLE_LIST_TIMEOUT, self.list()).await {
            Ok(listed) => listed,
            Err(_) => Err(self.failed("it takes longer than 15 s")),
        }
    }

    async fn list(&self) -> Result<Vec<KnownAgent>, Failure> {
        let mut client = self.client.clone();
        let mut agents = BTreeMap::new();
        let mut continuation_token = String::new();
        for _ in 0..MOST_PAGES {
            let mut request =
                Request::new(ListAgentsRequest { continuation_token, ..ListAgentsRequest::default() });
            request.set_timeout(LIST_TIMEOUT);
            let page = client
                .list_agents(request)
                .await
                .map_err(|status| self.failed(status.message()))?
                .into_inner();
            let healthy = page.agents.into_iter().filter(|agent| agent.health() != Health::Unhealthy);
            // What is reached through another door, such as `gateway://…`, cannot be called from here.
            let callable = healthy.filter(|agent| parse_endpoint(&agent.endpoint).is_ok());
            agents.extend(callable.map(|agent| (agent.id.clone(), known(agent))));
            continuation_token = page.next_continuation_token;
            if continuation_token.is_empty() {
                let listed = agents.values().cloned().collect();
                *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = agents;
                return Ok(listed);
            }
        }
        Err(self.failed("it lists agents without an end"))
    }

    /// Where an agent listens, as it was listed last.
    pub fn endpoint(&self, id: &str) -> Option<String> {
        let listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        listed.get(id).map(|agent| agent.endpoint.clone())
    }

    fn failed(&self, reason: &str) -> Failure {
        let message =
            format!("the registry at {} does not list its agents: {}", self.address, shown(reason, 300));
        let mut failure = Failure::new(FailureCode::AgentsFile, message);
        failure.retryable = true;
        failure
    }
}

fn known(agent: AgentRegistration) -> KnownAgent {
    let metadata = agent.metadata.unwrap_or_default();
    crate::pool::known(AgentRecord {
        id: agent.id,
        name: agent.name,
        endpoint: agent.endpoint,
        capabilities: agent.capabilities,
        labels: metadata.labels.into_iter().collect(),
        ..AgentRecord::default()
    })
}
