//! Expressions without effects, as operations.

use prism_catalog::{BinaryOperator, BuiltinId, PrimitiveId};
use prism_check::{BoundCall, MemberKind, Resolution};
use prism_ir::{Element, Entry, Expression, Literal, Operation, Slot, UncertainBands};
use prism_syntax::ast::{
    self, BandName, Block, Body, Else, EntryKey, ExprId, ExprKind, Lambda, LambdaBody, Parameter,
    StatementId, StatementKind, Target, TemplatePart,
};

use crate::frame::Variable;
use crate::lowerer::Lowerer;
use crate::types::{lower_literal, lower_type};

/// Operations that are being written.
pub(crate) type Operations = Vec<Operation>;

/// Adds an operation and gives its index.
pub(crate) fn push(operations: &mut Operations, operation: Operation) -> u32 {
    operations.push(operation);
    operations.len() as u32 - 1
}

pub(crate) fn push_literal(operations: &mut Operations, value: Literal) -> u32 {
    push(operations, Operation::Literal { value })
}

impl Lowerer<'_> {
    /// A whole expression without effects.
    pub(crate) fn pure_expression(&mut self, id: ExprId) -> Expression {
        let mut operations = Operations::new();
        self.pure(id, &mut operations);
        Expression { operations }
    }

    /// Writes an expression without effects; the index of its value.
    pub(crate) fn pure(&mut self, id: ExprId, operations: &mut Operations) -> u32 {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.pure_inner(id, operations))
    }

    fn pure_inner(&mut self, id: ExprId, operations: &mut Operations) -> u32 {
        if let Some(slot) = self.lifted.get(&id) {
            return push(operations, Operation::Slot { slot: *slot });
        }
        let tree = self.tree;
        let operation = match &tree[id].kind {
            // What holds one of these is not lowered: the checker says so.
            ExprKind::Error
            | ExprKind::TildeMember { .. }
            | ExprKind::OptionalIndex { .. }
            | ExprKind::OptionalCall { .. }
            | ExprKind::New { .. }
            | ExprKind::Typeof(_)
            | ExprKind::Is { .. }
            | ExprKind::Instanceof { .. }
            | ExprKind::Surer { .. }
            | ExprKind::Pipe { .. }
            | ExprKind::Match(_) => Operation::Literal { value: Literal::Null },
            ExprKind::Await(value) => return self.pure(*value, operations),
            ExprKind::Literal(literal) => Operation::Literal { value: lower_literal(literal) },
            ExprKind::Template(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| match part {
                        TemplatePart::Text(text) => {
                            push_literal(operations, Literal::String(text.to_string()))
                        }
                        TemplatePart::Expression(value) => self.pure(*value, operations),
                    })
                    .collect();
                Operation::Template { parts }
            }
            ExprKind::Name(_) => return self.name(id, operations),
            ExprKind::List(elements) => {
                let elements = elements
                    .iter()
                    .map(|element| Element {
                        value: self.pure(element.value, operations),
                        spread: element.spread,
                    })
                    .collect();
                Operation::List { elements }
            }
            ExprKind::Record(entries) => {
                let entries = entries
                    .iter()
                    .map(|entry| match entry {
                        ast::Entry::Pair { key: EntryKey::Name(name), value, .. } => {
                            Entry::Field { key: name.text.to_string(), value: self.pure(*value, operations) }
                        }
                        ast::Entry::Pair { key: EntryKey::Computed(key), value, .. } => {
                            let key = self.pure(*key, operations);
                            Entry::Computed { key, value: self.pure(*value, operations) }
                        }
                        ast::Entry::Spread(value) => Entry::Spread { value: self.pure(*value, operations) },
                    })
                    .collect();
                Operation::Record { entries }
            }
            ExprKind::Lambda(lambda) => self.lambda(lambda, operations),
            ExprKind::Member { object, name } => {
                let object = self.pure(*object, operations);
                match self.checked.members.get(&id) {
                    Some(MemberKind::AnswerValue) => return object,
                    other => member(other, object, &name.text, false),
                }
            }
            ExprKind::OptionalMember { object, name } => {
                let object = self.pure(*object, operations);
                match self.checked.members.get(&id) {
                    Some(MemberKind::AnswerValue) => return object,
                    other => member(other, object, &name.text, true),
                }
            }
            ExprKind::Index { object, index } => {
                let object = self.pure(*object, operations);
                Operation::Index { object, index: self.pure(*index, operations) }
            }
            ExprKind::Call { .. } => return self.pure_call(id, operations),
            ExprKind::Unary { operator, operand, .. } => {
                let operand = self.pure(*operand, operations);
                Operation::Unary { operator: operator.name().to_owned(), operand }
            }
            ExprKind::Binary { operator, left, right, .. } => {
                let left = self.pure(*left, operations);
                let right = self.pure(*right, operations);
                Operation::Binary { operator: spelling(*operator).to_owned(), left, right }
            }
            ExprKind::Ternary { condition, then, otherwise, .. } => {
                let condition = self.pure(*condition, operations);
                let then = self.pure(*then, operations);
                Operation::Conditional { condition, then, otherwise: self.pure(*otherwise, operations) }
            }
            ExprKind::Attach { value, confidence } => {
                let value = self.pure(*value, operations);
                Operation::Attach { value, confidence: self.pure(*confidence, operations) }
            }
            ExprKind::Gate { value, threshold, otherwise, .. } => {
                let value = self.pure(*value, operations);
                let threshold = self.pure(*threshold, operations);
                let otherwise = otherwise.map(|otherwise| self.pure(otherwise, operations));
                Operation::Gate { value, threshold, otherwise }
            }
            ExprKind::As { value, target } => {
                let value = self.pure(*value, operations);
                let target = self.checked.written.get(target).map_or(prism_ir::Type::Any, lower_type);
                Operation::Cast { value, target }
            }
            ExprKind::Assert(value) => return self.asserted(id, *value, operations),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.pure(*condition, operations);
                let then = self.pure_body(then, operations);
                let otherwise = match otherwise {
                    None => push_literal(operations, Literal::Null),
                    Some(Else::Chain(value)) => self.pure(*value, operations),
                    Some(Else::Body(body)) => self.pure_body(body, operations),
                };
                Operation::Conditional { condition, then, otherwise }
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                let subject = self.pure(*subject, operations);
                let mut threshold = |name: &str, operations: &mut Operations| {
                    let given = thresholds.iter().find(|(known, _)| &*known.text == name);
                    given.map(|(_, value)| self.pure(*value, operations))
                };
                let high = threshold("high", operations);
                let medium = threshold("medium", operations);
                let mut lowered = UncertainBands::default();
                for band in bands {
                    let body = Some(self.pure_body(&band.body, operations));
                    match band.name {
                        BandName::High => lowered.high = body,
                        BandName::Medium => lowered.medium = body,
                        BandName::Low => lowered.low = body,
                        BandName::Default => lowered.default = body,
                    }
                }
                Operation::Uncertain { subject, high, medium, bands: lowered }
            }
            ExprKind::Do(block) => return self.pure_block(block, operations),
        };
        push(operations, operation)
    }

    /// `x!`: on an answer the author's word, which changes nothing at run time; on what may be null a check.
    fn asserted(&mut self, id: ExprId, value: ExprId, operations: &mut Operations) -> u32 {
        let same = self.checked.type_of(value).certain() == *self.checked.type_of(id);
        let index = self.pure(value, operations);
        if same {
            return index;
        }
        // The value stands in one place only: operations are evaluated wherever they are referred to.
        let message = push_literal(operations, Literal::String("a value marked with `!` is null".to_owned()));
        let fail = push(operations, Operation::Fail { message, details: None });
        let operator = BinaryOperator::Coalesce.name().to_owned();
        push(operations, Operation::Binary { operator, left: index, right: fail })
    }

    fn name(&mut self, id: ExprId, operations: &mut Operations) -> u32 {
        let slot = match self.checked.resolutions.get(&id) {
            Some(Resolution::Local(local)) => self.frames.find(Variable::Local(*local)),
            Some(Resolution::Input) => self.frames.find(Variable::Input),
            Some(Resolution::Constant(value)) if self.is_inline(*value) => {
                return self.pure(*value, operations);
            }
            Some(Resolution::Constant(value)) => {
                let function = self.constants.get(value).map(|constant| constant.name.to_string());
                let function = function.unwrap_or_default();
                return push(operations, Operation::CallFunction { function, arguments: Vec::new() });
            }
            Some(Resolution::Function(function)) => return self.function_value(function, operations),
            Some(Resolution::Builtin(builtin)) => return builtin_value(*builtin, operations),
            _ => None,
        };
        match slot {
            Some(slot) => push(operations, Operation::Slot { slot }),
            None => push_literal(operations, Literal::Null),
        }
    }

    /// A function of the top level as a value.
    fn function_value(&mut self, function: &str, operations: &mut Operations) -> u32 {
        let known = self.checked.functions.get(function);
        let defaults: Vec<_> = known
            .iter()
            .flat_map(|known| known.parameters.iter().map(|parameter| parameter.default))
            .collect();
        self.frames.enter();
        let parameters: Vec<Slot> = defaults.iter().map(|_| self.frames.fresh()).collect();
        let arguments = parameters
            .iter()
            .zip(defaults)
            .map(|(slot, default)| self.given_or_default(*slot, default, operations))
            .collect();
        let frame = self.frames.leave();
        let body = push(operations, Operation::CallFunction { function: function.to_owned(), arguments });
        push(operations, Operation::Lambda { parameters, captures: Vec::new(), slots: frame.slots, body })
    }

    /// What a parameter of a function value holds; its default where the argument was left out.
    fn given_or_default(&mut self, slot: Slot, default: Option<ExprId>, operations: &mut Operations) -> u32 {
        let given = push(operations, Operation::Slot { slot });
        let Some(default) = default else { return given };
        let default = self.pure(default, operations);
        let operator = BinaryOperator::Coalesce.name().to_owned();
        push(operations, Operation::Binary { operator, left: given, right: default })
    }

    fn lambda(&mut self, lambda: &Lambda, operations: &mut Operations) -> Operation {
        self.function_literal(&lambda.parameters, operations, |lowerer, operations| match &lambda.body {
            LambdaBody::Expression(value) => lowerer.pure(*value, operations),
            LambdaBody::Block(block) => lowerer.pure_block(block, operations),
            LambdaBody::Assignment(statement) => lowerer.pure_statement(*statement, operations),
        })
    }

    /// A function with a frame of its own.
    pub(crate) fn function_literal(
        &mut self,
        parameters: &[Parameter],
        operations: &mut Operations,
        body: impl FnOnce(&mut Self, &mut Operations) -> u32,
    ) -> Operation {
        self.frames.enter();
        let declared = parameters;
        let parameters = self.declare_parameters(parameters);
        let mut statements = Vec::new();
        for (parameter, slot) in declared.iter().zip(&parameters) {
            if parameter.default.is_some() {
                let value = self.given_or_default(*slot, parameter.default, operations);
                statements.push(push(operations, Operation::Let { slot: *slot, value }));
            }
        }
        let mut body = body(self, operations);
        if !statements.is_empty() {
            statements.push(body);
            body = push(operations, Operation::Block { statements });
        }
        let frame = self.frames.leave();
        Operation::Lambda { parameters, captures: frame.captures, slots: frame.slots, body }
    }

    pub(crate) fn declare_parameters(&mut self, parameters: &[Parameter]) -> Vec<Slot> {
        parameters
            .iter()
            .map(|parameter| match self.checked.declared_at(parameter.target.span().start) {
                Some(local) => self.frames.declare(Variable::Local(local)),
                None => self.frames.fresh(),
            })
            .collect()
    }

    pub(crate) fn pure_block(&mut self, block: &Block, operations: &mut Operations) -> u32 {
        let statements = block.statements.iter().map(|id| self.pure_statement(*id, operations)).collect();
        push(operations, Operation::Block { statements })
    }

    fn pure_body(&mut self, body: &Body, operations: &mut Operations) -> u32 {
        match body {
            Body::Block(block) => self.pure_block(block, operations),
            Body::Record(value) => self.pure(*value, operations),
            Body::Statement(statement) => self.pure_statement(*statement, operations),
        }
    }

    fn pure_statement(&mut self, id: StatementId, operations: &mut Operations) -> u32 {
        let tree = self.tree;
        match &tree[id].kind {
            StatementKind::Let { target: Target::Name(name), value, .. } => {
                let value = match value {
                    Some(value) => self.pure(*value, operations),
                    None => push_literal(operations, Literal::Null),
                };
                let slot = self.declare_local(name);
                push(operations, Operation::Let { slot, value })
            }
            StatementKind::Return(value) => {
                let value = match value {
                    Some(value) => self.pure(*value, operations),
                    None => push_literal(operations, Literal::Null),
                };
                push(operations, Operation::Return { value })
            }
            StatementKind::Expression(value) => self.pure(*value, operations),
            StatementKind::Function(function) => {
                let value = self.nested_function(function, operations);
                let slot = self.declare_local(&function.name);
                push(operations, Operation::Let { slot, value })
            }
            StatementKind::Block(block) => self.pure_block(block, operations),
            // What holds another statement is not lowered: the checker says so.
            _ => push_literal(operations, Literal::Null),
        }
    }

    /// A function inside another, as a value.
    pub(crate) fn nested_function(&mut self, function: &ast::Function, operations: &mut Operations) -> u32 {
        let operation = self.function_literal(&function.parameters, operations, |lowerer, operations| {
            lowerer.pure_block(&function.body, operations)
        });
        push(operations, operation)
    }

    /// A slot for the variable that a name declares.
    pub(crate) fn declare_local(&mut self, name: &ast::Name) -> Slot {
        match self.checked.declared_at(name.span.start) {
            Some(local) => self.frames.declare(Variable::Local(local)),
            None => self.frames.fresh(),
        }
    }

    fn pure_call(&mut self, id: ExprId, operations: &mut Operations) -> u32 {
        let operation = match self.checked.calls.get(&id).cloned() {
            Some(BoundCall::Builtin { builtin, arguments }) => {
                let arguments = arguments.iter().map(|argument| self.pure(*argument, operations)).collect();
                Operation::CallBuiltin { builtin: builtin.name().to_owned(), arguments }
            }
            Some(BoundCall::Function { function, arguments }) => {
                let arguments = self.function_arguments(&function, &arguments, operations);
                Operation::CallFunction { function: function.to_string(), arguments }
            }
            Some(BoundCall::Value { callee, arguments }) => {
                let callee = self.pure(callee, operations);
                let arguments = arguments.iter().map(|argument| self.pure(*argument, operations)).collect();
                Operation::CallValue { callee, arguments }
            }
            Some(BoundCall::Primitive { primitive: PrimitiveId::Fail, arguments, .. }) => {
                let message = arguments.first().copied().flatten();
                let message = match message {
                    Some(message) => self.pure(message, operations),
                    None => push_literal(operations, Literal::Null),
                };
                let details = arguments.get(1).copied().flatten();
                let details = details.map(|details| self.pure(details, operations));
                Operation::Fail { message, details }
            }
            // Calls that need an agent have been lifted out before anything pure is written.
            Some(BoundCall::Primitive { .. } | BoundCall::Method { .. } | BoundCall::Analyze { .. })
            | None => Operation::Literal { value: Literal::Null },
        };
        push(operations, operation)
    }

    fn function_arguments(
        &mut self,
        function: &str,
        arguments: &[Option<ExprId>],
        operations: &mut Operations,
    ) -> Vec<u32> {
        let defaults: Vec<_> = self
            .checked
            .functions
            .get(function)
            .map(|known| known.parameters.iter().map(|parameter| parameter.default).collect())
            .unwrap_or_default();
        arguments
            .iter()
            .enumerate()
            .map(|(position, argument)| match argument.or(defaults.get(position).copied().flatten()) {
                Some(value) => self.pure(value, operations),
                None => push_literal(operations, Literal::Null),
            })
            .collect()
    }
}

