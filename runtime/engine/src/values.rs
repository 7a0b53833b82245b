//! Values as the engine meets them.

use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_eval::{AgentValue, Data, Value};
use prism_ports::{AgentDescription, Failure};

/// A duration in microseconds as the language writes it.
pub(crate) fn duration_text(microseconds: i64) -> String {
    Value::new(Data::Duration(microseconds)).to_string()
}

/// The handle of an agent.
pub(crate) fn agent_value(agent: &AgentDescription, contract: Option<&str>) -> Value {
    Value::agent(Arc::new(AgentValue {
        id: agent.id.as_str().into(),
        name: agent.name.as_str().into(),
        capabilities: agent.capabilities.iter().map(|capability| capability.as_str().into()).collect(),
        contract: contract.map(Into::into),
        expertise: agent.expertise,
        accuracy: agent.accuracy,
        latency_us: agent.latency_us,
        cost_nanodollars: agent.cost_nanodollars,
        in_flight: agent.in_flight,
        labels: agent.labels.clone(),
    }))
}

/// Whether a value says that there is no answer: a null that nothing speaks for.
pub(crate) fn is_plain_null(value: &Value) -> bool {
    value.is_null() && value.is_certain()
}

/// A parameter of a node has a value that it cannot have.
pub(crate) fn wants(parameter: &str, expected: &str, found: &Value) -> Failure {
    let message = format!("`{parameter}` wants {expected}, but got {}", found.kind());
    Failure::new(FailureCode::ValueType, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_in_the_language() {
        assert_eq!(duration_text(90_000_000), "1m30s");
    }
}
