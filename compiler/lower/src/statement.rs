use prism_check::BoundCall;
use prism_ir::{Effect, Expression, Literal, NodeKind};
use prism_syntax::ast::{Block, ExprId, ExprKind, StatementId, StatementKind, Target};

use crate::lowerer::{Lowerer, node};
use crate::pure::Operations;

impl Lowerer<'_> {
    pub(crate) fn statements(&mut self, block: &Block) {
        for id in &block.statements {
            self.statement(*id);
        }
        // A declaration has no value, and neither has a block that ends with one.
        let last = block.statements.last().map(|id| &self.tree[*id]);
        if let Some(last) =
            last.filter(|last| matches!(last.kind, StatementKind::Let { .. } | StatementKind::Function(_)))
        {
            let prefix = self.scope.prefix.clone();
            let node_id = self.id(&prefix, NodeKind::Eval.name());
            let mut node = node(node_id, NodeKind::Eval, prism_ir::Type::Null, Effect::Pure, last.span);
            node.parameters.insert("value".to_owned(), Expression::literal(Literal::Null));
            self.emit(node);
        }
    }

    pub(crate) fn statement(&mut self, id: StatementId) {
        let tree = self.tree;
        let span = tree[id].span;
        match &tree[id].kind {
            StatementKind::Let { target: Target::Name(name), value, .. } => match value {
                Some(value) => {
                    // The variable is not visible in its own value, so its slot comes after it.
                    let named = Some(&*name.text);
                    if self.needs_node(*value) && self.is_node(*value) {
                        let slot = self.declare_local(name);
                        self.value_node(*value, named, Some(slot));
                    } else {
                        self.lift(*value);
                        let expression = self.pure_expression(*value);
                        let slot = self.declare_local(name);
                        self.pure_node(*value, named, Some(slot), expression);
                    }
                }
                None => {
                    let slot = self.declare_local(name);
                    let prefix = self.scope.prefix.clone();
                    let node_id = self.id(&prefix, &name.text);
                    let mut node = node(node_id, NodeKind::Let, prism_ir::Type::Null, Effect::Pure, span);
                    node.parameters.insert("value".to_owned(), Expression::literal(Literal::Null));
                    node.output = Some(slot);
                    self.emit(node);
                }
            },
            StatementKind::Return(value) => {
                let value = match value {
                    Some(value) => {
                        self.lift(*value);
                        self.pure_expression(*value)
                    }
                    None => Expression::literal(Literal::Null),
                };
                let prefix = self.scope.prefix.clone();
                let node_id = self.id(&prefix, "return");
                let mut node = node(node_id, NodeKind::Return, prism_ir::Type::Never, Effect::Pure, span);
                node.parameters.insert("value".to_owned(), value);
                self.emit(node);
            }
            StatementKind::Expression(value) => {
                if !self.fail_node(*value) {
                    self.value_node(*value, None, None);
                }
            }
            StatementKind::Function(function) => {
                let mut operations = Operations::new();
                self.nested_function(function, &mut operations);
                let slot = self.declare_local(&function.name);
                let prefix = self.scope.prefix.clone();
                let node_id = self.id(&prefix, &function.name.text);
                let mut node = node(node_id, NodeKind::Let, prism_ir::Type::Any, Effect::Pure, span);
                node.parameters.insert("value".to_owned(), Expression { operations });
                node.output = Some(slot);
                self.emit(node);
            }
            StatementKind::Block(block) => self.statements(block),
            // What holds one of these is not lowered: the checker says so.
            StatementKind::Let { .. }
            | StatementKind::Assign(_)
            | StatementKind::Unpack { .. }
            | StatementKind::Step { .. }
            | StatementKind::Break
            | StatementKind::Continue
            | StatementKind::Assert { .. }
            | StatementKind::Mock(_)
            | StatementKind::For(_)
            | StatementKind::While(_)
            | StatementKind::Try(_)
            | StatementKind::Type(_)
            | StatementKind::Error => {}
        }
    }

    /// `fail("why")` as a statement is a node, so that people see where a pattern gives up.
    fn fail_node(&mut self, id: ExprId) -> bool {
        let Some(BoundCall::Primitive { primitive: prism_catalog::PrimitiveId::Fail, arguments, .. }) = self
            .checked
            .calls
            .get(&id)
            .filter(|_| matches!(self.tree[id].kind, ExprKind::Call { .. }))
            .cloned()
        else {
            return false;
        };
        arguments.iter().flatten().for_each(|argument| self.lift(*argument));
        let mut node = self.node_for(id, NodeKind::Fail, NodeKind::Fail.name().to_owned(), Effect::Pure);
        for (name, argument) in ["message", "details"].into_iter().zip(arguments) {
            if let Some(argument) = argument {
                let value = self.pure_expression(argument);
                node.parameters.insert(name.to_owned(), value);
            }
        }
        self.emit(node);
        true
    }
}
