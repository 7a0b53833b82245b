//! Answers to one question, as pools and votes take them, and what becomes of the question.

use std::sync::Arc;

use prism_confidence::Confidence;
use prism_confidence::pool::{Ballot, OptionShare, Pooled};
use prism_eval::Value;
use prism_ports::{EventKind, Failure, Json, Record, StopReason};

use crate::command::Command;
use crate::drive::At;
use crate::fiber::Fiber;
use crate::machine::Machine;
use crate::plan::internal;
use crate::provenance::{Member, Origin};
use crate::values;

/// Answers and the ballots made of them, under the same indexes.
#[derive(Debug)]
pub(crate) struct Ballots {
    pub(crate) ballots: Vec<Ballot>,
    answers: Vec<Option<Value>>,
    /// Whether the answers are compared by something, and how sure that is apart from the answers.
    by: Option<Confidence>,
}

/// What a question came to.
pub(crate) struct Settlement {
    /// The name of the root of its confidence.
    pub(crate) root: String,
    /// The index of the answer that won.
    pub(crate) winner: usize,
    pub(crate) probability: f64,
    pub(crate) confidence: Confidence,
    pub(crate) reason: StopReason,
}

/// How sure a function is by itself: what its results depend on besides its arguments.
fn own_doubt(function: &Value) -> Confidence {
    let captured = function.as_function().into_iter().flat_map(|closure| closure.captured());
    captured.fold(function.confidence(), |doubt, (_, value)| doubt.and(&value.residual()))
}

impl Ballots {
    /// The answer at an index, as JSON; null where there is none.
    pub(crate) fn json(&self, index: usize) -> Json {
        let answer = self.answers.get(index).and_then(Option::as_ref);
        answer.map_or(Json::Null, Value::to_json)
    }

    fn share(&self, machine: &Machine, option: &OptionShare) -> Json {
        let mut agents: Vec<&str> = Vec::new();
        for ballot in option.supporters.iter().filter_map(|index| self.ballots.get(*index)) {
            for agent in machine.provenance.agents(&ballot.confidence) {
                if !agents.contains(&agent) {
                    agents.push(agent);
                }
            }
        }
        serde_json::json!({
            "value": self.json(option.first),
            "probability": option.probability,
            "voices": option.voices,
            "agents": agents,
        })
    }
}

impl Machine {
    /// Makes ballots of a list of answers.
    pub(crate) fn ballots(
        &mut self,
        site: &str,
        answers: Vec<Value>,
        by: Option<&Value>,
    ) -> Result<Ballots, Failure> {
        self.optional_ballots(site, answers.into_iter().map(Some).collect(), by)
    }

    /// Makes ballots of answers, some of which are not there. A plain null is no answer either: it stands where a
    /// gate has stopped one, or a branch has failed. `by` gives what answers are compared by.
    pub(crate) fn optional_ballots(
        &mut self,
        site: &str,
        answers: Vec<Option<Value>>,
        by: Option<&Value>,
    ) -> Result<Ballots, Failure> {
        let mut ballots = Vec::with_capacity(answers.len());
        for answer in &answers {
            let ballot = match answer {
                Some(answer) if !values::is_plain_null(answer) => {
                    let key = match by {
                        None => answer.canonical_key(),
                        Some(by) => {
                            let compared = self.call(site, by, answer.clone())?;
                            compared.canonical_key()
                        }
                    };
                    let confidence = answer.residual();
                    if self.provenance.is_unstated(&confidence) {
                        Ballot::unstated(key, &confidence)
                    } else {
                        Ballot::new(key, &confidence, self.mode)
                    }
                }
                _ => Ballot::abstention(),
            };
            ballots.push(ballot);
        }
        Ok(Ballots { ballots, answers, by: by.map(own_doubt) })
    }

    /// Ends a question with the winner of its pool.
    pub(crate) fn settle_pool(
        &mut self,
        fiber: &Fiber,
        at: &At<'_>,
        ballots: &Ballots,
        pooled: &Pooled,
        reason: StopReason,
    ) -> Result<Value, Failure> {
        let root = at.site(&fiber.key).into_owned();
        let confidence = pooled
            .confidence(root.as_str(), &ballots.ballots)
            .map_err(|error| internal(&format!("a pool has no confidence: {error}")))?;
        let (winner, probability) = (pooled.winner, pooled.probability);
        let settlement = Settlement { root, winner, probability, confidence, reason };
        self.settle_question(fiber, at, ballots, pooled, settlement)
    }

    /// Ends a question: the winner is recorded, those who watch are told, and the value takes the question's own
    /// confidence.
    pub(crate) fn settle_question(
        &mut self,
        fiber: &Fiber,
        at: &At<'_>,
        ballots: &Ballots,
        pooled: &Pooled,
        settlement: Settlement,
    ) -> Result<Value, Failure> {
        let Settlement { root, winner, probability, confidence, reason } = settlement;
        let answer = ballots.answers.get(winner).and_then(Option::as_ref);
        let answer = answer.ok_or_else(|| internal("a question was won by nobody"))?;
        let plan = Arc::clone(&self.plan);
        let node = plan.id(at.step)?;
        self.commands.push(Command::Append(Record::Winner {
            node: node.clone(),
            key: fiber.key.clone(),
            value: answer.to_json(),
            probability,
            reason,
        }));
        if self.is_watched() {
            let shares: Vec<Json> = pooled.options.iter().map(|option| ballots.share(self, option)).collect();
            let lost = pooled.options.iter().filter(|option| !option.supporters.contains(&winner));
            let dissent: Vec<Json> = lost.map(|option| ballots.share(self, option)).collect();
            let data = serde_json::json!({
                "value": answer.to_json(),
                "probability": probability,
                "reason": reason,
                "answers": ballots.ballots.iter().filter(|ballot| ballot.key.is_some()).count(),
                "voices": pooled.voices,
                "options": pooled.option_count,
                "unseen": pooled.unseen,
                "shares": shares,
                "dissent": dissent,
            });
            self.emit(Some(node), &fiber.key, EventKind::Pooled, data);
        }
        let value = match &ballots.by {
            // The probability is that of the whole answer, hence of each part of it.
            None => answer.clone().settled(confidence),
            // What is not compared keeps its own doubt.
            Some(by) => answer.clone().with_confidence(confidence).and_confidence(by),
        };
        let members = ballots.ballots.iter().zip(&ballots.answers).filter_map(|(ballot, answer)| {
            ballot.key.as_ref()?;
            Some(Member {
                value: answer.clone()?,
                probability: ballot.p.unwrap_or(1.0 / pooled.option_count as f64),
                roots: ballot.confidence.roots().map(|(id, _)| id.clone()).collect(),
            })
        });
        let origin = Origin::Pool { value: value.clone(), probability, members: members.collect() };
        self.provenance.remember(root, origin);
        Ok(value)
    }
}
