use super::label::Label;

/// A ticket whose label is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it is.
    pub label: Label,
    /// What it says.
    pub text: &'static str,
}

/// The tickets to learn from: `corpus/tickets.tsv`.
pub fn training() -> Vec<Example> {
    examples(include_str!("../../corpus/tickets.tsv"))
}

/// Tickets that nobody learns from: `corpus/tickets-held-out.tsv`.
pub fn held_out() -> Vec<Example> {
    examples(include_str!("../../corpus/tickets-held-out.tsv"))
}

/// Lines of `label<tab>text`; `#` begins a comment. A test makes sure that no line of the two files is left out.
fn examples(text: &'static str) -> Vec<Example> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let parsed = lines.filter_map(|line| {
        let (label, text) = line.split_once('\t')?;
        Some(Example { label: Label::from_name(label)?, text })
    });
    parsed.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_an_example_and_none_is_in_both_files() {
        let count = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(training().len(), count(include_str!("../../corpus/tickets.tsv")));
        assert_eq!(held_out().len(), count(include_str!("../../corpus/tickets-held-out.tsv")));
        assert!(training().len() >= 90);
        let known: HashSet<_> = training().into_iter().map(|example| example.text).collect();
        assert!(held_out().iter().all(|example| !known.contains(example.text)));
    }
}
