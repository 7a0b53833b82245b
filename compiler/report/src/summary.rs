use prism_diagnostics::{Diagnostic, Level};

/// How many diagnostics there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) hints: usize,
}

impl Counts {
    pub(crate) fn of<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Hint => counts.hints += 1,
            }
        }
        counts
    }
}

/// One line that says what came out: `checked 3 files: 2 errors, 1 warning`.
pub fn summary<'a>(files: usize, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    said(files, Counts::of(diagnostics))
}

/// As [`summary`], of what has been counted.
pub(crate) fn said(files: usize, counts: Counts) -> String {
    let Counts { errors, warnings, hints } = counts;
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
