//! JSON and `google.protobuf.Struct`.
//!
//! A `Struct` knows one kind of number, the double. Whole numbers up to 2^53 come back as whole numbers, so that what
//! was `3` is not `3.0` afterwards; a larger whole number loses its last digits on the way out. JSON has no NaN and
//! no infinity, so these come back as null. The keys of a record come back sorted.

use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value};
use serde_json::{Map, Number, Value as Json};

/// The largest whole number up to which every whole number is a double: 2^53.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// A record as a `Struct`.
pub fn to_struct(record: &Map<String, Json>) -> Struct {
    Struct { fields: record.iter().map(|(key, value)| (key.clone(), to_value(value))).collect() }
}

/// A JSON value as a protobuf `Value`.
pub fn to_value(json: &Json) -> Value {
    let kind = match json {
        Json::Null => Kind::NullValue(0),
        Json::Bool(value) => Kind::BoolValue(*value),
        Json::Number(number) => Kind::NumberValue(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => Kind::StringValue(text.clone()),
        Json::Array(items) => Kind::ListValue(ListValue { values: items.iter().map(to_value).collect() }),
        Json::Object(record) => Kind::StructValue(to_struct(record)),
    };
    Value { kind: Some(kind) }
}

/// A `Struct` as a record.
pub fn from_struct(record: Struct) -> Map<String, Json> {
    record.fields.into_iter().map(|(key, value)| (key, from_value(value))).collect()
}

/// A protobuf `Value` as JSON. A value without a kind is null.
pub fn from_value(value: Value) -> Json {
    match value.kind {
        None | Some(Kind::NullValue(_)) => Json::Null,
        Some(Kind::BoolValue(value)) => Json::Bool(value),
        Some(Kind::NumberValue(number)) => from_double(number),
        Some(Kind::StringValue(text)) => Json::String(text),
        Some(Kind::ListValue(list)) => Json::Array(list.values.into_iter().map(from_value).collect()),
        Some(Kind::StructValue(record)) => Json::Object(from_struct(record)),
    }
}

fn from_double(number: f64) -> Json {
    let negative_zero = number == 0.0 && number.is_sign_negative();
    if number.fract() == 0.0 && number.abs() <= LARGEST_EXACT && !negative_zero {
        // In range by the line above, hence exact.
        return Json::from(number as i64);
    }
    Number::from_f64(number).map_or(Json::Null, Json::Number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// JSON that survives the way: doubles with a fraction, and whole numbers up to 2^53.
    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            (-(1_i64 << 53)..=(1_i64 << 53)).prop_map(Json::from),
            any::<f64>()
                .prop_filter("has a fraction", |number| number.is_finite() && number.fract() != 0.0)
                .prop_map(Json::from),
            ".{0,12}".prop_map(Json::from),
        ];
        leaf.prop_recursive(5, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
                prop::collection::btree_map(".{0,6}", inner, 0..6)
                    .prop_map(|record| Json::Object(record.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_survives_the_way_there_and_back(json in any_json()) {
            prop_assert_eq!(from_value(to_value(&json)), json);
        }

        #[test]
        fn every_double_comes_back_as_the_same_number(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
            let back = from_double(number);
            prop_assert_eq!(back.as_f64().map(f64::to_bits), Some(number.to_bits()));
        }
    }

    #[test]
    fn records_keep_nested_values_lists_and_nulls() {
        let record =
            json!({ "list": [1, [2.5, null], { "deep": { "flag": true } }], "none": null, "text": "" });
        let Json::Object(fields) = &record else { panic!("a record") };
        assert_eq!(Json::Object(from_struct(to_struct(fields))), record);
    }

    #[test]
    fn what_json_cannot_say_is_null() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(from_value(Value { kind: Some(Kind::NumberValue(number)) }), Json::Null);
        }
        assert_eq!(from_value(Value { kind: None }), Json::Null);
    }

    #[test]
    fn a_whole_number_beyond_two_to_the_53_loses_digits() {
        assert_eq!(from_value(to_value(&json!(9_007_199_254_740_993_u64))), json!(9_007_199_254_740_992_u64));
    }
}
