use prism_diagnostics::{Diagnostic, Level};

/// One line that says what came out: `checked 3 files: 2 errors, 1 warning`.
pub fn summary<'a>(files: usize, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let mut errors = 0;
    let mut warnings = 0;
    let mut hints = 0;
    for diagnostic in diagnostics {
        match diagnostic.level {
            Level::Error => errors += 1,
            Level::Warning => warnings += 1,
            Level::Hint => hints += 1,
        }
    }
    let parts: Vec<_> = [(errors, "error"), (warnings, "warning"), (hints, "hint")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| count(number, noun))
        .collect();
    let found = if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") };
    format!("checked {}: {found}", count(files, "file"))
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use prism_diagnostics::Span;

    use super::*;

    #[test]
    fn counts_by_level() {
        let of = |level| Diagnostic::new("P0000", "x", level, "m", Span::at(0));
        assert_eq!(summary(1, []), "checked 1 file: no problems");
        let all = [of(Level::Error), of(Level::Error), of(Level::Warning)];
        assert_eq!(summary(3, &all), "checked 3 files: 2 errors, 1 warning");
    }
}
