//! Random confidences and ballots for the laws.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::indexing_slicing)] // Each test file is a crate of its own and uses a part of this.

use prism_confidence::pool::{Ballot, PoolRule};
use prism_confidence::{Confidence, Mode, Source};
use proptest::prelude::*;

/// Probabilities, with the awkward ones often among them.
pub fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => 0.0..=1.0_f64,
        1 => Just(0.0),
        1 => Just(1.0),
        1 => Just(0.5),
        1 => 0.0..1e-9_f64,
        1 => (0.0..1e-9_f64).prop_map(|tiny| 1.0 - tiny),
        1 => Just(f64::MIN_POSITIVE / 8.0),
    ]
}

/// `lo <= p <= hi`.
pub fn interval() -> impl Strategy<Value = (f64, f64, f64)> {
    (probability(), probability(), probability()).prop_map(|(a, b, c)| {
        let mut ends = [a, b, c];
        ends.sort_by(f64::total_cmp);
        (ends[0], ends[1], ends[2])
    })
}

pub fn source() -> impl Strategy<Value = Source> {
    prop::sample::select(vec![Source::Asserted, Source::Stated, Source::Calibrated, Source::Measured])
}

/// A confidence with one root of the given name.
pub fn leaf(name: impl Strategy<Value = String>) -> impl Strategy<Value = Confidence> {
    (name, interval(), source(), 0.0..500.0_f64).prop_map(|(name, (lo, p, hi), source, evidence)| {
        Confidence::root(name, p, lo, hi, source, evidence).unwrap()
    })
}

/// A new root derived from `from`, named after what it is derived from.
pub fn derive(from: &[&Confidence], (lo, p, hi): (f64, f64, f64), source: Source) -> Confidence {
    let name: Vec<&str> = from.iter().flat_map(|one| one.roots()).map(|(id, _)| id.as_str()).collect();
    Confidence::derived(format!("d({})", name.join(" ")), p, lo, hi, source, 3.0, from).unwrap()
}

/// Confidences as programs build them, sharing a few roots: ∧, ∨, ¬ and derivation, nested.
pub fn confidence() -> impl Strategy<Value = Confidence> {
    let name = (0..6_u8).prop_map(|name| format!("r{name}"));
    let start = prop_oneof![8 => leaf(name), 1 => Just(Confidence::certain())];
    start.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            4 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(&b)),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a.or(&b)),
            1 => inner.clone().prop_map(|a| a.not()),
            2 => (prop::collection::vec(inner, 1..3), interval(), source()).prop_map(
                |(from, ends, source)| derive(&from.iter().collect::<Vec<_>>(), ends, source)
            ),
        ]
    })
}

/// Up to `most` roots of their own, named after `family`.
pub fn family(family: &'static str, most: usize) -> impl Strategy<Value = Vec<Confidence>> {
    prop::collection::vec((interval(), source()), 1..=most).prop_map(move |members| {
        let member = |(index, ((lo, p, hi), source)): (usize, ((f64, f64, f64), Source))| {
            Confidence::root(format!("{family}{index}"), p, lo, hi, source, 1.0).unwrap()
        };
        members.into_iter().enumerate().map(member).collect()
    })
}

pub fn all(members: &[Confidence]) -> Confidence {
    members.iter().fold(Confidence::certain(), |all, one| all.and(one))
}

pub fn mode() -> impl Strategy<Value = Mode> {
    prop::sample::select(Mode::ALL.to_vec())
}

/// One independent vote: option, interval, whether labels are behind it.
pub type Vote = (u8, (f64, f64, f64), bool);

pub fn vote(options: u8) -> impl Strategy<Value = Vote> {
    (0..options, interval(), any::<bool>())
}

pub fn ballot(root: &str, (option, (lo, p, hi), labelled): Vote) -> Ballot {
    let source = if labelled { Source::Calibrated } else { Source::Stated };
    let confidence = Confidence::root(root, p, lo, hi, source, 20.0).unwrap();
    Ballot::new(format!("k{option}"), &confidence, Mode::Frank)
}

pub fn ballots(votes: &[Vote]) -> Vec<Ballot> {
    votes.iter().enumerate().map(|(index, vote)| ballot(&format!("call#{index}"), *vote)).collect()
}

pub fn rule() -> impl Strategy<Value = PoolRule> {
    let options = prop::option::of(2..12_usize);
    let share = || prop::option::of(-0.2..1.2_f64);
    (options, prop::option::of(1..12_usize), share(), share()).prop_map(
        |(options, domain_options, phi, same_wrong)| PoolRule { options, domain_options, phi, same_wrong },
    )
}
