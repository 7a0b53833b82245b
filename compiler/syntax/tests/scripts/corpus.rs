//! The scripts on the disk.

use std::path::{Path, PathBuf};

use prism_diagnostics::SourceFile;
use prism_syntax::{Parse, SyntaxError, diagnostic, parse};

/// A file with what became of it.
pub(crate) struct Script {
    /// The path below `tests/scripts`, with `/`.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) parse: Parse,
}

impl Script {
    /// Whether the file stands in the folder of modules.
    pub(crate) fn is_module(&self) -> bool {
        self.name.starts_with("modules/")
    }

    /// File, line, column, code and message of a mistake.
    pub(crate) fn describe(&self, error: &SyntaxError) -> String {
        let file = SourceFile::new(self.name.as_str(), self.text.as_str());
        let diagnostic = diagnostic(error, &self.text);
        let at = file.line_column(diagnostic.primary.span.start);
        format!("{}:{}:{} {} {}", self.name, at.line, at.column, diagnostic.code, diagnostic.message)
    }
}

/// The folder of the scripts.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scripts")
}

/// All scripts and modules in the order of their names.
pub(crate) fn scripts() -> Vec<Script> {
    let mut found = Vec::new();
    for (folder, prefix) in [(folder(), ""), (folder().join("modules"), "modules/")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "prism") {
                let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
                let text = std::fs::read_to_string(&path).unwrap();
                found.push(Script { name, parse: parse(&text), text });
            }
        }
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    found
}
