use prism_diagnostics::Span;
use prism_syntax::ast::Name;
use rustc_hash::FxHashMap;

use crate::checked::{LocalId, LocalInfo};
use crate::checker::Checker;
use crate::narrowing::Subject;
use crate::{CheckError, Type};

/// Names that are visible from one place, the innermost scope last.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    scopes: Vec<FxHashMap<Box<str>, LocalId>>,
    /// What conditions around this place say.
    narrowed: FxHashMap<Subject, Type>,
    /// What held before each fact, for taking facts back in the opposite order.
    replaced: Vec<(Subject, Option<Type>)>,
}

impl Scopes {
    pub(crate) fn find(&self, name: &str) -> Option<LocalId> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).copied()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().flat_map(|scope| scope.keys().map(|name| &**name))
    }

    pub(crate) fn has_facts(&self) -> bool {
        !self.narrowed.is_empty()
    }

    pub(crate) fn narrowed(&self, subject: &Subject) -> Option<&Type> {
        self.narrowed.get(subject)
    }

    pub(crate) fn push_facts(&mut self, facts: &[(Subject, Type)]) -> usize {
        let mark = self.replaced.len();
        for (subject, narrowed) in facts {
            let before = self.narrowed.insert(subject.clone(), narrowed.clone());
            self.replaced.push((subject.clone(), before));
        }
        mark
    }

    pub(crate) fn facts_mark(&self) -> usize {
        self.replaced.len()
    }

    pub(crate) fn pop_facts(&mut self, mark: usize) {
        while self.replaced.len() > mark {
            match self.replaced.pop() {
                Some((subject, Some(before))) => self.narrowed.insert(subject, before),
                Some((subject, None)) => self.narrowed.remove(&subject),
                None => break,
            };
        }
    }
}

impl Checker<'_> {
    /// Runs `inside` in a scope of its own, which also ends what conditions in it have said about variables.
    pub(crate) fn scoped<T>(&mut self, inside: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.scopes.facts_mark();
        self.scopes.scopes.push(FxHashMap::default());
        let result = inside(self);
        self.scopes.scopes.pop();
        self.scopes.pop_facts(mark);
        result
    }

    /// Declares a variable in the innermost scope.
    pub(crate) fn declare(&mut self, name: &Name, declared: Type) -> LocalId {
        let id = LocalId(self.out.locals.len() as u32);
        self.out.locals.push(LocalInfo { name: name.text.clone(), span: name.span, declared, used: false });
        self.out.declarations.insert(name.span.start, id);
        if &*name.text == "_" {
            return id;
        }
        let first = self.scopes.scopes.last_mut().and_then(|scope| scope.insert(name.text.clone(), id));
        if let Some(first) = first {
            self.mark_used(first);
            let first = self.local_span(first);
            self.report(CheckError::DuplicateName { span: name.span, name: name.text.clone(), first });
        }
        id
    }

    pub(crate) fn local_span(&self, id: LocalId) -> Span {
        self.out.locals.get(id.index()).map(|local| local.span).unwrap_or_default()
    }

    /// The type with which a variable was declared.
    pub(crate) fn local_type(&self, id: LocalId) -> Type {
        self.out.locals.get(id.index()).map_or(Type::Error, |local| local.declared.clone())
    }

    pub(crate) fn mark_used(&mut self, id: LocalId) {
        if let Some(local) = self.out.locals.get_mut(id.index()) {
            local.used = true;
        }
    }
}
