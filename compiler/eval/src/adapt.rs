//! Values made to mean what a type says they mean.

use indexmap::IndexMap;
use prism_ir::{Mismatch, Type, conform};

use crate::{Data, Value, arithmetic};

/// Named types that refer to one another without an end between them are cut off here.
const NAME_LIMIT: u32 = 64;

impl Value {
    /// The value with the numbers that `target` calls durations or money made so: milliseconds and dollars, as JSON has
    /// them. What does not fit the type is left as it is; [`Value::conforms`] tells. Confidences are kept.
    #[must_use]
    pub fn adapted(&self, target: &Type, types: &IndexMap<String, Type>) -> Self {
        adapt(self, target, types, 0).unwrap_or_else(|| self.clone())
    }

    /// Whether it is one of a type.
    ///
    /// # Errors
    /// The first [`Mismatch`], by path.
    pub fn conforms(&self, target: &Type, types: &IndexMap<String, Type>) -> Result<(), Mismatch> {
        if holds_handles(self) && handles_fit(self, target, types, 0) {
            return Ok(());
        }
        conform(&self.to_json(), target, types)
    }
}

/// None where nothing changes.
fn adapt(value: &Value, target: &Type, types: &IndexMap<String, Type>, names: u32) -> Option<Value> {
    match (target, value.data()) {
        (Type::Duration, Data::Number(milliseconds)) => {
            let amount = arithmetic::whole(milliseconds * 1_000.0)?;
            Some(Value::new(Data::Duration(amount)).and_uncertainty(value.uncertainty()))
        }
        (Type::Money, Data::Number(dollars)) => {
            let amount = arithmetic::whole(dollars * 1_000_000_000.0)?;
            Some(Value::new(Data::Money(amount)).and_uncertainty(value.uncertainty()))
        }
        (Type::Uncertain { of }, _) => adapt(value, of, types, names),
        (Type::Named { name }, _) if names < NAME_LIMIT => adapt(value, types.get(name)?, types, names + 1),
        (Type::Union { of }, _) => {
            let fitting = of.iter().find(|member| value.conforms(member, types).is_ok())?;
            adapt(value, fitting, types, names)
        }
        (Type::List { of }, Data::List(list)) => adapt_list(value, list.elements(), of, types, names),
        (Type::Map { of }, Data::Record(_)) => adapt_fields(value, types, names, |_| Some(of)),
        (Type::Record { fields, .. }, Data::Record(_)) => adapt_fields(value, types, names, |name| {
            fields.iter().find(|field| field.name == name).map(|field| &field.value)
        }),
        _ => None,
    }
}

fn adapt_list(
    value: &Value,
    elements: &[Value],
    of: &Type,
    types: &IndexMap<String, Type>,
    names: u32,
) -> Option<Value> {
    let changed: Vec<_> = elements.iter().map(|element| adapt(element, of, types, names)).collect();
    if changed.iter().all(Option::is_none) {
        return None;
    }
    let adapted = changed.into_iter().zip(elements).map(|(new, old)| new.unwrap_or_else(|| old.clone()));
    Some(Value::list(adapted.collect()).and_uncertainty(value.uncertainty()))
}

fn adapt_fields<'a>(
    value: &Value,
    types: &IndexMap<String, Type>,
    names: u32,
    target: impl Fn(&str) -> Option<&'a Type>,
) -> Option<Value> {
    let fields = value.as_record()?;
    let mut adapted: Option<IndexMap<_, _>> = None;
    for (name, member) in fields {
        if let Some(member) = target(name).and_then(|target| adapt(member, target, types, names)) {
            adapted.get_or_insert_with(|| fields.clone()).insert(name.clone(), member);
        }
    }
    Some(Value::record(adapted?).and_uncertainty(value.uncertainty()))
}

/// Whether there is an agent or a function in it, which JSON cannot tell.
fn holds_handles(value: &Value) -> bool {
    match value.data() {
        Data::Agent(_) | Data::Function(_) => true,
        Data::List(list) => list.elements().iter().any(holds_handles),
        Data::Record(record) => record.fields().values().any(holds_handles),
        _ => false,
    }
}

/// As [`conform`], for values with agents and functions in them.
fn handles_fit(value: &Value, target: &Type, types: &IndexMap<String, Type>, names: u32) -> bool {
    let fit = |value: &Value, target: &Type| handles_fit(value, target, types, names);
    match (target, value.data()) {
        (Type::Any | Type::Unknown, _) | (Type::Function { .. }, Data::Function(_)) => true,
        (Type::Agent { contract: Some(wanted) }, Data::Agent(agent)) => {
            agent.contract.as_ref().is_none_or(|contract| contract.as_str() == wanted)
        }
        (Type::Agent { contract: None }, Data::Agent(_)) => true,
        (Type::Uncertain { of }, _) => fit(value, of),
        (Type::Named { name }, _) if names < NAME_LIMIT => {
            types.get(name).is_some_and(|target| handles_fit(value, target, types, names + 1))
        }
        (Type::Union { of }, _) => of.iter().any(|member| fit(value, member)),
        (Type::List { of }, Data::List(list)) => list.elements().iter().all(|element| fit(element, of)),
        (Type::Map { of }, Data::Record(record)) => record.fields().values().all(|member| fit(member, of)),
        (Type::Record { fields, open }, Data::Record(record)) => {
            let members = record.fields();
            let known = |name: &str| fields.iter().any(|field| field.name == name);
            (*open || members.keys().all(|name| known(name)))
                && fields.iter().all(|field| match members.get(field.name.as_str()) {
                    None => field.optional,
                    Some(member) => (field.optional && member.is_null()) || fit(member, &field.value),
                })
        }
        (_, Data::Agent(_) | Data::Function(_)) => false,
        _ => conform(&value.to_json(), target, types).is_ok(),
    }
}
