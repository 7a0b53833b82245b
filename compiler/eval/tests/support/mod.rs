//! What the tests of this crate share: expressions written shortly, and values with confidences.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test file uses its own part")]

use indexmap::IndexMap;
use prism_confidence::Confidence;
use prism_eval::{Environment, EvalError, Evaluator, Fuel, Value};
use prism_ir::{
    Capture, Document, Element, Entry, Expression, Function, IR_VERSION, Literal, Operation, Program, Slot,
    SourceReference, Type, UncertainBands,
};

/// An expression under construction. Each method adds an operation and gives its index.
#[derive(Default)]
pub struct Code(pub Vec<Operation>);

impl Code {
    pub fn add(&mut self, operation: Operation) -> u32 {
        self.0.push(operation);
        (self.0.len() - 1) as u32
    }

    pub fn number(&mut self, value: f64) -> u32 {
        self.add(Operation::Literal { value: Literal::Number(value) })
    }

    pub fn text(&mut self, value: &str) -> u32 {
        self.add(Operation::Literal { value: Literal::String(value.into()) })
    }

    pub fn null(&mut self) -> u32 {
        self.add(Operation::Literal { value: Literal::Null })
    }

    pub fn slot(&mut self, slot: Slot) -> u32 {
        self.add(Operation::Slot { slot })
    }

    pub fn unary(&mut self, operator: &str, operand: u32) -> u32 {
        self.add(Operation::Unary { operator: operator.into(), operand })
    }

    pub fn binary(&mut self, operator: &str, left: u32, right: u32) -> u32 {
        self.add(Operation::Binary { operator: operator.into(), left, right })
    }

    pub fn conditional(&mut self, condition: u32, then: u32, otherwise: u32) -> u32 {
        self.add(Operation::Conditional { condition, then, otherwise })
    }

    pub fn member(&mut self, object: u32, name: &str) -> u32 {
        self.add(Operation::Member { object, name: name.into(), optional: false })
    }

    pub fn index(&mut self, object: u32, index: u32) -> u32 {
        self.add(Operation::Index { object, index })
    }

    pub fn list(&mut self, elements: &[(u32, bool)]) -> u32 {
        let elements = elements.iter().map(|(value, spread)| Element { value: *value, spread: *spread });
        self.add(Operation::List { elements: elements.collect() })
    }

    pub fn record(&mut self, entries: Vec<Entry>) -> u32 {
        self.add(Operation::Record { entries })
    }

    pub fn builtin(&mut self, name: &str, arguments: &[u32]) -> u32 {
        self.add(Operation::CallBuiltin { builtin: name.into(), arguments: arguments.to_vec() })
    }

    pub fn function(&mut self, name: &str, arguments: &[u32]) -> u32 {
        self.add(Operation::CallFunction { function: name.into(), arguments: arguments.to_vec() })
    }

    pub fn lambda(&mut self, parameters: &[Slot], captures: &[(Slot, Slot)], slots: u32, body: u32) -> u32 {
        self.add(Operation::Lambda {
            parameters: parameters.to_vec(),
            captures: captures.iter().map(|(from, to)| Capture { from: *from, to: *to }).collect(),
            slots,
            body,
        })
    }

    pub fn block(&mut self, statements: &[u32]) -> u32 {
        self.add(Operation::Block { statements: statements.to_vec() })
    }

    pub fn assign(&mut self, slot: Slot, value: u32) -> u32 {
        self.add(Operation::Let { slot, value })
    }

    pub fn give(&mut self, value: u32) -> u32 {
        self.add(Operation::Return { value })
    }

    pub fn attach(&mut self, value: u32, confidence: u32) -> u32 {
        self.add(Operation::Attach { value, confidence })
    }

    pub fn gate(&mut self, value: u32, threshold: u32, otherwise: Option<u32>) -> u32 {
        self.add(Operation::Gate { value, threshold, otherwise })
    }

    pub fn uncertain(&mut self, subject: u32, bands: UncertainBands) -> u32 {
        self.add(Operation::Uncertain { subject, high: None, medium: None, bands })
    }

    pub fn cast(&mut self, value: u32, target: Type) -> u32 {
        self.add(Operation::Cast { value, target })
    }

    pub fn expression(self) -> Expression {
        Expression { operations: self.0 }
    }

    pub fn run(self, slots: &[Value]) -> Result<Value, EvalError> {
        self.run_in(&environment(vec![], &[]), slots)
    }

    pub fn run_in(self, environment: &Environment, slots: &[Value]) -> Result<Value, EvalError> {
        let mut fuel = Fuel::default();
        let mut frame = slots.to_vec();
        Evaluator::new(environment, "test/node", &mut fuel).evaluate(&self.expression(), &mut frame)
    }
}

/// `left operator right` over two values.
pub fn binary(operator: &str, left: &Value, right: &Value) -> Result<Value, EvalError> {
    let mut code = Code::default();
    let (a, b) = (code.slot(0), code.slot(1));
    code.binary(operator, a, b);
    code.run(&[left.clone(), right.clone()])
}

/// A call of a built-in function over some values.
pub fn builtin(name: &str, arguments: &[Value]) -> Result<Value, EvalError> {
    let mut code = Code::default();
    let slots: Vec<_> = (0..arguments.len() as u32).map(|slot| code.slot(slot)).collect();
    code.builtin(name, &slots);
    code.run(arguments)
}

pub fn environment(functions: Vec<Function>, types: &[(&str, Type)]) -> Environment {
    let types: IndexMap<_, _> =
        types.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let document = Document {
        prism_ir: IR_VERSION.into(),
        compiler: "tests".into(),
        source: SourceReference { path: "test.prism".into(), sha256: String::new() },
        types,
        agents: vec![],
        functions,
        patterns: vec![],
        nodes: vec![],
    };
    Environment::new(&Program::load(document).unwrap())
}

/// The confidence of one call.
pub fn confidence(id: &str, p: f64) -> Confidence {
    Confidence::calibrated(id, p, 0.0, 1.0, 10.0).unwrap()
}

/// A value with the confidence of one call.
pub fn unsure(value: impl Into<Value>, id: &str, p: f64) -> Value {
    value.into().with_confidence(confidence(id, p))
}

pub fn json(text: &str) -> Value {
    Value::from_json(&serde_json::from_str(text).unwrap())
}

pub fn seconds(seconds: i64) -> Value {
    Value::new(prism_eval::Data::Duration(seconds * 1_000_000))
}

pub fn cents(cents: i64) -> Value {
    Value::new(prism_eval::Data::Money(cents * 10_000_000))
}
