//! Agents as values.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::{Data, Value};

/// A handle of an agent, with what was known of it when it was selected.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentValue {
    /// The id under which it is registered.
    pub id: SmolStr,
    /// The name shown to people.
    pub name: SmolStr,
    /// What it says it can do.
    pub capabilities: Vec<SmolStr>,
    /// The contract under which it was selected.
    pub contract: Option<SmolStr>,
    /// How good it says it is, in [0, 1].
    pub expertise: Option<f64>,
    /// The share of its labelled answers that were right, in [0, 1].
    pub accuracy: Option<f64>,
    /// The mean duration of its calls, in microseconds.
    pub latency_us: Option<u64>,
    /// What a call costs, in nano-dollars.
    pub cost_nanodollars: Option<i64>,
    /// Calls that are under way.
    pub in_flight: u32,
    /// Labels it registered with.
    pub labels: BTreeMap<String, String>,
}

impl AgentValue {
    /// What `agent.name` and its like give; null for what is not known. `historicalConfidence` is the accuracy, under
    /// the name that the original Prism gave it.
    pub fn member(&self, name: &str) -> Value {
        match name {
            "id" => self.id.clone().into(),
            "name" => self.name.clone().into(),
            "capabilities" => Value::list(self.capabilities.iter().cloned().map(Value::from).collect()),
            "contract" => self.contract.clone().map_or_else(Value::null, Value::from),
            "expertise" => self.expertise.map_or_else(Value::null, Value::from),
            "accuracy" | "historicalConfidence" | "historical_confidence" => {
                self.accuracy.map_or_else(Value::null, Value::from)
            }
            "latency" => self.latency_us.map_or_else(Value::null, |us| {
                Value::new(Data::Duration(i64::try_from(us).unwrap_or(i64::MAX)))
            }),
            "cost" => self.cost_nanodollars.map_or_else(Value::null, |nano| Value::new(Data::Money(nano))),
            "in_flight" | "inFlight" => f64::from(self.in_flight).into(),
            "labels" => {
                let labels = self.labels.iter();
                let fields: IndexMap<SmolStr, Value> =
                    labels.map(|(key, label)| (key.into(), label.as_str().into())).collect();
                Value::record(fields)
            }
            _ => Value::null(),
        }
    }
}
