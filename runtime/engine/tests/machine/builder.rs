//! Small documents, written as trees.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use prism_ir::{
    Bands, Budget, Capture, Child, Contract, Document, Effect, Element, Entry, Expression, Frame, Function,
    FunctionBody, Interface, Literal, Method, Node, NodeId, NodeKind, Operation, Parameter, Pattern, Program,
    Propagation, SourceReference, Type,
};

/// A node with what is under it. Its id is the path of names down to it.
pub struct Tree {
    name: String,
    kind: NodeKind,
    target: Option<String>,
    parameters: BTreeMap<String, Expression>,
    children: Vec<(String, Option<Frame>, Tree)>,
    output: Option<u32>,
}

pub fn node(kind: NodeKind, name: &str) -> Tree {
    Tree {
        name: name.to_owned(),
        kind,
        target: None,
        parameters: BTreeMap::new(),
        children: Vec::new(),
        output: None,
    }
}

impl Tree {
    pub fn target(mut self, target: &str) -> Self {
        self.target = Some(target.to_owned());
        self
    }

    pub fn with(mut self, parameter: &str, expression: Expression) -> Self {
        self.parameters.insert(parameter.to_owned(), expression);
        self
    }

    /// A parameter that is a literal.
    pub fn set(self, parameter: &str, literal: impl Into<Written>) -> Self {
        let Written(literal) = literal.into();
        self.with(parameter, Expression::literal(literal))
    }

    pub fn child(mut self, label: &str, child: Tree) -> Self {
        self.children.push((label.to_owned(), None, child));
        self
    }

    /// A child with a frame of its own: `parameters` take what the parent hands in, `captures` copy slots to slots.
    pub fn branch(
        mut self,
        label: &str,
        slots: u32,
        parameters: &[u32],
        captures: &[(u32, u32)],
        child: Tree,
    ) -> Self {
        let captures = captures.iter().map(|(from, to)| Capture { from: *from, to: *to }).collect();
        let frame = Frame { slots, parameters: parameters.to_vec(), captures };
        self.children.push((label.to_owned(), Some(frame), child));
        self
    }

    pub fn into_slot(mut self, slot: u32) -> Self {
        self.output = Some(slot);
        self
    }

    fn flatten(self, path: &str, nodes: &mut Vec<Node>) -> NodeId {
        let mut id = if path.is_empty() { self.name } else { format!("{path}/{}", self.name) };
        while nodes.iter().any(|node| node.id.as_str() == id) {
            id.push('2');
        }
        let place = nodes.len();
        nodes.push(Node {
            id: NodeId::from(id.as_str()),
            kind: self.kind,
            target: self.target,
            parameters: self.parameters,
            children: Vec::new(),
            output: self.output,
            result: Type::Any,
            effect: Effect::Agent,
            span: None,
        });
        let children: Vec<Child> = self
            .children
            .into_iter()
            .map(|(label, frame, child)| Child { label, frame, node: child.flatten(&id, nodes) })
            .collect();
        nodes[place].children = children;
        NodeId::from(id.as_str())
    }
}

/// A literal, from what Rust has for it.
pub struct Written(Literal);

impl From<f64> for Written {
    fn from(value: f64) -> Self {
        Self(Literal::Number(value))
    }
}

impl From<&str> for Written {
    fn from(value: &str) -> Self {
        Self(Literal::String(value.to_owned()))
    }
}

impl From<bool> for Written {
    fn from(value: bool) -> Self {
        Self(Literal::Boolean(value))
    }
}

/// Milliseconds.
pub struct Milliseconds(pub i64);

impl From<Milliseconds> for Written {
    fn from(value: Milliseconds) -> Self {
        Self(Literal::Duration { duration_us: value.0 * 1_000 })
    }
}

/// Writes an expression, operation by operation; the last one is its value.
#[derive(Default)]
pub struct Writer(Vec<Operation>);

impl Writer {
    pub fn push(&mut self, operation: Operation) -> u32 {
        self.0.push(operation);
        self.0.len() as u32 - 1
    }

    pub fn slot(&mut self, slot: u32) -> u32 {
        self.push(Operation::Slot { slot })
    }

    pub fn literal(&mut self, literal: impl Into<Written>) -> u32 {
        self.push(Operation::Literal { value: literal.into().0 })
    }

    pub fn member(&mut self, object: u32, name: &str) -> u32 {
        self.push(Operation::Member { object, name: name.to_owned(), optional: false })
    }

    pub fn binary(&mut self, operator: &str, left: u32, right: u32) -> u32 {
        self.push(Operation::Binary { operator: operator.to_owned(), left, right })
    }

    pub fn list(&mut self, elements: &[u32]) -> u32 {
        let elements = elements.iter().map(|value| Element { value: *value, spread: false }).collect();
        self.push(Operation::List { elements })
    }

    pub fn record(&mut self, fields: &[(&str, u32)]) -> u32 {
        let field = |(key, value): &(&str, u32)| Entry::Field { key: (*key).to_owned(), value: *value };
        self.push(Operation::Record { entries: fields.iter().map(field).collect() })
    }

    /// A function of one argument, which stands in slot 0 of its frame.
    pub fn lambda(&mut self, body: u32) -> u32 {
        self.push(Operation::Lambda { parameters: vec![0], captures: Vec::new(), slots: 1, body })
    }
}

