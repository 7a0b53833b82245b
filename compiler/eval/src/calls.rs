//! Calls: of functions of the document, of function values, of built-in functions.

use prism_catalog::BuiltinId;
use prism_ir::Type;

use crate::activation::Activation;
use crate::evaluate::Evaluator;
use crate::path::Step;
use crate::{EvalError, Value};

impl Evaluator<'_> {
    pub(crate) fn call_function(
        &mut self,
        name: &str,
        arguments: Vec<Value>,
        operation: u32,
    ) -> Result<Value, EvalError> {
        let environment = self.environment;
        let function = environment
            .function(name)
            .ok_or_else(|| EvalError::malformed(format!("there is no pure function `{name}`")))?;
        let lifted: Vec<_> = function
            .lifted
            .iter()
            .zip(&arguments)
            .filter(|(lifted, _)| **lifted)
            .map(|(_, argument)| argument.residual())
            .collect();
        let mut frame = self.frame(function.slots)?;
        for (slot, argument) in frame.iter_mut().zip(arguments).take(function.lifted.len()) {
            *slot = argument;
        }
        let root = function
            .expression
            .root()
            .ok_or_else(|| EvalError::malformed(format!("the function `{name}` is empty")))?;
        self.path.push(Step::Call(operation));
        let value = self.body(Activation::of_shared(&function.expression, &mut frame), root);
        self.path.pop();
        self.slots -= frame.len() as u64;
        Ok(lifted.iter().fold(value?, |value, confidence| value.and_confidence(confidence)))
    }

    /// Calls a function value; the result is no surer than the function.
    pub(crate) fn call_value(
        &mut self,
        callee: &Value,
        arguments: &[Value],
        step: Option<Step>,
    ) -> Result<Value, EvalError> {
        let Some(closure) = callee.as_function() else {
            return Err(EvalError::unsuitable("(…)", "a function before it", &[callee]));
        };
        let mut frame = self.frame(closure.slots())?;
        for (slot, value) in closure.captured() {
            if let Some(place) = frame.get_mut(*slot as usize) {
                *place = value.clone();
            }
        }
        for (slot, argument) in closure.parameters().iter().zip(arguments) {
            if let Some(place) = frame.get_mut(*slot as usize) {
                *place = argument.clone();
            }
        }
        if let Some(step) = step {
            self.path.push(step);
        }
        let value = self.body(Activation::of_shared(closure.expression(), &mut frame), closure.body());
        if step.is_some() {
            self.path.pop();
        }
        self.slots -= frame.len() as u64;
        Ok(value?.and_uncertainty(callee.uncertainty()))
    }

    pub(crate) fn call_builtin(
        &mut self,
        name: &str,
        arguments: &[Value],
        operation: u32,
    ) -> Result<Value, EvalError> {
        let builtin = BuiltinId::from_spelling(name)
            .ok_or_else(|| EvalError::malformed(format!("there is no built-in function `{name}`")))?;
        crate::builtins::call(self, builtin, arguments, operation)
    }

    /// `value as target`.
    pub(crate) fn cast(&mut self, value: &Value, target: &Type) -> Result<Value, EvalError> {
        self.fuel.take(value.size() / 8)?;
        let types = self.environment.types();
        value.conforms(target, types).map_err(|mismatch| EvalError::Contract {
            target: target.to_string(),
            mismatch: Box::new(mismatch),
        })?;
        Ok(value.adapted(target, types))
    }

    /// A frame of nulls. Whoever takes it gives its slots back.
    fn frame(&mut self, slots: u32) -> Result<Vec<Value>, EvalError> {
        self.fuel.take(u64::from(slots) / 8)?;
        let limit = self.environment.limits.slots;
        if self.slots + u64::from(slots) > limit {
            return Err(EvalError::Size { what: "the variables of nested calls", limit, unit: "slots" });
        }
        self.slots += u64::from(slots);
        Ok(vec![Value::null(); slots as usize])
    }
}
