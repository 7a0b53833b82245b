//! Taking out of an expression what needs a node of its own.

use std::cell::Cell;

use prism_check::BoundCall;
use prism_syntax::ast::{
    ArgumentValue, Block, Body, Else, Entry, EntryKey, ExprId, ExprKind, StatementId, StatementKind,
    TemplatePart,
};

use crate::lowerer::Lowerer;

impl Lowerer<'_> {
    /// Whether an expression cannot be a pure one: it asks somebody, or has statements in it that may leave.
    pub(crate) fn needs_node(&self, id: ExprId) -> bool {
        if let Some(known) = self.needs.get(id.index()).and_then(Cell::get) {
            return known;
        }
        let needs = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            let mut needs = false;
            if self.checked.is_effectful(id) {
                return !matches!(self.tree[id].kind, ExprKind::Lambda(_));
            }
            if matches!(
                self.tree[id].kind,
                ExprKind::If { .. } | ExprKind::Uncertain { .. } | ExprKind::Do(_)
            ) {
                return self.leaves(id);
            }
            self.for_each_part(id, |part| needs |= self.needs_node(part));
            needs
        });
        if let Some(known) = self.needs.get(id.index()) {
            known.set(Some(needs));
        }
        needs
    }

    /// Whether an `if` or the like has a `return` in it.
    fn leaves(&self, id: ExprId) -> bool {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || match &self.tree[id].kind {
            ExprKind::If { condition, then, otherwise } => {
                self.needs_node(*condition)
                    || self.body_leaves(then)
                    || match otherwise {
                        None => false,
                        Some(Else::Chain(value)) => self.needs_node(*value),
                        Some(Else::Body(body)) => self.body_leaves(body),
                    }
            }
            ExprKind::Uncertain { subject, bands, .. } => {
                self.needs_node(*subject) || bands.iter().any(|band| self.body_leaves(&band.body))
            }
            ExprKind::Do(block) => self.block_leaves(block),
            _ => self.needs_node(id),
        })
    }

    fn body_leaves(&self, body: &Body) -> bool {
        match body {
            Body::Block(block) => self.block_leaves(block),
            Body::Record(value) => self.needs_node(*value),
            Body::Statement(statement) => self.statement_leaves(*statement),
        }
    }

    fn block_leaves(&self, block: &Block) -> bool {
        block.statements.iter().any(|id| self.statement_leaves(*id))
    }

    fn statement_leaves(&self, id: StatementId) -> bool {
        match &self.tree[id].kind {
            StatementKind::Return(_) => true,
            StatementKind::Let { value: Some(value), .. } | StatementKind::Expression(value) => {
                self.needs_node(*value)
            }
            StatementKind::Block(block) => self.block_leaves(block),
            // What holds another statement is not lowered: the checker says so.
            _ => false,
        }
    }

    /// The expressions that an expression is made of, apart from those inside functions and statements.
    pub(crate) fn for_each_part(&self, id: ExprId, mut visit: impl FnMut(ExprId)) {
        match &self.tree[id].kind {
            ExprKind::Error | ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Lambda(_) => {}
            ExprKind::Template(parts) => parts.iter().for_each(|part| {
                if let TemplatePart::Expression(value) = part {
                    visit(*value);
                }
            }),
            ExprKind::List(elements) => elements.iter().for_each(|element| visit(element.value)),
            ExprKind::Record(entries) => entries.iter().for_each(|entry| match entry {
                Entry::Pair { key, value, .. } => {
                    if let EntryKey::Computed(key) = key {
                        visit(*key);
                    }
                    visit(*value);
                }
                Entry::Spread(value) => visit(*value),
            }),
            ExprKind::Member { object, .. } | ExprKind::OptionalMember { object, .. } => visit(*object),
            ExprKind::Index { object, index } => {
                visit(*object);
                visit(*index);
            }
            ExprKind::Call { callee, arguments } => {
                visit(*callee);
                arguments.iter().for_each(|argument| match argument.value {
                    ArgumentValue::Expression(value) | ArgumentValue::Spread(value) => visit(value),
                });
            }
            ExprKind::Unary { operand, .. } => visit(*operand),
            ExprKind::Binary { left, right, .. } => {
                visit(*left);
                visit(*right);
            }
            ExprKind::Ternary { condition, then, otherwise, .. } => {
                visit(*condition);
                visit(*then);
                visit(*otherwise);
            }
            ExprKind::Attach { value, confidence } => {
                visit(*value);
                visit(*confidence);
            }
            ExprKind::Gate { value, threshold, otherwise, .. } => {
                visit(*value);
                visit(*threshold);
                otherwise.iter().for_each(|otherwise| visit(*otherwise));
            }
            ExprKind::As { value, .. } | ExprKind::Assert(value) | ExprKind::Await(value) => visit(*value),
            ExprKind::If { condition, .. } => visit(*condition),
            ExprKind::Uncertain { subject, .. } => visit(*subject),
            ExprKind::Do(_) => {}
            // What holds another expression is not lowered: the checker says so.
            _ => {}
        }
    }

    /// Puts every part that needs a node into a slot, so that the expression itself can be written as a pure one.
    pub(crate) fn lift(&mut self, id: ExprId) {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.lift_inner(id));
    }

    fn lift_inner(&mut self, id: ExprId) {
        if self.lifted.contains_key(&id) || !self.needs_node(id) {
            return;
        }
        if self.is_node(id) {
            let slot = self.frames.fresh();
            self.value_node(id, None, Some(slot));
            self.lifted.insert(id, slot);
            return;
        }
        let mut parts = Vec::new();
        self.for_each_part(id, |part| parts.push(part));
        for part in parts {
            self.lift(part);
        }
    }

    /// Whether an expression becomes a node itself, rather than having parts that do.
    pub(crate) fn is_node(&self, id: ExprId) -> bool {
        match &self.tree[id].kind {
            ExprKind::Call { .. } => match self.checked.calls.get(&id) {
                Some(BoundCall::Primitive { primitive, .. }) => {
                    *primitive != prism_catalog::PrimitiveId::Fail
                }
                Some(BoundCall::Method { .. } | BoundCall::Analyze { .. }) => true,
                Some(BoundCall::Function { function, .. }) => {
                    self.checked.functions.get(function).is_some_and(|known| known.effectful)
                }
                Some(BoundCall::Builtin { .. } | BoundCall::Value { .. }) | None => false,
            },
            ExprKind::If { .. } | ExprKind::Uncertain { .. } | ExprKind::Do(_) => true,
            ExprKind::Await(value) => self.is_node(*value),
            ExprKind::Ternary { then, otherwise, .. } => {
                self.needs_node(*then) || self.needs_node(*otherwise)
            }
            ExprKind::Binary { operator, right, .. } => operator.is_lazy() && self.needs_node(*right),
            ExprKind::Gate { otherwise: Some(otherwise), .. } => self.needs_node(*otherwise),
            _ => false,
        }
    }
}
