use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tonic::transport::{Channel, Endpoint};

/// The most connections to one endpoint.
const MOST_CONNECTIONS: usize = 4;
/// How many calls one connection carries before another one is opened. One HTTP/2 connection is bound by one task.
const CALLS_PER_CONNECTION: u32 = 16;

/// The connections to one endpoint: opened when first needed, and again when they broke.
#[derive(Debug)]
pub(super) struct Connections {
    endpoint: Endpoint,
    slots: [Slot; MOST_CONNECTIONS],
}

#[derive(Debug, Default)]
struct Slot {
    channel: OnceLock<Channel>,
    in_flight: AtomicU32,
}

/// A place on a connection, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    connections: Arc<Connections>,
    index: usize,
    pub(super) channel: Channel,
}

impl Connections {
    /// Connections to `host:port`.
    pub(super) fn new(address: &str, connect_timeout: Duration) -> Result<Self, tonic::transport::Error> {
        let endpoint = Endpoint::from_shared(format!("http://{address}"))?
            .connect_timeout(connect_timeout)
            .tcp_nodelay(true)
            // HTTP/2 pings are not for this: many gRPC servers close a connection that pings more than every 5 min.
            .tcp_keepalive(Some(Duration::from_secs(20)));
        Ok(Self { endpoint, slots: Default::default() })
    }

    /// A place on the least busy connection. As many connections are used as the calls under way are worth.
    pub(super) fn place(self: &Arc<Self>) -> Place {
        let in_flight: u32 = self.slots.iter().map(|slot| slot.in_flight.load(Ordering::Relaxed)).sum();
        let worth = connections_for(in_flight);
        let (index, slot) = self
            .slots
            .iter()
            .enumerate()
            .take(worth)
            .min_by_key(|(_, slot)| slot.in_flight.load(Ordering::Relaxed))
            .unwrap_or((0, &self.slots[0]));
        slot.in_flight.fetch_add(1, Ordering::Relaxed);
        let channel = slot.channel.get_or_init(|| self.endpoint.connect_lazy()).clone();
        Place { connections: Arc::clone(self), index, channel }
    }

    #[cfg(test)]
    pub(super) fn opened(&self) -> usize {
        self.slots.iter().filter(|slot| slot.channel.get().is_some()).count()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(slot) = self.connections.slots.get(self.index) {
            slot.in_flight.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// How many connections the next call may choose from.
fn connections_for(in_flight: u32) -> usize {
    let wanted = in_flight / CALLS_PER_CONNECTION + 1;
    usize::try_from(wanted).unwrap_or(MOST_CONNECTIONS).min(MOST_CONNECTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn busy_endpoints_get_up_to_four_connections() {
        let connections = Arc::new(Connections::new("127.0.0.1:9", Duration::from_secs(1)).unwrap());
        assert_eq!(connections.opened(), 0);
        let mut places: Vec<_> = (0..16).map(|_| connections.place()).collect();
        assert_eq!(connections.opened(), 1);
        places.push(connections.place());
        assert_eq!(connections.opened(), 2);
        places.extend((0..200).map(|_| connections.place()));
        assert_eq!(connections.opened(), 4);
        let busiest = connections.slots.iter().map(|slot| slot.in_flight.load(Ordering::Relaxed)).max();
        assert!(busiest <= Some(55), "{busiest:?}");
        drop(places);
        assert!(connections.slots.iter().all(|slot| slot.in_flight.load(Ordering::Relaxed) == 0));
    }
}
