//! SARIF, against the schema of the standard: see `tests/schema/README.md` for where it comes from.

use prism_report::sarif;
use serde_json::Value as Json;

use crate::sample::{File, any_files, checked, sample, steers_a_terminal};

thread_local! {
    static VALIDATOR: jsonschema::Validator = {
        let mut schema: Json = serde_json::from_str(include_str!("../schema/sarif-2.1.0.json")).unwrap();
        // The pattern of a language has a bracket too many, which strict readers of patterns refuse; no log has a language.
        for owner in ["run", "toolComponent"] {
            let language = &mut schema["definitions"][owner]["properties"]["language"];
            language.as_object_mut().unwrap().remove("pattern").unwrap();
        }
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
    };
}

/// The log of files, which is valid.
fn log(files: &[File]) -> Json {
    let text = sarif(&checked(files));
    assert!(!steers_a_terminal(&text), "{text:?}");
    let log = serde_json::from_str(&text).unwrap();
    let problems = VALIDATOR.with(|validator| {
        let problems = validator.iter_errors(&log);
        problems.map(|error| format!("{}: {error}", error.instance_path())).collect::<Vec<_>>()
    });
    assert_eq!(problems, [""; 0], "{text}");
    log
}

#[test]
fn a_log_with_everything() {
    let log = log(&sample());
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
    }
}

#[test]
fn a_log_with_nothing() {
    let log = log(&[]);
    assert_eq!(log["runs"][0]["results"], Json::Array(Vec::new()));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn the_schema_refuses_what_is_no_log() {
    let log = log(&sample());
    for edit in [
        |log: &mut Json| log["version"] = "2.2.0".into(),
        |log: &mut Json| log["runs"][0]["surprise"] = 1.into(),
        |log: &mut Json| log["runs"][0]["results"][0]["level"] = "hint".into(),
        |log: &mut Json| drop(log["runs"][0]["results"][0].as_object_mut().unwrap().remove("message")),
        |log: &mut Json| {
            log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into()
        },
    ] {
        let mut edited = log.clone();
        edit(&mut edited);
        assert!(!VALIDATOR.with(|validator| validator.is_valid(&edited)), "{edited}");
    }
}

#[test]
fn paths_are_references_and_messages_no_commands() {
    let mut files = sample();
    files[0].source = prism_diagnostics::SourceFile::new("a b/c:d%#ü.prism", "x");
    files[0].diagnostics[0].message = "see {0} and [this](http://example.org)".to_owned();
    files[2].source = prism_diagnostics::SourceFile::new("/projects/b.prism", "");
    let log = log(&files);
    let result = &log["runs"][0]["results"][0];
    let uri = |result: &Json| {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned()
    };
    assert_eq!(uri(result), "a%20b/c%3Ad%25%23%C3%BC.prism");
    assert_eq!(uri(&log["runs"][0]["results"][3]), "file:///projects/b.prism");
    let text = result["message"]["text"].as_str().unwrap();
    assert!(text.starts_with("see {{0}} and [this\\](http://example.org)"), "{text}");
}

proptest::proptest! {
    #[test]
    fn hostile_files_make_valid_logs(files in any_files()) {
        let log = log(&files);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let diagnostics: usize = files.iter().map(|file| file.diagnostics.len()).sum();
        proptest::prop_assert_eq!(results.len(), diagnostics);
    }
}
