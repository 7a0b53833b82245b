//! The laws of pools.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod worlds;

use std::collections::BTreeMap;

use prism_confidence::pool::{Ballot, PoolRule, Pooled, pool, sceptical_prior};
use prism_confidence::{Confidence, Mode, Source};
use proptest::prelude::*;
use worlds::{ballot, ballots, derive, interval, probability, rule, vote};

const TOLERANCE: f64 = 1e-12;

/// The posteriors by option, as bits.
fn posteriors(pooled: &Pooled) -> BTreeMap<String, u64> {
    pooled.options.iter().map(|option| (option.key.clone(), option.probability.to_bits())).collect()
}

fn key_of(ballots: &[Ballot], index: usize) -> String {
    ballots[index].key.clone().unwrap()
}

fn share(pooled: &Pooled, key: &str) -> f64 {
    pooled.options.iter().find(|option| option.key == key).unwrap().probability
}

fn tied(pooled: &Pooled) -> bool {
    pooled.dissent().any(|option| option.probability >= pooled.probability)
}

proptest! {
    #[test]
    fn posteriors_sum_to_one(votes in prop::collection::vec(vote(6), 1..12), rule in rule()) {
        let ballots = ballots(&votes);
        let pooled = pool(&ballots, &rule).unwrap();
        let sum: f64 = pooled.options.iter().map(|option| option.probability).sum();
        prop_assert!((sum + pooled.unseen - 1.0).abs() < TOLERANCE);
        prop_assert!(pooled.lo <= pooled.probability && pooled.probability <= pooled.hi);
        prop_assert_eq!(pooled.voices, ballots.len());
        let own = pooled.confidence("pool", &ballots).unwrap();
        prop_assert_eq!(own.point(Mode::Frank), pooled.probability);
        for ballot in &ballots {
            prop_assert_eq!(own.and(&ballot.confidence).roots().len(), 2);
            prop_assert!(own.source() <= ballot.source.min(Source::Stated));
        }
    }

    #[test]
    fn the_winner_is_among_the_votes_and_best(votes in prop::collection::vec(vote(6), 1..12), rule in rule()) {
        let ballots = ballots(&votes);
        let pooled = pool(&ballots, &rule).unwrap();
        let key = key_of(&ballots, pooled.winner);
        prop_assert!(ballots[..pooled.winner].iter().all(|ballot| ballot.key.as_ref() != Some(&key)));
        prop_assert_eq!(share(&pooled, &key), pooled.probability);
        prop_assert!(pooled.options.iter().all(|option| option.probability <= pooled.probability));
    }

    #[test]
    fn anonymity(
        (votes, shuffled) in prop::collection::vec(vote(4), 1..10)
            .prop_flat_map(|votes| (Just(votes.clone()), Just(votes.into_iter().enumerate().collect::<Vec<_>>()).prop_shuffle())),
        rule in rule(),
    ) {
        let given = ballots(&votes);
        let moved: Vec<Ballot> =
            shuffled.iter().map(|(index, vote)| ballot(&format!("call#{index}"), *vote)).collect();
        let (one, other) = (pool(&given, &rule).unwrap(), pool(&moved, &rule).unwrap());
        prop_assert_eq!(posteriors(&one), posteriors(&other));
        if !tied(&one) {
            prop_assert_eq!(key_of(&given, one.winner), key_of(&moved, other.winner));
        }
    }

    #[test]
    fn neutrality(votes in prop::collection::vec(vote(4), 1..10), rule in rule(), turn in 1..4_u8) {
        let renamed: Vec<_> = votes.iter().map(|(option, ends, kind)| ((option + turn) % 4, *ends, *kind)).collect();
        let (one, other) =
            (pool(&ballots(&votes), &rule).unwrap(), pool(&ballots(&renamed), &rule).unwrap());
        prop_assert_eq!(one.winner, other.winner);
        prop_assert_eq!(one.probability.to_bits(), other.probability.to_bits());
    }

    #[test]
    fn monotone_in_a_supporters_probability(
        votes in prop::collection::vec(vote(4), 1..10), rule in rule(),
        at in any::<prop::sample::Index>(), more in probability(),
    ) {
        let mut raised = votes.clone();
        let index = at.index(votes.len());
        let (_, (_, p, hi), _) = &mut raised[index];
        *p = p.max(more);
        *hi = hi.max(*p);
        let (before, after) = (ballots(&votes), ballots(&raised));
        let key = key_of(&before, index);
        let (one, other) = (pool(&before, &rule).unwrap(), pool(&after, &rule).unwrap());
        prop_assert!(share(&other, &key) >= share(&one, &key) - TOLERANCE);
        if key_of(&before, one.winner) == key && !tied(&one) {
            prop_assert_eq!(key_of(&after, other.winner), key);
        }
    }

    #[test]
    fn unanimity_wins(mut votes in prop::collection::vec(vote(4), 1..10), option in 0..4_u8, rule in rule()) {
        votes.iter_mut().for_each(|vote| vote.0 = option);
        let pooled = pool(&ballots(&votes), &rule).unwrap();
        prop_assert_eq!(pooled.winner, 0);
        prop_assert_eq!(pooled.support, votes.len());
        prop_assert_eq!(pooled.dissent().count(), 0);
    }

    #[test]
    fn a_clone_adds_nothing(
        votes in prop::collection::vec(vote(4), 1..10), rule in rule(),
        at in any::<prop::sample::Index>(), copies in 1..4_usize, boosted in any::<bool>(),
    ) {
        let mut ballots = ballots(&votes);
        let before = pool(&ballots, &rule).unwrap();
        let mut copy = ballots[at.index(votes.len())].clone();
        if boosted {
            copy.confidence = derive(&[&copy.confidence], (0.2, 0.9, 1.0), Source::Asserted);
        }
        ballots.extend(vec![copy; copies]);
        let after = pool(&ballots, &rule).unwrap();
        prop_assert_eq!(posteriors(&before), posteriors(&after));
        prop_assert_eq!((before.winner, before.voices), (after.winner, after.voices));
    }

    #[test]
    fn a_pool_of_those_present_adds_nothing(votes in prop::collection::vec(vote(3), 2..8), rule in rule()) {
        let mut ballots = ballots(&votes);
        let before = pool(&ballots, &rule).unwrap();
        let own = before.confidence("pool", &ballots).unwrap();
        ballots.push(Ballot::new(key_of(&ballots, before.winner), &own, Mode::Frank));
        prop_assert_eq!(posteriors(&before), posteriors(&pool(&ballots, &rule).unwrap()));
    }

    #[test]
    fn abstention_is_absence(
        votes in prop::collection::vec(vote(4), 1..10), rule in rule(), at in any::<prop::sample::Index>(),
    ) {
        let mut ballots = ballots(&votes);
        let before = pool(&ballots, &rule).unwrap();
        let index = at.index(votes.len() + 1);
        ballots.insert(index, Ballot::abstention());
        let after = pool(&ballots, &rule).unwrap();
        prop_assert_eq!(posteriors(&before), posteriors(&after));
        prop_assert_eq!(after.winner, before.winner + usize::from(index <= before.winner));
        prop_assert_eq!((after.source, after.evidence), (before.source, before.evidence));
    }

    #[test]
    fn a_common_input_does_not_make_one_voice(votes in prop::collection::vec(vote(4), 2..8), rule in rule(), ends in interval()) {
        let input = Confidence::root("input", ends.1, ends.0, ends.2, Source::Stated, 0.0).unwrap();
        let on_input = |ballot: Ballot| Ballot { confidence: ballot.confidence.and(&input), ..ballot };
        let dependent: Vec<Ballot> = ballots(&votes).into_iter().map(on_input).collect();
        prop_assert_eq!(pool(&dependent, &rule).unwrap().voices, votes.len());
    }

    #[test]
    fn agreement_stays_below_its_bound(
        votes in prop::collection::vec(vote(5), 1..10), phi in prop::option::of(0.0..1.0_f64), p_hi in 0.5..1.0_f64,
    ) {
        let rule = PoolRule { options: Some(5), phi, ..PoolRule::default() };
        let capped = |(option, _, _)| (option, (0.2, p_hi.min(0.2 + f64::from(option) / 4.0), 1.0), true);
        let votes: Vec<_> = votes.into_iter().map(capped).collect();
        let pooled = pool(&ballots(&votes), &rule).unwrap();
        prop_assert!(pooled.probability <= rule.posterior_bound(votes.len(), p_hi) + TOLERANCE);
        prop_assert!(rule.posterior_bound(votes.len(), p_hi) <= rule.posterior_bound(votes.len() + 1, p_hi) + TOLERANCE);
    }

    #[test]
    fn pools_are_total(
        numbers in prop::collection::vec((any::<f64>(), any::<f64>(), any::<f64>(), 0..3_u8, any::<bool>()), 0..6),
        options in prop::option::of(any::<usize>()), domain_options in prop::option::of(any::<usize>()),
        phi in prop::option::of(any::<f64>()), same_wrong in prop::option::of(any::<f64>()),
    ) {
        let rule = PoolRule { options, domain_options, phi, same_wrong };
        let wild = |(index, (p, lo, hi, key, labelled)): (usize, (f64, f64, f64, u8, bool))| {
            let ballot = ballot(&format!("call#{index}"), (key, (0.5, 0.5, 0.5), labelled));
            Ballot { p: Some(p), lo, hi, ..ballot }
        };
        let ballots: Vec<Ballot> = numbers.into_iter().enumerate().map(wild).collect();
        prop_assert_eq!(pool(&ballots, &rule).is_none(), ballots.is_empty());
        if let Some(pooled) = pool(&ballots, &rule) {
            for value in [pooled.probability, pooled.lo, pooled.hi, pooled.unseen] {
                prop_assert!((0.0..=1.0).contains(&value), "{pooled:?}");
            }
            prop_assert!(pooled.confidence("pool", &ballots).is_ok());
        }
        for n in [0, 1, 7, 1000] {
            let bound = rule.posterior_bound(n, phi.unwrap_or(0.5));
            prop_assert!((0.0..=1.0).contains(&bound));
        }
        prop_assert!((0.0..=1.0).contains(&sceptical_prior(phi.unwrap_or(0.5))));
    }
}

