use indexmap::IndexMap;
use serde_json::Value;
use thiserror::Error;

use crate::literal::number_to_json;
use crate::{Constraint, Field, Literal, Type};

/// How a value does not fit a type.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} should be {expected}, but {found}", if path.is_empty() { "the value" } else { path })]
pub struct Mismatch {
    /// Where in the value, as in `labels[2].name`; empty for the value itself.
    pub path: String,
    /// What is wanted: a type or constraint as it is written.
    pub expected: String,
    /// What is there instead, shortened, as in `is "bugg"`.
    pub found: String,
}

/// The longest piece of a value that a message quotes, in characters.
const QUOTED: usize = 60;

/// Named types that refer to one another without an end between them are cut off here.
const NAME_LIMIT: u32 = 64;

/// Whether JSON fits a type; durations are numbers of milliseconds, money numbers of dollars.
///
/// # Errors
/// The first [`Mismatch`], by path.
pub fn conform(value: &Value, target: &Type, types: &IndexMap<String, Type>) -> Result<(), Mismatch> {
    Conform { types, names: 0 }.check(value, target, &mut String::new())
}

/// Whether JSON is a record with these fields, constraints included.
///
/// # Errors
/// The first [`Mismatch`], by path.
pub fn conform_fields(
    value: &Value,
    fields: &[Field],
    types: &IndexMap<String, Type>,
) -> Result<(), Mismatch> {
    let Value::Object(object) = value else {
        return Err(mismatch("", "a record with the declared fields", value));
    };
    for field in fields {
        let Some(member) = object.get(&field.name) else {
            if field.optional {
                continue;
            }
            return Err(missing(&field.name, &field.value));
        };
        if member.is_null() && field.optional {
            continue;
        }
        let mut path = field.name.clone();
        Conform { types, names: 0 }.check(member, &field.value, &mut path)?;
        for constraint in &field.constraints {
            check_constraint(member, constraint, &field.name)?;
        }
    }
    match object.keys().find(|key| !fields.iter().any(|field| field.name == **key)) {
        Some(key) => Err(unknown_field(key, fields.iter().map(|field| field.name.as_str()))),
        None => Ok(()),
    }
}

struct Conform<'a> {
    types: &'a IndexMap<String, Type>,
    names: u32,
}

impl Conform<'_> {
    fn check(&mut self, value: &Value, target: &Type, path: &mut String) -> Result<(), Mismatch> {
        let fits = match target {
            Type::Any | Type::Unknown => true,
            Type::Never | Type::Agent { .. } | Type::Function { .. } => false,
            Type::Null => value.is_null(),
            Type::Boolean => value.is_boolean(),
            Type::Number | Type::Duration | Type::Money => value.is_number(),
            Type::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            Type::Confidence => value.as_f64().is_some_and(|number| (0.0..=1.0).contains(&number)),
            Type::String => value.is_string(),
            Type::Literal { value: literal } => literal_equals(literal, value),
            Type::Uncertain { of } => return self.check(value, of, path),
            Type::Named { name } => return self.check_named(value, name, path),
            Type::Union { of } => return self.check_union(value, of, target, path),
            Type::List { of } => return self.check_list(value, of, target, path),
            Type::Map { of } => return self.check_map(value, of, target, path),
            Type::Record { fields, open } => return self.check_record(value, fields, *open, path),
        };
        if fits { Ok(()) } else { Err(mismatch(path, &target.to_string(), value)) }
    }

    fn check_named(&mut self, value: &Value, name: &str, path: &mut String) -> Result<(), Mismatch> {
        let Some(target) = self.types.get(name).filter(|_| self.names < NAME_LIMIT) else {
            return Err(mismatch(path, name, value));
        };
        self.names += 1;
        let checked = self.check(value, target, path);
        self.names -= 1;
        checked.map_err(|mut found| {
            if found.path == *path && matches!(target, Type::Record { .. }) && !value.is_object() {
                found.expected = name.to_owned();
            }
            found
        })
    }

    fn check_union(
        &mut self,
        value: &Value,
        members: &[Type],
        target: &Type,
        path: &mut String,
    ) -> Result<(), Mismatch> {
        let length = path.len();
        let mut deepest: Option<Mismatch> = None;
        for member in members {
            // Words about a literal that did not match would not be read.
            if let Type::Literal { value: literal } = member {
                if literal_equals(literal, value) {
                    return Ok(());
                }
                continue;
            }
            match self.check(value, member, path) {
                Ok(()) => return Ok(()),
                Err(found) if found.path.len() > length => {
                    if deepest.as_ref().is_none_or(|known| found.path.len() > known.path.len()) {
                        deepest = Some(found);
                    }
                }
                Err(_) => {}
            }
            path.truncate(length);
        }
        Err(deepest.unwrap_or_else(|| mismatch(path, &target.to_string(), value)))
    }

    fn check_list(
        &mut self,
        value: &Value,
        of: &Type,
        target: &Type,
        path: &mut String,
    ) -> Result<(), Mismatch> {
        let Value::Array(elements) = value else {
            return Err(mismatch(path, &target.to_string(), value));
        };
        let length = path.len();
        for (index, element) in elements.iter().enumerate() {
            path.push_str(&format!("[{index}]"));
            self.check(element, of, path)?;
            path.truncate(length);
        }
        Ok(())
    }

    fn check_map(
        &mut self,
        value: &Value,
        of: &Type,
        target: &Type,
        path: &mut String,
    ) -> Result<(), Mismatch> {
        let Value::Object(object) = value else {
            return Err(mismatch(path, &target.to_string(), value));
        };
        let length = path.len();
        for (key, member) in object {
            push_key(path, key);
            self.check(member, of, path)?;
            path.truncate(length);
        }
        Ok(())
    }

    fn check_record(
        &mut self,
        value: &Value,
        fields: &[crate::TypeField],
        open: bool,
        path: &mut String,
    ) -> Result<(), Mismatch> {
        let Value::Object(object) = value else {
            let shape = Type::Record { fields: fields.to_vec(), open };
            return Err(mismatch(path, &shape.to_string(), value));
        };
        let length = path.len();
        for field in fields {
            push_key(path, &field.name);
            match object.get(&field.name) {
                None if field.optional => {}
                None => return Err(missing(path, &field.value)),
                Some(Value::Null) if field.optional => {}
                Some(member) => self.check(member, &field.value, path)?,
            }
            path.truncate(length);
        }
        if !open && let Some(key) = object.keys().find(|key| !fields.iter().any(|field| field.name == **key))
        {
            push_key(path, key);
            return Err(unknown_field(path, fields.iter().map(|field| field.name.as_str())));
        }
        Ok(())
    }
}

fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

fn literal_equals(literal: &Literal, value: &Value) -> bool {
    match literal {
        Literal::Number(expected) => value.as_f64() == Some(*expected),
        other => other.to_json() == *value,
    }
}

fn check_constraint(value: &Value, constraint: &Constraint, path: &str) -> Result<(), Mismatch> {
    let characters = value.as_str().map(|text| text.chars().count() as u64);
    let items = value.as_array().map(|list| list.len() as u64);
    let number = value.as_f64();
    let (fits, expected, size) = match constraint {
        Constraint::MaxLength { limit } => (
            characters.is_none_or(|count| count <= *limit),
            format!("at most {limit} characters long"),
            characters,
        ),
        Constraint::MinLength { limit } => (
            characters.is_none_or(|count| count >= *limit),
            format!("at least {limit} characters long"),
            characters,
        ),
        Constraint::MaxItems { limit } => {
            (items.is_none_or(|count| count <= *limit), format!("at most {limit} elements long"), items)
        }
        Constraint::MinItems { limit } => {
            (items.is_none_or(|count| count >= *limit), format!("at least {limit} elements long"), items)
        }
        Constraint::Min { limit } => (
            number.is_none_or(|number| number >= *limit),
            format!("at least {}", number_to_json(*limit)),
            None,
        ),
        Constraint::Max { limit } => (
            number.is_none_or(|number| number <= *limit),
            format!("at most {}", number_to_json(*limit)),
            None,
        ),
        Constraint::OneOf { values } => {
            let names: Vec<_> = values.iter().map(|literal| literal.to_json().to_string()).collect();
            (
                values.iter().any(|literal| literal_equals(literal, value)),
                format!("one of {}", names.join(", ")),
                None,
            )
        }
    };
    match (fits, size) {
        (true, _) => Ok(()),
        (false, Some(size)) => {
            Err(Mismatch { path: path.to_owned(), expected, found: format!("its length is {size}") })
        }
        (false, None) => Err(mismatch(path, &expected, value)),
    }
}

fn missing(path: &str, target: &Type) -> Mismatch {
    Mismatch { path: path.to_owned(), expected: target.to_string(), found: "is missing".to_owned() }
}

fn unknown_field<'a>(path: &str, known: impl Iterator<Item = &'a str>) -> Mismatch {
    let known: Vec<_> = known.collect();
    let expected = match known.as_slice() {
        [] => "absent: no field is declared".to_owned(),
        names => format!("absent: the declared fields are {}", names.join(", ")),
    };
    Mismatch { path: path.to_owned(), expected, found: "is present".to_owned() }
}

fn mismatch(path: &str, expected: &str, value: &Value) -> Mismatch {
    let text = value.to_string();
    let found = if text.chars().count() > QUOTED {
        let start: String = text.chars().take(QUOTED).collect();
        format!("is {start}…")
    } else {
        format!("is {text}")
    };
    Mismatch { path: path.to_owned(), expected: expected.to_owned(), found }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::TypeField;

    fn label() -> Type {
        let literal = |text: &str| Type::Literal { value: Literal::String(text.to_owned()) };
        Type::Union { of: vec![literal("bug"), literal("praise")] }
    }

    #[test]
    fn messages_name_the_place() {
        let target = Type::Record {
            fields: vec![TypeField {
                name: "labels".into(),
                value: Type::List { of: Box::new(label()) },
                optional: false,
            }],
            open: false,
        };
        let types = IndexMap::new();
        assert_eq!(conform(&json!({ "labels": ["bug"] }), &target, &types), Ok(()));
        let found = conform(&json!({ "labels": ["bug", "bugg"] }), &target, &types).unwrap_err();
        assert_eq!(found.to_string(), r#"labels[1] should be "bug" | "praise", but is "bugg""#);
        let found = conform(&json!({}), &target, &types).unwrap_err();
        assert_eq!(found.to_string(), r#"labels should be ("bug" | "praise")[], but is missing"#);
        let found = conform(&json!({ "labels": [], "x": 1 }), &target, &types).unwrap_err();
        assert_eq!(found.to_string(), "x should be absent: the declared fields are labels, but is present");
    }

    #[test]
    fn constraints_hold_on_inputs() {
        let field = Field {
            name: "text".into(),
            value: Type::String,
            optional: false,
            constraints: vec![Constraint::MaxLength { limit: 3 }],
            default: None,
        };
        let types = IndexMap::new();
        assert_eq!(conform_fields(&json!({ "text": "äöü" }), std::slice::from_ref(&field), &types), Ok(()));
        let found = conform_fields(&json!({ "text": "long" }), &[field], &types).unwrap_err();
        assert_eq!(found.to_string(), "text should be at most 3 characters long, but its length is 4");
    }
}
