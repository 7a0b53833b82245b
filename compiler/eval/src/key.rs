//! Keys under which values are grouped.

use std::fmt::Write as _;
use std::sync::Arc;

use prism_confidence::canonical::{self, Answer};
use prism_ir::canonical_json;

use crate::{Data, Value};

/// See [`Value::canonical_key`].
pub(crate) fn canonical_key(value: &Value) -> String {
    canonical::key(&answer(value))
}

/// Durations and money count as what JSON makes of them, so that an answer's key does not depend on whether its
/// contract has been applied to it.
fn answer(value: &Value) -> Answer {
    match value.data() {
        Data::Null | Data::Function(_) => Answer::Null,
        Data::Boolean(value) => Answer::Bool(*value),
        Data::Number(value) => Answer::Number(*value),
        Data::String(text) => Answer::Text(text.to_string()),
        Data::Duration(amount) => Answer::Number(*amount as f64 / 1_000.0),
        Data::Money(amount) => Answer::Number(*amount as f64 / 1_000_000_000.0),
        Data::List(list) => Answer::List(list.elements().iter().map(answer).collect()),
        Data::Record(record) => Answer::Record(
            record.fields().iter().map(|(name, member)| (name.to_string(), answer(member))).collect(),
        ),
        Data::Agent(agent) => Answer::Text(agent.id.to_string()),
    }
}

/// A text that two values share exactly when they are equal (`==`).
pub(crate) fn exact_key(value: &Value) -> String {
    let mut key = String::new();
    write_exact(value, &mut key);
    key
}

fn write_exact(value: &Value, key: &mut String) {
    // Writing to a string cannot fail.
    match value.data() {
        Data::Duration(amount) => {
            let _ = write!(key, "d{amount}");
        }
        Data::Money(amount) => {
            let _ = write!(key, "m{amount}");
        }
        Data::Agent(agent) => {
            let _ = write!(key, "a{:?}", agent.id);
        }
        Data::Function(closure) => {
            let _ = write!(key, "f{:p}", Arc::as_ptr(closure));
        }
        Data::List(list) => {
            key.push('[');
            for element in list.elements() {
                write_exact(element, key);
                key.push(',');
            }
            key.push(']');
        }
        Data::Record(record) => {
            let mut fields: Vec<_> = record.fields().iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            key.push('{');
            for (name, member) in fields {
                let _ = write!(key, "{name:?}:");
                write_exact(member, key);
                key.push(',');
            }
            key.push('}');
        }
        _ => key.push_str(&canonical_json(&value.to_json())),
    }
}
