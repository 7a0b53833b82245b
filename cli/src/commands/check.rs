use prism_compiler::{FileProblem, FileReport, Session};
use prism_report::summary;

use crate::arguments::Check;
use crate::messages::show_reports;
use crate::terminal::tell;

/// 0 when every file is right, 1 when one is not, 2 when a path leads nowhere.
pub(crate) fn run(check: &Check) -> u8 {
    let reports = Session::on_disk().check_all(&check.paths);
    show_reports(&reports);
    let files = reports.iter().filter(|report| !leads_nowhere(report)).count();
    tell!("{}", summary(files, reports.iter().flat_map(|report| &report.diagnostics)));
    if reports.iter().any(leads_nowhere) { 2 } else { u8::from(reports.iter().any(FileReport::has_errors)) }
}

fn leads_nowhere(report: &FileReport) -> bool {
    matches!(
        report.problem,
        Some(FileProblem::Missing { .. } | FileProblem::Empty { .. } | FileProblem::Unreadable { .. })
    )
}
