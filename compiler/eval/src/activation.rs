//! One body in evaluation: its code, its frame, and the conditions that it is under.

use std::cell::OnceCell;
use std::sync::Arc;

use prism_confidence::Confidence;
use prism_ir::{Expression, Operation, Slot};

use crate::{EvalError, Value};

/// One evaluation of a body: a top-level expression, a function, or a lambda.
pub(crate) struct Activation<'a> {
    pub(crate) expression: &'a Expression,
    pub(crate) frame: &'a mut [Value],
    /// What closures made here refer to; copied from `expression` for the first of them.
    shared: OnceCell<Arc<Expression>>,
    /// For each operation, whether evaluating it may end the body.
    returns: OnceCell<Vec<bool>>,
    /// ∧ of the conditions around the operation at hand; none where they are certain.
    conditions: Option<Confidence>,
    /// ∧ of the conditions under which the body would have ended early, but did not.
    passed: Option<Confidence>,
}

impl<'a> Activation<'a> {
    pub(crate) fn new(expression: &'a Expression, frame: &'a mut [Value]) -> Self {
        Self {
            expression,
            frame,
            shared: OnceCell::new(),
            returns: OnceCell::new(),
            conditions: None,
            passed: None,
        }
    }

    pub(crate) fn of_shared(expression: &'a Arc<Expression>, frame: &'a mut [Value]) -> Self {
        let activation = Self::new(expression, frame);
        // The cell was made a line above, so it is empty.
        let _ = activation.shared.set(Arc::clone(expression));
        activation
    }

    pub(crate) fn operation(&self, index: u32) -> Result<&'a Operation, EvalError> {
        self.expression
            .operations
            .get(index as usize)
            .ok_or_else(|| EvalError::malformed(format!("an expression has no operation {index}")))
    }

    pub(crate) fn slot(&mut self, slot: Slot) -> Result<&mut Value, EvalError> {
        self.frame
            .get_mut(slot as usize)
            .ok_or_else(|| EvalError::malformed(format!("a frame has no slot {slot}")))
    }

    pub(crate) fn shared(&self) -> Arc<Expression> {
        Arc::clone(self.shared.get_or_init(|| Arc::new(self.expression.clone())))
    }

    /// Whether making a closure copies the expression.
    pub(crate) fn is_unshared(&self) -> bool {
        self.shared.get().is_none()
    }

    /// A value that is assigned or returned here is no surer than this.
    pub(crate) fn controlled(&self, value: Value) -> Value {
        value.and_uncertainty(self.conditions.as_ref()).and_uncertainty(self.passed.as_ref())
    }

    /// The value of the whole body, when it ended by reaching its end.
    pub(crate) fn finished(&self, value: Value) -> Value {
        value.and_uncertainty(self.passed.as_ref())
    }

    /// Goes under a condition; gives back what [`Activation::leave`] wants.
    pub(crate) fn enter(&mut self, condition: &Confidence) -> Option<Confidence> {
        let around = self.conditions.clone();
        self.conditions = Some(both(self.conditions.take(), condition));
        around
    }

    pub(crate) fn leave(&mut self, around: Option<Confidence>) {
        self.conditions = around;
    }

    /// Takes note of an operation that a condition left alone: had the condition been otherwise, the body might have
    /// ended there, and variables would have been assigned. Gives the number of operations that were looked at.
    pub(crate) fn left_alone(&mut self, operation: u32, condition: &Confidence) -> usize {
        let first = if self.returns.get().is_none() { self.expression.operations.len() } else { 0 };
        if self.may_return(operation) {
            self.passed = Some(both(self.passed.take(), condition));
        }
        let (slots, seen) = assigned(self.expression, operation);
        for slot in slots {
            if let Some(value) = self.frame.get_mut(slot as usize) {
                *value = std::mem::take(value).and_confidence(condition);
            }
        }
        first + seen
    }

    fn may_return(&self, operation: u32) -> bool {
        let returns = self.returns.get_or_init(|| returning(self.expression));
        returns.get(operation as usize).copied().unwrap_or(false)
    }
}

fn both(known: Option<Confidence>, other: &Confidence) -> Confidence {
    known.map_or_else(|| other.clone(), |known| known.and(other))
}

/// For each operation, whether a return is among it and its operands; a lambda's own returns end the lambda only.
fn returning(expression: &Expression) -> Vec<bool> {
    let mut returns: Vec<bool> = Vec::with_capacity(expression.operations.len());
    for operation in &expression.operations {
        let mut found = matches!(operation, Operation::Return { .. });
        if !matches!(operation, Operation::Lambda { .. }) {
            operation.for_each_operand(|operand| {
                found |= returns.get(operand as usize).copied().unwrap_or(false);
            });
        }
        returns.push(found);
    }
    returns
}

/// The slots that an operation and its operands assign, and how many operations that are.
fn assigned(expression: &Expression, operation: u32) -> (Vec<Slot>, usize) {
    let mut slots = Vec::new();
    let mut seen = std::collections::HashSet::from([operation]);
    let mut pending = vec![operation];
    while let Some(index) = pending.pop() {
        let Some(operation) = expression.operations.get(index as usize) else { continue };
        match operation {
            Operation::Lambda { .. } => continue,
            Operation::Let { slot, .. } => slots.push(*slot),
            _ => {}
        }
        operation.for_each_operand(|operand| {
            if seen.insert(operand) {
                pending.push(operand);
            }
        });
    }
    (slots, seen.len())
}
