use crate::generator::Generator;
use crate::profile::Style;
use crate::{Choices, Counts, Profile, checked, layout};

/// A program that was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The text of its file.
    pub text: String,
    /// The same tokens in a tidy layout without comments, save those that say what a file or declaration is. Both
    /// texts have the same tree.
    pub tidy: String,
    /// What it is made of; empty for [`Profile::checked`].
    pub constructs: Counts,
}

/// A valid program: it parses without an error, and what it means is plausible. Names are declared before they are
/// used, operands fit their operators as far as the generator keeps track, loops end, nothing constant is assigned.
pub fn program(choices: &mut Choices<'_>, profile: &Profile) -> Program {
    if profile.style == Style::Checked {
        let text = if choices.chance(50) { checked::asking(choices).text } else { checked::pure(choices) };
        return Program { tidy: text.clone(), text, constructs: Counts::default() };
    }
    let mut generator = Generator::new(choices, profile);
    match profile.style {
        Style::Scripts => generator.script(),
        Style::Modules | Style::Checked => generator.module(),
    }
    let Generator { document, counts, choices, .. } = generator;
    let tidy = layout::write(&document, &mut Choices::new(&[]));
    Program { text: layout::write(&document, choices), tidy, constructs: counts }
}
