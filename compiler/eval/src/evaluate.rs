//! The evaluator: one operation after the other, operands as they are needed.

use prism_ir::{Capture, Expression, Operation, Slot};

use crate::activation::Activation;
use crate::closure::Closure;
use crate::error::EvalError;
use crate::path::{Path, Step};
use crate::{Data, Environment, Fuel, Value};

/// Evaluates pure expressions. It holds no state between evaluations but the fuel.
pub struct Evaluator<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) fuel: &'a mut Fuel,
    pub(crate) path: Path<'a>,
    depth: u32,
    pub(crate) slots: u64,
}

/// Why an operation has no value for the one around it.
pub(crate) enum Interrupt {
    /// The body ends with this value.
    Return(Value),
    /// It has no value.
    Failure(Box<EvalError>),
}

impl From<EvalError> for Interrupt {
    fn from(error: EvalError) -> Self {
        Self::Failure(Box::new(error))
    }
}

/// What an operation gives.
pub(crate) type Flow<T = Value> = Result<T, Interrupt>;

/// How many levels share one look at how much stack is left.
const LEVELS_PER_LOOK: u32 = 16;
/// The stack that this many levels may need, with a wide margin for builds without optimisation.
const RED_ZONE: usize = 256 << 10;
/// The stack that is added when less than that is left.
const STACK_SEGMENT: usize = 4 << 20;

impl<'a> Evaluator<'a> {
    /// An evaluator for the expressions of one node.
    ///
    /// `site` is the node's id and iteration key: roots of confidences that are asserted here (`e ~> p`) have ids that
    /// begin with it. `fuel` is the run's.
    pub fn new(environment: &'a Environment, site: &'a str, fuel: &'a mut Fuel) -> Self {
        Self { environment, fuel, path: Path::new(site), depth: 0, slots: 0 }
    }

    /// The same evaluator for one of the several expressions that a node has: operations are numbered in each of them
    /// anew, so `part` keeps apart the roots that are asserted in them.
    #[must_use]
    pub fn within(mut self, part: &'a str) -> Self {
        self.path.within(part);
        self
    }

    /// The value of an expression over a frame, into which its `let`s write. A `return` gives the value, too.
    ///
    /// # Errors
    /// [`EvalError`]: the expression has no value. The frame may have been written to.
    pub fn evaluate(&mut self, expression: &Expression, frame: &mut [Value]) -> Result<Value, EvalError> {
        self.reset();
        let root = expression.root().ok_or_else(|| EvalError::malformed("an expression is empty"))?;
        let activation = Activation::new(expression, frame);
        self.body(activation, root)
    }

    /// The value of a function for some arguments: missing ones are null, extra ones are not looked at.
    ///
    /// # Errors
    /// [`EvalError`]: `function` is no function, or has no value for these arguments.
    pub fn call(&mut self, function: &Value, arguments: &[Value]) -> Result<Value, EvalError> {
        self.reset();
        self.call_value(function, arguments, None)
    }

    fn reset(&mut self) {
        self.depth = 0;
        self.slots = 0;
        self.path.clear();
    }

    pub(crate) fn body(&mut self, mut activation: Activation<'_>, root: u32) -> Result<Value, EvalError> {
        match self.operation(&mut activation, root) {
            Ok(value) => Ok(activation.finished(value)),
            Err(Interrupt::Return(value)) => Ok(value),
            Err(Interrupt::Failure(error)) => Err(*error),
        }
    }

    /// The value of an operation.
    pub(crate) fn operation(&mut self, activation: &mut Activation<'_>, index: u32) -> Flow {
        self.fuel.take(1)?;
        if self.depth >= self.environment.limits.depth {
            let limit = u64::from(self.environment.limits.depth);
            return Err(EvalError::Depth { what: "calls are", limit }.into());
        }
        self.depth += 1;
        let value = if self.depth.is_multiple_of(LEVELS_PER_LOOK) {
            stacker::maybe_grow(RED_ZONE, STACK_SEGMENT, || self.dispatch(activation, index))
        } else {
            self.dispatch(activation, index)
        };
        self.depth -= 1;
        value
    }

