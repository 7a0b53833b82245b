//! The texts that the front end is measured on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{BenchError, generate};

/// One megabyte of the generator's text, the same in every run.
pub fn generated() -> Vec<String> {
    vec![generate::program(1 << 20, 1)]
}

/// What people write: the scripts of `tests/scripts` and the programs of `examples`, in the order of their paths.
///
/// # Errors
///
/// If a folder or a file cannot be read.
pub fn scripts() -> Result<Vec<String>, BenchError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    for folder in ["examples", "tests/scripts"] {
        collect(&root.join(folder), &mut paths)?;
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            fs::read_to_string(&path)
                .map_err(|source| BenchError::Corpus { path: path.display().to_string(), source })
        })
        .collect()
}

/// Adds the Prism files below a folder.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), BenchError> {
    let unreadable = |source| BenchError::Corpus { path: folder.display().to_string(), source };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "prism") {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_scripts() {
        let texts = scripts().unwrap();
        assert!(texts.iter().any(|text| text.contains("pattern triage")));
        assert!(texts.len() > 2, "only {} files", texts.len());
    }
}
