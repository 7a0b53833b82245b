//! Members, lists, records and texts with values in them.

use indexmap::IndexMap;
use prism_confidence::Confidence;
use prism_ir::{Element, Entry};
use smol_str::SmolStr;

use crate::activation::Activation;
use crate::evaluate::{Evaluator, Flow};
use crate::{Data, EvalError, Value, text};

impl Evaluator<'_> {
    /// `object.name`: the member ∧ the object's own confidence; null where there is none. What carries a confidence
    /// and has no field of that name gives itself as `value`, and its confidence as the plain number `confidence`.
    pub(crate) fn member(&self, object: &Value, name: &str) -> Value {
        let found = match object.data() {
            Data::Record(record) => record.fields().get(name).cloned(),
            Data::Agent(agent) => Some(agent.member(name)),
            Data::List(list) if name == "length" => Some((list.elements().len() as f64).into()),
            Data::String(text) if name == "length" => Some((text.chars().count() as f64).into()),
            _ => None,
        };
        match (found, object.uncertainty(), name) {
            (None, Some(_), "value") => object.clone(),
            (None, Some(confidence), "confidence") => confidence.point(self.environment.mode).into(),
            (found, own, _) => found.unwrap_or_default().and_uncertainty(own),
        }
    }

    /// `object[index]`: null where there is none.
    pub(crate) fn element(&self, object: &Value, index: &Value) -> Value {
        let found = match (object.data(), index.data()) {
            (Data::List(list), Data::Number(position)) => {
                position_of(*position).and_then(|position| list.elements().get(position).cloned())
            }
            (Data::String(text), Data::Number(position)) => position_of(*position)
                .and_then(|position| text.chars().nth(position))
                .map(|character| SmolStr::from_iter([character]).into()),
            (Data::Record(record), Data::Number(key)) => {
                record.fields().get(text::number(*key).as_str()).cloned()
            }
            (_, Data::String(name)) => Some(self.member(object, name)),
            _ => None,
        };
        found.unwrap_or_default().and_uncertainty(object.uncertainty()).and_uncertainty(index.uncertainty())
    }

    pub(crate) fn list(&mut self, activation: &mut Activation<'_>, elements: &[Element]) -> Flow {
        let mut values = Vec::with_capacity(elements.len());
        let mut own = Confidence::certain();
        for element in elements {
            let value = self.operation(activation, element.value)?;
            if !element.spread {
                values.push(value);
                continue;
            }
            match value.data() {
                Data::List(list) => {
                    self.elements_fit(values.len() + list.elements().len())?;
                    self.fuel.take(list.elements().len() as u64 / 4)?;
                    let members = list.elements().iter().cloned();
                    values.extend(members.map(|member| member.and_uncertainty(value.uncertainty())));
                }
                Data::String(text) => {
                    let characters = text.chars().count();
                    self.elements_fit(values.len() + characters)?;
                    self.fuel.take(characters as u64)?;
                    let members = text.chars().map(|character| Value::from(SmolStr::from_iter([character])));
                    values.extend(members.map(|member| member.and_uncertainty(value.uncertainty())));
                }
                _ => {
                    return Err(
                        EvalError::unsuitable("...", "a list or a string in a list", &[&value]).into()
                    );
                }
            }
            own = own.and(&value.confidence());
        }
        self.elements_fit(values.len())?;
        Ok(self.within_limits(Value::list(values))?.and_confidence(&own))
    }

    pub(crate) fn record(&mut self, activation: &mut Activation<'_>, entries: &[Entry]) -> Flow {
        let mut fields: IndexMap<SmolStr, Value> = IndexMap::with_capacity(entries.len());
        let mut own = Confidence::certain();
        for entry in entries {
            match entry {
                Entry::Field { key, value } => {
                    let value = self.operation(activation, *value)?;
                    fields.insert(key.into(), value);
                }
                Entry::Computed { key, value } => {
                    let key = self.operation(activation, *key)?;
                    let value = self.operation(activation, *value)?;
                    let name = match key.data() {
                        Data::String(name) => name.clone(),
                        Data::Number(number) => text::number(*number).into(),
                        _ => return Err(EvalError::unsuitable("[…]:", "a string as the key", &[&key]).into()),
                    };
                    own = own.and(&key.confidence());
                    fields.insert(name, value);
                }
                Entry::Spread { value } => {
                    let value = self.operation(activation, *value)?;
                    match value.data() {
                        Data::Record(record) => {
                            self.fuel.take(record.fields().len() as u64 / 2)?;
                            for (name, member) in record.fields() {
                                let member = member.clone().and_uncertainty(value.uncertainty());
                                fields.insert(name.clone(), member);
                            }
                        }
                        Data::Null => {}
                        _ => {
                            return Err(
                                EvalError::unsuitable("...", "a record in a record", &[&value]).into()
                            );
                        }
                    }
                    own = own.and(&value.confidence());
                    self.elements_fit(fields.len())?;
                }
            }
        }
        Ok(self.within_limits(Value::record(fields))?.and_confidence(&own))
    }

    pub(crate) fn template(&mut self, activation: &mut Activation<'_>, parts: &[u32]) -> Flow {
        let mut whole = String::new();
        let mut confidence = Confidence::certain();
        for part in parts {
            let value = self.operation(activation, *part)?;
            whole.push_str(&self.text_of("${…}", &value)?);
            self.text_fits(whole.len())?;
            confidence = confidence.and(&value.residual());
        }
        Ok(Value::from(whole).and_confidence(&confidence))
    }

    /// The text of a value, paid for.
    pub(crate) fn text_of(&mut self, operation: &str, value: &Value) -> Result<SmolStr, EvalError> {
        self.fuel.take(value.size() / 16)?;
        if let Data::String(text) = value.data() {
            return Ok(text.clone());
        }
        let text = text::text(value)
            .ok_or_else(|| EvalError::unsuitable(operation, "a value that has a text", &[value]))?;
        self.text_fits(text.len())?;
        Ok(text.into())
    }

    pub(crate) fn elements_fit(&self, count: usize) -> Result<(), EvalError> {
        let limit = self.environment.limits.elements;
        if count as u64 > limit {
            return Err(EvalError::Size { what: "a list or record", limit, unit: "members" });
        }
        Ok(())
    }

    pub(crate) fn text_fits(&self, bytes: usize) -> Result<(), EvalError> {
        let limit = self.environment.limits.text_bytes;
        if bytes as u64 > limit {
            return Err(EvalError::Size { what: "a text", limit, unit: "bytes" });
        }
        Ok(())
    }

    /// The value, unless it is too large or too deep.
    pub(crate) fn within_limits(&self, value: Value) -> Result<Value, EvalError> {
        let limits = &self.environment.limits;
        if value.size() > limits.value_bytes {
            return Err(EvalError::Size { what: "a value", limit: limits.value_bytes, unit: "bytes" });
        }
        if value.depth() > limits.value_depth {
            let limit = u64::from(limits.value_depth);
            return Err(EvalError::Depth { what: "lists, records and functions are", limit });
        }
        Ok(value)
    }
}

fn position_of(number: f64) -> Option<usize> {
    // The test bounds the number, so the conversion is exact.
    (number >= 0.0 && number.fract() == 0.0 && number < 4_294_967_296.0).then_some(number as usize)
}
