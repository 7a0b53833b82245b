use std::error::Error as _;
use std::time::Duration;

use prism_catalog::FailureCode;
use prism_ports::Failure;
use serde_json::json;
use tonic::{Code, Status};

use super::answer::too_large;
use crate::text::shown;

/// How much of an agent's own words is repeated, in bytes.
const QUOTED: usize = 500;

/// What is known about a call whose status is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct CallFacts<'a> {
    /// Who was asked.
    pub(super) agent: &'a str,
    /// Where.
    pub(super) endpoint: &'a str,
    /// How long it had.
    pub(super) deadline: Duration,
    /// How long it took.
    pub(super) elapsed: Duration,
    /// The largest answer, in bytes of JSON.
    pub(super) max_answer_bytes: usize,
    /// The largest message that the connection reads.
    pub(super) max_message_bytes: usize,
}

/// What a gRPC status means for the one who asked.
///
/// The table is that of the wire protocol: requests that cannot be answered as they stand are `agent/refused`, what
/// may pass is `agent/unavailable`, `agent/overloaded`, `agent/timeout` or `agent/cancelled`, and INTERNAL and
/// UNKNOWN are the agent's own `agent/error`.
pub(super) fn failure_of(status: &Status, facts: CallFacts<'_>) -> Failure {
    let agent = facts.agent;
    let said = shown(status.message(), QUOTED);
    let said = if said.is_empty() { status.code().description().to_owned() } else { said };
    let of = |code, message: String| {
        Failure::new(code, message)
            .from_agent(agent)
            .with_details(json!({ "status": status_name(status.code()), "message": said }))
    };
    if is_timeout(status, facts) {
        return timed_out(facts);
    }
    if is_own_size_limit(status, facts) {
        return too_large(agent, facts.max_answer_bytes);
    }
    if is_undecodable(status) {
        return of(
            FailureCode::AgentMalformedAnswer,
            format!("agent `{agent}` answered a message that cannot be read: {said}"),
        );
    }
    if is_broken_connection(status) {
        let message = format!("the connection to agent `{agent}` at {} broke: {said}", facts.endpoint);
        return of(FailureCode::AgentUnavailable, message);
    }
    match status.code() {
        Code::InvalidArgument
        | Code::NotFound
        | Code::AlreadyExists
        | Code::OutOfRange
        | Code::Unimplemented
        | Code::Unauthenticated
        | Code::PermissionDenied
        | Code::FailedPrecondition
        | Code::DataLoss => {
            of(FailureCode::AgentRefused, format!("agent `{agent}` refused the task: {said}"))
        }
        Code::ResourceExhausted if says_too_large(status.message()) => {
            of(FailureCode::AgentRefused, format!("the task is too large for agent `{agent}`: {said}"))
        }
        Code::ResourceExhausted => {
            of(FailureCode::AgentOverloaded, format!("agent `{agent}` is out of capacity: {said}"))
        }
        Code::Unavailable => {
            let message = format!("agent `{agent}` at {} cannot be reached: {said}", facts.endpoint);
            of(FailureCode::AgentUnavailable, message)
        }
        Code::Aborted => {
            of(FailureCode::AgentUnavailable, format!("agent `{agent}` gave up on the task: {said}"))
        }
        Code::DeadlineExceeded => timed_out(facts),
        Code::Cancelled => {
            of(FailureCode::AgentCancelled, format!("agent `{agent}` cancelled the call: {said}"))
        }
        Code::Internal | Code::Unknown => {
            of(FailureCode::AgentError, format!("agent `{agent}` failed: {said}"))
        }
        Code::Ok => of(FailureCode::AgentError, format!("agent `{agent}` ended the call without an answer")),
    }
}

/// The failure of a call that took too long.
pub(super) fn timed_out(facts: CallFacts<'_>) -> Failure {
    let message = format!("agent `{}` did not answer within {}", facts.agent, duration(facts.deadline));
    Failure::new(FailureCode::AgentTimeout, message)
        .from_agent(facts.agent)
        .with_details(json!({ "timeout_ms": u64::try_from(facts.deadline.as_millis()).unwrap_or(u64::MAX) }))
}

/// A duration as people write it: `250 ms`, `1.5 s`.
pub(crate) fn duration(duration: Duration) -> String {
    if duration < Duration::from_secs(1) {
        format!("{} ms", duration.as_millis())
    } else {
        format!("{} s", duration.as_secs_f64())
    }
}

/// tonic tells an expired deadline, its own or that of a server built with it, as CANCELLED.
fn is_timeout(status: &Status, facts: CallFacts<'_>) -> bool {
    status.code() == Code::Cancelled
        && (facts.elapsed >= facts.deadline || status.message().contains("Timeout expired"))
}

/// tonic reports an answer over our own limit as OUT_OF_RANGE, naming the limit.
fn is_own_size_limit(status: &Status, facts: CallFacts<'_>) -> bool {
    status.code() == Code::OutOfRange
        && status.message().starts_with("Error, decoded message length too large")
        && status.message().contains(&format!("the limit is: {} bytes", facts.max_message_bytes))
}

fn is_undecodable(status: &Status) -> bool {
    status.code() == Code::Internal && status.message().starts_with("failed to decode Protobuf message")
}

/// A status that came over the wire has no source; one that our side made of a broken connection has.
fn is_broken_connection(status: &Status) -> bool {
    status.source().is_some() && matches!(status.code(), Code::Internal | Code::Unknown | Code::Cancelled)
}

fn says_too_large(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    message.contains("too large") || message.contains("larger than")
}

/// The name of a status in the gRPC specification.
fn status_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
