//! Branches at the same time.

use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::Confidence;
use prism_eval::Value;
use prism_ports::{Failure, TimerId};

use crate::budget::counted;
use crate::command::Command;
use crate::drive::At;
use crate::evaluate::elements;
use crate::failures::causes;
use crate::fiber::{Advance, Fiber, Flow, State};
use crate::machine::Machine;
use crate::plan::internal;
use crate::slab::SlabId;
use crate::values;

/// The most branches of one node that are under way at a time; what comes of them does not depend on it.
const MAX_RUNNING: usize = 10_000;

/// With more branches in the whole run, a node has one under way at a time, so that nodes within nodes do not multiply
/// what they take.
const MANY_BRANCHES: usize = 50_000;

/// The branches of a node.
#[derive(Debug)]
pub(crate) struct Branches {
    form: Form,
    /// What the items form iterates over.
    items: Vec<Value>,
    /// How sure it is that these are the items.
    certainty: Confidence,
    /// One per branch.
    pub(crate) slots: Vec<BranchSlot>,
    /// The first branch that was not started.
    next: usize,
    running: usize,
    failed: usize,
    max_concurrency: usize,
    min_success: usize,
    on_error: OnError,
    timeout_us: Option<i64>,
    pub(crate) timer: Option<TimerId>,
}

/// How far a branch is.
#[derive(Debug)]
pub(crate) enum BranchSlot {
    Waiting,
    Running(SlabId),
    Done(Value),
    Failed(Failure),
}

