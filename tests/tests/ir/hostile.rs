//! Documents that no compiler writes are refused with an error: never a panic, a crash or a hang.

use std::fmt::Write;
use std::time::{Duration, Instant};

use prism_ir::{LoadError, Program};
use serde_json::{Value as Json, json};

use crate::sources::{compiled, example};

fn document() -> Json {
    serde_json::to_value(compiled(&example())).unwrap()
}

#[track_caller]
fn refused(document: &Json) -> LoadError {
    let started = Instant::now();
    let error = Program::from_json(&document.to_string()).expect_err("it was loaded");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(!error.to_string().is_empty());
    error
}

/// The example with an edit.
#[track_caller]
fn edited(edit: impl FnOnce(&mut Json)) -> LoadError {
    let mut document = document();
    edit(&mut document);
    refused(&document)
}

#[test]
fn other_versions() {
    for version in ["2.0", "0.9", "", "x", "10.0"] {
        let error = edited(|document| document["prism_ir"] = version.into());
        assert_eq!(error, LoadError::Version { found: version.to_owned() });
    }
    let mut later = document();
    later["prism_ir"] = "1.9".into();
    assert!(Program::from_json(&later.to_string()).is_ok(), "a later minor version is readable");
}

#[test]
fn unknown_and_missing_fields() {
    for pointer in
        ["", "/source", "/patterns/0", "/nodes/0", "/agents/0", "/agents/0/methods/0", "/patterns/0/bands"]
    {
        let error = edited(|document| document.pointer_mut(pointer).unwrap()["surprise"] = 1.into());
        assert!(
            matches!(&error, LoadError::Malformed(why) if why.contains("surprise")),
            "{pointer}: {error}"
        );
    }
    for (pointer, field) in
        [("", "nodes"), ("/patterns/0", "root"), ("/nodes/0", "id"), ("/agents/0", "methods")]
    {
        let error = edited(|document| {
            document.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(field).unwrap();
        });
        assert!(matches!(&error, LoadError::Malformed(why) if why.contains(field)), "{pointer}: {error}");
    }
}

#[test]
fn text_that_is_no_document() {
    for text in ["", "{}", "[]", "null", "{\"prism_ir\":", "\u{0}", "{\"prism_ir\": 1}", "\"1.0\""] {
        assert!(matches!(Program::from_json(text), Err(LoadError::Malformed(_))), "{text:?}");
    }
}

/// The position of the node with the most children.
fn parent(document: &Json) -> usize {
    let nodes = document["nodes"].as_array().unwrap();
    let children = |node: &Json| node["children"].as_array().map_or(0, Vec::len);
    (0..nodes.len()).max_by_key(|index| children(&nodes[*index])).unwrap()
}

#[test]
fn nodes_that_are_their_own_children() {
    let error = edited(|document| {
        let parent = parent(document);
        let id = document["nodes"][parent]["id"].clone();
        document["nodes"][parent]["children"][0]["node"] = id;
    });
    assert!(matches!(error, LoadError::Shared(_)), "{error}");
    let cycle = json!({
        "prism_ir": "1.0", "compiler": "x", "source": { "path": "", "sha256": "" },
        "patterns": [{
            "name": "p", "slots": 1, "root": "a", "hash": "", "bands": { "high": 0.8, "medium": 0.5 },
            "input": { "fields": [] }, "output": { "type": { "type": "any" } }
        }],
        "nodes": [node("a", &["b"]), node("b", &["c"]), node("c", &["a"])]
    });
    assert!(matches!(refused(&cycle), LoadError::Shared(_)));
}

fn node(id: &str, children: &[&str]) -> Json {
    let children: Vec<_> = children
        .iter()
        .enumerate()
        .map(|(index, child)| json!({ "label": index.to_string(), "node": child }))
        .collect();
    json!({ "id": id, "kind": "sequence", "result": { "type": "any" }, "effect": "pure", "children": children })
}

#[test]
fn references_that_lead_nowhere() {
    let error = edited(|document| document["patterns"][0]["root"] = "nowhere".into());
    assert!(matches!(&error, LoadError::Dangling { name, .. } if name == "nowhere"), "{error}");
    let error = edited(|document| {
        let parent = parent(document);
        document["nodes"][parent]["children"][0]["node"] = "nowhere".into();
    });
    assert!(matches!(&error, LoadError::Dangling { name, .. } if name == "nowhere"), "{error}");
    for kind in ["select", "analyze"] {
        let error = edited(|document| {
            let nodes = document["nodes"].as_array_mut().unwrap();
            nodes.iter_mut().find(|node| node["kind"] == kind).unwrap()["target"] = "Nobody.asks".into();
        });
        assert!(matches!(error, LoadError::Dangling { .. }), "{error}");
    }
}

