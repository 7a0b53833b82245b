//! Runs fibers: from the moment something reaches the innermost frame until the fiber waits or ends.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_eval::Value;
use prism_ir::{Child, NodeKind};
use prism_ports::{EventKind, Failure, Json, Key};

use crate::fiber::{Advance, Fiber, Flow, Frame, Input, State, Waker};
use crate::machine::Machine;
use crate::plan::{Step, internal};
use crate::slab::SlabId;

/// The most nodes that a run may execute; functions that call one another without an end stop here.
const MAX_ENTERED: u64 = 20_000_000;

/// How deep branches may start branches.
const MAX_NESTING: usize = 256;

/// What is left to do after a node or body has ended.
enum Ended {
    /// The frame around it goes on.
    Resume(Value),
    /// The fiber's own body has ended.
    Fiber(Value),
}

impl Machine {
    /// Puts a fiber in line, about to enter a node.
    pub(crate) fn launch(&mut self, mut fiber: Fiber, step: Step) -> Result<SlabId, Failure> {
        let activation = self.push(&mut fiber, step)?;
        let fiber = self.fibers.insert(Box::new(fiber));
        self.ready.push_back((Waker { fiber, activation }, Input::Enter));
        Ok(fiber)
    }

    /// Starts a branch of the frame that `parent` names.
    pub(crate) fn branch(
        &mut self,
        parent: Waker,
        around: &Fiber,
        child: (&Child, Step),
        index: u32,
        arguments: &[Value],
    ) -> Result<SlabId, Failure> {
        if around.key.indexes().len() >= MAX_NESTING {
            let message = format!("branches start branches more than {MAX_NESTING} deep");
            return Err(Failure::new(FailureCode::ValueDepth, message));
        }
        let slots = match &child.0.frame {
            None => around.slots().to_vec(),
            Some(frame) => {
                let mut slots = vec![Value::null(); frame.slots as usize];
                for capture in &frame.captures {
                    let value = around.slots().get(capture.from as usize);
                    if let (Some(place), Some(value)) = (slots.get_mut(capture.to as usize), value) {
                        *place = value.clone();
                    }
                }
                for (slot, argument) in frame.parameters.iter().zip(arguments) {
                    if let Some(place) = slots.get_mut(*slot as usize) {
                        *place = argument.clone();
                    }
                }
                slots
            }
        };
        self.launch(Fiber::new(Some((parent, index)), around.key.child(index), slots), child.1)
    }

    /// Runs everything that can run, first come, first served.
    pub(crate) fn run_ready(&mut self) {
        while let Some((waker, input)) = self.ready.pop_front() {
            self.deliver(waker, input);
        }
        // A run that waits holds no room for what is not there.
        self.ready = VecDeque::new();
    }

    /// Hands something to the frame that waits for it, unless that frame is gone.
    pub(crate) fn deliver(&mut self, waker: Waker, input: Input<'_>) {
        let Some(mut fiber) = self.fibers.take(waker.fiber) else { return };
        if fiber.frames.last().is_none_or(|frame| frame.activation != waker.activation) {
            self.fibers.restore(waker.fiber, fiber);
            return;
        }
        match self.run(waker.fiber, &mut fiber, input) {
            Ok(None) => self.fibers.restore(waker.fiber, fiber),
            Ok(Some(value)) => self.end_fiber(waker.fiber, &fiber, Ok(value)),
            Err(failure) => {
                self.unwind(&mut fiber, &failure);
                self.end_fiber(waker.fiber, &fiber, Err(failure));
            }
        }
    }

    /// Runs a fiber until it waits, or has a value.
    fn run(&mut self, id: SlabId, fiber: &mut Fiber, input: Input<'_>) -> Result<Option<Value>, Failure> {
        let mut input = input;
        loop {
            let step = fiber.top()?.step;
            let flow = self.advance(id, fiber, step, input).map_err(|failure| self.located(failure, step))?;
            let ended = match flow {
                Flow::Wait => return Ok(None),
                Flow::Enter(child) => {
                    self.push(fiber, child).map_err(|failure| self.located(failure, step))?;
                    input = Input::Enter;
                    continue;
                }
                Flow::Body(body, slots) => {
                    fiber.open_scope(slots).map_err(|failure| self.located(failure, step))?;
                    self.push(fiber, body).map_err(|failure| self.located(failure, step))?;
                    input = Input::Enter;
                    continue;
                }
                Flow::Done(value) => self.complete(fiber, value)?,
                Flow::Return(value) => {
                    let value = value.and_confidence(&fiber.scope()?.control);
                    while !fiber.body_has_ended() {
                        fiber.frames.pop();
                    }
                    Self::leave(fiber, value)
                }
            };
            match ended {
                Ended::Resume(value) => input = Input::Child(value),
                Ended::Fiber(value) => return Ok(Some(value)),
            }
        }
    }

    /// Puts a frame for a node on a fiber; gives its number.
    fn push(&mut self, fiber: &mut Fiber, step: Step) -> Result<u64, Failure> {
        let activation = self.next_activation();
        let occurrence = self.occurrence(step, &fiber.key)?;
        fiber.frames.push(Frame { step, activation, occurrence, state: State::New });
        Ok(activation)
    }

