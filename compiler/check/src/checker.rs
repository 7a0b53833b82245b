use std::mem;

use indexmap::IndexMap;
use prism_diagnostics::Span;
use prism_syntax::ast::{ExprId, Function, Item, Name, StatementId, StatementKind, Target, Tree, TypeExprId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::checked::{Checked, LocalId};
use crate::error::Place;
use crate::scope::Scopes;
use crate::survey::{script, survey};
use crate::{CheckError, NotYet, NotYetAt, Type};

/// Checks a file.
///
/// `broken` says that the text has syntax errors outside of patterns and functions: then declarations may be
/// missing from the tree, and nothing is said about names that are unknown.
pub fn check(tree: &Tree, broken: bool) -> Checked {
    let mut later: Vec<NotYetAt> = Vec::new();
    loop {
        let (mut out, found) = check_without(tree, broken, &later);
        let known = later.len();
        for one in found {
            if !later.contains(&one) {
                later.push(one);
            }
        }
        if later.len() == known {
            out.errors.sort_by_key(|error| (error.span().start, error.span().end));
            return out;
        }
    }
}

/// Checks what needs none of the constructs in `later`, which only types and scopes could show. Gives those that it
/// meets besides: the declarations around them were checked although they should not have been, so the whole has to
/// be done again without them. What is left does not mention them, hence nothing is met the second time.
fn check_without(tree: &Tree, broken: bool, later: &[NotYetAt]) -> (Checked, Vec<NotYetAt>) {
    let mut checker = Checker {
        tree,
        out: Checked::default(),
        scopes: Scopes::default(),
        body: BodyContext::default(),
        effects: 0,
        quiet: false,
        broken,
        contract_names: FxHashSet::default(),
        answer_types: FxHashSet::default(),
        later: Vec::new(),
        suggestions: MOST_SUGGESTIONS,
        functions: IndexMap::new(),
        constants: FxHashMap::default(),
        let_locals: Vec::new(),
        waiting_patterns: FxHashMap::default(),
        runs: None,
        outside_default: Vec::new(),
        met: Vec::new(),
    };
    checker.file(later);
    (checker.out, checker.met)
}

/// A file with more unknown names than this is told about the others without suggestions, each of which looks at all
/// the names that there are.
const MOST_SUGGESTIONS: usize = 100;

/// What surrounds the statements of one body.
#[derive(Debug, Default)]
pub(crate) struct BodyContext {
    /// What `return` has to give, and for what; absent where it is inferred.
    pub(crate) wanted: Option<(Type, Place)>,
    /// The types that `return` gives, where they are inferred.
    pub(crate) returned: Vec<Type>,
    /// The type of `input`, inside a pattern.
    pub(crate) input: Option<Type>,
}

/// How far a function at the top level has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Waiting,
    Running,
    Done,
}

/// A constant at the top level.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    pub(crate) value: ExprId,
    pub(crate) declared: Option<TypeExprId>,
    pub(crate) span: Span,
    pub(crate) progress: Progress,
    pub(crate) found: Type,
}

pub(crate) struct Checker<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) out: Checked,
    pub(crate) scopes: Scopes,
    pub(crate) body: BodyContext,
    /// How many effects were met so far: an expression that raises it has an effect.
    pub(crate) effects: u32,
    /// Whether mistakes are kept to oneself, because a syntax error may be their cause.
    pub(crate) quiet: bool,
    pub(crate) broken: bool,
    pub(crate) contract_names: FxHashSet<Box<str>>,
    /// Declared types that are answers.
    pub(crate) answer_types: FxHashSet<Box<str>>,
    /// The statements of each block around this place, and which of them is being checked.
    pub(crate) later: Vec<(Vec<StatementId>, usize)>,
    /// For how many unknown names more a similar one is looked for.
    pub(crate) suggestions: usize,
    pub(crate) functions: IndexMap<Box<str>, (&'a Function, Progress)>,
    pub(crate) constants: FxHashMap<Box<str>, Constant>,
    pub(crate) let_locals: Vec<LocalId>,
    /// The patterns that cannot be checked yet, by the offset of their names.
    pub(crate) waiting_patterns: FxHashMap<u32, NotYetAt>,
    /// The name that stands where a function that calls agents can be run: a callee, or the block of a primitive.
    pub(crate) runs: Option<ExprId>,
    /// The variables around the defaults that are being checked, the innermost last: defaults do not see them.
    pub(crate) outside_default: Vec<Scopes>,
    /// What is not checked yet, and was met on the way.
    met: Vec<NotYetAt>,
}

