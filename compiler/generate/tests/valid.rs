//! What is generated as valid parses, holds every construct, and follows from the decisions.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use prism_generate::{Choices, Construct, Profile, Program, program};
use proptest::prelude::*;

/// The tree of a text without the places where things stand.
fn shape(text: &str) -> String {
    let tree = format!("{:?}", prism_syntax::parse(text).tree);
    let mut parts = tree.split("Span { start: ");
    let mut shape = String::from(parts.next().unwrap_or_default());
    for part in parts {
        shape.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    shape
}

/// Constructs that are one node each, and how the node is called where a tree is printed.
const NODES: &[(&[Construct], &str)] = &[
    (&[Construct::As], "kind: As {"),
    (&[Construct::Await], "kind: Await("),
    (&[Construct::Certainly], "kind: Assert("),
    (&[Construct::Do], "kind: Do("),
    (&[Construct::ForClassic], "kind: For(Count {"),
    (&[Construct::ForIn, Construct::ForOf], "kind: For(Each {"),
    (&[Construct::If], "kind: If {"),
    (&[Construct::Instanceof], "kind: Instanceof {"),
    (&[Construct::Is], "kind: Is {"),
    (&[Construct::Match], "kind: Match("),
    (&[Construct::New], "kind: New {"),
    (&[Construct::Pipe], "kind: Pipe {"),
    (&[Construct::Return], "kind: Return("),
    (&[Construct::Ternary, Construct::TildeTernary], "kind: Ternary {"),
    (&[Construct::Try], "kind: Try("),
    (&[Construct::TypeAlias], "TypeAlias {"),
    (&[Construct::Typeof], "kind: Typeof("),
    (&[Construct::UncertainIf], "kind: Uncertain {"),
    (&[Construct::While, Construct::DoWhile], "kind: While("),
];

/// How many programs of a profile the tests without proptest look at.
const SEEDS: u64 = 1_000;

fn programs(profile: &Profile) -> impl Iterator<Item = (u64, Program)> {
    (0..SEEDS).map(move |seed| (seed, program(&mut Choices::from_seed(seed), profile)))
}

/// The mistakes of a text in words, with the lines where they begin.
fn mistakes(text: &str) -> Vec<String> {
    prism_syntax::parse(text)
        .errors
        .iter()
        .map(|error| prism_syntax::diagnostic(error, text))
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| {
            let start = diagnostic.primary.span.start as usize;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let lines: Vec<&str> = text[line..].lines().take(3).collect();
            format!("{}:\n{}\n", diagnostic.message, lines.join("\n"))
        })
        .collect()
}

