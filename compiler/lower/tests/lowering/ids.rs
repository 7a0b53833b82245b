use crate::program::{document, program};

const PLAIN: &str = "pattern p { input { text: string } let all = select(Classifier, max: 3)
let label = pool(parallel(all) { a => a.classify(input.text) })
if <~label > 0.5 { let x = all.first()!.rate(input.text)
return x }
uncertain if label { high { return 1 }
default { return all.first()!.rate(\"a\") } } }";

fn ids(text: &str) -> Vec<String> {
    document(text).nodes.iter().map(|node| node.id.to_string()).collect()
}

#[test]
fn layout_and_comments_change_no_id_and_no_hash() {
    let spread =
        PLAIN.replace('\n', "\n\n  // a comment\n\n").replace("{ ", "{\n    ").replace(" }", "\n  }");
    assert_eq!(ids(PLAIN), ids(&spread));
    assert_eq!(document(PLAIN).patterns[0].hash, document(&spread).patterns[0].hash);
    let beside = format!("fn unrelated(x: int) {{ return x + 1 }}\n{PLAIN}");
    assert_eq!(ids(PLAIN), ids(&beside));
    assert_eq!(document(PLAIN).patterns[0].hash, document(&beside).patterns[0].hash);
}

#[test]
fn a_statement_more_renames_no_named_one() {
    let more = PLAIN.replace("let label", "let other = pool([1 ~> 0.5])\nlet label");
    let known = ids(&more);
    for id in ids(PLAIN) {
        assert!(known.contains(&id), "{id} is gone");
    }
}

#[test]
fn ids_are_unique_whatever_names_there_are() {
    for text in [
        "pattern p { return parallel { \"a.2\": parallel([1]), a: parallel([1]), \"a/eval\": 1, \"a/eval.2\": do { 1\n2 } } }",
        "pattern p { { let x = parallel([1])\n}\n{ let x = parallel([1])\n}\n{ let x = parallel([1])\n} }",
        "fn p() { return parallel([1]) }\npattern p { let a = p()\nreturn a }",
        "pattern p { let select = parallel([1])\nlet vote = select\nreturn [vote, parallel([2])] }",
        "pattern \"a/b\" { return parallel([1]) }\npattern a { return parallel { b: 1 } }",
        "pattern p { return [parallel([1]), parallel([2]), parallel([parallel([3]), parallel([4])])] }",
    ] {
        program(text);
    }
}
