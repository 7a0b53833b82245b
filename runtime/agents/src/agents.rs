use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::{join_all, try_join_all};
use prism_catalog::FailureCode;
use prism_ports::{AgentCaller, AgentDirectory, Failure};
use tokio::task::JoinSet;

use crate::file::{AgentEntry, AgentKind, AgentsFile};
use crate::launch::{self, Launch};
use crate::notice::{AgentNotice, NoticeSink};
use crate::pool::{AgentOverlay, AgentPool, AgentSource, KnownAgent, PoolConfig};
use crate::process::{AgentProcess, Guardian};
use crate::registry::{Registry, RegistryConfig, RegistryServer};
use crate::remote::RemoteRegistry;
use crate::run_folder::RunFolder;

/// Where agents come from.
#[derive(Clone, Debug, Default)]
pub struct AgentsConfig {
    /// An agents file: see [`crate::file`].
    pub file: Option<PathBuf>,
    /// `host:port` of a registry elsewhere, whose agents are used as well.
    pub registry: Option<String>,
    /// Where our own registry listens. Without it one listens on a free loopback port if commands are to be started,
    /// and none does otherwise.
    pub listen: Option<SocketAddr>,
    /// Hosts that agents may register besides their own machine.
    pub allowed_hosts: Vec<String>,
    /// Where logs of started agents go. Without it a temporary folder is made, and removed at the end unless an agent
    /// died.
    pub log_folder: Option<PathBuf>,
    /// Limits of calls.
    pub pool: PoolConfig,
    /// Who is told of what happens.
    pub notices: NoticeSink,
}

/// The agents of a run: those that run already, and those that were started for it.
///
/// Dropping it kills the started ones; [`Self::shutdown`] lets them end by themselves.
#[derive(Debug)]
pub struct Agents {
    pool: Arc<AgentPool>,
    server: Option<RegistryServer>,
    processes: Vec<Arc<AgentProcess>>,
    /// One task per process, which tells when it ends unasked.
    watching: JoinSet<()>,
    notices: NoticeSink,
    folder: Option<Arc<RunFolder>>,
}

impl Agents {
    /// Reads the agents file, starts its commands, waits until all of them have registered, and lists the agents of a
    /// registry elsewhere. Dropping the future on the way kills what was started.
    ///
    /// # Errors
    /// `agents/file` or `agents/none` for the file, a command that is not there, or a registry that cannot be reached;
    /// `agent/died` for an agent that ended or did not register; `internal` when the system refuses ports or folders.
    pub async fn start(config: AgentsConfig) -> Result<Self, Failure> {
        let file = config.file.as_deref().map(AgentsFile::read).transpose()?;
        let mut fixed = BTreeMap::new();
        let mut overlays = BTreeMap::new();
        let mut launches = Vec::new();
        for (entry, file) in file.iter().flat_map(|file| file.agents.iter().map(move |entry| (entry, file))) {
            match &entry.kind {
                AgentKind::Endpoint(endpoint) => {
                    fixed.insert(entry.id.clone(), known(entry, endpoint));
                }
                AgentKind::Command(command) => {
                    launches.push(Launch::new(&entry.id, command, file)?);
                    overlays.insert(entry.id.clone(), overlay(entry));
                }
            }
        }
        let mut sources = vec![AgentSource::Static(fixed)];
        let server = match config.listen {
            None if launches.is_empty() => None,
            listen => Some(listen_at(listen, config.allowed_hosts).await?),
        };
        if let Some(server) = &server {
            config.notices.tell(AgentNotice::Listening { address: server.address() });
            sources.push(AgentSource::Embedded(server.registry(), overlays));
        }
        if let Some(address) = &config.registry {
            let remote = RemoteRegistry::new(address)?;
            remote.refresh().await?;
            sources.push(AgentSource::Remote(remote));
        }
        let mut agents = Self {
            pool: Arc::new(AgentPool::new(config.pool, sources, config.notices.clone())),
            server,
            processes: Vec::new(),
            watching: JoinSet::new(),
            notices: config.notices,
            folder: None,
        };
        if !launches.is_empty() {
            let folder = RunFolder::new(config.log_folder.as_deref())
                .map_err(|error| internal(format!("the folder for logs cannot be made: {error}")))?;
            agents.folder = Some(Arc::new(folder));
            agents.launch(launches).await?;
        }
        Ok(agents)
    }

