//! The house of the design: which crate may stand on which, where IO may happen, how large a file may be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod manifest;
mod rules;
mod sources;

use std::collections::BTreeSet;

use manifest::{Manifest, Workspace};

fn workspace() -> Workspace {
    Workspace::read()
}

#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn arrows_point_the_way_the_house_says() {
    assert_none(&rules::forbidden_arrows(&workspace()));
}

#[test]
fn the_engine_links_neither_parser_nor_checker_nor_tonic_nor_sqlite() {
    assert_none(&rules::engine_links(&workspace()));
}

#[test]
fn versions_and_lints_are_those_of_the_workspace() {
    assert_none(&rules::unshared_settings(&workspace()));
}

#[test]
fn unstable_interfaces_are_pinned_exactly() {
    assert_none(&rules::loose_pins(&workspace()));
}

#[test]
fn there_is_no_io_below_the_driver() {
    assert_none(&sources::effects(&workspace()));
}

#[test]
fn no_source_file_is_too_long() {
    assert_none(&sources::long_files(&workspace()));
}

#[test]
fn an_arrow_against_the_house_is_noticed() {
    let mut workspace = workspace();
    workspace.manifest_mut("prism-syntax").dependencies.insert("prism-check".to_owned());
    let problems = rules::forbidden_arrows(&workspace);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("prism-syntax") && problems[0].contains("prism-check"), "{problems:?}");
}

#[test]
fn a_crate_without_a_place_in_the_house_is_noticed() {
    let mut workspace = workspace();
    let text = "[package]\nname = \"prism-attic\"\n[lints]\nworkspace = true\n";
    workspace.manifests.push(Manifest::parse("attic", text));
    let problems = rules::forbidden_arrows(&workspace);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("prism-attic"), "{problems:?}");
}

#[test]
fn what_the_engine_links_through_others_is_noticed() {
    let mut workspace = workspace();
    workspace.manifest_mut("prism-ports").dependencies.insert("tonic".to_owned());
    workspace.manifest_mut("prism-engine").development.insert("prism-lower".to_owned());
    let problems = rules::engine_links(&workspace).join("\n");
    assert!(problems.contains("prism-engine → prism-ports → tonic"), "{problems}");
    assert!(problems.contains("prism-engine → prism-lower → prism-syntax"), "{problems}");
}

#[test]
fn a_manifest_with_its_own_settings_is_noticed() {
    let mut workspace = workspace();
    let text = "[package]\nname = \"prism-report\"\n[target.'cfg(unix)'.dependencies]\nserde = \"1\"\n";
    workspace.manifests.retain(|manifest| manifest.name != "prism-report");
    workspace.manifests.push(Manifest::parse("compiler/report", text));
    let problems = rules::unshared_settings(&workspace).join("\n");
    assert!(problems.contains("serde") && problems.contains("[lints]"), "{problems}");
}

#[test]
fn a_loose_pin_is_noticed() {
    let mut workspace = workspace();
    workspace.versions.insert("chumsky".to_owned(), "0.13".to_owned());
    let problems = rules::loose_pins(&workspace);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("chumsky"), "{problems:?}");
}

#[test]
fn effects_are_noticed_in_code_and_not_in_comments_or_tests() {
    let clean = "//! Unlike std::fs.\n/// println!\nfn f() {} // tokio::spawn\n\
                 #[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
    assert_eq!(sources::effects_in(clean, true), BTreeSet::new());
    let dirty = "use std::{\n    collections::BTreeMap,\n    fs::File,\n};\nfn f() { eprintln!(\"x\"); \
                 tokio::spawn(g()); std::process::exit(1); Instant::now(); }\n";
    let found = sources::effects_in(dirty, true);
    assert_eq!(
        found.iter().copied().collect::<Vec<_>>(),
        ["Instant::now", "eprintln!", "std::fs", "std::process", "tokio::"]
    );
    assert!(!sources::effects_in(dirty, false).contains("Instant::now"));
}
