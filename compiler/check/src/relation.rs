//! When a value of one type may stand where another is wanted.

use prism_syntax::ast::Literal;

use crate::checker::Checker;
use crate::{FieldOf, Type};

/// Declared types that lead through one another are followed this far; deeper ones are taken to fit.
const EXPANSIONS: u32 = 24;

impl Checker<'_> {
    /// The type behind a declared name, other types as they are.
    pub(crate) fn expand(&self, of: &Type) -> Type {
        let mut current = of.clone();
        for _ in 0..EXPANSIONS {
            let Type::Named(name) = &current else { return current };
            match self.out.aliases.get(name.as_ref()) {
                Some(target) => current = target.clone(),
                None => return Type::Error,
            }
        }
        Type::Error
    }

    /// Whether a value of `found` may stand where `wanted` is wanted.
    pub(crate) fn fits(&self, found: &Type, wanted: &Type) -> bool {
        self.fits_at(found, wanted, 0)
    }

    fn fits_at(&self, found: &Type, wanted: &Type, depth: u32) -> bool {
        if depth > EXPANSIONS || found == wanted {
            return true;
        }
        let fits = |found: &Type, wanted: &Type| self.fits_at(found, wanted, depth + 1);
        match (found, wanted) {
            (Type::Error | Type::Never | Type::Any, _) | (_, Type::Error | Type::Any | Type::Unknown) => true,
            (Type::Uncertain(found), Type::Uncertain(wanted)) => fits(found, wanted),
            (Type::Named(_), _) => fits(&self.expand(found), wanted),
            (_, Type::Named(_)) => fits(found, &self.expand(wanted)),
            (Type::Uncertain(_), _) => false,
            (Type::Union(members), _) => members.iter().all(|member| fits(member, wanted)),
            (_, Type::Uncertain(wanted)) => fits(found, wanted),
            (_, Type::Union(members)) => members.iter().any(|member| fits(found, member)),
            (Type::Literal(literal), _) => self.literal_fits(literal, found, wanted),
            (Type::Integer | Type::Confidence | Type::Number, Type::Number | Type::Duration) => true,
            (Type::Number, Type::Confidence) => true,
            (Type::List(found), Type::List(wanted)) | (Type::Map(found), Type::Map(wanted)) => {
                fits(found, wanted)
            }
            (Type::Record { fields, .. }, Type::Map(wanted)) => {
                fields.iter().all(|field| fits(&field.value, wanted))
            }
            (Type::Record { fields, .. }, Type::Record { fields: wanted, .. }) => {
                wanted.iter().all(|wanted| match find_field(fields, &wanted.name) {
                    Some(field) => fits(&field.value, &wanted.value) && (wanted.optional || !field.optional),
                    None => wanted.optional,
                })
            }
            (Type::Agent(_), Type::Agent(None)) => true,
            (
                Type::Function { parameters, result },
                Type::Function { parameters: wanted_parameters, result: wanted_result },
            ) => {
                fits(result, wanted_result)
                    && parameters.iter().zip(wanted_parameters.iter()).all(|(own, given)| fits(given, own))
            }
            _ => false,
        }
    }

    fn literal_fits(&self, literal: &Literal, found: &Type, wanted: &Type) -> bool {
        match (literal, wanted) {
            (Literal::Number(number), Type::Confidence) => (0.0..=1.0).contains(number),
            (Literal::Number(_), Type::Number | Type::Duration) => true,
            (Literal::Number(number), Type::Integer) => number.fract() == 0.0,
            (_, Type::Literal(wanted)) => *literal == **wanted,
            _ => found.widened() == *wanted,
        }
    }

    /// The least type that both fit.
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
            _ => {}
        }
        match (self.fits(&first, &second), self.fits(&second, &first), &first, &second) {
            (true, true, Type::List(one), Type::List(other)) => {
                Type::list(self.join((**one).clone(), (**other).clone()))
            }
            (true, _, _, _) => second,
            (_, true, _, _) => first,
            (false, false, _, _) => Type::union([first, second]),
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
        let kept = expanded.members().iter().filter(|member| !matches!(member, Type::Null)).cloned();
        Type::uncertain_if(Type::union(kept), uncertain)
    }
}

pub(crate) fn find_field<'a>(fields: &'a [FieldOf], name: &str) -> Option<&'a FieldOf> {
    fields.iter().find(|field| &*field.name == name)
}
