//! When a value of one type may stand where another is wanted.

use prism_syntax::ast::Literal;

use crate::checker::Checker;
use crate::{FieldOf, Type};

/// The most members of a union that is inferred.
const MOST_MEMBERS: usize = 64;
/// The most parts of a type that is inferred, and the deepest nesting: it is written into documents, and JSON readers
/// take 128 levels.
const MOST_PARTS: usize = 2_000;
const DEEPEST: usize = 40;
/// The most pairs of declared types that are compared for one question.
const MOST_PAIRS: usize = 1_000;

impl Checker<'_> {
    /// The type behind a declared name, other types as they are. Declared types never stand for a name alone.
    pub(crate) fn expand(&self, of: &Type) -> Type {
        match of {
            Type::Named(name) => self.out.aliases.get(name.as_ref()).cloned().unwrap_or(Type::Error),
            other => other.clone(),
        }
    }

    /// Whether a value of `found` may stand where `wanted` is wanted.
    pub(crate) fn fits(&self, found: &Type, wanted: &Type) -> bool {
        Relation { checker: self, exact: false, assumed: Vec::new() }.fits(found, wanted)
    }

    /// Whether every value of `found` is a value of `wanted` as it stands, with the fields that `wanted` says and no
    /// others.
    fn is_covered(&self, found: &Type, wanted: &Type) -> bool {
        Relation { checker: self, exact: true, assumed: Vec::new() }.fits(found, wanted)
    }

    /// The least type that both are covered by.
    pub(crate) fn join(&self, first: Type, second: Type) -> Type {
        match (&first, &second) {
            (Type::Never, _) => return second,
            (_, Type::Never) => return first,
            (Type::Error, _) | (_, Type::Error) => return Type::Error,
            (Type::Uncertain(_), _) | (_, Type::Uncertain(_)) => {
                let joined = self.join(first.certain(), second.certain());
                return Type::uncertain(joined);
            }
            // It fits everything, but nothing that it fits says as little.
            (Type::Any, _) | (_, Type::Any) => return Type::Any,
            (Type::List(one), Type::List(other)) => {
                return Type::list(self.join((**one).clone(), (**other).clone()));
            }
            _ => {}
        }
        if self.is_covered(&first, &second) {
            return second;
        }
        if self.is_covered(&second, &first) {
            return first;
        }
        few(Type::union([first, second]))
    }

    /// The type that an expression is taken to have: one that has grown too large to be written down is `any` where
    /// it does not fit any more.
    pub(crate) fn bounded(&self, of: Type) -> Type {
        let fits = |of: &Type| {
            let (size, depth) = of.extent(MOST_PARTS);
            size < MOST_PARTS && depth <= DEEPEST
        };
        if fits(&of) {
            return of;
        }
        let shallow = |part: &Type| if fits(part) { part.clone() } else { Type::Any };
        match &of {
            Type::Uncertain(inner) => Type::uncertain(self.bounded((**inner).clone())),
            Type::Record { fields, .. } => {
                let kept =
                    fields.iter().map(|field| FieldOf { value: shallow(&field.value), ..field.clone() });
                let kept = Type::Record { fields: kept.collect(), open: true };
                if fits(&kept) { kept } else { Type::Any }
            }
            Type::List(_) => Type::list(Type::Any),
            _ => Type::Any,
        }
    }

    /// Whether a value may be null.
    pub(crate) fn admits_null(&self, of: &Type) -> bool {
        match self.expand(&of.certain()) {
            Type::Null | Type::Any | Type::Error => true,
            Type::Literal(literal) => matches!(*literal, Literal::Null),
            Type::Union(members) => members.iter().any(|member| self.admits_null(member)),
            _ => false,
        }
    }

    /// The type without null.
    pub(crate) fn without_null(&self, of: &Type) -> Type {
        let (certain, uncertain) = of.split();
        let expanded = self.expand(&certain);
        if !matches!(expanded, Type::Union(_)) {
            return of.clone();
        }
        let kept = expanded.members().iter().filter(|member| !matches!(member, Type::Null));
        let kept = kept
            .map(|member| if self.admits_null(member) { self.without_null(member) } else { member.clone() });
        Type::uncertain_if(Type::union(kept), uncertain)
    }
}

/// A union of few enough members to be compared with others: literals give way to their kinds.
fn few(of: Type) -> Type {
    if of.members().len() <= MOST_MEMBERS {
        return of;
    }
    let widened = of.widened_deep();
    if widened.members().len() <= MOST_MEMBERS { widened } else { Type::Any }
}

