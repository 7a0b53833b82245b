//! The calibrated combination of answers to one question.

use prism_catalog::FailureCode;
use prism_confidence::pool::PoolRule;
use prism_ports::{Failure, StopReason};

use crate::drive::At;
use crate::fiber::{Advance, Fiber, Flow};
use crate::machine::Machine;

/// Pools the answers that there are.
pub(crate) fn evaluate(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    let answers = machine.list(fiber, at, "answers")?;
    let by = machine.argument(fiber, at, "by")?;
    let rule = PoolRule { options: machine.count(fiber, at, "options")?, ..PoolRule::default() };
    let ballots = machine.ballots(&at.site(&fiber.key), answers, by.as_ref())?;
    match prism_confidence::pool::pool(&ballots.ballots, &rule) {
        Some(pooled) => {
            machine.settle_pool(fiber, at, &ballots, &pooled, StopReason::Complete).map(Flow::Done)
        }
        None => Err(Failure::new(FailureCode::PoolEmpty, "there is no answer to pool")),
    }
}
