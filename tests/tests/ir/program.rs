//! Runs of programs without agents.

use std::sync::Arc;
use std::time::Duration;

use prism_compiler::{Document, Program};
use prism_runtime::{PreparedPattern, RunRequest, RunResult, Runtime};

/// Runs the first pattern of a document.
pub(crate) fn run(document: Document) -> RunResult {
    let name = document.patterns[0].name.clone();
    let program = Program::load(document).unwrap_or_else(|error| panic!("{error}"));
    let pattern = PreparedPattern::new(Arc::new(program), &name).unwrap();
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = RunRequest::default().with_timeout(Duration::from_secs(60));
    let runtime = Runtime::builder().build();
    tokio.block_on(async { runtime.run(&pattern, serde_json::json!({}), request).await })
}
