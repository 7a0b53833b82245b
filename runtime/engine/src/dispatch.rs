//! Which node does what when it begins, and when something reaches it.

use prism_eval::Value;
use prism_ir::NodeKind;

use crate::control;
use crate::drive::At;
use crate::fiber::{Advance, Fiber, Flow, Input, State};
use crate::machine::Machine;
use crate::plan::internal;
use crate::primitives::{analyze, ask_until, endorse, parallel, pool, select, vote};

impl Machine {
    /// Begins a node. Where it waits, `state` says for what.
    pub(crate) fn begin(&mut self, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Advance {
        match at.node.kind {
            NodeKind::Sequence => control::next(self, at, state, 0, Value::null()),
            NodeKind::Eval | NodeKind::Let => control::eval(self, fiber, at),
            NodeKind::If => control::begin_if(self, fiber, at, state),
            NodeKind::Uncertain => control::uncertain(self, fiber, at),
            NodeKind::Return => control::return_value(self, fiber, at),
            NodeKind::Fail => control::fail(self, fiber, at),
            NodeKind::CallFunction => control::call_function(self, fiber, at, state),
            NodeKind::Select => select::begin(self, fiber, at, state),
            NodeKind::Analyze => analyze::begin(self, fiber, at, state),
            NodeKind::Parallel => parallel::begin(self, fiber, at, state),
            NodeKind::Vote => vote::evaluate(self, fiber, at),
            NodeKind::Pool => pool::evaluate(self, fiber, at),
            NodeKind::AskUntil => ask_until::begin(self, fiber, at, state),
            NodeKind::Endorse => endorse::evaluate(self, fiber, at),
        }
    }

    /// Goes on with a node that has waited.
    pub(crate) fn resume(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        state: &mut State,
        input: Input<'_>,
    ) -> Advance {
        match (&mut *state, input) {
            (State::Sequence { next }, Input::Child(value)) => {
                let next = *next;
                control::next(self, at, state, next, value)
            }
            (State::If { condition, outer }, Input::Child(value)) => {
                control::end_if(self, fiber, at, condition, outer, value)
            }
            (State::Function { arguments }, Input::Child(value)) => {
                Ok(Flow::Done(value.and_confidence(arguments)))
            }
            // A band.
            (State::Entered, Input::Child(value)) => Ok(Flow::Done(value)),
            (State::Select(wanted), Input::Selected { candidates, chance }) => {
                select::choose(self, fiber, at, wanted, candidates, chance)
            }
            (State::Select(_), Input::Failed { failure, .. }) => Err(failure.clone()),
            (State::Call(pending), Input::Answered { answer, duration_us }) => {
                analyze::answered(self, at, pending, answer, duration_us).map(Flow::Done)
            }
            (State::Call(pending), Input::Failed { failure, duration_us }) => {
                Err(analyze::failed(self, pending, failure, duration_us))
            }
            (State::Parallel(branches), Input::Branch { index, result }) => {
                parallel::branch_ended(self, fiber, at, branches, index, result)
            }
            (State::Parallel(branches), Input::Timer) => parallel::timed_out(self, fiber, at, branches),
            (State::AskUntil(panel), Input::Branch { index, result }) => {
                ask_until::branch_ended(self, fiber, at, panel, index, result)
            }
            _ => Err(internal(&format!("the {} node got what it did not wait for", at.node.kind))),
        }
    }
}
