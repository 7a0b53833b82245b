//! Answers a machine's commands, in any order, and watches that it keeps its promises.

use std::collections::BTreeMap;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_engine::{CallSpec, Command, EventDraft, Machine};
use prism_ir::Program;
use prism_ports::{
    AgentDescription, Answer, CancelReason, EventKind, Failure, Json, Key, NodeId, Outcome, Record,
    RunOptions, RunReport, TimerId,
};

/// Something that a machine waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    Select(NodeId, Key),
    Call(Box<CallSpec>),
}

type Agents = Box<dyn FnMut(&CallSpec) -> Result<Answer, Failure>>;

pub struct Driver {
    pub machine: Machine,
    /// The records that the machine was stepped with.
    pub records: Vec<Record>,
    /// The commands of each step.
    pub steps: Vec<Vec<Command>>,
    pub open: Vec<Request>,
    pub timers: BTreeMap<TimerId, u64>,
    pub calls: Vec<CallSpec>,
    pub cancelled: Vec<CallSpec>,
    pub winners: Vec<Record>,
    pub events: Vec<EventDraft>,
    pub outcome: Option<Outcome>,
    pub directory: Vec<AgentDescription>,
    pub chance: u64,
    agents: Agents,
}

/// An agent that classifies.
pub fn agent(id: &str) -> AgentDescription {
    AgentDescription {
        id: id.to_owned(),
        name: id.to_owned(),
        capabilities: vec!["classification".to_owned()],
        ..AgentDescription::default()
    }
}

pub fn answer(value: impl Into<Json>, stated: f64) -> Result<Answer, Failure> {
    Ok(Answer { value: value.into(), stated: Some(stated), ..Answer::default() })
}

pub fn broken() -> Result<Answer, Failure> {
    Err(Failure::new(FailureCode::AgentError, "out of order"))
}

/// Agents that always say the same: id, answer, stated confidence.
pub fn say(replies: &[(&str, &str, f64)]) -> World {
    let known: BTreeMap<String, (String, f64)> =
        replies.iter().map(|(id, value, p)| ((*id).to_owned(), ((*value).to_owned(), *p))).collect();
    World {
        directory: replies.iter().map(|(id, _, _)| agent(id)).collect(),
        agents: Box::new(move |call| match known.get(&call.agent) {
            Some((value, _)) if value == "!" => broken(),
            Some((value, p)) => answer(value.as_str(), *p),
            None => broken(),
        }),
    }
}

/// Who is there, and what they say.
pub struct World {
    pub directory: Vec<AgentDescription>,
    pub agents: Agents,
}

impl World {
    pub fn new(ids: &[&str], agents: impl FnMut(&CallSpec) -> Result<Answer, Failure> + 'static) -> Self {
        Self { directory: ids.iter().map(|id| agent(id)).collect(), agents: Box::new(agents) }
    }

    pub fn with_agents(mut self, directory: Vec<AgentDescription>) -> Self {
        self.directory = directory;
        self
    }

    /// Starts a run of pattern `p`.
    pub fn start(self, program: &Arc<Program>, input: Json) -> Driver {
        let machine = Machine::new(Arc::clone(program), "p").expect("the pattern is there");
        let mut driver = Driver {
            machine,
            records: Vec::new(),
            steps: Vec::new(),
            open: Vec::new(),
            timers: BTreeMap::new(),
            calls: Vec::new(),
            cancelled: Vec::new(),
            winners: Vec::new(),
            events: Vec::new(),
            outcome: None,
            directory: self.directory,
            chance: 0,
            agents: self.agents,
        };
        driver.feed(Record::Started {
            ir_hash: String::new(),
            pattern: "p".to_owned(),
            input,
            calibration_hash: None,
            options: RunOptions::default(),
        });
        driver
    }

    /// Starts a run and answers everything, first come, first served.
    pub fn run(self, program: &Arc<Program>, input: Json) -> Driver {
        let mut driver = self.start(program, input);
        driver.run(|_| 0);
        driver
    }
}

impl Driver {
    /// Steps the machine and keeps the books.
    pub fn feed(&mut self, record: Record) {
        let commands = self.machine.step(&record);
        self.records.push(record);
        for command in &commands {
            assert!(self.outcome.is_none(), "{command:?} after the end");
            self.take(command.clone());
        }
        self.steps.push(commands);
        let calls = self.open.iter().filter(|request| matches!(request, Request::Call(_))).count();
        assert_eq!(self.machine.pending_calls(), calls);
        // Selections have no command that cancels them; what comes back too late is ignored.
        assert!(self.machine.pending_selections() <= self.open.len() - calls);
        assert_eq!(self.machine.pending_timers(), self.timers.len());
        assert_eq!(self.machine.is_finished(), self.outcome.is_some());
        if self.outcome.is_some() {
            assert_eq!(self.machine.fibers(), 0, "fibers are left");
            assert_eq!(self.open, [], "something is still awaited");
            assert!(self.timers.is_empty(), "timers are left");
        } else {
            let waits = !self.open.is_empty() || !self.timers.is_empty();
            assert!(waits && self.machine.fibers() > 0, "the machine is stuck");
        }
    }

