//! Who said what: what the roots of confidences stand for.

use std::collections::HashMap;

use prism_confidence::{Confidence, Mode, RootId};
use prism_eval::Value;
use prism_ports::RootReport;

/// How deep a report goes into pools of pools.
const MAX_DEPTH: u32 = 12;

/// What every root of the run stands for, as far as the engine made it.
#[derive(Debug, Default)]
pub(crate) struct Provenance {
    origins: HashMap<String, Origin>,
}

/// What a root stands for.
#[derive(Debug)]
pub(crate) enum Origin {
    /// The answer of an agent.
    Answer {
        agent: String,
        value: Value,
        reasoning: Option<String>,
        /// What the agent stated, or what is taken where it stated nothing.
        probability: f64,
        stated: bool,
    },
    /// Answers that were combined.
    Pool { value: Value, probability: f64, members: Vec<Member> },
}

/// An answer that went into a pool.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) value: Value,
    pub(crate) probability: f64,
    pub(crate) roots: Vec<RootId>,
}

impl Provenance {
    /// Remembers what a root stands for.
    pub(crate) fn remember(&mut self, root: String, origin: Origin) {
        self.origins.insert(root, origin);
    }

    /// Whether a confidence is that of an answer of which the agent said nothing.
    pub(crate) fn is_unstated(&self, confidence: &Confidence) -> bool {
        let mut roots = confidence.roots();
        let only = roots.next().filter(|_| roots.next().is_none());
        only.and_then(|(id, _)| self.origins.get(id.as_str()))
            .is_some_and(|origin| matches!(origin, Origin::Answer { stated: false, .. }))
    }

    /// The agents whose answers a confidence rests on directly, each once.
    pub(crate) fn agents(&self, confidence: &Confidence) -> Vec<&str> {
        let mut agents = Vec::new();
        for (id, _) in confidence.roots() {
            if let Some(Origin::Answer { agent, .. }) = self.origins.get(id.as_str())
                && !agents.contains(&agent.as_str())
            {
                agents.push(agent.as_str());
            }
        }
        agents
    }

    /// The roots of a confidence with what they stand for.
    pub(crate) fn report(&self, confidence: &Confidence, mode: Mode) -> Vec<RootReport> {
        confidence
            .roots()
            .map(|(id, root)| {
                let mut report = self.root(id, MAX_DEPTH);
                report.probability = root.point(mode);
                if report.from.is_empty() && report.agent.is_none() {
                    report.from = root.origins.iter().map(|origin| self.root(origin, MAX_DEPTH)).collect();
                }
                report
            })
            .collect()
    }

    fn root(&self, id: &RootId, depth: u32) -> RootReport {
        let empty = |probability| RootReport {
            id: id.as_str().to_owned(),
            probability,
            agent: None,
            value: None,
            reasoning: None,
            from: Vec::new(),
        };
        match self.origins.get(id.as_str()) {
            None => empty(0.0),
            Some(Origin::Answer { agent, value, reasoning, probability, .. }) => RootReport {
                agent: Some(agent.clone()),
                value: Some(value.to_json()),
                reasoning: reasoning.clone(),
                ..empty(*probability)
            },
            Some(Origin::Pool { value, probability, members }) => {
                let from = match depth.checked_sub(1) {
                    None => Vec::new(),
                    Some(depth) => {
                        let members = members.iter().enumerate();
                        members.map(|(index, member)| self.member(id, index, member, depth)).collect()
                    }
                };
                RootReport { value: Some(value.to_json()), from, ..empty(*probability) }
            }
        }
    }

    /// An answer that went into a pool: the root itself where it rests on one alone.
    fn member(&self, pool: &RootId, index: usize, member: &Member, depth: u32) -> RootReport {
        match member.roots.as_slice() {
            [only] => RootReport {
                value: Some(member.value.to_json()),
                probability: member.probability,
                ..self.root(only, depth)
            },
            several => RootReport {
                id: format!("{pool}/{index}"),
                probability: member.probability,
                agent: None,
                value: Some(member.value.to_json()),
                reasoning: None,
                from: match depth.checked_sub(1) {
                    None => Vec::new(),
                    Some(depth) => several.iter().map(|root| self.root(root, depth)).collect(),
                },
            },
        }
    }
}
