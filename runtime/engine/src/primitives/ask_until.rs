//! Asks agent after agent until the pooled answer is sure enough.

use std::cmp::Ordering;

use prism_catalog::FailureCode;
use prism_confidence::pool::{PoolRule, Pooled};
use prism_confidence::stopping::{Decision, Prospect, StopRule, decide};
use prism_eval::Value;
use prism_ports::{Failure, StopReason};

use crate::budget::counted;
use crate::drive::At;
use crate::failures::{causes, is_budget};
use crate::fiber::{Fiber, Flow, Input, State};
use crate::machine::Machine;
use crate::plan::internal;
use crate::slab::SlabId;

/// The agents of a question, and how far it has come.
#[derive(Debug)]
pub(crate) struct Panel {
    /// In the order in which they are asked.
    agents: Vec<Value>,
    by: Option<Value>,
    rule: PoolRule,
    stop: StopRule,
    /// How many are asked at a time.
    group: usize,
    /// How many of `agents` may be asked.
    limit: usize,
    /// How many have been asked.
    asked: usize,
    /// The branches that are under way, by the position of their agent.
    pub(crate) running: Vec<(u32, SlabId)>,
    /// What each agent that was asked has answered.
    answers: Vec<Option<Value>>,
    /// Why agents gave none.
    failures: Vec<(u32, Failure)>,
}

pub(crate) fn advance(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    state: &mut State,
    input: Input<'_>,
) -> Result<Flow, Failure> {
    match (input, &mut *state) {
        (Input::Enter, _) => {
            *state = State::AskUntil(Box::new(prepare(machine, fiber, at)?));
            if let State::AskUntil(panel) = state {
                ask_group(machine, fiber, at, panel)?;
            }
            Ok(Flow::Wait)
        }
        (Input::Branch { index, result }, State::AskUntil(panel)) => {
            panel.running.retain(|(running, _)| *running != index);
            match result {
                Ok(value) => match panel.answers.get_mut(index as usize) {
                    Some(place) => *place = Some(value),
                    None => return Err(internal("an agent answered that was not asked")),
                },
                Err(failure) => {
                    // Whoever is asked after that meets the same limit.
                    if is_budget(&failure) {
                        panel.limit = panel.limit.min(panel.asked);
                    }
                    panel.failures.push((index, *failure));
                }
            }
            judge(machine, fiber, at, state)
        }
        _ => Err(internal("ask_until got what it did not wait for")),
    }
}

