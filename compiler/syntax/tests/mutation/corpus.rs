//! The valid programs of the repository: files, and the blocks of the pages about the language.

use std::fs;
use std::path::{Path, PathBuf};

use prism_syntax::parse;

/// A program that has no mistake.
pub(crate) struct Source {
    /// Its path from the root of the repository, and for a block of a page its number on the page.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Where programs are kept.
const FOLDERS: [&str; 5] = ["benches", "compiler", "examples", "stdlib", "tests"];

/// All valid programs in the order of their names.
pub(crate) fn corpus() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in FOLDERS {
        gather(&root.join(folder), &mut paths);
    }
    let mut sources = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let relative = path.strip_prefix(&root).unwrap();
        let name: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let name = name.join("/");
        if name.ends_with(".md") {
            let blocks = blocks(&text).into_iter().enumerate();
            sources
                .extend(blocks.map(|(index, text)| Source { name: format!("{name}#{}", index + 1), text }));
        } else {
            sources.push(Source { name, text });
        }
    }
    sources.retain(|source| !source.text.trim().is_empty() && parse(&source.text).errors.is_empty());
    sources.sort_by(|first, second| first.name.cmp(&second.name));
    sources
}

/// Programs, and pages about the language.
fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target" && name != "node_modules") {
                gather(&path, paths);
            }
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        let page = path.components().any(|part| part.as_os_str() == "language");
        if extension == Some("prism") || (extension == Some("md") && page) {
            paths.push(path);
        }
    }
}

/// The blocks of a page that show whole files in which nothing is wrong.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in page.lines() {
        match &mut open {
            Some(_) if line.trim_end() == "```" => {
                blocks.extend(open.take().filter(|block| !block.contains("error:")));
            }
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
            None => {
                let mut words = line.strip_prefix("```").unwrap_or_default().split_whitespace();
                if words.next() == Some("prism") && words.all(|word| word != "fragment") {
                    open = Some(String::new());
                }
            }
        }
    }
    blocks
}
