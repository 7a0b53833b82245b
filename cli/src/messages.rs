//! Failures in words, for standard error.

use camino::Utf8Path;
use prism_catalog::{DiagnosticCode, FailureCode};
use prism_compiler::{CompileError, FileProblem, FileReport, nearest};
use prism_report::{human, visible_line, visible_text};
use prism_runtime::ExitCode;
use prism_runtime::ports::Failure;

use crate::terminal::{colour, is_live, tell};

/// Shows what is wrong with files.
pub(crate) fn show_reports<'a>(reports: impl IntoIterator<Item = &'a FileReport>) {
    for report in reports {
        if !report.diagnostics.is_empty() {
            tell!("{}", human(&report.source, &report.diagnostics, colour()));
        }
    }
}

/// Shows why there is nothing to run, and says how to exit.
pub(crate) fn show_compile_error(error: &CompileError) -> ExitCode {
    match error {
        CompileError::Diagnostics(report) => {
            let mut errors = report.clone();
            errors.diagnostics.retain(prism_compiler::Diagnostic::is_error);
            show_reports([&errors]);
            let usage = DiagnosticCode::UnknownPattern.code();
            let asks_for_another = report.diagnostics.iter().any(|diagnostic| diagnostic.code == usage);
            match &report.problem {
                Some(FileProblem::NotText { .. } | FileProblem::TooLarge { .. }) => ExitCode::NotCompiled,
                Some(_) => ExitCode::Usage,
                None if asks_for_another => ExitCode::Usage,
                None => ExitCode::NotCompiled,
            }
        }
        CompileError::Internal(error) => {
            show_line(DiagnosticCode::InternalError.code(), &error.to_string());
            ExitCode::Internal
        }
    }
}

/// Shows a failure with where it happened, what led to it, and what to do.
pub(crate) fn show_failure(failure: &Failure) {
    show_line(&failure.code, &failure.message);
    if let Some(node) = &failure.node {
        tell!("   in {}", visible_line(node.as_str()));
    }
    if let Some(agent) = &failure.agent
        && !failure.message.contains(agent.as_str())
    {
        tell!("   agent {}", visible_line(agent));
    }
    let mut cause = failure.cause.as_deref();
    for _ in 0..8 {
        let Some(next) = cause else { break };
        tell!("   because [{}] {}", visible_line(&next.code), visible_line(&next.message));
        cause = next.cause.as_deref();
    }
    if let (Some(FailureCode::PatternFailed), Some(details)) = (failure.known_code(), &failure.details) {
        tell!("   details {}", visible_line(&details.to_string()));
    }
    if let Some(help) = failure.known_code().and_then(help) {
        tell!("   help: {help}");
    }
}

/// Shows a mistake in how the command was used.
pub(crate) fn show_usage(message: &str) {
    show_line("usage", message);
}

/// Says how to read more about the first error, where somebody watches.
pub(crate) fn show_how_to_read_more(reports: &[FileReport]) {
    let mut diagnostics = reports.iter().flat_map(|report| &report.diagnostics);
    if let Some(first) = diagnostics.find(|diagnostic| diagnostic.is_error())
        && is_live()
    {
        tell!("for more about an error: prismc explain {}", visible_line(&first.code));
    }
}

/// Shows that there is no diagnostic of a name, with the nearest that there is.
pub(crate) fn show_unknown_diagnostic(name: &str) {
    show_usage(&format!("there is no diagnostic `{}`", visible_line(name)));
    let names = DiagnosticCode::ALL.iter().flat_map(|row| [row.code(), row.slug()]);
    if let Some(near) = nearest(name, names) {
        tell!("   help: did you mean `{near}`?");
    }
    tell!("   help: `prismc explain` lists all of them");
}

/// Manual pages that could not be made.
pub(crate) fn show_unwritten_pages(folder: Option<&Utf8Path>, error: &std::io::Error) {
    let folder = folder.map_or_else(String::new, |folder| format!(" to `{}`", visible_line(folder.as_str())));
    show_usage(&format!("the manual pages cannot be written{folder}: {error}"));
}

fn show_line(code: &str, message: &str) {
    let (start, end) = if colour() { ("\u{1b}[31m", "\u{1b}[0m") } else { ("", "") };
    tell!("{start}[{}] error{end}: {}", visible_line(code), visible_text(message).trim_end());
}

fn help(code: FailureCode) -> Option<&'static str> {
    match code {
        FailureCode::AgentsNone => Some(
            "name agents with `--agents FILE`, or a registry that knows some with `--registry HOST:PORT`",
        ),
        FailureCode::InputMismatch => {
            Some("give the input with `--input JSON`, `--input @FILE` or `--input -`")
        }
        FailureCode::BudgetCalls | FailureCode::BudgetCost | FailureCode::BudgetTime => {
            Some("raise the limit in the pattern's `budget`, or ask fewer agents")
        }
        FailureCode::ConfidenceBelowPromise => {
            Some("ask more or better agents, or promise less in the pattern's `confidence` section")
        }
        FailureCode::RunTimeout => Some("give it more time with `--timeout`"),
        FailureCode::Internal => Some("this is a bug in Prism; please report it"),
        _ => None,
    }
}
