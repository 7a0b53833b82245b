//! Written types.

use std::sync::Arc;

use indexmap::IndexMap;
use prism_syntax::ast::{Item, Literal, TypeAlias, TypeExprId, TypeExprKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::checker::Checker;
use crate::{CheckError, FieldOf, Type, nearest};

/// The deepest nesting of a written type: its IR has to stay within the 128 levels that JSON readers take.
const MAX_DEPTH: u32 = 48;

/// The longest chain of names that stand for names alone.
const LONGEST_CHAIN: usize = 200;

/// The names of built-in types, for suggestions.
const BUILT_IN: &[&str] = &[
    "any",
    "unknown",
    "never",
    "null",
    "bool",
    "number",
    "int",
    "string",
    "duration",
    "money",
    "confidence",
    "map",
    "Agent",
];

impl Checker<'_> {
    /// Takes down the names of all declared types, then what they stand for.
    pub(crate) fn declare_types(&mut self) {
        let tree = self.tree;
        let mut declared: IndexMap<&str, &TypeAlias> = IndexMap::new();
        for item in tree.declarations() {
            let Item::Type(alias) = item else { continue };
            let name = &alias.name;
            if BUILT_IN.contains(&&*name.text) {
                self.report(CheckError::ReservedType { span: name.span, name: name.text.clone() });
            } else if let Some(first) = declared.get(&*name.text) {
                let first = first.name.span;
                self.report(CheckError::DuplicateName { span: name.span, name: name.text.clone(), first });
            } else if !self.waits(name) {
                declared.insert(&name.text, alias);
                self.out.aliases.insert(name.text.clone(), Type::Error);
            }
        }
        self.find_answers(&declared);
        for alias in declared.values() {
            let value = self.written(alias.value).certain();
            self.out.aliases.insert(alias.name.text.clone(), value);
        }
        for alias in declared.values() {
            if self.consists_of_itself(&alias.name.text) {
                let (span, name) = (alias.name.span, alias.name.text.clone());
                self.report(CheckError::RecursiveType { span, name: name.clone() });
                self.out.aliases.insert(name, Type::Error);
            }
        }
        for alias in declared.values() {
            self.shorten(&alias.name.text);
        }
    }

    /// Takes down the declared types that are answers: `~` stands around each mention of them, and not in what they
    /// stand for, so that nothing has to look behind a name to see it.
    fn find_answers(&mut self, declared: &IndexMap<&str, &TypeAlias>) {
        let mut mentioned_by: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let mut pending: Vec<&str> = Vec::new();
        for (name, alias) in declared {
            let mut parts = vec![alias.value];
            while let Some(part) = parts.pop() {
                match &self.tree[part].kind {
                    TypeExprKind::Uncertain(_) => pending.push(name),
                    TypeExprKind::Optional(of) => parts.push(*of),
                    TypeExprKind::Union(members) => parts.extend(members),
                    TypeExprKind::Named { name: other, arguments } if arguments.is_empty() => {
                        mentioned_by.entry(&other.text).or_default().push(name);
                    }
                    _ => {}
                }
            }
        }
        while let Some(name) = pending.pop() {
            if self.answer_types.insert(name.into()) {
                pending.extend(mentioned_by.get(name).into_iter().flatten());
            }
        }
    }

    /// Lets a name that stands for other names stand for what they stand for.
    fn shorten(&mut self, name: &str) {
        let mut passed: Vec<Box<str>> = Vec::new();
        let mut current: Box<str> = name.into();
        let target = loop {
            match self.out.aliases.get(&current) {
                Some(Type::Named(next)) => {
                    let next = (&**next).into();
                    passed.push(std::mem::replace(&mut current, next));
                }
                Some(other) => break other.clone(),
                None => break Type::Error,
            }
        };
        for name in passed {
            self.out.aliases.insert(name, target.clone());
        }
    }

    /// Whether following names alone, outside of records and lists, comes back to the same name.
    fn consists_of_itself(&self, name: &str) -> bool {
        let mut seen: FxHashSet<Arc<str>> = FxHashSet::default();
        let mut pending: Vec<Type> = self.out.aliases.get(name).cloned().into_iter().collect();
        while let Some(next) = pending.pop() {
            match next {
                Type::Named(inner) if *inner == *name => return true,
                Type::Named(inner) if seen.len() < LONGEST_CHAIN && seen.insert(inner.clone()) => {
                    pending.extend(self.out.aliases.get(inner.as_ref()).cloned());
                }
                Type::Union(members) => pending.extend(members.iter().cloned()),
                Type::Uncertain(of) => pending.push((*of).clone()),
                _ => {}
            }
        }
        seen.len() >= LONGEST_CHAIN
    }

    /// The type that was written.
    pub(crate) fn written(&mut self, id: TypeExprId) -> Type {
        let value = self.written_at(id, 0);
        self.out.written.insert(id, value.clone());
        value
    }

    fn written_at(&mut self, id: TypeExprId, depth: u32) -> Type {
        let tree = self.tree;
        let written = &tree[id];
        if depth > MAX_DEPTH {
            self.report(CheckError::TypeTooDeep { span: written.span });
            return Type::Error;
        }
        match &written.kind {
            TypeExprKind::Error => Type::Error,
            TypeExprKind::Literal(Literal::Null) => Type::Null,
            TypeExprKind::Literal(literal) => Type::Literal(Arc::new(literal.clone())),
            TypeExprKind::Uncertain(of) => Type::uncertain(self.written_at(*of, depth + 1)),
            TypeExprKind::List(of) => Type::list(self.written_at(*of, depth + 1)),
            TypeExprKind::Optional(of) => Type::optional(self.written_at(*of, depth + 1)),
            TypeExprKind::Union(members) => {
                let members: Vec<_> =
                    members.iter().map(|member| self.written_at(*member, depth + 1)).collect();
                Type::union(members)
            }
            TypeExprKind::Record { fields, open } => {
                let mut known: Vec<FieldOf> = Vec::with_capacity(fields.len());
                for field in fields {
                    let value = self.written_at(field.value, depth + 1);
                    if known.iter().any(|other| other.name == field.name.text) {
                        let first = fields.iter().find(|other| other.name.text == field.name.text);
                        let first = first.map_or(field.name.span, |other| other.name.span);
                        let name = field.name.text.clone();
                        self.report(CheckError::DuplicateName { span: field.name.span, name, first });
                        continue;
                    }
                    known.push(FieldOf { name: field.name.text.clone(), value, optional: field.optional });
                }
                Type::Record { fields: known.into(), open: *open }
            }
            TypeExprKind::Function { parameters, result } => {
                let parameters: Vec<_> =
                    parameters.iter().map(|part| self.written_at(*part, depth + 1)).collect();
                let result = Arc::new(self.written_at(*result, depth + 1));
                Type::Function { parameters: parameters.into(), result }
            }
            TypeExprKind::Named { name, arguments } if &*name.text == "Agent" && arguments.len() == 1 => {
                arguments.first().map_or(Type::Agent(None), |contract| self.agent_of(*contract))
            }
            TypeExprKind::Named { name, arguments } => {
                let arguments: Vec<_> =
                    arguments.iter().map(|part| (*part, self.written_at(*part, depth + 1))).collect();
                self.named(&name.text, name.span, &arguments)
            }
        }
    }

    fn named(&mut self, name: &str, span: prism_diagnostics::Span, arguments: &[(TypeExprId, Type)]) -> Type {
        match (name, arguments) {
            ("any", []) => Type::Any,
            ("unknown", []) => Type::Unknown,
            ("never", []) => Type::Never,
            ("null", []) => Type::Null,
            ("bool" | "boolean", []) => Type::Boolean,
            ("number", []) => Type::Number,
            ("int", []) => Type::Integer,
            ("string", []) => Type::String,
            ("duration", []) => Type::Duration,
            ("money", []) => Type::Money,
            ("confidence", []) => Type::Confidence,
            ("map", [(_, of)]) => Type::Map(Arc::new(of.clone())),
            ("map", []) => Type::Map(Arc::new(Type::Any)),
            ("Agent", []) => Type::Agent(None),
            _ if self.out.aliases.contains_key(name) && arguments.is_empty() => {
                Type::uncertain_if(Type::Named(name.into()), self.answer_types.contains(name))
            }
            _ => {
                let contracts: Vec<_> = self.contract_names.iter().map(|name| &**name).collect();
                let known = BUILT_IN
                    .iter()
                    .copied()
                    .chain(self.out.aliases.keys().map(|name| &**name))
                    .chain(contracts);
                let near = nearest(name, known).map(Into::into);
                self.report_unknown(CheckError::UnknownType { span, name: name.into(), nearest: near });
                Type::Error
            }
        }
    }

    /// `Agent<Contract>`: the argument is the name of a contract.
    fn agent_of(&mut self, written: TypeExprId) -> Type {
        let tree = self.tree;
        let span = tree[written].span;
        let name: &str = match &tree[written].kind {
            TypeExprKind::Named { name, arguments } if arguments.is_empty() => &name.text,
            TypeExprKind::Error => return Type::Error,
            _ => "this",
        };
        if self.contract_names.contains(name) {
            return Type::Agent(Some(Arc::from(name)));
        }
        let near = nearest(name, self.contract_names.iter().map(|known| &**known)).map(Into::into);
        self.report_unknown(CheckError::UnknownContract { span, name: name.into(), nearest: near });
        Type::Error
    }
}
