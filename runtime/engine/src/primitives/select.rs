//! Healthy agents, in order of preference.

use std::cmp::Ordering;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::Confidence;
use prism_eval::Value;
use prism_ir::Contract;
use prism_ports::{AgentDescription, EventKind, Failure, Key, NodeId};

use crate::budget::counted;
use crate::command::Command;
use crate::drive::At;
use crate::fiber::{Advance, Fiber, Flow, State};
use crate::machine::Machine;
use crate::plan::internal;
use crate::primitives::ask_until::present_first;
use crate::values;

/// What a selection looks for.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// Under which name the list of agents is waited for.
    pub(crate) place: (NodeId, Key),
    capabilities: Vec<String>,
    any_of: Vec<String>,
    exclude: Vec<String>,
    condition: Option<Value>,
    min: usize,
    max: Option<usize>,
    prefer: Prefer,
    /// The choice is no surer than what it depends on.
    certainty: Confidence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Prefer {
    #[default]
    Confidence,
    Latency,
    Cost,
    LeastLoaded,
    RoundRobin,
    Random,
}

impl Prefer {
    const ALL: [(&'static str, Self); 6] = [
        ("confidence", Self::Confidence),
        ("latency", Self::Latency),
        ("cost", Self::Cost),
        ("least_loaded", Self::LeastLoaded),
        ("round_robin", Self::RoundRobin),
        ("random", Self::Random),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, prefer)| *prefer == self).map_or("", |(name, _)| name)
    }
}

