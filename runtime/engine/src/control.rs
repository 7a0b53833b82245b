//! The nodes that decide what runs: sequences, choices, functions, returns.

use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::Confidence;
use prism_eval::{Band, Value, lifts};
use prism_ports::{EventKind, Failure};

use crate::drive::At;
use crate::fiber::{Advance, Fiber, Flow, State};
use crate::machine::Machine;
use crate::plan::internal;

/// One child after the other; the value of the last one.
pub(crate) fn next(
    machine: &mut Machine,
    at: &At<'_>,
    state: &mut State,
    next: usize,
    value: Value,
) -> Advance {
    match machine.plan.children(at.step)?.get(next) {
        Some(child) => {
            *state = State::Sequence { next: next + 1 };
            Ok(Flow::Enter(*child))
        }
        None => Ok(Flow::Done(value)),
    }
}

/// The value of an expression.
pub(crate) fn eval(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    machine.required(fiber, at, "value").map(Flow::Done)
}

/// One of two children. What it writes and gives is no surer than the condition; and so is what comes after it, where
/// a `return` stands in one of them.
pub(crate) fn begin_if(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Advance {
    let condition = machine.required(fiber, at, "condition")?;
    let label = if condition.is_truthy() { "then" } else { "else" };
    let condition = condition.confidence();
    let taken = machine.plan.child(at.step, label)?.map(|(_, child)| child);
    let scope = fiber.scope()?;
    let within = scope.control.and(&condition);
    match taken {
        Some(child) => {
            let outer = std::mem::replace(&mut scope.control, within);
            *state = State::If { condition, outer };
            Ok(Flow::Enter(child))
        }
        None => {
            if machine.plan.returns(at.step)? {
                scope.control = within;
            }
            Ok(Flow::Done(Value::null().and_confidence(&condition)))
        }
    }
}

/// Ends an if with the value of the child that was taken.
pub(crate) fn end_if(
    machine: &Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    condition: &Confidence,
    outer: &Confidence,
    value: Value,
) -> Advance {
    // Conditions of returns further in have joined the control; they stay.
    if !machine.plan.returns(at.step)? {
        fiber.scope()?.control = outer.clone();
    }
    Ok(Flow::Done(value.and_confidence(condition)))
}

/// The child of the band that the subject's confidence is in. The author has decided, so the choice adds no doubt.
pub(crate) fn uncertain(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    let subject = machine.required(fiber, at, "subject")?;
    let plan = Arc::clone(&machine.plan);
    let bands = plan.environment().bands;
    let high = machine.probability(fiber, at, "high")?.unwrap_or(bands.high);
    let medium = machine.probability(fiber, at, "medium")?.unwrap_or(bands.medium);
    let band = Band::of(&subject, high, medium, machine.mode).name();
    let taken = match plan.child(at.step, band)? {
        Some(child) => Some((band, child.1)),
        None => plan.child(at.step, "default")?.map(|child| ("default", child.1)),
    };
    if machine.is_watched() {
        let data = serde_json::json!({
            "band": band,
            "taken": taken.map(|(label, _)| label),
            "confidence": subject.uncertainty().map(|confidence| confidence.gate_value(machine.mode)),
            "high": high,
            "medium": medium,
        });
        machine.emit(Some(plan.id(at.step)?), &fiber.key, EventKind::Band, data);
    }
    Ok(taken.map_or_else(|| Flow::Done(Value::null()), |(_, child)| Flow::Enter(child)))
}

/// Ends the body around it.
pub(crate) fn return_value(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    Ok(Flow::Return(machine.argument(fiber, at, "value")?.unwrap_or_else(Value::null)))
}

/// Ends the branch around it with a failure of the author's.
pub(crate) fn fail(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    let message = machine.argument(fiber, at, "message")?;
    let message = message.as_ref().map_or_else(|| "the pattern failed".to_owned(), ToString::to_string);
    let failure = Failure::new(FailureCode::PatternFailed, message);
    Err(match machine.argument(fiber, at, "details")? {
        Some(details) => failure.with_details(details.to_json()),
        None => failure,
    })
}

/// The result of a function, no surer than the arguments of parameters that were declared certain.
pub(crate) fn call_function(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    state: &mut State,
) -> Advance {
    let plan = Arc::clone(&machine.plan);
    let name = at.node.target.as_deref().unwrap_or_default();
    let function =
        plan.program().function(name).ok_or_else(|| internal("a call names a function that is not there"))?;
    let mut slots = vec![Value::null(); function.slots as usize];
    let mut arguments = Confidence::certain();
    for (parameter, slot) in function.parameters.iter().zip(&mut slots) {
        let Some(value) = machine.argument(fiber, at, &parameter.name)? else { continue };
        if lifts(parameter, plan.program().types()) {
            arguments = arguments.and(&value.residual());
        }
        *slot = value;
    }
    match (&function.body, plan.function(name)) {
        (prism_ir::FunctionBody::Pure(body), _) => {
            let result = machine.expression((&at.site(&fiber.key), None), body, &mut slots)?;
            Ok(Flow::Done(result.and_confidence(&arguments)))
        }
        (prism_ir::FunctionBody::Node(_), Some(body)) => {
            *state = State::Function { arguments };
            Ok(Flow::Body(body, slots))
        }
        (prism_ir::FunctionBody::Node(_), None) => Err(internal("a function has lost its body")),
    }
}
