use serde_json::Value as Json;

use super::words::words;
use super::{Classifier, Label, Verdict};
use crate::agent::{Agent, AgentError, Reply, Task};

/// Answers tasks about tickets with a classifier.
///
/// A task that asks whether a ticket is a bug, a question or praise (`Is this a bug?`) is answered with true or false.
/// Every other task is answered with the label, which is all that a classifier knows.
#[derive(Clone, Debug)]
pub struct TicketAgent<C> {
    id: &'static str,
    name: &'static str,
    classifier: C,
    expertise: f64,
}

impl<C: Classifier> TicketAgent<C> {
    /// An agent over a classifier, which is right that often, in [0, 1].
    pub fn new(id: &'static str, name: &'static str, classifier: C, expertise: f64) -> Self {
        Self { id, name, classifier, expertise }
    }
}

impl<C: Classifier> Agent for TicketAgent<C> {
    fn id(&self) -> &str {
        self.id
    }

    fn name(&self) -> &str {
        self.name
    }

    fn capabilities(&self) -> Vec<String> {
        vec!["classification".to_owned()]
    }

    fn expertise(&self) -> Option<f64> {
        Some(self.expertise)
    }

    async fn analyze(&self, task: &Task) -> Result<Reply, AgentError> {
        let verdict = self.classifier.classify(ticket_text(&task.data)?);
        Ok(reply(&task.description, verdict))
    }
}

/// The text of a ticket: the data itself, or their `text`.
///
/// # Errors
/// [`AgentError::InvalidInput`] when there is none, or it is empty.
pub fn ticket_text(data: &Json) -> Result<&str, AgentError> {
    let (text, found) = match data {
        Json::String(text) => (Some(text.as_str()), String::new()),
        Json::Object(record) => {
            let keys: Vec<_> = record.keys().take(10).map(String::as_str).collect();
            (
                record.get("text").and_then(Json::as_str),
                format!("a record with the keys [{}]", keys.join(", ")),
            )
        }
        Json::Array(_) => (None, "a list".to_owned()),
        Json::Null => (None, "nothing".to_owned()),
        Json::Bool(_) | Json::Number(_) => (None, data.to_string()),
    };
    match text {
        Some(text) if text.trim().is_empty() => {
            Err(AgentError::InvalidInput("the ticket's text is empty".to_owned()))
        }
        Some(text) => Ok(text),
        None => {
            let message = format!("there is no ticket: expected {{ \"text\": \"…\" }}, found {found}");
            Err(AgentError::InvalidInput(message))
        }
    }
}

fn reply(task: &str, verdict: Verdict) -> Reply {
    let label = verdict.label();
    let [bug, question, praise] = verdict.probabilities;
    let reasoning = format!("{}; bug {bug:.2}, question {question:.2}, praise {praise:.2}", verdict.because);
    match asked_about(task) {
        Some(asked) => {
            let probability = verdict.probability(asked);
            Reply::new(probability >= 0.5).confidence(probability.max(1.0 - probability)).reasoning(reasoning)
        }
        None => Reply::new(label.name()).confidence(verdict.probability(label)).reasoning(reasoning),
    }
}

/// The one label that a yes-or-no question is about.
fn asked_about(task: &str) -> Option<Label> {
    let words = words(task);
    if words.first().is_none_or(|first| first != "is") {
        return None;
    }
    let mut named = Label::ALL.into_iter().filter(|label| words.iter().any(|word| word == label.name()));
    named.next().filter(|_| named.next().is_none())
}
