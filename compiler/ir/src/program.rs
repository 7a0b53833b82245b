use std::collections::HashMap;

use indexmap::IndexMap;
use thiserror::Error;

use crate::{
    Contract, Document, Expression, Function, FunctionBody, IR_VERSION, Method, Node, NodeId, NodeKind,
    Operation, Pattern, Slot, Type,
};

/// The most nodes that a document may have.
const MAX_NODES: usize = 200_000;
/// The most operations that one expression may have.
const MAX_OPERATIONS: usize = 100_000;
/// The deepest nesting of nodes, and of operations within an expression.
pub(crate) const MAX_DEPTH: u32 = 1_024;
/// The most slots that a frame may have.
const MAX_SLOTS: u32 = 65_536;
/// The largest text of a literal, in bytes.
const MAX_LITERAL: usize = 1 << 20;

/// Why a document cannot be executed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// It is not JSON of the right form.
    #[error("this is not a Prism IR document: {0}")]
    Malformed(String),
    /// It was written by a compiler of another generation.
    #[error("this document has IR version {found}; this program reads {IR_VERSION}")]
    Version {
        /// The version of the document.
        found: String,
    },
    /// It is larger than anything that a compiler writes.
    #[error("{what} exceeds the limit of {limit}")]
    TooLarge {
        /// What is too large, with its node.
        what: String,
        /// The limit.
        limit: usize,
    },
    /// Two nodes, functions, contracts or patterns have the same name.
    #[error("{kind} `{name}` stands twice in the document")]
    Duplicate {
        /// What is there twice.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// Something refers to something that is not there.
    #[error("`{from}` refers to {kind} `{name}`, which is not in the document")]
    Dangling {
        /// Who refers.
        from: String,
        /// To what.
        kind: &'static str,
        /// By which name.
        name: String,
    },
    /// A node stands under two parents, or under itself.
    #[error("node `{0}` is used more than once")]
    Shared(NodeId),
    /// An expression is empty, or an operand does not come before its operation.
    #[error("an expression of `{0}` is not well-formed")]
    Expression(String),
    /// A slot lies outside of its frame.
    #[error("`{node}` uses slot {slot} of a frame with {slots} slots")]
    Slot {
        /// The node or function.
        node: String,
        /// The slot.
        slot: Slot,
        /// The size of the frame.
        slots: u32,
    },
}

/// The position of a node in its [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeIndex(u32);

/// A document that has been checked: every reference leads somewhere, every slot is in its frame, nodes form trees,
/// and nothing is larger or deeper than the limits.
#[derive(Clone, Debug)]
pub struct Program {
    document: Document,
    index: HashMap<NodeId, NodeIndex>,
    children: Vec<Vec<NodeIndex>>,
}

impl Program {
    /// Reads a document from JSON and checks it.
    ///
    /// # Errors
    /// [`LoadError`]: the text is not a document, or not one that can be executed.
    pub fn from_json(text: &str) -> Result<Self, LoadError> {
        let document = serde_json::from_str(text).map_err(|error| LoadError::Malformed(error.to_string()))?;
        Self::load(document)
    }

    /// Checks a document.
    ///
    /// # Errors
    /// [`LoadError`]: it cannot be executed.
    pub fn load(document: Document) -> Result<Self, LoadError> {
        if document.prism_ir.split('.').next() != IR_VERSION.split('.').next() {
            return Err(LoadError::Version { found: document.prism_ir });
        }
        limit("the number of nodes", document.nodes.len(), MAX_NODES)?;
        let mut index = HashMap::with_capacity(document.nodes.len());
        for (position, node) in document.nodes.iter().enumerate() {
            if index.insert(node.id.clone(), NodeIndex(position as u32)).is_some() {
                return Err(LoadError::Duplicate { kind: "node", name: node.id.to_string() });
            }
        }
        unique("pattern", document.patterns.iter().map(|pattern| pattern.name.as_str()))?;
        unique("function", document.functions.iter().map(|function| function.name.as_str()))?;
        unique("contract", document.agents.iter().map(|contract| contract.name.as_str()))?;
        let mut children = Vec::with_capacity(document.nodes.len());
        for node in &document.nodes {
            let resolved: Result<Vec<_>, _> = node
                .children
                .iter()
                .map(|child| {
                    index
                        .get(&child.node)
                        .copied()
                        .ok_or_else(|| dangling(node.id.as_str(), "node", child.node.as_str()))
                })
                .collect();
            children.push(resolved?);
        }
        let program = Self { document, index, children };
        Validator { program: &program, seen: vec![false; program.document.nodes.len()] }.run()?;
        Ok(program)
    }

