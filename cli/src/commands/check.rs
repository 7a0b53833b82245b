use camino::Utf8PathBuf;
use prism_compiler::{FileProblem, FileReport, LevelError, Levels, Session, Setting};
use prism_report::{CheckedFile, github, json, jsonl, junit, relative_path, sarif, short, summary};
use prism_runtime::ExitCode;

use crate::arguments::{Check, CheckFormat};
use crate::messages::{show_how_to_read_more, show_reports, show_unknown_diagnostic, show_usage};
use crate::terminal::{print_whole, tell};

/// The word that stands for all warnings where a diagnostic may be denied.
const WARNINGS: &str = "warnings";

/// 0 when every file is right, 1 when one is not, 2 when a path leads nowhere, a level cannot be set, or what was found cannot
/// be written.
pub(crate) fn run(check: &Check) -> u8 {
    let levels = match levels(check) {
        Ok(levels) => levels,
        Err(error) => {
            show_level_error(&error);
            return ExitCode::Usage as u8;
        }
    };
    let mut reports = Session::on_disk().check_all(&check.paths);
    for report in &mut reports {
        levels.apply(report);
    }
    if let Err(error) = show(check.format, &reports) {
        show_usage(&format!("what was found cannot be written: {error}"));
        return ExitCode::Usage as u8;
    }
    if reports.iter().any(leads_nowhere) {
        2
    } else {
        u8::from(reports.iter().any(|report| levels.fails(report)))
    }
}

/// The levels that the options ask for. Where several are about one diagnostic, the strictest counts.
fn levels(check: &Check) -> Result<Levels, LevelError> {
    let mut levels = Levels::default();
    let by_setting =
        [(Setting::Allow, &check.allow), (Setting::Warn, &check.warn), (Setting::Deny, &check.deny)];
    for (setting, names) in by_setting {
        for name in names {
            if setting == Setting::Deny && name == WARNINGS {
                levels.deny_warnings();
            } else {
                levels.set(name, setting)?;
            }
        }
    }
    Ok(levels)
}

fn show_level_error(error: &LevelError) {
    match error {
        LevelError::Unknown { name } if name == WARNINGS => {
            show_usage("only `--deny` takes `warnings`; name each one that is to be hidden or changed");
        }
        LevelError::Unknown { name } => show_unknown_diagnostic(name),
        LevelError::StopsCompilation { .. } => show_usage(&error.to_string()),
    }
}

/// Shows reports to people on standard error, or to a machine on standard output. Forms that hold no summary are
/// followed by one on standard error.
///
/// # Errors
/// Why standard output holds a part only.
fn show(format: CheckFormat, reports: &[FileReport]) -> std::io::Result<()> {
    let (layout, has_summary): (fn(&[CheckedFile<'_>]) -> String, bool) = match format {
        CheckFormat::Human => {
            show_reports(reports);
            show_summary(reports);
            show_how_to_read_more(reports);
            return Ok(());
        }
        CheckFormat::Short => (short, true),
        CheckFormat::Json => (json, true),
        CheckFormat::Jsonl => (jsonl, true),
        CheckFormat::Sarif => (sarif, false),
        CheckFormat::Github => (github, false),
        CheckFormat::Junit => (junit, false),
    };
    print_whole(&layout(&checked_files(reports)))?;
    if !has_summary {
        show_summary(reports);
    }
    Ok(())
}

fn show_summary(reports: &[FileReport]) {
    let files = reports.iter().filter(|report| !leads_nowhere(report)).count();
    tell!("{}", summary(files, reports.iter().flat_map(|report| &report.diagnostics)));
}

/// The reports under paths relative to the working directory, where there is one.
fn checked_files(reports: &[FileReport]) -> Vec<CheckedFile<'_>> {
    let here = std::env::current_dir().ok().and_then(|here| Utf8PathBuf::from_path_buf(here).ok());
    let here = here.unwrap_or_default();
    let checked = reports.iter().map(|report| CheckedFile {
        path: relative_path(report.source.name(), here.as_str()),
        source: &report.source,
        diagnostics: &report.diagnostics,
        exists: !leads_nowhere(report),
    });
    checked.collect()
}

fn leads_nowhere(report: &FileReport) -> bool {
    matches!(
        report.problem,
        Some(FileProblem::Missing { .. } | FileProblem::Empty { .. } | FileProblem::Unreadable { .. })
    )
}
