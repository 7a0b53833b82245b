use camino::Utf8PathBuf;
use prism_compiler::{FileProblem, FileReport, Session};
use prism_report::{CheckedFile, github, json, jsonl, junit, relative_path, sarif, short, summary};

use crate::arguments::{Check, CheckFormat};
use crate::messages::{show_how_to_read_more, show_reports};
use crate::terminal::{print, tell};

/// 0 when every file is right, 1 when one is not, 2 when a path leads nowhere.
pub(crate) fn run(check: &Check) -> u8 {
    let reports = Session::on_disk().check_all(&check.paths);
    show(check.format, &reports);
    if reports.iter().any(leads_nowhere) { 2 } else { u8::from(reports.iter().any(FileReport::has_errors)) }
}

/// Shows reports to people on standard error, or to a machine on standard output. Forms that hold no summary are
/// followed by one on standard error.
fn show(format: CheckFormat, reports: &[FileReport]) {
    let (layout, has_summary): (fn(&[CheckedFile<'_>]) -> String, bool) = match format {
        CheckFormat::Human => {
            show_reports(reports);
            show_summary(reports);
            return show_how_to_read_more(reports);
        }
        CheckFormat::Short => (short, true),
        CheckFormat::Json => (json, true),
        CheckFormat::Jsonl => (jsonl, true),
        CheckFormat::Sarif => (sarif, false),
        CheckFormat::Github => (github, false),
        CheckFormat::Junit => (junit, false),
    };
    print(&layout(&checked_files(reports)));
    if !has_summary {
        show_summary(reports);
    }
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
