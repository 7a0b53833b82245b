//! What is under way for a run, as futures that the run's own task polls.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use prism_ports::{
    AgentCaller, AgentDescription, AgentDirectory, Answer, BoxFuture, CallId, CallRequest, Failure, Key,
    NodeId, TimerId,
};
use tokio::time::Sleep;

use crate::panics;

/// Something that comes back as a record.
pub(crate) struct Work {
    /// What it is; gone when it has come back.
    name: Option<Name>,
    operation: Operation,
}

enum Name {
    Call { call: CallId, agent: String, started_us: u64 },
    Selection { node: NodeId, key: Key, started_us: u64 },
    Timer(TimerId),
}

enum Operation {
    Call(BoxFuture<'static, Result<Answer, Failure>>),
    Selection(BoxFuture<'static, Result<Vec<AgentDescription>, Failure>>),
    Timer(Pin<Box<Sleep>>),
}

/// What came back.
pub(crate) enum Done {
    /// A call.
    Called { call: CallId, agent: String, started_us: u64, result: Result<Answer, Failure> },
    /// The list of agents.
    Selected { node: NodeId, key: Key, started_us: u64, result: Result<Vec<AgentDescription>, Failure> },
    /// A timer.
    Fired(TimerId),
}

impl Work {
    pub(crate) fn call(caller: &dyn AgentCaller, request: CallRequest, started_us: u64) -> Self {
        let (call, agent) = (request.call.clone(), request.agent.clone());
        let future = catch_unwind(AssertUnwindSafe(|| caller.call(request)));
        let future = future.unwrap_or_else(|payload| {
            let failure = panics::failure_of(&caller_of(&agent), payload.as_ref()).from_agent(agent.as_str());
            Box::pin(async move { Err(failure) })
        });
        Self { name: Some(Name::Call { call, agent, started_us }), operation: Operation::Call(future) }
    }

    pub(crate) fn selection(directory: &dyn AgentDirectory, node: NodeId, key: Key, started_us: u64) -> Self {
        let future = catch_unwind(AssertUnwindSafe(|| directory.healthy()));
        let future = future.unwrap_or_else(|payload| {
            let failure = panics::failure_of("the directory of agents", payload.as_ref());
            Box::pin(async move { Err(failure) })
        });
        Self {
            name: Some(Name::Selection { node, key, started_us }),
            operation: Operation::Selection(future),
        }
    }

    pub(crate) fn timer(timer: TimerId, after_us: u64) -> Self {
        let sleep = tokio::time::sleep(std::time::Duration::from_micros(after_us));
        Self { name: Some(Name::Timer(timer)), operation: Operation::Timer(Box::pin(sleep)) }
    }
}

impl Future for Work {
    type Output = Done;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Done> {
        let work = &mut *self;
        match &mut work.operation {
            Operation::Timer(sleep) => match sleep.as_mut().poll(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(()) => match work.name.take() {
                    Some(Name::Timer(timer)) => Poll::Ready(Done::Fired(timer)),
                    _ => Poll::Pending,
                },
            },
            Operation::Call(future) => {
                let result = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(result)) => Ok(result),
                    Err(payload) => Err(payload),
                };
                let Some(Name::Call { call, agent, started_us }) = work.name.take() else {
                    return Poll::Pending;
                };
                let result = result.unwrap_or_else(|payload| {
                    Err(panics::failure_of(&caller_of(&agent), payload.as_ref()).from_agent(agent.as_str()))
                });
                Poll::Ready(Done::Called { call, agent, started_us, result })
            }
            Operation::Selection(future) => {
                let result = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(result)) => result,
                    Err(payload) => Err(panics::failure_of("the directory of agents", payload.as_ref())),
                };
                match work.name.take() {
                    Some(Name::Selection { node, key, started_us }) => {
                        Poll::Ready(Done::Selected { node, key, started_us, result })
                    }
                    _ => Poll::Pending,
                }
            }
        }
    }
}

fn caller_of(agent: &str) -> String {
    format!("the caller of agent `{agent}`")
}
