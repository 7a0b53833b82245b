//! The machine: what it knows, and how records reach the branches that wait for them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::Mode;
use prism_eval::{Fuel, Value};
use prism_ir::Program;
use prism_ports::{CallId, CancelReason, EventKind, Failure, Json, Key, NodeId, Outcome, Record, TimerId};

use crate::budget::Ledger;
use crate::command::{Command, EventDraft};
use crate::fiber::{Fiber, Input, Waker};
use crate::plan::{Plan, Step};
use crate::provenance::Provenance;
use crate::slab::{Slab, SlabId};
use crate::values;

/// What the run's own timer is for.
pub(crate) const BUDGET_TIMER: &str = "budget";

/// One run of a pattern: a fold over records.
///
/// It has no clock, no randomness, no threads and does no input or output. The first record is
/// [`Record::Started`]; each [`Machine::step`] gives the commands that follow from one record. Equal sequences of
/// records give equal sequences of commands, so a run is replayed by feeding its records to a fresh machine and
/// carrying out only the commands that come after the last one.
#[derive(Debug)]
pub struct Machine {
    pub(crate) plan: Arc<Plan>,
    pub(crate) mode: Mode,
    phase: Phase,
    pub(crate) fibers: Slab<Box<Fiber>>,
    root: Option<SlabId>,
    pub(crate) ready: VecDeque<(Waker, Input<'static>)>,
    pub(crate) calls: HashMap<CallId, Waker>,
    pub(crate) selections: HashMap<(NodeId, Key), Waker>,
    pub(crate) timers: HashMap<TimerId, Waker>,
    budget_timer: Option<Box<TimerId>>,
    occurrences: HashMap<(Step, Key), u32>,
    activations: u64,
    pub(crate) entered: u64,
    pub(crate) fuel: Fuel,
    pub(crate) ledger: Ledger,
    pub(crate) provenance: Provenance,
    pub(crate) warnings: Vec<String>,
    pub(crate) commands: Vec<Command>,
    watched: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Before the first record.
    New,
    /// Under way.
    Running,
    /// After the last command.
    Finished,
}

impl Machine {
    /// A machine for one run of a pattern. To run a pattern often, make a [`Plan`] once and use
    /// [`Machine::with_plan`].
    ///
    /// # Errors
    /// `ir/invalid` when the program has no pattern of that name.
    pub fn new(program: Arc<Program>, pattern: &str) -> Result<Self, Failure> {
        Self::with_plan(Arc::new(Plan::new(program, pattern)?))
    }

    /// A machine for one run of a pattern that was made ready.
    ///
    /// # Errors
    /// `internal` only.
    pub fn with_plan(plan: Arc<Plan>) -> Result<Self, Failure> {
        let pattern = plan.pattern()?;
        let (mode, ledger) = (plan.environment().mode, Ledger::new(pattern.budget));
        Ok(Self {
            plan,
            mode,
            phase: Phase::New,
            fibers: Slab::new(),
            root: None,
            ready: VecDeque::new(),
            calls: HashMap::new(),
            selections: HashMap::new(),
            timers: HashMap::new(),
            budget_timer: None,
            occurrences: HashMap::new(),
            activations: 0,
            entered: 0,
            fuel: Fuel::default(),
            ledger,
            provenance: Provenance::default(),
            warnings: Vec::new(),
            commands: Vec::new(),
            watched: true,
        })
    }

