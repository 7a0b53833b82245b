//! An agent that cannot be relied on, on purpose, to see what a pattern makes of it.

use std::time::Duration;

use crate::agent::{Agent, AgentError, Reply, Task};
use crate::ticket::{Classifier, Label, ticket_text};

/// How an agent misbehaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moods {
    /// The mean time that it takes; it takes from half of it to one and a half.
    pub delay: Duration,
    /// The share of tasks that it fails at, in [0, 1].
    pub fail_rate: f64,
    /// The share of the other tasks at which it rambles instead of naming a label, in [0, 1].
    pub ramble_rate: f64,
    /// Another seed makes it misbehave at other tasks.
    pub seed: u64,
}

/// An agent that is slow, fails, and rambles. The seed and the task's id decide when, so a repeated task goes as before.
#[derive(Clone, Debug)]
pub struct Flaky<C> {
    classifier: C,
    moods: Moods,
    expertise: f64,
}

impl<C: Classifier> Flaky<C> {
    /// An agent over a classifier that is right that often when it answers, in [0, 1].
    pub fn new(classifier: C, expertise: f64, moods: Moods) -> Self {
        Self { classifier, moods, expertise }
    }
}

impl<C: Classifier> Agent for Flaky<C> {
    fn id(&self) -> &str {
        "flaky"
    }

    fn name(&self) -> &str {
        "Flaky"
    }

    fn capabilities(&self) -> Vec<String> {
        vec!["classification".to_owned()]
    }

    fn expertise(&self) -> Option<f64> {
        Some(self.expertise * (1.0 - self.moods.fail_rate) * (1.0 - self.moods.ramble_rate))
    }

    async fn analyze(&self, task: &Task) -> Result<Reply, AgentError> {
        let verdict = self.classifier.classify(ticket_text(&task.data)?);
        let mut chance = Chance::new(self.moods.seed, &task.id);
        tokio::time::sleep(self.moods.delay.mul_f64(0.5 + chance.next())).await;
        if chance.next() < self.moods.fail_rate {
            return Err(AgentError::Failed("lost the thread while thinking about the ticket".to_owned()));
        }
        let label = verdict.label();
        if chance.next() < self.moods.ramble_rate {
            let second = Label::ALL.into_iter().find(|other| *other != label).unwrap_or(label);
            let text = format!(
                "Well, it looks a bit like a {label}, then again it could be a {second}; {}.",
                verdict.because
            );
            return Ok(Reply::new(text));
        }
        Ok(Reply::new(label.name()).confidence(verdict.probability(label)).reasoning(verdict.because))
    }
}

/// Numbers in [0, 1) that follow from a seed and a text: FNV-1a for the text, SplitMix64 (Steele, Lea and Flood 2014)
/// for the rest.
struct Chance(u64);

impl Chance {
    fn new(seed: u64, text: &str) -> Self {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, mix) ^ seed)
    }

    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // The upper 53 bits, which a double holds exactly.
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ticket::Rules;

    fn flaky(fail_rate: f64, ramble_rate: f64) -> Flaky<Rules> {
        let moods = Moods { delay: Duration::ZERO, fail_rate, ramble_rate, seed: 1 };
        Flaky::new(Rules::weak(), 0.5, moods)
    }

    fn task(number: u32) -> Task {
        Task { id: format!("run/{number}"), data: json!({ "text": "Where is it?" }), ..Task::default() }
    }

    #[tokio::test]
    async fn it_misbehaves_as_often_as_it_is_told_to_and_at_the_same_tasks() {
        let agent = flaky(0.3, 0.5);
        let (mut failed, mut rambled) = (0, 0);
        for number in 0..1_000 {
            let reply = agent.analyze(&task(number)).await;
            assert_eq!(reply, agent.analyze(&task(number)).await);
            match reply {
                Err(AgentError::Failed(_)) => failed += 1,
                Ok(reply) if reply.value == json!("question") => {}
                Ok(reply) => {
                    assert_eq!(reply.confidence, None);
                    rambled += 1;
                }
                Err(other) => panic!("{other}"),
            }
        }
        assert!((250..350).contains(&failed), "{failed}");
        assert!((300..400).contains(&rambled), "{rambled}");
    }

    #[tokio::test]
    async fn it_refuses_what_is_no_ticket_without_further_ado() {
        let empty = Task { data: json!({ "subject": "x" }), ..task(0) };
        assert!(matches!(flaky(1.0, 0.0).analyze(&empty).await, Err(AgentError::InvalidInput(_))));
    }
}
