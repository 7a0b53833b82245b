//! Who said what: what the roots of confidences stand for.

use std::collections::HashMap;

use prism_confidence::{Confidence, Mode, RootId};
use prism_eval::Value;
use prism_ports::RootReport;

/// How deep a report goes into pools of pools.
const MAX_DEPTH: u32 = 12;

/// How many answers a report names: pools of the same pools name theirs again and again.
const MAX_REPORTED: usize = 4_096;

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
        let mut report = Report { provenance: self, left: MAX_REPORTED };
        let roots = confidence.roots();
        roots
            .map(|(id, root)| {
                let mut told = report.root(id, MAX_DEPTH);
                told.probability = root.point(mode);
                if told.from.is_empty() && told.agent.is_none() {
                    told.from = report.several(root.origins.iter(), Some(MAX_DEPTH), Report::root);
                }
                told
            })
            .collect()
    }
}

/// A report in the making.
struct Report<'a> {
    provenance: &'a Provenance,
    /// How many more answers it may name.
    left: usize,
}

impl Report<'_> {
    /// What each of several things stands for, as long as there is room; nothing beyond the last depth.
    fn several<T>(
        &mut self,
        items: impl Iterator<Item = T>,
        depth: Option<u32>,
        tell: impl Fn(&mut Self, T, u32) -> RootReport,
    ) -> Vec<RootReport> {
        let Some(depth) = depth else { return Vec::new() };
        let mut told = Vec::new();
        for item in items {
            match self.left.checked_sub(1) {
                Some(left) => self.left = left,
                None => break,
            }
            told.push(tell(self, item, depth));
        }
        told
    }

    fn root(&mut self, id: &RootId, depth: u32) -> RootReport {
        let empty = |probability| RootReport {
            id: id.as_str().to_owned(),
            probability,
            agent: None,
            value: None,
            reasoning: None,
            from: Vec::new(),
        };
        match self.provenance.origins.get(id.as_str()) {
            None => empty(0.0),
            Some(Origin::Answer { agent, value, reasoning, probability, .. }) => RootReport {
                agent: Some(agent.clone()),
                value: Some(value.to_json()),
                reasoning: reasoning.clone(),
                ..empty(*probability)
            },
            Some(Origin::Pool { value, probability, members }) => {
                let members = members.iter().enumerate();
                let from = self.several(members, depth.checked_sub(1), |report, (index, member), depth| {
                    report.member(id, index, member, depth)
                });
                RootReport { value: Some(value.to_json()), from, ..empty(*probability) }
            }
        }
    }

    /// An answer that went into a pool: the root itself where it rests on one alone.
    fn member(&mut self, pool: &RootId, index: usize, member: &Member, depth: u32) -> RootReport {
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
                from: self.several(several.iter(), depth.checked_sub(1), Self::root),
            },
        }
    }
}