/// One question of whether types fit, with what was found out about declared types on the way.
struct Relation<'c, 'a> {
    checker: &'c Checker<'a>,
    /// Whether values have to be of the type as they stand, rather than be taken for it.
    exact: bool,
    /// Pairs that a declared type is part of, and whether they fit. While a pair is looked at it is assumed to:
    /// types that refer to themselves come back to the same pair.
    assumed: Vec<(Type, Type, bool)>,
}

impl Relation<'_, '_> {
    fn fits(&mut self, found: &Type, wanted: &Type) -> bool {
        match (found, wanted) {
            (Type::Error | Type::Never, _) | (_, Type::Error | Type::Any | Type::Unknown) => true,
            (Type::Any, _) => !self.exact,
            (Type::Named(one), Type::Named(other)) if one == other => true,
            (Type::Named(_), _) | (_, Type::Named(_)) => self.declared(found, wanted),
            (Type::Uncertain(found), Type::Uncertain(wanted)) => self.fits(found, wanted),
            (Type::Uncertain(_), _) => false,
            (Type::Union(members), _) => members.iter().all(|member| self.fits(member, wanted)),
            (_, Type::Uncertain(wanted)) => self.fits(found, wanted),
            (_, Type::Union(members)) => members.iter().any(|member| self.fits(found, member)),
            (Type::Literal(literal), _) => self.literal_fits(literal, found, wanted),
            (Type::Integer | Type::Confidence, Type::Number) => true,
            (Type::Integer | Type::Confidence | Type::Number, Type::Duration)
            | (Type::Integer | Type::Number, Type::Confidence) => !self.exact,
            (Type::List(found), Type::List(wanted)) | (Type::Map(found), Type::Map(wanted)) => {
                self.fits(found, wanted)
            }
            (Type::Record { fields, .. }, Type::Map(wanted)) if !self.exact => {
                fields.iter().all(|field| self.fits(&field.value, wanted))
            }
            (Type::Record { fields, open }, Type::Record { fields: wanted, open: wanted_open }) => {
                let known = |field: &FieldOf| find_field(wanted, &field.name).is_some();
                let same_fields = !self.exact || *wanted_open || (!open && fields.iter().all(known));
                same_fields
                    && wanted.iter().all(|wanted| match find_field(fields, &wanted.name) {
                        Some(field) => {
                            (wanted.optional || !field.optional) && self.fits(&field.value, &wanted.value)
                        }
                        None => wanted.optional,
                    })
            }
            (Type::Agent(_), Type::Agent(None)) => true,
            (
                Type::Function { parameters, result },
                Type::Function { parameters: wanted_parameters, result: wanted_result },
            ) => {
                self.fits(result, wanted_result)
                    && parameters
                        .iter()
                        .zip(wanted_parameters.iter())
                        .all(|(own, given)| self.fits(given, own))
            }
            _ => found == wanted,
        }
    }

    fn declared(&mut self, found: &Type, wanted: &Type) -> bool {
        let known = self.assumed.iter().find(|(one, other, _)| one == found && other == wanted);
        if let Some((_, _, fits)) = known {
            return *fits;
        }
        let mark = self.assumed.len();
        if mark > MOST_PAIRS {
            return true;
        }
        self.assumed.push((found.clone(), wanted.clone(), true));
        let fits = self.fits(&self.checker.expand(found), &self.checker.expand(wanted));
        if !fits {
            // What was found out under the wrong assumption does not count.
            self.assumed.truncate(mark);
            self.assumed.push((found.clone(), wanted.clone(), false));
        }
        fits
    }

    fn literal_fits(&self, literal: &Literal, found: &Type, wanted: &Type) -> bool {
        match (literal, wanted) {
            (Literal::Number(number), Type::Confidence) => (0.0..=1.0).contains(number),
            (Literal::Number(_), Type::Number) => true,
            (Literal::Number(_), Type::Duration) => !self.exact,
            (Literal::Number(number), Type::Integer) => number.fract() == 0.0,
            (_, Type::Literal(wanted)) => *literal == **wanted,
            _ => found.widened() == *wanted,
        }
    }
}

pub(crate) fn find_field<'a>(fields: &'a [FieldOf], name: &str) -> Option<&'a FieldOf> {
    fields.iter().find(|field| &*field.name == name)
}
