use std::collections::BTreeSet;

use crate::Construct;

/// What programs are wanted.
#[derive(Clone, Debug)]
pub struct Profile {
    pub(crate) style: Style,
    refused: BTreeSet<Construct>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Modules,
    Scripts,
    Checked,
}

impl Profile {
    /// Files of declarations, with every construct of the language.
    pub fn whole() -> Self {
        Self::of(Style::Modules)
    }

    /// Files in the style of the original Prism: statements at the top level, front matter, names that the platform
    /// puts in scope.
    pub fn script() -> Self {
        Self::of(Style::Scripts)
    }

    /// Programs that the checker takes without an error: every expression has the type that its place wants.
    pub fn checked() -> Self {
        Self::of(Style::Checked)
    }

    fn of(style: Style) -> Self {
        Self { style, refused: BTreeSet::new() }
    }

    /// The same without a construct. What others are made of stays: names, literals, calls, members, `let` and the
    /// like, and the types of what is declared. [`Profile::checked`] uses few constructs and the same ones always.
    #[must_use]
    pub fn without(mut self, construct: Construct) -> Self {
        self.refused.insert(construct);
        self
    }

    /// Whether a construct may be used.
    pub fn allows(&self, construct: Construct) -> bool {
        !self.refused.contains(&construct)
    }
}
