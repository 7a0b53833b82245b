//! Takes an uncertain value as certain, on the author's word.

use prism_ports::EventKind;

use crate::drive::At;
use crate::fiber::{Advance, Fiber, Flow};
use crate::machine::Machine;

/// The value as it is: the check was made, and what is left of the doubt stays with the value.
pub(crate) fn evaluate(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    let value = machine.required(fiber, at, "value")?;
    let why = machine.text(fiber, at, "why")?;
    if machine.is_watched() {
        let data = serde_json::json!({
            "why": why,
            "confidence": value.residual().point(machine.mode),
            "value": value.to_json(),
        });
        let plan = std::sync::Arc::clone(&machine.plan);
        machine.emit(Some(plan.id(at.step)?), &fiber.key, EventKind::Endorsed, data);
    }
    Ok(Flow::Done(value))
}
