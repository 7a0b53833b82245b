use std::io::{IsTerminal, Write};

use anstream::ColorChoice;

/// Whether standard error may be coloured: on a terminal, unless `NO_COLOR` says otherwise, and wherever
/// `CLICOLOR_FORCE` wants it.
pub(crate) fn colour() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

/// Whether somebody watches standard error live.
pub(crate) fn is_live() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// JSON that is safe to show: what a terminal could take for a command, or for a change of the direction of writing, is
/// escaped. Outside of strings JSON holds none of it, so the meaning stays the same.
pub(crate) fn visible_json(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => visible.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => visible.push(letter),
        }
    }
    visible
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

/// Writes to standard output. A reader that went away, as `head` does, is no reason to complain.
pub(crate) fn print(text: &str) {
    let mut output = std::io::stdout().lock();
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_means_the_same_and_commands_nothing() {
        let said = serde_json::json!({ "a": "\u{9b}31m \u{7f} \u{202e}x\u{2066} \u{1b}[2J é" });
        let text = visible_json(&serde_json::to_string_pretty(&said).unwrap());
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{2066}']), "{text}");
        assert!(text.contains('é'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), said);
    }
}
