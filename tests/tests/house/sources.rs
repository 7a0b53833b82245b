use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::manifest::Workspace;

/// Crates whose code may not touch the world: files come to them as text, agents as records.
const WITHOUT_IO: &[&str] = &[
    "prism-confidence",
    "prism-diagnostics",
    "prism-catalog",
    "prism-syntax",
    "prism-check",
    "prism-ir",
    "prism-eval",
    "prism-lower",
    "prism-report",
    "prism-engine",
    "prism-ports",
];

/// Those among them that must not even know the time or have threads, so that a replay gives the same bits.
const DETERMINISTIC: &[&str] = &["prism-confidence", "prism-ir", "prism-eval", "prism-lower", "prism-engine"];

/// Modules of the standard library that touch the world.
const STANDARD_MODULES: &[&str] = &["fs", "net", "process"];

/// Other signs of effects. Those with a `!` are whole macro names.
const SIGNS: &[&str] = &["tokio::", "println!", "eprintln!", "print!", "eprint!", "dbg!"];

/// Signs of clocks and threads.
const SIGNS_OF_TIME: &[&str] = &["Instant::now", "SystemTime::now", "std::thread", "thread::spawn"];

/// No file written by hand is longer.
const MOST_LINES: usize = 900;

/// Places where a crate below the driver touches the world.
pub(crate) fn effects(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for name in WITHOUT_IO {
        let manifest = workspace.manifest(name).unwrap();
        let folder = workspace.root.join(&manifest.folder).join("src");
        let files = rust_files(&folder);
        assert!(!files.is_empty(), "{} holds no source file", folder.display());
        for path in files.iter().filter(|path| path.file_name().is_none_or(|file| file != "tests.rs")) {
            let text = fs::read_to_string(path).unwrap();
            for sign in effects_in(&text, DETERMINISTIC.contains(name)) {
                problems.push(format!(
                    "{} uses {sign}: there is no IO below the driver, and no clock below the runtime; take the \
                     data as an argument or through a trait",
                    path.strip_prefix(&workspace.root).unwrap().display()
                ));
            }
        }
    }
    problems
}

/// The signs of effects in a file's code, its comments and its module of tests left out.
pub(crate) fn effects_in(text: &str, deterministic: bool) -> BTreeSet<&'static str> {
    let code = code_of(text);
    let mut found = BTreeSet::new();
    for module in STANDARD_MODULES {
        let path = standard_path(module);
        if contains_word(&code, path) || standard_groups(&code).any(|group| group_names(group, module)) {
            found.insert(path);
        }
    }
    let more: &[&str] = if deterministic { SIGNS_OF_TIME } else { &[] };
    found.extend(SIGNS.iter().chain(more).filter(|sign| contains_word(&code, sign)));
    found
}

fn standard_path(module: &str) -> &'static str {
    match module {
        "fs" => "std::fs",
        "net" => "std::net",
        _ => "std::process",
    }
}

/// Whether the text occurs and is not the end of a longer word.
fn contains_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(start, _)| {
        let before = code[..start].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

/// The insides of `std::{…}`.
fn standard_groups(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices("std::{").map(|(start, opening)| {
        let inside = &code[start + opening.len()..];
        let mut depth = 0_usize;
        let end = inside.find(|letter: char| match letter {
            '{' => {
                depth += 1;
                false
            }
            '}' if depth == 0 => true,
            '}' => {
                depth -= 1;
                false
            }
            _ => false,
        });
        &inside[..end.unwrap_or(inside.len())]
    })
}

/// Whether a group imports the module or something of it.
fn group_names(group: &str, module: &str) -> bool {
    let mut depth = 0_usize;
    group
        .split_inclusive([',', '{', '}'])
        .filter(|part| {
            let outermost = depth == 0;
            match part.chars().next_back() {
                Some('{') => depth += 1,
                Some('}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            outermost
        })
        .any(|part| part.trim().split([':', ',', ' ', '{']).next() == Some(module))
}

/// The text without line comments, up to its module of tests.
fn code_of(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end]
        .lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Source files that are longer than a file may be.
pub(crate) fn long_files(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for manifest in &workspace.manifests {
        for path in rust_files(&workspace.root.join(&manifest.folder)) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            if lines > MOST_LINES {
                problems.push(format!(
                    "{} has {lines} lines, {MOST_LINES} are the most: split it by what it is about",
                    path.strip_prefix(&workspace.root).unwrap().display()
                ));
            }
        }
    }
    problems
}

/// All Rust files below a folder, sorted.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            if path.is_dir() && name != "target" && name != "node_modules" {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
