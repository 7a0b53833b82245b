use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::error::AgentProcessError;

/// A command that is ready to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentCommand {
    /// The agent's id.
    pub id: String,
    /// The program, found.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// The variables that it gets, all of them.
    pub environment: Vec<(String, OsString)>,
    /// Where it runs.
    pub folder: PathBuf,
    /// Where its output goes.
    pub log: PathBuf,
}

/// Finds the program of a command.
///
/// A name with a `/` is a path, relative to `folder`. Another name is looked for in the folders of `search`, in that
/// of the running program, and in those of PATH, in this order.
///
/// # Errors
/// [`AgentProcessError::NotFound`] with the places that were looked at.
pub fn find_program(
    agent: &str,
    name: &str,
    folder: &Path,
    search: &[PathBuf],
) -> Result<PathBuf, AgentProcessError> {
    let candidates: Vec<PathBuf> = if name.contains('/') {
        vec![folder.join(name)]
    } else {
        let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path: Vec<_> = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
        search.iter().cloned().chain(beside).chain(on_path).map(|folder| folder.join(name)).collect()
    };
    // A relative path would be looked up from the folder that the command runs in.
    match candidates.iter().find(|candidate| is_program(candidate)) {
        Some(found) => Ok(std::path::absolute(found).unwrap_or_else(|_| found.clone())),
        None => Err(AgentProcessError::NotFound {
            agent: agent.to_owned(),
            program: name.to_owned(),
            looked_at: candidates,
        }),
    }
}

fn is_program(path: &Path) -> bool {
    std::fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_where_the_file_says_first() {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join("bin");
        std::fs::create_dir(&bin).unwrap();
        let program = bin.join("sh");
        std::fs::write(&program, "#!/bin/sh\n").unwrap();
        let search = [bin.clone()];
        let find = |name: &str| find_program("a", name, folder.path(), &search);
        assert_ne!(find("sh").unwrap(), program, "a file that is not executable is no program");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(find("sh").unwrap(), program);
        assert_eq!(find("bin/sh").unwrap(), program);
        assert_eq!(find("./bin/sh").unwrap(), folder.path().join("./bin/sh"));
        assert_eq!(find("/bin/sh").unwrap(), Path::new("/bin/sh"));
        let Err(AgentProcessError::NotFound { looked_at, .. }) = find("no-such-program") else {
            panic!("found a program that is not there")
        };
        assert_eq!(looked_at[0], bin.join("no-such-program"));
        assert!(looked_at.len() > 2);
        assert!(find("./no-such-program").is_err());
        assert!(find("bin").is_err(), "a folder is no program");
    }
}
