use indexmap::IndexMap;
use prism_eval::{Environment, Evaluator, Fuel, Value};
use prism_ir::{Document, Function, FunctionBody, Program, SourceReference};
use prism_syntax::ast::ExprId;

use crate::lowerer::Lowerer;

impl Lowerer<'_> {
    /// The value of an expression that sees the top level only, as JSON; none where it has no value.
    pub(crate) fn constant_json(&mut self, id: ExprId) -> Option<serde_json::Value> {
        self.frames.enter();
        let expression = self.pure_expression(id);
        let frame = self.frames.leave();
        let environment = self.environment.as_ref()?;
        let mut slots = vec![Value::null(); frame.slots as usize];
        let mut fuel = Fuel::new(Fuel::DEFAULT_STEPS);
        let value = Evaluator::new(environment, "", &mut fuel).evaluate(&expression, &mut slots).ok()?;
        Some(value.to_json())
    }

    /// What constants may call: the pure functions of the file.
    pub(crate) fn constant_environment(&self, functions: &[Function]) -> Option<Environment> {
        let pure = functions.iter().filter(|function| matches!(function.body, FunctionBody::Pure(_)));
        let document = Document {
            prism_ir: prism_ir::IR_VERSION.to_owned(),
            compiler: String::new(),
            source: SourceReference { path: String::new(), sha256: String::new() },
            types: IndexMap::new(),
            agents: Vec::new(),
            functions: pure.cloned().collect(),
            patterns: Vec::new(),
            nodes: Vec::new(),
        };
        Some(Environment::new(&Program::load(document).ok()?))
    }
}
