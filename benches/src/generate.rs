//! Prism source text of any size: valid, varied, and equal for equal arguments.
//!
//! The text is made of chapters. A chapter declares types, a contract, constants and functions under names of its own,
//! and a pattern that uses them.

mod chapter;
mod expression;
mod random;

pub use random::Random;

/// A file of at least so many bytes, and at most a chapter (some 6 KB) more.
pub fn program(bytes: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = String::with_capacity(bytes + 8 * 1024);
    text.push_str("//! Written by the generator of the benchmarks.\n");
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        chapter::write(&mut text, &mut random, number);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use prism_compiler::Session;
    use prism_syntax::Kind;

    use super::*;

    #[test]
    fn what_is_generated_compiles_without_a_word() {
        for seed in 0..5 {
            let text = program(64 * 1024, seed);
            assert!((64 * 1024..74 * 1024).contains(&text.len()), "{}", text.len());
            let mut session = Session::in_memory();
            session.set_text("generated.prism", text.as_str());
            let report = session.check("generated.prism");
            let told: Vec<String> = report
                .diagnostics
                .iter()
                .map(|diagnostic| {
                    let at = &text[diagnostic.primary.span.start as usize..];
                    format!("{} at `{}`", diagnostic.message, at.lines().next().unwrap_or_default())
                })
                .collect();
            assert!(told.is_empty(), "seed {seed}: {:#?}", &told[..told.len().min(10)]);
            assert!(session.compile("generated.prism").is_ok());
        }
    }

    #[test]
    fn equal_seeds_give_equal_texts_and_others_do_not() {
        assert_eq!(program(20_000, 7), program(20_000, 7));
        assert_ne!(program(20_000, 7), program(20_000, 8));
    }

    #[test]
    fn the_text_is_varied() {
        let text = program(128 * 1024, 1);
        let tokens = prism_syntax::lex(&text);
        let kinds: BTreeSet<String> = tokens.iter().map(|(kind, _)| format!("{kind:?}")).collect();
        assert!(kinds.len() >= 55, "{} kinds of tokens: {kinds:?}", kinds.len());
        let lines: BTreeSet<&str> = text.lines().collect();
        assert!(lines.len() * 2 > text.lines().count(), "more than half of the lines occur once");
        let interpolations = tokens.iter().filter(|(kind, _)| *kind == Kind::TemplateHead).count();
        assert!(interpolations > 150, "{interpolations}");
        assert!(tokens.comments().len() > 300);
    }
}
