use std::cell::Cell;

use indexmap::IndexMap;
use prism_check::Checked;
use prism_diagnostics::Span;
use prism_ir::{Child, Document, Effect, Node, NodeId, NodeKind, Slot, SourceReference, SourceSpan, Type};
use prism_syntax::ast::{ExprId, Item, StatementKind, Target, Tree};
use rustc_hash::FxHashMap;

use crate::LowerError;
use crate::frame::Frames;

/// What a document says of where it comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path of the source file as people know it.
    pub path: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The compiler and its version.
    pub compiler: String,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The document; not to be used when there are errors.
    pub document: Document,
    /// What is wrong with constants, in the order of the text.
    pub errors: Vec<LowerError>,
}

/// Lowers every pattern of a file that has no error in it.
///
/// The tree must be the one that was checked, and its functions must be free of errors.
pub fn lower(tree: &Tree, checked: &Checked, origin: Origin) -> Lowered {
    let mut lowerer = Lowerer {
        tree,
        checked,
        nodes: Vec::new(),
        taken: FxHashMap::default(),
        frames: Frames::default(),
        scope: Scope::default(),
        lifted: FxHashMap::default(),
        needs: vec![Cell::new(None); tree.expression_count()],
        constants: constants(tree, checked),
        environment: None,
        types: Default::default(),
        errors: Vec::new(),
    };
    lowerer.types = lowerer.named_types();
    let agents = lowerer.contracts();
    let functions = lowerer.functions();
    lowerer.environment = lowerer.constant_environment(&functions);
    let patterns = lowerer.patterns();
    let source = SourceReference { path: origin.path, sha256: origin.sha256 };
    let prism_ir = prism_ir::IR_VERSION.to_owned();
    let Lowerer { nodes, types, errors, .. } = lowerer;
    let mut document =
        Document { prism_ir, compiler: origin.compiler, source, types, agents, functions, patterns, nodes };
    let hashes = document.pattern_hashes();
    for (pattern, hash) in document.patterns.iter_mut().zip(hashes) {
        pattern.hash = hash;
    }
    Lowered { document, errors }
}

/// A constant of the top level.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    /// Its name.
    pub(crate) name: Box<str>,
    /// Whether it is written out where it is used; the others are functions without parameters.
    pub(crate) inline: Cell<Option<bool>>,
}

/// The constants that were checked.
fn constants(tree: &Tree, checked: &Checked) -> FxHashMap<ExprId, Constant> {
    let mut known = FxHashMap::default();
    for item in tree.declarations() {
        if let Item::Statement(id) = item
            && let StatementKind::Let { target: Target::Name(name), value: Some(value), .. } = &tree[*id].kind
            && !checked.not_yet.contains_key(&name.text)
        {
            known.insert(*value, Constant { name: name.text.clone(), inline: Cell::new(None) });
        }
    }
    known
}

/// The sequence of nodes that is being written.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// What the ids of its nodes start with.
    pub(crate) prefix: String,
    /// The nodes so far.
    pub(crate) children: Vec<Child>,
    /// The strongest effect so far.
    pub(crate) effect: Option<Effect>,
}

pub(crate) struct Lowerer<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) checked: &'a Checked,
    pub(crate) nodes: Vec<Node>,
    /// How often an id was wanted.
    taken: FxHashMap<String, u32>,
    pub(crate) frames: Frames,
    pub(crate) scope: Scope,
    /// Expressions whose value a node has put into a slot.
    pub(crate) lifted: FxHashMap<ExprId, Slot>,
    /// Which expressions need a node, as far as that was asked.
    pub(crate) needs: Vec<Cell<Option<bool>>>,
    /// The constants of the top level, by their values.
    pub(crate) constants: FxHashMap<ExprId, Constant>,
    /// What constants are evaluated with, once the functions are there.
    pub(crate) environment: Option<prism_eval::Environment>,
    /// The named types.
    pub(crate) types: IndexMap<String, Type>,
    pub(crate) errors: Vec<LowerError>,
}

impl Lowerer<'_> {
    /// A free id under a prefix: the first of its name is bare, those after it are counted.
    pub(crate) fn id(&mut self, prefix: &str, segment: &str) -> NodeId {
        let id = if prefix.is_empty() { segment.to_owned() } else { format!("{prefix}/{segment}") };
        let mut count = self.taken.get(&id).copied().unwrap_or(0) + 1;
        let mut counted = if count == 1 { id.clone() } else { format!("{id}.{count}") };
        // A key of a record of branches may be spelled like a counted id.
        while count > 1 && self.taken.contains_key(&counted) {
            count += 1;
            counted = format!("{id}.{count}");
        }
        self.taken.insert(id, count);
        self.taken.entry(counted.clone()).or_insert(1);
        NodeId::from(counted)
    }

    /// Adds a node to the sequence that is being written.
    pub(crate) fn emit(&mut self, node: Node) {
        let label = self.scope.children.len().to_string();
        self.scope.effect = Some(stronger(self.scope.effect.unwrap_or(Effect::Pure), node.effect));
        self.scope.children.push(Child { label, frame: None, node: node.id.clone() });
        self.nodes.push(node);
    }

    /// Writes a sequence of its own.
    pub(crate) fn sequence(
        &mut self,
        id: NodeId,
        prefix: String,
        span: Span,
        result: Type,
        inside: impl FnOnce(&mut Self),
    ) -> (NodeId, Effect) {
        let outer = std::mem::replace(&mut self.scope, Scope { prefix, ..Scope::default() });
        inside(self);
        let scope = std::mem::replace(&mut self.scope, outer);
        let effect = scope.effect.unwrap_or(Effect::Pure);
        let mut node = node(id.clone(), NodeKind::Sequence, result, effect, span);
        node.children = scope.children;
        self.nodes.push(node);
        (id, effect)
    }
}

/// A node without parameters and children.
pub(crate) fn node(id: NodeId, kind: NodeKind, result: Type, effect: Effect, span: Span) -> Node {
    Node {
        id,
        kind,
        target: None,
        parameters: Default::default(),
        children: Vec::new(),
        output: None,
        result,
        effect,
        span: Some(SourceSpan(span.start, span.end)),
    }
}

/// The effect that holds for two things together.
pub(crate) fn stronger(first: Effect, second: Effect) -> Effect {
    match (first, second) {
        (Effect::Agent, _) | (_, Effect::Agent) => Effect::Agent,
        (Effect::Registry, _) | (_, Effect::Registry) => Effect::Registry,
        (Effect::Pure, Effect::Pure) => Effect::Pure,
    }
}
