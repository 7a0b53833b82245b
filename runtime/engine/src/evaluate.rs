//! The parameters of nodes: expressions over the slots around them, read as what the node wants.

use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_eval::{EvalError, Evaluator, Value};
use prism_ir::Expression;
use prism_ports::Failure;

use crate::drive::At;
use crate::fiber::Fiber;
use crate::machine::Machine;
use crate::values;

/// The parameter of nodes that have one expression; what is asserted in it needs no further name.
const VALUE: &str = "value";

/// Counts beyond this are as good as none.
const MAX_COUNT: f64 = 4_294_967_295.0;

impl Machine {
    /// The value of a parameter; none where the node does not have it.
    pub(crate) fn argument(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Option<Value>, Failure> {
        match at.node.parameters.get(name) {
            None => Ok(None),
            Some(expression) => {
                let site = at.site(&fiber.key);
                let part = Some(name).filter(|name| *name != VALUE);
                self.expression((&site, part), expression, fiber.slots_mut()).map(Some)
            }
        }
    }

    /// The value of a parameter that the node must have.
    pub(crate) fn required(&mut self, fiber: &mut Fiber, at: &At<'_>, name: &str) -> Result<Value, Failure> {
        let value = self.argument(fiber, at, name)?;
        value.ok_or_else(|| missing(at, name))
    }

    /// The elements of a list that the node must have. What is uncertain about the list is so about each of them.
    pub(crate) fn list(&mut self, fiber: &mut Fiber, at: &At<'_>, name: &str) -> Result<Vec<Value>, Failure> {
        let value = self.required(fiber, at, name)?;
        elements(name, &value)
    }

    /// The elements of a list; none of them where the node does not have it.
    pub(crate) fn optional_list(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Vec<Value>, Failure> {
        match self.given(fiber, at, name)? {
            None => Ok(Vec::new()),
            Some(value) => elements(name, &value),
        }
    }

    /// The texts of a list; none of them where the node does not have it.
    pub(crate) fn texts(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Vec<String>, Failure> {
        let mut texts = Vec::new();
        for element in self.optional_list(fiber, at, name)? {
            let text = element.as_text().ok_or_else(|| values::wants(name, "strings", &element))?;
            texts.push(text.to_owned());
        }
        Ok(texts)
    }

    /// A text; null is none.
    pub(crate) fn text(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Option<String>, Failure> {
        Ok(self.given(fiber, at, name)?.map(|value| value.to_string()))
    }

    /// A whole number of at least 0.
    pub(crate) fn count(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Option<usize>, Failure> {
        self.whole(fiber, at, name, 0.0)
    }

    /// A whole number of at least 1.
    pub(crate) fn positive(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Option<usize>, Failure> {
        self.whole(fiber, at, name, 1.0)
    }

    fn whole(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
        least: f64,
    ) -> Result<Option<usize>, Failure> {
        let Some(value) = self.given(fiber, at, name)? else { return Ok(None) };
        let number = value.as_number().ok_or_else(|| values::wants(name, "a whole number", &value))?;
        if number < least || number.fract() != 0.0 {
            return Err(out_of_range(name, &format!("a whole number of at least {least}"), &value));
        }
        Ok(Some(number.min(MAX_COUNT) as usize))
    }

    /// A number in [0, 1].
    pub(crate) fn probability(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Option<f64>, Failure> {
        let Some(value) = self.given(fiber, at, name)? else { return Ok(None) };
        let number = value.as_number().ok_or_else(|| values::wants(name, "a number in [0, 1]", &value))?;
        if (0.0..=1.0).contains(&number) {
            Ok(Some(number))
        } else {
            Err(out_of_range(name, "in [0, 1]", &value))
        }
    }

    /// A duration of at least 0, in microseconds.
    pub(crate) fn duration(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
    ) -> Result<Option<i64>, Failure> {
        let Some(value) = self.given(fiber, at, name)? else { return Ok(None) };
        match value.as_duration() {
            None => Err(values::wants(name, "a duration", &value)),
            Some(duration) if duration < 0 => Err(out_of_range(name, "at least 0", &value)),
            Some(duration) => Ok(Some(duration)),
        }
    }

    /// One of several names; the default where the node does not say.
    pub(crate) fn choice<T: Copy + Default>(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
        rows: &[(&str, T)],
    ) -> Result<T, Failure> {
        Ok(self.optional_choice(fiber, at, name, rows)?.unwrap_or_default())
    }

    /// One of several names; none where the node does not say.
    pub(crate) fn optional_choice<T: Copy>(
        &mut self,
        fiber: &mut Fiber,
        at: &At<'_>,
        name: &str,
        rows: &[(&str, T)],
    ) -> Result<Option<T>, Failure> {
        let Some(value) = self.given(fiber, at, name)? else { return Ok(None) };
        let text = value.as_text().ok_or_else(|| values::wants(name, "a string", &value))?;
        match rows.iter().find(|(row, _)| *row == text) {
            Some((_, chosen)) => Ok(Some(*chosen)),
            None => {
                let names: Vec<String> = rows.iter().map(|(row, _)| format!("{row:?}")).collect();
                Err(out_of_range(name, &format!("one of {}", names.join(", ")), &value))
            }
        }
    }

    /// The value of an expression over a frame. It stands at [`At::site`], in the part of that name where the node has
    /// several expressions.
    pub(crate) fn expression(
        &mut self,
        (site, part): (&str, Option<&str>),
        expression: &Expression,
        frame: &mut [Value],
    ) -> Result<Value, Failure> {
        let plan = Arc::clone(&self.plan);
        let mut evaluator = Evaluator::new(plan.environment(), site, &mut self.fuel);
        if let Some(part) = part {
            evaluator = evaluator.within(part);
        }
        evaluator.evaluate(expression, frame).map_err(|error| failed(&error))
    }

    /// What a function value gives for an argument.
    pub(crate) fn call(&mut self, site: &str, function: &Value, argument: Value) -> Result<Value, Failure> {
        let plan = Arc::clone(&self.plan);
        let mut evaluator = Evaluator::new(plan.environment(), site, &mut self.fuel);
        evaluator.call(function, &[argument]).map_err(|error| failed(&error))
    }

    /// A parameter that is there and not null.
    fn given(&mut self, fiber: &mut Fiber, at: &At<'_>, name: &str) -> Result<Option<Value>, Failure> {
        Ok(self.argument(fiber, at, name)?.filter(|value| !value.is_null()))
    }
}

fn failed(error: &EvalError) -> Failure {
    let failure = Failure::new(error.code(), error.to_string());
    match error {
        EvalError::Fail { details: Some(details), .. } => failure.with_details(details.to_json()),
        _ => failure,
    }
}

/// The elements of a list, none surer than the list.
pub(crate) fn elements(name: &str, value: &Value) -> Result<Vec<Value>, Failure> {
    let elements = value.as_list().ok_or_else(|| values::wants(name, "a list", value))?;
    Ok(elements.iter().map(|element| element.clone().and_uncertainty(value.uncertainty())).collect())
}

fn missing(at: &At<'_>, name: &str) -> Failure {
    let message = format!("the {} node `{}` has no `{name}`", at.node.kind, at.node.id);
    Failure::new(FailureCode::IrInvalid, message)
}

fn out_of_range(name: &str, range: &str, found: &Value) -> Failure {
    Failure::new(FailureCode::ValueRange, format!("`{name}` must be {range}, but is {found}"))
}
