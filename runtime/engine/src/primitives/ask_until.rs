//! Asks agent after agent until the pooled answer is sure enough.

use std::cmp::Ordering;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::pool::{PoolRule, Pooled};
use prism_confidence::stopping::{Decision, Prospect, StopRule, decide};
use prism_eval::Value;
use prism_ports::{Failure, StopReason};

use crate::ballots::Ballots;
use crate::budget::counted;
use crate::drive::At;
use crate::failures::{causes, is_budget};
use crate::fiber::{Advance, Fiber, Flow, State};
use crate::machine::Machine;
use crate::plan::internal;
use crate::slab::SlabId;
use crate::values;

/// The agents of a question, and how far it has come.
#[derive(Debug)]
pub(crate) struct Panel {
    /// The list of them, which the run has anyway.
    agents: Value,
    /// Their positions in it, in the order in which they are asked.
    order: Vec<u32>,
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

/// Asks the first agents.
pub(crate) fn begin(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Advance {
    *state = State::AskUntil(Box::new(prepare(machine, fiber, at)?));
    if let State::AskUntil(panel) = state {
        ask_group(machine, fiber, at, panel)?;
    }
    Ok(Flow::Wait)
}

/// Takes in what an agent's branch came to, and decides whether to ask on.
pub(crate) fn branch_ended(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    panel: &mut Panel,
    index: u32,
    result: Result<Value, Box<Failure>>,
) -> Advance {
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
    let answers = panel.answers.clone();
    let ballots = machine.optional_ballots(&at.site(&fiber.key), answers, panel.by.as_ref())?;
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
    let losers = std::mem::take(&mut panel.running);
    machine.cancel(losers.into_iter().map(|(_, fiber)| fiber).collect());
    match pooled {
        Some(pooled) => conclude(machine, fiber, at, panel, &ballots, &pooled, reason).map(Flow::Done),
        None => Err(unanswered(panel)),
    }
}

fn prepare(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Result<Panel, Failure> {
    let agents = machine.required(fiber, at, "agents")?;
    let list = agents.as_list().ok_or_else(|| values::wants("agents", "a list", &agents))?;
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
    if list.is_empty() {
        return Err(Failure::new(FailureCode::PoolEmpty, "there is no agent to ask"));
    }
    let order = arranged(list, order);
    let limit = max_calls.unwrap_or(order.len()).min(order.len());
    Ok(Panel {
        agents,
        order,
        by,
        rule,
        stop: StopRule { target },
        group,
        limit,
        asked: 0,
        // What waits for long waits for the first answer.
        running: Vec::with_capacity(group.min(limit)),
        answers: Vec::with_capacity(group.min(limit)),
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

/// The positions of the agents in the order in which they are asked. Without labels the best one is not known, and the
/// given order stays.
fn arranged(agents: &[Value], order: Order) -> Vec<u32> {
    let agent = |position: u32| agents.get(position as usize).and_then(Value::as_agent);
    let cost = |position: u32| agent(position).and_then(|agent| agent.cost_nanodollars);
    let accuracy = |position: u32| agent(position).and_then(|agent| agent.accuracy);
    let by_cost = |a: u32, b: u32| present_first(&cost(a), &cost(b), Ord::cmp);
    let mut positions: Vec<u32> = (0..agents.len() as u32).collect();
    match order {
        Order::Given => {}
        Order::Cheapest => positions.sort_by(|a, b| by_cost(*a, *b)),
        Order::BestFirst => positions.sort_by(|a, b| {
            let better = present_first(&accuracy(*a), &accuracy(*b), |a, b| b.total_cmp(a));
            let labelled = accuracy(*a).is_some() && accuracy(*b).is_some();
            better.then_with(|| if labelled { by_cost(*a, *b) } else { Ordering::Equal })
        }),
    }
    positions
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
    let plan = Arc::clone(&machine.plan);
    let each = plan.child(at.step, "each")?.ok_or_else(|| internal("ask_until has no block"))?;
    let until = panel.asked.saturating_add(panel.group).min(panel.limit);
    while panel.asked < until {
        let Some(agent) = panel.next() else { break };
        let index = panel.asked as u32;
        let branch = machine.branch(at.waker, fiber, each, index, std::slice::from_ref(&agent))?;
        panel.running.push((index, branch));
        panel.answers.push(None);
        panel.asked += 1;
    }
    Ok(())
}

fn stop_reason(panel: &Panel, nobody_left: bool) -> StopReason {
    match nobody_left {
        false => StopReason::Futile,
        true if panel.limit < panel.order.len() => StopReason::CallLimit,
        true => StopReason::Exhausted,
    }
}

/// The failure where nobody gave an answer.
fn unanswered(panel: &mut Panel) -> Failure {
    let agents = counted(panel.asked as u64, "agent");
    let failures = panel.ordered_failures();
    let message = if failures.is_empty() {
        format!("{agents} asked, and none gave an answer")
    } else {
        format!("{agents} asked, and {} failed", failures.len())
    };
    causes(Failure::new(FailureCode::PoolEmpty, message), failures)
}

fn conclude(
    machine: &mut Machine,
    fiber: &Fiber,
    at: &At<'_>,
    panel: &mut Panel,
    ballots: &Ballots,
    pooled: &Pooled,
    reason: StopReason,
) -> Result<Value, Failure> {
    let plan = Arc::clone(&machine.plan);
    for (_, failure) in panel.ordered_failures() {
        let agent = failure.agent.as_deref().unwrap_or("an agent");
        machine.warn(Some(plan.id(at.step)?), &fiber.key, format!("{agent} was skipped: {failure}"));
    }
    machine.settle_pool(fiber, at, ballots, pooled, reason)
}

impl Panel {
    /// The agent that is asked next, no surer than the list.
    fn next(&self) -> Option<Value> {
        let position = *self.order.get(self.asked)?;
        let agent = self.agents.as_list()?.get(position as usize)?;
        Some(agent.clone().and_uncertainty(self.agents.uncertainty()))
    }

    /// Why agents gave no answer, in the order in which they were asked.
    fn ordered_failures(&mut self) -> Vec<(u32, Failure)> {
        let mut failures = std::mem::take(&mut self.failures);
        failures.sort_by_key(|(index, _)| *index);
        failures
    }
}