impl<'a> Checker<'a> {
    fn file(&mut self, later: &[NotYetAt]) {
        if let Some(span) = script(self.tree) {
            self.out.script = Some(span);
            self.report_unknown(CheckError::NotYetChecked { span, construct: NotYet::Script });
            return;
        }
        let survey = survey(self.tree, self.broken, later);
        for NotYetAt { construct, span } in survey.found {
            self.report(CheckError::NotYetChecked { span, construct });
        }
        self.out.not_yet = survey.names;
        self.waiting_patterns = survey.patterns;
        self.collect_names();
        self.declare_types();
        self.declare_contracts();
        let functions: Vec<_> = self.functions.keys().cloned().collect();
        for name in functions {
            self.ensure_function(&name, None);
        }
        let constants: Vec<_> = self.constants.keys().cloned().collect();
        for name in constants {
            self.constant_type(&name);
        }
        let tree = self.tree;
        for item in tree.declarations() {
            if let Item::Pattern(pattern) = item {
                self.pattern(pattern);
            }
        }
        if !self.broken {
            self.report_unused();
        }
    }

    /// Takes down every name of the top level, so that order does not matter.
    fn collect_names(&mut self) {
        let tree: &'a Tree = self.tree;
        let mut seen: FxHashMap<Box<str>, Span> = FxHashMap::default();
        let mut patterns: FxHashMap<Box<str>, Span> = FxHashMap::default();
        for item in tree.declarations() {
            match item {
                Item::Agent(agent) => {
                    if self.first_of(&mut seen, &agent.name) && !self.waits(&agent.name) {
                        self.contract_names.insert(agent.name.text.clone());
                    }
                }
                Item::Function(function) => {
                    if self.first_of(&mut seen, &function.name) && !self.waits(&function.name) {
                        self.functions.insert(function.name.text.clone(), (function, Progress::Waiting));
                    }
                }
                Item::Pattern(pattern) => {
                    self.first_of(&mut patterns, &pattern.name);
                }
                Item::Type(_) | Item::Import(_) | Item::Export(_) | Item::Test(_) => {}
                Item::Statement(id) => match &tree[*id].kind {
                    StatementKind::Let {
                        target: Target::Name(name), declared, value: Some(value), ..
                    } => {
                        if self.first_of(&mut seen, name) && !self.waits(name) {
                            let span = name.span;
                            let constant = Constant {
                                value: *value,
                                declared: *declared,
                                span,
                                progress: Progress::Waiting,
                                found: Type::Error,
                            };
                            self.constants.insert(name.text.clone(), constant);
                        }
                    }
                    StatementKind::Let { target, value: Some(_), .. } => {
                        target.names().into_iter().for_each(|name| {
                            self.first_of(&mut seen, name);
                        });
                    }
                    StatementKind::Error => {}
                    _ => self.report(CheckError::OutsidePattern { span: tree[*id].span }),
                },
            }
        }
    }

    /// Whether what a name declares is not checked yet.
    pub(crate) fn waits(&self, name: &Name) -> bool {
        self.out.not_yet.contains_key(&name.text)
    }

    fn first_of(&mut self, seen: &mut FxHashMap<Box<str>, Span>, name: &Name) -> bool {
        if let Some(first) = seen.get(&name.text).copied() {
            self.report(CheckError::DuplicateName { span: name.span, name: name.text.clone(), first });
            return false;
        }
        seen.insert(name.text.clone(), name.span);
        true
    }

