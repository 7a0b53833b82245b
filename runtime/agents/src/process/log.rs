use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::text::shown;

/// How much of the end of a log is read, in bytes.
const TAIL_BYTES: u64 = 16 * 1024;
/// How many lines of it are shown.
const TAIL_LINES: usize = 10;
/// How much of a line is shown, in bytes.
const LINE_BYTES: usize = 400;

/// The file that the output of an agent goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentLog {
    path: PathBuf,
    /// Where this run's output begins in a file that was there before.
    begins: u64,
}

impl AgentLog {
    /// Opens a log to append to; only its owner may read it.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<(Self, File)> {
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
        let begins = file.metadata()?.len();
        Ok((Self { path: path.to_owned(), begins }, file))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its last lines, safe to show; none when there is nothing, or it cannot be read.
    pub fn last_lines(&self) -> Vec<String> {
        let Ok(tail) = self.tail() else { return Vec::new() };
        let lines: Vec<&str> = tail.lines().filter(|line| !line.trim().is_empty()).collect();
        let skipped = lines.len().saturating_sub(TAIL_LINES);
        lines.into_iter().skip(skipped).map(|line| shown(line, LINE_BYTES)).collect()
    }

    /// Its last lines as the end of a message.
    pub(super) fn ending(&self) -> String {
        let lines = self.last_lines();
        if lines.is_empty() {
            return "; it wrote nothing".to_owned();
        }
        format!("; the end of {}:\n  {}", self.path.display(), lines.join("\n  "))
    }

    fn tail(&self) -> io::Result<String> {
        let mut file = File::open(&self.path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES).max(self.begins)))?;
        let mut bytes = Vec::new();
        file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_end_of_a_log_is_shown_without_its_control_characters() {
        let folder = tempfile::tempdir().unwrap();
        let (log, mut file) = AgentLog::open(&folder.path().join("a.log")).unwrap();
        assert_eq!(log.ending(), "; it wrote nothing");
        for number in 0..5_000 {
            writeln!(file, "line {number}").unwrap();
        }
        file.write_all(b"\x1b[31mred\xFF\n\n").unwrap();
        let lines = log.last_lines();
        assert_eq!(lines.len(), 10);
        assert_eq!(lines[0], "line 4991");
        assert_eq!(lines[9], "\\u{1b}[31mred\u{fffd}");
        let (again, mut file) = AgentLog::open(log.path()).unwrap();
        assert_eq!(again.last_lines(), Vec::<String>::new(), "what an earlier run wrote is not this one's");
        writeln!(file, "again").unwrap();
        assert_eq!(again.last_lines(), ["again"]);
    }
}