    /// Knows the agents.
    pub fn directory(&self) -> Arc<dyn AgentDirectory> {
        Arc::clone(&self.pool) as Arc<dyn AgentDirectory>
    }

    /// Asks the agents.
    pub fn caller(&self) -> Arc<dyn AgentCaller> {
        Arc::clone(&self.pool) as Arc<dyn AgentCaller>
    }

    /// Where our own registry listens, if it does.
    pub fn registry_address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(RegistryServer::address)
    }

    /// Stops started agents, all at the same time, then the registry: SIGTERM, and SIGKILL after 500 ms.
    pub async fn shutdown(mut self) {
        self.watching.shutdown().await;
        let processes = std::mem::take(&mut self.processes);
        join_all(processes.iter().map(|process| async {
            process.stop().await;
            self.notices.tell(AgentNotice::Stopped { agent: process.id().to_owned() });
        }))
        .await;
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
    }

    async fn launch(&mut self, launches: Vec<Launch>) -> Result<(), Failure> {
        let (Some(server), Some(folder)) = (&self.server, self.folder.clone()) else {
            return Err(internal("agents are started without a registry".to_owned()));
        };
        let guardian = Guardian::start().map_err(|error| {
            internal(format!("/bin/sh cannot be started to look after the agents: {error}"))
        })?;
        let guardian = Arc::new(guardian);
        let registry = server.registry();
        let expected: BTreeSet<String> = launches.iter().map(|launch| launch.id().to_owned()).collect();
        let mut waits = Vec::new();
        for (position, launch) in launches.into_iter().enumerate() {
            let timeout = launch.timeout();
            let command = launch.command(server.address(), folder.log(position, launch.id()));
            let process = Arc::new(AgentProcess::start(command, &guardian)?);
            self.pool.supervise(process.id());
            self.notices.tell(AgentNotice::Started {
                agent: process.id().to_owned(),
                process: process.process(),
                log: process.log().path().to_owned(),
            });
            self.processes.push(Arc::clone(&process));
            waits.push(launch::registered(registry.clone(), process, timeout, &expected, &self.notices));
        }
        if let Err(error) = try_join_all(waits).await {
            folder.keep();
            return Err(error.into());
        }
        for process in &self.processes {
            let watched = Watched {
                process: Arc::clone(process),
                pool: Arc::clone(&self.pool),
                registry: registry.clone(),
                notices: self.notices.clone(),
                folder: Arc::clone(&folder),
            };
            self.watching.spawn(watched.until_death());
        }
        Ok(())
    }
}

impl Drop for Agents {
    fn drop(&mut self) {
        // The tasks hold the processes too, and end later.
        for process in &self.processes {
            process.kill();
        }
    }
}

struct Watched {
    process: Arc<AgentProcess>,
    pool: Arc<AgentPool>,
    registry: Registry,
    notices: NoticeSink,
    folder: Arc<RunFolder>,
}

impl Watched {
    async fn until_death(self) {
        let agent = self.process.id().to_owned();
        let failure = Failure::from(self.process.ended().await);
        self.folder.keep();
        self.pool.mark_died(&agent, failure.clone());
        self.registry.remove(&agent);
        tracing::warn!(agent, "{}", failure.message);
        self.notices.tell(AgentNotice::Died { agent, failure });
    }
}

async fn listen_at(
    listen: Option<SocketAddr>,
    allowed_hosts: Vec<String>,
) -> Result<RegistryServer, Failure> {
    let mut config = RegistryConfig { allowed_hosts, ..RegistryConfig::default() };
    config.listen = listen.unwrap_or(config.listen);
    RegistryServer::start(config).await.map_err(|error| internal(format!("the registry {error}")))
}

fn known(entry: &AgentEntry, endpoint: &str) -> KnownAgent {
    KnownAgent {
        id: entry.id.clone(),
        name: entry.name.clone().unwrap_or_default(),
        endpoint: endpoint.to_owned(),
        capabilities: entry.capabilities.clone().unwrap_or_default(),
        labels: entry.labels.clone(),
        cost_nanodollars: entry.cost_nanodollars,
    }
}

fn overlay(entry: &AgentEntry) -> AgentOverlay {
    AgentOverlay {
        name: entry.name.clone(),
        capabilities: entry.capabilities.clone(),
        labels: entry.labels.clone(),
        cost_nanodollars: entry.cost_nanodollars,
    }
}

fn internal(message: String) -> Failure {
    Failure::new(FailureCode::Internal, message)
}
