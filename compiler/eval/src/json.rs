//! Between values and JSON.

use prism_ir::Literal;
use serde_json::Value as Json;

use crate::{Data, Value};

pub(crate) fn from_json(value: &Json) -> Value {
    match value {
        Json::Null => Value::null(),
        Json::Bool(value) => (*value).into(),
        Json::Number(number) => number.as_f64().unwrap_or_default().into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(elements) => Value::list(elements.iter().map(from_json).collect()),
        Json::Object(object) => {
            Value::record(object.iter().map(|(name, member)| (name.into(), from_json(member))).collect())
        }
    }
}

pub(crate) fn to_json(value: &Value) -> Json {
    match value.data() {
        Data::Null | Data::Function(_) => Json::Null,
        Data::Boolean(value) => (*value).into(),
        Data::Number(value) => Literal::Number(*value).to_json(),
        Data::String(text) => text.as_str().into(),
        Data::Duration(amount) => Literal::Duration { duration_us: *amount }.to_json(),
        Data::Money(amount) => Literal::Money { nanodollars: *amount }.to_json(),
        Data::List(list) => Json::Array(list.elements().iter().map(to_json).collect()),
        Data::Record(record) => Json::Object(
            record.fields().iter().map(|(name, member)| (name.to_string(), to_json(member))).collect(),
        ),
        Data::Agent(agent) => {
            let mut object = serde_json::Map::new();
            object.insert("id".to_owned(), agent.id.as_str().into());
            object.insert("name".to_owned(), agent.name.as_str().into());
            Json::Object(object)
        }
    }
}
