use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::console::show;
use crate::repository::tracked_files;

/// Above this many lines a source file is refused.
const REFUSED: usize = 900;
/// Above this many lines a source file is worth a second look.
const REMARKABLE: usize = 600;

/// Lists the Rust files that are remarkably long, and says whether none is longer than allowed.
pub(crate) fn check_file_sizes(root: &Path) -> Result<bool> {
    let mut sizes = Vec::new();
    for path in tracked_files(root)?.into_iter().filter(|path| path.ends_with(".rs")) {
        let text = fs::read_to_string(root.join(&path)).with_context(|| format!("cannot read {path}"))?;
        sizes.push((text.lines().count(), path));
    }
    sizes.sort_unstable_by(|left, right| right.cmp(left));
    for (lines, path) in sizes.iter().take_while(|(lines, _)| *lines > REMARKABLE) {
        let remark = if *lines > REFUSED { "refused: split it" } else { "long: does it do one thing?" };
        show(&format!("{path}: {lines} lines, {remark}"));
    }
    if let Some((median, _)) = sizes.get(sizes.len() / 2) {
        show(&format!("{} Rust files, median {median} lines", sizes.len()));
    }
    Ok(sizes.iter().all(|(lines, _)| *lines <= REFUSED))
}
