//! From source to IR, to JSON, and back.

use prism_compiler::Program;
use prism_ir::Document;

use crate::sources::{compiled, programs, root};

#[test]
fn documents_survive_json_with_their_hashes() {
    for (place, text) in programs() {
        let document = compiled(&text);
        for json in
            [serde_json::to_string(&document).unwrap(), serde_json::to_string_pretty(&document).unwrap()]
        {
            let read: Document =
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(read, document, "{place}");
            for pattern in &read.patterns {
                assert_eq!(read.pattern_hash(pattern), pattern.hash, "{place}");
            }
            Program::from_json(&json).unwrap_or_else(|error| panic!("{place}: {error}"));
        }
    }
}

#[test]
fn equal_texts_compile_to_equal_bytes() {
    for (place, text) in programs() {
        let bytes = || serde_json::to_vec(&compiled(&text)).unwrap();
        assert_eq!(bytes(), bytes(), "{place}");
    }
}

#[test]
fn hashes_tell_patterns_apart_and_say_nothing_else() {
    for (place, text) in programs() {
        for pattern in compiled(&text).patterns {
            let hexadecimal = pattern.hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            assert!(hexadecimal && pattern.hash.len() >= 32, "{place}: {}", pattern.hash);
        }
    }
}

#[test]
fn ids_of_nodes_are_unique_and_lead_to_their_parents() {
    for (place, text) in programs() {
        let document = compiled(&text);
        let mut ids: Vec<_> = document.nodes.iter().map(|node| node.id.as_str()).collect();
        for node in &document.nodes {
            for child in &node.children {
                // A branch has no part of its own in the ids of what it runs.
                let parent = node.id.as_str();
                let parent = parent.strip_suffix("/each").unwrap_or(parent);
                assert!(child.node.as_str().starts_with(parent), "{place}: {} in {}", child.node, node.id);
            }
        }
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{place}");
    }
}

/// Documents that were written once are read for as long as the major version stays.
#[test]
fn an_old_document_stays_readable() {
    let text = std::fs::read_to_string(root().join("tests/golden/triage-1.0.json")).unwrap();
    let program = Program::from_json(&text).unwrap();
    let pattern = program.pattern("triage").unwrap();
    assert_eq!(program.document().pattern_hash(pattern), pattern.hash);
    assert_eq!(pattern.budget.calls, Some(8));
    let document: Document = serde_json::from_str(&text).unwrap();
    assert_eq!(
        serde_json::to_value(&document).unwrap(),
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    );
}
