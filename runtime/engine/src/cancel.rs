//! Cancellation: a node ends after everything it started has ended or was cancelled.

use std::sync::Arc;

use prism_ports::{EventKind, Json, Key};

use crate::command::Command;
use crate::drive::is_observed;
use crate::fiber::State;
use crate::machine::Machine;
use crate::plan::Step;
use crate::slab::SlabId;

/// What is left to do of a cancellation.
enum Task {
    /// End a fiber.
    Fiber(SlabId),
    /// Say that a node was cancelled, all that it started being cancelled.
    Tell(Step, Key),
}

impl Machine {
    /// Ends fibers, and all that they started, without a result. Fibers that have ended are left alone.
    pub(crate) fn cancel(&mut self, fibers: Vec<SlabId>) {
        let mut open: Vec<Task> = fibers.into_iter().rev().map(Task::Fiber).collect();
        while let Some(task) = open.pop() {
            match task {
                Task::Tell(step, key) => self.tell_cancelled(step, &key),
                Task::Fiber(id) => {
                    let Some(mut fiber) = self.fibers.remove(id) else { continue };
                    // Only the innermost frame waits for anything.
                    let entered = fiber.frames.iter().filter(|frame| !matches!(frame.state, State::New));
                    open.extend(entered.map(|frame| Task::Tell(frame.step, fiber.key.clone())));
                    while let Some(frame) = fiber.frames.pop() {
                        let started = self.release(frame.state);
                        open.extend(started.into_iter().rev().map(Task::Fiber));
                    }
                }
            }
        }
    }

    fn tell_cancelled(&mut self, step: Step, key: &Key) {
        let plan = Arc::clone(&self.plan);
        if let (Ok(node), Ok(id)) = (plan.node(step), plan.id(step))
            && is_observed(node.kind)
        {
            self.emit(Some(id), key, EventKind::NodeCancelled, Json::Null);
        }
    }

    /// Gives up what a frame waits for, and cancels the branches it started.
    pub(crate) fn abandon(&mut self, state: State) {
        let started = self.release(state);
        self.cancel(started);
    }

    /// Gives up what a frame waits for; what it started is for the caller to cancel.
    fn release(&mut self, state: State) -> Vec<SlabId> {
        match state {
            State::New
            | State::Entered
            | State::Sequence { .. }
            | State::If { .. }
            | State::Function { .. } => Vec::new(),
            State::Select(wanted) => {
                self.selections.remove(&wanted.place);
                Vec::new()
            }
            State::Call(pending) => {
                // A call that has come back, and made its node fail, is no longer under way.
                if self.calls.remove(&pending.call).is_some() {
                    self.settle(&pending.call, pending.reserved, pending.reserved);
                    self.emit_call(&pending.call, EventKind::CallCancelled, Json::Null);
                    self.commands.push(Command::Cancel(pending.call));
                }
                Vec::new()
            }
            State::Parallel(branches) => {
                if let Some(timer) = branches.timer
                    && self.timers.remove(&timer).is_some()
                {
                    self.commands.push(Command::CancelTimer(timer));
                }
                branches.slots.into_iter().filter_map(|slot| slot.running()).collect()
            }
            State::AskUntil(panel) => panel.running.into_iter().map(|(_, fiber)| fiber).collect(),
        }
    }
}
