//! Expressions that become nodes.

use prism_catalog::BinaryOperator;
use prism_check::BoundCall;
use prism_ir::{Child, Effect, Expression, Literal, Node, NodeKind, Operation, Slot};
use prism_syntax::ast::{Band, BandName, Body, Else, ExprId, ExprKind};

use crate::lowerer::{Lowerer, node, stronger};
use crate::pure::{Operations, push, push_literal, spelling};
use crate::types::lower_type;

impl Lowerer<'_> {
    /// Emits nodes for an expression; the last of them has its value, and writes it to `output`.
    pub(crate) fn value_node(&mut self, id: ExprId, name: Option<&str>, output: Option<Slot>) {
        let tree = self.tree;
        if let ExprKind::Await(value) = &tree[id].kind {
            return self.value_node(*value, name, output);
        }
        if self.needs_node(id) && self.is_node(id) {
            match &tree[id].kind {
                ExprKind::Call { .. } => return self.call_node(id, name, output),
                ExprKind::If { condition, then, otherwise } => {
                    return self.if_node(id, name, output, *condition, then, otherwise.as_ref());
                }
                ExprKind::Uncertain { subject, thresholds, bands } => {
                    let thresholds: Vec<_> =
                        thresholds.iter().map(|(name, value)| (&*name.text, *value)).collect();
                    return self.uncertain_node(id, name, output, *subject, &thresholds, bands);
                }
                ExprKind::Do(block) => {
                    let (span, result) = (tree[id].span, lower_type(self.checked.type_of(id)));
                    let prefix = self.scope.prefix.clone();
                    let node_id = self.id(&prefix, &segment(name, "do"));
                    let inner = node_id.to_string();
                    let (_, _) =
                        self.sequence(node_id, inner, span, result, |lowerer| lowerer.statements(block));
                    return self.adopt_last(output);
                }
                ExprKind::Ternary { condition, then, otherwise, .. } => {
                    self.lift(*condition);
                    let condition = self.pure_expression(*condition);
                    return self.choice(id, name, output, condition, Some(*then), Some(*otherwise), None);
                }
                ExprKind::Binary { operator, left, right, .. } => {
                    return self.lazy_node(id, name, output, *operator, *left, *right);
                }
                ExprKind::Gate { value, threshold, otherwise: Some(otherwise), .. } => {
                    return self.gate_node(id, name, output, *value, *threshold, *otherwise);
                }
                _ => {}
            }
        }
        self.lift(id);
        let value = self.pure_expression(id);
        self.pure_node(id, name, output, value);
    }

    /// Emits a node for a pure value.
    pub(crate) fn pure_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        value: Expression,
    ) {
        let (kind, segment) = match name {
            Some(name) => (NodeKind::Let, name.to_owned()),
            None => (NodeKind::Eval, NodeKind::Eval.name().to_owned()),
        };
        let mut node = self.node_for(id, kind, segment, Effect::Pure);
        node.parameters.insert("value".to_owned(), value);
        node.output = output;
        self.emit(node);
    }

    /// A node at the place of an expression.
    pub(crate) fn node_for(&mut self, id: ExprId, kind: NodeKind, segment: String, effect: Effect) -> Node {
        let prefix = self.scope.prefix.clone();
        let node_id = self.id(&prefix, &segment);
        node(node_id, kind, lower_type(self.checked.type_of(id)), effect, self.tree[id].span)
    }

    /// Takes the sequence that was just written into the sequence around it.
    fn adopt_last(&mut self, output: Option<Slot>) {
        if let Some(mut node) = self.nodes.pop() {
            node.output = output;
            self.emit(node);
        }
    }

    fn if_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        condition: ExprId,
        then: &Body,
        otherwise: Option<&Else>,
    ) {
        self.lift(condition);
        let condition = self.pure_expression(condition);
        let mut node = self.node_for(id, NodeKind::If, segment(name, "if"), Effect::Pure);
        node.parameters.insert("condition".to_owned(), condition);
        let then = self.body_child(&mut node, "then", then);
        node.children.push(then);
        match otherwise {
            None => {}
            Some(Else::Chain(value)) => {
                let child = self.value_child(&mut node, "else", *value);
                node.children.push(child);
            }
            Some(Else::Body(body)) => {
                let child = self.body_child(&mut node, "else", body);
                node.children.push(child);
            }
        }
        node.output = output;
        self.emit(node);
    }

    fn uncertain_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        subject: ExprId,
        thresholds: &[(&str, ExprId)],
        bands: &[Band],
    ) {
        self.lift(subject);
        thresholds.iter().for_each(|(_, value)| self.lift(*value));
        let subject = self.pure_expression(subject);
        let mut node = self.node_for(id, NodeKind::Uncertain, segment(name, "uncertain"), Effect::Pure);
        node.parameters.insert("subject".to_owned(), subject);
        for (threshold, value) in thresholds {
            let value = self.pure_expression(*value);
            node.parameters.insert((*threshold).to_owned(), value);
        }
        for band in bands {
            let label = match band.name {
                BandName::High => "high",
                BandName::Medium => "medium",
                BandName::Low => "low",
                BandName::Default => "default",
            };
            let child = self.body_child(&mut node, label, &band.body);
            node.children.push(child);
        }
        node.output = output;
        self.emit(node);
    }

    /// `a && b`, `a || b`, `a ?? b` where b needs a node.
    fn lazy_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        operator: BinaryOperator,
        left: ExprId,
        right: ExprId,
    ) {
        let slot = self.slot_of(left);
        let mut operations = Operations::new();
        let value = push(&mut operations, Operation::Slot { slot });
        if operator == BinaryOperator::Coalesce {
            let null = push_literal(&mut operations, Literal::Null);
            let operator = spelling(BinaryOperator::NotEqual).to_owned();
            push(&mut operations, Operation::Binary { operator, left: value, right: null });
        }
        let condition = Expression { operations };
        match operator {
            BinaryOperator::And => self.choice(id, name, output, condition, Some(right), None, Some(slot)),
            _ => self.choice(id, name, output, condition, None, Some(right), Some(slot)),
        }
    }

    /// `value ~@> (threshold, otherwise)` where the other value needs a node: it is asked for only when the first
    /// one is not sure enough.
    fn gate_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        value: ExprId,
        threshold: ExprId,
        otherwise: ExprId,
    ) {
        let slot = self.slot_of(value);
        self.lift(threshold);
        // `v == v` is true and as sure as v, whatever v is: a gate on it passes when one on v does, and a null that
        // passes is not taken for one that did not.
        let mut operations = Operations::new();
        let kept = push(&mut operations, Operation::Slot { slot });
        let operator = spelling(BinaryOperator::Equal).to_owned();
        let sure = push(&mut operations, Operation::Binary { operator, left: kept, right: kept });
        let threshold = self.pure(threshold, &mut operations);
        push(&mut operations, Operation::Gate { value: sure, threshold, otherwise: None });
        self.choice(id, name, output, Expression { operations }, None, Some(otherwise), Some(slot));
    }

    /// The slot that holds an expression's value.
    fn slot_of(&mut self, id: ExprId) -> Slot {
        if let Some(slot) = self.lifted.get(&id) {
            return *slot;
        }
        let slot = self.frames.fresh();
        self.value_node(id, None, Some(slot));
        self.lifted.insert(id, slot);
        slot
    }

    /// An `if` node whose branches are expressions; a branch that is not given is what `kept` holds.
    #[allow(clippy::too_many_arguments, reason = "the parts of one node")]
    fn choice(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        condition: Expression,
        then: Option<ExprId>,
        otherwise: Option<ExprId>,
        kept: Option<Slot>,
    ) {
        let mut node = self.node_for(id, NodeKind::If, segment(name, "if"), Effect::Pure);
        node.parameters.insert("condition".to_owned(), condition);
        for (label, value) in [("then", then), ("else", otherwise)] {
            let child = match (value, kept) {
                (Some(value), _) => self.value_child(&mut node, label, value),
                (None, Some(slot)) => self.slot_child(&mut node, label, id, slot),
                (None, None) => continue,
            };
            node.children.push(child);
        }
        node.output = output;
        self.emit(node);
    }

    fn body_child(&mut self, parent: &mut Node, label: &str, body: &Body) -> Child {
        match body {
            Body::Record(value) => self.value_child(parent, label, *value),
            Body::Block(block) => {
                let result = prism_ir::Type::Any;
                self.child(parent, label, block.span, result, |lowerer| lowerer.statements(block))
            }
            Body::Statement(statement) => {
                let span = self.tree[*statement].span;
                self.child(parent, label, span, prism_ir::Type::Any, |lowerer| lowerer.statement(*statement))
            }
        }
    }

    fn value_child(&mut self, parent: &mut Node, label: &str, value: ExprId) -> Child {
        let (span, result) = (self.tree[value].span, lower_type(self.checked.type_of(value)));
        self.child(parent, label, span, result, |lowerer| lowerer.value_node(value, None, None))
    }

    fn slot_child(&mut self, parent: &mut Node, label: &str, id: ExprId, slot: Slot) -> Child {
        let (span, result) = (self.tree[id].span, lower_type(self.checked.type_of(id)));
        self.child(parent, label, span, result, |lowerer| {
            lowerer.pure_node(id, None, None, Expression::slot(slot));
        })
    }

    /// A sequence under a node, in the same frame. What it lifts stands nowhere else.
    pub(crate) fn child(
        &mut self,
        parent: &mut Node,
        label: &str,
        span: prism_diagnostics::Span,
        result: prism_ir::Type,
        inside: impl FnOnce(&mut Self),
    ) -> Child {
        let id = self.id(parent.id.as_str(), label);
        let prefix = id.to_string();
        let (id, effect) = self.sequence(id, prefix, span, result, inside);
        parent.effect = stronger(parent.effect, effect);
        Child { label: label.to_owned(), frame: None, node: id }
    }

    fn call_node(&mut self, id: ExprId, name: Option<&str>, output: Option<Slot>) {
        match self.checked.calls.get(&id).cloned() {
            Some(BoundCall::Method { agent, contract, method, arguments }) => {
                self.method_node(id, name, output, agent, &contract, &method, &arguments);
            }
            Some(BoundCall::Analyze { agent, arguments }) => {
                self.lift(agent);
                arguments.iter().flatten().for_each(|argument| self.lift(*argument));
                let mut node = self.node_for(id, NodeKind::Analyze, segment(name, "analyze"), Effect::Agent);
                let agent = self.pure_expression(agent);
                node.parameters.insert("agent".to_owned(), agent);
                for (parameter, argument) in ["task", "data", "timeout", "context"].into_iter().zip(arguments)
                {
                    if let Some(argument) = argument {
                        let value = self.pure_expression(argument);
                        node.parameters.insert(parameter.to_owned(), value);
                    }
                }
                node.output = output;
                self.emit(node);
            }
            Some(BoundCall::Function { function, arguments }) => {
                self.function_node(id, name, output, &function, &arguments);
            }
            Some(BoundCall::Primitive { primitive, arguments, form, options }) => {
                self.primitive_node(id, name, output, primitive, &arguments, form, options);
            }
            Some(BoundCall::Builtin { .. } | BoundCall::Value { .. }) | None => {}
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one node")]
    fn method_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        agent: ExprId,
        contract: &str,
        method: &str,
        arguments: &[Option<ExprId>],
    ) {
        self.lift(agent);
        arguments.iter().flatten().for_each(|argument| self.lift(*argument));
        let agent = self.pure_expression(agent);
        let parameters = self
            .checked
            .contracts
            .get(contract)
            .and_then(|known| known.methods.iter().find(|known| &*known.name == method))
            .map(|known| known.parameters.clone())
            .unwrap_or_default();
        let mut operations = Operations::new();
        let mut entries = Vec::new();
        for (parameter, argument) in parameters.iter().zip(arguments) {
            if let Some(value) = argument.or(parameter.default) {
                let value = self.pure(value, &mut operations);
                entries.push(prism_ir::Entry::Field { key: parameter.name.to_string(), value });
            }
        }
        push(&mut operations, Operation::Record { entries });
        let segment = name.map_or_else(|| method.to_owned(), |name| format!("{name}.{method}"));
        let mut node = self.node_for(id, NodeKind::Analyze, segment, Effect::Agent);
        node.target = Some(format!("{contract}.{method}"));
        node.parameters.insert("agent".to_owned(), agent);
        node.parameters.insert("data".to_owned(), Expression { operations });
        node.output = output;
        self.emit(node);
    }

    fn function_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        function: &str,
        arguments: &[Option<ExprId>],
    ) {
        arguments.iter().flatten().for_each(|argument| self.lift(*argument));
        let segment = name.map_or_else(|| function.to_owned(), |name| format!("{name}.{function}"));
        let mut node = self.node_for(id, NodeKind::CallFunction, segment, Effect::Agent);
        node.target = Some(function.to_owned());
        let parameters =
            self.checked.functions.get(function).map(|known| known.parameters.clone()).unwrap_or_default();
        for (parameter, argument) in parameters.iter().zip(arguments) {
            let value = match argument.or(parameter.default) {
                Some(value) => self.pure_expression(value),
                None => Expression::literal(Literal::Null),
            };
            node.parameters.insert(parameter.name.to_string(), value);
        }
        node.output = output;
        self.emit(node);
    }
}

/// The last part of an id: the bound name and the kind, or the kind alone.
pub(crate) fn segment(name: Option<&str>, kind: &str) -> String {
    name.map_or_else(|| kind.to_owned(), |name| format!("{name}.{kind}"))
}
