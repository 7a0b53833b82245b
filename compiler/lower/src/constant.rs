use indexmap::IndexMap;
use prism_check::Resolution;
use prism_eval::{Environment, EvalError, Evaluator, Fuel, Value};
use prism_ir::{Document, Field, Function, FunctionBody, Program, SourceReference, conform_fields};
use prism_syntax::ast::{ExprId, ExprKind};

use crate::LowerError;
use crate::lowerer::Lowerer;

/// The most parts of a constant that is written out where it is used.
const MOST_PARTS: usize = 16;

impl Lowerer<'_> {
    /// Whether a constant is small enough to be written out where it is used: constants of constants double with each
    /// step otherwise.
    pub(crate) fn is_inline(&self, value: ExprId) -> bool {
        if let Some(known) = self.constants.get(&value).and_then(|constant| constant.inline.get()) {
            return known;
        }
        let mut left = MOST_PARTS;
        let inline = self.is_small(value, &mut left);
        if let Some(constant) = self.constants.get(&value) {
            constant.inline.set(Some(inline));
        }
        inline
    }

    fn is_small(&self, id: ExprId, left: &mut usize) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        if let Some(Resolution::Constant(value)) = self.checked.resolutions.get(&id) {
            return self.is_small(*value, left);
        }
        match &self.tree[id].kind {
            ExprKind::Lambda(_) | ExprKind::If { .. } | ExprKind::Uncertain { .. } | ExprKind::Do(_) => false,
            _ => {
                let mut small = true;
                self.for_each_part(id, |part| small = small && self.is_small(part, left));
                small
            }
        }
    }

    /// The default of a field as JSON, when it has a value that fits the field.
    pub(crate) fn default(&mut self, field: &Field, id: ExprId) -> Option<serde_json::Value> {
        let span = self.tree[id].span;
        let value = match self.constant(id)? {
            Ok(value) => value.to_json(),
            Err(error) => {
                self.errors.push(LowerError::DefaultFails { span, field: field.name.clone(), error });
                return None;
            }
        };
        let record = serde_json::json!({ field.name.as_str(): value });
        if let Err(mismatch) = conform_fields(&record, std::slice::from_ref(field), &self.types) {
            self.errors.push(LowerError::DefaultMismatch { span, mismatch });
            return None;
        }
        Some(value)
    }

    /// The value of an expression that sees the top level only.
    fn constant(&mut self, id: ExprId) -> Option<Result<Value, EvalError>> {
        self.frames.enter();
        let expression = self.pure_expression(id);
        let frame = self.frames.leave();
        let environment = self.environment.as_ref()?;
        let mut slots = vec![Value::null(); frame.slots as usize];
        let mut fuel = Fuel::new(Fuel::DEFAULT_STEPS);
        Some(Evaluator::new(environment, "", &mut fuel).evaluate(&expression, &mut slots))
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
