//! Records.

use super::Call;
use crate::{Data, EvalError, Value, text};

type Outcome = Result<Value, EvalError>;

/// The names are as sure as the record; the members are not looked at.
pub(super) fn keys(call: &mut Call<'_, '_>) -> Outcome {
    let record = call.receiver().clone();
    let Some(fields) = record.as_record() else { return Err(call.unsuitable("a record", 0)) };
    call.take(fields.len() / 4)?;
    call.list_of(fields.keys().cloned().map(Value::from).collect())
}

pub(super) fn values(call: &mut Call<'_, '_>) -> Outcome {
    let record = call.receiver().clone();
    let Some(fields) = record.as_record() else { return Err(call.unsuitable("a record", 0)) };
    call.take(fields.len() / 4)?;
    let members = fields.values().cloned();
    call.list_of(members.map(|member| member.and_uncertainty(record.uncertainty())).collect())
}

pub(super) fn has(call: &Call<'_, '_>) -> Outcome {
    let Some(fields) = call.receiver().as_record() else { return Err(call.unsuitable("a record", 0)) };
    let name = call.argument(1);
    let found = match name.data() {
        Data::String(name) => fields.contains_key(name),
        Data::Number(number) => fields.contains_key(text::number(*number).as_str()),
        _ => return Err(call.unsuitable("a string as the key", 1)),
    };
    let found = Value::from(found).and_uncertainty(call.receiver().uncertainty());
    Ok(found.and_uncertainty(name.uncertainty()))
}
