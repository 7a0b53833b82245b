//! Random programs, from text to result.

use prism_compiler::{Document, Level, Session};
use prism_generate::{Choices, Profile, program, pure};
use proptest::prelude::*;

use crate::program::run;
use crate::sources::{compile, compiled};

/// How a run of a right program may fail all the same.
const HONEST: [&str; 5] = ["value/not-finite", "value/range", "value/size", "value/fuel", "value/depth"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn right_programs_compile_and_run_alike(numbers in prop::collection::vec(any::<u32>(), 0..200)) {
        let text = pure(&mut Choices::new(&numbers));
        let mut session = Session::in_memory();
        session.set_text("random.prism", text.as_str());
        let report = session.check("random.prism");
        let errors: Vec<_> = report.diagnostics.iter().filter(|told| told.level == Level::Error).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}\n{text}");
        let document = compiled(&text);
        let json = serde_json::to_string(&document).unwrap();
        let read: Document = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &document);
        let (first, second) = (run(document), run(read));
        prop_assert_eq!(&first.value, &second.value);
        prop_assert_eq!(&first.confidence, &second.confidence);
        if let Some(failure) = &first.failure {
            prop_assert!(HONEST.contains(&failure.code.as_str()), "{failure}\n{text}");
        } else {
            prop_assert_eq!(first.value.as_array().map(Vec::len), Some(5));
        }
    }

    #[test]
    fn any_program_is_compiled_or_refused(numbers in prop::collection::vec(any::<u32>(), 0..400), script: bool) {
        let profile = if script { Profile::script() } else { Profile::whole() };
        let text = program(&mut Choices::new(&numbers), &profile).text;
        if let Ok(document) = compile(&text) {
            let json = serde_json::to_string(&document).unwrap();
            let read: Document = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&read, &document);
        }
    }

    #[test]
    fn broken_programs_are_refused_without_a_panic(
        numbers in prop::collection::vec(any::<u32>(), 0..60),
        cut in any::<prop::sample::Index>(),
        length in 0..12_usize,
        put in prop::sample::select(vec!["", "(", "}", "~", "let", "${", "\"", "=> ", ".", "uncertain if", "\u{202e}"]),
    ) {
        let mut text = pure(&mut Choices::new(&numbers));
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = places[cut.index(places.len())];
        let to = text[from..].char_indices().nth(length).map_or(text.len(), |(at, _)| from + at);
        text.replace_range(from..to, put);
        if let Ok(document) = compile(&text) {
            let result = run(document);
            let code = result.failure.map_or_else(String::new, |failure| failure.code);
            prop_assert_ne!(code, "internal", "{}", text);
        }
    }
}
