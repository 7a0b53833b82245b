//! The loop: what happens goes into the journal, then into the machine, and what the machine wants is carried out.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::future::{pending, poll_fn};
use std::hash::BuildHasher;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::{AbortHandle, Abortable};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use prism_catalog::FailureCode;
use prism_engine::{CallSpec, Command, EventDraft, Machine};
use prism_ports::{
    CallId, CallRequest, CancelReason, EventKind, Failure, Json, Key, NodeId, Outcome, Record, RunId,
    RunOptions, RunReport, TimerId,
};
use tokio_util::sync::CancellationToken;

use crate::emitter::Emitter;
use crate::panics;
use crate::prepared::PreparedPattern;
use crate::request::RunRequest;
use crate::result::RunResult;
use crate::runtime::Ports;
use crate::work::{Done, Work};

/// The most records that are taken in at once.
const MOST_AT_ONCE: usize = 256;

/// Runs a pattern to its end.
pub(crate) async fn execute(
    ports: &Ports,
    closing: &CancellationToken,
    pattern: &PreparedPattern,
    input: Json,
    request: RunRequest,
) -> RunResult {
    let RunRequest { run, timeout, canceller, subscribers } = request;
    let run = run.unwrap_or_else(RunId::generate);
    let mut emitter = Emitter::new(run.clone(), Arc::clone(&ports.clock), subscribers);
    let execution = async {
        let input = pattern.check_input(input)?;
        let mut driver = Driver::new(ports, &run, pattern, &mut emitter)?;
        let cancelled = async {
            tokio::select! {
                () = canceller.cancelled() => {}
                () = closing.cancelled() => {}
            }
        };
        driver.drive(input, timeout, cancelled).await
    };
    let outcome = match AssertUnwindSafe(execution).catch_unwind().await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(failure)) => failed(failure),
        Err(payload) => failed(panics::failure_of("the run", payload.as_ref())),
    };
    if !emitter.has_ended() {
        emitter.emit(run_ended(&outcome), None);
    }
    RunResult::new(run, pattern.name(), outcome, emitter.elapsed_us())
}

struct Driver<'a> {
    ports: &'a Ports,
    run: &'a RunId,
    pattern: &'a PreparedPattern,
    emitter: &'a mut Emitter,
    machine: Machine,
    /// Everything that is under way. What was aborted leaves it when it is next polled.
    work: FuturesUnordered<Abortable<Work>>,
    calls: HashMap<CallId, AbortHandle>,
    timers: HashMap<TimerId, AbortHandle>,
    /// The sequence number of the next record.
    next_record: u64,
}

/// A record that the machine itself decided on, as events refer to it: the node of a winner, or none for the end.
type OwnRecord = Option<(NodeId, Key)>;

impl<'a> Driver<'a> {
    fn new(
        ports: &'a Ports,
        run: &'a RunId,
        pattern: &'a PreparedPattern,
        emitter: &'a mut Emitter,
    ) -> Result<Self, Failure> {
        let mut machine = Machine::with_plan(pattern.plan())?;
        machine.watch(emitter.is_watched());
        Ok(Self {
            ports,
            run,
            pattern,
            emitter,
            machine,
            work: FuturesUnordered::new(),
            calls: HashMap::new(),
            timers: HashMap::new(),
            next_record: 0,
        })
    }

    async fn drive(
        &mut self,
        input: Json,
        timeout: Option<Duration>,
        cancelled: impl Future<Output = ()>,
    ) -> Result<Outcome, Failure> {
        let timeout_us = timeout.map(|timeout| u64::try_from(timeout.as_micros()).unwrap_or(u64::MAX));
        let mut cancelled = pin!(cancelled);
        let mut timed_out = pin!(async {
            match timeout {
                Some(timeout) => tokio::time::sleep(timeout).await,
                None => pending().await,
            }
        });
        let mut records = vec![Record::Started {
            ir_hash: self.pattern.pattern().hash.clone(),
            pattern: self.pattern.name().to_owned(),
            input,
            calibration_hash: None,
            options: RunOptions { timeout_us },
        }];
        loop {
            if let Some(outcome) = self.take_in(records).await {
                return Ok(outcome);
            }
            // Agents that answer without waiting must not keep others from running.
            tokio::task::coop::consume_budget().await;
            records = tokio::select! {
                biased;
                () = &mut cancelled => vec![Record::Cancelled { reason: CancelReason::Requested }],
                () = &mut timed_out => vec![Record::Cancelled { reason: CancelReason::Timeout }],
                done = self.done() => done,
            };
            if records.is_empty() {
                let message = "the run waits, and nothing is under way; this is a bug in Prism";
                return Ok(self.stop(Failure::new(FailureCode::Internal, message), Vec::new()));
            }
        }
    }