pub fn expression(write: impl FnOnce(&mut Writer)) -> Expression {
    let mut writer = Writer::default();
    write(&mut writer);
    Expression { operations: writer.0 }
}

pub fn slot(slot: u32) -> Expression {
    Expression::slot(slot)
}

pub fn texts(texts: &[&str]) -> Expression {
    expression(|e| {
        let elements: Vec<u32> = texts.iter().map(|text| e.literal(*text)).collect();
        e.list(&elements);
    })
}

/// `{ name: slot, … }`
pub fn record(fields: &[(&str, u32)]) -> Expression {
    expression(|e| {
        let fields: Vec<(&str, u32)> = fields.iter().map(|(name, slot)| (*name, e.slot(*slot))).collect();
        e.record(&fields);
    })
}

/// `x => x.name`
pub fn selector(name: &str) -> Expression {
    expression(|e| {
        let argument = e.slot(0);
        let body = e.member(argument, name);
        e.lambda(body);
    })
}

pub fn union(texts: &[&str]) -> Type {
    let literal = |text: &&str| Type::Literal { value: Literal::String((*text).to_owned()) };
    Type::Union { of: texts.iter().map(literal).collect() }
}

pub fn uncertain(of: Type) -> Type {
    Type::Uncertain { of: Box::new(of) }
}

pub fn parameter(name: &str, value: Type) -> Parameter {
    Parameter { name: name.to_owned(), value, optional: false, declared: true }
}

/// `agent Classifier { capabilities: ["classification"] fn classify(text: string) -> ~("bug" | "question" | "praise") }`
pub fn classifier() -> Contract {
    Contract {
        name: "Classifier".to_owned(),
        capabilities: vec!["classification".to_owned()],
        timeout_us: Some(20_000_000),
        cost_nanodollars: Some(2_000_000),
        idempotent: false,
        domain: None,
        confidence: None,
        accepts: Vec::new(),
        max_concurrency: None,
        version: None,
        methods: vec![Method {
            name: "classify".to_owned(),
            parameters: vec![parameter("text", Type::String)],
            result: uncertain(union(&["bug", "question", "praise"])),
            task: expression(|e| {
                let before = e.literal("Which label fits: ");
                let text = e.slot(0);
                e.push(Operation::Template { parts: vec![before, text] });
            }),
        }],
    }
}

/// A document with one pattern, `p`.
pub struct Fixture {
    pub slots: u32,
    pub root: Tree,
    pub input: Interface,
    pub output: Interface,
    pub budget: Budget,
    pub promise: Option<f64>,
    pub propagation: Propagation,
    pub contracts: Vec<Contract>,
    pub functions: Vec<(Function, Option<Tree>)>,
}

impl Fixture {
    pub fn new(slots: u32, root: Tree) -> Self {
        Self {
            slots,
            root,
            input: Interface::Type(Type::Any),
            output: Interface::Type(Type::Any),
            budget: Budget::default(),
            promise: None,
            propagation: Propagation::Frank,
            contracts: vec![classifier()],
            functions: Vec::new(),
        }
    }

    pub fn budget_calls(mut self, calls: u64) -> Self {
        self.budget.calls = Some(calls);
        self
    }

    /// A function whose body is a node.
    pub fn function(mut self, name: &str, parameters: Vec<Parameter>, slots: u32, body: Tree) -> Self {
        let function = Function {
            name: name.to_owned(),
            parameters,
            result: Type::Any,
            slots,
            body: FunctionBody::Node(NodeId::from("")),
        };
        self.functions.push((function, Some(body)));
        self
    }

    pub fn build(self) -> Arc<Program> {
        let mut nodes = Vec::new();
        let root = self.root.flatten("", &mut nodes);
        let mut functions = Vec::new();
        for (mut function, body) in self.functions {
            if let Some(body) = body {
                function.body = FunctionBody::Node(body.flatten("", &mut nodes));
            }
            functions.push(function);
        }
        let document = Document {
            prism_ir: "1.0".to_owned(),
            compiler: "tests".to_owned(),
            source: SourceReference { path: "test.prism".to_owned(), sha256: String::new() },
            types: IndexMap::new(),
            agents: self.contracts,
            functions,
            patterns: vec![Pattern {
                name: "p".to_owned(),
                version: None,
                documentation: None,
                input: self.input,
                output: self.output,
                budget: self.budget,
                promise: self.promise,
                propagation: self.propagation,
                bands: Bands::default(),
                slots: self.slots,
                root,
                hash: String::new(),
            }],
            nodes,
        };
        Arc::new(Program::load(document).expect("the document is sound"))
    }
}

/// `let slot = select(Classifier)`
pub fn select(into: u32) -> Tree {
    node(NodeKind::Select, "agents").target("Classifier").into_slot(into)
}

/// `agent.classify(text)` of slots.
pub fn classify(agent: u32, text: u32) -> Tree {
    node(NodeKind::Analyze, "classify")
        .target("Classifier.classify")
        .with("agent", slot(agent))
        .with("data", record(&[("text", text)]))
}

/// Children in order.
pub fn sequence(name: &str, children: Vec<Tree>) -> Tree {
    let mut tree = node(NodeKind::Sequence, name);
    for (index, child) in children.into_iter().enumerate() {
        tree = tree.child(&index.to_string(), child);
    }
    tree
}

pub fn give_back(value: Expression) -> Tree {
    node(NodeKind::Return, "return").with("value", value)
}
