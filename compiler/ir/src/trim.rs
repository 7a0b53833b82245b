use indexmap::IndexMap;
use serde_json::Value;

use crate::{Interface, Type, conform};

/// Named types that lead through one another are followed this far.
const NAME_LIMIT: u32 = 64;

/// Leaves out of a value what its closed record types do not declare.
///
/// A record with more fields than wanted fits where fewer are wanted, so a value can reach a pattern's output with
/// fields that its callers were never promised. Nothing else is changed: a value that does not fit still does not.
pub fn trim(value: &mut Value, interface: &Interface, types: &IndexMap<String, Type>) {
    trim_to(value, &interface.to_type(), types, 0);
}

fn trim_to(value: &mut Value, target: &Type, types: &IndexMap<String, Type>, names: u32) {
    match (target, value) {
        (Type::Named { name }, value) => {
            if let Some(target) = types.get(name).filter(|_| names < NAME_LIMIT) {
                trim_to(value, target, types, names + 1);
            }
        }
        (Type::Uncertain { of }, value) => trim_to(value, of, types, names),
        (Type::List { of }, Value::Array(elements)) => {
            elements.iter_mut().for_each(|element| trim_to(element, of, types, names));
        }
        (Type::Map { of }, Value::Object(object)) => {
            object.values_mut().for_each(|member| trim_to(member, of, types, names));
        }
        (Type::Record { fields, open }, Value::Object(object)) => {
            if !open {
                object.retain(|key, _| fields.iter().any(|field| field.name == *key));
            }
            for field in fields {
                if let Some(member) = object.get_mut(&field.name) {
                    trim_to(member, &field.value, types, names);
                }
            }
        }
        (Type::Union { of }, value @ (Value::Object(_) | Value::Array(_))) => {
            // The first alternative that the value is of as it is, else the first that it can be trimmed to.
            if of.iter().any(|member| conform(value, member, types).is_ok()) {
                return;
            }
            for member in of {
                let mut trimmed = value.clone();
                trim_to(&mut trimmed, member, types, names);
                if conform(&trimmed, member, types).is_ok() {
                    *value = trimmed;
                    return;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::TypeField;

    fn record(fields: &[(&str, Type)], open: bool) -> Type {
        let field = |(name, value): &(&str, Type)| TypeField {
            name: (*name).to_owned(),
            value: value.clone(),
            optional: false,
        };
        Type::Record { fields: fields.iter().map(field).collect(), open }
    }

    fn trimmed(mut value: Value, target: Type) -> Value {
        trim(&mut value, &Interface::Type(target), &IndexMap::new());
        value
    }

    #[test]
    fn closed_records_keep_what_they_declare() {
        let inner = record(&[("a", Type::Number)], false);
        let list = Type::List { of: Box::new(inner.clone()) };
        let outer = record(&[("list", list), ("any", Type::Any)], true);
        let value = json!({ "list": [{ "a": 1, "b": 2 }], "any": { "b": 2 }, "more": { "b": 2 } });
        let expected = json!({ "list": [{ "a": 1 }], "any": { "b": 2 }, "more": { "b": 2 } });
        assert_eq!(trimmed(value, outer), expected);
        let union = Type::Union { of: vec![Type::Null, inner] };
        assert_eq!(trimmed(json!({ "a": 1, "b": 2 }), union.clone()), json!({ "a": 1 }));
        assert_eq!(trimmed(json!({ "b": 2 }), union), json!({ "b": 2 }), "what does not fit stays as it is");
    }
}
