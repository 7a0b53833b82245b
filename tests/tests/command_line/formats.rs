//! `prismc check --format …`: what machines read on standard output.

use std::path::Path;

use serde_json::Value as Json;

use crate::process::Ended;
use crate::workspace::Workspace;

/// All formats that are written to standard output.
const MACHINE: [&str; 6] = ["short", "json", "jsonl", "sarif", "github", "junit"];

/// A file with an error, one with a warning, and one without either.
fn workspace() -> Workspace {
    Workspace::new()
        .file("a/wrong.prism", "const a = nothing\n")
        .file("b/unused.prism", "pattern p {\n  let unused = 1\n  return 2\n}\n")
        .file("c.prism", "const a = 1\n")
}

fn check(workspace: &Workspace, format: &str, paths: &[&str]) -> Ended {
    workspace.run(&[&["check", "--format", format], paths].concat())
}

fn assert_valid(schema: &str, document: &Json) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/report").join(schema);
    let mut schema: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    if let Some(owners) = schema.get_mut("definitions") {
        // A pattern of the standard's schema has a bracket too many; no log has a language.
        for owner in ["run", "toolComponent"] {
            owners[owner]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
        }
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let problems: Vec<_> = validator.iter_errors(document).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{problems:#?}\n{document:#}");
}

/// What a format says of the diagnostics: their codes in order, where it is valid.
fn codes(format: &str, text: &str) -> Vec<String> {
    let field = |value: &Json, name: &str| value[name].as_str().unwrap().to_owned();
    let between = |start: &str, end: char| {
        let found = text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap().to_owned());
        found.collect::<Vec<_>>()
    };
    match format {
        "short" => text.lines().filter_map(|line| Some(line.split_once('[')?.1[..5].to_owned())).collect(),
        "json" => {
            let document: Json = serde_json::from_str(text).unwrap();
            assert_valid("schema/diagnostics-1.0.json", &document);
            document["diagnostics"].as_array().unwrap().iter().map(|found| field(found, "code")).collect()
        }
        "jsonl" => {
            let mut lines: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert!(lines.pop().unwrap()["summary"].is_object(), "{text}");
            lines.iter().map(|line| field(line, "code")).collect()
        }
        "sarif" => {
            let log: Json = serde_json::from_str(text).unwrap();
            assert_valid("tests/schema/sarif-2.1.0.json", &log);
            let results = log["runs"][0]["results"].as_array().unwrap();
            results.iter().map(|result| field(result, "ruleId")).collect()
        }
        "github" => {
            assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
            between(",title=", ' ')
        }
        "junit" => {
            assert!(text.starts_with("<?xml") && text.ends_with("</testsuites>\n"), "{text}");
            let cases = between("<testcase classname=", '>').into_iter();
            let names = cases.map(|case| case.split(" name=\"").nth(1).unwrap()[..5].to_owned());
            names.filter(|name| name.starts_with('P')).collect()
        }
        other => panic!("no such format: {other}"),
    }
}

#[test]
fn every_format_says_the_same() {
    let workspace = workspace();
    for format in MACHINE {
        let ended = check(&workspace, format, &["."]);
        assert_eq!(ended.code, Some(1), "{format}: {}", ended.stderr);
        assert_eq!(codes(format, &ended.stdout), ["P0201", "P0701"], "{format}");
        let own_summary = ["short", "json", "jsonl"].contains(&format);
        let summary = if own_summary { "" } else { "checked 3 files: 1 error, 1 warning\n" };
        assert_eq!(ended.stderr, summary, "{format}");
    }
}

#[test]
fn every_format_is_whole_without_diagnostics() {
    for format in MACHINE {
        let ended = check(&workspace(), format, &["c.prism"]);
        assert_eq!(ended.succeeds().stderr.is_empty(), ["short", "json", "jsonl"].contains(&format));
        assert_eq!(codes(format, &ended.stdout), [""; 0], "{format}");
    }
    let junit = check(&workspace(), "junit", &["c.prism"]).stdout;
    assert!(junit.contains("name=\"no problems\""), "{junit}");
}

#[test]
fn every_format_tells_of_files_that_cannot_be_read() {
    let workspace = workspace().file("d.prism", b"\x7fELF\x02\x00\x01\xff\xfe");
    for format in MACHINE {
        let missing = check(&workspace, format, &["c.prism", "nowhere.prism"]);
        assert_eq!(missing.code, Some(2), "{format}: {}", missing.stderr);
        assert_eq!(codes(format, &missing.stdout), ["P0001"], "{format}");
        let binary = check(&workspace, format, &["d.prism"]);
        assert_eq!(binary.code, Some(1), "{format}: {}", binary.stderr);
        assert_eq!(codes(format, &binary.stdout), ["P0003"], "{format}");
    }
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let workspace = workspace();
    let absolute = workspace.path().canonicalize().unwrap().join("a/wrong.prism");
    for path in ["a/wrong.prism", "./a", "a/../a/wrong.prism", absolute.to_str().unwrap()] {
        let ended = check(&workspace, "json", &[path]);
        let told = ended.json()["diagnostics"][0]["path"].as_str().unwrap().to_owned();
        let wanted = if path.contains("..") { path } else { "a/wrong.prism" };
        assert_eq!(told, wanted);
    }
}

#[test]
fn names_of_files_are_no_commands() {
    let name = "a,b::error::c\n::warning::\u{1b}[31m \"<&>%.prism";
    let workspace = Workspace::new().file(name, "const a = nothing\n");
    for format in MACHINE {
        let ended = check(&workspace, format, &["."]);
        assert_eq!(ended.code, Some(1), "{format}: {}", ended.stderr);
        assert!(!ended.stdout.contains('\u{1b}'), "{format}: {:?}", ended.stdout);
        assert_eq!(codes(format, &ended.stdout).len(), 1, "{format}: {}", ended.stdout);
    }
    let told = check(&workspace, "json", &["."]).json();
    assert_eq!(told["diagnostics"][0]["path"], name);
    let lines = check(&workspace, "short", &["."]).stdout;
    assert_eq!(lines.lines().count(), 2, "{lines}");
}

#[test]
fn an_unknown_format_is_refused() {
    let ended = check(&workspace(), "xml", &["."]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("possible values: human, short, json"), "{}", ended.stderr);
}