    /// Takes in what happened and gives what is to be done about it, in order.
    ///
    /// Records that nobody waits for change nothing: late answers of cancelled calls, timers that were cancelled,
    /// the machine's own [`Record::Winner`] and [`Record::Ended`], anything before the first or after the last.
    pub fn step(&mut self, record: &Record) -> Vec<Command> {
        match (self.phase, record) {
            (Phase::New, Record::Started { input, .. }) => self.start(input),
            (Phase::New, Record::Cancelled { reason }) | (Phase::Running, Record::Cancelled { reason }) => {
                self.cancel_run(*reason);
            }
            (Phase::New | Phase::Finished, _) => {}
            (Phase::Running, Record::Selected { node, key, candidates, chance }) => {
                if let Some(waker) = self.selections.remove(&(node.clone(), key.clone())) {
                    if self.selections.is_empty() {
                        // Most runs select once, and then wait for long.
                        self.selections.shrink_to_fit();
                    }
                    self.deliver(waker, Input::Selected { candidates, chance: *chance });
                }
            }
            (Phase::Running, Record::Answered { call, answer, duration_us, .. }) => {
                if let Some(waker) = self.calls.remove(call) {
                    self.deliver(waker, Input::Answered { answer, duration_us: *duration_us });
                }
            }
            (Phase::Running, Record::Failed { call, failure, duration_us }) => {
                let waker = self.calls.remove(call);
                let waker = waker.or_else(|| self.selections.remove(&(call.node.clone(), call.key.clone())));
                if let Some(waker) = waker {
                    self.deliver(waker, Input::Failed { failure, duration_us: *duration_us });
                }
            }
            (Phase::Running, Record::Timer { timer }) => self.fire(timer),
            (Phase::Running, Record::Started { .. } | Record::Winner { .. } | Record::Ended { .. }) => {}
        }
        self.run_ready();
        std::mem::take(&mut self.commands)
    }

    /// Says whether anybody looks at the events. A machine gives [`Command::Emit`] unless nobody does; its other
    /// commands are the same either way.
    pub fn watch(&mut self, watched: bool) {
        self.watched = watched;
    }

    /// Whether events are given; what goes into them need not be made otherwise.
    pub(crate) fn is_watched(&self) -> bool {
        self.watched
    }

    /// The pattern that runs, made ready.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Whether the run is over.
    pub fn is_finished(&self) -> bool {
        self.phase == Phase::Finished
    }

    /// The number of branches that are under way, the pattern itself included.
    pub fn fibers(&self) -> usize {
        self.fibers.len()
    }

    /// The number of agent calls that are under way.
    pub fn pending_calls(&self) -> usize {
        self.calls.len()
    }

    /// The number of selections that wait for the list of agents.
    pub fn pending_selections(&self) -> usize {
        self.selections.len()
    }

    /// The number of timers that are under way.
    pub fn pending_timers(&self) -> usize {
        self.timers.len() + usize::from(self.budget_timer.is_some())
    }

    fn start(&mut self, input: &Json) {
        self.phase = Phase::Running;
        self.emit(None, &Key::default(), EventKind::RunStarted, Json::Null);
        if let Err(failure) = self.enter_pattern(input) {
            self.finish(Err(failure));
        }
    }

    fn enter_pattern(&mut self, input: &Json) -> Result<(), Failure> {
        let plan = Arc::clone(&self.plan);
        let pattern = plan.pattern()?;
        let input = self.checked_input(pattern, input)?;
        if let Some(time_us) = pattern.budget.time_us {
            let timer = TimerId {
                node: plan.id(plan.root())?.clone(),
                key: Key::default(),
                purpose: BUDGET_TIMER.to_owned(),
            };
            let after_us = time_us.max(0).unsigned_abs();
            self.commands.push(Command::StartTimer { timer: timer.clone(), after_us });
            self.budget_timer = Some(Box::new(timer));
        }
        let mut slots = vec![Value::null(); pattern.slots as usize];
        if let Some(first) = slots.first_mut() {
            *first = input;
        }
        let fiber = Fiber::new(None, Key::default(), slots);
        self.root = Some(self.launch(fiber, plan.root())?);
        Ok(())
    }

    /// A fresh number for a frame.
    pub(crate) fn next_activation(&mut self) -> u64 {
        self.activations += 1;
        self.activations
    }