/// The spelling of an operator in documents, where there is one for each meaning.
pub(crate) fn spelling(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::StrictEqual => BinaryOperator::Equal.name(),
        BinaryOperator::StrictNotEqual => BinaryOperator::NotEqual.name(),
        other => other.name(),
    }
}

/// A function of the standard library as a value. It takes what it needs: a callback is handed the position as well.
fn builtin_value(builtin: BuiltinId, operations: &mut Operations) -> u32 {
    let slots = if builtin == BuiltinId::Clamp { 3 } else { 1 };
    let parameters: Vec<Slot> = (0..slots).collect();
    let arguments = parameters.iter().map(|slot| push(operations, Operation::Slot { slot: *slot })).collect();
    let body = push(operations, Operation::CallBuiltin { builtin: builtin.name().to_owned(), arguments });
    push(operations, Operation::Lambda { parameters, captures: Vec::new(), slots, body })
}

fn member(kind: Option<&MemberKind>, object: u32, name: &str, optional: bool) -> Operation {
    match kind {
        Some(MemberKind::Property(builtin)) => {
            Operation::CallBuiltin { builtin: builtin.name().to_owned(), arguments: vec![object] }
        }
        Some(MemberKind::AnswerConfidence) => Operation::Unary { operator: "<~".to_owned(), operand: object },
        Some(MemberKind::AnswerValue) | None => Operation::Member { object, name: name.to_owned(), optional },
    }
}
