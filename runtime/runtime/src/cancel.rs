use tokio_util::sync::CancellationToken;

/// Cancels a run from anywhere, any number of times. Clones cancel the same run.
#[derive(Clone, Debug)]
pub struct Canceller {
    token: CancellationToken,
}

impl Canceller {
    pub(crate) fn new() -> Self {
        Self { token: CancellationToken::new() }
    }

    /// Asks the run to end. Its calls are cancelled at the agents, and its result is `run/cancelled`, unless it has
    /// ended before.
    pub fn cancel(&self) {
        self.token.cancel();
    }

    /// Whether somebody has asked.
    pub fn is_cancelled(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Waits until somebody asks.
    pub(crate) async fn cancelled(&self) {
        self.token.cancelled().await;
    }
}
