//! Leases, as arithmetic: a table that is told the time and knows no clock, no network and no task.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::refusal::RegistryRefusal;

/// How long a lease lasts when an agent does not say, in microseconds: 60 s.
pub const DEFAULT_TTL_US: u64 = 60_000_000;
/// The shortest lease that an agent may ask for, in microseconds: 100 ms.
pub const SHORTEST_TTL_US: u64 = 100_000;
/// The longest lease that an agent may ask for, in microseconds: 24 h.
pub const LONGEST_TTL_US: u64 = 86_400_000_000;
/// After how many lengths of its lease an agent that does not renew is gone.
const GONE_AFTER: u64 = 3;
/// The most records that a table keeps, those of agents that are gone included.
pub const MOST_RECORDS: usize = 10_000;

/// Who registers, renews or unregisters.
///
/// Without certificates a peer is known by its address alone, and everything on this machine is one peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A process on this machine.
    Loopback,
    /// Another machine.
    Remote(IpAddr),
}

impl From<IpAddr> for Peer {
    fn from(address: IpAddr) -> Self {
        let address = address.to_canonical();
        if address.is_loopback() { Self::Loopback } else { Self::Remote(address) }
    }
}

/// An agent as it announced itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgentRecord {
    /// The id.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// `host:port`.
    pub endpoint: String,
    /// What it can do, sorted.
    pub capabilities: Vec<String>,
    /// Its version; empty when it does not say.
    pub version: String,
    /// Where it runs; empty when it does not say.
    pub region: String,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// How sure it is when it does not say; 0 when it does not tell that either.
    pub default_confidence: f64,
    /// When it was registered, in microseconds since 1970.
    pub registered_at_us: u64,
}

impl AgentRecord {
    /// Whether it can do all of that.
    pub fn has_capabilities(&self, wanted: &[String]) -> bool {
        wanted.iter().all(|capability| self.capabilities.contains(capability))
    }

    /// Whether it carries all of these labels.
    pub fn has_labels(&self, wanted: &BTreeMap<String, String>) -> bool {
        wanted.iter().all(|(key, value)| self.labels.get(key) == Some(value))
    }
}

/// How an agent stands with its lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseState {
    /// It renewed within the length of its lease.
    Healthy,
    /// It missed its renewal, and has until three lengths of its lease are over.
    Unhealthy,
    /// It has not renewed for three lengths of its lease; its record is kept in case that it does.
    Gone,
}

/// What happened to an agent.
#[derive(Clone, Debug, PartialEq)]
pub enum LeaseChange {
    /// It is there, for the first time or again.
    Added {
        /// The agent.
        agent: AgentRecord,
    },
    /// It announced itself differently, or its health is different.
    Modified {
        /// As it was.
        before: AgentRecord,
        /// As it is.
        agent: AgentRecord,
        /// Its health.
        state: LeaseState,
    },
    /// It is gone: taken back, removed, or not renewed.
    Deleted {
        /// As it was.
        agent: AgentRecord,
    },
}

impl LeaseChange {
    /// The agent that it is about.
    pub fn agent(&self) -> &AgentRecord {
        match self {
            Self::Added { agent } | Self::Modified { agent, .. } | Self::Deleted { agent } => agent,
        }
    }
}

#[derive(Clone, Debug)]
struct Lease {
    agent: AgentRecord,
    peer: Peer,
    ttl_us: u64,
    renewed_us: u64,
    /// What watchers were told last.
    told: LeaseState,
}

impl Lease {
    fn state(&self, now_us: u64) -> LeaseState {
        let age = now_us.saturating_sub(self.renewed_us);
        if age < self.ttl_us {
            LeaseState::Healthy
        } else if age < self.ttl_us.saturating_mul(GONE_AFTER) {
            LeaseState::Unhealthy
        } else {
            LeaseState::Gone
        }
    }

    fn next_change_us(&self) -> Option<u64> {
        match self.told {
            LeaseState::Healthy => Some(self.renewed_us.saturating_add(self.ttl_us)),
            LeaseState::Unhealthy => {
                Some(self.renewed_us.saturating_add(self.ttl_us.saturating_mul(GONE_AFTER)))
            }
            LeaseState::Gone => None,
        }
    }
}

/// The leases of a registry.
///
/// Times are microseconds of one clock that never goes back. Whoever is not live (never registered, unregistered, or
/// with a lease that has ended) may register from anywhere. **The id of a live agent** is registered again only by
/// the same peer with the same endpoint: on one machine all processes are the same peer, and the endpoint tells the
/// agent that repeats itself from one that would take its place. An agent that comes back on another port
/// unregisters first, or waits for the end of its lease.
#[derive(Clone, Debug, Default)]
pub struct LeaseTable {
    leases: BTreeMap<String, Lease>,
}

impl LeaseTable {
    /// A table without agents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers an agent, or registers it again.
    ///
    /// `ttl_us` is the length of the lease, [`DEFAULT_TTL_US`] when absent.
    ///
    /// # Errors
    /// [`RegistryRefusal`] when the id belongs to somebody else, the length is out of range, or the table is full.
    pub fn register(
        &mut self,
        mut agent: AgentRecord,
        peer: Peer,
        ttl_us: Option<u64>,
        now_us: u64,
    ) -> Result<Option<LeaseChange>, RegistryRefusal> {
        let ttl_us = checked_ttl(ttl_us.unwrap_or(DEFAULT_TTL_US))?;
        if !self.leases.contains_key(&agent.id) {
            self.make_room(now_us)?;
        }
        let previous = self.leases.get(&agent.id);
        if let Some(lease) = previous {
            let live = lease.state(now_us) == LeaseState::Healthy;
            if live && (lease.peer != peer || lease.agent.endpoint != agent.endpoint) {
                return Err(RegistryRefusal::Taken { id: agent.id, endpoint: lease.agent.endpoint.clone() });
            }
        }
        agent.capabilities.sort();
        agent.capabilities.dedup();
        let change = match previous {
            Some(lease) if lease.told != LeaseState::Gone => {
                agent.registered_at_us = lease.agent.registered_at_us;
                let same = lease.told == LeaseState::Healthy && lease.agent == agent;
                (!same).then(|| LeaseChange::Modified {
                    before: lease.agent.clone(),
                    agent: agent.clone(),
                    state: LeaseState::Healthy,
                })
            }
            _ => Some(LeaseChange::Added { agent: agent.clone() }),
        };
        let id = agent.id.clone();
        self.leases.insert(id, Lease { agent, peer, ttl_us, renewed_us: now_us, told: LeaseState::Healthy });
        Ok(change)
    }

