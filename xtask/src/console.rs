use std::io::{self, Write};

/// Writes a line to standard error, where everything goes that is not a result.
pub(crate) fn say(line: &str) {
    // A reader that has closed the pipe is no reason to stop a run of checks half-way.
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes a line to standard output.
pub(crate) fn show(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
