//! Everything that a declaration is made of, one node after another.

use prism_diagnostics::Span;
use prism_syntax::ast::{
    Argument, ArgumentValue, Block, Body, Else, Entry, EntryKey, ExprId, ExprKind, For, LambdaBody,
    LambdaForm, Match, MatchPattern, MockBehaviour, Name, StatementId, StatementKind, TemplatePart, Tree,
    TypeExprId, TypeExprKind,
};
use rustc_hash::FxHashSet;

use crate::library::free_name;
use crate::not_yet::{NotYet, NotYetAt};
use crate::survey::{alias_parts, function_parts, parameters, target, word};

/// A node that has yet to be looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Expression(ExprId),
    Statement(StatementId),
    Type(TypeExprId),
}

/// A walk that needs no stack, however deep the tree is.
pub(crate) struct Parts<'t> {
    tree: &'t Tree,
    pending: Vec<Part>,
    found: Vec<NotYetAt>,
    /// Names of the libraries that are mentioned.
    library: Vec<(&'t str, NotYetAt)>,
    /// The names of parameters, variables and functions, wherever in the declaration.
    bound: FxHashSet<&'t str>,
    names: FxHashSet<&'t str>,
    wants_names: bool,
}

impl<'t> Parts<'t> {
    pub(crate) fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            pending: Vec::new(),
            found: Vec::new(),
            library: Vec::new(),
            bound: FxHashSet::default(),
            names: FxHashSet::default(),
            wants_names: false,
        }
    }

    /// The first place of each construct that the checker does not know, in the order of the text. A name of a
    /// library that the declaration or something around it declares is not one of them.
    pub(crate) fn found(mut self, is_declared: impl Fn(&str) -> bool) -> Vec<NotYetAt> {
        self.walk();
        let library = std::mem::take(&mut self.library).into_iter();
        let free = library.filter(|(name, _)| !self.bound.contains(name) && !is_declared(name));
        self.found.extend(free.map(|(_, one)| one));
        self.found.sort_by_key(|one| (one.span.start, one.construct));
        let has_loop = self.found.iter().any(|one| one.construct.is_loop());
        let mut seen: FxHashSet<NotYet> = FxHashSet::default();
        self.found
            .retain(|one| !(has_loop && one.construct == NotYet::LoopExit) && seen.insert(one.construct));
        self.found
    }

    /// The names of values and types that are mentioned.
    pub(crate) fn names(mut self) -> FxHashSet<&'t str> {
        self.wants_names = true;
        self.walk();
        self.names
    }

    pub(crate) fn tell(&mut self, construct: NotYet, span: Span) {
        self.found.push(NotYetAt { construct, span });
    }

    pub(crate) fn bind(&mut self, names: impl IntoIterator<Item = &'t Name>) {
        self.bound.extend(names.into_iter().map(|name| &*name.text));
    }

    pub(crate) fn push(&mut self, part: Part) {
        self.pending.push(part);
    }

    pub(crate) fn expressions(&mut self, expressions: impl IntoIterator<Item = ExprId>) {
        self.pending.extend(expressions.into_iter().map(Part::Expression));
    }

    pub(crate) fn statements(&mut self, statements: impl IntoIterator<Item = StatementId>) {
        self.pending.extend(statements.into_iter().map(Part::Statement));
    }

    pub(crate) fn types(&mut self, types: impl IntoIterator<Item = TypeExprId>) {
        self.pending.extend(types.into_iter().map(Part::Type));
    }

    pub(crate) fn block(&mut self, block: &Block) {
        self.statements(block.statements.iter().copied());
    }

    /// The text of an expression that is a name.
    pub(crate) fn plain_name(&self, expression: ExprId) -> Option<&'t str> {
        match &self.tree[expression].kind {
            ExprKind::Name(name) => Some(&name.text),
            _ => None,
        }
    }

    fn mention(&mut self, name: &'t str) {
        if self.wants_names {
            self.names.insert(name);
        }
    }

    fn walk(&mut self) {
        while let Some(part) = self.pending.pop() {
            match part {
                Part::Expression(id) => self.expression(id),
                Part::Statement(id) => self.statement(id),
                Part::Type(id) => self.written(id),
            }
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Block(block) => self.block(block),
            Body::Record(value) => self.expressions([*value]),
            Body::Statement(statement) => self.statements([*statement]),
        }
    }

    fn statement(&mut self, id: StatementId) {
        let tree = self.tree;
        let span = tree[id].span;
        match &tree[id].kind {
            StatementKind::Let { target: names, declared, value, .. } => {
                target(names, self);
                self.types(*declared);
                self.expressions(*value);
            }
            StatementKind::Assign(assign) => {
                self.bound.extend(self.plain_name(assign.place));
                self.tell(NotYet::Assignment, assign.operator_span);
                self.expressions([assign.place, assign.value]);
            }
            StatementKind::Unpack { target: names, value } => {
                target(names, self);
                self.expressions([*value]);
            }
            StatementKind::Step { place, .. } => {
                self.tell(NotYet::Step, span);
                self.expressions([*place]);
            }
            StatementKind::Return(value) => self.expressions(*value),
            StatementKind::Break | StatementKind::Continue => self.tell(NotYet::LoopExit, span),
            StatementKind::Assert { condition, message } => {
                self.tell(NotYet::Assert, word(span, "assert"));
                self.expressions([*condition]);
                self.expressions(*message);
            }
            StatementKind::Mock(mock) => {
                self.tell(NotYet::Mock, word(span, "mock"));
                self.mention(&mock.contract.text);
                let (MockBehaviour::Replies(value)
                | MockBehaviour::Fails(value)
                | MockBehaviour::Answers(value)) = mock.behaviour;
                self.expressions([value]);
                self.expressions(mock.after);
            }
            StatementKind::For(round) => self.for_loop(round, span),
            StatementKind::While(round) => {
                match round.body_first {
                    true => self.tell(NotYet::DoWhile, word(span, "do")),
                    false => self.tell(NotYet::While, word(span, "while")),
                }
                self.expressions([round.condition]);
                self.expressions(round.limit);
                self.body(&round.body);
            }
            StatementKind::Try(tried) => {
                self.tell(NotYet::Try, word(span, "try"));
                self.bind(tried.catch.iter().filter_map(|catch| catch.failure.as_ref()));
                let caught = tried.catch.iter().map(|catch| &catch.body);
                [&tried.body]
                    .into_iter()
                    .chain(caught)
                    .chain(&tried.finally)
                    .for_each(|block| self.block(block));
            }
            StatementKind::Expression(value) => self.expressions([*value]),
            StatementKind::Function(function) => function_parts(function, self),
            StatementKind::Type(alias) => {
                self.tell(NotYet::LocalType, alias.name.span);
                alias_parts(alias, self);
            }
            StatementKind::Block(block) => self.block(block),
            StatementKind::Error => {}
        }
    }

    fn for_loop(&mut self, round: &'t For, span: Span) {
        match round {
            For::Each { target: names, second, list, limit, body } => {
                self.bind(names.names().into_iter().chain(second));
                self.tell(NotYet::For, word(span, "for"));
                names.each_default(&mut |default| self.push(Part::Expression(default)));
                self.expressions([*list]);
                self.expressions(*limit);
                self.body(body);
            }
            For::Count { initial, condition, body, .. } => {
                // What counts is part of the loop, and needs no warning of its own.
                self.tell(NotYet::For, word(span, "for"));
                self.statements(initial.iter().copied());
                self.expressions(*condition);
                self.body(body);
            }
            For::All { variables, body } => {
                self.bind(variables.iter().map(|(name, _)| name));
                self.tell(NotYet::ForAll, word(span, "for all"));
                self.types(variables.iter().map(|(_, written)| *written));
                self.block(body);
            }
        }
    }

    fn expression(&mut self, id: ExprId) {
        let tree = self.tree;
        let span = tree[id].span;
        match &tree[id].kind {
            ExprKind::Error | ExprKind::Literal(_) => {}
            ExprKind::Name(name) => {
                self.mention(&name.text);
                if let Some(row) = free_name(&name.text) {
                    self.library.push((&name.text, NotYetAt { construct: NotYet::Name(row), span }));
                }
            }
            ExprKind::Template(parts) => self.expressions(parts.iter().filter_map(|part| match part {
                TemplatePart::Expression(value) => Some(*value),
                TemplatePart::Text(_) => None,
            })),
            ExprKind::List(elements) => self.expressions(elements.iter().map(|element| element.value)),
            ExprKind::Record(entries) => entries.iter().for_each(|entry| match entry {
                Entry::Pair { key, value, .. } => {
                    if let EntryKey::Computed(key) = key {
                        self.expressions([*key]);
                    }
                    self.expressions([*value]);
                }
                Entry::Spread(value) => self.expressions([*value]),
            }),
            ExprKind::Lambda(lambda) => {
                match lambda.form {
                    LambdaForm::Function => self.tell(NotYet::FunctionExpression, word(span, "function")),
                    LambdaForm::Method => self.tell(NotYet::RecordMethod, span),
                    LambdaForm::Arrow | LambdaForm::Trailing | LambdaForm::Selector => {}
                }
                parameters(&lambda.parameters, self);
                match &lambda.body {
                    LambdaBody::Expression(value) => self.expressions([*value]),
                    LambdaBody::Block(block) => self.block(block),
                    LambdaBody::Assignment(statement) => self.statements([*statement]),
                }
            }
            ExprKind::Member { object, .. } | ExprKind::OptionalMember { object, .. } => {
                self.expressions([*object]);
            }
            ExprKind::TildeMember { object, name } => {
                self.tell(NotYet::TildeOperator, name.span);
                self.expressions([*object]);
            }
            ExprKind::Index { object, index } => self.expressions([*object, *index]),
            ExprKind::OptionalIndex { object, index } => {
                self.tell(NotYet::OptionalCall, span);
                self.expressions([*object, *index]);
            }
            ExprKind::OptionalCall { callee, arguments } => {
                self.tell(NotYet::OptionalCall, span);
                self.expressions([*callee]);
                self.arguments(arguments);
            }
            ExprKind::New { class, arguments } => {
                self.tell(NotYet::New, word(span, "new"));
                self.mention(&class.text);
                self.arguments(arguments);
            }
            ExprKind::Typeof(value) => {
                self.tell(NotYet::Typeof, word(span, "typeof"));
                self.expressions([*value]);
            }
            ExprKind::Is { value, target } => {
                self.tell(NotYet::Is, span);
                self.expressions([*value]);
                self.types([*target]);
            }
            ExprKind::Instanceof { value, class } => {
                self.tell(NotYet::Instanceof, span);
                self.expressions([*value]);
                match self.plain_name(*class) {
                    Some(name) => self.mention(name),
                    None => self.expressions([*class]),
                }
            }
            ExprKind::Call { callee, arguments } => {
                self.expressions([*callee]);
                self.arguments(arguments);
            }
            ExprKind::Unary { operand, .. } => self.expressions([*operand]),
            ExprKind::Binary { tilde, operator_span, left, right, .. } => {
                self.tilde(*tilde, *operator_span);
                self.expressions([*left, *right]);
            }
            ExprKind::Surer { operator_span, left, right } => {
                self.tilde(true, *operator_span);
                self.expressions([*left, *right]);
            }
            ExprKind::Pipe { operator_span, value, step, .. } => {
                self.tell(NotYet::Pipe, *operator_span);
                self.expressions([*value, *step]);
            }
            ExprKind::Ternary { tilde, condition, then, otherwise } => {
                self.tilde(*tilde, span);
                self.expressions([*condition, *then, *otherwise]);
            }
            ExprKind::Attach { value, confidence } => self.expressions([*value, *confidence]),
            ExprKind::Gate { tilde, value, threshold, otherwise } => {
                self.tilde(*tilde, span);
                self.expressions([*value, *threshold]);
                self.expressions(*otherwise);
            }
            ExprKind::As { value, target } => {
                self.expressions([*value]);
                self.types([*target]);
            }
            ExprKind::Assert(value) | ExprKind::Await(value) => self.expressions([*value]),
            ExprKind::If { condition, then, otherwise } => {
                self.expressions([*condition]);
                self.body(then);
                match otherwise {
                    None => {}
                    Some(Else::Chain(value)) => self.expressions([*value]),
                    Some(Else::Body(body)) => self.body(body),
                }
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                self.expressions([*subject]);
                self.expressions(thresholds.iter().map(|(_, value)| *value));
                bands.iter().for_each(|band| self.body(&band.body));
            }
            ExprKind::Match(chosen) => self.choice(chosen, span),
            ExprKind::Do(block) => self.block(block),
        }
    }

    fn tilde(&mut self, tilde: bool, span: Span) {
        if tilde {
            self.tell(NotYet::TildeOperator, span);
        }
    }

    fn choice(&mut self, chosen: &'t Match, span: Span) {
        match chosen.switch {
            true => self.tell(NotYet::Switch, word(span, "switch")),
            false => self.tell(NotYet::Match, word(span, "match")),
        }
        self.expressions([chosen.subject]);
        for arm in &chosen.arms {
            arm.pattern.walk(&mut |pattern| match pattern {
                MatchPattern::Is { name, target } => {
                    self.bind([name]);
                    self.types([*target]);
                }
                MatchPattern::Name(name) => self.bind([name]),
                MatchPattern::Record { fields, rest, .. } => {
                    let short = fields.iter().filter(|field| field.pattern.is_none());
                    self.bind(short.map(|field| &field.field));
                    self.bind(rest.iter().filter_map(|rest| rest.name.as_ref()));
                }
                MatchPattern::List { rest, .. } => {
                    self.bind(rest.iter().filter_map(|rest| rest.name.as_ref()));
                }
                MatchPattern::Value(value) => self.expressions([*value]),
                _ => {}
            });
            self.expressions(arm.guard);
            self.body(&arm.body);
        }
    }

    fn arguments(&mut self, arguments: &[Argument]) {
        for argument in arguments {
            match argument.value {
                ArgumentValue::Expression(value) => self.expressions([value]),
                ArgumentValue::Spread(value) => {
                    self.tell(NotYet::SpreadArgument, argument.span);
                    self.expressions([value]);
                }
            }
        }
    }

    fn written(&mut self, id: TypeExprId) {
        let tree = self.tree;
        match &tree[id].kind {
            TypeExprKind::Error | TypeExprKind::Literal(_) => {}
            TypeExprKind::Named { name, arguments } => {
                self.mention(&name.text);
                self.types(arguments.iter().copied());
            }
            TypeExprKind::Uncertain(of) | TypeExprKind::List(of) | TypeExprKind::Optional(of) => {
                self.types([*of])
            }
            TypeExprKind::Union(members) => self.types(members.iter().copied()),
            TypeExprKind::Record { fields, .. } => self.types(fields.iter().map(|field| field.value)),
            TypeExprKind::Function { parameters, result } => {
                self.types(parameters.iter().copied());
                self.types([*result]);
            }
        }
    }
}
