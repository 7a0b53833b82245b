//! What follows from the code of a failure, and how several become one.

use prism_catalog::FailureCode;
use prism_ports::Failure;

/// How many causes a failure lists.
const LISTED_CAUSES: usize = 5;

/// Whether the failure says that the budget is used up.
pub(crate) fn is_budget(failure: &Failure) -> bool {
    matches!(
        failure.known_code(),
        Some(FailureCode::BudgetCalls | FailureCode::BudgetCost | FailureCode::BudgetTime)
    )
}

/// Whether the agent may have worked, and hence cost something, before a call failed.
pub(crate) fn reached_the_agent(failure: &Failure) -> bool {
    !matches!(
        failure.known_code(),
        Some(
            FailureCode::AgentUnavailable
                | FailureCode::AgentRefused
                | FailureCode::AgentOverloaded
                | FailureCode::AgentDied
        )
    )
}

/// Adds what led to a failure, by branch: the first as its cause, the first few as details.
pub(crate) fn causes(failure: Failure, causes: Vec<(u32, Failure)>) -> Failure {
    let listed: Vec<serde_json::Value> = causes
        .iter()
        .take(LISTED_CAUSES)
        .map(|(index, cause)| {
            serde_json::json!({
                "index": index,
                "code": cause.code,
                "message": cause.message,
                "agent": cause.agent,
            })
        })
        .collect();
    match causes.into_iter().next() {
        None => failure,
        Some((_, first)) => failure.with_details(serde_json::json!({ "failures": listed })).caused_by(first),
    }
}
