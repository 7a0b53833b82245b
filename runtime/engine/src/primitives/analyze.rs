//! One question to one agent.

use std::collections::BTreeMap;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_confidence::Confidence;
use prism_eval::{AgentValue, Value, lifts};
use prism_ir::{Contract, Method, conform};
use prism_ports::{Answer, CallId, EventKind, Failure, Json};

use crate::command::{CallSpec, Command};
use crate::drive::At;
use crate::failures::reached_the_agent;
use crate::fiber::{Advance, Fiber, Flow, State};
use crate::machine::Machine;
use crate::plan::{Plan, internal};
use crate::provenance::Origin;
use crate::values;

/// How long a call may take where neither contract nor program says so.
const DEFAULT_TIMEOUT_US: i64 = 30_000_000;

/// The probability of a lone answer whose agent says nothing about it. Pools know that nothing was said, and take
/// it as one option among all.
const UNSTATED: f64 = 0.5;

/// A call that is under way.
#[derive(Debug)]
pub(crate) struct PendingCall {
    pub(crate) call: CallId,
    agent: String,
    /// What is reserved for it, in nano-dollars.
    pub(crate) reserved: i64,
    /// The answer is no surer than this.
    arguments: Confidence,
}

/// What an agent is asked.
struct Question {
    agent: Arc<AgentValue>,
    task: String,
    data: Json,
    context: BTreeMap<String, String>,
    timeout_us: i64,
    cost: Option<i64>,
    arguments: Confidence,
}

/// Asks the agent.
pub(crate) fn begin(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>, state: &mut State) -> Advance {
    let plan = Arc::clone(&machine.plan);
    let question = match method(&plan, at)? {
        Some((contract, method)) => contract_question(machine, fiber, at, contract, method)?,
        None => free_question(machine, fiber, at)?,
    };
    *state = State::Call(Box::new(ask(machine, fiber, at, question)?));
    Ok(Flow::Wait)
}

fn method<'a>(plan: &'a Plan, at: &At<'_>) -> Result<Option<(&'a Contract, &'a Method)>, Failure> {
    let Some(target) = at.node.target.as_deref() else { return Ok(None) };
    let method = plan.program().method(target);
    method.map(Some).ok_or_else(|| internal("a call names a method that is not there"))
}

fn contract_question(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    contract: &Contract,
    method: &Method,
) -> Result<Question, Failure> {
    let (agent, mut arguments) = agent(machine, fiber, at)?;
    let data = machine.argument(fiber, at, "data")?.unwrap_or_else(Value::null);
    let plan = Arc::clone(&machine.plan);
    let mut slots = Vec::with_capacity(method.parameters.len());
    for parameter in &method.parameters {
        let value = data
            .as_record()
            .and_then(|fields| fields.get(parameter.name.as_str()).cloned())
            .unwrap_or_default();
        if lifts(parameter, plan.program().types()) {
            arguments = arguments.and(&value.residual());
        }
        slots.push(value);
    }
    let task = machine.expression((&at.site(&fiber.key), None), &method.task, &mut slots)?;
    Ok(Question {
        agent,
        task: task.to_string(),
        data: data.to_json(),
        context: BTreeMap::new(),
        timeout_us: contract.timeout_us.unwrap_or(DEFAULT_TIMEOUT_US),
        cost: contract.cost_nanodollars,
        arguments,
    })
}

fn free_question(machine: &mut Machine, fiber: &mut Fiber, at: &At<'_>) -> Result<Question, Failure> {
    let (agent, arguments) = agent(machine, fiber, at)?;
    let task = machine.required(fiber, at, "task")?;
    let data = machine.argument(fiber, at, "data")?.unwrap_or_else(Value::null);
    let mut context = BTreeMap::new();
    if let Some(given) = machine.argument(fiber, at, "context")? {
        let entries = given.as_record().ok_or_else(|| values::wants("context", "a record", &given))?;
        for (key, value) in entries {
            context.insert(key.to_string(), value.to_string());
        }
    }
    // What the agent was selected for holds for whatever it is asked.
    let plan = Arc::clone(&machine.plan);
    let contract = agent.contract.as_deref().and_then(|name| plan.program().contract(name));
    let timeout_us = machine.duration(fiber, at, "timeout")?;
    let timeout_us = timeout_us.or_else(|| contract.and_then(|contract| contract.timeout_us));
    Ok(Question {
        agent,
        task: task.to_string(),
        data: data.to_json(),
        context,
        timeout_us: timeout_us.unwrap_or(DEFAULT_TIMEOUT_US),
        cost: contract.and_then(|contract| contract.cost_nanodollars),
        arguments: arguments.and(&task.residual()),
    })
}

/// The agent, and how sure it is that this is the one to ask.
fn agent(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
) -> Result<(Arc<AgentValue>, Confidence), Failure> {
    let agent = machine.required(fiber, at, "agent")?;
    let handle = agent.as_agent().cloned().ok_or_else(|| values::wants("agent", "an agent", &agent))?;
    Ok((handle, agent.confidence()))
}

