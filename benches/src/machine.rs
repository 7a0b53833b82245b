//! The machine of the engine alone: whatever it asks for is answered in place.

use std::collections::VecDeque;
use std::sync::Arc;

use prism_engine::{Command, Machine, Plan};
use prism_ports::{AgentDescription, Answer, Failure, Outcome, Record, RunOptions};
use serde_json::{Value as Json, json};

use crate::agent::{CAPABILITY, opinion};
use crate::reference::voter;
use crate::subject::program;
use crate::{BenchError, Decision};

/// A pattern that the machine can run again and again.
#[derive(Clone, Debug)]
pub struct MachineAlone {
    pattern: String,
    plan: Arc<Plan>,
    input: Json,
    agents: Vec<AgentDescription>,
    watched: bool,
}

impl MachineAlone {
    /// Makes a pattern of `patterns/calls.prism` ready, with so many agents. `watched` is whether it makes events.
    ///
    /// # Errors
    /// [`BenchError::Pattern`] when the file does not compile, or has no pattern of that name.
    pub fn new(pattern: &str, agents: usize, watched: bool, text: &str) -> Result<Self, BenchError> {
        let plan = Plan::new(program(pattern)?, pattern);
        let plan = plan.map_err(|failure| BenchError::Pattern(failure.message))?;
        let agents = (0..agents).map(|index| AgentDescription {
            id: voter(index),
            capabilities: vec![CAPABILITY.to_owned()],
            ..AgentDescription::default()
        });
        Ok(Self {
            pattern: pattern.to_owned(),
            plan: Arc::new(plan),
            input: json!({ "text": text }),
            agents: agents.collect(),
            watched,
        })
    }

    /// Runs the pattern.
    ///
    /// # Errors
    /// [`BenchError::Run`] when it fails.
    pub fn run(&self) -> Result<Decision, BenchError> {
        let failed =
            |failure: Failure| BenchError::Run { pattern: self.pattern.clone(), message: failure.message };
        let mut machine = Machine::with_plan(Arc::clone(&self.plan)).map_err(failed)?;
        machine.watch(self.watched);
        let mut records = VecDeque::from([Record::Started {
            ir_hash: String::new(),
            pattern: self.pattern.clone(),
            input: self.input.clone(),
            calibration_hash: None,
            options: RunOptions { timeout_us: None },
        }]);
        while let Some(record) = records.pop_front() {
            for command in machine.step(&record) {
                match command {
                    Command::Select { node, key } => {
                        let candidates = self.agents.clone();
                        records.push_back(Record::Selected { node, key, candidates, chance: 0 });
                    }
                    Command::Call(spec) => {
                        let text = |field: &str| spec.data.get(field).and_then(Json::as_str);
                        let (label, stated) =
                            opinion(text("text").unwrap_or_default(), text("voter").unwrap_or_default());
                        let answer =
                            Answer { value: label.into(), stated: Some(stated), ..Answer::default() };
                        let (call, agent) = (spec.call, spec.agent);
                        records.push_back(Record::Answered { call, agent, answer, duration_us: 50 });
                    }
                    Command::Finish(Outcome::Completed { report }) => {
                        return Ok(Decision {
                            value: report.value,
                            confidence: report.confidence.map(|confidence| confidence.point),
                            calls: report.calls,
                        });
                    }
                    Command::Finish(Outcome::Failed { failure, .. }) => return Err(failed(failure)),
                    _ => {}
                }
            }
        }
        Err(BenchError::Run { pattern: self.pattern.clone(), message: "the machine waits".to_owned() })
    }
}
