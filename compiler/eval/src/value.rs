//! Values as they are while a pattern runs.

use std::sync::Arc;

use indexmap::IndexMap;
use prism_confidence::Confidence;
use serde_json::Value as Json;
use smol_str::SmolStr;

use crate::agent::AgentValue;
use crate::closure::Closure;
use crate::container::{List, Record};
use crate::{json, key};

/// A payload and how sure it is. Immutable, and cheap to clone whatever its size.
///
/// Two values are equal when their payloads are: `==` here is Prism's `==`, structural, without coercion, and blind
/// to confidence. Records are equal whatever the order of their fields, agents by their ids, functions when they are
/// the same one.
#[derive(Clone, Debug, Default)]
pub struct Value {
    data: Data,
    /// None where it is certain.
    confidence: Option<Confidence>,
}

/// What a value is, apart from how sure it is.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// No value.
    #[default]
    Null,
    /// A boolean.
    Boolean(bool),
    /// A finite number.
    Number(f64),
    /// A text.
    String(SmolStr),
    /// A duration in microseconds.
    Duration(i64),
    /// A sum of money in nano-dollars.
    Money(i64),
    /// Values in order; each keeps its own confidence.
    List(Arc<List>),
    /// Values by name, in the order of insertion; each keeps its own confidence.
    Record(Arc<Record>),
    /// An agent.
    Agent(Arc<AgentValue>),
    /// A function.
    Function(Arc<Closure>),
}

impl Value {
    /// A value of some data that is certain.
    pub const fn new(data: Data) -> Self {
        Self { data, confidence: None }
    }

    /// No value, certain.
    pub const fn null() -> Self {
        Self::new(Data::Null)
    }

    /// A list.
    pub fn list(elements: Vec<Self>) -> Self {
        Self::new(Data::List(Arc::new(List::new(elements))))
    }

    /// A record.
    pub fn record(fields: IndexMap<SmolStr, Self>) -> Self {
        Self::new(Data::Record(Arc::new(Record::new(fields))))
    }

    /// An agent.
    pub fn agent(agent: Arc<AgentValue>) -> Self {
        Self::new(Data::Agent(agent))
    }

    /// Certain values from JSON: numbers stay numbers, whatever they mean. [`Value::adapted`] makes durations and money of
    /// them. The nesting must be bounded by whoever read the JSON; `serde_json` stops at 128.
    pub fn from_json(value: &Json) -> Self {
        json::from_json(value)
    }

    /// As people and agents see it: durations in milliseconds, money in dollars, agents as `{ id, name }`. Confidences
    /// are left out, and a function, which has no JSON, is null.
    pub fn to_json(&self) -> Json {
        json::to_json(self)
    }

    /// What it is.
    pub const fn data(&self) -> &Data {
        &self.data
    }

    /// What it is, without its own confidence; members keep theirs.
    pub fn into_data(self) -> Data {
        self.data
    }

    /// How sure it is by itself, leaving out its members.
    pub fn confidence(&self) -> Confidence {
        self.confidence.clone().unwrap_or_default()
    }

    /// How sure it is by itself; none where it is certain.
    pub const fn uncertainty(&self) -> Option<&Confidence> {
        self.confidence.as_ref()
    }

    /// Whether it is certain by itself, leaving out its members.
    pub const fn is_certain(&self) -> bool {
        self.confidence.is_none()
    }