#[test]
fn samples_of_one_agent_are_one_voice() {
    let call = Confidence::stated("call#1", 0.9).unwrap();
    let sample = |key: &str| Ballot::new(key, &call, Mode::Frank);
    let samples = [sample("a"), sample("b"), sample("b")];
    let pooled = pool(&samples, &PoolRule::default()).unwrap();
    assert_eq!((pooled.voices, pooled.winner, pooled.options.len()), (1, 1, 1));
    assert!((pooled.probability - sceptical_prior(0.9)).abs() < TOLERANCE);
}

#[test]
fn confident_dissent_is_reported() {
    let rule = PoolRule { options: Some(3), ..PoolRule::default() };
    let votes = [(0, (0.5, 0.95, 1.0), true), (1, (0.5, 0.9, 1.0), true), (2, (0.2, 0.6, 1.0), true)];
    let pooled = pool(&ballots(&votes), &rule).unwrap();
    let (one, other) = pooled.disagreement().unwrap();
    assert_eq!((one.key.as_str(), other.key.as_str()), ("k0", "k1"));
    assert!(pool(&ballots(&votes[1..]), &rule).unwrap().disagreement().is_none());
}

#[test]
fn a_measured_agreement_of_the_wrong_weakens_agreement() {
    let votes = [(0, (0.5, 0.8, 1.0), true); 3];
    let with = |same_wrong| {
        let rule = PoolRule { options: Some(10), phi: Some(0.3), same_wrong, ..PoolRule::default() };
        pool(&ballots(&votes), &rule).unwrap().probability
    };
    assert!(with(Some(0.9)) < with(Some(0.3)));
    assert!(with(Some(0.0)) <= 1.0 && with(Some(0.0)) == with(Some(1.0 / 9.0)));
}
