use std::io::{IsTerminal, Write};

use anstream::ColorChoice;

/// Whether standard error may be coloured: on a terminal, unless `NO_COLOR` says otherwise, and wherever
/// `CLICOLOR_FORCE` wants it.
pub(crate) fn colour() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

/// Whether standard output may be coloured, by the same rules.
pub(crate) fn colour_output() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// Whether somebody watches standard error live.
pub(crate) fn is_live() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Writes a line to standard error. Where it cannot be written, there is nobody to tell.
pub(crate) fn write_line(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// As `eprintln!`, which would panic where standard error is a full disk or a reader that went away.
macro_rules! tell {
    ($($line:tt)*) => { $crate::terminal::write_line(format_args!($($line)*)) };
}
pub(crate) use tell;

/// Writes to standard output. What cannot be written is lost: there is nobody to read it.
pub(crate) fn print(text: &str) {
    let _ = print_whole(text);
}

/// Writes to standard output what is useless in part. A reader that went away, as `head` does, is no reason to complain.
///
/// # Errors
/// What the system says, such as that the disk is full.
pub(crate) fn print_whole(text: &str) -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
