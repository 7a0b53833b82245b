use prism_catalog::FailureCode;
use prism_ports::{AgentCaller, AgentDescription, AgentDirectory, Answer, BoxFuture, CallRequest, Failure};

/// Stands where a runtime was given no agents: patterns that need none run, others fail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoAgents;

impl AgentCaller for NoAgents {
    fn call(&self, request: CallRequest) -> BoxFuture<'static, Result<Answer, Failure>> {
        let message = format!("agent `{}` cannot be asked: this runtime has no agents", request.agent);
        let failure = Failure::new(FailureCode::AgentUnavailable, message).from_agent(request.agent);
        Box::pin(async move { Err(failure) })
    }
}

impl AgentDirectory for NoAgents {
    fn healthy(&self) -> BoxFuture<'static, Result<Vec<AgentDescription>, Failure>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}
