use std::time::Duration;

/// Limits of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolConfig {
    /// The longest that a call may take when it does not say: 30 s.
    pub call_timeout: Duration,
    /// The longest that connecting may take: 5 s.
    pub connect_timeout: Duration,
    /// The longest that a health check may take: 2 s.
    pub health_timeout: Duration,
    /// How long an agent that was found healthy is believed: 10 s.
    pub health_interval: Duration,
    /// How long an agent that was found unreachable is left alone: 1 s.
    pub retry_interval: Duration,
    /// The largest value that an agent may answer, in bytes of JSON: 4 MiB.
    pub max_answer_bytes: usize,
}

impl Default for PoolConfig {
    fn default() -> Self {
        Self {
            call_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            health_timeout: Duration::from_secs(2),
            health_interval: Duration::from_secs(10),
            retry_interval: Duration::from_secs(1),
            max_answer_bytes: 4 * 1024 * 1024,
        }
    }
}
