//! Panics as failures.

use std::any::Any;

use prism_catalog::FailureCode;
use prism_ports::Failure;

/// The failure that stands for a panic in `place`.
pub(crate) fn failure_of(place: &str, payload: &(dyn Any + Send)) -> Failure {
    let words = payload.downcast_ref::<&str>().copied();
    let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = match words {
        Some(words) => format!("{place} panicked: {words}"),
        None => format!("{place} panicked"),
    };
    tracing::error!("{message}");
    Failure::new(FailureCode::Internal, message)
}
