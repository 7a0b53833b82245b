//! What is known of a pattern before it runs.

use std::collections::HashMap;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_eval::Environment;
use prism_ir::{Child, FunctionBody, Node, NodeIndex, NodeKind, Pattern, Program};
use prism_ports::{Failure, NodeId};

/// A node of a [`Plan`], by its place.
pub(crate) type Step = usize;

/// A pattern made ready to be run any number of times: nodes by place instead of by name, and the facts about them
/// that do not depend on the input.
#[derive(Debug)]
pub struct Plan {
    program: Arc<Program>,
    pattern: usize,
    root: Step,
    steps: Vec<PlanStep>,
    functions: HashMap<String, Step>,
    environment: Environment,
}

#[derive(Debug)]
struct PlanStep {
    index: NodeIndex,
    id: NodeId,
    children: Vec<Step>,
    returns: bool,
    repeats: bool,
}

impl Plan {
    /// Makes a pattern of a program ready.
    ///
    /// # Errors
    /// `ir/invalid` when the program has no pattern of that name, or names nodes that it does not have.
    pub fn new(program: Arc<Program>, pattern: &str) -> Result<Self, Failure> {
        let missing = |what: String| Failure::new(FailureCode::IrInvalid, what);
        let position = program
            .document()
            .patterns
            .iter()
            .position(|known| known.name == pattern)
            .ok_or_else(|| missing(format!("the program has no pattern `{pattern}`")))?;
        let mut steps = Vec::with_capacity(program.document().nodes.len());
        let mut places = HashMap::with_capacity(steps.capacity());
        for node in &program.document().nodes {
            let index = program
                .index_of(&node.id)
                .ok_or_else(|| missing(format!("the program does not know its node `{}`", node.id)))?;
            places.insert(index, steps.len());
            steps.push(PlanStep {
                index,
                id: NodeId::from(node.id.shared()),
                children: Vec::new(),
                returns: node.kind == NodeKind::Return,
                repeats: true,
            });
        }
        for step in &mut steps {
            let children = program.children(step.index);
            step.children = children.iter().filter_map(|child| places.get(child).copied()).collect();
        }
        let place_of =
            |id: &prism_ir::NodeId| program.index_of(id).and_then(|index| places.get(&index).copied());
        let found = program.document().patterns.get(position);
        let root = found
            .and_then(|pattern| place_of(&pattern.root))
            .ok_or_else(|| missing(format!("the pattern `{pattern}` has no body")))?;
        let mut functions = HashMap::new();
        for function in &program.document().functions {
            if let FunctionBody::Node(body) = &function.body
                && let Some(step) = place_of(body)
            {
                functions.insert(function.name.clone(), step);
            }
        }
        let environment = Environment::new(&program);
        let environment = match found {
            Some(pattern) => environment.with_pattern(pattern.propagation, pattern.bands),
            None => environment,
        };
        let mut plan = Self { program, pattern: position, root, steps, functions, environment };
        plan.mark_repeats();
        plan.mark_returns();
        Ok(plan)
    }

    /// The program that the pattern is part of.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    /// The pattern.
    ///
    /// # Errors
    /// `internal` never occurs: the place was taken from the same program.
    pub(crate) fn pattern(&self) -> Result<&Pattern, Failure> {
        let patterns = &self.program.document().patterns;
        patterns.get(self.pattern).ok_or_else(|| internal("the plan has lost its pattern"))
    }

    /// What the pattern's expressions refer to.
    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn root(&self) -> Step {
        self.root
    }

    /// The body of a function that calls agents.
    pub(crate) fn function(&self, name: &str) -> Option<Step> {
        self.functions.get(name).copied()
    }

    pub(crate) fn node(&self, step: Step) -> Result<&Node, Failure> {
        self.step(step).map(|step| self.program.node(step.index))
    }

    pub(crate) fn id(&self, step: Step) -> Result<&NodeId, Failure> {
        self.step(step).map(|step| &step.id)
    }

    pub(crate) fn children(&self, step: Step) -> Result<&[Step], Failure> {
        self.step(step).map(|step| step.children.as_slice())
    }

    /// The child with a label, with what the document says of it.
    pub(crate) fn child(&self, step: Step, label: &str) -> Result<Option<(&Child, Step)>, Failure> {
        let node = self.node(step)?;
        let mut children = node.children.iter().zip(self.children(step)?);
        Ok(children.find(|(child, _)| child.label == label).map(|(child, step)| (child, *step)))
    }

    /// Whether a `return` of the frame that the node is in stands within it.
    pub(crate) fn returns(&self, step: Step) -> Result<bool, Failure> {
        self.step(step).map(|step| step.returns)
    }

    /// Whether the node may be executed several times under one key, being part of a function.
    pub(crate) fn repeats(&self, step: Step) -> Result<bool, Failure> {
        self.step(step).map(|step| step.repeats)
    }

    fn step(&self, step: Step) -> Result<&PlanStep, Failure> {
        self.steps.get(step).ok_or_else(|| internal("the plan has no such node"))
    }

    /// What lies under the pattern's root, and not in a function, is executed once per key.
    fn mark_repeats(&mut self) {
        let mut open = vec![self.root];
        while let Some(step) = open.pop() {
            if let Some(step) = self.steps.get_mut(step) {
                step.repeats = false;
                open.extend(&step.children);
            }
        }
    }

    /// Carries `returns` up to the nodes around a `return`, as far as its frame reaches.
    fn mark_returns(&mut self) {
        let mut parents: Vec<Option<Step>> = vec![None; self.steps.len()];
        for (step, planned) in self.steps.iter().enumerate() {
            let node = self.program.node(planned.index);
            for (child, place) in node.children.iter().zip(&planned.children) {
                let own_frame = child.frame.is_some() || is_branch_parent(node.kind);
                if let Some(parent) = parents.get_mut(*place).filter(|_| !own_frame) {
                    *parent = Some(step);
                }
            }
        }
        let steps = self.steps.iter().enumerate();
        let starts: Vec<Step> = steps.filter(|(_, planned)| planned.returns).map(|(step, _)| step).collect();
        for start in starts {
            let mut around = parents.get(start).copied().flatten();
            while let Some(step) = around {
                match self.steps.get_mut(step) {
                    Some(planned) if !planned.returns => planned.returns = true,
                    _ => break,
                }
                around = parents.get(step).copied().flatten();
            }
        }
    }
}

/// Whether the children run in fibers of their own.
fn is_branch_parent(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Parallel | NodeKind::AskUntil)
}

/// A failure that only a bug in this crate can cause.
pub(crate) fn internal(what: &str) -> Failure {
    Failure::new(FailureCode::Internal, format!("{what}; this is a bug in Prism"))
}
