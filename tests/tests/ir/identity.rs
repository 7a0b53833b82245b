//! What changes ids and hashes, and what does not.

use std::collections::BTreeSet;

use prism_ir::Document;

use crate::sources::{compiled, example};

fn ids(document: &Document) -> BTreeSet<&str> {
    document.nodes.iter().map(|node| node.id.as_str()).collect()
}

fn hash(document: &Document) -> &str {
    &document.patterns[0].hash
}

#[test]
fn layout_and_comments_change_nothing() {
    let text = example();
    let before = compiled(&text);
    let comments: String = text.lines().map(|line| format!("  {line} // {}\n", line.len())).collect();
    let empty: String = text.lines().map(|line| format!("\n{line}\n\n")).collect();
    let edits = [
        ("comments and indentation", comments),
        ("empty lines", empty),
        ("line ends", text.replace('\n', "\r\n")),
        ("a byte-order mark", format!("\u{feff}{text}")),
        ("a trailing comma", text.replace("escalated: true }", "escalated: true, }")),
        ("parentheses", text.replace("target: 0.9", "target: (0.9)")),
        ("quotes", text.replace("== \"enterprise\"", "== 'enterprise'")),
        ("digits", text.replace("max_length(10000)", "max_length(10_000)").replace("2m", "120s")),
        ("another constant", format!("{text}\nconst unrelated = 3\n")),
        ("another pattern", format!("{text}\npattern unrelated {{ return 1 }}\n")),
    ];
    for (what, edited) in edits {
        assert_ne!(edited, text, "{what} edits nothing");
        let after = compiled(&edited);
        assert_eq!(hash(&after), hash(&before), "{what}");
        assert!(ids(&after).is_superset(&ids(&before)), "{what}");
    }
}

#[test]
fn an_edit_of_meaning_changes_the_hash() {
    let text = example();
    let before = compiled(&text);
    let edits = [
        ("target: 0.9", "target: 0.91"),
        ("min: 3", "min: 2"),
        ("calls: 8", "calls: 9"),
        ("cost: $0.05", "cost: $0.06"),
        ("timeout: 20s", "timeout: 21s"),
        ("Which label fits this support ticket?", "Which label suits this support ticket?"),
        ("max_length(10000)", "max_length(10001)"),
        ("v1.0.0", "v1.0.1"),
        ("\"bug\" | \"question\" | \"praise\"", "\"bug\" | \"question\" | \"praise\" | \"other\""),
        ("escalated: true }", "escalated: false }"),
        ("input.customer_tier == ", "input.customer_tier != "),
        ("high { return", "high { let _x = 1; return"),
        ("endorse(label, \"a person looks at it anyway\")", "endorse(label, \"nobody looks at it\")"),
        ("= \"free\"", "= \"pro\""),
    ];
    let mut hashes = BTreeSet::from([hash(&before).to_owned()]);
    for (old, new) in edits {
        let edited = text.replacen(old, new, 1);
        assert_ne!(edited, text, "{old}");
        let after = compiled(&edited);
        assert!(hashes.insert(hash(&after).to_owned()), "{old} → {new} changes no hash");
    }
}

#[test]
fn a_statement_more_leaves_the_ids_of_the_others() {
    let text = example();
    let before = compiled(&text);
    let edited =
        text.replace("  // Asks the best", "  let others = select(Classifier, max: 2)\n  // Asks the best");
    let edited = edited.replace("escalated: false }", "escalated: others.length > 1 }");
    let after = compiled(&edited);
    let kept = ids(&before).intersection(&ids(&after)).count();
    assert_eq!(
        kept,
        ids(&before).len(),
        "{:?} are lost",
        ids(&before).difference(&ids(&after)).collect::<Vec<_>>()
    );
}

#[test]
fn patterns_of_one_file_have_hashes_of_their_own() {
    let one = compiled(
        "pattern a { return helper(1) }\nfn helper(x: number) -> number { x + 1 }\npattern b { return 2 }\n",
    );
    let other = compiled(
        "pattern a { return helper(1) }\nfn helper(x: number) -> number { x + 2 }\npattern b { return 2 }\n",
    );
    assert_ne!(one.patterns[0].hash, other.patterns[0].hash, "a function that it uses has changed");
    assert_eq!(one.patterns[1].hash, other.patterns[1].hash, "a function that it does not use has changed");
}
