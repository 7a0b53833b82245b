//! Functions as values: code and what it took along.

use std::sync::Arc;

use prism_ir::{Expression, Slot};

use crate::Value;

/// A function value. It is data: nothing of it refers to the evaluation that made it.
#[derive(Clone, Debug)]
pub struct Closure {
    expression: Arc<Expression>,
    body: u32,
    captured: Vec<(Slot, Value)>,
    parameters: Vec<Slot>,
    slots: u32,
    size: u64,
    depth: u32,
}

impl Closure {
    pub(crate) fn new(
        expression: Arc<Expression>,
        body: u32,
        captured: Vec<(Slot, Value)>,
        parameters: Vec<Slot>,
        slots: u32,
    ) -> Self {
        let size = captured.iter().fold(64, |size: u64, (_, value)| size.saturating_add(value.size()));
        let depth = captured.iter().map(|(_, value)| value.depth()).max().unwrap_or(0).saturating_add(1);
        Self { expression, body, captured, parameters, slots, size, depth }
    }

    /// The expression that its body is part of.
    pub fn expression(&self) -> &Arc<Expression> {
        &self.expression
    }

    /// The operation of the expression that gives its value, evaluated in its own frame.
    pub fn body(&self) -> u32 {
        self.body
    }

    /// The slots of its frame that hold what it took along, with their values.
    pub fn captured(&self) -> &[(Slot, Value)] {
        &self.captured
    }

    /// The slots of its frame that take the arguments.
    pub fn parameters(&self) -> &[Slot] {
        &self.parameters
    }

    /// The size of its frame.
    pub fn slots(&self) -> u32 {
        self.slots
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }
}
