use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use prism_proto::confidence::confidence_agent_server::{ConfidenceAgent, ConfidenceAgentServer};
use prism_proto::registry::AgentRegistration;
use prism_proto::registry::agent_registration::Metadata;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use super::error::ServeError;
use super::registration::Registration;
use super::service::AgentService;
use super::stop::stop_requested;
use super::{Agent, ServeOptions, Statistics};

/// How long calls at work may take to end when the agent ends.
const GRACE: Duration = Duration::from_millis(200);

/// What an agent registers as.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The id.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// What it can do.
    pub capabilities: Vec<String>,
}

/// An agent that listens. Dropping it ends it at once, without a word to the registry.
#[derive(Debug)]
pub struct ServedAgent {
    address: SocketAddr,
    statistics: Arc<Statistics>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    announced: Option<(Registration, JoinHandle<()>)>,
}

/// Serves an agent until SIGTERM, SIGINT, or the end of the standard input if the options say so.
///
/// # Errors
/// [`ServeError`] when it cannot listen. A registry that cannot be reached is tried again and again.
pub async fn serve(agent: impl Agent, options: ServeOptions) -> Result<(), ServeError> {
    let stop = stop_requested(options.stdin_guard)?;
    let served = start(agent, options).await?;
    stop.await;
    served.shutdown().await;
    Ok(())
}

/// Starts to serve an agent, and goes on.
///
/// # Errors
/// [`ServeError`] when it cannot listen.
pub async fn start(agent: impl Agent, options: ServeOptions) -> Result<ServedAgent, ServeError> {
    let statistics = Arc::new(Statistics::default());
    let id = options.id.clone().unwrap_or_else(|| agent.id().to_owned());
    let profile =
        Profile { id: id.clone(), name: agent.name().to_owned(), capabilities: agent.capabilities() };
    let service = AgentService { agent, id, statistics: Arc::clone(&statistics) };
    let mut served = host(profile, service, options).await?;
    served.statistics = statistics;
    Ok(served)
}

/// Starts to serve an implementation of the gRPC service itself, for agents that need more than [`Agent`] offers.
/// It counts nothing, so [`ServedAgent::statistics`] stays at zero.
///
/// # Errors
/// [`ServeError`] when it cannot listen.
pub async fn host(
    profile: Profile,
    service: impl ConfidenceAgent,
    options: ServeOptions,
) -> Result<ServedAgent, ServeError> {
    let failed = |source| ServeError::Listen { address: options.listen, source };
    let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let registration = options
        .registry
        .as_deref()
        .map(|registry| {
            let agent = registration_of(profile, address, &options);
            Registration::new(registry, agent, options.lease, options.report)
        })
        .transpose()?;
    (options.report)(&format!("listening on {address}"));
    let stop = CancellationToken::new();
    let stopped = stop.clone().cancelled_owned();
    let report = options.report;
    let serving = tokio::spawn(async move {
        let served = Server::builder()
            .add_service(ConfidenceAgentServer::new(service))
            // Without it, small frames wait for acknowledgements that the other side delays by 40 ms.
            .serve_with_incoming_shutdown(TcpIncoming::from(listener).with_nodelay(Some(true)), stopped)
            .await;
        if let Err(error) = served {
            report(&format!("the agent stopped listening: {error}"));
        }
    });
    let announced = registration.map(|registration| {
        let keeping = tokio::spawn(registration.clone().keep());
        (registration, keeping)
    });
    Ok(ServedAgent { address, statistics: Arc::default(), stop, serving, announced })
}

impl ServedAgent {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How its calls went.
    pub fn statistics(&self) -> Arc<Statistics> {
        Arc::clone(&self.statistics)
    }

    /// Takes the agent back from the registry, lets calls at work end for a moment, and stops listening.
    pub async fn shutdown(mut self) {
        if let Some((registration, keeping)) = self.announced.take() {
            keeping.abort();
            registration.take_back().await;
        }
        self.stop.cancel();
        let _ = tokio::time::timeout(GRACE, &mut self.serving).await;
    }
}

impl Drop for ServedAgent {
    fn drop(&mut self) {
        if let Some((_, keeping)) = &self.announced {
            keeping.abort();
        }
        self.serving.abort();
        self.stop.cancel();
    }
}

fn registration_of(profile: Profile, address: SocketAddr, options: &ServeOptions) -> AgentRegistration {
    AgentRegistration {
        id: profile.id,
        name: profile.name,
        endpoint: address.to_string(),
        capabilities: profile.capabilities,
        metadata: Some(Metadata {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            labels: options.labels.clone().into_iter().collect(),
            ..Metadata::default()
        }),
        ttl: prost_types::Duration::try_from(options.lease).ok(),
        ..AgentRegistration::default()
    }
}
