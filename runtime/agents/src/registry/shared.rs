use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{Notify, broadcast};

use super::lease::{AgentRecord, LeaseChange, LeaseState, LeaseTable, Peer};
use super::refusal::RegistryRefusal;

/// How many changes a watcher may fall behind before its stream is ended.
const CHANGES_KEPT: usize = 1_024;

/// A lease table with a clock, whose changes are pushed to whoever listens. Clones share one table.
#[derive(Clone, Debug)]
pub struct Registry {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    table: Mutex<LeaseTable>,
    changes: broadcast::Sender<LeaseChange>,
    /// Wakes the sweeper, since the next change of state may be earlier than it thought.
    changed: Notify,
    origin: Instant,
}

impl Default for Registry {
    fn default() -> Self {
        Self::new()
    }
}

impl Registry {
    /// A registry without agents.
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared {
                table: Mutex::default(),
                changes: broadcast::Sender::new(CHANGES_KEPT),
                changed: Notify::new(),
                origin: Instant::now(),
            }),
        }
    }

    /// The agents that are not gone, sorted by id, each with its health.
    pub fn live(&self) -> Vec<(AgentRecord, LeaseState)> {
        let now_us = self.now_us();
        self.table().live(now_us).map(|(agent, state)| (agent.clone(), state)).collect()
    }

    /// One agent that is not gone, with its health.
    pub fn find(&self, id: &str) -> Option<(AgentRecord, LeaseState)> {
        let now_us = self.now_us();
        self.table().find(id, now_us).map(|(agent, state)| (agent.clone(), state))
    }

    /// Removes an agent at once, as when its process has ended. Whether it was there.
    pub fn remove(&self, id: &str) -> bool {
        let mut table = self.table();
        let change = table.remove(id);
        let removed = change.is_some();
        self.tell(change);
        removed
    }

    /// Registers an agent: see [`LeaseTable::register`].
    ///
    /// # Errors
    /// As the table says.
    pub fn register(
        &self,
        agent: AgentRecord,
        peer: Peer,
        ttl_us: Option<u64>,
    ) -> Result<(), RegistryRefusal> {
        let mut table = self.table();
        let change = table.register(agent, peer, ttl_us, self.now_us())?;
        self.tell(change);
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Renews a lease: see [`LeaseTable::renew`].
    ///
    /// # Errors
    /// As the table says.
    pub fn renew(&self, id: &str, peer: Peer, ttl_us: Option<u64>) -> Result<(), RegistryRefusal> {
        let mut table = self.table();
        let change = table.renew(id, peer, ttl_us, self.now_us())?;
        self.tell(change);
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Takes an agent back: see [`LeaseTable::unregister`].
    ///
    /// # Errors
    /// As the table says.
    pub fn unregister(&self, id: &str, peer: Peer) -> Result<(), RegistryRefusal> {
        let mut table = self.table();
        let change = table.unregister(id, peer, self.now_us())?;
        self.tell(change);
        Ok(())
    }

    /// The agents that are there, and every change after that moment: nothing is missed between the two.
    pub fn watch(&self) -> (Vec<(AgentRecord, LeaseState)>, broadcast::Receiver<LeaseChange>) {
        let now_us = self.now_us();
        let table = self.table();
        let receiver = self.shared.changes.subscribe();
        (table.live(now_us).map(|(agent, state)| (agent.clone(), state)).collect(), receiver)
    }

    /// Pushes what time alone changes, for as long as it is polled.
    pub(super) async fn sweep_forever(&self) {
        loop {
            let next_us = {
                let mut table = self.table();
                for change in table.sweep(self.now_us()) {
                    self.tell(Some(change));
                }
                table.next_change_us()
            };
            let changed = self.shared.changed.notified();
            match next_us {
                None => changed.await,
                Some(next_us) => {
                    let wait = std::time::Duration::from_micros(next_us.saturating_sub(self.now_us()));
                    // An early renewal only moves the moment back, and then the sweep finds nothing.
                    let _ = tokio::time::timeout(wait, changed).await;
                }
            }
        }
    }

    /// Told while the table is locked, so that watchers hear changes in the order in which they happened.
    fn tell(&self, change: Option<LeaseChange>) {
        if let Some(change) = change {
            // Nobody listening is fine.
            let _ = self.shared.changes.send(change);
        }
    }

    fn now_us(&self) -> u64 {
        u64::try_from(self.shared.origin.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn table(&self) -> MutexGuard<'_, LeaseTable> {
        // No operation of the table leaves it half changed, so a panic elsewhere does not spoil it.
        self.shared.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
