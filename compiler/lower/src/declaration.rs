//! Contracts, functions and patterns.

use prism_ir::{
    Bands, Budget, Contract, Expression, Function, FunctionBody, Literal, Method, Operation, Pattern,
    Propagation,
};
use prism_syntax::ast::{self, Item, StatementKind};
use rustc_hash::FxHashSet;

use crate::frame::Variable;
use crate::lowerer::Lowerer;
use crate::pure::push;
use crate::types::{lower_parameter, lower_type};

impl Lowerer<'_> {
    pub(crate) fn contracts(&mut self) -> Vec<Contract> {
        let checked = self.checked;
        checked
            .contracts
            .iter()
            .map(|(name, contract)| Contract {
                name: name.to_string(),
                capabilities: contract.capabilities.clone(),
                timeout_us: contract.timeout_us,
                cost_nanodollars: contract.cost_nanodollars,
                idempotent: contract.idempotent,
                domain: contract.domain.clone(),
                confidence: contract.confidence,
                accepts: contract.accepts.clone(),
                max_concurrency: contract.max_concurrency,
                version: contract.version.clone(),
                methods: contract.methods.iter().map(|method| self.method(method)).collect(),
            })
            .collect()
    }

    fn method(&mut self, method: &prism_check::MethodInfo) -> Method {
        self.frames.enter();
        for parameter in &method.parameters {
            match parameter.local {
                Some(local) => self.frames.declare(Variable::Local(local)),
                None => self.frames.fresh(),
            };
        }
        let task = match method.task {
            Some(task) => self.task(task),
            None => {
                let text = method.documentation.as_deref().unwrap_or(&method.name);
                Expression::literal(Literal::String(text.trim().to_owned()))
            }
        };
        self.frames.leave();
        Method {
            name: method.name.to_string(),
            parameters: method.parameters.iter().map(lower_parameter).collect(),
            result: lower_type(&method.result),
            task,
        }
    }

    /// The text of a task. The frame of a method has room for its parameters only, so a text that declares variables
    /// is the result of a function.
    fn task(&mut self, task: ast::ExprId) -> Expression {
        let slots = self.frames.size();
        let plain = self.pure_expression(task);
        if self.frames.size() == slots {
            return plain;
        }
        let mut operations = Vec::new();
        let function =
            self.function_literal(&[], &mut operations, |lowerer, operations| lowerer.pure(task, operations));
        let callee = push(&mut operations, function);
        push(&mut operations, Operation::CallValue { callee, arguments: Vec::new() });
        Expression { operations }
    }

    pub(crate) fn functions(&mut self) -> Vec<Function> {
        let tree = self.tree;
        let mut lowered: Vec<Function> = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for item in tree.declarations() {
            match item {
                Item::Function(function) if seen.insert(&function.name.text) => {
                    lowered.extend(self.function(function));
                }
                Item::Statement(id) => lowered.extend(self.constant_function(*id)),
                _ => {}
            }
        }
        lowered
    }

    /// A constant that is not written out where it is used: a function without parameters.
    fn constant_function(&mut self, id: ast::StatementId) -> Option<Function> {
        let tree = self.tree;
        let StatementKind::Let { value: Some(value), .. } = &tree[id].kind else { return None };
        let name = self.constants.get(value)?.name.to_string();
        if self.is_inline(*value) {
            return None;
        }
        self.frames.enter();
        let body = FunctionBody::Pure(self.pure_expression(*value));
        let frame = self.frames.leave();
        let result = lower_type(self.checked.type_of(*value));
        Some(Function { name, parameters: Vec::new(), result, slots: frame.slots, body })
    }

    fn function(&mut self, function: &ast::Function) -> Option<Function> {
        let known = self.checked.functions.get(&function.name.text)?;
        self.frames.enter();
        self.declare_parameters(&function.parameters);
        let body = if known.effectful {
            let prefix = function.name.text.to_string();
            let id = self.id("", &prefix);
            let prefix = id.to_string();
            let result = lower_type(&known.result);
            let (id, _) = self
                .sequence(id, prefix, function.span, result, |lowerer| lowerer.statements(&function.body));
            FunctionBody::Node(id)
        } else {
            let mut operations = Vec::new();
            self.pure_block(&function.body, &mut operations);
            FunctionBody::Pure(Expression { operations })
        };
        let frame = self.frames.leave();
        self.lifted.clear();
        Some(Function {
            name: function.name.text.to_string(),
            parameters: known.parameters.iter().map(lower_parameter).collect(),
            result: lower_type(&known.result),
            slots: frame.slots,
            body,
        })
    }

    pub(crate) fn patterns(&mut self) -> Vec<Pattern> {
        let tree = self.tree;
        let mut lowered: Vec<Pattern> = Vec::new();
        for item in tree.declarations() {
            let Item::Pattern(pattern) = item else { continue };
            if lowered.iter().any(|known| *known.name == *pattern.name.text) {
                continue;
            }
            lowered.extend(self.pattern(pattern));
        }
        lowered
    }

    fn pattern(&mut self, pattern: &ast::Pattern) -> Option<Pattern> {
        let known = self
            .checked
            .patterns
            .get(&pattern.name.text)
            .filter(|known| !known.broken && known.not_yet.is_none())?;
        let input = self.interface(&known.input);
        let output = self.interface(&known.output);
        self.frames.enter();
        self.frames.declare(Variable::Input);
        let prefix = pattern.name.text.to_string();
        let id = self.id("", &prefix);
        let prefix = id.to_string();
        let result = output.to_type();
        let (root, _) =
            self.sequence(id, prefix, pattern.span, result, |lowerer| lowerer.statements(&pattern.body));
        let frame = self.frames.leave();
        self.lifted.clear();
        Some(Pattern {
            name: pattern.name.text.to_string(),
            version: pattern.version.as_ref().map(|version| version.to_string()),
            documentation: pattern.documentation.as_ref().map(|text| text.to_string()),
            input,
            output,
            budget: Budget {
                calls: known.calls,
                cost_nanodollars: known.cost_nanodollars,
                time_us: known.time_us,
            },
            promise: known.promise,
            propagation: known.propagation.as_deref().and_then(Propagation::from_name).unwrap_or_default(),
            bands: Bands::default(),
            slots: frame.slots,
            root,
            hash: String::new(),
        })
    }
}
