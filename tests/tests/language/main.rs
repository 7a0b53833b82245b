//! The pages of `tests/language` and of `docs/errors`: every block of code gives exactly the diagnostics that its
//! comments announce, and those that run come to what is written below them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod check;
mod errors;
mod run;

use std::fs;
use std::path::Path;

use prism_tests::{Block, blocks};

/// The pages by name, with their blocks.
fn pages() -> Vec<(String, Vec<Block>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("language");
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".md") || name == "README.md" {
            continue;
        }
        let found = blocks(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(!found.is_empty(), "{name} shows no code");
        pages.push((name, found));
    }
    pages.sort_by(|left, right| left.0.cmp(&right.0));
    pages
}

#[test]
fn code_gives_the_diagnostics_that_its_comments_announce() {
    let mut problems = Vec::new();
    let mut checked = 0;
    for (page, blocks) in pages() {
        for block in &blocks {
            checked += 1;
            if let Err(problem) = check::check(block) {
                problems.push(format!("tests/language/{page}:{}\n{problem}", block.line));
            }
        }
    }
    println!("{checked} blocks checked");
    assert!(
        problems.is_empty(),
        "\n{}\n{} of {checked} blocks are wrong",
        problems.join("\n"),
        problems.len()
    );
    assert!(checked >= 420, "only {checked} blocks are checked");
}

#[test]
fn the_index_names_every_page_and_every_link_leads_somewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("language");
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let mut texts = vec![("README.md".to_owned(), index.clone())];
    let mut previous = None;
    for (page, _) in pages() {
        let place = index.find(&format!("]({page})")).unwrap_or_else(|| panic!("{page} is not in the index"));
        assert!(previous < Some(place), "{page} is not in its place in the index");
        previous = Some(place);
        texts.push((page.clone(), fs::read_to_string(folder.join(page)).unwrap()));
    }
    for (page, text) in texts {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            if link.ends_with(".md") {
                assert!(folder.join(link).is_file(), "{page} links to {link}, which is not there");
            }
        }
    }
}

#[test]
fn code_that_runs_comes_to_what_is_written_below_it() {
    let mut problems = Vec::new();
    let mut ran = 0;
    for (page, blocks) in pages() {
        for block in &blocks {
            if let (prism_tests::Kind::Run(input), Some(expected)) = (&block.kind, &block.expected) {
                ran += 1;
                if let Err(problem) = run::run(block, input, expected) {
                    problems.push(format!("tests/language/{page}:{}\n{problem}", block.line));
                }
            }
        }
    }
    println!("{ran} blocks ran");
    assert!(problems.is_empty(), "\n{}\n{} of {ran} blocks are wrong", problems.join("\n"), problems.len());
    assert!(ran >= 120, "only {ran} blocks ran");
}
