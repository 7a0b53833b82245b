use std::time::Duration;

use prism_ports::{CallRequest, Json};
use prism_proto::confidence::AgentRequest;
use prism_proto::{DATA_FORM_KEY, DATA_FORM_VALUE, NODE_KEY, PATTERN_KEY, RUN_KEY, json};
use serde_json::Map;

/// The time that a call has, in whole milliseconds, of which there is at least one.
pub(super) fn deadline(timeout_us: Option<u64>, otherwise: Duration) -> Duration {
    let milliseconds = match timeout_us {
        Some(microseconds) => microseconds.div_ceil(1_000),
        None => u64::try_from(otherwise.as_millis()).unwrap_or(u64::MAX),
    };
    // The field of the request is an int32.
    Duration::from_millis(milliseconds.clamp(1, 2_147_483_647))
}

/// A call as the agent sees it.
pub(super) fn agent_request(request: CallRequest, deadline: Duration) -> AgentRequest {
    let task_id = request.task_id();
    let mut context = request.context;
    context.insert(RUN_KEY.to_owned(), request.run.to_string());
    context.insert(NODE_KEY.to_owned(), request.call.node.to_string());
    context.insert(PATTERN_KEY.to_owned(), request.pattern.clone());
    let record = match request.data {
        Json::Object(record) => record,
        value => {
            context.insert(DATA_FORM_KEY.to_owned(), DATA_FORM_VALUE.to_owned());
            Map::from_iter([("value".to_owned(), value)])
        }
    };
    AgentRequest {
        task_id,
        task_description: request.task,
        data: Some(json::to_struct(&record)),
        context: context.into_iter().collect(),
        timeout_ms: i32::try_from(deadline.as_millis()).unwrap_or(i32::MAX),
        pattern_name: request.pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_whole_milliseconds_and_never_none() {
        let otherwise = Duration::from_secs(30);
        assert_eq!(deadline(None, otherwise), otherwise);
        assert_eq!(deadline(Some(1_500_000), otherwise), Duration::from_millis(1_500));
        assert_eq!(deadline(Some(1_001), otherwise), Duration::from_millis(2));
        assert_eq!(deadline(Some(0), otherwise), Duration::from_millis(1));
        assert_eq!(deadline(Some(u64::MAX), otherwise).as_millis(), 2_147_483_647);
    }
}
