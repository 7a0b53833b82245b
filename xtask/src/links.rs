use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::console::show;
use crate::markdown::{Document, Link};
use crate::repository::tracked_files;

/// Checks that every link within the repository leads to a tracked file, and every anchor to a heading. Addresses
/// on the network are not visited.
pub(crate) fn check_links(root: &Path) -> Result<bool> {
    let files = tracked_files(root)?;
    let mut documents = BTreeMap::new();
    for path in files.iter().filter(|path| path.ends_with(".md")) {
        let text = fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))?;
        documents.insert(path.clone(), Document::parse(&text));
    }
    let problems = problems(&files, &documents);
    for problem in &problems {
        show(problem);
    }
    let links: usize = documents.values().map(|document| document.links.len()).sum();
    show(&format!("{links} links in {} Markdown files, {} broken", documents.len(), problems.len()));
    Ok(problems.is_empty())
}

/// One line per link that leads nowhere.
fn problems(files: &BTreeSet<String>, documents: &BTreeMap<String, Document>) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, document) in documents {
        for link in &document.links {
            if let Some(problem) = problem(files, documents, path, link) {
                problems.push(format!("{path}:{}: {problem}", link.line));
            }
        }
        for link in &document.undefined {
            problems.push(format!("{path}:{}: no definition of [{}]", link.line, link.target));
        }
    }
    problems
}

/// What is wrong with a link of the file at `path`.
fn problem(
    files: &BTreeSet<String>,
    documents: &BTreeMap<String, Document>,
    path: &str,
    link: &Link,
) -> Option<String> {
    if is_address(&link.target) {
        return None;
    }
    let (place, anchor) = match link.target.split_once('#') {
        Some((place, anchor)) => (place, Some(anchor)),
        None => (link.target.as_str(), None),
    };
    let Some(target) = resolve(path, &percent_decoded(place)) else {
        return Some(format!("{place} leads out of the repository"));
    };
    if !is_tracked(files, &target) {
        return Some(format!("{place} is no tracked file or folder"));
    }
    let anchor = anchor?;
    let document = documents.get(&target)?;
    let missing = !document.anchors.contains(&percent_decoded(anchor));
    missing.then(|| format!("{target} has no heading for #{anchor}"))
}

/// Whether a target starts with a scheme, such as `https:`.
fn is_address(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// The path from the root that a link in the file `from` means; none when it climbs over the root.
fn resolve(from: &str, place: &str) -> Option<String> {
    if place.is_empty() {
        return Some(from.to_owned());
    }
    let folder =
        if place.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in place.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn is_tracked(files: &BTreeSet<String>, path: &str) -> bool {
    if path.is_empty() || files.contains(path) {
        return true;
    }
    let folder = format!("{path}/");
    files.range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let escaped = rest.strip_prefix('%').and_then(|rest| rest.get(..2));
        if let Some(byte) = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = rest.get(3..).unwrap_or_default();
        } else {
            bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)]) -> Vec<String> {
        let names = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let documents = files
            .iter()
            .filter(|(path, _)| path.ends_with(".md"))
            .map(|(path, text)| ((*path).to_owned(), Document::parse(text)))
            .collect();
        problems(&names, &documents)
    }

    #[test]
    fn links_that_resolve_are_no_problem() {
        let readme = "# Top\n[a](docs/guide.md#set-up) [b](docs/) [c](docs) [d](#top) [e](https://example.org/x#y) \
                      [f](mailto:a@example.org) [g](src/main.rs#L3) [h](docs/with%20blank.md) [i](.)\n";
        let guide = "## Set up\n[up](../README.md#top) [root](/src/main.rs)\n";
        assert_eq!(
            check(&[
                ("README.md", readme),
                ("docs/guide.md", guide),
                ("docs/with blank.md", ""),
                ("src/main.rs", "")
            ]),
            [""; 0]
        );
    }

    #[test]
    fn each_broken_link_is_named_with_its_line() {
        let readme = "[a](missing.md)\n[b](docs/guide.md#nowhere)\n[c](#nowhere)\n[d](../out.md)\n[e][label]\n\
                      [f](docs/gui)\n";
        assert_eq!(
            check(&[("README.md", readme), ("docs/guide.md", "# Guide\n")]),
            [
                "README.md:1: missing.md is no tracked file or folder",
                "README.md:2: docs/guide.md has no heading for #nowhere",
                "README.md:3: README.md has no heading for #nowhere",
                "README.md:4: ../out.md leads out of the repository",
                "README.md:6: docs/gui is no tracked file or folder",
                "README.md:5: no definition of [label]",
            ]
        );
    }
}
