/// A diagnostic that a comment in a block announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The line of the block on which it is reported, from 0.
    pub line: usize,
    /// The column at which it is reported, from 1, if the comment names one.
    pub column: Option<usize>,
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
/// `// error: [P0401] "part of the message"` speaks of its own line, `// ^ error: …` of the line above, with more
/// `^` of one further up; a number behind the level, `// error 12: …`, is the column. A line may have several.
///
/// # Errors
/// A sentence about a comment that begins like this and does not go on like this.
pub fn expectations(code: &str) -> Result<Vec<Expectation>, String> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for comment in line.split("//").skip(1) {
            let comment = comment.trim();
            let without = comment.trim_start_matches('^');
            let (above, comment) = (comment.len() - without.len(), without.trim());
            let Some((level, column)) = head(comment) else { continue };
            let wrong = || format!("write `// {level}: [P0000] \"part of the message\"`, not `// {comment}`");
            let (_, rest) = comment.split_once('[').ok_or_else(wrong)?;
            let (code, rest) = rest.split_once(']').ok_or_else(wrong)?;
            let message = rest.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let message = message.filter(|message| !message.is_empty()).ok_or_else(wrong)?;
            let line = usize::checked_sub(number, above).ok_or_else(wrong)?;
            found.push(Expectation {
                line,
                column,
                level: level.to_owned(),
                code: code.to_owned(),
                message: message.to_owned(),
            });
        }
    }
    Ok(found)
}

/// The level and the column that a comment names, if it announces something: `error: [`, `error 12: [`.
fn head(comment: &str) -> Option<(&'static str, Option<usize>)> {
    let (head, _) = comment.split_once(": [")?;
    let (level, column) = head.split_once(' ').map_or((head, None), |(level, column)| (level, Some(column)));
    let level = LEVELS.into_iter().find(|known| *known == level)?;
    match column {
        None => Some((level, None)),
        Some(column) => Some((level, Some(column.parse().ok().filter(|column| *column > 0)?))),
    }
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
    fn a_number_behind_the_level_is_the_column() {
        let found = expectations("a // error 12: [P0106] \"b\"\n\n// ^^ warning 3: [P0701] \"c\"").unwrap();
        let seen: Vec<_> = found.iter().map(|at| (at.line, at.column, at.level.as_str())).collect();
        assert_eq!(seen, [(0, Some(12), "error"), (0, Some(3), "warning")]);
    }

    #[test]
    fn half_of_one_is_a_mistake() {
        for code in ["// error: [P1]", "// error: [P1 \"x\"", "// error: [P1] x", "// ^ error: [P1] \"x\""] {
            assert!(expectations(code).is_err(), "{code}");
        }
    }
}