fn assert_parses(text: &str) {
    let mistakes = mistakes(text);
    assert!(mistakes.is_empty(), "{}\n----\n{text}", mistakes.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn modules_parse(numbers in prop::collection::vec(any::<u32>(), 0..600)) {
        assert_parses(&program(&mut Choices::new(&numbers), &Profile::whole()).text);
    }

    #[test]
    fn scripts_parse(numbers in prop::collection::vec(any::<u32>(), 0..600)) {
        assert_parses(&program(&mut Choices::new(&numbers), &Profile::script()).text);
    }

    #[test]
    fn the_same_decisions_make_the_same_text(numbers in prop::collection::vec(any::<u32>(), 0..200), script: bool) {
        let profile = if script { Profile::script() } else { Profile::whole() };
        let once = program(&mut Choices::new(&numbers), &profile);
        prop_assert_eq!(once, program(&mut Choices::new(&numbers), &profile));
    }

    #[test]
    fn what_a_profile_leaves_out_does_not_occur(seed: u64, construct in prop::sample::select(OPTIONAL), script: bool) {
        let profile = if script { Profile::script() } else { Profile::whole() }.without(construct);
        let made = program(&mut Choices::from_seed(seed), &profile);
        prop_assert_eq!(made.constructs.of(construct), 0, "{:?}", construct);
    }
}

/// Constructs that a profile can leave out, of each kind some.
const OPTIONAL: &[Construct] = &[
    Construct::Agent,
    Construct::Break,
    Construct::Catch,
    Construct::ContextualName,
    Construct::DestructuredParameter,
    Construct::DoWhile,
    Construct::FileDocumentation,
    Construct::ForClassic,
    Construct::ForIn,
    Construct::ForOf,
    Construct::FrontMatter,
    Construct::Gate,
    Construct::Guard,
    Construct::If,
    Construct::InjectedName,
    Construct::Is,
    Construct::Lambda,
    Construct::Match,
    Construct::Pipe,
    Construct::RestParameter,
    Construct::Shorthand,
    Construct::SingleQuotes,
    Construct::Template,
    Construct::Ternary,
    Construct::Test,
    Construct::TildeArithmetic,
    Construct::TildePipe,
    Construct::TrailingRecord,
    Construct::Try,
    Construct::UncertainIf,
    Construct::While,
];

#[test]
fn programs_of_every_seed_parse() {
    for profile in [Profile::whole(), Profile::script(), Profile::checked()] {
        for (seed, made) in programs(&profile) {
            let mistakes = mistakes(&made.text);
            assert!(mistakes.is_empty(), "seed {seed} of {profile:?}: {}", mistakes.join("\n"));
        }
    }
}

#[test]
fn the_tree_is_what_was_meant_in_any_layout() {
    for profile in [Profile::whole(), Profile::script()] {
        for (seed, made) in programs(&profile).take(300).filter(|(_, made)| made.text.len() < 12_000) {
            let (tidy, any) = (shape(&made.tidy), shape(&made.text));
            if tidy != any {
                let same = tidy.bytes().zip(any.bytes()).take_while(|(one, other)| one == other).count();
                let around = |shape: &str| {
                    String::from_utf8_lossy(&shape.as_bytes()[same.saturating_sub(200)..]).into_owned()
                };
                let (tidy, any): (String, String) =
                    (around(&tidy).chars().take(400).collect(), around(&any).chars().take(400).collect());
                panic!("seed {seed} of {profile:?}\n{tidy}\n{any}\n{}", made.text);
            }
            for (constructs, node) in NODES {
                let meant: u32 = constructs.iter().map(|construct| made.constructs.of(*construct)).sum();
                let read = tidy.matches(node).count();
                assert_eq!(read, meant as usize, "{node} in seed {seed} of {profile:?}\n{}", made.tidy);
            }
        }
    }
}

#[test]
fn every_construct_occurs_often() {
    let scripts = [Construct::FrontMatter, Construct::HeaderComments, Construct::InjectedName];
    let mut found = vec![0; Construct::ALL.len()];
    for (profile, script) in [(Profile::whole(), false), (Profile::script(), true)] {
        for (_, made) in programs(&profile) {
            for (construct, found) in Construct::ALL.iter().zip(&mut found) {
                let counts = script == scripts.contains(construct);
                *found += usize::from(counts && made.constructs.of(*construct) > 0);
            }
        }
    }
    for (construct, found) in Construct::ALL.iter().zip(found) {
        assert!(found >= 20, "{construct:?} occurs in {found} of {SEEDS} programs");
    }
}

#[test]
fn sizes_vary() {
    for profile in [Profile::whole(), Profile::script()] {
        let mut sizes: Vec<usize> = programs(&profile).map(|(_, made)| made.text.len()).collect();
        sizes.sort_unstable();
        let small = sizes.iter().filter(|size| **size < 200).count();
        let large = sizes.iter().filter(|size| **size > 10_000).count();
        assert!(small >= 50, "{small} programs are small: {:?}", &sizes[..20]);
        assert!(large >= 20, "{large} programs are large: {:?}", &sizes[sizes.len() - 20..]);
        assert!(sizes[sizes.len() - 1] < 1_000_000, "{}", sizes[sizes.len() - 1]);
    }
}

#[test]
fn fewer_decisions_make_smaller_programs() {
    let mut lengths = [0_usize; 4];
    for seed in 0..300 {
        let mut state = Choices::from_seed(seed);
        let numbers: Vec<u32> = (0..400).map(|_| u32::try_from(state.below(1 << 32)).unwrap()).collect();
        for (part, length) in lengths.iter_mut().enumerate() {
            let kept = &numbers[..numbers.len() * (part + 1) / 4];
            *length += program(&mut Choices::new(kept), &Profile::whole()).text.len();
        }
    }
    assert!(lengths.is_sorted() && lengths[0] * 2 < lengths[3], "{lengths:?}");
}

#[test]
fn layouts_are_of_all_kinds() {
    const SIGNS: &[&str] = &[
        "\r\n", "\t", ";\n", "; ", "\n.", "\n|>", "//", "/*", "*/ ", " \t\n", ",)", ", }", "}\nelse",
        "} // ", "\n\n\n",
    ];
    let mut found = vec![0; SIGNS.len()];
    for (_, made) in programs(&Profile::whole()) {
        let lines: Vec<&str> =
            made.text.split('\n').map(|line| line.trim_start_matches([' ', '\t'])).collect();
        let text = lines.join("\n");
        for (sign, found) in SIGNS.iter().zip(&mut found) {
            *found += usize::from(made.text.contains(sign) || text.contains(sign));
        }
    }
    for (sign, found) in SIGNS.iter().zip(found) {
        assert!(found >= 10, "{sign:?} is in {found}");
    }
}
