use prism_runtime::ExitCode;

use crate::arguments::Lsp;
use crate::messages::show_usage;

/// Serves an editor until it says goodbye.
pub(crate) fn run(lsp: &Lsp) -> u8 {
    if !lsp.stdio {
        show_usage("say `prismc lsp --stdio`; an editor does so by itself");
        return ExitCode::Usage as u8;
    }
    match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => {
            runtime.block_on(prism_lsp::serve_stdio());
            // Reading standard input blocks a thread that nothing can wake.
            runtime.shutdown_background();
            ExitCode::Completed as u8
        }
        Err(error) => {
            show_usage(&format!("the language server cannot start: {error}"));
            ExitCode::Internal as u8
        }
    }
}
