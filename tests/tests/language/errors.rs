//! The pages of `docs/errors`, one for each diagnostic: what stands under "Wrong" gives it, what stands under "Mended"
//! gives none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use prism_catalog::{DiagnosticCode, DiagnosticLevel};
use prism_compiler::Level;
use prism_tests::{Block, blocks, expectations};

use crate::check;

/// Set to write the index instead of comparing it.
const UPDATE: &str = "UPDATE_ERRORS_INDEX";

/// The families of codes, by what codes begin with.
const FAMILIES: [(&str, &str); 8] = [
    ("P00", "Files"),
    ("P01", "How a text is written"),
    ("P02", "Names"),
    ("P03", "Types and contracts"),
    ("P04", "Confidence"),
    ("P05", "Cost and time"),
    ("P07", "Style"),
    ("P09", "Prism itself"),
];

const WRONG: &str = "Wrong";
const MENDED: &str = "Mended";

/// A page about a diagnostic.
struct Page {
    code: DiagnosticCode,
    text: String,
    blocks: Vec<Block>,
}

impl Page {
    fn name(&self) -> String {
        format!("docs/errors/{}.md", self.code.code())
    }

    /// The heading of the second level that a line stands under.
    fn heading(&self, line: usize) -> &str {
        let above = self.text.lines().take(line);
        above.filter_map(|line| line.strip_prefix("## ")).last().unwrap_or_default()
    }

    /// The text under a heading of the second level.
    fn under(&self, heading: &str) -> &str {
        let (_, rest) = self.text.split_once(&format!("\n## {heading}\n")).unwrap_or_default();
        rest.split_once("\n## ").map_or(rest, |(text, _)| text)
    }

    /// What a terminal shows of the diagnostic: `[P0001] error:`.
    fn shown(&self) -> String {
        format!("[{}] {}:", self.code.code(), level(self.code))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors")
}

fn level(code: DiagnosticCode) -> &'static str {
    match code.level() {
        DiagnosticLevel::Error => "error",
        DiagnosticLevel::Warning => "warning",
        DiagnosticLevel::Hint => "hint",
    }
}

/// The pages in the order of their codes.
fn pages() -> Vec<Page> {
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name == "README.md" {
            continue;
        }
        let code = name.strip_suffix(".md").and_then(DiagnosticCode::find);
        let code = code.filter(|code| name == format!("{}.md", code.code()));
        let code = code.unwrap_or_else(|| panic!("docs/errors/{name} is about no diagnostic"));
        let text = fs::read_to_string(&path).unwrap();
        let blocks = blocks(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        pages.insert(code, Page { code, text, blocks });
    }
    pages.into_values().collect()
}

/// What is wrong with a block, given where it stands.
fn problem(page: &Page, block: &Block) -> Result<(), String> {
    check::check(block)?;
    let announced = expectations(&block.code)?;
    match page.heading(block.line) {
        WRONG => {
            let own = announced.iter().any(|expected| expected.code == page.code.code());
            if own || page.under(WRONG).contains(&page.shown()) {
                Ok(())
            } else {
                Err("  it does not announce the diagnostic of its page".to_owned())
            }
        }
        MENDED => {
            let (_, diagnostics) = check::said(block);
            match diagnostics.iter().find(|diagnostic| diagnostic.level == Level::Hint) {
                _ if !announced.is_empty() => Err("  what is mended announces a diagnostic".to_owned()),
                Some(hint) => {
                    Err(format!("  what is mended gives a hint: [{}] \"{}\"", hint.code, hint.message))
                }
                None => Ok(()),
            }
        }
        other => Err(format!("  it stands under \"{other}\", neither under \"{WRONG}\" nor \"{MENDED}\"")),
    }
}

#[test]
fn the_examples_of_each_diagnostic_give_it_or_nothing() {
    let mut problems = Vec::new();
    for page in pages() {
        for block in &page.blocks {
            if let Err(problem) = problem(&page, block) {
                problems.push(format!("{}:{}\n{problem}", page.name(), block.line));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn each_page_has_its_title_an_example_and_how_to_mend_it() {
    for page in pages() {
        let name = page.name();
        let title = format!("# {} {}\n\n", page.code.code(), page.code.slug());
        assert!(page.text.starts_with(&title), "{name} does not begin with {title:?}");
        let is_example = |block: &&Block| page.heading(block.line) == WRONG;
        assert!(
            page.blocks.iter().any(|block| is_example(&block)) || page.under(WRONG).contains(&page.shown()),
            "{name} shows nothing that gives the diagnostic"
        );
        assert!(page.under(MENDED).contains("\n```"), "{name} shows nothing that is mended");
        let lines = page.text.lines().count();
        assert!((15..=45).contains(&lines), "{name} has {lines} lines");
    }
}

#[test]
fn there_is_a_page_for_each_diagnostic() {
    let missing: Vec<_> = DiagnosticCode::ALL
        .iter()
        .filter(|code| !folder().join(format!("{}.md", code.code())).is_file())
        .collect();
    assert!(missing.is_empty(), "no page in docs/errors: {missing:?}");
}

/// The index of the pages, as the catalog has it.
fn index() -> String {
    let mut text = "# Errors and warnings\n\nWhat `prismc` says has a code and a name, such as `P0401` and `ungated-use`. Each has a page here that says what is\nwrong and why, with an example that gives it and one that does not. `prismc explain P0401` or\n`prismc explain ungated-use` prints it.\n".to_owned();
    for (start, family) in FAMILIES {
        text.push_str(&format!("\n## {family}\n\n| code | name | | |\n|---|---|---|---|\n"));
        for code in DiagnosticCode::ALL.iter().filter(|code| code.code().starts_with(start)) {
            let (name, level) = (code.code(), level(*code));
            text.push_str(&format!(
                "| [{name}]({name}.md) | `{}` | {level} | {} |\n",
                code.slug(),
                code.title()
            ));
        }
    }
    text.push_str(
        "\nThis page is written by `UPDATE_ERRORS_INDEX=1 cargo test -p prism-tests --test language`.\n",
    );
    text
}

#[test]
fn the_index_is_that_of_the_catalog() {
    let (path, wanted) = (folder().join("README.md"), index());
    for code in DiagnosticCode::ALL {
        let row = format!("| [{}](", code.code());
        assert_eq!(wanted.matches(&row).count(), 1, "{} belongs to no family, or to several", code.code());
    }
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "docs/errors/README.md is stale; run this test with {UPDATE}=1");
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    for page in pages() {
        for link in page.text.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            assert!(folder().join(link.0).is_file(), "{} links to {}", page.name(), link.0);
        }
    }
}
