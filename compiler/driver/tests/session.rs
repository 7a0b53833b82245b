//! Sessions: texts, overlays, folders, and what keeps files from being read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use prism_compiler::{CompileError, FileProblem, FileReport, Files, Session};

const GOOD: &str = "pattern p { output string\n  return \"hello\" }\n";
const BAD: &str = "pattern p { output string\n  return nmae }\n";

fn codes(report: &FileReport) -> Vec<&str> {
    report.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    (folder, path)
}

#[test]
fn a_folder_is_its_files_sorted_without_hidden_and_ignored_ones() {
    let (_guard, path) = folder();
    fs::create_dir(path.join("b")).unwrap();
    fs::create_dir(path.join(".hidden")).unwrap();
    for name in ["z.prism", "a.prism", "b/inner.prism", ".hidden/no.prism", "ignored.prism", "notes.md"] {
        fs::write(path.join(name), GOOD).unwrap();
    }
    fs::write(path.join(".gitignore"), "ignored.prism\n").unwrap();
    let reports = Session::on_disk().check_all(&[&path, &path.join("a.prism")]);
    let names: Vec<_> =
        reports.iter().map(|report| report.source.name().strip_prefix(path.as_str()).unwrap()).collect();
    assert_eq!(names, ["/a.prism", "/b/inner.prism", "/z.prism"]);
}

#[test]
fn each_thing_that_keeps_a_file_from_being_read_has_its_code() {
    let (_guard, path) = folder();
    fs::write(path.join("binary.prism"), [0x7f, b'E', b'L', b'F', 0, 0xff]).unwrap();
    fs::write(path.join("latin.prism"), b"// caf\xe9\n").unwrap();
    fs::write(path.join("zero.prism"), b"// a\0b\n").unwrap();
    fs::create_dir(path.join("empty")).unwrap();
    let mut session = Session::on_disk();
    let mut problem = |name: &str| {
        let report = session.check_all(&[path.join(name)]).pop().unwrap();
        (codes(&report).join(","), report.problem.unwrap())
    };
    assert_eq!(problem("missing.prism").0, "P0001");
    assert_eq!(problem("empty").0, "P0004");
    let (code, found) = problem("binary.prism");
    assert_eq!(code, "P0003");
    assert!(matches!(found, FileProblem::NotText { binary: true, .. }), "{found:?}");
    let (code, found) = problem("latin.prism");
    assert_eq!(code, "P0003");
    assert!(matches!(found, FileProblem::NotText { binary: false, offset: 6, .. }), "{found:?}");
    assert_eq!(problem("zero.prism").0, "P0003");
}

#[test]
fn an_overlay_counts_until_it_is_taken_back() {
    let (_guard, path) = folder();
    let file = path.join("a.prism");
    fs::write(&file, GOOD).unwrap();
    let mut session = Session::on_disk();
    assert!(!session.check(&file).has_errors());
    session.set_text(&file, BAD);
    assert_eq!(codes(&session.check(&file)), ["P0201"]);
    assert_eq!(codes(&session.check_all(&[&path])[0]), ["P0201"]);
    session.remove_text(&file);
    assert!(!session.check(&file).has_errors());
}

#[test]
fn a_pattern_is_found_by_its_name_or_by_being_the_only_one() {
    let mut session = Session::in_memory();
    session.set_text("one.prism", GOOD);
    session.set_text("two.prism", format!("{GOOD}{}", GOOD.replace("pattern p", "pattern other")));
    session.set_text("none.prism", "type Label = string\n");
    assert_eq!(session.program("one.prism", None).unwrap().1, "p");
    assert_eq!(session.program("two.prism", Some("other")).unwrap().1, "other");
    let mut code = |file: &str, pattern: Option<&str>| match session.program(file, pattern) {
        Err(CompileError::Diagnostics(report)) => codes(&report).join(","),
        other => panic!("{other:?}"),
    };
    assert_eq!(code("two.prism", None), "P0007");
    assert_eq!(code("two.prism", Some("othr")), "P0007");
    assert_eq!(code("none.prism", None), "P0006");
    assert_eq!(code("nowhere.prism", None), "P0001");
}

/// Files that count how often they are read.
struct Counting(AtomicUsize);

impl Files for Counting {
    fn read(&self, _: &Utf8Path) -> Result<String, FileProblem> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(BAD.to_owned())
    }

    fn expand(&self, path: &Utf8Path) -> Result<Vec<Utf8PathBuf>, FileProblem> {
        Ok(vec![path.join("a.prism"), path.join("b.prism")])
    }
}

#[test]
fn files_come_from_wherever_the_session_is_told() {
    let files = Arc::new(Counting(AtomicUsize::new(0)));
    let mut session = Session::new(Arc::clone(&files) as Arc<dyn Files>);
    let reports = session.check_all(&["src"]);
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(FileReport::has_errors));
    assert_eq!(files.0.load(Ordering::Relaxed), 2);
}
