//! Garbage is of all kinds, and the parser stands it.
#![allow(clippy::unwrap_used, clippy::panic)]

use prism_generate::{Choices, garbage};
use prism_syntax::{ERROR_LIMIT, parse};
use proptest::prelude::*;

fn assert_stands(text: &str) {
    let parse = parse(text);
    assert!(parse.errors.len() <= ERROR_LIMIT + 1, "{}", parse.errors.len());
    for error in &parse.errors {
        let diagnostic = prism_syntax::diagnostic(error, text);
        assert!(text.get(diagnostic.primary.span.range()).is_some(), "{error:?} lies outside of {text:?}");
        assert!(!diagnostic.message.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parser_stands_garbage(numbers in prop::collection::vec(any::<u32>(), 0..400)) {
        assert_stands(&garbage(&mut Choices::new(&numbers)));
    }
}

#[test]
fn the_parser_stands_garbage_of_every_seed() {
    for seed in 0..1_500 {
        assert_stands(&garbage(&mut Choices::from_seed(seed)));
    }
}

#[test]
fn garbage_is_garbage_and_varied() {
    let texts: Vec<String> = (0..1_000).map(|seed| garbage(&mut Choices::from_seed(seed))).collect();
    let wrong = texts.iter().filter(|text| !parse(text).errors.is_empty()).count();
    assert!(wrong > 800, "only {wrong} have mistakes");
    for sign in ["\u{0}", "\u{202e}", "((((((((", "\"${", "```", "pattern", "~@>", "\r", "\u{2028}", "/*"] {
        let found = texts.iter().filter(|text| text.contains(sign)).count();
        assert!(found >= 5, "{sign:?} is in {found}");
    }
    let other_scripts =
        texts.iter().filter(|text| text.chars().any(|letter| u32::from(letter) > 0x1_0000)).count();
    assert!(other_scripts >= 20, "{other_scripts}");
    assert_eq!(garbage(&mut Choices::new(&[])), "");
}
