use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// How often another name is tried when one is taken.
const ATTEMPTS: u32 = 100;

/// The folder of a run's logs. One that we made up is removed at the end, unless somebody may want to read the logs.
#[derive(Debug)]
pub(crate) struct RunFolder {
    path: PathBuf,
    temporary: bool,
    kept: AtomicBool,
}

impl RunFolder {
    /// That folder, made if need be; a new one for temporary files when absent.
    pub(crate) fn new(wanted: Option<&Path>) -> io::Result<Self> {
        let mut private = DirBuilder::new();
        private.mode(0o700);
        let (path, temporary) = match wanted {
            Some(path) => {
                private.recursive(true).create(path)?;
                (path.to_owned(), false)
            }
            None => (fresh(&private)?, true),
        };
        // Started commands run elsewhere.
        Ok(Self { path: std::path::absolute(path)?, temporary, kept: AtomicBool::new(false) })
    }

    /// The log file of an agent. The position in the agents file keeps apart ids that look alike as file names.
    pub(crate) fn log(&self, position: usize, agent: &str) -> PathBuf {
        let safe = |letter: char| {
            if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '_' }
        };
        let name: String = agent.chars().take(80).map(safe).collect();
        self.path.join(format!("{position}-{name}.log"))
    }

    /// Leaves the folder where it is.
    pub(crate) fn keep(&self) {
        self.kept.store(true, Ordering::Relaxed);
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        if self.temporary && !self.kept.load(Ordering::Relaxed) {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// A folder that nobody had before us: making it fails when the name is taken, also by a link.
fn fresh(builder: &DirBuilder) -> io::Result<PathBuf> {
    let parent = std::env::temp_dir();
    let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().subsec_nanos();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..ATTEMPTS {
        let path = parent.join(format!("prism-agents-{}-{nanoseconds:x}-{attempt}", std::process::id()));
        match builder.create(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_temporary_folder_is_private_and_goes_unless_it_is_kept() {
        let folder = RunFolder::new(None).unwrap();
        let path = folder.path.clone();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        let other = RunFolder::new(None).unwrap();
        assert_ne!(other.path, path);
        other.keep();
        let kept = other.path.clone();
        drop((folder, other));
        assert!(!path.exists());
        assert!(kept.exists());
        std::fs::remove_dir(kept).unwrap();
    }

    #[test]
    fn a_folder_that_was_asked_for_stays() {
        let parent = tempfile::tempdir().unwrap();
        let wanted = parent.path().join("a/b");
        drop(RunFolder::new(Some(&wanted)).unwrap());
        assert!(wanted.exists());
    }

    #[test]
    fn ids_do_not_leave_the_folder() {
        let folder = RunFolder::new(None).unwrap();
        assert_eq!(folder.log(3, "../x y"), folder.path.join("3-.._x_y.log"));
    }
}
