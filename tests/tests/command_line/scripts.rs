//! The scripts in `tests/scripts`: all of them are right, so none may be called wrong.

use std::path::PathBuf;
use std::process::Command;

use crate::process::prismc;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scripts")
}

/// Every script, those of the modules too.
fn scripts() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [folder(), folder().join("modules")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "prism"))
        .collect();
    found.sort();
    found
}

#[test]
fn no_script_has_an_error() {
    let scripts = scripts();
    assert!(scripts.iter().any(|path| path.ends_with("modules/voting.prism")), "{scripts:?}");
    let mut wrong = String::new();
    for script in &scripts {
        let checked = Command::new(prismc()).arg("check").arg(script).output().unwrap();
        let told = String::from_utf8(checked.stderr).unwrap();
        if checked.status.code() != Some(0) || told.contains("] error") {
            wrong.push_str(&format!("{}: {}\n{told}\n", script.display(), checked.status));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