fn ask(
    machine: &mut Machine,
    fiber: &mut Fiber,
    at: &At<'_>,
    question: Question,
) -> Result<PendingCall, Failure> {
    let reserved = question.cost.or(question.agent.cost_nanodollars).unwrap_or(0).max(0);
    machine.ledger.reserve(reserved).map_err(|failure| failure.from_agent(question.agent.id.as_str()))?;
    let call =
        CallId { node: machine.plan.id(at.step)?.clone(), key: fiber.key.clone(), attempt: at.occurrence };
    if machine.is_watched() {
        let data = serde_json::json!({ "agent": question.agent.id.as_str(), "method": at.node.target });
        machine.emit_call(&call, EventKind::CallStarted, data);
    }
    machine.calls.insert(call.clone(), at.waker);
    machine.commands.push(Command::Call(CallSpec {
        call: call.clone(),
        agent: question.agent.id.to_string(),
        task: question.task,
        data: question.data,
        context: question.context,
        timeout_us: question.timeout_us.max(0).unsigned_abs(),
    }));
    Ok(PendingCall { call, agent: question.agent.id.to_string(), reserved, arguments: question.arguments })
}

/// Takes in an answer.
pub(crate) fn answered(
    machine: &mut Machine,
    at: &At<'_>,
    pending: &PendingCall,
    answer: &Answer,
    duration_us: u64,
) -> Result<Value, Failure> {
    // Nobody is paid for answering.
    let cost = answer.cost_nanodollars.map_or(pending.reserved, |cost| cost.max(0));
    machine.settle(&pending.call, pending.reserved, cost);
    for warning in &answer.warnings {
        let warning = format!("{}: {warning}", pending.agent);
        machine.warn(Some(&pending.call.node), &pending.call.key, warning);
    }
    let stated = stated(machine, pending, answer.stated);
    let plan = Arc::clone(&machine.plan);
    let value = Value::from_json(&answer.value);
    if value.depth() > plan.environment().limits.value_depth {
        let limit = plan.environment().limits.value_depth;
        let message =
            format!("{} answered lists and records that are nested more than {limit} deep", pending.agent);
        let failure =
            Failure::new(FailureCode::AgentMalformedAnswer, message).from_agent(pending.agent.as_str());
        tell_failed(machine, pending, &failure, duration_us);
        return Err(failure);
    }
    if let Some((contract, method)) = method(&plan, at)?
        && let Err(mismatch) = conform(&answer.value, &method.result, plan.program().types())
    {
        let message = format!(
            "{} answered what {}.{} does not promise: {mismatch}",
            pending.agent, contract.name, method.name
        );
        let failure = Failure::new(FailureCode::ContractMismatch, message)
            .from_agent(pending.agent.as_str())
            .with_details(serde_json::json!({
                "path": mismatch.path,
                "expected": mismatch.expected,
                "found": mismatch.found,
                "answer": answer.value,
            }));
        tell_failed(machine, pending, &failure, duration_us);
        return Err(failure);
    }
    let root = pending.call.to_string();
    let probability = stated.unwrap_or(UNSTATED);
    let own = Confidence::stated(root.as_str(), probability)
        .map_err(|error| internal("a confidence was not clamped").with_details(error.to_string().into()))?;
    if machine.is_watched() {
        machine.emit_call(
            &pending.call,
            EventKind::CallAnswered,
            serde_json::json!({
                "agent": pending.agent,
                "value": answer.value,
                "confidence": stated,
                "reasoning": answer.reasoning,
                "cost_nanodollars": cost,
                "duration_us": duration_us,
            }),
        );
    }
    let value = match method(&plan, at)? {
        Some((_, method)) => value.adapted(&method.result, plan.program().types()),
        None => value,
    };
    let value = value.with_confidence(own.and(&pending.arguments));
    machine.provenance.remember(
        root,
        Origin::Answer {
            agent: pending.agent.clone(),
            value: value.clone(),
            reasoning: answer.reasoning.clone(),
            probability,
            stated: stated.is_some(),
        },
    );
    Ok(value)
}

/// What an agent says of its answer, as a probability. What is not a finite number cannot be journaled, and counts as
/// nothing said.
fn stated(machine: &mut Machine, pending: &PendingCall, stated: Option<f64>) -> Option<f64> {
    let stated = stated.filter(|stated| stated.is_finite())?;
    let clamped = stated.clamp(0.0, 1.0);
    if clamped != stated {
        let warning =
            format!("{} stated a confidence of {stated}, which is taken as {clamped}", pending.agent);
        machine.warn(Some(&pending.call.node), &pending.call.key, warning);
    }
    Some(clamped)
}

/// The failure of a call, with the agent's name.
pub(crate) fn failed(
    machine: &mut Machine,
    pending: &PendingCall,
    failure: &Failure,
    duration_us: u64,
) -> Failure {
    let cost = if reached_the_agent(failure) { pending.reserved } else { 0 };
    machine.settle(&pending.call, pending.reserved, cost);
    let mut failure = failure.clone();
    failure.agent.get_or_insert_with(|| pending.agent.clone());
    tell_failed(machine, pending, &failure, duration_us);
    failure
}

fn tell_failed(machine: &mut Machine, pending: &PendingCall, failure: &Failure, duration_us: u64) {
    let data = serde_json::json!({
        "agent": pending.agent,
        "code": failure.code,
        "message": failure.message,
        "duration_us": duration_us,
    });
    machine.emit_call(&pending.call, EventKind::CallFailed, data);
}

impl Machine {
    /// Books what a call cost.
    pub(crate) fn settle(&mut self, call: &CallId, reserved: i64, actual: i64) {
        if let Some(warning) = self.ledger.settle(reserved, actual) {
            self.warn(Some(&call.node), &call.key, warning);
        }
    }
}
