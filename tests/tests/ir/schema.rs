//! The JSON Schema that is checked in.

use std::fs;

use serde_json::Value as Json;

use crate::sources::{compiled, programs, root};

/// Set to write the schema instead of comparing it.
const UPDATE: &str = "UPDATE_SCHEMA";

fn schema() -> Json {
    let path = root().join("compiler/ir/schema/prism-ir-1.0.json");
    let wanted = format!("{}\n", serde_json::to_string_pretty(&prism_ir::json_schema()).unwrap());
    if std::env::var_os(UPDATE).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{} is stale; run this test with {UPDATE}=1", path.display());
    serde_json::from_str(&found).unwrap()
}

#[test]
fn every_document_fits_the_schema_that_is_checked_in() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (place, text) in programs() {
        let document = serde_json::to_value(compiled(&text)).unwrap();
        let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{place}: {errors:#?}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_document() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let document = serde_json::to_value(compiled(&crate::sources::example())).unwrap();
    assert!(validator.is_valid(&document));
    for edit in [
        |document: &mut Json| document["patterns"] = Json::Null,
        |document: &mut Json| document["surprise"] = 1.into(),
        |document: &mut Json| document["nodes"][0]["kind"] = "dance".into(),
        |document: &mut Json| document["patterns"][0]["slots"] = "many".into(),
        |document: &mut Json| drop(document.as_object_mut().unwrap().remove("prism_ir")),
    ] {
        let mut edited = document.clone();
        edit(&mut edited);
        assert!(!validator.is_valid(&edited), "{edited}");
        assert!(prism_ir::Program::from_json(&edited.to_string()).is_err(), "{edited}");
    }
}
