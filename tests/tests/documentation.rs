//! The Prism code in the documentation.
//!
//! A block that opens with "```prism" must check without a remark; one that opens with "```prism error P0401" must
//! give exactly these errors; "```prism fragment" is a part of a file and only read by people.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

use prism_compiler::Session;

/// A fenced block of Prism code.
struct Block {
    /// Where it opens: `README.md:12`.
    place: String,
    /// The words after `prism`.
    words: Vec<String>,
    code: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The Markdown files at the root and below `docs`, without the pages about diagnostics, whose blocks follow the rules
/// of `tests/language`.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![root().join("docs")];
    for entry in fs::read_dir(root()).unwrap() {
        pages.push(entry.unwrap().path());
    }
    while let Some(folder) = folders.pop() {
        if folder.ends_with("docs/errors") {
            continue;
        }
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { pages.push(path) }
        }
    }
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    pages
}

fn blocks(name: &str, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    for (index, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        match &mut open {
            Some(_) if line.trim() == "```" => blocks.extend(open.take().map(|(block, _)| block)),
            Some((block, indent)) => {
                block.code.push_str(line.get(*indent..).unwrap_or_default());
                block.code.push('\n');
            }
            None => {
                let Some(rest) = line.trim().strip_prefix("```prism") else { continue };
                if rest.is_empty() || rest.starts_with(' ') {
                    let words = rest.split_whitespace().map(str::to_owned).collect();
                    let block = Block { place: format!("{name}:{}", index + 1), words, code: String::new() };
                    open = Some((block, indent));
                }
            }
        }
    }
    assert!(open.is_none(), "{name}: a block of code is not closed");
    blocks
}

/// The codes that the compiler reports, and the words for people.
fn check(code: &str) -> (Vec<String>, String) {
    let mut session = Session::in_memory();
    session.set_text("example.prism", code);
    let report = session.check("example.prism");
    let codes = report.diagnostics.iter().map(|diagnostic| diagnostic.code.clone()).collect();
    let words: Vec<_> = report
        .diagnostics
        .iter()
        .map(|diagnostic| {
            format!("  {} at byte {}: {}", diagnostic.code, diagnostic.primary.span.start, diagnostic.message)
        })
        .collect();
    (codes, words.join("\n"))
}

#[test]
fn prism_code_in_the_documentation_gives_what_it_says() {
    let mut checked = 0;
    let mut problems = Vec::new();
    for page in pages() {
        let name = page.strip_prefix(root()).unwrap().display().to_string();
        for block in blocks(&name, &fs::read_to_string(&page).unwrap()) {
            let expected = match block.words.split_first() {
                None => &[],
                Some((first, codes)) if first == "error" && !codes.is_empty() => codes,
                Some((first, [])) if first == "fragment" => continue,
                Some(_) => panic!("{}: write `prism`, `prism error CODE…` or `prism fragment`", block.place),
            };
            let (codes, words) = check(&block.code);
            if codes != expected {
                problems.push(format!("{}: expected {expected:?}, found {codes:?}\n{words}", block.place));
            }
            checked += 1;
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    assert!(checked > 0, "the documentation shows no Prism code");
}

#[test]
fn a_block_keeps_its_place_words_and_relative_indent() {
    let text = "one\n- item\n\n  ```prism error P0401\n  a\n    b\n  ```\n```prismatic\n```\n";
    let found = blocks("x.md", text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, "x.md:4");
    assert_eq!(found[0].words, ["error", "P0401"]);
    assert_eq!(found[0].code, "a\n  b\n");
}