    /// The document as it was loaded.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The named types.
    pub fn types(&self) -> &IndexMap<String, Type> {
        &self.document.types
    }

    /// The position of a node by its id.
    pub fn index_of(&self, id: &NodeId) -> Option<NodeIndex> {
        self.index.get(id).copied()
    }

    /// A node.
    pub fn node(&self, index: NodeIndex) -> &Node {
        #[allow(clippy::indexing_slicing, reason = "indexes are made by `load` only")]
        &self.document.nodes[index.0 as usize]
    }

    /// The children of a node, in its order.
    pub fn children(&self, index: NodeIndex) -> &[NodeIndex] {
        self.children.get(index.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The position of the child with a label.
    pub fn child(&self, index: NodeIndex, label: &str) -> Option<NodeIndex> {
        let position = self.node(index).children.iter().position(|child| child.label == label)?;
        self.children(index).get(position).copied()
    }

    /// A pattern by its name.
    pub fn pattern(&self, name: &str) -> Option<&Pattern> {
        self.document.patterns.iter().find(|pattern| pattern.name == name)
    }

    /// A function by its name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.document.functions.iter().find(|function| function.name == name)
    }

    /// A contract by its name.
    pub fn contract(&self, name: &str) -> Option<&Contract> {
        self.document.agents.iter().find(|contract| contract.name == name)
    }

    /// A method by `Contract.method`.
    pub fn method(&self, target: &str) -> Option<(&Contract, &Method)> {
        let (contract, method) = target.split_once('.')?;
        let contract = self.contract(contract)?;
        Some((contract, contract.methods.iter().find(|known| known.name == method)?))
    }
}

fn limit(what: &str, size: usize, limit: usize) -> Result<(), LoadError> {
    if size > limit { Err(LoadError::TooLarge { what: what.to_owned(), limit }) } else { Ok(()) }
}

fn unique<'a>(kind: &'static str, names: impl Iterator<Item = &'a str>) -> Result<(), LoadError> {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(LoadError::Duplicate { kind, name: name.to_owned() });
        }
    }
    Ok(())
}

fn dangling(from: &str, kind: &'static str, name: &str) -> LoadError {
    LoadError::Dangling { from: from.to_owned(), kind, name: name.to_owned() }
}

struct Validator<'a> {
    program: &'a Program,
    seen: Vec<bool>,
}