    /// The type of a constant at the top level, which must not need an agent.
    pub(crate) fn constant_type(&mut self, name: &str) -> Type {
        let Some(constant) = self.constants.get_mut(name) else { return Type::Error };
        match constant.progress {
            Progress::Done => return constant.found.clone(),
            Progress::Running => {
                let span = constant.span;
                self.report(CheckError::UseBeforeDeclaration { span, name: name.into(), declared: span });
                return Type::Error;
            }
            Progress::Waiting => constant.progress = Progress::Running,
        }
        let (value, declared) = (constant.value, constant.declared);
        let wanted = declared.map(|written| self.written(written));
        let found = self.apart(|checker| {
            let found = match wanted {
                Some(wanted) => {
                    let place = Place::Variable { name: name.into() };
                    checker.expression_for(value, &wanted, &place);
                    wanted
                }
                None => checker.expression(value, None),
            };
            if checker.effects > 0 {
                let place = format!("the constant `{name}`").into();
                checker.report(CheckError::EffectInFunction { span: checker.tree[value].span, place });
            }
            found
        });
        if let Some(constant) = self.constants.get_mut(name) {
            constant.progress = Progress::Done;
            constant.found = found.clone();
        }
        found
    }

    /// A default: an expression that sees the top level only and asks no agent.
    pub(crate) fn constant_for(&mut self, default: ExprId, wanted: &Type, place: &Place) {
        let mut outside = mem::take(&mut self.outside_default);
        outside.push(mem::take(&mut self.scopes));
        let mut outside = self.apart(|checker| {
            checker.outside_default = outside;
            checker.expression_for(default, wanted, place);
            if checker.effects > 0 {
                let (span, place) = (checker.tree[default].span, "a default".into());
                checker.report(CheckError::EffectInFunction { span, place });
            }
            mem::take(&mut checker.outside_default)
        });
        self.scopes = outside.pop().unwrap_or_default();
        self.outside_default = outside;
    }

    /// Whether a name that is not visible here is one of a variable around the default that it stands in.
    pub(crate) fn is_outside_default(&self, name: &str) -> bool {
        self.outside_default.iter().any(|scopes| scopes.find(name).is_some())
    }

    /// Takes down something that is not checked yet: the declaration around it will not be checked. The type of it.
    pub(crate) fn not_yet(&mut self, construct: NotYet, span: Span) -> Type {
        if !self.quiet {
            self.met.push(NotYetAt { construct, span });
        }
        Type::Error
    }

    /// Runs `inside` as if nothing were around it: no variables, no `return` to give, no effects yet.
    pub(crate) fn apart<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let scopes = mem::take(&mut self.scopes);
        let body = mem::take(&mut self.body);
        let effects = mem::take(&mut self.effects);
        let later = mem::take(&mut self.later);
        let outside_default = mem::take(&mut self.outside_default);
        let quiet = self.quiet;
        let result = inside(self);
        self.scopes = scopes;
        self.later = later;
        self.outside_default = outside_default;
        self.body = body;
        self.effects = effects;
        self.quiet = quiet;
        result
    }

    fn report_unused(&mut self) {
        for id in mem::take(&mut self.let_locals) {
            let Some(local) = self.out.locals.get(id.index()).filter(|local| !local.used) else { continue };
            if !local.name.starts_with('_') {
                let error = CheckError::UnusedVariable { span: local.span, name: local.name.clone() };
                self.out.errors.push(error);
            }
        }
    }

    pub(crate) fn report(&mut self, error: CheckError) {
        if !self.quiet {
            self.out.errors.push(error);
        }
    }

    /// Reports that something is unknown, unless its declaration may be lost in a syntax error.
    pub(crate) fn report_unknown(&mut self, error: CheckError) {
        if !self.broken {
            self.report(error);
        }
    }
}
