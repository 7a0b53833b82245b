//! The registry over real connections.

use std::collections::HashMap;
use std::time::Duration;

use crate::support::{ScriptedAgent, until};
use prism_agents::pool::{AgentPool, AgentSource, PoolConfig};
use prism_agents::registry::{RegistryConfig, RegistryServer};
use prism_agents::{NoticeSink, RemoteRegistry};
use prism_ports::AgentDirectory;
use prism_proto::registry::agent_registration::{Health, Metadata};
use prism_proto::registry::registry_client::RegistryClient;
use prism_proto::registry::watch_event::EventType;
use prism_proto::registry::{
    AgentRegistration, GetAgentRequest, ListAgentsRequest, RegisterRequest, RenewRequest, WatchEvent,
    WatchRequest,
};
use tonic::transport::Channel;
use tonic::{Code, Streaming};

type Client = RegistryClient<Channel>;

async fn started() -> (RegistryServer, Client) {
    let server = RegistryServer::start(RegistryConfig::default()).await.unwrap();
    assert!(server.address().ip().is_loopback());
    let client = RegistryClient::connect(format!("http://{}", server.address())).await.unwrap();
    (server, client)
}

fn agent(id: &str, capabilities: &[&str]) -> AgentRegistration {
    AgentRegistration {
        id: id.to_owned(),
        name: id.to_uppercase(),
        endpoint: "localhost:5000".to_owned(),
        capabilities: capabilities.iter().map(|&capability| capability.to_owned()).collect(),
        ..AgentRegistration::default()
    }
}

fn lasting(mut agent: AgentRegistration, milliseconds: u64) -> AgentRegistration {
    agent.ttl = prost_types::Duration::try_from(Duration::from_millis(milliseconds)).ok();
    agent
}

async fn register(client: &mut Client, agent: AgentRegistration) -> Result<String, Code> {
    let request = RegisterRequest { agent: Some(agent), auto_renew: true };
    let response = client.register(request).await.map_err(|status| status.code())?.into_inner();
    assert!(response.success);
    Ok(response.lease_id)
}

async fn renew(client: &mut Client, lease_id: &str) -> Result<(), Code> {
    let request = RenewRequest { lease_id: lease_id.to_owned(), ttl: None };
    client.renew(request).await.map(|_| ()).map_err(|status| status.code())
}

async fn listed(client: &mut Client, request: ListAgentsRequest) -> Vec<String> {
    let response = client.list_agents(request).await.unwrap().into_inner();
    response.agents.into_iter().map(|agent| agent.id).collect()
}

