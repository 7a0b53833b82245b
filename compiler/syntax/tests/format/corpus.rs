//! The texts that laws are tried on.

use std::path::{Path, PathBuf};

use prism_generate::{Choices, Profile, program};
use prism_syntax::parse;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, extension: &str, found: &mut Vec<(String, String)>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Scripts, examples and the standard library.
pub(crate) fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["tests/scripts", "examples", "stdlib"] {
        files(&root().join(folder), "prism", &mut found);
    }
    found
}

/// The examples.
pub(crate) fn examples() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&root().join("examples"), "prism", &mut found);
    found
}

/// The blocks of code of the documentation that can be read by themselves.
pub(crate) fn documentation() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    files(&root().join("docs"), "md", &mut pages);
    let mut found = Vec::new();
    for (path, page) in pages {
        for (index, part) in page.split("```prism\n").enumerate().skip(1) {
            let block = part.split("```").next().unwrap_or_default();
            if parse(block).errors.is_empty() {
                found.push((format!("{path}, block {index}"), block.to_owned()));
            }
        }
    }
    found
}

/// Programs that a generator made of each seed.
pub(crate) fn generated(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (String, String)> {
    seeds.flat_map(|seed| {
        [("whole", Profile::whole()), ("script", Profile::script())].map(|(name, profile)| {
            (format!("{name} {seed}"), program(&mut Choices::from_seed(seed), &profile).text)
        })
    })
}

/// Garbage that a generator made of each seed.
pub(crate) fn garbage(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (String, String)> {
    seeds.map(|seed| (format!("garbage {seed}"), prism_generate::garbage(&mut Choices::from_seed(seed))))
}

/// A page of the documentation.
pub(crate) fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}