    fn dispatch(&mut self, activation: &mut Activation<'_>, index: u32) -> Flow {
        match activation.operation(index)? {
            Operation::Literal { value } => {
                let value = Value::from(value);
                self.fuel.take(value.size() / 16)?;
                Ok(value)
            }
            Operation::Slot { slot } => Ok(activation.slot(*slot)?.clone()),
            Operation::Unary { operator, operand } => self.unary(activation, operator, *operand),
            Operation::Binary { operator, left, right } => self.binary(activation, operator, *left, *right),
            Operation::Conditional { condition, then, otherwise } => {
                self.conditional(activation, *condition, *then, *otherwise)
            }
            Operation::Member { object, name, .. } => {
                let object = self.operation(activation, *object)?;
                Ok(self.member(&object, name))
            }
            Operation::Index { object, index } => {
                let object = self.operation(activation, *object)?;
                let index = self.operation(activation, *index)?;
                Ok(self.element(&object, &index))
            }
            Operation::List { elements } => self.list(activation, elements),
            Operation::Record { entries } => self.record(activation, entries),
            Operation::Template { parts } => self.template(activation, parts),
            Operation::Attach { value, confidence } => self.attach(activation, index, *value, *confidence),
            Operation::Gate { value, threshold, otherwise } => {
                self.gate(activation, *value, *threshold, *otherwise)
            }
            Operation::Cast { value, target } => {
                let value = self.operation(activation, *value)?;
                Ok(self.cast(&value, target)?)
            }
            Operation::CallBuiltin { builtin, arguments } => {
                let arguments = self.operands(activation, arguments)?;
                Ok(self.call_builtin(builtin, &arguments, index)?)
            }
            Operation::CallFunction { function, arguments } => {
                let arguments = self.operands(activation, arguments)?;
                Ok(self.call_function(function, arguments, index)?)
            }
            Operation::CallValue { callee, arguments } => {
                let callee = self.operation(activation, *callee)?;
                let arguments = self.operands(activation, arguments)?;
                Ok(self.call_value(&callee, &arguments, Some(Step::Call(index)))?)
            }
            Operation::Lambda { parameters, captures, slots, body } => {
                Ok(self.lambda(activation, parameters, captures, *slots, *body)?)
            }
            Operation::Block { statements } => self.block(activation, statements),
            Operation::Let { slot, value } => self.assign(activation, *slot, *value),
            Operation::Return { value } => {
                let value = self.operation(activation, *value)?;
                Err(Interrupt::Return(activation.controlled(value)))
            }
            Operation::Fail { message, details } => self.fail(activation, *message, *details),
            Operation::Uncertain { subject, high, medium, bands } => {
                self.uncertain(activation, *subject, *high, *medium, *bands)
            }
        }
    }

    pub(crate) fn operands(&mut self, activation: &mut Activation<'_>, operands: &[u32]) -> Flow<Vec<Value>> {
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            values.push(self.operation(activation, *operand)?);
        }
        Ok(values)
    }

    fn block(&mut self, activation: &mut Activation<'_>, statements: &[u32]) -> Flow {
        let mut value = Value::null();
        for statement in statements {
            value = self.operation(activation, *statement)?;
        }
        Ok(value)
    }

    fn assign(&mut self, activation: &mut Activation<'_>, slot: Slot, value: u32) -> Flow {
        let value = self.operation(activation, value)?;
        let value = activation.controlled(value);
        *activation.slot(slot)? = value;
        Ok(Value::null())
    }

    fn fail(&mut self, activation: &mut Activation<'_>, message: u32, details: Option<u32>) -> Flow {
        let message = self.operation(activation, message)?;
        let details = match details {
            Some(details) => Some(Box::new(self.operation(activation, details)?)),
            None => None,
        };
        self.fuel.take(message.size() / 16)?;
        Err(EvalError::Fail { message: message.to_string(), details }.into())
    }

    fn lambda(
        &mut self,
        activation: &mut Activation<'_>,
        parameters: &[Slot],
        captures: &[Capture],
        slots: u32,
        body: u32,
    ) -> Result<Value, EvalError> {
        if activation.is_unshared() {
            self.fuel.take(activation.expression.operations.len() as u64)?;
        }
        self.fuel.take(captures.len() as u64)?;
        let mut captured = Vec::with_capacity(captures.len());
        for capture in captures {
            captured.push((capture.to, activation.slot(capture.from)?.clone()));
        }
        let closure = Closure::new(activation.shared(), body, captured, parameters.to_vec(), slots);
        self.within_limits(Value::new(Data::Function(closure.into())))
    }
}