    /// Prolongs a lease, and revives an agent whose lease had ended.
    ///
    /// # Errors
    /// [`RegistryRefusal`] when nobody of that id was ever registered (or it was unregistered since), when another
    /// peer holds it, or when the new length is out of range.
    pub fn renew(
        &mut self,
        id: &str,
        peer: Peer,
        ttl_us: Option<u64>,
        now_us: u64,
    ) -> Result<Option<LeaseChange>, RegistryRefusal> {
        let ttl_us = ttl_us.map(checked_ttl).transpose()?;
        let Some(lease) = self.leases.get_mut(id) else {
            return Err(RegistryRefusal::Unknown { id: id.to_owned() });
        };
        if lease.peer != peer {
            return Err(RegistryRefusal::NotYours { id: id.to_owned() });
        }
        lease.ttl_us = ttl_us.unwrap_or(lease.ttl_us);
        lease.renewed_us = now_us;
        let told = std::mem::replace(&mut lease.told, LeaseState::Healthy);
        let agent = lease.agent.clone();
        Ok(match told {
            LeaseState::Healthy => None,
            LeaseState::Unhealthy => {
                Some(LeaseChange::Modified { before: agent.clone(), agent, state: LeaseState::Healthy })
            }
            LeaseState::Gone => Some(LeaseChange::Added { agent }),
        })
    }

    /// Takes an agent back on its own behalf. Whoever is unknown is gone already, which is no error.
    ///
    /// # Errors
    /// [`RegistryRefusal::NotYours`] when another peer holds it and its lease is good.
    pub fn unregister(
        &mut self,
        id: &str,
        peer: Peer,
        now_us: u64,
    ) -> Result<Option<LeaseChange>, RegistryRefusal> {
        match self.leases.get(id) {
            Some(lease) if lease.peer != peer && lease.state(now_us) == LeaseState::Healthy => {
                Err(RegistryRefusal::NotYours { id: id.to_owned() })
            }
            _ => Ok(self.remove(id)),
        }
    }

    /// Removes an agent on the registry's own authority, as when its process has ended.
    pub fn remove(&mut self, id: &str) -> Option<LeaseChange> {
        let lease = self.leases.remove(id)?;
        (lease.told != LeaseState::Gone).then_some(LeaseChange::Deleted { agent: lease.agent })
    }

    /// The changes that time alone has brought since the last sweep.
    pub fn sweep(&mut self, now_us: u64) -> Vec<LeaseChange> {
        let mut changes = Vec::new();
        for lease in self.leases.values_mut() {
            let state = lease.state(now_us);
            if state == lease.told {
                continue;
            }
            lease.told = state;
            let agent = lease.agent.clone();
            changes.push(match state {
                LeaseState::Gone => LeaseChange::Deleted { agent },
                LeaseState::Healthy | LeaseState::Unhealthy => {
                    LeaseChange::Modified { before: agent.clone(), agent, state }
                }
            });
        }
        changes
    }

    /// When [`Self::sweep`] will next have something to say; none without live agents.
    pub fn next_change_us(&self) -> Option<u64> {
        self.leases.values().filter_map(Lease::next_change_us).min()
    }

    /// The agents that are not gone, sorted by id, each with its health.
    pub fn live(&self, now_us: u64) -> impl Iterator<Item = (&AgentRecord, LeaseState)> {
        self.leases
            .values()
            .map(move |lease| (&lease.agent, lease.state(now_us)))
            .filter(|(_, state)| *state != LeaseState::Gone)
    }

    /// One agent that is not gone, with its health.
    pub fn find(&self, id: &str, now_us: u64) -> Option<(&AgentRecord, LeaseState)> {
        let lease = self.leases.get(id)?;
        let state = lease.state(now_us);
        (state != LeaseState::Gone).then_some((&lease.agent, state))
    }

    /// Frees a place by forgetting who has been gone for longest.
    fn make_room(&mut self, now_us: u64) -> Result<(), RegistryRefusal> {
        if self.leases.len() < MOST_RECORDS {
            return Ok(());
        }
        let oldest = self
            .leases
            .values()
            .filter(|lease| lease.told == LeaseState::Gone && lease.state(now_us) == LeaseState::Gone)
            .min_by_key(|lease| lease.renewed_us)
            .map(|lease| lease.agent.id.clone());
        match oldest {
            Some(id) => {
                self.leases.remove(&id);
                Ok(())
            }
            None => Err(RegistryRefusal::Full { limit: MOST_RECORDS }),
        }
    }
}

fn checked_ttl(ttl_us: u64) -> Result<u64, RegistryRefusal> {
    if (SHORTEST_TTL_US..=LONGEST_TTL_US).contains(&ttl_us) {
        Ok(ttl_us)
    } else {
        Err(RegistryRefusal::LeaseLength { ttl_us })
    }
}

#[cfg(test)]
#[path = "lease_tests.rs"]
mod tests;