async fn next(stream: &mut Streaming<WatchEvent>) -> (EventType, String) {
    let message = tokio::time::timeout(Duration::from_secs(5), stream.message()).await.expect("an event");
    let event = message.unwrap().expect("an event");
    assert!(event.timestamp.is_some());
    (event.r#type(), event.agent.unwrap().id)
}

#[tokio::test]
async fn agents_register_renew_and_unregister() {
    let (_server, mut client) = started().await;
    assert_eq!(register(&mut client, agent("a", &["x"])).await.as_deref(), Ok("lease-a"));
    assert_eq!(renew(&mut client, "lease-a").await, Ok(()));
    assert_eq!(renew(&mut client, "lease-b").await, Err(Code::NotFound));
    let found = client.get_agent(GetAgentRequest { agent_id: "a".to_owned() }).await.unwrap().into_inner();
    assert_eq!(
        (found.name.as_str(), found.endpoint.as_str(), found.health()),
        ("A", "localhost:5000", Health::Healthy)
    );
    assert!(found.registered_at.unwrap().seconds > 1_600_000_000);
    client
        .unregister(AgentRegistration { id: "a".to_owned(), ..AgentRegistration::default() })
        .await
        .unwrap();
    let gone = client.get_agent(GetAgentRequest { agent_id: "a".to_owned() }).await.unwrap_err();
    assert_eq!((gone.code(), gone.message()), (Code::NotFound, "Agent not found"));
    assert_eq!(renew(&mut client, "lease-a").await, Err(Code::NotFound));
}

#[tokio::test]
async fn what_is_no_registration_is_refused() {
    let (_server, mut client) = started().await;
    let nobody = client.register(RegisterRequest::default()).await.unwrap_err();
    assert_eq!((nobody.code(), nobody.message()), (Code::InvalidArgument, "Missing agent registration"));
    for (change, code) in [
        (AgentRegistration { id: String::new(), ..agent("a", &[]) }, Code::InvalidArgument),
        (AgentRegistration { id: "x".repeat(257), ..agent("a", &[]) }, Code::InvalidArgument),
        (AgentRegistration { id: "\u{1b}[31m".to_owned(), ..agent("a", &[]) }, Code::InvalidArgument),
        (
            AgentRegistration { endpoint: "http://localhost:1".to_owned(), ..agent("a", &[]) },
            Code::InvalidArgument,
        ),
        (AgentRegistration { endpoint: "10.0.0.1:80".to_owned(), ..agent("a", &[]) }, Code::PermissionDenied),
        (
            AgentRegistration { endpoint: "metadata.internal:80".to_owned(), ..agent("a", &[]) },
            Code::PermissionDenied,
        ),
        (lasting(agent("a", &[]), 1), Code::InvalidArgument),
        (agent("a", &["capability"; 300]), Code::InvalidArgument),
    ] {
        assert_eq!(register(&mut client, change.clone()).await, Err(code), "{change:?}");
    }
    let huge = AgentRegistration { capabilities: vec!["x".repeat(200_000)], ..agent("a", &[]) };
    assert!(register(&mut client, huge).await.is_err());
    assert_eq!(listed(&mut client, ListAgentsRequest::default()).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_live_id_is_not_taken_by_another_endpoint() {
    let (_server, mut client) = started().await;
    register(&mut client, agent("a", &[])).await.unwrap();
    assert!(register(&mut client, agent("a", &["more"])).await.is_ok(), "an agent may repeat itself");
    let thief = AgentRegistration { endpoint: "localhost:6000".to_owned(), ..agent("a", &[]) };
    assert_eq!(register(&mut client, thief.clone()).await, Err(Code::AlreadyExists));
    client.unregister(agent("a", &[])).await.unwrap();
    assert!(register(&mut client, thief).await.is_ok());
}

#[tokio::test]
async fn lists_are_filtered_and_come_in_pages() {
    let (_server, mut client) = started().await;
    for number in 0..5 {
        let mut registration = agent(&format!("a{number}"), if number < 3 { &["x", "y"] } else { &["x"] });
        let tier = if number % 2 == 0 { "even" } else { "odd" };
        let labels = HashMap::from([("tier".to_owned(), tier.to_owned())]);
        registration.metadata = Some(Metadata { labels, ..Metadata::default() });
        register(&mut client, registration).await.unwrap();
    }
    let capable =
        ListAgentsRequest { capabilities: vec!["y".into(), "x".into()], ..ListAgentsRequest::default() };
    assert_eq!(listed(&mut client, capable.clone()).await, ["a0", "a1", "a2"]);
    let even = HashMap::from([("tier".to_owned(), "even".to_owned())]);
    assert_eq!(listed(&mut client, ListAgentsRequest { labels: even, ..capable }).await, ["a0", "a2"]);
    let mut token = String::new();
    let mut pages = Vec::new();
    loop {
        let request =
            ListAgentsRequest { limit: 2, continuation_token: token, ..ListAgentsRequest::default() };
        let page = client.list_agents(request).await.unwrap().into_inner();
        assert_eq!(page.total_count, 5);
        pages.push(page.agents.into_iter().map(|agent| agent.id).collect::<Vec<_>>());
        token = page.next_continuation_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(pages, [vec!["a0", "a1"], vec!["a2", "a3"], vec!["a4"]]);
    let negative = client.list_agents(ListAgentsRequest { limit: -1, ..ListAgentsRequest::default() }).await;
    assert_eq!(negative.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn a_lease_ends_and_renewing_revives_the_agent() {
    let (server, mut client) = started().await;
    register(&mut client, lasting(agent("a", &[]), 100)).await.unwrap();
    let registry = server.registry();
    until("the end of the lease", || registry.live().is_empty()).await;
    assert_eq!(listed(&mut client, ListAgentsRequest::default()).await, Vec::<String>::new());
    assert_eq!(renew(&mut client, "lease-a").await, Ok(()));
    assert_eq!(listed(&mut client, ListAgentsRequest::default()).await, ["a"]);
}

#[tokio::test]
async fn watchers_are_told_at_once_and_in_order() {
    let (server, mut client) = started().await;
    register(&mut client, agent("early", &["x"])).await.unwrap();
    register(&mut client, agent("other", &["z"])).await.unwrap();
    let request = WatchRequest { capabilities: vec!["x".to_owned()], include_initial: true };
    let mut events = client.watch(request).await.unwrap().into_inner();
    assert_eq!(next(&mut events).await, (EventType::Added, "early".to_owned()));
    register(&mut client, lasting(agent("late", &["x"]), 200)).await.unwrap();
    assert_eq!(next(&mut events).await, (EventType::Added, "late".to_owned()));
    register(&mut client, agent("other", &["x", "z"])).await.unwrap();
    assert_eq!(next(&mut events).await, (EventType::Added, "other".to_owned()));
    register(&mut client, agent("early", &["z"])).await.unwrap();
    assert_eq!(next(&mut events).await, (EventType::Deleted, "early".to_owned()));
    assert_eq!(next(&mut events).await, (EventType::Modified, "late".to_owned()), "unhealthy");
    assert_eq!(next(&mut events).await, (EventType::Deleted, "late".to_owned()), "gone");
    renew(&mut client, "lease-late").await.unwrap();
    assert_eq!(next(&mut events).await, (EventType::Added, "late".to_owned()), "revived");
    server.registry().remove("other");
    assert_eq!(next(&mut events).await, (EventType::Deleted, "other".to_owned()));
    let ended = tokio::spawn(async move { while let Ok(Some(_)) = events.message().await {} });
    tokio::time::timeout(Duration::from_secs(2), server.shutdown()).await.expect("a quick end");
    tokio::time::timeout(Duration::from_secs(2), ended).await.expect("the end of the stream").unwrap();
}

#[tokio::test]
async fn a_registry_elsewhere_is_listed_with_the_healthy_agents_only() {
    let (server, mut client) = started().await;
    let scripted = ScriptedAgent::start().await;
    let here = AgentRegistration { endpoint: scripted.address.to_string(), ..agent("here", &["x"]) };
    register(&mut client, here).await.unwrap();
    let late = AgentRegistration { endpoint: scripted.address.to_string(), ..agent("late", &["x"]) };
    register(&mut client, lasting(late, 100)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(120)).await;
    let remote = RemoteRegistry::new(&server.address().to_string()).unwrap();
    let pool =
        AgentPool::new(PoolConfig::default(), vec![AgentSource::Remote(remote)], NoticeSink::default());
    let healthy = pool.healthy().await.unwrap();
    assert_eq!(healthy.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>(), ["here"]);
    assert_eq!(healthy[0].name, "HERE");
    let address = server.address();
    drop((server, client));
    tokio::time::sleep(Duration::from_millis(50)).await;
    let failure = pool.healthy().await.unwrap_err();
    assert_eq!(failure.code, "agents/file");
    assert!(failure.retryable);
    assert!(failure.message.contains(&address.to_string()), "{}", failure.message);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    for wrong in ["", "localhost", "http://localhost:1", "localhost:x"] {
        assert_eq!(RemoteRegistry::new(wrong).unwrap_err().code, "agents/file", "{wrong}");
    }
}
