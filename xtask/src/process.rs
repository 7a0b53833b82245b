use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

use crate::console::{say, show};

/// The command as somebody could type it, with quotes where a shell needs them.
pub(crate) fn command_line(command: &Command) -> String {
    let settings = command.get_envs().filter_map(|(name, value)| {
        Some(format!("{}={}", name.to_string_lossy(), quoted(&value?.to_string_lossy())))
    });
    let words = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()));
    settings.chain(words).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,@%+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Announces and runs a command in the terminal that xtask itself has.
pub(crate) fn run(command: &mut Command) -> Result<ExitStatus> {
    let line = command_line(command);
    say(&format!("$ {line}"));
    command.status().with_context(|| format!("cannot start `{line}`"))
}

/// Announces and runs a command, passes its standard output on line by line and shows each line to `observe`.
pub(crate) fn run_observed(command: &mut Command, mut observe: impl FnMut(&str)) -> Result<ExitStatus> {
    let line = command_line(command);
    say(&format!("$ {line}"));
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start `{line}`"))?;
    let output = child.stdout.take().context("a child without standard output")?;
    let mut reader = BufReader::new(output);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes)? > 0 {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches(['\n', '\r']);
        show(text);
        observe(text);
        bytes.clear();
    }
    child.wait().with_context(|| format!("cannot wait for `{line}`"))
}

/// Where a program lies on the PATH.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| is_executable(candidate))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_can_be_pasted_into_a_shell() {
        let mut command = Command::new("prismc");
        command.args(["run", "a b.prism", "--input", r#"{"text":"it's"}"#]).env("NO_COLOR", "1");
        assert_eq!(
            command_line(&command),
            r#"NO_COLOR=1 prismc run 'a b.prism' --input '{"text":"it'\''s"}'"#
        );
    }

    #[test]
    fn observed_output_arrives_line_by_line_with_the_exit_status() {
        let mut lines = Vec::new();
        let mut command = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        let status = run_observed(command.arg("--version"), |line| lines.push(line.to_owned())).unwrap();
        assert!(status.success());
        assert!(lines.iter().any(|line| line.starts_with("cargo ")), "{lines:?}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_not_found() {
        assert_eq!(find_program("no-program-has-this-name"), None);
        assert!(find_program("cargo").is_some());
    }
}
