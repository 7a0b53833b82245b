use prism_catalog::{PrimitiveId, PrimitiveShape};
use prism_check::{ParallelForm, Resolution};
use prism_ir::{Effect, Expression, Literal, NodeKind, Slot};
use prism_syntax::ast::{Entry, EntryKey, ExprId, ExprKind};

use crate::lowerer::Lowerer;
use crate::node::segment;

impl Lowerer<'_> {
    /// Emits the node of a coordination primitive.
    #[allow(clippy::too_many_arguments, reason = "the parts of one node")]
    pub(crate) fn primitive_node(
        &mut self,
        id: ExprId,
        name: Option<&str>,
        output: Option<Slot>,
        primitive: PrimitiveId,
        arguments: &[Option<ExprId>],
        form: Option<ParallelForm>,
        options: Option<u32>,
    ) {
        let tree = self.tree;
        let (kind, effect) = match primitive {
            PrimitiveId::Select => (NodeKind::Select, Effect::Registry),
            PrimitiveId::Parallel => (NodeKind::Parallel, Effect::Pure),
            PrimitiveId::Vote => (NodeKind::Vote, Effect::Pure),
            PrimitiveId::Pool => (NodeKind::Pool, Effect::Pure),
            PrimitiveId::AskUntil => (NodeKind::AskUntil, Effect::Pure),
            PrimitiveId::Endorse => (NodeKind::Endorse, Effect::Pure),
            PrimitiveId::Fail => (NodeKind::Fail, Effect::Pure),
        };
        let literal_form = matches!(form, Some(ParallelForm::List | ParallelForm::Record));
        let rows = primitive.parameters();
        let mut block = None;
        let mut branches = None;
        let mut target = None;
        let mut values = Vec::new();
        for (row, argument) in rows.iter().zip(arguments) {
            let Some(argument) = *argument else { continue };
            match row.shape {
                PrimitiveShape::Block => block = Some(argument),
                PrimitiveShape::ItemsOrBranches if literal_form => branches = Some(argument),
                _ => match self.checked.resolutions.get(&argument) {
                    Some(Resolution::Contract(contract)) if primitive == PrimitiveId::Select => {
                        target = Some(contract.to_string());
                    }
                    _ => values.push((row.name, argument)),
                },
            }
        }
        values.iter().for_each(|(_, value)| self.lift(*value));
        let mut node = self.node_for(id, kind, segment(name, kind.name()), effect);
        for (parameter, value) in values {
            let value = self.pure_expression(value);
            node.parameters.insert(parameter.to_owned(), value);
        }
        if let Some(options) = options {
            node.parameters
                .insert("options".to_owned(), Expression::literal(Literal::Number(f64::from(options))));
        }
        node.target = match form {
            Some(ParallelForm::Items) => Some("items".to_owned()),
            Some(ParallelForm::List) => Some("list".to_owned()),
            Some(ParallelForm::Record) => Some("record".to_owned()),
            None => target,
        };
        if let Some(block) = block {
            let prefix = node.id.to_string();
            let child = self.branch(&mut node, "each", prefix, block, 1);
            node.children.push(child);
        }
        match branches.map(|branches| &tree[branches].kind) {
            Some(ExprKind::List(elements)) => {
                for (position, element) in elements.iter().enumerate() {
                    let label = position.to_string();
                    let prefix = format!("{}/{label}", node.id);
                    let child = self.branch(&mut node, &label, prefix, element.value, 0);
                    node.children.push(child);
                }
            }
            Some(ExprKind::Record(entries)) => {
                for entry in entries {
                    if let Entry::Pair { key: EntryKey::Name(key), value, .. } = entry {
                        let prefix = format!("{}/{}", node.id, key.text);
                        let child = self.branch(&mut node, &key.text, prefix, *value, 0);
                        node.children.push(child);
                    }
                }
            }
            _ => {}
        }
        node.output = output;
        self.emit(node);
    }
}
