use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::Value;

use crate::literal::number_to_json;
use crate::{Contract, Document, Expression, Function, FunctionBody, Node, NodeId, Operation, Pattern};

/// JSON with sorted keys and numbers in their shortest form: equal values, equal text.
pub fn canonical_json(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(object) => {
            text.push('{');
            let sorted: BTreeMap<_, _> = object.iter().collect();
            for (position, (key, member)) in sorted.into_iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(member, text);
            }
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for (position, element) in elements.iter().enumerate() {
                if position > 0 {
                    text.push(',');
                }
                write_canonical(element, text);
            }
            text.push(']');
        }
        Value::Number(number) => match number.as_f64() {
            Some(double) if !number.is_i64() && !number.is_u64() => {
                text.push_str(&number_to_json(double).to_string());
            }
            _ => text.push_str(&number.to_string()),
        },
        other => text.push_str(&other.to_string()),
    }
}

/// The BLAKE3 hash of a text, in hexadecimal.
pub fn hash_hex(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn canonical(part: &impl Serialize) -> String {
    serde_json::to_value(part).map(|value| canonical_json(&value)).unwrap_or_default()
}

impl Document {
    /// The Merkle hash of a pattern: of its interface, limits and nodes, and of the functions, contracts and named
    /// types that they use, but not of spans, names of files, or anything else in the document.
    pub fn pattern_hash(&self, pattern: &Pattern) -> String {
        Hasher::new(self).pattern(pattern)
    }

    /// The hashes of all patterns, in their order; cheaper than one by one.
    pub fn pattern_hashes(&self) -> Vec<String> {
        let mut hasher = Hasher::new(self);
        self.patterns.iter().map(|pattern| hasher.pattern(pattern)).collect()
    }
}

struct Hasher<'a> {
    document: &'a Document,
    nodes: HashMap<&'a NodeId, &'a Node>,
    by_name: HashMap<&'a str, &'a Function>,
    types: String,
    functions: BTreeSet<&'a str>,
    contracts: BTreeSet<&'a str>,
}

impl<'a> Hasher<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            nodes: document.nodes.iter().map(|node| (&node.id, node)).collect(),
            by_name: document.functions.iter().map(|function| (function.name.as_str(), function)).collect(),
            types: canonical(&document.types),
            functions: BTreeSet::new(),
            contracts: BTreeSet::new(),
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern) -> String {
        self.functions.clear();
        self.contracts.clear();
        let root = self.node(&pattern.root, 0);
        let head = canonical(&(
            (&pattern.name, &pattern.version, &pattern.input, &pattern.output),
            (&pattern.budget, pattern.promise, pattern.propagation, pattern.bands, pattern.slots),
        ));
        let mut parts = vec![head, root];
        let mut hashed = BTreeSet::new();
        while let Some(name) = self.functions.iter().copied().find(|name| !hashed.contains(name)) {
            hashed.insert(name);
            if let Some(function) = self.by_name.get(name).copied() {
                parts.push(self.function(function));
            }
        }
        for name in &self.contracts {
            parts.extend(
                self.document.agents.iter().find(|contract| contract.name == *name).map(contract_text),
            );
        }
        parts.push(self.types.clone());
        hash_hex(&parts.join("\n"))
    }

    fn function(&mut self, function: &'a Function) -> String {
        let body = match &function.body {
            FunctionBody::Pure(expression) => {
                self.visit(expression);
                canonical(expression)
            }
            FunctionBody::Node(node) => self.node(node, 0),
        };
        canonical(&(&function.name, &function.parameters, &function.result, function.slots, body))
    }

    fn node(&mut self, id: &NodeId, depth: u32) -> String {
        let Some(node) = self.nodes.get(id).copied().filter(|_| depth < crate::program::MAX_DEPTH) else {
            return String::new();
        };
        match (node.kind, &node.target) {
            (crate::NodeKind::CallFunction, Some(target)) => {
                self.functions.insert(target);
            }
            (crate::NodeKind::Select | crate::NodeKind::Analyze, Some(target)) => {
                self.contracts.insert(target.split('.').next().unwrap_or(target));
            }
            _ => {}
        }
        node.parameters.values().for_each(|expression| self.visit(expression));
        let children: Vec<_> = node
            .children
            .iter()
            .map(|child| canonical(&(&child.label, &child.frame, self.node(&child.node, depth + 1))))
            .collect();
        hash_hex(&canonical(&(node.kind, &node.target, &node.parameters, node.output, children)))
    }

    fn visit(&mut self, expression: &'a Expression) {
        for operation in &expression.operations {
            if let Operation::CallFunction { function, .. } = operation {
                self.functions.insert(function);
            }
        }
    }
}

fn contract_text(contract: &Contract) -> String {
    canonical(contract)
}
