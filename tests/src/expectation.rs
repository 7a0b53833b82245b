/// A diagnostic that a comment in a block announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The line of the block on which it is reported, from 0.
    pub line: usize,
    /// `error`, `warning` or `hint`.
    pub level: String,
    /// The code, such as `P0401`.
    pub code: String,
    /// A part of its message.
    pub message: String,
}

/// The levels, as comments name them.
const LEVELS: [&str; 3] = ["error", "warning", "hint"];

/// The diagnostics that the comments in a block announce.
///
/// `// error: [P0401] "part of the message"` speaks of its own line, `// ^ error: …` of the line above; a line may
/// have several.
///
/// # Errors
/// A sentence about a comment that begins like this and does not go on like this.
pub fn expectations(code: &str) -> Result<Vec<Expectation>, String> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for comment in line.split("//").skip(1) {
            let comment = comment.trim();
            let (above, comment) = match comment.strip_prefix('^') {
                Some(rest) => (1, rest.trim()),
                None => (0, comment),
            };
            let Some(level) = LEVELS.iter().find(|level| comment.starts_with(&format!("{level}: ["))) else {
                continue;
            };
            let wrong = || format!("write `// {level}: [P0000] \"part of the message\"`, not `// {comment}`");
            let (_, rest) = comment.split_once('[').ok_or_else(wrong)?;
            let (code, rest) = rest.split_once(']').ok_or_else(wrong)?;
            let message = rest.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let message = message.filter(|message| !message.is_empty()).ok_or_else(wrong)?;
            let line = usize::checked_sub(number, above).ok_or_else(wrong)?;
            found.push(Expectation {
                line,
                level: (*level).to_owned(),
                code: code.to_owned(),
                message: message.to_owned(),
            });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_announce_diagnostics_of_their_line_or_the_one_above() {
        let code = "a // error: [P0201] \"`a` is\" // warning: [P0701] \"b\"\n// ^ hint: [P1] \"x \"y\" z\"\n// error: it\n";
        let found = expectations(code).unwrap();
        let seen: Vec<_> = found
            .iter()
            .map(|at| (at.line, at.level.as_str(), at.code.as_str(), at.message.as_str()))
            .collect();
        assert_eq!(
            seen,
            [(0, "error", "P0201", "`a` is"), (0, "warning", "P0701", "b"), (0, "hint", "P1", "x \"y\" z")]
        );
    }

    #[test]
    fn half_of_one_is_a_mistake() {
        for code in ["// error: [P1]", "// error: [P1 \"x\"", "// error: [P1] x", "// ^ error: [P1] \"x\""] {
            assert!(expectations(code).is_err(), "{code}");
        }
    }
}