    /// Waits until something comes back, and gives all that has; nothing when nothing is under way.
    async fn done(&mut self) -> Vec<Record> {
        let mut records = Vec::new();
        poll_fn(|context| {
            loop {
                match self.work.poll_next_unpin(context) {
                    Poll::Ready(Some(Ok(done))) => {
                        records.push(self.record(done));
                        if records.len() >= MOST_AT_ONCE {
                            return Poll::Ready(());
                        }
                    }
                    Poll::Ready(Some(Err(_aborted))) => {}
                    Poll::Ready(None) => return Poll::Ready(()),
                    Poll::Pending if records.is_empty() => return Poll::Pending,
                    Poll::Pending => return Poll::Ready(()),
                }
            }
        })
        .await;
        records
    }

    fn record(&mut self, done: Done) -> Record {
        let duration_since = |started_us| self.ports.clock.now_us().saturating_sub(started_us);
        match done {
            Done::Called { call, agent, started_us, result } => {
                self.calls.remove(&call);
                let duration_us = duration_since(started_us);
                match result {
                    Ok(answer) => Record::Answered { call, agent, answer, duration_us },
                    Err(failure) => Record::Failed { call, failure, duration_us },
                }
            }
            Done::Selected { node, key, started_us, result } => match result {
                Ok(mut candidates) => {
                    candidates.sort_by(|a, b| a.id.cmp(&b.id));
                    candidates.dedup_by(|a, b| a.id == b.id);
                    Record::Selected { node, key, candidates, chance: chance() }
                }
                Err(failure) => {
                    let call = CallId { node, key, attempt: 0 };
                    Record::Failed { call, failure, duration_us: duration_since(started_us) }
                }
            },
            Done::Fired(timer) => {
                self.timers.remove(&timer);
                Record::Timer { timer }
            }
        }
    }

