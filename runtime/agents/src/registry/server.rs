use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use prism_proto::registry::registry_server::RegistryServer as GrpcServer;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use super::service::RegistryService;
use super::shared::Registry;

/// The largest request that is read, in bytes: an announcement is a few hundred.
const LARGEST_REQUEST: usize = 64 * 1024;
/// The most requests that one connection has under way.
const MOST_REQUESTS_PER_CONNECTION: usize = 64;
/// How long calls under way may take to end at a shutdown.
const SHUTDOWN_GRACE: Duration = Duration::from_millis(200);

/// How a registry listens.
#[derive(Clone, Debug)]
pub struct RegistryConfig {
    /// The address; port 0 for any free one. There is no encryption, so it should be a loopback address.
    pub listen: SocketAddr,
    /// Hosts that may be registered besides the registering peer's own machine: see
    /// [`check_endpoint`](super::check_endpoint).
    pub allowed_hosts: Vec<String>,
}

impl Default for RegistryConfig {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), allowed_hosts: Vec::new() }
    }
}

/// Why a registry does not listen.
#[derive(Debug, Error)]
#[error("cannot listen on {address}: {source}")]
pub struct RegistryStartError {
    /// The address that was wanted.
    pub address: SocketAddr,
    /// What the system said.
    #[source]
    pub source: io::Error,
}

/// A registry that listens. Dropping it ends it at once; [`Self::shutdown`] lets calls under way end.
#[derive(Debug)]
pub struct RegistryServer {
    address: SocketAddr,
    registry: Registry,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    sweeping: JoinHandle<()>,
}

impl RegistryServer {
    /// Starts to listen.
    ///
    /// # Errors
    /// [`RegistryStartError`] when the address cannot be used.
    pub async fn start(config: RegistryConfig) -> Result<Self, RegistryStartError> {
        let failed = |source| RegistryStartError { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let registry = Registry::new();
        let stop = CancellationToken::new();
        let service = RegistryService::new(registry.clone(), config.allowed_hosts, stop.clone());
        let stopped = stop.clone().cancelled_owned();
        let serving = tokio::spawn(async move {
            let served = Server::builder()
                .concurrency_limit_per_connection(MOST_REQUESTS_PER_CONNECTION)
                .http2_keepalive_interval(Some(Duration::from_secs(30)))
                .add_service(GrpcServer::new(service).max_decoding_message_size(LARGEST_REQUEST))
                // Without it, small frames wait for acknowledgements that the other side delays by 40 ms.
                .serve_with_incoming_shutdown(TcpIncoming::from(listener).with_nodelay(Some(true)), stopped)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the registry stopped listening");
            }
        });
        let swept = registry.clone();
        let sweeping = tokio::spawn(async move { swept.sweep_forever().await });
        Ok(Self { address, registry, stop, serving, sweeping })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it knows; stays usable after the end of the server, and then only changes through this handle.
    pub fn registry(&self) -> Registry {
        self.registry.clone()
    }

    /// Ends watch streams, waits shortly for calls under way, and stops listening.
    pub async fn shutdown(mut self) {
        self.stop.cancel();
        if tokio::time::timeout(SHUTDOWN_GRACE, &mut self.serving).await.is_err() {
            tracing::debug!("calls to the registry were still under way at its end");
        }
    }
}

impl Drop for RegistryServer {
    fn drop(&mut self) {
        self.stop.cancel();
        self.serving.abort();
        self.sweeping.abort();
    }
}
