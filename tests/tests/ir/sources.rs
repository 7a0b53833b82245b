//! Programs to compile: those of the language's pages and the examples.

use std::fs;
use std::path::{Path, PathBuf};

use prism_compiler::{CompileError, Document, Session};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What a text compiles to, if it does.
pub(crate) fn compile(text: &str) -> Result<Document, CompileError> {
    let mut session = Session::in_memory();
    session.set_text("example.prism", text);
    session.compile("example.prism")
}

/// What a right text compiles to.
#[track_caller]
pub(crate) fn compiled(text: &str) -> Document {
    compile(text).unwrap_or_else(|error| {
        let CompileError::Diagnostics(report) = &error else { panic!("{error}") };
        let told: Vec<_> =
            report.diagnostics.iter().map(|told| format!("{} {}", told.code, told.message)).collect();
        panic!("{}\n{text}", told.join("\n"))
    })
}

/// Every right program of the pages and the examples, with its place.
pub(crate) fn programs() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let pages = root().join("tests/language");
    for page in files(&pages, "md").into_iter().filter(|page| !page.ends_with("README.md")) {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        for block in prism_tests::blocks(&fs::read_to_string(&page).unwrap()).unwrap() {
            found.push((format!("{name}:{}", block.line), block.text().0));
        }
    }
    for example in files(&root().join("examples"), "prism") {
        found.push((example.display().to_string(), fs::read_to_string(&example).unwrap()));
    }
    found.retain(|(_, text)| compile(text).is_ok());
    assert!(found.len() >= 100, "only {} programs compile", found.len());
    found
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    files.sort();
    files
}

pub(crate) fn example() -> String {
    fs::read_to_string(root().join("examples/triage.prism")).unwrap()
}
