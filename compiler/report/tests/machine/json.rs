use std::fs;
use std::path::Path;

use prism_report::{json, json_schema, jsonl};
use serde_json::Value as Json;

use crate::sample::{any_files, checked, sample, steers_a_terminal};

/// Set to write the schema instead of comparing it.
const UPDATE: &str = "UPDATE_SCHEMA";

fn schema() -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/diagnostics-1.0.json");
    let wanted = format!("{}\n", serde_json::to_string_pretty(&json_schema()).unwrap());
    if std::env::var_os(UPDATE).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "{} is stale; run this test with {UPDATE}=1", path.display());
    serde_json::from_str(&found).unwrap()
}

fn problems(validator: &jsonschema::Validator, document: &Json) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn a_document_with_everything() {
    let text = json(&checked(&sample()));
    insta::assert_snapshot!(text);
    let document: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(problems(&jsonschema::validator_for(&schema()).unwrap(), &document), [""; 0]);
    // Byte offsets cut the text where the span is.
    let files = sample();
    let span = &document["diagnostics"][0]["span"];
    let offset = |name: &str| span[name].as_u64().unwrap() as usize;
    assert_eq!(files[0].source.text().get(offset("start")..offset("end")), Some("grösse"));
}

#[test]
fn a_document_with_nothing() {
    let document: Json = serde_json::from_str(&json(&[])).unwrap();
    assert_eq!(problems(&jsonschema::validator_for(&schema()).unwrap(), &document), [""; 0]);
    let summary = serde_json::json!({ "errors": 0, "warnings": 0, "hints": 0, "files": 0 });
    assert_eq!(document, serde_json::json!({ "version": 1, "summary": summary, "diagnostics": [] }));
}

#[test]
fn the_schema_refuses_what_is_no_document() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let document: Json = serde_json::from_str(&json(&checked(&sample()))).unwrap();
    for edit in [
        |document: &mut Json| document["version"] = 2.into(),
        |document: &mut Json| document["surprise"] = 1.into(),
        |document: &mut Json| document["diagnostics"][0]["level"] = "fatal".into(),
        |document: &mut Json| document["diagnostics"][0]["code"] = "E1".into(),
        |document: &mut Json| document["diagnostics"][0]["span"]["line"] = 0.into(),
        |document: &mut Json| document["diagnostics"][0]["fixes"][0]["edits"][0]["start"] = Json::Null,
        |document: &mut Json| drop(document.as_object_mut().unwrap().remove("summary")),
    ] {
        let mut edited = document.clone();
        edit(&mut edited);
        assert!(!validator.is_valid(&edited), "{edited}");
    }
}

#[test]
fn lines_hold_the_same_objects() {
    for files in [sample(), Vec::new()] {
        let document: Json = serde_json::from_str(&json(&checked(&files))).unwrap();
        let text = jsonl(&checked(&files));
        let mut lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let last = lines.pop().unwrap();
        assert_eq!(last, serde_json::json!({ "version": 1, "summary": document["summary"] }));
        assert_eq!(Json::from(lines), document["diagnostics"]);
    }
}

proptest::proptest! {
    #[test]
    fn hostile_files_come_back_as_they_are(files in any_files()) {
        thread_local! {
            static VALIDATOR: jsonschema::Validator = jsonschema::validator_for(&schema()).unwrap();
        }
        let text = json(&checked(&files));
        proptest::prop_assert!(!steers_a_terminal(&text), "{:?}", text);
        let document: Json = serde_json::from_str(&text).unwrap();
        proptest::prop_assert_eq!(VALIDATOR.with(|validator| problems(validator, &document)), [""; 0]);
        let mut told = document["diagnostics"].as_array().unwrap().iter();
        for file in &files {
            for diagnostic in &file.diagnostics {
                let told = told.next().unwrap();
                proptest::prop_assert_eq!(told["path"].as_str(), Some(file.source.name()));
                proptest::prop_assert_eq!(told["message"].as_str(), Some(diagnostic.message.as_str()));
                let offset = |name: &str| told["span"][name].as_u64().unwrap() as usize;
                proptest::prop_assert!(file.source.text().get(offset("start")..offset("end")).is_some());
            }
        }
        let lines = jsonl(&checked(&files));
        proptest::prop_assert!(!steers_a_terminal(&lines), "{:?}", lines);
        let diagnostics = document["diagnostics"].as_array().unwrap().len();
        proptest::prop_assert_eq!(lines.matches('\n').count(), diagnostics + 1);
    }
}
