//! Lists and records, with what is asked of them often counted once.

use std::sync::OnceLock;

use indexmap::IndexMap;
use prism_confidence::Confidence;
use smol_str::SmolStr;

use crate::Value;

/// Values in order.
#[derive(Clone, Debug)]
pub struct List {
    elements: Vec<Value>,
    facts: Facts,
}

/// Values by name, in the order of insertion.
#[derive(Clone, Debug)]
pub struct Record {
    fields: IndexMap<SmolStr, Value>,
    facts: Facts,
}

/// What holds of all members together.
#[derive(Clone, Debug)]
struct Facts {
    size: u64,
    depth: u32,
    /// Counted when it is first asked for: most lists never are.
    residual: OnceLock<Option<Confidence>>,
}

impl Facts {
    fn of<'a>(names: u64, members: impl Iterator<Item = &'a Value>) -> Self {
        let mut facts = Self { size: names.saturating_add(16), depth: 0, residual: OnceLock::new() };
        for member in members {
            facts.size = facts.size.saturating_add(member.size());
            facts.depth = facts.depth.max(member.depth());
        }
        facts.depth = facts.depth.saturating_add(1);
        facts
    }

    fn residual<'a>(&self, members: impl Iterator<Item = &'a Value>) -> Option<&Confidence> {
        let total = || {
            members.flat_map(|member| [member.uncertainty(), member.member_residual()]).flatten().fold(
                None,
                |total: Option<Confidence>, confidence| {
                    Some(total.map_or_else(|| confidence.clone(), |known| known.and(confidence)))
                },
            )
        };
        self.residual.get_or_init(total).as_ref()
    }
}

impl List {
    pub(crate) fn new(elements: Vec<Value>) -> Self {
        let facts = Facts::of(0, elements.iter());
        Self { elements, facts }
    }

    /// The elements.
    pub fn elements(&self) -> &[Value] {
        &self.elements
    }

    pub(crate) fn size(&self) -> u64 {
        self.facts.size
    }

    pub(crate) fn depth(&self) -> u32 {
        self.facts.depth
    }

    pub(crate) fn residual(&self) -> Option<&Confidence> {
        self.facts.residual(self.elements.iter())
    }
}

impl Record {
    pub(crate) fn new(fields: IndexMap<SmolStr, Value>) -> Self {
        let names = fields.keys().map(|name| name.len() as u64 + 4).sum();
        let facts = Facts::of(names, fields.values());
        Self { fields, facts }
    }

    /// The fields.
    pub fn fields(&self) -> &IndexMap<SmolStr, Value> {
        &self.fields
    }

    pub(crate) fn size(&self) -> u64 {
        self.facts.size
    }

    pub(crate) fn depth(&self) -> u32 {
        self.facts.depth
    }

    pub(crate) fn residual(&self) -> Option<&Confidence> {
        self.facts.residual(self.fields.values())
    }
}