    /// Takes in what happened, and carries out what follows; gives the outcome when the run is over.
    async fn take_in(&mut self, records: Vec<Record>) -> Option<Outcome> {
        let first = match self.append_copies(&records).await {
            Ok(first) => first,
            Err(failure) => return Some(self.stop(failure, Vec::new())),
        };
        let mut commands = Vec::new();
        let mut own = Vec::new();
        for (seq, record) in (first..).zip(&records) {
            for command in self.machine.step(record) {
                match command {
                    Command::Append(record) => own.push(record),
                    command => commands.push((seq, command)),
                }
            }
        }
        let mut names: Vec<Option<OwnRecord>> = own.iter().map(|record| Some(name_of(record))).collect();
        let own_first = match self.append(own).await {
            Ok(first) => first,
            Err(failure) => {
                let not_done = commands.into_iter().map(|(_, command)| command);
                return Some(self.stop(failure, not_done.collect()));
            }
        };
        // A node of a function can settle twice in one batch: its events take its records in their order.
        let mut own_seq = |node: Option<&NodeId>, key: &Key| {
            let matches = |name: &Option<OwnRecord>| match (name, node) {
                (Some(None), None) => true,
                (Some(Some((winner, at))), Some(node)) => winner == node && at == key,
                _ => false,
            };
            let position = names.iter().position(matches)?;
            names.get_mut(position)?.take();
            Some(own_first + position as u64)
        };
        for (seq, command) in commands {
            match command {
                Command::Emit(draft) => {
                    let told = match draft.kind {
                        EventKind::RunStarted
                        | EventKind::Selected
                        | EventKind::CallAnswered
                        | EventKind::CallFailed => Some(seq),
                        EventKind::Pooled | EventKind::RunEnded => own_seq(draft.node.as_ref(), &draft.key),
                        _ => None,
                    };
                    self.emitter.emit(draft, told);
                }
                Command::Finish(outcome) => return Some(outcome),
                command => self.carry_out(command),
            }
        }
        None
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Call(spec) => {
                let call = spec.call.clone();
                let request = self.request(spec);
                let work = Work::call(self.ports.caller.as_ref(), request, self.ports.clock.now_us());
                let handle = self.start(work);
                self.calls.insert(call, handle);
            }
            Command::Cancel(call) => {
                if let Some(handle) = self.calls.remove(&call) {
                    handle.abort();
                }
            }
            Command::Select { node, key } => {
                let now = self.ports.clock.now_us();
                self.start(Work::selection(self.ports.directory.as_ref(), node, key, now));
            }
            Command::StartTimer { timer, after_us } => {
                let handle = self.start(Work::timer(timer.clone(), after_us));
                self.timers.insert(timer, handle);
            }
            Command::CancelTimer(timer) => {
                if let Some(handle) = self.timers.remove(&timer) {
                    handle.abort();
                }
            }
            // These have been dealt with on the way here.
            Command::Append(_) | Command::Emit(_) | Command::Finish(_) => {}
        }
    }

    fn start(&mut self, work: Work) -> AbortHandle {
        let (handle, registration) = AbortHandle::new_pair();
        self.work.push(Abortable::new(work, registration));
        handle
    }

    fn request(&self, spec: CallSpec) -> CallRequest {
        CallRequest {
            run: self.run.clone(),
            call: spec.call,
            agent: spec.agent,
            task: spec.task,
            data: spec.data,
            context: spec.context,
            pattern: self.pattern.name().to_owned(),
            timeout_us: Some(spec.timeout_us),
        }
    }

    async fn append_copies(&mut self, records: &[Record]) -> Result<u64, Failure> {
        match self.ports.journal {
            Some(_) => self.append(records.to_vec()).await,
            None => Ok(self.number(records.len())),
        }
    }

    /// Puts records into the journal; gives the sequence number of the first one.
    async fn append(&mut self, records: Vec<Record>) -> Result<u64, Failure> {
        let count = records.len();
        if let Some(journal) = self.ports.journal.as_ref().filter(|_| count > 0) {
            let first = journal.append(self.run, records).await.map_err(|error| {
                let message = format!("the run was stopped, since its records cannot be kept: {error}");
                Failure::new(FailureCode::Internal, message)
            })?;
            if first != self.next_record {
                let message = format!(
                    "the run was stopped, since the journal has records of run {} that it did not write",
                    self.run
                );
                return Err(Failure::new(FailureCode::Internal, message));
            }
        }
        Ok(self.number(count))
    }

    fn number(&mut self, count: usize) -> u64 {
        let first = self.next_record;
        self.next_record += count as u64;
        first
    }

    /// Ends the run for a reason that the machine knows nothing of. `not_done` are commands that are not to be carried
    /// out any more. What was under way is dropped with the driver.
    fn stop(&mut self, failure: Failure, not_done: Vec<Command>) -> Outcome {
        let last = self.machine.step(&Record::Cancelled { reason: CancelReason::Requested });
        for draft in last.iter().filter_map(as_event) {
            self.emitter.emit(draft.clone(), None);
        }
        let report = not_done.into_iter().chain(last).find_map(|command| match command {
            Command::Finish(Outcome::Failed { report, .. } | Outcome::Completed { report }) => Some(report),
            _ => None,
        });
        Outcome::Failed { failure, report: report.unwrap_or_default() }
    }
}

/// An event besides the last one, which says why the run ended.
fn as_event(command: &Command) -> Option<&EventDraft> {
    match command {
        Command::Emit(draft) if draft.kind != EventKind::RunEnded => Some(draft),
        _ => None,
    }
}

fn name_of(record: &Record) -> OwnRecord {
    match record {
        Record::Winner { node, key, .. } => Some((node.clone(), key.clone())),
        _ => None,
    }
}

/// 64 random bits: a hash under keys that the standard library draws from the system's randomness.
fn chance() -> u64 {
    RandomState::new().hash_one(())
}

fn failed(failure: Failure) -> Outcome {
    Outcome::Failed { failure, report: RunReport::default() }
}

/// The last event of a run that the machine did not end.
fn run_ended(outcome: &Outcome) -> EventDraft {
    let data = match outcome {
        Outcome::Completed { report } => serde_json::json!({
            "status": "completed",
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
    };
    EventDraft { node: None, key: Key::default(), attempt: 0, kind: EventKind::RunEnded, data }
}
