use prism_report::github;

use crate::sample::{any_files, checked, sample, steers_a_terminal};

#[test]
fn a_command_for_each() {
    insta::assert_snapshot!(github(&checked(&sample())));
    assert_eq!(github(&[]), "");
}

/// What the runner makes of a line: the command, its properties and its message. After the documentation of workflow
/// commands, with the escapes undone.
fn parsed(line: &str) -> (String, Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let undone = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let properties = properties.split(',').map(|property| {
        let (name, value) = property.split_once('=').unwrap();
        (name.to_owned(), undone(value))
    });
    let message = message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (command.to_owned(), properties.collect(), message)
}

/// A text without what a log should not hold.
fn shown(text: &str) -> String {
    prism_report::visible_text(text)
}

proptest::proptest! {
    #[test]
    fn hostile_files_give_no_other_commands(files in any_files()) {
        let text = github(&checked(&files));
        proptest::prop_assert!(!steers_a_terminal(&text), "{:?}", text);
        let mut lines = text.lines();
        for file in &files {
            for diagnostic in &file.diagnostics {
                let (command, properties, message) = parsed(lines.next().unwrap());
                proptest::prop_assert!(["error", "warning", "notice"].contains(&command.as_str()));
                let mut names: Vec<_> = properties.iter().map(|(name, _)| name.as_str()).collect();
                names.retain(|name| !name.to_lowercase().contains("col"));
                proptest::prop_assert_eq!(names, ["file", "line", "endLine", "title"]);
                proptest::prop_assert_eq!(&properties[0].1, &shown(file.source.name()));
                proptest::prop_assert!(message.starts_with(&shown(&diagnostic.message)), "{:?}", message);
            }
        }
        proptest::prop_assert_eq!(lines.next(), None);
    }
}
