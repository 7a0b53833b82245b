use prism_diagnostics::{Diagnostic, SourceFile};

use crate::summary::Counts;

/// One file with what was found in it, as the formats for machines take it.
#[derive(Clone, Debug)]
pub struct CheckedFile<'a> {
    /// The path that is shown, with forward slashes: see [`relative_path`].
    pub path: String,
    /// The text that the spans are about; empty where it could not be read.
    pub source: &'a SourceFile,
    /// What was found, in the order of the text.
    pub diagnostics: &'a [Diagnostic],
    /// Whether the path leads to a file. One that leads nowhere is not counted among the files that were checked.
    pub exists: bool,
}

/// How many files were checked, and what was found in all of them.
pub(crate) fn counted(files: &[CheckedFile<'_>]) -> (usize, Counts) {
    let checked = files.iter().filter(|file| file.exists).count();
    (checked, Counts::of(files.iter().flat_map(|file| file.diagnostics)))
}

/// A path as machines want it: relative to a folder where it lies below it, and without `.` segments.
///
/// Both are paths with forward slashes; the folder is absolute. A path that lies elsewhere stays as it is.
///
/// ```
/// use prism_report::relative_path;
///
/// assert_eq!(relative_path("./a/./b.prism", "/projects/one"), "a/b.prism");
/// assert_eq!(relative_path("/projects/one/a.prism", "/projects/one"), "a.prism");
/// assert_eq!(relative_path("/projects/one-more/a.prism", "/projects/one"), "/projects/one-more/a.prism");
/// assert_eq!(relative_path("../a.prism", "/projects/one"), "../a.prism");
/// ```
pub fn relative_path(path: &str, folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    let below = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    let path = if folder.is_empty() { path } else { below.unwrap_or(path) };
    let root = if path.starts_with('/') { "/" } else { "" };
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty() && *segment != ".").collect();
    match segments.as_slice() {
        [] if root.is_empty() => ".".to_owned(),
        segments => format!("{root}{}", segments.join("/")),
    }
}
