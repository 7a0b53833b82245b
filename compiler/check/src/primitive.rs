//! Calls of coordination primitives.

use std::sync::Arc;

use prism_catalog::{PrimitiveId, PrimitiveParameter, PrimitiveShape};
use prism_syntax::ast::{Argument, Entry, EntryKey, ExprId, ExprKind, Lambda, Literal};

use crate::arguments::ParameterSpec;
use crate::checked::{BoundCall, ParallelForm};
use crate::checker::Checker;
use crate::error::Place;
use crate::library::vote_method;
use crate::{CheckError, FieldOf, NotYet, Type};

impl Checker<'_> {
    pub(crate) fn primitive(
        &mut self,
        id: ExprId,
        callee: ExprId,
        primitive: PrimitiveId,
        arguments: &[Argument],
    ) -> Type {
        let rows = primitive.parameters();
        let specs: Vec<_> = rows.iter().map(parameter_spec).collect();
        let bound = self.bind(id, primitive.name(), &specs, arguments);
        let argument = |name: &str| {
            rows.iter()
                .position(|row| row.name == name)
                .and_then(|position| bound.get(position).copied().flatten())
        };
        for ((row, spec), value) in rows.iter().zip(&specs).zip(&bound) {
            let Some(value) = *value else { continue };
            if row.shape == PrimitiveShape::Value && !is_special(primitive, row) {
                self.value_argument(primitive, row, spec, value);
            }
        }
        let mut form = None;
        let mut options = None;
        let result = match primitive {
            PrimitiveId::Select => {
                let contract = argument("contract").map(|value| self.contract_argument(value));
                if argument("max").is_none() {
                    let span = self.tree[callee].span;
                    let insert = self.tree[id].span.end.saturating_sub(1);
                    let bare = arguments.is_empty();
                    self.report(CheckError::UnboundedSelect { span, insert, bare });
                }
                let limit = |name: &str| argument(name).and_then(|value| self.constant_number(value));
                if let (Some(min), Some(max), Some(at)) = (limit("min"), limit("max"), argument("min"))
                    && min > max
                {
                    self.report(CheckError::EmptyRange { span: self.tree[at].span, min, max });
                }
                let agent = Type::Agent(contract.flatten());
                if let Some(condition) = argument("where") {
                    self.callback(condition, std::slice::from_ref(&agent), "the condition of `select`");
                }
                self.effects += 1;
                Type::list(agent)
            }
            PrimitiveId::Parallel => {
                let (found, of) =
                    self.parallel(id, argument("items"), argument("block"), argument("on_error"));
                form = Some(of);
                found
            }
            PrimitiveId::Vote | PrimitiveId::Pool => {
                if let Some(value) = argument("method")
                    && let Some(Literal::String(text)) = self.constant_literal(value)
                    && let Some(row) = vote_method(text)
                {
                    self.not_yet(NotYet::VoteMethod(row), self.tree[value].span);
                }
                let answer = argument("answers").map_or(Type::Error, |value| self.answers(value));
                options = self.aggregate(&answer, argument("by"));
                let null = argument("ties").is_some_and(|ties| self.may_be_text(ties, "null"));
                Type::uncertain(if null { Type::optional(answer) } else { answer })
            }
            PrimitiveId::AskUntil => {
                let agent = argument("agents").map_or(Type::Error, |value| self.agents(value));
                if let Some(target) = argument("target") {
                    self.threshold(target);
                }
                let answer = match argument("block") {
                    Some(block) => self.branch_block(block, &[agent]),
                    None => {
                        let (span, primitive) = (self.tree[callee].span, primitive.name());
                        let example = "ask_until(agents, target: 0.9) { agent => … }";
                        self.report(CheckError::MissingBlock { span, primitive, example });
                        Type::Error
                    }
                };
                options = self.aggregate(&answer, argument("by"));
                Type::uncertain(answer.certain())
            }
            PrimitiveId::Endorse => {
                let found = argument("value").map_or(Type::Error, |value| self.expression(value, None));
                if let (false, Some(value)) = (found.is_uncertain(), argument("value"))
                    && !matches!(found, Type::Any | Type::Error | Type::Never)
                {
                    let span = self.tree[value].span;
                    self.report(CheckError::RedundantGate { span, found: found.clone() });
                }
                found.certain()
            }
            PrimitiveId::Fail => Type::Never,
        };
        self.out.calls.insert(id, BoundCall::Primitive { primitive, arguments: bound, form, options });
        // `endorse` leaves a mark in the run's events and `pool` one in its records: all primitives are nodes, and a
        // node can only stand where agents can be asked, but a pure function may fail.
        if primitive != PrimitiveId::Fail {
            self.effects += 1;
        }
        result
    }

    fn value_argument(
        &mut self,
        primitive: PrimitiveId,
        row: &PrimitiveParameter,
        spec: &ParameterSpec,
        value: ExprId,
    ) {
        let place = Place::Argument { callee: primitive.name().into(), name: row.name.into() };
        self.expression_for(value, &spec.value, &place);
    }

    fn contract_argument(&mut self, value: ExprId) -> Option<Arc<str>> {
        self.runs = Some(value);
        let found = self.expression(value, None);
        match found {
            Type::Contract(name) => Some(name),
            Type::Error | Type::Any => None,
            found => {
                let place = Place::Argument { callee: "select".into(), name: "contract".into() };
                let (span, wanted) = (self.tree[value].span, Type::Contract("name".into()));
                self.report(CheckError::TypeMismatch { span, found, wanted, place });
                None
            }
        }
    }

    /// A list of answers: the type of one without its `~`.
    fn answers(&mut self, value: ExprId) -> Type {
        let found = self.expression(value, None);
        match self.expand(&found.certain()) {
            Type::List(of) => self.without_null(&of).certain(),
            Type::Any => Type::Any,
            Type::Error | Type::Never => Type::Error,
            _ => {
                let place = Place::Argument { callee: "this primitive".into(), name: "answers".into() };
                let (span, wanted) = (self.tree[value].span, Type::list(Type::uncertain(Type::Any)));
                self.report(CheckError::TypeMismatch { span, found, wanted, place });
                Type::Error
            }
        }
    }

    /// A list of agents: the type of one.
    fn agents(&mut self, value: ExprId) -> Type {
        let found = self.expression(value, None);
        let wanted = Type::list(Type::Agent(None));
        match self.expand(&found) {
            Type::List(of) if self.fits(&of, &Type::Agent(None)) => (*of).clone(),
            Type::Any => Type::Agent(None),
            Type::Error | Type::Never => Type::Error,
            _ => {
                let place = Place::Argument { callee: "ask_until".into(), name: "agents".into() };
                self.report(CheckError::TypeMismatch { span: self.tree[value].span, found, wanted, place });
                Type::Error
            }
        }
    }

    /// Checks `by`, and counts how many different answers there can be.
    fn aggregate(&mut self, answer: &Type, by: Option<ExprId>) -> Option<u32> {
        let key = match by {
            Some(by) => self.callback(by, &[answer.certain()], "the function `by`").certain(),
            None => answer.certain(),
        };
        self.count_options(&key)
    }

    fn count_options(&self, of: &Type) -> Option<u32> {
        let expanded = self.expand(of);
        match &expanded {
            Type::Boolean => Some(2),
            Type::Literal(_) | Type::Null => Some(1),
            Type::Union(members) => members.iter().map(|member| self.count_options(member)).sum(),
            _ => None,
        }
    }

    /// Whether an option may have a certain value: one that is not written out may have any.
    fn may_be_text(&self, id: ExprId, text: &str) -> bool {
        match self.literal(id) {
            Some(Literal::String(known)) => **known == *text,
            _ => true,
        }
    }

    fn parallel(
        &mut self,
        id: ExprId,
        items: Option<ExprId>,
        block: Option<ExprId>,
        on_error: Option<ExprId>,
    ) -> (Type, ParallelForm) {
        let tree = self.tree;
        let keeps = on_error.is_some_and(|value| self.may_be_text(value, "keep"));
        let slot = |found: Type| if keeps { Type::optional(found) } else { found };
        let Some(items) = items else {
            if let Some(block) = block {
                self.branch_block(block, &[Type::Error]);
            }
            return (Type::Error, ParallelForm::Items);
        };
        match (&tree[items].kind, block) {
            (ExprKind::List(elements), None) if elements.iter().all(|element| !element.spread) => {
                let mut joined = Type::Never;
                for element in elements {
                    let found = self.branch_value(element.value);
                    joined = self.join(joined, found);
                }
                self.out.types.insert(items, Type::list(joined.clone()));
                (Type::list(slot(joined)), ParallelForm::List)
            }
            (ExprKind::Record(entries), None) => {
                let mut fields: Vec<FieldOf> = Vec::new();
                let mut given: Vec<Box<str>> = Vec::new();
                for entry in entries {
                    match entry {
                        Entry::Pair { key: EntryKey::Name(name), value, .. } => {
                            self.no_repetition(&given, name, entries);
                            given.push(name.text.clone());
                            let found = slot(self.branch_value(*value));
                            fields.push(FieldOf { name: name.text.clone(), value: found, optional: false });
                        }
                        Entry::Pair { key: EntryKey::Computed(value), .. } | Entry::Spread(value) => {
                            let (span, found) = (tree[*value].span, self.expression(*value, None));
                            let place = Place::Argument { callee: "parallel".into(), name: "items".into() };
                            let wanted = Type::record(Vec::new());
                            self.report(CheckError::TypeMismatch { span, found, wanted, place });
                        }
                    }
                }
                let found = Type::record(fields);
                self.out.types.insert(items, found.clone());
                (found, ParallelForm::Record)
            }
            (_, Some(block)) => {
                let found = self.expression(items, None);
                let of = match self.expand(&found.certain()) {
                    Type::List(of) => (*of).clone(),
                    Type::Any => Type::Any,
                    Type::Error | Type::Never => Type::Error,
                    _ => {
                        let place = Place::Argument { callee: "parallel".into(), name: "items".into() };
                        let (span, wanted) = (tree[items].span, Type::list(Type::Any));
                        self.report(CheckError::TypeMismatch { span, found: found.clone(), wanted, place });
                        Type::Error
                    }
                };
                let of = Type::uncertain_if(of, found.is_uncertain());
                let given = self.branch_block(block, &[of]);
                (Type::list(slot(given)), ParallelForm::Items)
            }
            (ExprKind::Lambda(_), None) => {
                self.branch_block(items, &[Type::Error]);
                let (name, wanted) = ("items".into(), "T[]".into());
                let (span, callee) = (self.head_of(id), "parallel".into());
                self.report(CheckError::MissingArgument { span, callee, name, wanted });
                (Type::Error, ParallelForm::Items)
            }
            (_, None) => {
                let before = self.out.errors.len();
                self.expression(items, None);
                if self.out.errors.len() > before {
                    return (Type::Error, ParallelForm::Items);
                }
                let (span, example) = (self.head_of(id), "parallel(items) { item => … }");
                self.report(CheckError::MissingBlock { span, primitive: "parallel", example });
                (Type::Error, ParallelForm::Items)
            }
        }
    }

    /// A branch that is given by name: an expression that runs as it is, or a function without parameters.
    fn branch_value(&mut self, value: ExprId) -> Type {
        let tree = self.tree;
        match &tree[value].kind {
            ExprKind::Lambda(_) => self.branch_block(value, &[]),
            _ => self.expression(value, None),
        }
    }

    /// A block that runs as a branch, with what it is handed: the type of its value.
    fn branch_block(&mut self, block: ExprId, given: &[Type]) -> Type {
        let tree = self.tree;
        let found = match &tree[block].kind {
            ExprKind::Lambda(lambda) => {
                let found = self.lambda(block, lambda, given);
                self.too_many_parameters(lambda, given.len());
                if self.out.is_effectful(block) {
                    self.effects += 1;
                }
                found
            }
            _ => {
                self.runs = Some(block);
                self.expression(block, None)
            }
        };
        match self.expand(&found) {
            Type::Function { parameters, result } => {
                let lifts = self.handed(block, given, &parameters, "this block");
                Type::uncertain_if((*result).clone(), lifts)
            }
            Type::Any => Type::Any,
            Type::Error | Type::Never => Type::Error,
            _ => {
                self.report(CheckError::NotCallable { span: tree[block].span, found });
                Type::Error
            }
        }
    }

    fn too_many_parameters(&mut self, lambda: &Lambda, accepted: usize) {
        if let Some(extra) = lambda.parameters.get(accepted) {
            let (span, callee) = (extra.target.span(), "this block".into());
            let given = lambda.parameters.len();
            self.report(CheckError::TooManyArguments { span, callee, accepted, given });
        }
    }
}