    fn take(&mut self, command: Command) {
        match command {
            Command::Call(call) => {
                assert!(
                    self.calls.iter().all(|known| known.call != call.call),
                    "{} is called twice",
                    call.call
                );
                self.calls.push(call.clone());
                self.open.push(Request::Call(Box::new(call)));
            }
            Command::Cancel(id) => {
                let place =
                    self.open.iter().position(|open| matches!(open, Request::Call(call) if call.call == id));
                match self.open.remove(place.expect("only calls that are under way are cancelled")) {
                    Request::Call(call) => self.cancelled.push(*call),
                    Request::Select(..) => unreachable!(),
                }
            }
            Command::Select { node, key } => self.open.push(Request::Select(node, key)),
            Command::StartTimer { timer, after_us } => {
                assert_eq!(self.timers.insert(timer, after_us), None, "a timer is started twice");
            }
            Command::CancelTimer(timer) => {
                assert!(self.timers.remove(&timer).is_some(), "only timers that are under way are cancelled");
            }
            Command::Append(record @ Record::Winner { .. }) => self.winners.push(record),
            Command::Append(record) => assert!(matches!(record, Record::Ended { .. })),
            Command::Emit(event) => self.events.push(event),
            Command::Finish(outcome) => {
                self.open.retain(|request| matches!(request, Request::Call(_)));
                self.outcome = Some(outcome);
            }
        }
    }

    /// Answers an open request.
    pub fn answer(&mut self, place: usize) {
        let record = match self.open.remove(place) {
            Request::Select(node, key) => {
                Record::Selected { node, key, candidates: self.directory.clone(), chance: self.chance }
            }
            Request::Call(call) => match (self.agents)(&call) {
                Ok(answer) => {
                    Record::Answered { call: call.call, agent: call.agent, answer, duration_us: 1_000 }
                }
                Err(failure) => Record::Failed { call: call.call, failure, duration_us: 1_000 },
            },
        };
        self.feed(record);
    }

    /// Answers the open call of an agent.
    pub fn answer_of(&mut self, agent: &str) {
        let place =
            self.open.iter().position(|open| matches!(open, Request::Call(call) if call.agent == agent));
        self.answer(place.expect("the agent is being asked"));
    }

    /// Answers everything until the run ends, or only timers are left; `pick` chooses among so many.
    pub fn run(&mut self, mut pick: impl FnMut(usize) -> usize) {
        while !self.open.is_empty() && self.outcome.is_none() {
            let place = pick(self.open.len());
            self.answer(place);
        }
    }

    /// Lets the timer fire whose purpose that is.
    pub fn fire(&mut self, purpose: &str) {
        let timer = self.timers.keys().find(|timer| timer.purpose == purpose).cloned();
        let timer = timer.expect("the timer is under way");
        self.timers.remove(&timer);
        self.feed(Record::Timer { timer });
    }

    pub fn cancel(&mut self, reason: CancelReason) {
        self.feed(Record::Cancelled { reason });
    }

    /// The report of a run that completed.
    pub fn report(&self) -> &RunReport {
        match &self.outcome {
            Some(Outcome::Completed { report }) => report,
            other => panic!("the run did not complete: {other:#?}"),
        }
    }

    /// Why the run failed.
    pub fn failure(&self) -> &Failure {
        match &self.outcome {
            Some(Outcome::Failed { failure, .. }) => failure,
            other => panic!("the run did not fail: {other:#?}"),
        }
    }

    pub fn value(&self) -> &Json {
        &self.report().value
    }

    pub fn confidence(&self) -> f64 {
        self.report().confidence.as_ref().map_or(f64::NAN, |confidence| confidence.point)
    }

    /// The agents that were asked, in order.
    pub fn asked(&self) -> Vec<&str> {
        self.calls.iter().map(|call| call.agent.as_str()).collect()
    }

    /// The agents whose calls were cancelled, in order.
    pub fn losers(&self) -> Vec<&str> {
        self.cancelled.iter().map(|call| call.agent.as_str()).collect()
    }

    pub fn events_of(&self, kind: EventKind) -> Vec<&EventDraft> {
        self.events.iter().filter(|event| event.kind == kind).collect()
    }

    /// The same records give the same commands.
    pub fn assert_replays(&self) {
        let twin = || Machine::with_plan(Arc::clone(self.machine.plan())).expect("the plan is sound");
        let (mut twin, mut unwatched) = (twin(), twin());
        unwatched.watch(false);
        for (record, commands) in self.records.iter().zip(&self.steps) {
            assert_eq!(&twin.step(record), commands);
            let silent: Vec<&Command> =
                commands.iter().filter(|command| !matches!(command, Command::Emit(_))).collect();
            assert_eq!(unwatched.step(record).iter().collect::<Vec<_>>(), silent);
            for command in commands {
                if let Command::Append(own) = command {
                    assert_eq!(twin.step(own), [], "a machine's own record changes nothing");
                }
            }
        }
    }
}
