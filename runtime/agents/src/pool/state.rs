use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use prism_ports::Failure;
use prism_proto::confidence::Capabilities;
use tokio::sync::{Mutex, watch};

use crate::registry::{LONGEST_TEXT, MOST_ITEMS};
use crate::text::shown;

/// What a pool remembers of one agent.
#[derive(Debug)]
pub(super) struct AgentState {
    in_flight: AtomicU32,
    answered: AtomicU64,
    answering_us: AtomicU64,
    /// Whether somebody watches its process and tells when it ends.
    supervised: AtomicBool,
    died: watch::Sender<Option<Failure>>,
    /// Held while the agent is being asked how it is, so that it is asked once.
    pub(super) health: Mutex<Option<Health>>,
}

/// What an agent said when it was asked how it is.
#[derive(Clone, Debug)]
pub(super) struct Health {
    pub(super) endpoint: String,
    pub(super) checked: Instant,
    /// Why it is left out; none when it is well.
    pub(super) trouble: Option<String>,
    pub(super) told: Told,
}

/// What an agent tells about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) capabilities: Vec<String>,
    pub(super) expertise: Option<f64>,
}

impl From<Capabilities> for Told {
    /// Every selection's record holds this, so there is a limit to it: the name is cut, and capabilities that nobody
    /// could have meant are left out.
    fn from(told: Capabilities) -> Self {
        let meant = |capability: &String| {
            capability.len() <= LONGEST_TEXT && !capability.chars().any(char::is_control)
        };
        Self {
            name: shown(&told.name, LONGEST_TEXT),
            capabilities: told.capabilities.into_iter().filter(meant).take(MOST_ITEMS).collect(),
            expertise: Some(told.expertise_level).filter(|level| (0.0..=1.0).contains(level)),
        }
    }
}

impl Default for AgentState {
    fn default() -> Self {
        Self {
            in_flight: AtomicU32::new(0),
            answered: AtomicU64::new(0),
            answering_us: AtomicU64::new(0),
            supervised: AtomicBool::new(false),
            died: watch::Sender::new(None),
            health: Mutex::new(None),
        }
    }
}

impl AgentState {
    /// Counts a call as under way for as long as the guard lives.
    pub(super) fn begin(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(Arc::clone(self))
    }

    pub(super) fn in_flight(&self) -> u32 {
        self.in_flight.load(Ordering::Relaxed)
    }

    pub(super) fn answered(&self, after: Duration) {
        let microseconds = u64::try_from(after.as_micros()).unwrap_or(u64::MAX);
        self.answering_us.fetch_add(microseconds, Ordering::Relaxed);
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// The mean duration of its answers; none before the first.
    pub(super) fn mean_us(&self) -> Option<u64> {
        let answered = self.answered.load(Ordering::Relaxed);
        self.answering_us.load(Ordering::Relaxed).checked_div(answered)
    }

    pub(super) fn supervise(&self) {
        self.supervised.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_supervised(&self) -> bool {
        self.supervised.load(Ordering::Relaxed)
    }

    pub(super) fn die(&self, failure: Failure) {
        self.died.send_replace(Some(failure));
    }

    pub(super) fn death(&self) -> Option<Failure> {
        self.died.borrow().clone()
    }

    /// Waits until the agent's process has ended; for ever when nobody watches it.
    pub(super) async fn until_death(&self) -> Failure {
        if self.is_supervised() {
            let mut died = self.died.subscribe();
            if let Ok(death) = died.wait_for(Option::is_some).await
                && let Some(failure) = death.clone()
            {
                return failure;
            }
        }
        std::future::pending().await
    }
}

pub(super) struct InFlight(Arc<AgentState>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_agent_tells_about_itself_has_limits() {
        let mut capabilities: Vec<String> = (0..300).map(|number| format!("c{number}")).collect();
        capabilities.insert(0, "x".repeat(LONGEST_TEXT + 1));
        capabilities.insert(1, "\u{1b}[2J".to_owned());
        let told = Told::from(Capabilities {
            name: "y".repeat(1_000_000),
            capabilities,
            expertise_level: f64::NAN,
            ..Capabilities::default()
        });
        assert_eq!(told.capabilities.len(), MOST_ITEMS);
        assert_eq!(told.capabilities.first().map(String::as_str), Some("c0"));
        assert!(told.name.len() <= LONGEST_TEXT + '…'.len_utf8());
        assert_eq!(told.expertise, None);
    }
}