/// Whether the primitive's own rule checks a value, rather than its notation.
fn is_special(primitive: PrimitiveId, row: &PrimitiveParameter) -> bool {
    matches!(
        (primitive, row.name),
        (PrimitiveId::Select, "contract")
            | (PrimitiveId::Vote | PrimitiveId::Pool, "answers")
            | (PrimitiveId::AskUntil, "agents" | "target")
            | (PrimitiveId::Endorse, "value")
    )
}

fn parameter_spec(row: &PrimitiveParameter) -> ParameterSpec {
    ParameterSpec {
        name: row.name.into(),
        value: notation(row.notation),
        // Primitives miss their blocks in words of their own.
        required: row.required && row.shape != PrimitiveShape::Block,
        positional: row.positional,
        declared: false,
    }
}

/// The type that the catalog's notation stands for.
fn notation(text: &str) -> Type {
    match text {
        "string" => Type::String,
        "int" => Type::Integer,
        "duration" => Type::Duration,
        "confidence" => Type::Confidence,
        "string[]" => Type::list(Type::String),
        "number[]" => Type::list(Type::Number),
        "Agent[]" => Type::list(Type::Agent(None)),
        literals if literals.starts_with('"') => {
            Type::union(literals.split(" | ").map(|literal| Type::text(literal.trim_matches('"'))))
        }
        _ => Type::Any,
    }
}
