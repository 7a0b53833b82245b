//! What a pattern is given, before it runs.

use prism_catalog::FailureCode;
use prism_ir::{Field, Interface, Mismatch, Pattern, Program, conform, conform_fields};
use prism_ports::{Failure, Json};
use serde_json::Map;

/// Names that are less alike than this are not proposed; from 0 for nothing in common to 1 for equal.
const ALIKE: f64 = 0.6;

/// The input with defaults filled in, when it fits the pattern.
pub(crate) fn accept(program: &Program, pattern: &Pattern, input: Json) -> Result<Json, Failure> {
    let refused = |problem: String, mismatch: &Mismatch, nearest: Option<&str>| {
        let message = format!("the input does not fit `{}`: {problem}", pattern.name);
        Failure::new(FailureCode::InputMismatch, message).with_details(serde_json::json!({
            "path": mismatch.path,
            "expected": mismatch.expected,
            "found": mismatch.found,
            "nearest": nearest,
        }))
    };
    let fields = match &pattern.input {
        Interface::Type(target) => {
            return match conform(&input, target, program.types()) {
                Ok(()) => Ok(input),
                Err(mismatch) => Err(refused(mismatch.to_string(), &mismatch, None)),
            };
        }
        Interface::Fields(fields) => fields,
    };
    let mut given = match input {
        Json::Object(given) => given,
        Json::Null => Map::new(),
        other => {
            let checked = conform_fields(&other, fields, program.types());
            return match checked {
                Ok(()) => Ok(other),
                Err(mismatch) => Err(refused(mismatch.to_string(), &mismatch, None)),
            };
        }
    };
    if let Some(unknown) = given.keys().find(|key| !fields.iter().any(|field| field.name == **key)) {
        let nearest = nearest(unknown, fields.iter().filter(|field| !given.contains_key(&field.name)));
        let mismatch =
            Mismatch { path: unknown.clone(), expected: declared(fields), found: "is present".to_owned() };
        let problem = match nearest {
            Some(nearest) => format!("there is no field `{unknown}`; did you mean `{nearest}`?"),
            None => format!("there is no field `{unknown}`; {}", declared(fields)),
        };
        return Err(refused(problem, &mismatch, nearest));
    }
    for field in fields {
        if let Some(default) = &field.default
            && !given.contains_key(&field.name)
        {
            given.insert(field.name.clone(), default.clone());
        }
    }
    let filled = Json::Object(given);
    match conform_fields(&filled, fields, program.types()) {
        Ok(()) => Ok(filled),
        Err(mismatch) => Err(refused(mismatch.to_string(), &mismatch, None)),
    }
}

/// The field whose name is most like a name.
fn nearest<'a>(name: &str, fields: impl Iterator<Item = &'a Field>) -> Option<&'a str> {
    let likeness = |field: &'a Field| {
        let (name, known) = (name.to_lowercase(), field.name.to_lowercase());
        (strsim::normalized_damerau_levenshtein(&name, &known), field.name.as_str())
    };
    fields
        .map(likeness)
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

fn declared(fields: &[Field]) -> String {
    match fields {
        [] => "no field is declared".to_owned(),
        [only] => format!("the only one is `{}`", only.name),
        several => {
            let names: Vec<String> = several.iter().map(|field| format!("`{}`", field.name)).collect();
            format!("there are {}", names.join(", "))
        }
    }
}
