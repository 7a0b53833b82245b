//! Branches: bodies with a frame of their own, that run beside others.

use prism_check::Resolution;
use prism_ir::{Child, Expression, Frame, Literal, Node, NodeKind, Operation};
use prism_syntax::ast::{ExprId, ExprKind, LambdaBody};

use crate::lowerer::{Lowerer, stronger};
use crate::pure::{Operations, push, push_literal};
use crate::types::lower_type;

impl Lowerer<'_> {
    /// A branch under a node. `handed` says how many values the node hands in; `prefix` is what the ids inside start
    /// with.
    pub(crate) fn branch(
        &mut self,
        parent: &mut Node,
        label: &str,
        prefix: String,
        body: ExprId,
        handed: usize,
    ) -> Child {
        let tree = self.tree;
        let lifted = std::mem::take(&mut self.lifted);
        self.frames.enter();
        let id = self.id(parent.id.as_str(), label);
        let span = tree[body].span;
        let mut parameters = Vec::new();
        let (id, effect) = match &tree[body].kind {
            ExprKind::Lambda(lambda) => {
                parameters = self.declare_parameters(&lambda.parameters);
                parameters.truncate(handed);
                self.sequence(id, prefix, span, prism_ir::Type::Any, |lowerer| match &lambda.body {
                    LambdaBody::Expression(value) => lowerer.value_node(*value, None, None),
                    LambdaBody::Block(block) => lowerer.statements(block),
                    LambdaBody::Assignment(statement) => lowerer.statement(*statement),
                })
            }
            _ if handed == 0 => {
                let result = lower_type(self.checked.type_of(body));
                self.sequence(id, prefix, span, result, |lowerer| lowerer.value_node(body, None, None))
            }
            _ => {
                parameters = (0..handed).map(|_| self.frames.fresh()).collect();
                let given = parameters.clone();
                self.sequence(id, prefix, span, prism_ir::Type::Any, |lowerer| {
                    lowerer.call_branch(body, &given)
                })
            }
        };
        let layout = self.frames.leave();
        self.lifted = lifted;
        parent.effect = stronger(parent.effect, effect);
        let frame = Frame { slots: layout.slots, parameters, captures: layout.captures };
        Child { label: label.to_owned(), frame: Some(frame), node: id }
    }

    /// The body of a branch that is given as a function: it is called with what is handed in.
    fn call_branch(&mut self, callee: ExprId, given: &[prism_ir::Slot]) {
        if let Some(Resolution::Function(name)) = self.checked.resolutions.get(&callee)
            && let Some(function) = self.checked.functions.get(name).filter(|function| function.effectful)
        {
            let mut node =
                self.node_for(callee, NodeKind::CallFunction, name.to_string(), prism_ir::Effect::Agent);
            node.target = Some(name.to_string());
            for (position, parameter) in function.parameters.iter().enumerate() {
                let value = match (given.get(position), parameter.default) {
                    (Some(slot), _) => Expression::slot(*slot),
                    (None, Some(default)) => self.pure_expression(default),
                    (None, None) => Expression::literal(Literal::Null),
                };
                node.parameters.insert(parameter.name.to_string(), value);
            }
            return self.emit(node);
        }
        let mut operations = Operations::new();
        let function = self.pure(callee, &mut operations);
        let mut arguments: Vec<u32> =
            given.iter().map(|slot| push(&mut operations, Operation::Slot { slot: *slot })).collect();
        if arguments.is_empty() {
            arguments.push(push_literal(&mut operations, Literal::Null));
        }
        push(&mut operations, Operation::CallValue { callee: function, arguments });
        self.pure_node(callee, None, None, Expression { operations });
    }
}
