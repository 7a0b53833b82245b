use std::time::Duration;

use prism_proto::LEASE_PREFIX;
use prism_proto::registry::registry_client::RegistryClient;
use prism_proto::registry::{AgentRegistration, RegisterRequest, RenewRequest};
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status};

use super::error::ServeError;

/// How long one request to the registry may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
/// How long taking the agent back may take: whoever stops it does not wait for long.
const UNREGISTER_TIMEOUT: Duration = Duration::from_millis(200);
/// The first and the longest pause before another attempt to register.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// Keeps an agent announced at a registry.
#[derive(Clone, Debug)]
pub(super) struct Registration {
    client: RegistryClient<Channel>,
    agent: AgentRegistration,
    lease: Duration,
    report: fn(&str),
}

impl Registration {
    pub(super) fn new(
        registry: &str,
        agent: AgentRegistration,
        lease: Duration,
        report: fn(&str),
    ) -> Result<Self, ServeError> {
        let endpoint = Endpoint::from_shared(format!("http://{registry}"))
            .map_err(|source| ServeError::Registry { address: registry.to_owned(), source })?;
        let channel = endpoint.connect_timeout(REQUEST_TIMEOUT).connect_lazy();
        Ok(Self { client: RegistryClient::new(channel), agent, lease, report })
    }

    /// Registers, renews, and registers again when the registry has forgotten the agent. Never ends by itself.
    pub(super) async fn keep(mut self) {
        loop {
            self.register().await;
            loop {
                tokio::time::sleep(self.lease / 3).await;
                match self.renew().await {
                    Ok(()) => {}
                    Err(status) if status.code() == Code::NotFound => break,
                    Err(status) => (self.report)(&format!("the lease was not renewed: {}", status.message())),
                }
            }
        }
    }

    /// Takes the agent back.
    pub(super) async fn take_back(mut self) {
        let mut request =
            Request::new(AgentRegistration { id: self.agent.id.clone(), ..AgentRegistration::default() });
        request.set_timeout(UNREGISTER_TIMEOUT);
        // Without a registry there is nothing to be taken back.
        let _ = tokio::time::timeout(UNREGISTER_TIMEOUT, self.client.unregister(request)).await;
    }

    async fn register(&mut self) {
        let (mut pause, longest) = PAUSES;
        let mut reported = String::new();
        loop {
            let mut request =
                Request::new(RegisterRequest { agent: Some(self.agent.clone()), auto_renew: true });
            request.set_timeout(REQUEST_TIMEOUT);
            match self.client.register(request).await {
                Ok(response) if response.get_ref().success => {
                    (self.report)(&format!("registered as {} at {}", self.agent.id, self.agent.endpoint));
                    return;
                }
                Ok(response) => self.report_once(&mut reported, &response.get_ref().message),
                Err(status) => self.report_once(&mut reported, status.message()),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(longest);
        }
    }

    async fn renew(&mut self) -> Result<(), Status> {
        let lease_id = format!("{LEASE_PREFIX}{}", self.agent.id);
        let mut request = Request::new(RenewRequest { lease_id, ttl: self.agent.ttl });
        request.set_timeout(REQUEST_TIMEOUT);
        self.client.renew(request).await.map(|_| ())
    }

    /// A registry that is away for an hour does not fill the log.
    fn report_once(&self, reported: &mut String, reason: &str) {
        if reported != reason {
            (self.report)(&format!("not registered yet: {reason}"));
            reason.clone_into(reported);
        }
    }
}
