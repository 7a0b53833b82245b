use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::error::ServeError;

/// How an agent is served.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Where to listen; port 0 for any free one.
    pub listen: SocketAddr,
    /// `host:port` of the registry to announce the agent at; none for an agent that is known by its address.
    pub registry: Option<String>,
    /// The id to register under; the agent's own one when absent.
    pub id: Option<String>,
    /// The length of the lease. It is renewed three times as often.
    pub lease: Duration,
    /// Labels to register with.
    pub labels: BTreeMap<String, String>,
    /// Whether the end of the standard input ends the agent. Whoever starts it holds the other end of a pipe, which
    /// closes with it, however it ends.
    pub stdin_guard: bool,
    /// Who is told what a person may want to read in a log; standard error by default.
    pub report: fn(&str),
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            registry: None,
            id: None,
            lease: Duration::from_secs(60),
            labels: BTreeMap::new(),
            stdin_guard: false,
            report: to_standard_error,
        }
    }
}

impl ServeOptions {
    /// Options as the environment says: `PARALLAX_REGISTRY`, `PARALLAX_AGENT_HOST` (an address), `PARALLAX_AGENT_PORT`,
    /// `PRISM_AGENT_ID`, `PRISM_AGENT_STDIN_GUARD` (`1`).
    ///
    /// # Errors
    /// [`ServeError::Variable`] for one that makes no sense.
    pub fn from_environment() -> Result<Self, ServeError> {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let mut options = Self::default();
        if let Some(value) = variable("PARALLAX_AGENT_HOST") {
            let address: Result<IpAddr, _> = value.parse();
            let expected = "an IP address";
            options.listen.set_ip(address.map_err(|_| ServeError::Variable {
                name: "PARALLAX_AGENT_HOST",
                value,
                expected,
            })?);
        }
        if let Some(value) = variable("PARALLAX_AGENT_PORT") {
            let port = value.parse();
            let expected = "a port";
            options.listen.set_port(port.map_err(|_| ServeError::Variable {
                name: "PARALLAX_AGENT_PORT",
                value,
                expected,
            })?);
        }
        options.registry = variable("PARALLAX_REGISTRY");
        options.id = variable("PRISM_AGENT_ID");
        options.stdin_guard = variable("PRISM_AGENT_STDIN_GUARD").is_some_and(|value| value == "1");
        Ok(options)
    }
}

fn to_standard_error(line: &str) {
    use std::io::Write;
    // Nobody may be reading.
    let _ = writeln!(std::io::stderr(), "{line}");
}
