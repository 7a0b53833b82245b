use prism_syntax::ast::{
    BandName, Block, Body, Else, ExprId, ExprKind, StatementId, StatementKind, Target as Names,
};

use crate::checked::ParameterInfo;
use crate::checker::Checker;
use crate::error::Place;
use crate::narrowing::Facts;
use crate::uncertain::missing_bands;
use crate::{CheckError, Type};

/// The type that a block's value is wanted to have, and for what.
pub(crate) type Target = (Type, Place);

impl Checker<'_> {
    /// The body of a function, pattern or lambda: the type of what it ends with, checked against what is wanted.
    pub(crate) fn body_value(&mut self, block: &Block) -> Type {
        let target = self.body.wanted.clone();
        self.statements(&block.statements, target.as_ref())
    }

    /// A block in a scope of its own: the type of its last expression.
    pub(crate) fn block(&mut self, block: &Block, target: Option<&Target>) -> Type {
        self.scoped(|checker| checker.statements(&block.statements, target))
    }

    fn statements(&mut self, statements: &[StatementId], target: Option<&Target>) -> Type {
        let mut last = Type::Null;
        let mut diverges = false;
        self.later.push((statements.to_vec(), 0));
        for (position, id) in statements.iter().enumerate() {
            if let Some((_, current)) = self.later.last_mut() {
                *current = position;
            }
            let target = target.filter(|_| position + 1 == statements.len());
            last = self.statement(*id, target);
            diverges |= last == Type::Never;
        }
        self.later.pop();
        if diverges { Type::Never } else { last }
    }

    fn statement(&mut self, id: StatementId, target: Option<&Target>) -> Type {
        let tree = self.tree;
        match &tree[id].kind {
            StatementKind::Let { target: Names::Name(name), declared, value, .. } => {
                let declared = declared.map(|written| self.written(written));
                let place = Place::Variable { name: name.text.clone() };
                let found = match (value, declared) {
                    (Some(value), Some(wanted)) => {
                        self.expression_for(*value, &wanted, &place);
                        wanted
                    }
                    (Some(value), None) => self.expression(*value, None),
                    (None, Some(wanted)) => {
                        if !self.fits(&Type::Null, &wanted) {
                            let (span, found, wanted) = (name.span, Type::Null, wanted.clone());
                            self.report(CheckError::TypeMismatch { span, found, wanted, place });
                        }
                        wanted
                    }
                    (None, None) => Type::Null,
                };
                let found = if found == Type::Never { Type::Error } else { found };
                let local = self.declare(name, found);
                if !self.quiet {
                    self.let_locals.push(local);
                }
                Type::Null
            }
            StatementKind::Return(value) => {
                match (value, self.body.wanted.clone()) {
                    (Some(value), Some((wanted, place))) => {
                        self.expression_for(*value, &wanted, &place);
                    }
                    (Some(value), None) => {
                        let found = self.expression(*value, None);
                        self.body.returned.push(found);
                    }
                    (None, Some((wanted, place))) => {
                        if !self.fits(&Type::Null, &wanted) {
                            let span = tree[id].span;
                            self.report(CheckError::TypeMismatch { span, found: Type::Null, wanted, place });
                        }
                    }
                    (None, None) => self.body.returned.push(Type::Null),
                }
                Type::Never
            }
            StatementKind::Expression(value) => match target {
                Some((wanted, place)) => self.result(*value, wanted, place),
                None => self.expression_statement(*value),
            },
            StatementKind::Function(function) => {
                let effects = self.effects;
                let found = self.nested_function(function);
                if self.effects > effects {
                    self.effects = effects;
                    let (span, name) = (function.name.span, function.name.text.clone());
                    self.report(CheckError::EffectInNested { span, name });
                }
                self.declare(&function.name, found);
                Type::Null
            }
            StatementKind::Block(block) => self.block(block, target),
            StatementKind::Error
            // What holds one of these is not checked: see `survey.rs`.
            | StatementKind::Let { .. }
            | StatementKind::Assign(_)
            | StatementKind::Unpack { .. }
            | StatementKind::Step { .. }
            | StatementKind::Break
            | StatementKind::Continue
            | StatementKind::Assert { .. }
            | StatementKind::Mock(_)
            | StatementKind::For(_)
            | StatementKind::While(_)
            | StatementKind::Try(_)
            | StatementKind::Type(_) => Type::Error,
        }
    }

    /// A function inside a body: a function value that takes along what it uses.
    fn nested_function(&mut self, function: &prism_syntax::ast::Function) -> Type {
        let body = std::mem::take(&mut self.body);
        self.body.input = body.input.clone();
        let declared = function.result.map(|written| self.written(written));
        if let Some(wanted) = &declared {
            let place = Place::FunctionResult { function: function.name.text.clone() };
            self.body.wanted = Some((wanted.clone(), place));
        }
        let (parameters, result) = self.scoped(|checker| {
            let parameters = checker.parameters(&function.parameters, &[]);
            let last = checker.body_value(&function.body);
            let returned = std::mem::take(&mut checker.body.returned);
            let inferred = returned.into_iter().fold(last, |joined, next| checker.join(joined, next));
            (parameters, declared.unwrap_or(inferred))
        });
        self.body = body;
        let parameters: Vec<_> = parameters.iter().map(ParameterInfo::taken).collect();
        Type::Function { parameters: parameters.into(), result: std::sync::Arc::new(result) }
    }

    /// The last expression of a block whose value is wanted: never, null where the end is reached without a value,
    /// and else what is wanted.
    fn result(&mut self, value: ExprId, wanted: &Type, place: &Place) -> Type {
        let tree = self.tree;
        if matches!(tree[value].kind, ExprKind::If { .. } | ExprKind::Uncertain { .. } | ExprKind::Do(_)) {
            return self.choice_for(value, wanted, place);
        }
        let found = self.expression_for(value, wanted, place);
        if found == Type::Never { Type::Never } else { wanted.clone() }
    }

    /// An `if`, `uncertain if` or `do` whose value is wanted, as [`Self::result`].
    pub(crate) fn choice_for(&mut self, value: ExprId, wanted: &Type, place: &Place) -> Type {
        let tree = self.tree;
        let before = self.effects;
        let target = (wanted.clone(), place.clone());
        let found = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || match &tree[value].kind {
            ExprKind::If { condition, then, otherwise } => {
                self.if_expression(*condition, then, otherwise.as_ref(), Some(&target))
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                self.uncertain_if(tree[value].span, *subject, thresholds, bands, Some(&target))
            }
            ExprKind::Do(block) => self.block(block, Some(&target)),
            _ => Type::Error,
        });
        if self.effects > before {
            self.out.effects.insert(value, true);
        }
        let certain = found.certain();
        let reaches_end = certain == Type::Null
            || self.admits_null(&certain) && !matches!(certain, Type::Any | Type::Error);
        let found = if reaches_end && !self.fits(&Type::Null, wanted) { Type::Null } else { found };
        self.out.types.insert(value, found.clone());
        found
    }

    /// An expression as a statement. What follows it may rely on what must have held for it to be reached.
    fn expression_statement(&mut self, value: ExprId) -> Type {
        let found = self.expression(value, None);
        let facts = self.facts_after(value);
        self.scopes.push_facts(&facts);
        found
    }

    /// What holds behind an `if` or `uncertain if` of which some branches never end.
    fn facts_after(&self, value: ExprId) -> Facts {
        match &self.tree[value].kind {
            ExprKind::If { condition, then, otherwise } => {
                let ends = !self.body_diverges(then);
                let otherwise_ends = match otherwise {
                    None => true,
                    Some(Else::Chain(value)) => *self.out.type_of(*value) != Type::Never,
                    Some(Else::Body(body)) => !self.body_diverges(body),
                };
                let (holds, fails) = self.facts(*condition);
                match (ends, otherwise_ends) {
                    (false, true) => {
                        let mut facts = fails;
                        if let Some(Else::Chain(value)) = otherwise {
                            facts.extend(self.facts_after(*value));
                        }
                        facts
                    }
                    (true, false) => holds,
                    _ => Facts::new(),
                }
            }
            ExprKind::Uncertain { subject, bands, .. } => {
                let only_high = bands.iter().any(|band| band.name == BandName::High)
                    && missing_bands(bands).is_empty()
                    && bands.iter().all(|band| band.name == BandName::High || self.body_diverges(&band.body));
                if only_high { self.sure_subject(*subject) } else { Facts::new() }
            }
            _ => Facts::new(),
        }
    }

    /// Whether a body that was checked already ends elsewhere.
    fn body_diverges(&self, body: &Body) -> bool {
        match body {
            Body::Block(block) => block.statements.iter().any(|id| self.diverges(*id)),
            Body::Statement(statement) => self.diverges(*statement),
            Body::Record(_) => false,
        }
    }

    fn diverges(&self, id: StatementId) -> bool {
        match &self.tree[id].kind {
            StatementKind::Return(_) => true,
            StatementKind::Expression(value) => *self.out.type_of(*value) == Type::Never,
            StatementKind::Block(block) => block.statements.iter().any(|id| self.diverges(*id)),
            _ => false,
        }
    }

    /// What follows the head of an `if` or a band.
    pub(crate) fn branch(&mut self, body: &Body, target: Option<&Target>) -> Type {
        match (body, target) {
            (Body::Block(block), _) => self.block(block, target),
            (Body::Record(value), None) => self.expression(*value, None),
            (Body::Record(value), Some((wanted, place))) => self.result(*value, wanted, place),
            (Body::Statement(statement), _) => self.scoped(|checker| checker.statement(*statement, target)),
        }
    }

    /// `if c { … } else { … }`.
    pub(crate) fn if_expression(
        &mut self,
        condition: ExprId,
        then: &Body,
        otherwise: Option<&Else>,
        target: Option<&Target>,
    ) -> Type {
        let uncertain = self.condition(condition);
        let (holds, fails) = self.facts(condition);
        let mark = self.scopes.push_facts(&holds);
        let then = self.branch(then, target);
        self.scopes.pop_facts(mark);
        let mark = self.scopes.push_facts(&fails);
        let otherwise = match (otherwise, target) {
            (None, _) => Type::Null,
            (Some(Else::Chain(value)), None) => self.expression(*value, None),
            (Some(Else::Chain(value)), Some((wanted, place))) => self.result(*value, wanted, place),
            (Some(Else::Body(body)), _) => self.branch(body, target),
        };
        self.scopes.pop_facts(mark);
        let joined = self.join(then, otherwise);
        Type::uncertain_if(joined, uncertain)
    }

    /// A condition: whether it may itself be wrong, which is a warning.
    pub(crate) fn condition(&mut self, condition: ExprId) -> bool {
        let found = self.expression(condition, None);
        if found.is_uncertain() {
            self.report(CheckError::UncertainCondition { span: self.tree[condition].span, found });
            return true;
        }
        false
    }
}
