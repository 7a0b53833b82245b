//! The answer that the votes are for.

use prism_catalog::FailureCode;
use prism_confidence::Confidence;
use prism_confidence::pool::PoolRule;
use prism_confidence::vote::{Method, Outcome, Ties, VoteRule, Voted, vote};
use prism_eval::Value;
use prism_ports::{Failure, StopReason};

use crate::ballots::{Ballots, Settlement};
use crate::budget::counted;
use crate::drive::At;
use crate::fiber::{Advance, Fiber, Flow};
use crate::machine::Machine;
use crate::plan::internal;
use crate::values;

/// Counts the votes that there are.
pub(crate) fn evaluate(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Advance {
    let answers = machine.list(fiber, at, "answers")?;
    let by = machine.argument(fiber, at, "by")?;
    let method = machine.choice(
        fiber,
        at,
        "method",
        &[
            ("majority", Method::Majority),
            ("plurality", Method::Plurality),
            ("weighted", Method::Weighted),
            ("unanimous", Method::Unanimous),
        ],
    )?;
    let ties = machine.choice(
        fiber,
        at,
        "ties",
        &[("first", Ties::First), ("fail", Ties::Fail), ("null", Ties::Null)],
    )?;
    let mut weights = Vec::new();
    let mut weighing = Confidence::certain();
    for weight in machine.optional_list(fiber, at, "weights")? {
        weighing = weighing.and(&weight.confidence());
        weights.push(weight.as_number().ok_or_else(|| values::wants("weights", "numbers", &weight))?);
    }
    let rule = VoteRule {
        method,
        ties,
        pool: PoolRule { options: machine.count(fiber, at, "options")?, ..PoolRule::default() },
    };
    let ballots = machine.ballots(&at.site(&fiber.key), answers, by.as_ref())?;
    let voted = vote(&ballots.ballots, &weights, &rule);
    match voted.outcome {
        Outcome::Winner(winner) => {
            let value = won(machine, fiber, at, &ballots, &voted, winner)?;
            Ok(Flow::Done(value.and_confidence(&weighing)))
        }
        Outcome::Null => Ok(Flow::Done(Value::null())),
        Outcome::NoVotes => Err(Failure::new(FailureCode::PoolEmpty, "there is no vote to count")),
        Outcome::Tied | Outcome::NoMajority => Err(undecided(&ballots, &voted, method)),
    }
}

fn won(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    ballots: &Ballots,
    voted: &Voted,
    winner: usize,
) -> Result<Value, Failure> {
    let root = at.site(&fiber.key).into_owned();
    let (Some(Ok(confidence)), Some(pooled)) =
        (voted.confidence(root.as_str(), &ballots.ballots), voted.pooled.as_ref())
    else {
        return Err(internal("a vote that was won has no confidence"));
    };
    let probability = voted.probability.unwrap_or(0.0);
    let settlement = Settlement { root, winner, probability, confidence, reason: StopReason::Complete };
    machine.settle_question(fiber, at, ballots, pooled, settlement)
}

fn undecided(ballots: &Ballots, voted: &Voted, method: Method) -> Failure {
    let tallies: Vec<serde_json::Value> = voted
        .tallies
        .iter()
        .map(|tally| serde_json::json!({ "value": ballots.json(tally.first), "votes": tally.weight }))
        .collect();
    let votes: Vec<String> = voted
        .tallies
        .iter()
        .map(|tally| format!("{} for {}", tally.weight, ballots.json(tally.first)))
        .collect();
    let cast = counted(voted.cast as u64, "vote");
    let what = match (voted.outcome, method) {
        (Outcome::Tied, _) => "several answers lead together",
        (_, Method::Unanimous) => "the votes are not unanimous",
        _ => "no answer has a majority",
    };
    Failure::new(FailureCode::VoteUndecided, format!("{what} of {cast}: {}", votes.join(", ")))
        .with_details(serde_json::json!({ "votes": tallies }))
}
