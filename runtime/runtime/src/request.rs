use std::time::Duration;

use prism_ports::RunId;

use crate::cancel::Canceller;
use crate::events::{EventStream, Subscriber, channel};

/// What one run may take, and who watches it.
#[derive(Debug)]
pub struct RunRequest {
    /// The id of the run; a fresh one where it is absent. The journal must not know it yet.
    pub run: Option<RunId>,
    /// The longest that the run may take. When it is up, the run ends with `run/timeout`.
    pub timeout: Option<Duration>,
    pub(crate) canceller: Canceller,
    pub(crate) subscribers: Vec<Subscriber>,
}

impl Default for RunRequest {
    /// A fresh id, no limit of time, nobody who watches.
    fn default() -> Self {
        Self { run: None, timeout: None, canceller: Canceller::new(), subscribers: Vec::new() }
    }
}

impl RunRequest {
    /// A request with an id for the run.
    #[must_use]
    pub fn with_id(mut self, run: RunId) -> Self {
        self.run = Some(run);
        self
    }

    /// A request with a limit of time.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The events of the run, from its first to its last. At most `capacity` of them (at least 1) wait to be taken;
    /// then the oldest are dropped, and an event of kind `gap` stands in their place.
    pub fn subscribe(&mut self, capacity: usize) -> EventStream {
        let (subscriber, stream) = channel(capacity);
        self.subscribers.push(subscriber);
        stream
    }

    /// Cancels the run that will be made of the request.
    pub fn canceller(&self) -> Canceller {
        self.canceller.clone()
    }
}
