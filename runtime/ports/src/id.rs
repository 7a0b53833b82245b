use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! text_ids {
    ( $( $(#[$meta:meta])* $id:ident ; )+ ) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $id(Arc<str>);

        impl $id {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<Arc<str>>> From<T> for $id {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+ };
}

text_ids! {
    /// One execution of a pattern. Ordered by the time of its start, since it is a UUID of version 7.
    RunId;
    /// An element of the IR, by its structural path: `triage/label.ask_until/classify`.
    NodeId;
}

impl RunId {
    /// A fresh id, from the system's clock and randomness.
    pub fn generate() -> Self {
        Self::from(uuid::Uuid::now_v7().to_string())
    }
}

/// The iteration that a node is executed in: one index per enclosing branch over items, the outermost first.
/// Empty outside of iterations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Vec<u32>);

impl Key {
    /// The key one level further in, at an index.
    #[must_use]
    pub fn child(&self, index: u32) -> Self {
        let mut indexes = self.0.clone();
        indexes.push(index);
        Self(indexes)
    }

    /// The indexes, the outermost first.
    pub fn indexes(&self) -> &[u32] {
        &self.0
    }

    /// Whether this is outside of every iteration.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        formatter.write_str("[")?;
        for (position, index) in self.0.iter().enumerate() {
            if position > 0 {
                formatter.write_str(",")?;
            }
            write!(formatter, "{index}")?;
        }
        formatter.write_str("]")
    }
}

/// One agent call of a run: `NodeId[Key]#attempt`. It names the confidence root of the call's answer, so it holds
/// nothing that differs between equal runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallId {
    /// The node that makes the call.
    pub node: NodeId,
    /// The iteration that it is made in.
    pub key: Key,
    /// 0 for the first attempt.
    pub attempt: u32,
}

impl fmt::Display for CallId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}#{}", self.node, self.key, self.attempt)
    }
}

/// A timer that the engine asked for, by the node it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TimerId {
    /// The node that waits.
    pub node: NodeId,
    /// The iteration that it waits in.
    pub key: Key,
    /// What the timer is for, where a node has several: `timeout`, `budget`.
    pub purpose: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn call_ids_read_as_paths() {
        let id = CallId {
            node: NodeId::from("triage/label.ask_until/classify"),
            key: Key::default().child(2).child(0),
            attempt: 1,
        };
        assert_eq!(id.to_string(), "triage/label.ask_until/classify[2,0]#1");
    }

    #[test]
    fn run_ids_are_ordered_by_time() {
        let first = RunId::generate();
        std::thread::sleep(std::time::Duration::from_millis(2));
        assert!(first < RunId::generate());
    }
}