/// Asks who is there.
pub(crate) fn begin(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Advance {
    let wanted = wanted(machine, fiber, at)?;
    let (node, key) = wanted.place.clone();
    machine.selections.insert(wanted.place.clone(), at.waker);
    machine.commands.push(Command::Select { node, key });
    *state = State::Select(Box::new(wanted));
    Ok(Flow::Wait)
}

fn wanted(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Result<Wanted, Failure> {
    let plan = Arc::clone(&machine.plan);
    let contract = contract(&plan, at)?;
    let mut capabilities = contract.map_or_else(Vec::new, |contract| contract.capabilities.clone());
    for capability in machine.texts(fiber, at, "capabilities")? {
        if !capabilities.contains(&capability) {
            capabilities.push(capability);
        }
    }
    let mut certainty = Confidence::certain();
    let mut exclude = Vec::new();
    for excluded in machine.optional_list(fiber, at, "exclude")? {
        certainty = certainty.and(&excluded.confidence());
        let id = excluded.as_agent().map(|agent| agent.id.to_string());
        let id = id.or_else(|| excluded.as_text().map(str::to_owned));
        exclude.push(id.ok_or_else(|| values::wants("exclude", "agents", &excluded))?);
    }
    Ok(Wanted {
        place: (plan.id(at.step)?.clone(), fiber.key.clone()),
        capabilities,
        any_of: machine.texts(fiber, at, "any_of")?,
        exclude,
        condition: machine.argument(fiber, at, "where")?,
        min: machine.count(fiber, at, "min")?.unwrap_or(1),
        max: machine.count(fiber, at, "max")?,
        prefer: machine.choice(fiber, at, "prefer", &Prefer::ALL)?,
        certainty,
    })
}

fn contract<'a>(plan: &'a crate::Plan, at: &At<'_>) -> Result<Option<&'a Contract>, Failure> {
    match at.node.target.as_deref() {
        None => Ok(None),
        Some(name) => plan
            .program()
            .contract(name)
            .map(Some)
            .ok_or_else(|| internal("a selection names a contract that is not there")),
    }
}

/// Chooses among those who are there.
pub(crate) fn choose(
    machine: &mut Machine,
    fiber: &Fiber,
    at: &At<'_>,
    wanted: &mut Wanted,
    candidates: &[AgentDescription],
    chance: u64,
) -> Advance {
    let plan = Arc::clone(&machine.plan);
    let site = at.site(&fiber.key);
    let contract = contract(&plan, at)?;
    let contract_name = contract.map(|contract| contract.name.as_str());
    if candidates.is_empty() && wanted.min > 0 {
        let message = format!("{} wanted, and no agent is registered", counted(wanted.min as u64, "agent"));
        return Err(Failure::new(FailureCode::AgentsNone, message));
    }
    let mut eligible = Vec::new();
    let mut refused = Vec::new();
    for candidate in candidates {
        match reason_against(machine, &site, wanted, candidate, contract_name)? {
            Some(reason) => {
                refused.push(serde_json::json!({ "agent": candidate.id, "reason": reason }));
            }
            None => eligible.push(candidate),
        }
    }
    let contract_cost = contract.and_then(|contract| contract.cost_nanodollars);
    order(&mut eligible, wanted.prefer, contract_cost, chance);
    let names = |agents: &[&AgentDescription]| -> Vec<String> {
        agents.iter().map(|agent| agent.id.clone()).collect()
    };
    if eligible.len() < wanted.min {
        return Err(too_few(wanted, candidates, &names(&eligible)));
    }
    let chosen = eligible.get(..wanted.max.unwrap_or(usize::MAX).min(eligible.len())).unwrap_or_default();
    if machine.is_watched() {
        let data = serde_json::json!({
            "eligible": names(&eligible),
            "chosen": names(chosen),
            "refused": refused,
            "prefer": wanted.prefer.name(),
            "why": why(wanted.prefer, chosen.first().copied(), contract_cost),
        });
        machine.emit(Some(&wanted.place.0), &wanted.place.1, EventKind::Selected, data);
    }
    let agents = chosen.iter().map(|agent| values::agent_value(agent, contract_name)).collect();
    Ok(Flow::Done(Value::list(agents).and_confidence(&wanted.certainty)))
}

/// Why an agent is out of the question.
fn reason_against(
    machine: &mut Machine,
    site: &str,
    wanted: &mut Wanted,
    candidate: &AgentDescription,
    contract: Option<&str>,
) -> Result<Option<String>, Failure> {
    if let Some(missing) = wanted.capabilities.iter().find(|wanted| !candidate.capabilities.contains(wanted))
    {
        return Ok(Some(format!("does not have `{missing}`")));
    }
    if !wanted.any_of.is_empty() && !wanted.any_of.iter().any(|one| candidate.capabilities.contains(one)) {
        return Ok(Some(format!("has none of {}", quoted(&wanted.any_of))));
    }
    if wanted.exclude.contains(&candidate.id) {
        return Ok(Some("is excluded".to_owned()));
    }
    if let Some(condition) = &wanted.condition {
        // What is asserted of one agent is not asserted of the next.
        let site = format!("{site}({})", candidate.id);
        let verdict = machine.call(&site, condition, values::agent_value(candidate, contract))?;
        wanted.certainty = wanted.certainty.and(&verdict.confidence());
        if !verdict.is_truthy() {
            return Ok(Some("does not satisfy `where`".to_owned()));
        }
    }
    Ok(None)
}

fn order(eligible: &mut [&AgentDescription], prefer: Prefer, contract_cost: Option<i64>, chance: u64) {
    eligible.sort_by(|a, b| {
        let preferred = match prefer {
            Prefer::Confidence => present_first(&worth(a), &worth(b), |a, b| b.total_cmp(a)),
            Prefer::Latency => present_first(&a.latency_us, &b.latency_us, Ord::cmp),
            Prefer::Cost => {
                let cost = |agent: &AgentDescription| agent.cost_nanodollars.or(contract_cost);
                present_first(&cost(a), &cost(b), Ord::cmp)
            }
            Prefer::LeastLoaded => a.in_flight.cmp(&b.in_flight),
            Prefer::RoundRobin | Prefer::Random => Ordering::Equal,
        };
        preferred.then_with(|| a.id.cmp(&b.id))
    });
    let count = eligible.len() as u64;
    match prefer {
        Prefer::RoundRobin if count > 0 => eligible.rotate_left((chance % count) as usize),
        Prefer::Random => shuffle(eligible, chance),
        _ => {}
    }
}

/// How good an agent is known to be: what labels say, else what it says of itself.
fn worth(agent: &AgentDescription) -> Option<f64> {
    agent.accuracy.or(agent.expertise)
}

/// The Fisher-Yates shuffle, driven by SplitMix64 (Steele, Lea and Flood 2014).
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for last in (1..items.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        items.swap(last, (mixed % (last as u64 + 1)) as usize);
    }
}

/// What speaks for the first of those that were chosen.
fn why(prefer: Prefer, first: Option<&AgentDescription>, contract_cost: Option<i64>) -> String {
    let Some(first) = first else { return "nobody was wanted".to_owned() };
    match prefer {
        Prefer::Confidence => match (first.accuracy, first.expertise) {
            (Some(accuracy), _) => format!("{} comes first: accuracy {accuracy}", first.id),
            (None, Some(expertise)) => format!("{} comes first: expertise {expertise}", first.id),
            (None, None) => "nothing is known of them: in the order of their ids".to_owned(),
        },
        Prefer::Latency => match first.latency_us {
            Some(latency) => {
                format!("{} comes first: {} a call", first.id, values::duration_text(latency as i64))
            }
            None => "no call was timed: in the order of their ids".to_owned(),
        },
        Prefer::Cost => match first.cost_nanodollars.or(contract_cost) {
            Some(cost) => format!("{} comes first: {} a call", first.id, crate::budget::dollars(cost)),
            None => "no cost is known: in the order of their ids".to_owned(),
        },
        Prefer::LeastLoaded => {
            format!("{} comes first: {} under way", first.id, counted(first.in_flight, "call"))
        }
        Prefer::RoundRobin => format!("it is the turn of {}", first.id),
        Prefer::Random => "in random order".to_owned(),
    }
}

/// Names the capability that is short, or whatever else left too few.
fn too_few(wanted: &Wanted, candidates: &[AgentDescription], eligible: &[String]) -> Failure {
    let having = |capability: &String| -> Vec<&str> {
        let having = candidates.iter().filter(|agent| agent.capabilities.contains(capability));
        having.map(|agent| agent.id.as_str()).collect()
    };
    let needs = counted(wanted.min as u64, "agent");
    let short = wanted
        .capabilities
        .iter()
        .map(|capability| (capability, having(capability)))
        .filter(|(_, agents)| agents.len() < wanted.min)
        .min_by_key(|(_, agents)| agents.len());
    let (capability, message) = match short {
        Some((capability, agents)) => {
            (Some(capability), format!("needs {needs} with `{capability}`, {}", registered(&agents)))
        }
        None => {
            let with = match (wanted.capabilities.is_empty(), wanted.any_of.is_empty()) {
                (true, true) => String::new(),
                (false, true) => format!(" with {}", quoted(&wanted.capabilities)),
                (true, false) => format!(" with one of {}", quoted(&wanted.any_of)),
                (false, false) => {
                    format!(" with {} and one of {}", quoted(&wanted.capabilities), quoted(&wanted.any_of))
                }
            };
            let left = match eligible {
                [] => "none is left".to_owned(),
                [one] => format!("1 is left: {one}"),
                several => format!("{} are left: {}", several.len(), several.join(", ")),
            };
            (None, format!("needs {needs}{with}, {left} of {} registered", candidates.len()))
        }
    };
    Failure::new(FailureCode::SelectTooFew, message).with_details(serde_json::json!({
        "min": wanted.min,
        "capability": capability,
        "eligible": eligible,
        "registered": candidates.len(),
    }))
}

fn registered(agents: &[&str]) -> String {
    match agents {
        [] => "none is registered".to_owned(),
        [one] => format!("1 is registered: {one}"),
        several => format!("{} are registered: {}", several.len(), several.join(", ")),
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(id: &str) -> AgentDescription {
        AgentDescription { id: id.to_owned(), ..AgentDescription::default() }
    }

    fn ordered(agents: &[AgentDescription], prefer: Prefer, chance: u64) -> Vec<String> {
        let mut eligible: Vec<&AgentDescription> = agents.iter().collect();
        order(&mut eligible, prefer, Some(5), chance);
        eligible.iter().map(|agent| agent.id.clone()).collect()
    }

    #[test]
    fn labels_count_more_than_words() {
        let agents = [
            AgentDescription { accuracy: Some(0.7), expertise: Some(0.1), ..agent("a") },
            AgentDescription { expertise: Some(0.9), ..agent("b") },
            agent("c"),
            AgentDescription { accuracy: Some(0.95), ..agent("d") },
            AgentDescription { expertise: Some(0.9), ..agent("e") },
        ];
        assert_eq!(ordered(&agents, Prefer::Confidence, 0), ["d", "b", "e", "a", "c"]);
    }

    #[test]
    fn unknown_costs_are_those_of_the_contract() {
        let agents = [
            AgentDescription { cost_nanodollars: Some(9), ..agent("a") },
            agent("b"),
            AgentDescription { cost_nanodollars: Some(1), ..agent("c") },
        ];
        assert_eq!(ordered(&agents, Prefer::Cost, 0), ["c", "b", "a"]);
    }

    #[test]
    fn load_latency_and_turns() {
        let agents = [
            AgentDescription { in_flight: 2, latency_us: Some(5), ..agent("a") },
            AgentDescription { in_flight: 0, ..agent("b") },
            AgentDescription { in_flight: 1, latency_us: Some(3), ..agent("c") },
        ];
        assert_eq!(ordered(&agents, Prefer::LeastLoaded, 0), ["b", "c", "a"]);
        assert_eq!(ordered(&agents, Prefer::Latency, 0), ["c", "a", "b"]);
        assert_eq!(ordered(&agents, Prefer::RoundRobin, 4), ["b", "c", "a"]);
    }

    #[test]
    fn every_order_can_come_of_a_shuffle() {
        let agents = [agent("a"), agent("b"), agent("c")];
        let mut seen: Vec<Vec<String>> = (0..64).map(|seed| ordered(&agents, Prefer::Random, seed)).collect();
        assert_eq!(ordered(&agents, Prefer::Random, 7), ordered(&agents, Prefer::Random, 7));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 6);
    }
}