    /// Lets the innermost frame take in an input.
    fn advance(&mut self, id: SlabId, fiber: &mut Fiber, step: Step, input: Input<'_>) -> Advance {
        let plan = Arc::clone(&self.plan);
        let node = plan.node(step)?;
        if matches!(input, Input::Enter) {
            self.entered += 1;
            if self.entered > MAX_ENTERED {
                let message = format!("the run has executed more than {MAX_ENTERED} nodes");
                return Err(Failure::new(FailureCode::ValueFuel, message));
            }
            if is_observed(node.kind) {
                self.emit(Some(plan.id(step)?), &fiber.key, EventKind::NodeStarted, Json::Null);
            }
        }
        let frame = fiber.top()?;
        let (waker, occurrence) = (Waker { fiber: id, activation: frame.activation }, frame.occurrence);
        let mut state = match std::mem::take(&mut frame.state) {
            State::New => State::Entered,
            state => state,
        };
        let at = At { step, node, waker, occurrence };
        let flow = match input {
            Input::Enter => self.begin(fiber, &at, &mut state),
            input => self.resume(fiber, &at, &mut state, input),
        };
        match flow {
            // What it has started is of no use any more.
            Ok(Flow::Done(_)) => self.abandon(state),
            _ => fiber.top()?.state = state,
        }
        flow
    }

    /// Ends the innermost frame with a value.
    fn complete(&mut self, fiber: &mut Fiber, value: Value) -> Result<Ended, Failure> {
        let Some(frame) = fiber.frames.pop() else { return Err(internal("a node ended that had not begun")) };
        let plan = Arc::clone(&self.plan);
        let node = plan.node(frame.step)?;
        if is_observed(node.kind) {
            self.emit(Some(plan.id(frame.step)?), &fiber.key, EventKind::NodeEnded, Json::Null);
        }
        let scope = fiber.scope()?;
        let value = value.and_confidence(&scope.control);
        if let Some(slot) = node.output {
            scope.write(slot, value.clone())?;
        }
        if fiber.body_has_ended() { Ok(Self::leave(fiber, value)) } else { Ok(Ended::Resume(value)) }
    }

    fn leave(fiber: &mut Fiber, value: Value) -> Ended {
        if fiber.close_scope() { Ended::Fiber(value) } else { Ended::Resume(value) }
    }

    /// Ends all frames of a fiber with a failure, cancelling what they wait for.
    fn unwind(&mut self, fiber: &mut Fiber, failure: &Failure) {
        while let Some(frame) = fiber.frames.pop() {
            let was_entered = !matches!(frame.state, State::New);
            self.abandon(frame.state);
            let plan = Arc::clone(&self.plan);
            if let (Ok(node), Ok(id)) = (plan.node(frame.step), plan.id(frame.step))
                && was_entered
                && is_observed(node.kind)
            {
                let data = serde_json::json!({ "code": failure.code, "message": failure.message });
                self.emit(Some(id), &fiber.key, EventKind::NodeFailed, data);
            }
        }
    }

    fn end_fiber(&mut self, id: SlabId, fiber: &Fiber, result: Result<Value, Failure>) {
        self.fibers.remove(id);
        match fiber.parent {
            Some((parent, index)) => {
                let result = result.map_err(Box::new);
                self.ready.push_back((parent, Input::Branch { index, result }));
            }
            None => self.finish(result),
        }
    }

    /// Names the node in which a failure happened.
    fn located(&self, failure: Failure, step: Step) -> Failure {
        match self.plan.id(step) {
            Ok(id) => failure.at(id.clone()),
            Err(_) => failure,
        }
    }
}

/// Where the machine is: the node, and the frame that waits for what the node asks for.
pub(crate) struct At<'a> {
    pub(crate) step: Step,
    pub(crate) node: &'a prism_ir::Node,
    pub(crate) waker: Waker,
    /// How often the node was executed under this key before.
    pub(crate) occurrence: u32,
}

impl At<'_> {
    /// The name of this execution of the node: the node's id, the key, and a number where the node is part of a
    /// function that is called several times.
    pub(crate) fn site(&self, key: &Key) -> Cow<'_, str> {
        let id = self.node.id.as_str();
        match self.occurrence {
            0 if key.is_empty() => Cow::Borrowed(id),
            0 => Cow::Owned(format!("{id}{key}")),
            occurrence => Cow::Owned(format!("{id}{key}#{occurrence}")),
        }
    }
}

/// Whether those who watch are told when such a node begins and ends. Calls, choices and the like have events of
/// their own.
pub(crate) fn is_observed(kind: NodeKind) -> bool {
    match kind {
        NodeKind::CallFunction
        | NodeKind::Select
        | NodeKind::Parallel
        | NodeKind::Vote
        | NodeKind::Pool
        | NodeKind::AskUntil => true,
        NodeKind::Sequence
        | NodeKind::Eval
        | NodeKind::Let
        | NodeKind::If
        | NodeKind::Uncertain
        | NodeKind::Return
        | NodeKind::Fail
        | NodeKind::Analyze
        | NodeKind::Endorse => false,
    }
}
