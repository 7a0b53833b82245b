use crate::Choices;

/// The habits of one file's author. Chances are in percent.
pub(super) struct Style {
    /// That a line breaks where it may.
    pub(super) breaks: usize,
    /// That a comment stands where one may.
    pub(super) comments: usize,
    /// That spaces are not what is usual.
    pub(super) odd_spaces: usize,
    /// That a separator is written where a line break would do.
    pub(super) semicolons: usize,
    /// That a list ends with a comma.
    pub(super) commas: usize,
    /// That braces and statements stay on their line.
    pub(super) one_liners: usize,
    /// That a blank line follows.
    pub(super) blank_lines: usize,
    /// Whether lines end as on Windows.
    pub(super) windows_lines: bool,
    /// Whether the file begins with a byte-order mark.
    pub(super) byte_order_mark: bool,
    width: Width,
}

enum Width {
    Spaces(usize),
    Tabs,
    Random,
}

impl Style {
    pub(super) fn choose(choices: &mut Choices<'_>) -> Self {
        Self {
            breaks: choices.pick(&[0, 0, 5, 20, 50]),
            comments: choices.pick(&[0, 0, 1, 3, 10]),
            odd_spaces: choices.pick(&[0, 0, 5, 40]),
            semicolons: choices.pick(&[0, 0, 15, 60, 100]),
            commas: choices.pick(&[0, 30, 100]),
            one_liners: choices.pick(&[0, 15, 50, 90]),
            blank_lines: choices.pick(&[0, 10, 40]),
            width: match choices.below(6) {
                0 | 1 => Width::Spaces(2),
                2 => Width::Spaces(4),
                3 => Width::Tabs,
                4 => Width::Spaces(0),
                _ => Width::Random,
            },
            windows_lines: choices.chance(12),
            byte_order_mark: choices.chance(4),
        }
    }

    /// What a line at a depth begins with.
    pub(super) fn indentation(&self, depth: usize, choices: &mut Choices<'_>) -> String {
        match self.width {
            Width::Spaces(width) => " ".repeat(width * depth),
            Width::Tabs => "\t".repeat(depth),
            Width::Random => " ".repeat(choices.below(12)),
        }
    }
}
