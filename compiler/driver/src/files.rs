use std::io::{ErrorKind, Read};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

/// The most bytes that a source file may have: 16 MiB.
const MAX_FILE: u64 = 16 << 20;

/// What keeps a file from being read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// There is no such file or folder.
    #[error("there is no file or folder `{path}`")]
    Missing {
        /// The path as it was given.
        path: String,
    },
    /// It is there, but cannot be read.
    #[error("`{path}` cannot be read: {reason}")]
    Unreadable {
        /// The path.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Its bytes are no text.
    #[error("`{path}` is not a text file: byte {offset} is not UTF-8")]
    NotText {
        /// The path.
        path: String,
        /// The first byte that is wrong, from 0.
        offset: usize,
        /// Whether it has zero bytes, as only binary files do.
        binary: bool,
    },
    /// A folder without `.prism` files.
    #[error("`{path}` holds no `.prism` file")]
    Empty {
        /// The folder.
        path: String,
    },
    /// It is larger than the compiler takes.
    #[error("`{path}` is larger than 16 MiB")]
    TooLarge {
        /// The path.
        path: String,
    },
}

/// Where source files come from. Everything below the driver sees texts only.
pub trait Files: Send + Sync {
    /// The text of a file.
    ///
    /// # Errors
    /// A [`FileProblem`] that names the path.
    fn read(&self, path: &Utf8Path) -> Result<String, FileProblem>;

    /// The files that a path stands for: itself, or the `.prism` files of a folder and those below it, sorted;
    /// hidden and ignored ones are left out.
    ///
    /// # Errors
    /// A [`FileProblem`] for a path that is not there, and for a folder without any.
    fn expand(&self, path: &Utf8Path) -> Result<Vec<Utf8PathBuf>, FileProblem>;
}

/// The files of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn read(&self, path: &Utf8Path) -> Result<String, FileProblem> {
        let metadata = std::fs::metadata(path).map_err(|error| problem(path, &error))?;
        if metadata.is_dir() {
            let reason = "it is a folder".to_owned();
            return Err(FileProblem::Unreadable { path: path.to_string(), reason });
        }
        if metadata.len() > MAX_FILE {
            return Err(FileProblem::TooLarge { path: path.to_string() });
        }
        let mut bytes = Vec::new();
        // What is no ordinary file may go on without end, whatever length it states.
        let file = std::fs::File::open(path).map_err(|error| problem(path, &error))?;
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| problem(path, &error))?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(FileProblem::TooLarge { path: path.to_string() });
        }
        let binary = bytes.contains(&0);
        let text = String::from_utf8(bytes).map_err(|error| FileProblem::NotText {
            path: path.to_string(),
            offset: error.utf8_error().valid_up_to(),
            binary,
        })?;
        match text.find('\0') {
            Some(offset) => Err(FileProblem::NotText { path: path.to_string(), offset, binary }),
            None => Ok(text),
        }
    }

    fn expand(&self, path: &Utf8Path) -> Result<Vec<Utf8PathBuf>, FileProblem> {
        let metadata = std::fs::metadata(path).map_err(|error| problem(path, &error))?;
        if !metadata.is_dir() {
            return Ok(vec![plain(path)]);
        }
        let mut found = Vec::new();
        for entry in WalkBuilder::new(path).follow_links(false).require_git(false).build() {
            let entry = entry.map_err(|error| {
                let reason = error.to_string();
                FileProblem::Unreadable { path: path.to_string(), reason }
            })?;
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if let (true, Ok(file)) = (is_file, Utf8PathBuf::from_path_buf(entry.into_path()))
                && file.extension() == Some("prism")
            {
                found.push(plain(&file));
            }
        }
        found.sort();
        if found.is_empty() { Err(FileProblem::Empty { path: path.to_string() }) } else { Ok(found) }
    }
}

/// Without a `./` in front, so that a file has one name however it was reached.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

fn problem(path: &Utf8Path, error: &std::io::Error) -> FileProblem {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileProblem::Missing { path: path.to_string() },
        ErrorKind::PermissionDenied => {
            let reason = "permission denied".to_owned();
            FileProblem::Unreadable { path: path.to_string(), reason }
        }
        _ => FileProblem::Unreadable { path: path.to_string(), reason: error.to_string() },
    }
}
