//! An agent that breaks the protocol in one chosen way, for tests of those who call agents.
//!
//! It registers like any other, under the id `hostile` unless `PRISM_AGENT_ID` says otherwise. `--mode die` and
//! `--mode hang` say on standard error when a call has arrived, and then end the process, or never answer.

use std::io::Write;

use clap::{Parser, ValueEnum};
use prism_example_agents::agent::{Profile, ServeOptions, host, stop_requested};
use prism_proto::confidence::confidence_agent_server::ConfidenceAgent;
use prism_proto::confidence::{AgentRequest, Capabilities, ConfidenceResult, Health, health};
use tonic::{Request, Response, Status};

/// The size of a huge answer, in bytes: more than callers take.
const HUGE: usize = 100 * 1024 * 1024;

/// Misbehaves in one chosen way.
#[derive(Debug, Parser)]
struct Arguments {
    /// How to misbehave.
    #[arg(long)]
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// Answers text that is not JSON, with control characters.
    Malformed,
    /// Ends the process in the middle of a call.
    Die,
    /// Never answers.
    Hang,
    /// Answers 100 MiB.
    Huge,
    /// States a confidence that is not a number.
    Nan,
    /// Answers JSON that fits no contract of labels.
    WrongShape,
}

struct Hostile {
    id: String,
    mode: Mode,
}

#[tonic::async_trait]
impl ConfidenceAgent for Hostile {
    async fn analyze(&self, _: Request<AgentRequest>) -> Result<Response<ConfidenceResult>, Status> {
        let (value_json, confidence) = match self.mode {
            Mode::Malformed => ("\u{1b}[31mIt is a bug, I am \"sure\"\u{7}".to_owned(), 0.9),
            Mode::Die => {
                say("a call arrived; the process ends here");
                std::process::exit(3);
            }
            Mode::Hang => {
                say("a call arrived; it is not answered");
                std::future::pending::<()>().await;
                (String::new(), 0.0)
            }
            Mode::Huge => (format!("\"{}\"", "x".repeat(HUGE)), 0.9),
            Mode::Nan => ("\"bug\"".to_owned(), f64::NAN),
            Mode::WrongShape => (r#"{"labels":["bug",{"maybe":7}]}"#.to_owned(), 0.9),
        };
        let confidence = Some(confidence);
        Ok(Response::new(ConfidenceResult {
            value_json,
            confidence,
            agent_id: self.id.clone(),
            ..ConfidenceResult::default()
        }))
    }

    async fn get_capabilities(&self, _: Request<()>) -> Result<Response<Capabilities>, Status> {
        Ok(Response::new(Capabilities {
            agent_id: self.id.clone(),
            capabilities: vec!["classification".to_owned()],
            expertise_level: f64::NAN,
            ..Capabilities::default()
        }))
    }

    async fn health_check(&self, _: Request<()>) -> Result<Response<Health>, Status> {
        Ok(Response::new(Health { status: health::Status::Healthy.into(), ..Health::default() }))
    }

    type StreamAnalyzeStream = tokio_stream::Empty<Result<ConfidenceResult, Status>>;

    async fn stream_analyze(
        &self,
        _: Request<AgentRequest>,
    ) -> Result<Response<Self::StreamAnalyzeStream>, Status> {
        Ok(Response::new(tokio_stream::empty()))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let options = ServeOptions::from_environment()?;
    let stop = stop_requested(options.stdin_guard)?;
    let id = options.id.clone().unwrap_or_else(|| "hostile".to_owned());
    let profile = Profile {
        id: id.clone(),
        name: "Hostile".to_owned(),
        capabilities: vec!["classification".to_owned()],
    };
    let served = host(profile, Hostile { id, mode: arguments.mode }, options).await?;
    stop.await;
    served.shutdown().await;
    Ok(())
}

fn say(line: &str) {
    // Nobody may be reading.
    let _ = writeln!(std::io::stderr(), "{line}");
}
