use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::console::show;
use crate::repository::tracked_files;

/// First folders of paths that exist on one person's machine only. They are spelled without their slashes, so that
/// this file does not find itself.
const PERSONAL_FOLDERS: &[&str] = &["home", "root", "Users", "work"];

/// Lists the places where a tracked text file names a path of somebody's machine, and says whether there is none.
pub(crate) fn check_machine_paths(root: &Path) -> Result<bool> {
    let mut clean = true;
    for path in tracked_files(root)? {
        // What is not text names no paths that somebody typed.
        let Ok(text) = fs::read_to_string(root.join(&path)) else { continue };
        for (index, line) in text.lines().enumerate() {
            if let Some(found) = machine_path(line) {
                show(&format!("{path}:{}: names a path of one machine: {found}", index + 1));
                clean = false;
            }
        }
    }
    Ok(clean)
}

/// The first path in the line that starts in a personal folder.
fn machine_path(line: &str) -> Option<&str> {
    line.match_indices('/').find_map(|(start, _)| {
        let before = line.get(..start)?.chars().next_back();
        let continues =
            before.is_some_and(|letter| letter.is_alphanumeric() || "._-/~)}]*<>".contains(letter));
        let rest = line.get(start + 1..)?;
        let (folder, _) = rest.split_once('/')?;
        if continues || !PERSONAL_FOLDERS.contains(&folder) {
            return None;
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || "\"'`)>".contains(letter));
        line.get(start..end.map_or(line.len(), |end| start + 1 + end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path under a personal folder, put together so that the check does not find it in this file.
    fn personal(folder: &str) -> String {
        format!("/{folder}/ada/prism.toml")
    }

    #[test]
    fn personal_paths_are_found() {
        for folder in PERSONAL_FOLDERS {
            let path = personal(folder);
            assert_eq!(machine_path(&format!("see `{path}` there")), Some(path.as_str()));
            assert_eq!(machine_path(&path), Some(path.as_str()));
        }
    }

    #[test]
    fn relative_paths_and_addresses_are_not() {
        for prefix in ["docs", "https://example.org", "..", "{root}", "$ROOT"] {
            assert_eq!(machine_path(&format!("{prefix}{}", personal("home"))), None, "{prefix}");
        }
        assert_eq!(machine_path("/usr/bin/env bash"), None);
        assert_eq!(machine_path("input/output and a /"), None);
    }
}