fn prepare(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Result<Panel, Failure> {
    let mut agents = machine.list(fiber, at, "agents")?;
    let by = machine.argument(fiber, at, "by")?;
    let target =
        machine.probability(fiber, at, "target")?.ok_or_else(|| internal("ask_until has no target"))?;
    let order = machine.choice(
        fiber,
        at,
        "order",
        &[("best_first", Order::BestFirst), ("cheapest", Order::Cheapest), ("given", Order::Given)],
    )?;
    let group = machine.positive(fiber, at, "group")?.unwrap_or(1);
    let max_calls = machine.positive(fiber, at, "max_calls")?;
    let rule = PoolRule { options: machine.count(fiber, at, "options")?, ..PoolRule::default() };
    if agents.is_empty() {
        return Err(Failure::new(FailureCode::PoolEmpty, "there is no agent to ask"));
    }
    arrange(&mut agents, order);
    let limit = max_calls.unwrap_or(agents.len()).min(agents.len());
    Ok(Panel {
        agents,
        by,
        rule,
        stop: StopRule { target },
        group,
        limit,
        asked: 0,
        running: Vec::new(),
        answers: Vec::new(),
        failures: Vec::new(),
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Order {
    #[default]
    BestFirst,
    Cheapest,
    Given,
}

/// Puts the agents in the order in which they are asked. Without labels the best one is not known, and the given
/// order stays.
fn arrange(agents: &mut [Value], order: Order) {
    let cost = |agent: &Value| agent.as_agent().and_then(|agent| agent.cost_nanodollars);
    let accuracy = |agent: &Value| agent.as_agent().and_then(|agent| agent.accuracy);
    match order {
        Order::Given => {}
        Order::Cheapest => agents.sort_by(|a, b| present_first(&cost(a), &cost(b), Ord::cmp)),
        Order::BestFirst => agents.sort_by(|a, b| {
            let better = present_first(&accuracy(a), &accuracy(b), |a, b| b.total_cmp(a));
            let labelled = accuracy(a).is_some() && accuracy(b).is_some();
            better.then_with(|| {
                if labelled { present_first(&cost(a), &cost(b), Ord::cmp) } else { Ordering::Equal }
            })
        }),
    }
}

/// Orders what is known before what is not.
pub(crate) fn present_first<T>(a: &Option<T>, b: &Option<T>, order: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => order(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn ask_group(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    panel: &mut Panel,
) -> Result<(), Failure> {
    let plan = std::sync::Arc::clone(&machine.plan);
    let each = plan.child(at.step, "each")?.ok_or_else(|| internal("ask_until has no block"))?;
    let until = panel.asked.saturating_add(panel.group).min(panel.limit);
    while panel.asked < until {
        let Some(agent) = panel.agents.get(panel.asked) else { break };
        let index = panel.asked as u32;
        let branch = machine.branch(at.waker, fiber, each, index, std::slice::from_ref(agent))?;
        panel.running.push((index, branch));
        panel.answers.push(None);
        panel.asked += 1;
    }
    Ok(())
}

/// Decides after an agent has answered or failed.
fn judge(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Result<Flow, Failure> {
    let State::AskUntil(panel) = &mut *state else {
        return Err(internal("ask_until has lost its agents"));
    };
    let ballots = machine.optional_ballots(&at.site(&fiber.key), panel.answers.clone(), panel.by.as_ref())?;
    let remaining = vec![Prospect::stated(); panel.running.len() + panel.limit.saturating_sub(panel.asked)];
    let (pooled, reason) = match decide(&ballots.ballots, &remaining, &panel.stop, &panel.rule) {
        Decision::Continue => {
            if panel.running.is_empty() {
                ask_group(machine, fiber, at, panel)?;
            }
            return Ok(Flow::Wait);
        }
        Decision::Reached { pooled } => (Some(pooled), StopReason::Reached),
        Decision::Futile { pooled } => (pooled, stop_reason(panel, remaining.is_empty())),
    };
    let (failures, asked) = (std::mem::take(&mut panel.failures), panel.asked);
    machine.abandon(std::mem::take(state));
    conclude(machine, fiber, at, &ballots, pooled, reason, failures, asked)
}

fn stop_reason(panel: &Panel, nobody_left: bool) -> StopReason {
    match nobody_left {
        false => StopReason::Futile,
        true if panel.limit < panel.agents.len() => StopReason::CallLimit,
        true => StopReason::Exhausted,
    }
}

#[allow(clippy::too_many_arguments, reason = "the parts of a panel that has ended")]
fn conclude(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    ballots: &crate::ballots::Ballots,
    pooled: Option<Pooled>,
    reason: StopReason,
    mut failures: Vec<(u32, Failure)>,
    asked: usize,
) -> Result<Flow, Failure> {
    failures.sort_by_key(|(index, _)| *index);
    let Some(pooled) = pooled else {
        let agents = counted(asked as u64, "agent");
        let message = if failures.is_empty() {
            format!("{agents} asked, and none gave an answer")
        } else {
            format!("{agents} asked, and {} failed", failures.len())
        };
        return Err(causes(Failure::new(FailureCode::PoolEmpty, message), failures));
    };
    for (_, failure) in &failures {
        let plan = std::sync::Arc::clone(&machine.plan);
        let agent = failure.agent.as_deref().unwrap_or("an agent");
        machine.warn(Some(plan.id(at.step)?), &fiber.key, format!("{agent} was skipped: {failure}"));
    }
    machine.settle_pool(fiber, at, ballots, &pooled, reason).map(Flow::Done)
}
