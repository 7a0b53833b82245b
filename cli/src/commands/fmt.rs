use std::io::{Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use prism_compiler::{DiskFiles, FileProblem, FileReport, Formatted, format_files, format_text};
use prism_report::{relative_path, visible_line};
use prism_runtime::ExitCode;
use similar::TextDiff;

use crate::arguments::Fmt;
use crate::messages::{show_reports, show_usage};
use crate::terminal::{print, tell};

/// What a text from standard input is called.
const INPUT: &str = "<stdin>";

/// As much of standard input as is read: one byte more than a file may have, so that longer ones are refused.
const MAX_INPUT: u64 = (16 << 20) + 1;

/// What became of the files, and the worst exit code.
#[derive(Default)]
struct Tally {
    changed: usize,
    kept: usize,
    failed: usize,
    code: u8,
}

impl Tally {
    fn fail(&mut self, code: ExitCode) {
        self.failed += 1;
        self.code = self.code.max(code as u8);
    }
}

/// 0 when all is well, 1 when a file cannot be read as Prism or `--check` finds one that would change, 2 for a path
/// that leads nowhere or cannot be written.
pub(crate) fn run(fmt: &Fmt) -> u8 {
    if fmt.stdin {
        return standard_input(fmt);
    }
    let mut tally = Tally::default();
    for (path, formatted) in format_files(&DiskFiles, &fmt.paths) {
        one(fmt, &path, &formatted, &mut tally);
    }
    summarize(fmt, &tally);
    tally.code
}

fn one(fmt: &Fmt, path: &Utf8Path, formatted: &Formatted, tally: &mut Tally) {
    match formatted {
        Formatted::Unchanged => tally.kept += 1,
        Formatted::Changed { source, text } => {
            let name = relative(path);
            if !fmt.check
                && !fmt.diff
                && let Err(error) = DiskFiles.replace(path, text)
            {
                show_usage(&format!("`{}` cannot be written: {error}", visible_line(&name)));
                return tally.fail(ExitCode::Usage);
            }
            tally.changed += 1;
            if fmt.check {
                tally.code = tally.code.max(1);
            }
            if fmt.diff {
                print(&difference(&name, source.text(), text));
            } else {
                print(&format!("{}\n", visible_line(&name)));
            }
        }
        Formatted::Unreadable(report) => {
            show_reports([report]);
            tally.fail(if leads_nowhere(report) { ExitCode::Usage } else { ExitCode::Failed });
        }
        Formatted::Refused(report) => {
            show_reports([report]);
            tally.fail(ExitCode::Internal);
        }
    }
}

/// Formats standard input to standard output.
fn standard_input(fmt: &Fmt) -> u8 {
    let mut text = String::new();
    if let Err(error) = std::io::stdin().lock().take(MAX_INPUT).read_to_string(&mut text) {
        show_usage(&format!("standard input cannot be read: {error}"));
        return ExitCode::Usage as u8;
    }
    let formatted = format_text(INPUT, text.clone());
    match &formatted {
        Formatted::Unchanged if !fmt.check && !fmt.diff => whole(&text),
        Formatted::Changed { text, .. } if !fmt.check && !fmt.diff => whole(text),
        formatted => {
            let mut tally = Tally::default();
            one(fmt, Utf8Path::new(INPUT), formatted, &mut tally);
            tally.code
        }
    }
}

/// Writes a text to standard output. An editor puts it in the place of its own, so that half of it is a failure.
fn whole(text: &str) -> u8 {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::Completed as u8,
        Err(error) => {
            show_usage(&format!("standard output cannot be written: {error}"));
            ExitCode::Usage as u8
        }
    }
}

fn relative(path: &Utf8Path) -> String {
    let here = std::env::current_dir().ok().and_then(|here| Utf8PathBuf::from_path_buf(here).ok());
    relative_path(path.as_str(), here.unwrap_or_default().as_str())
}

/// What changes, as `patch` reads it.
fn difference(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

fn summarize(fmt: &Fmt, tally: &Tally) {
    let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let done = if fmt.check || fmt.diff { "would be formatted" } else { "formatted" };
    let mut said = format!("{} {done}", files(tally.changed));
    if tally.kept > 0 {
        said.push_str(&format!(", {} as it should be", files(tally.kept)));
    }
    if tally.failed > 0 {
        said.push_str(&format!(", {} left alone", files(tally.failed)));
    }
    tell!("{said}");
}

fn leads_nowhere(report: &FileReport) -> bool {
    matches!(
        report.problem,
        Some(FileProblem::Missing { .. } | FileProblem::Empty { .. } | FileProblem::Unreadable { .. })
    )
}
