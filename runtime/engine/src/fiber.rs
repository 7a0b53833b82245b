//! Branches as data: stacks of frames over nodes, with the slots they read and write.

use prism_catalog::FailureCode;
use prism_confidence::Confidence;
use prism_eval::Value;
use prism_ir::Slot;
use prism_ports::{AgentDescription, Answer, Failure, Key};

use crate::plan::{Step, internal};
use crate::primitives::analyze::PendingCall;
use crate::primitives::ask_until::Panel;
use crate::primitives::parallel::Branches;
use crate::primitives::select::Wanted;
use crate::slab::SlabId;

/// How deep functions may call one another within a branch.
const MAX_SCOPES: usize = 512;

/// One branch of a run.
#[derive(Debug)]
pub(crate) struct Fiber {
    /// Who waits for it, and under which index; none for the pattern itself.
    pub(crate) parent: Option<(Waker, u32)>,
    /// The iteration it is.
    pub(crate) key: Key,
    /// The row of slots of each body that is under way, the innermost last; one at least.
    scopes: Vec<Scope>,
    /// The nodes that are under way, the innermost last.
    pub(crate) frames: Vec<Frame>,
}

/// The slots of a body: of a pattern, a function or a branch.
#[derive(Debug)]
pub(crate) struct Scope {
    /// The values, null until they are written.
    pub(crate) slots: Vec<Value>,
    /// What everything that is written or returned here depends on: the conditions around it.
    pub(crate) control: Confidence,
    /// The number of frames under the body's own.
    base: usize,
}

/// A node that is under way.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) step: Step,
    /// Tells it from every other frame of the run.
    pub(crate) activation: u64,
    /// How often the node was executed under the fiber's key before.
    pub(crate) occurrence: u32,
    pub(crate) state: State,
}

/// What a node that is under way waits for.
#[derive(Debug, Default)]
pub(crate) enum State {
    /// Its turn: it was not entered.
    New,
    /// Nothing: it was entered, or waits for nothing that has to be released.
    #[default]
    Entered,
    /// The child before `next`.
    Sequence { next: usize },
    /// The branch that was taken.
    If { condition: Confidence, outer: Confidence },
    /// The body of the function, whose result is no surer than `arguments`.
    Function { arguments: Confidence },
    /// The list of agents.
    Select(Box<Wanted>),
    /// An agent.
    Call(Box<PendingCall>),
    /// Branches.
    Parallel(Box<Branches>),
    /// Agents, in branches.
    AskUntil(Box<Panel>),
}

/// What happens to the innermost frame of a fiber.
#[derive(Debug)]
pub(crate) enum Input<'a> {
    /// It begins.
    Enter,
    /// A node that it entered in its own fiber has this value.
    Child(Value),
    /// A branch ended.
    Branch { index: u32, result: Result<Value, Box<Failure>> },
    /// The healthy agents, and randomness.
    Selected { candidates: &'a [AgentDescription], chance: u64 },
    /// An agent answered.
    Answered { answer: &'a Answer, duration_us: u64 },
    /// What was asked for cannot be had.
    Failed { failure: &'a Failure, duration_us: u64 },
    /// Its timer fired.
    Timer,
}

/// What the innermost frame of a fiber wants.
#[derive(Debug)]
pub(crate) enum Flow {
    /// To wait for an [`Input`].
    Wait,
    /// To run a node in the same scope.
    Enter(Step),
    /// To run a body in a scope of its own.
    Body(Step, Vec<Value>),
    /// To end with a value.
    Done(Value),
    /// To end the body around it with a value.
    Return(Value),
}

/// What becomes of the innermost frame when something reaches it.
pub(crate) type Advance = Result<Flow, Failure>;

/// Somebody who waits: a frame of a fiber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waker {
    pub(crate) fiber: SlabId,
    pub(crate) activation: u64,
}

impl Fiber {
    /// A fiber with a scope for its body and no frame.
    pub(crate) fn new(parent: Option<(Waker, u32)>, key: Key, slots: Vec<Value>) -> Self {
        let scope = Scope { slots, control: Confidence::certain(), base: 0 };
        // Most branches are two nodes deep where they wait.
        Self { parent, key, scopes: vec![scope], frames: Vec::with_capacity(2) }
    }

    /// The innermost frame.
    pub(crate) fn top(&mut self) -> Result<&mut Frame, Failure> {
        self.frames.last_mut().ok_or_else(|| internal("a branch without a frame was run"))
    }

    /// The innermost scope.
    pub(crate) fn scope(&mut self) -> Result<&mut Scope, Failure> {
        self.scopes.last_mut().ok_or_else(|| internal("a branch without slots was run"))
    }

    /// The slots of the innermost scope.
    pub(crate) fn slots(&self) -> &[Value] {
        self.scopes.last().map_or(&[], |scope| scope.slots.as_slice())
    }

    /// The slots of the innermost scope, to be written.
    pub(crate) fn slots_mut(&mut self) -> &mut [Value] {
        self.scopes.last_mut().map_or(&mut [], |scope| scope.slots.as_mut_slice())
    }

    /// Opens a scope for a function's body.
    pub(crate) fn open_scope(&mut self, slots: Vec<Value>) -> Result<(), Failure> {
        if self.scopes.len() >= MAX_SCOPES {
            let message = format!("functions call one another more than {MAX_SCOPES} deep");
            return Err(Failure::new(FailureCode::ValueDepth, message));
        }
        let scope = Scope { slots, control: Confidence::certain(), base: self.frames.len() };
        self.scopes.push(scope);
        Ok(())
    }

    /// Whether no frame of the innermost scope is left.
    pub(crate) fn body_has_ended(&self) -> bool {
        self.scopes.last().is_some_and(|scope| self.frames.len() <= scope.base)
    }

    /// Closes the innermost scope; whether it was the fiber's own body.
    pub(crate) fn close_scope(&mut self) -> bool {
        self.scopes.pop();
        self.scopes.is_empty()
    }
}

impl Scope {
    /// Writes a slot.
    pub(crate) fn write(&mut self, slot: Slot, value: Value) -> Result<(), Failure> {
        match self.slots.get_mut(slot as usize) {
            Some(place) => {
                *place = value;
                Ok(())
            }
            None => Err(internal("a node writes a slot that its frame does not have")),
        }
    }
}