impl BranchSlot {
    /// The fiber, where one is under way.
    pub(crate) fn running(self) -> Option<SlabId> {
        match self {
            Self::Running(fiber) => Some(fiber),
            Self::Waiting | Self::Done(_) | Self::Failed(_) => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Items,
    List,
    Record,
}

/// What a branch that fails means for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum OnError {
    /// Its result is left out.
    #[default]
    Drop,
    /// The node fails.
    Fail,
    /// Its result is null.
    Keep,
}

/// Starts the branches.
pub(crate) fn begin(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Advance {
    let branches = prepare(machine, fiber, at)?;
    // Whatever the branches come to, they would be paid for in vain.
    if branches.could_succeed() < branches.min_success {
        return Err(branches.too_few());
    }
    *state = State::Parallel(Box::new(branches));
    let State::Parallel(branches) = state else {
        return Err(internal("parallel has lost its branches"));
    };
    start_timer(machine, fiber, at, branches)?;
    go_on(machine, fiber, at, branches)
}

/// Takes in what a branch came to.
pub(crate) fn branch_ended(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    branches: &mut Branches,
    index: u32,
    result: Result<Value, Box<Failure>>,
) -> Advance {
    let Some(slot) = branches.slots.get_mut(index as usize) else {
        return Err(internal("a branch ended that was not started"));
    };
    branches.running = branches.running.saturating_sub(1);
    match result {
        Ok(value) => *slot = BranchSlot::Done(value),
        Err(failure) => {
            if branches.on_error == OnError::Fail {
                return Err(*failure);
            }
            *slot = BranchSlot::Failed(*failure);
            branches.failed += 1;
            if branches.could_succeed() < branches.min_success {
                return Err(branches.too_few());
            }
        }
    }
    go_on(machine, fiber, at, branches)
}

/// Ends the branches that are not done.
pub(crate) fn timed_out(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    branches: &mut Branches,
) -> Advance {
    branches.timer = None;
    let late = branches.time_out();
    machine.cancel(late);
    match branches.on_error {
        OnError::Fail => Err(branches.timeout_failure()),
        OnError::Drop | OnError::Keep => go_on(machine, fiber, at, branches),
    }
}

/// Starts as many branches as may run; ends when all are done.
fn go_on(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, branches: &mut Branches) -> Advance {
    start_branches(machine, fiber, at, branches)?;
    if branches.running > 0 || branches.next < branches.slots.len() {
        return Ok(Flow::Wait);
    }
    conclude(machine, fiber, at, branches).map(Flow::Done)
}

fn prepare(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Result<Branches, Failure> {
    let form = match at.node.target.as_deref() {
        Some("items") => Form::Items,
        Some("list") => Form::List,
        Some("record") => Form::Record,
        _ => return Err(internal("parallel has no known form")),
    };
    let (items, certainty, count) = match form {
        Form::Items => {
            let list = machine.required(fiber, at, "items")?;
            let items = elements("items", &list)?;
            let count = items.len();
            (items, list.confidence(), count)
        }
        Form::List | Form::Record => (Vec::new(), Confidence::certain(), at.node.children.len()),
    };
    let on_error = machine
        .optional_choice(
            fiber,
            at,
            "on_error",
            &[("drop", OnError::Drop), ("fail", OnError::Fail), ("keep", OnError::Keep)],
        )?
        .unwrap_or(if form == Form::Items { OnError::Drop } else { OnError::Fail });
    Ok(Branches {
        form,
        items,
        certainty,
        slots: (0..count).map(|_| BranchSlot::Waiting).collect(),
        next: 0,
        running: 0,
        failed: 0,
        max_concurrency: machine
            .positive(fiber, at, "max_concurrency")?
            .unwrap_or(MAX_RUNNING)
            .min(MAX_RUNNING),
        // Without branches nothing has failed, unless the author asked for a success in so many words.
        min_success: machine.count(fiber, at, "min_success")?.unwrap_or(count.min(1)),
        on_error,
        timeout_us: machine.duration(fiber, at, "timeout")?,
        timer: None,
    })
}

fn start_timer(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    branches: &mut Branches,
) -> Result<(), Failure> {
    let Some(timeout_us) = branches.timeout_us.filter(|_| !branches.slots.is_empty()) else { return Ok(()) };
    let purpose = match at.occurrence {
        0 => "timeout".to_owned(),
        occurrence => format!("timeout#{occurrence}"),
    };
    let timer = TimerId { node: machine.plan.id(at.step)?.clone(), key: fiber.key.clone(), purpose };
    let after_us = timeout_us.max(0).unsigned_abs();
    machine.commands.push(Command::StartTimer { timer: timer.clone(), after_us });
    machine.timers.insert(timer.clone(), at.waker);
    branches.timer = Some(timer);
    Ok(())
}

fn start_branches(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    branches: &mut Branches,
) -> Result<(), Failure> {
    let plan = Arc::clone(&machine.plan);
    while branches.next < branches.slots.len()
        && branches.running < branches.max_concurrency
        && (branches.running == 0 || machine.fibers.len() < MANY_BRANCHES)
    {
        let index = branches.next;
        let (child, arguments) = match branches.form {
            Form::Items => {
                let item = branches.items.get(index).map(std::slice::from_ref);
                (plan.child(at.step, "each")?, item.unwrap_or_default())
            }
            Form::List | Form::Record => {
                let step = plan.children(at.step)?.get(index).copied();
                (at.node.children.get(index).zip(step), Default::default())
            }
        };
        let child = child.ok_or_else(|| internal("parallel has no such branch"))?;
        let branch = machine.branch(at.waker, fiber, child, index as u32, arguments)?;
        if let Some(slot) = branches.slots.get_mut(index) {
            *slot = BranchSlot::Running(branch);
        }
        branches.running += 1;
        branches.next += 1;
    }
    Ok(())
}

impl Branches {
    /// How many branches have ended well or still may.
    fn could_succeed(&self) -> usize {
        self.slots.len() - self.failed
    }

    /// Counts what is not done as failed; gives the fibers that are under way.
    fn time_out(&mut self) -> Vec<SlabId> {
        let failure = self.timeout_failure();
        let late =
            self.slots.iter_mut().filter(|slot| matches!(slot, BranchSlot::Waiting | BranchSlot::Running(_)));
        let slots = late.map(|slot| {
            self.failed += 1;
            std::mem::replace(slot, BranchSlot::Failed(failure.clone()))
        });
        let fibers = slots.filter_map(BranchSlot::running).collect();
        (self.next, self.running) = (self.slots.len(), 0);
        fibers
    }

    fn timeout_failure(&self) -> Failure {
        let limit = values::duration_text(self.timeout_us.unwrap_or(0));
        Failure::new(FailureCode::ParallelTimeout, format!("the branch did not end within {limit}"))
    }

    fn failures(&self) -> Vec<(u32, Failure)> {
        let failed = |(index, slot): (usize, &BranchSlot)| match slot {
            BranchSlot::Failed(failure) => Some((index as u32, failure.clone())),
            _ => None,
        };
        self.slots.iter().enumerate().filter_map(failed).collect()
    }

    fn too_few(&self) -> Failure {
        let failures = self.failures();
        let of = counted(self.slots.len() as u64, "branch");
        let message = match (self.slots.len(), failures.len()) {
            (0, _) => format!("there is no branch, and {} must end well", self.min_success),
            (1, 0) => format!("there is 1 branch, and {} must end well", self.min_success),
            (_, 0) => format!("there are {of}, and {} must end well", self.min_success),
            (all, failed) if all == failed && failed > 1 => format!("all {of} failed"),
            _ => format!("{} of {of} failed, and {} must end well", failures.len(), self.min_success),
        };
        causes(Failure::new(FailureCode::ParallelTooFew, message), failures)
    }
}

fn conclude(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    branches: &mut Branches,
) -> Result<Value, Failure> {
    if branches.could_succeed() < branches.min_success {
        return Err(branches.too_few());
    }
    let failures = branches.failures();
    for (index, failure) in &failures {
        let plan = Arc::clone(&machine.plan);
        let agent = failure.agent.as_deref().map(|agent| format!(" ({agent})")).unwrap_or_default();
        let warning = format!("branch {index}{agent} of {} failed: {failure}", plan.id(at.step)?);
        machine.warn(Some(plan.id(at.step)?), &fiber.key, warning);
    }
    let keep = branches.on_error == OnError::Keep;
    let results = std::mem::take(&mut branches.slots).into_iter().map(|slot| match slot {
        BranchSlot::Done(value) => Some(value),
        _ => keep.then(Value::null),
    });
    Ok(match branches.form {
        Form::Items | Form::List => {
            Value::list(results.flatten().collect()).and_confidence(&branches.certainty)
        }
        Form::Record => {
            let labels = at.node.children.iter().map(|child| child.label.as_str());
            let fields = labels.zip(results).filter_map(|(label, value)| Some((label.into(), value?)));
            Value::record(fields.collect())
        }
    })
}