impl Validator<'_> {
    fn run(&mut self) -> Result<(), LoadError> {
        let program = self.program;
        for pattern in &program.document.patterns {
            self.root(&pattern.root, &pattern.name, pattern.slots)?;
            if pattern.slots == 0 {
                return Err(LoadError::Slot { node: pattern.name.clone(), slot: 0, slots: 0 });
            }
        }
        for function in &program.document.functions {
            let parameters = function.parameters.len() as u32;
            if parameters > function.slots {
                return Err(LoadError::Slot {
                    node: function.name.clone(),
                    slot: parameters,
                    slots: function.slots,
                });
            }
            match &function.body {
                FunctionBody::Node(root) => self.root(root, &function.name, function.slots)?,
                FunctionBody::Pure(expression) => {
                    self.expression(&function.name, expression, function.slots)?
                }
            }
        }
        for contract in &program.document.agents {
            for method in &contract.methods {
                let owner = format!("{}.{}", contract.name, method.name);
                self.expression(&owner, &method.task, method.parameters.len() as u32)?;
            }
        }
        Ok(())
    }

    fn root(&mut self, root: &NodeId, owner: &str, slots: u32) -> Result<(), LoadError> {
        let index = self.program.index_of(root).ok_or_else(|| dangling(owner, "node", root.as_str()))?;
        limit(&format!("the frame of `{owner}`"), slots as usize, MAX_SLOTS as usize)?;
        let mut pending = vec![(index, slots, 0)];
        while let Some((index, slots, depth)) = pending.pop() {
            let node = self.program.node(index);
            limit(&format!("the nesting of `{}`", node.id), depth as usize, MAX_DEPTH as usize)?;
            match self.seen.get_mut(index.0 as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(LoadError::Shared(node.id.clone())),
            }
            self.node(node, slots)?;
            for (child, child_index) in node.children.iter().zip(self.program.children(index)) {
                let inner = match &child.frame {
                    None => slots,
                    Some(frame) => {
                        limit(
                            &format!("the frame of `{}`", child.node),
                            frame.slots as usize,
                            MAX_SLOTS as usize,
                        )?;
                        for slot in
                            frame.parameters.iter().chain(frame.captures.iter().map(|capture| &capture.to))
                        {
                            in_frame(child.node.as_str(), *slot, frame.slots)?;
                        }
                        for capture in &frame.captures {
                            in_frame(child.node.as_str(), capture.from, slots)?;
                        }
                        frame.slots
                    }
                };
                pending.push((*child_index, inner, depth + 1));
            }
        }
        Ok(())
    }

    fn node(&self, node: &Node, slots: u32) -> Result<(), LoadError> {
        if let Some(output) = node.output {
            in_frame(node.id.as_str(), output, slots)?;
        }
        for expression in node.parameters.values() {
            self.expression(node.id.as_str(), expression, slots)?;
        }
        let known = |found: bool, kind, name: &str| {
            if found { Ok(()) } else { Err(dangling(node.id.as_str(), kind, name)) }
        };
        match (node.kind, node.target.as_deref()) {
            (NodeKind::CallFunction, target) => {
                let name = target.unwrap_or_default();
                known(self.program.function(name).is_some(), "function", name)
            }
            (NodeKind::Select, Some(name)) => known(self.program.contract(name).is_some(), "contract", name),
            (NodeKind::Analyze, Some(name)) => known(self.program.method(name).is_some(), "method", name),
            (NodeKind::Parallel, target) => {
                let form = target.unwrap_or_default();
                known(matches!(form, "items" | "list" | "record"), "form", form)
            }
            _ => Ok(()),
        }
    }

    fn expression(&self, owner: &str, expression: &Expression, slots: u32) -> Result<(), LoadError> {
        let operations = &expression.operations;
        limit(&format!("an expression of `{owner}`"), operations.len(), MAX_OPERATIONS)?;
        let malformed = || LoadError::Expression(owner.to_owned());
        let root = expression.root().ok_or_else(malformed)? as usize;
        // Which frame an operation is evaluated in: operands lie before their operation, so one pass backwards
        // knows every operation's frame before it comes to it.
        let mut frames: Vec<Option<(u32, u32)>> = vec![None; operations.len()];
        if let Some(frame) = frames.get_mut(root) {
            *frame = Some((slots, 0));
        }
        for (position, operation) in operations.iter().enumerate().rev() {
            let Some((slots, depth)) = frames.get(position).copied().flatten() else { continue };
            limit(&format!("an expression of `{owner}`"), depth as usize, MAX_DEPTH as usize)?;
            let inner = match operation {
                Operation::Slot { slot } | Operation::Let { slot, .. } => {
                    in_frame(owner, *slot, slots)?;
                    slots
                }
                Operation::Lambda { parameters, captures, slots: own, .. } => {
                    limit(&format!("a frame of `{owner}`"), *own as usize, MAX_SLOTS as usize)?;
                    for capture in captures {
                        in_frame(owner, capture.from, slots)?;
                        in_frame(owner, capture.to, *own)?;
                    }
                    for parameter in parameters {
                        in_frame(owner, *parameter, *own)?;
                    }
                    *own
                }
                Operation::Literal { value: crate::Literal::String(text) } => {
                    limit(&format!("a text of `{owner}`"), text.len(), MAX_LITERAL)?;
                    slots
                }
                Operation::CallFunction { function, .. } => {
                    if self.program.function(function).is_none() {
                        return Err(dangling(owner, "function", function));
                    }
                    slots
                }
                _ => slots,
            };
            let mut sound = true;
            operation.for_each_operand(|operand| {
                let known = frames.get_mut(operand as usize).filter(|_| (operand as usize) < position);
                match known {
                    None => sound = false,
                    Some(frame) => {
                        let deepest = frame.map_or(0, |(_, known)| known).max(depth + 1);
                        sound &= frame.is_none_or(|(known, _)| known == inner);
                        *frame = Some((inner, deepest));
                    }
                }
            });
            if !sound {
                return Err(malformed());
            }
        }
        Ok(())
    }
}

fn in_frame(node: &str, slot: Slot, slots: u32) -> Result<(), LoadError> {
    if slot < slots { Ok(()) } else { Err(LoadError::Slot { node: node.to_owned(), slot, slots }) }
}
