use prism_catalog::DiagnosticCode;
use prism_report::{explain, explanations};
use prism_runtime::ExitCode;

use crate::arguments::Explain;
use crate::messages::show_unknown_diagnostic;
use crate::terminal::{colour_output, print};

/// Prints the page about a diagnostic, or the list of all.
pub(crate) fn run(wanted: &Explain) -> u8 {
    let Some(name) = &wanted.name else {
        print(&explanations(colour_output()));
        return ExitCode::Completed as u8;
    };
    match DiagnosticCode::find(&name.to_lowercase()) {
        Some(code) => {
            print(&explain(code, colour_output()));
            ExitCode::Completed as u8
        }
        None => {
            show_unknown_diagnostic(name);
            ExitCode::Usage as u8
        }
    }
}
