//! The other side: the same calls, written by hand over tonic, with the same messages and the same maths.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use prism_confidence::pool::{Ballot, PoolRule};
use prism_confidence::vote::{Method, Outcome, Ties, VoteRule, vote};
use prism_confidence::{Confidence, Mode};
use prism_proto::confidence::AgentRequest;
use prism_proto::confidence::confidence_agent_client::ConfidenceAgentClient;
use prism_proto::{NODE_KEY, PATTERN_KEY, RUN_KEY, json};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use tonic::Request;
use tonic::transport::{Channel, Endpoint};

use crate::{BenchError, Decision};

const TASK: &str = "Which label fits this support ticket?";
const TIMEOUT: Duration = Duration::from_secs(5);
/// The most connections, and the calls that each should carry: what the agent pool of Prism does.
const MOST_CONNECTIONS: usize = 4;
const CALLS_PER_CONNECTION: usize = 16;

/// The id of an agent, by its number.
pub fn voter(index: usize) -> String {
    format!("agent-{index:03}")
}

/// A connection with the settings that Prism uses.
///
/// # Errors
/// [`BenchError::Transport`] for an address that cannot be used.
pub fn channel(address: SocketAddr) -> Result<Channel, BenchError> {
    let endpoint = Endpoint::from_shared(format!("http://{address}"))?;
    Ok(endpoint.connect_timeout(Duration::from_secs(5)).tcp_nodelay(true).connect_lazy())
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Label {
    Bug,
    Question,
    Praise,
}

/// Asks agents by hand.
#[derive(Debug)]
pub struct Reference {
    clients: Vec<ConfidenceAgentClient<Channel>>,
    voters: Vec<String>,
    pattern: &'static str,
    text: String,
    runs: AtomicU64,
}

struct Answer {
    label: Label,
    stated: f64,
}

impl Reference {
    /// Asks the agents at an address. `in_flight` is the number of calls that are under way at a time, by which
    /// connections are opened.
    ///
    /// # Errors
    /// [`BenchError::Transport`] for an address that cannot be used.
    pub fn new(
        pattern: &'static str,
        agents: usize,
        in_flight: usize,
        address: SocketAddr,
        text: &str,
    ) -> Result<Self, BenchError> {
        let connections = ((in_flight.saturating_sub(1)) / CALLS_PER_CONNECTION + 1).min(MOST_CONNECTIONS);
        let clients = (0..connections).map(|_| Ok(ConfidenceAgentClient::new(channel(address)?)));
        Ok(Self {
            clients: clients.collect::<Result<_, BenchError>>()?,
            voters: (0..agents).map(voter).collect(),
            pattern,
            text: text.to_owned(),
            runs: AtomicU64::new(0),
        })
    }

    /// One call.
    ///
    /// # Errors
    /// [`BenchError`] when it fails.
    pub async fn one_call(&self) -> Result<Decision, BenchError> {
        let run = self.next_run();
        let answer = self.ask(run, 0, &self.text).await?;
        Ok(Decision { value: value(answer.label)?, confidence: Some(answer.stated), calls: 1 })
    }

    /// Two calls, the second of which needs the answer to the first.
    ///
    /// # Errors
    /// [`BenchError`] when one fails.
    pub async fn two_calls(&self) -> Result<Decision, BenchError> {
        let run = self.next_run();
        let first = self.ask(run, 0, &self.text).await?;
        let first_label = value(first.label)?;
        let text = format!("{}: {}", first_label.as_str().unwrap_or_default(), self.text);
        let second = self.ask(run, 0, &text).await?;
        let both = stated("first", &first)?.and(&stated("second", &second)?);
        let confidence = Some(both.point(Mode::Frank));
        Ok(Decision { value: value(second.label)?, confidence, calls: 2 })
    }

    /// Everybody at once, and a vote.
    ///
    /// # Errors
    /// [`BenchError`] when a call fails, or nobody wins.
    pub async fn everybody(&self) -> Result<Decision, BenchError> {
        let run = self.next_run();
        let mut asked: FuturesUnordered<_> = (0..self.voters.len())
            .map(|index| async move { (index, self.ask(run, index, &self.text).await) })
            .collect();
        let mut answers: Vec<Option<Answer>> = self.voters.iter().map(|_| None).collect();
        while let Some((index, answer)) = asked.next().await {
            if let Some(slot) = answers.get_mut(index) {
                *slot = Some(answer?);
            }
        }
        let mut ballots = Vec::with_capacity(answers.len());
        for (voter, answer) in self.voters.iter().zip(answers.iter().flatten()) {
            let confidence = stated(voter, answer)?;
            ballots.push(Ballot::new(value(answer.label)?.to_string(), &confidence, Mode::Frank));
        }
        let pool = PoolRule { options: Some(3), ..PoolRule::default() };
        let voted = vote(&ballots, &[], &VoteRule { method: Method::Plurality, ties: Ties::First, pool });
        let winner = match voted.outcome {
            Outcome::Winner(winner) => answers.get(winner).and_then(Option::as_ref),
            _ => None,
        };
        let winner = winner.ok_or_else(|| BenchError::Answer("the vote has no winner".to_owned()))?;
        let calls = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        Ok(Decision { value: value(winner.label)?, confidence: voted.probability, calls })
    }

    fn next_run(&self) -> u64 {
        self.runs.fetch_add(1, Ordering::Relaxed)
    }

    async fn ask(&self, run: u64, index: usize, text: &str) -> Result<Answer, BenchError> {
        let voter = self.voters.get(index).map_or("", String::as_str);
        let position = (index + usize::try_from(run).unwrap_or(0)) % self.clients.len().max(1);
        let Some(client) = self.clients.get(position) else {
            return Err(BenchError::Answer("there is no connection".to_owned()));
        };
        let run = format!("01900000-0000-7000-8000-{run:012x}");
        let data = Map::from_iter([("text".to_owned(), text.into()), ("voter".to_owned(), voter.into())]);
        let mut request = Request::new(AgentRequest {
            task_id: format!("{run}/{}/classify[{index}]#1", self.pattern),
            task_description: TASK.to_owned(),
            data: Some(json::to_struct(&data)),
            context: HashMap::from([
                (RUN_KEY.to_owned(), run),
                (NODE_KEY.to_owned(), format!("{}/classify", self.pattern)),
                (PATTERN_KEY.to_owned(), self.pattern.to_owned()),
            ]),
            timeout_ms: 5_000,
            pattern_name: self.pattern.to_owned(),
        });
        request.set_timeout(TIMEOUT);
        let result = client.clone().analyze(request).await?.into_inner();
        let label = serde_json::from_str(&result.value_json).map_err(unusable)?;
        Ok(Answer { label, stated: result.confidence.unwrap_or(0.5).clamp(0.0, 1.0) })
    }
}

fn stated(root: &str, answer: &Answer) -> Result<Confidence, BenchError> {
    Confidence::stated(root, answer.stated).map_err(unusable)
}

fn value(label: Label) -> Result<Json, BenchError> {
    serde_json::to_value(label).map_err(unusable)
}

fn unusable(error: impl ToString) -> BenchError {
    BenchError::Answer(error.to_string())
}
