use prism_report::junit;
use roxmltree::{Document, Node};

use crate::sample::{any_files, checked, sample, steers_a_terminal};

fn children<'a>(node: Node<'a, 'a>, name: &'a str) -> Vec<Node<'a, 'a>> {
    node.children().filter(|child| child.has_tag_name(name)).collect()
}

#[test]
fn a_suite_for_each_file() {
    insta::assert_snapshot!(junit(&checked(&sample())));
    let empty = junit(&[]);
    let document = Document::parse(&empty).unwrap();
    assert_eq!(document.root_element().attribute("tests"), Some("0"));
}

proptest::proptest! {
    #[test]
    fn hostile_files_make_a_document(files in any_files()) {
        let text = junit(&checked(&files));
        proptest::prop_assert!(!steers_a_terminal(&text), "{:?}", text);
        let document = Document::parse(&text).unwrap();
        let suites = children(document.root_element(), "testsuite");
        proptest::prop_assert_eq!(suites.len(), files.len());
        for (suite, file) in suites.into_iter().zip(&files) {
            proptest::prop_assert_eq!(suite.attribute("name"), Some(&*kept(file.source.name())));
            let cases = children(suite, "testcase");
            proptest::prop_assert_eq!(cases.len(), file.diagnostics.len().max(1));
            for (case, diagnostic) in cases.into_iter().zip(&file.diagnostics) {
                let failures = children(case, "failure");
                proptest::prop_assert_eq!(failures.len(), usize::from(diagnostic.is_error()));
                let said = children(case, if diagnostic.is_error() { "failure" } else { "system-out" });
                let words = said[0].text().unwrap();
                proptest::prop_assert!(words.contains(&kept(&diagnostic.message)), "{:?}", words);
                if let [failure] = failures.as_slice() {
                    proptest::prop_assert_eq!(failure.attribute("message"), Some(&*kept(&diagnostic.message)));
                }
            }
        }
    }
}

/// A text without the characters that are left out.
fn kept(text: &str) -> String {
    let is_kept = |character: &char| match character {
        '\n' | '\t' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        character => !character.is_control(),
    };
    text.chars().filter(is_kept).collect()
}
