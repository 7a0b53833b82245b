use std::path::PathBuf;
use std::time::Duration;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::duration::parse_duration;

/// Coordinate agents with patterns that are checked before they run.
///
/// A pattern says which agents are asked, what runs side by side, how answers are combined, and how sure is sure
/// enough.
#[derive(Debug, Parser)]
#[command(name = "prismc", version, arg_required_else_help = true, disable_help_subcommand = true)]
#[command(after_help = "Examples:
  prismc check patterns/                  check every .prism file in a folder
  prismc run triage.prism --agents agents.toml --input '{\"text\": \"It crashes\"}'
  prismc ir triage.prism --text           see what a pattern compiles to
  prismc explain P0401                    say more about an error")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check files without running anything: exit code 0 when they are right, 1 when not, 2 for a wrong path
    Check(Check),
    /// Lay files out in the one style, and print which ones changed
    Fmt(Fmt),
    /// Run a pattern with agents, and print its result as JSON
    Run(Run),
    /// Print what a file compiles to
    Ir(Ir),
    /// Say more about an error or warning, with examples
    Explain(Explain),
    /// Speak the language server protocol with an editor
    Lsp(Lsp),
    /// Print a script that completes what you type, for a shell
    Completions(Completions),
    /// Print the manual page, or write one for each command into a folder
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, and folders with all the .prism files below them
    #[arg(value_name = "PATHS", default_value = ".")]
    pub(crate) paths: Vec<Utf8PathBuf>,
    /// How to say what was found: to people on standard error, or to a machine on standard output
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: CheckFormat,
    /// Make a diagnostic an error; `warnings` fails the check when there is one, and shows it as before
    #[arg(long, value_name = "CODE|SLUG|warnings", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,
    /// Make a diagnostic a warning
    #[arg(long, value_name = "CODE|SLUG", value_delimiter = ',')]
    pub(crate) warn: Vec<String>,
    /// Hide a diagnostic; errors of the language cannot be hidden
    #[arg(long, value_name = "CODE|SLUG", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
}

/// Prints a script that completes commands, options and their values.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prismc completions bash > ~/.local/share/bash-completion/completions/prismc
  prismc completions zsh > \"${fpath[1]}/_prismc\"
  prismc completions fish > ~/.config/fish/completions/prismc.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Prints the manual page.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  prismc man | man -l -                   read it
  prismc man --folder ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// Write a page for prismc and for each of its commands into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<Utf8PathBuf>,
}

/// Lays files out in the one style.
///
/// Files that do not change are not touched; files with mistakes in them are reported and left alone.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0 all files are formatted              1 with --check, a file would change; or one has mistakes in it
  2 a path that leads nowhere            70 a bug in Prism")]
pub(crate) struct Fmt {
    /// Files, and folders with all the .prism files below them
    #[arg(value_name = "PATHS", default_value = ".")]
    pub(crate) paths: Vec<Utf8PathBuf>,
    /// Write nothing, and fail where a file would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Format standard input to standard output
    #[arg(long, conflicts_with = "paths")]
    pub(crate) stdin: bool,
    /// Write nothing, and show what would change
    #[arg(long)]
    pub(crate) diff: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// With the lines around each mistake
    Human,
    /// One line each, as editors and grep read them
    Short,
    /// One JSON document
    Json,
    /// One JSON object a line, a summary in the last one
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// XML in the form of JUnit
    Junit,
}

/// Runs a pattern with agents.
///
/// The result is written to standard output as JSON, everything else to standard error.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0 completed          1 the pattern failed      2 wrong usage or path
  3 did not compile    4 the input was refused   5 not enough agents
  6 less sure than the pattern promises          7 cancelled
  8 the time was up    70 a bug in Prism")]
pub(crate) struct Run {
    /// The file, and the pattern in it where it has several
    #[arg(value_name = "FILE[:PATTERN]")]
    pub(crate) target: Utf8PathBuf,
    /// The pattern's input: JSON, @FILE for a file with JSON, - for standard input
    #[arg(long, value_name = "JSON|@FILE|-")]
    pub(crate) input: Option<String>,
    /// A file that lists agents: where they listen, or commands to start them
    #[arg(long, value_name = "FILE")]
    pub(crate) agents: Option<PathBuf>,
    /// A registry that knows agents
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) registry: Option<String>,
    /// Write what happens to standard error for programs, one JSON object a line
    #[arg(long, value_name = "FORMAT")]
    pub(crate) events: Option<EventFormat>,
    /// The longest that the run may take, such as 30s or 1h30m
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub(crate) timeout: Option<Duration>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EventFormat {
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Args)]
pub(crate) struct Ir {
    /// The file
    #[arg(value_name = "FILE")]
    pub(crate) file: Utf8PathBuf,
    /// A listing for people instead of JSON
    #[arg(long)]
    pub(crate) text: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code or name of a diagnostic, such as P0401 or ungated-use; all are listed without one
    #[arg(value_name = "CODE|SLUG")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Lsp {
    /// Talk over standard input and output, which is the only way there is
    #[arg(long)]
    pub(crate) stdio: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
