use prism_syntax::ast::{Block, Body, Else, ExprId, ExprKind, StatementId, StatementKind};

use crate::checker::Checker;
use crate::error::Place;
use crate::{CheckError, Type};

impl Checker<'_> {
    /// The body of a function, pattern or lambda: the type of what it ends with, checked against what is wanted.
    pub(crate) fn body_value(&mut self, block: &Block) -> Type {
        self.statements(&block.statements, true)
    }

    /// A block in a scope of its own: the type of its last expression.
    pub(crate) fn block(&mut self, block: &Block) -> Type {
        self.scoped(|checker| checker.statements(&block.statements, false))
    }

    fn statements(&mut self, statements: &[StatementId], is_body: bool) -> Type {
        let mut last = Type::Null;
        let mut diverges = false;
        for (position, id) in statements.iter().enumerate() {
            let is_result = is_body && position + 1 == statements.len();
            last = self.statement(*id, is_result);
            diverges |= last == Type::Never;
        }
        if diverges { Type::Never } else { last }
    }

    fn statement(&mut self, id: StatementId, is_result: bool) -> Type {
        let tree = self.tree;
        match &tree[id].kind {
            StatementKind::Let { name, declared, value, .. } => {
                let declared = declared.map(|written| self.written(written));
                let found = match (value, declared) {
                    (Some(value), Some(wanted)) => {
                        let place = Place::Variable { name: name.text.clone() };
                        self.expression_for(*value, &wanted, &place);
                        wanted
                    }
                    (Some(value), None) => self.expression(*value, None),
                    (None, Some(wanted)) => wanted,
                    (None, None) => Type::Null,
                };
                let found = if found == Type::Never { Type::Error } else { found };
                let local = self.declare(name, found);
                self.let_locals.push(local);
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
            StatementKind::Expression(value) => match self.body.wanted.clone().filter(|_| is_result) {
                Some((wanted, place)) => self.result(*value, &wanted, &place),
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
            StatementKind::Block(block) => self.block(block),
            StatementKind::Error => Type::Error,
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
        let parameters: Vec<_> = parameters.into_iter().map(|parameter| parameter.value).collect();
        Type::Function { parameters: parameters.into(), result: std::sync::Arc::new(result) }
    }

    /// The last expression of a body whose result is declared: it is the result, unless it never ends or is an
    /// `if` that ends elsewhere.
    fn result(&mut self, value: ExprId, wanted: &Type, place: &Place) -> Type {
        let tree = self.tree;
        match &tree[value].kind {
            ExprKind::If { .. } | ExprKind::Uncertain { .. } | ExprKind::Do(_) => {
                let found = self.expression_statement(value);
                let ends_open =
                    found == Type::Null || matches!(&found, Type::Union(_)) && self.admits_null(&found);
                let lacks_result = ends_open && !self.fits(&Type::Null, wanted);
                if lacks_result {
                    return Type::Null;
                }
                if found != Type::Never {
                    self.expect(value, &found, wanted, place);
                }
                found
            }
            _ => {
                let found = self.expression_for(value, wanted, place);
                if found == Type::Never { Type::Never } else { wanted.clone() }
            }
        }
    }

    /// An expression as a statement. After an `if` whose branch never ends, its condition does not hold.
    fn expression_statement(&mut self, value: ExprId) -> Type {
        let found = self.expression(value, None);
        let tree = self.tree;
        if let ExprKind::If { condition, then, otherwise: None } = &tree[value].kind {
            let never_ends = self.last_body_type(then) == Some(Type::Never);
            if never_ends {
                let (_, otherwise) = self.facts(*condition);
                self.scopes.push_facts(&otherwise);
            }
        }
        found
    }

    /// Whether a body that was checked already ends elsewhere.
    fn last_body_type(&self, body: &Body) -> Option<Type> {
        let statements = match body {
            Body::Block(block) => block.statements.as_slice(),
            Body::Statement(statement) => std::slice::from_ref(statement),
            Body::Record(_) => return None,
        };
        statements.iter().any(|id| self.diverges(*id)).then_some(Type::Never)
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
    pub(crate) fn branch(&mut self, body: &Body) -> Type {
        match body {
            Body::Block(block) => self.block(block),
            Body::Record(value) => self.expression(*value, None),
            Body::Statement(statement) => self.scoped(|checker| checker.statement(*statement, false)),
        }
    }

    /// `if c { … } else { … }`.
    pub(crate) fn if_expression(&mut self, condition: ExprId, then: &Body, otherwise: Option<&Else>) -> Type {
        let uncertain = self.condition(condition);
        let (holds, fails) = self.facts(condition);
        let mark = self.scopes.push_facts(&holds);
        let then = self.branch(then);
        self.scopes.pop_facts(mark);
        let mark = self.scopes.push_facts(&fails);
        let otherwise = match otherwise {
            None => Type::Null,
            Some(Else::Chain(value)) => self.expression(*value, None),
            Some(Else::Body(body)) => self.branch(body),
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
