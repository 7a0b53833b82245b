use std::collections::BTreeMap;

use prism_ports::Failure;

use crate::registry::{AgentRecord, LeaseState, Registry};
use crate::remote::RemoteRegistry;

/// The label with which an agent of a registry says what a call costs, in nano-dollars.
const COST_LABEL: &str = prism_proto::COST_KEY;

/// An agent that can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownAgent {
    /// The id.
    pub id: String,
    /// The name shown to people; empty to take the one that the agent tells.
    pub name: String,
    /// `host:port`.
    pub endpoint: String,
    /// What it can do; empty to take what the agent tells.
    pub capabilities: Vec<String>,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// What a call costs, in nano-dollars, where it is known beforehand.
    pub cost_nanodollars: Option<i64>,
}

/// What the agents file says about an agent that registers itself. The file has the last word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentOverlay {
    /// Instead of the name that it registers with.
    pub name: Option<String>,
    /// Instead of the capabilities that it registers with.
    pub capabilities: Option<Vec<String>>,
    /// Besides the labels that it registers with.
    pub labels: BTreeMap<String, String>,
    /// What a call costs, in nano-dollars.
    pub cost_nanodollars: Option<i64>,
}

/// Where a pool learns which agents there are.
#[derive(Clone, Debug)]
pub enum AgentSource {
    /// A fixed list, by id.
    Static(BTreeMap<String, KnownAgent>),
    /// The registry of this process, and what the agents file says about those who register there, by id.
    Embedded(Registry, BTreeMap<String, AgentOverlay>),
    /// A registry elsewhere.
    Remote(RemoteRegistry),
}

impl AgentSource {
    /// The agents that a selection may choose from, as far as this source can tell.
    pub(super) async fn healthy(&self) -> Result<Vec<KnownAgent>, Failure> {
        match self {
            Self::Static(agents) => Ok(agents.values().cloned().collect()),
            Self::Embedded(registry, overlays) => Ok(registry
                .live()
                .into_iter()
                .filter(|(_, state)| *state == LeaseState::Healthy)
                .map(|(record, _)| overlaid(known(record), overlays))
                .collect()),
            Self::Remote(registry) => registry.refresh().await,
        }
    }

    /// Where an agent listens, from what is known without asking anybody.
    pub(super) fn endpoint(&self, id: &str) -> Option<String> {
        match self {
            Self::Static(agents) => agents.get(id).map(|agent| agent.endpoint.clone()),
            Self::Embedded(registry, _) => registry.find(id).map(|(record, _)| record.endpoint),
            Self::Remote(registry) => registry.endpoint(id),
        }
    }
}

/// What a registration tells.
pub(crate) fn known(record: AgentRecord) -> KnownAgent {
    let cost_nanodollars =
        record.labels.get(COST_LABEL).and_then(|cost| cost.parse().ok()).filter(|cost: &i64| *cost >= 0);
    KnownAgent {
        id: record.id,
        name: record.name,
        endpoint: record.endpoint,
        capabilities: record.capabilities,
        labels: record.labels,
        cost_nanodollars,
    }
}

fn overlaid(mut agent: KnownAgent, overlays: &BTreeMap<String, AgentOverlay>) -> KnownAgent {
    if let Some(overlay) = overlays.get(&agent.id) {
        if let Some(name) = &overlay.name {
            agent.name.clone_from(name);
        }
        if let Some(capabilities) = &overlay.capabilities {
            agent.capabilities.clone_from(capabilities);
        }
        agent.labels.extend(overlay.labels.clone());
        agent.cost_nanodollars = overlay.cost_nanodollars.or(agent.cost_nanodollars);
    }
    agent
}