    /// The same payload with that confidence instead of its own.
    #[must_use]
    pub fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = if confidence.is_certain() { None } else { Some(confidence) };
        self
    }

    /// The same payload, certain by itself; members keep their confidences.
    #[must_use]
    pub fn without_confidence(mut self) -> Self {
        self.confidence = None;
        self
    }

    /// The same payload, no surer than `other`: its own ∧ `other`.
    #[must_use]
    pub fn and_confidence(mut self, other: &Confidence) -> Self {
        if !other.is_certain() {
            self.confidence = Some(match self.confidence {
                Some(own) => own.and(other),
                None => other.clone(),
            });
        }
        self
    }

    /// The same payload, no surer than `other`, where none means certain.
    #[must_use]
    pub fn and_uncertainty(self, other: Option<&Confidence>) -> Self {
        match other {
            Some(other) => self.and_confidence(other),
            None => self,
        }
    }

    /// The same payload with that confidence as a whole: by itself, and its members certain besides.
    #[must_use]
    pub fn settled(self, confidence: Confidence) -> Self {
        let payload = if self.member_residual().is_some() { self.with_certain_members() } else { self };
        payload.with_confidence(confidence)
    }

    fn with_certain_members(&self) -> Self {
        let certain = |member: &Self| member.with_certain_members();
        match &self.data {
            Data::List(list) => Self::list(list.elements().iter().map(certain).collect()),
            Data::Record(record) => {
                let fields = record.fields().iter();
                Self::record(fields.map(|(name, member)| (name.clone(), certain(member))).collect())
            }
            data => Self::new(data.clone()),
        }
    }

    /// How sure it is as a whole: its own confidence ∧ that of every member, and of theirs.
    pub fn residual(&self) -> Confidence {
        let mut total = self.confidence();
        if let Some(members) = self.member_residual() {
            total = total.and(members);
        }
        total
    }

    /// ∧ of all members' residuals; none where they are certain or there are none.
    pub(crate) fn member_residual(&self) -> Option<&Confidence> {
        match &self.data {
            Data::List(list) => list.residual(),
            Data::Record(record) => record.residual(),
            _ => None,
        }
    }

    /// JavaScript's truthiness: null, false, zero (also of durations and money) and the empty text are false.
    pub fn is_truthy(&self) -> bool {
        match &self.data {
            Data::Null => false,
            Data::Boolean(value) => *value,
            Data::Number(value) => *value != 0.0,
            Data::String(value) => !value.is_empty(),
            Data::Duration(amount) | Data::Money(amount) => *amount != 0,
            Data::List(_) | Data::Record(_) | Data::Agent(_) | Data::Function(_) => true,
        }
    }

    /// Whether there is no value.
    pub const fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// The boolean that it is.
    pub const fn as_boolean(&self) -> Option<bool> {
        if let Data::Boolean(value) = self.data { Some(value) } else { None }
    }

    /// The number that it is.
    pub const fn as_number(&self) -> Option<f64> {
        if let Data::Number(value) = self.data { Some(value) } else { None }
    }

    /// The text that it is.
    pub fn as_text(&self) -> Option<&str> {
        if let Data::String(value) = &self.data { Some(value) } else { None }
    }

    /// The duration that it is, in microseconds. A bare number counts as milliseconds, as the language has it where a
    /// duration is wanted; none where it is too large or no number.
    pub fn as_duration(&self) -> Option<i64> {
        match self.data {
            Data::Duration(amount) => Some(amount),
            Data::Number(milliseconds) => crate::arithmetic::whole(milliseconds * 1_000.0),
            _ => None,
        }
    }

    /// The elements of the list that it is.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Data::List(list) = &self.data { Some(list.elements()) } else { None }
    }

    /// The fields of the record that it is.
    pub fn as_record(&self) -> Option<&IndexMap<SmolStr, Self>> {
        if let Data::Record(record) = &self.data { Some(record.fields()) } else { None }
    }

    /// The agent that it is.
    pub fn as_agent(&self) -> Option<&Arc<AgentValue>> {
        if let Data::Agent(agent) = &self.data { Some(agent) } else { None }
    }

    /// The function that it is.
    pub fn as_function(&self) -> Option<&Arc<Closure>> {
        if let Data::Function(closure) = &self.data { Some(closure) } else { None }
    }

    /// The key under which equal answers to one question are pooled and grouped: texts trimmed and case-folded,
    /// numbers in their shortest form, records as JSON with sorted keys. Texts are quoted, so `1` and `"1"` differ.
    pub fn canonical_key(&self) -> String {
        key::canonical_key(self)
    }

    /// About how many bytes its JSON has; what the size limits count. Shared parts count as often as they are reached.
    pub fn size(&self) -> u64 {
        match &self.data {
            Data::Null | Data::Boolean(_) | Data::Number(_) | Data::Duration(_) | Data::Money(_) => 8,
            Data::String(text) => text.len() as u64 + 8,
            Data::List(list) => list.size(),
            Data::Record(record) => record.size(),
            Data::Agent(_) => 64,
            Data::Function(closure) => closure.size(),
        }
    }

    /// How many lists, records and functions are nested in one another: 0 for a number, 1 for a list of numbers.
    pub fn depth(&self) -> u32 {
        match &self.data {
            Data::List(list) => list.depth(),
            Data::Record(record) => record.depth(),
            Data::Function(closure) => closure.depth(),
            _ => 0,
        }
    }

    /// The kind of value in the user's words, with its article: `a string`, `null`.
    pub const fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Boolean(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::String(_) => "a string",
            Data::Duration(_) => "a duration",
            Data::Money(_) => "a sum of money",
            Data::List(_) => "a list",
            Data::Record(_) => "a record",
            Data::Agent(_) => "an agent",
            Data::Function(_) => "a function",
        }
    }
}