#[test]
fn things_that_stand_twice() {
    for list in ["nodes", "patterns", "agents"] {
        let error = edited(|document| {
            let first = document[list][0].clone();
            document[list].as_array_mut().unwrap().push(first);
        });
        assert!(matches!(error, LoadError::Duplicate { .. }), "{list}: {error}");
    }
}

#[test]
fn slots_outside_of_their_frame() {
    for slots in [0, 1] {
        let error = edited(|document| document["patterns"][0]["slots"] = slots.into());
        assert!(matches!(error, LoadError::Slot { .. }), "{error}");
    }
    let error = edited(|document| document["patterns"][0]["slots"] = u32::MAX.into());
    assert!(matches!(error, LoadError::TooLarge { .. }), "{error}");
}

#[test]
fn expressions_that_refer_to_themselves_or_later_ones() {
    for operations in [
        json!([]),
        json!([{ "op": "unary", "operator": "!", "operand": 0 }]),
        json!([
            { "op": "unary", "operator": "!", "operand": 1 },
            { "op": "literal", "value": 1 },
            { "op": "unary", "operator": "!", "operand": 0 }
        ]),
        json!([{ "op": "unary", "operator": "!", "operand": 4_000_000_000_u32 }]),
    ] {
        let error = edited(|document| {
            let nodes = document["nodes"].as_array_mut().unwrap();
            let select = nodes.iter_mut().find(|node| node["kind"] == "select").unwrap();
            select["parameters"]["min"] = operations.clone();
        });
        assert!(matches!(error, LoadError::Expression(_)), "{operations}: {error}");
    }
}

#[test]
fn a_million_nodes() {
    const PLACE: &str = "\"nodes\":[";
    let mut nodes = String::from(PLACE);
    for index in 0..1_000_000 {
        let _ = write!(
            nodes,
            "{{\"id\":\"{index}\",\"kind\":\"sequence\",\"result\":{{\"type\":\"any\"}},\"effect\":\"pure\"}},"
        );
    }
    let text = document().to_string();
    assert!(text.contains(PLACE));
    let error = Program::from_json(&text.replacen(PLACE, &nodes, 1)).unwrap_err();
    assert!(matches!(error, LoadError::TooLarge { .. }), "{error}");
}

#[test]
fn deep_nesting() {
    let mut document = document();
    let names: Vec<String> = (0..100_000).map(|index| format!("n{index}")).collect();
    let chain = names.windows(2).map(|pair| node(&pair[0], &[&pair[1]]));
    document["nodes"] = chain.chain([node(names.last().unwrap(), &[])]).collect();
    document["patterns"][0]["root"] = "n0".into();
    assert!(matches!(refused(&document), LoadError::TooLarge { .. }));
    let mut operations = vec![json!({ "op": "literal", "value": 1 })];
    operations
        .extend((0..90_000).map(|operand| json!({ "op": "unary", "operator": "-", "operand": operand })));
    let error = edited(|document| {
        let nodes = document["nodes"].as_array_mut().unwrap();
        let select = nodes.iter_mut().find(|node| node["kind"] == "select").unwrap();
        select["parameters"]["min"] = operations.into();
    });
    assert!(matches!(error, LoadError::TooLarge { .. }), "{error}");
    let types = format!(
        "{}{{\"type\":\"any\"}}{}",
        "{\"type\":\"list\",\"of\":".repeat(100_000),
        "}".repeat(100_000)
    );
    let text =
        self::document().to_string().replacen("\"types\":{", &format!("\"types\":{{\"Deep\":{types},"), 1);
    assert!(text.contains("Deep"));
    assert!(matches!(Program::from_json(&text), Err(LoadError::Malformed(_))));
}

#[test]
fn any_single_value_may_be_wrong() {
    let original = document();
    let mut pointers = Vec::new();
    collect(&original, String::new(), &mut pointers);
    let (mut loaded, mut failed) = (0, 0);
    for pointer in &pointers {
        for value in [Json::Null, json!(-1), json!(4_294_967_295_u32), json!("nowhere"), json!([]), json!({})]
        {
            let mut edited = original.clone();
            *edited.pointer_mut(pointer).unwrap() = value;
            // Whatever loads can be looked at and hashed.
            match Program::from_json(&edited.to_string()) {
                Err(_) => failed += 1,
                Ok(program) => {
                    loaded += 1;
                    let document = program.document();
                    assert!(
                        document.patterns.iter().all(|pattern| !document.pattern_hash(pattern).is_empty())
                    );
                    prism_ir::listing(document);
                }
            }
        }
    }
    println!("{loaded} edits load, {failed} do not");
    assert!(failed > loaded && loaded > 0, "{loaded} {failed}");
}

fn collect(value: &Json, pointer: String, into: &mut Vec<String>) {
    match value {
        Json::Object(fields) => fields.iter().for_each(|(key, value)| {
            collect(value, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), into);
        }),
        Json::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| collect(item, format!("{pointer}/{index}"), into));
        }
        _ => {}
    }
    if !pointer.is_empty() {
        into.push(pointer);
    }
}