    /// How often a node was executed under a key before; for nodes of functions, which may be executed again.
    pub(crate) fn occurrence(&mut self, step: Step, key: &Key) -> Result<u32, Failure> {
        if !self.plan.repeats(step)? {
            return Ok(0);
        }
        let count = self.occurrences.entry((step, key.clone())).or_default();
        let occurrence = *count;
        *count += 1;
        Ok(occurrence)
    }

    fn fire(&mut self, timer: &TimerId) {
        if self.budget_timer.as_deref() == Some(timer) {
            self.budget_timer = None;
            let failure = self.budget_time_failure();
            self.end_early(failure);
        } else if let Some(waker) = self.timers.remove(timer) {
            self.deliver(waker, Input::Timer);
        }
    }

    fn budget_time_failure(&self) -> Failure {
        let limit = self.plan.pattern().ok().and_then(|pattern| pattern.budget.time_us).unwrap_or(0);
        let message = format!("the budget of {} has passed", values::duration_text(limit));
        let failure = Failure::new(FailureCode::BudgetTime, message);
        match self.plan.id(self.plan.root()) {
            Ok(root) => failure.at(root.clone()),
            Err(_) => failure,
        }
    }

    fn cancel_run(&mut self, reason: CancelReason) {
        let failure = match reason {
            CancelReason::Requested => Failure::new(FailureCode::RunCancelled, "the run was cancelled"),
            CancelReason::Timeout => {
                Failure::new(FailureCode::RunTimeout, "the run took longer than it was given")
            }
        };
        self.end_early(failure);
    }

    /// Ends the run from outside of it.
    fn end_early(&mut self, failure: Failure) {
        self.cancel(self.root.into_iter().collect());
        self.finish(Err(failure));
    }

    /// Gives the last commands. Everything that was under way has ended or was cancelled.
    pub(crate) fn finish(&mut self, result: Result<Value, Failure>) {
        self.ready.clear();
        self.root = None;
        if let Some(timer) = self.budget_timer.take() {
            self.commands.push(Command::CancelTimer(*timer));
        }
        let outcome = self.outcome(result);
        self.phase = Phase::Finished;
        if self.watched {
            self.emit(None, &Key::default(), EventKind::RunEnded, ended_data(&outcome));
        }
        self.commands.push(Command::Append(Record::Ended { outcome: Box::new(outcome.clone()) }));
        self.commands.push(Command::Finish(outcome));
    }

    /// Tells those who watch.
    pub(crate) fn emit(&mut self, node: Option<&NodeId>, key: &Key, kind: EventKind, data: Json) {
        if self.watched {
            let draft = EventDraft { node: node.cloned(), key: key.clone(), attempt: 0, kind, data };
            self.commands.push(Command::Emit(draft));
        }
    }

    /// Tells those who watch about a call.
    pub(crate) fn emit_call(&mut self, call: &CallId, kind: EventKind, data: Json) {
        if self.watched {
            let (node, key) = (Some(call.node.clone()), call.key.clone());
            let draft = EventDraft { node, key, attempt: call.attempt, kind, data };
            self.commands.push(Command::Emit(draft));
        }
    }

    /// Remembers something that the caller should know, and tells those who watch.
    pub(crate) fn warn(&mut self, node: Option<&NodeId>, key: &Key, warning: String) {
        if self.watched {
            self.emit(node, key, EventKind::Warning, serde_json::json!({ "message": warning }));
        }
        self.warnings.push(warning);
    }
}

fn ended_data(outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Completed { report } => serde_json::json!({
            "status": "completed",
            "confidence": report.confidence.as_ref().map(|confidence| confidence.point),
            "calls": report.calls,
            "cost_nanodollars": report.cost_nanodollars,
        }),
        Outcome::Failed { failure, report } => serde_json::json!({
            "status": "failed",
            "code": failure.code,
            "message": failure.message,
            "calls": report.calls,
            "cost_nanodollars": report.cost_nanodollars,
        }),
    }
}
