use prism_compiler::Session;
use prism_runtime::ExitCode;

use crate::arguments::Ir;
use crate::messages::{show_compile_error, show_usage};
use crate::terminal::print;

/// Prints the IR document of a file.
pub(crate) fn run(ir: &Ir) -> u8 {
    let code = match Session::on_disk().compile(&ir.file) {
        Err(error) => show_compile_error(&error),
        Ok(document) if ir.text => {
            print(&prism_ir::listing(&document));
            ExitCode::Completed
        }
        Ok(document) => match serde_json::to_string_pretty(&document) {
            Ok(text) => {
                print(&format!("{text}\n"));
                ExitCode::Completed
            }
            Err(error) => {
                show_usage(&error.to_string());
                ExitCode::Internal
            }
        },
    };
    code as u8
}
