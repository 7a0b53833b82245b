//! Scripts in the style of the original Prism parse as they are, and go on holding what such scripts hold.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod constructs;
mod corpus;
mod shape;

use std::collections::BTreeMap;

use constructs::{CONSTRUCTS, Search};
use corpus::{Script, folder, scripts};

use prism_syntax::ast::{ExprKind, Item, StatementKind};
use prism_syntax::front_matter::Key;
use prism_syntax::{CommentKind, diagnostic, front_matter};
use shape::Sequence;

/// The codes of the warnings that scripts give, in the order of the text; the others give none.
const WARNINGS: &[(&str, &[&str])] = &[
    ("dependency-audit.prism", &["P0116"]),
    ("feature-rollout.prism", &["P0118"]),
    ("grant-review.prism", &["P0118", "P0118", "P0117"]),
    ("incident-runbook.prism", &["P0118", "P0118"]),
    ("modules/voting.prism", &["P0116"]),
    ("release-train.prism", &["P0118"]),
    ("ticket-switch.prism", &["P0116", "P0116"]),
    ("uncertain-forms.prism", &["P0117"]),
];

/// The codes of the warnings about headers; the others give none.
const HEADER_WARNINGS: &[(&str, &[&str])] =
    &[("clinical-intake.prism", &["P0120"]), ("website-builder.prism", &["P0120"])];

/// The files without a header: an ordinary comment at the top is none.
const HEADLESS: &[&str] =
    &["chart-page.prism", "modules/html.prism", "modules/records.prism", "modules/voting.prism"];

#[test]
fn no_script_is_refused() {
    let scripts = scripts();
    let refused: Vec<String> = scripts
        .iter()
        .flat_map(|script| script.parse.errors.iter().map(|error| script.describe(error)))
        .collect();
    assert!(refused.is_empty(), "{} refusals\n{}", refused.len(), refused.join("\n"));
}

#[test]
fn only_old_forms_are_warned_about() {
    let expected: BTreeMap<&str, &[&str]> = WARNINGS.iter().copied().collect();
    for script in scripts() {
        let say = |warning| diagnostic(warning, &script.text).code.to_string();
        let found: Vec<String> = script.parse.warnings.iter().map(say).collect();
        let wanted = expected.get(script.name.as_str()).copied().unwrap_or_default();
        let described: Vec<String> =
            script.parse.warnings.iter().map(|error| script.describe(error)).collect();
        assert_eq!(found, wanted, "{}\n{}", script.name, described.join("\n"));
    }
}

#[test]
fn headers_are_read() {
    let expected: BTreeMap<&str, &[&str]> = HEADER_WARNINGS.iter().copied().collect();
    for script in scripts() {
        let header = front_matter(&script.parse.tokens, &script.text);
        assert_eq!(header.is_none(), HEADLESS.contains(&script.name.as_str()), "{}", script.name);
        let Some(header) = header else { continue };
        assert!(script.is_module() || header.name().is_some(), "{} has no name", script.name);
        let say = |problem| front_matter::diagnostic(problem, &script.text).code.to_string();
        let found: Vec<String> = header.problems.iter().map(say).collect();
        assert_eq!(found, expected.get(script.name.as_str()).copied().unwrap_or_default(), "{}", script.name);
        for key in [Key::Input, Key::Output, Key::Agents] {
            let read = header.get(&key).is_none_or(|entry| entry.value.as_json().is_some());
            assert!(read, "{}: @{} is text", script.name, key.as_str());
        }
    }
}

/// A script has a statement that is no declaration, a module has none: what is meant as code must not be read as a
/// declaration, nor the other way round.
#[test]
fn scripts_run_and_modules_declare() {
    for script in scripts() {
        let tree = &script.parse.tree;
        let runs = tree.items.iter().any(|item| match item {
            Item::Statement(id) => !matches!(
                tree[*id].kind,
                StatementKind::Let { .. } | StatementKind::Function(_) | StatementKind::Type(_)
            ),
            _ => false,
        });
        assert_eq!(runs, !script.is_module(), "{}", script.name);
    }
}

/// The last statement of a script is its result.
#[test]
fn every_script_ends_with_its_result() {
    for script in scripts().iter().filter(|script| !script.is_module()) {
        let tree = &script.parse.tree;
        let Some(Item::Statement(last)) = script.parse.tree.items.last() else {
            panic!("{} ends with a declaration", script.name)
        };
        let result = match &tree[*last].kind {
            StatementKind::Return(value) => value.is_some(),
            StatementKind::Expression(id) => matches!(
                tree[*id].kind,
                ExprKind::Record(_)
                    | ExprKind::Lambda(_)
                    | ExprKind::Attach { .. }
                    | ExprKind::Ternary { .. }
                    | ExprKind::If { .. }
                    | ExprKind::Uncertain { .. }
            ),
            _ => false,
        };
        assert!(result, "{} ends with {:?}", script.name, tree[*last].kind);
    }
}

#[test]
fn there_are_enough_of_them() {
    let scripts = scripts();
    let modules = scripts.iter().filter(|script| script.is_module()).count();
    assert!(scripts.len() - modules >= 45, "{} scripts", scripts.len() - modules);
    assert!(modules >= 8, "{modules} modules");
    for script in scripts.iter().filter(|script| !script.is_module()) {
        let lines = script.text.lines().count();
        assert!(lines <= 150, "{} has {lines} lines", script.name);
    }
}

#[test]
fn they_hold_what_people_wrote() {
    let scripts = scripts();
    let sequences: Vec<Sequence<'_>> = scripts.iter().map(Sequence::new).collect();
    let mut lost = Vec::new();
    for (construct, least, search) in CONSTRUCTS {
        let holds = |(script, sequence): &(&Script, &Sequence<'_>)| match search {
            Search::Shapes(shapes) => shapes.iter().any(|shape| sequence.holds(shape)),
            Search::Header(texts) => texts.iter().any(|text| header(script).contains(text)),
            Search::HeaderLine(all, none) => header(script).lines().any(|line| {
                all.iter().all(|text| line.contains(text)) && !none.iter().any(|text| line.contains(text))
            }),
            Search::Text(texts) => texts.iter().any(|text| script.text.contains(text)),
        };
        let found = scripts.iter().zip(&sequences).filter(holds).count();
        if found < *least {
            lost.push(format!("{construct}: {found} files, of {least}"));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The comments before the first token.
fn header(script: &Script) -> String {
    let comments = script.parse.tokens.comments().iter().filter(|comment| comment.token == 0);
    let read = comments.filter(|comment| comment.kind != CommentKind::Documentation);
    read.map(|comment| &script.text[comment.span.range()]).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_of_the_folder_lists_them_all() {
    let page = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let listed: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .map(|(name, _)| name)
        .collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable_by_key(|name| (name.starts_with("modules/"), *name));
    assert_eq!(listed, sorted);
    let mut names: Vec<String> = scripts().into_iter().map(|script| script.name).collect();
    names.sort_unstable_by_key(|name| (name.starts_with("modules/"), name.clone()));
    assert_eq!(listed, names);
}
