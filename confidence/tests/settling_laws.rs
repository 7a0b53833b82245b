//! Votes, and stopping before every answer is in.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod worlds;

use prism_confidence::canonical::{Answer, key, keys, text};
use prism_confidence::pool::{Ballot, PoolRule, pool};
use prism_confidence::stopping::{Decision, Prospect, StopRule, decide};
use prism_confidence::vote::{Method, Outcome, QuorumState, Ties, VoteRule, decided, quorum, vote};
use prism_confidence::{Confidence, Mode};
use proptest::prelude::*;
use worlds::{ballot, ballots, rule, vote as one_vote};

fn vote_rule() -> impl Strategy<Value = VoteRule> {
    let methods = vec![Method::Majority, Method::Plurality, Method::Weighted, Method::Unanimous];
    let ties = vec![Ties::First, Ties::Fail, Ties::Null];
    (prop::sample::select(methods), prop::sample::select(ties), rule())
        .prop_map(|(method, ties, pool)| VoteRule { method, ties, pool })
}

/// Ballots of which some abstain.
fn electorate() -> impl Strategy<Value = Vec<Ballot>> {
    prop::collection::vec((one_vote(3), prop::bool::weighted(0.15)), 0..12).prop_map(|votes| {
        let one = |(index, (vote, abstains))| {
            if abstains { Ballot::abstention() } else { ballot(&format!("call#{index}"), vote) }
        };
        votes.into_iter().enumerate().map(one).collect()
    })
}

fn plain(keys: &str) -> Vec<Ballot> {
    let one = |(index, key): (usize, char)| {
        Ballot::new(key, &Confidence::stated(format!("call#{index}"), 0.8).unwrap(), Mode::Frank)
    };
    keys.chars().enumerate().map(one).collect()
}

fn winning_key(ballots: &[Ballot], outcome: Outcome) -> Option<String> {
    match outcome {
        Outcome::Winner(index) => ballots[index].key.clone(),
        _ => None,
    }
}

proptest! {
    #[test]
    fn a_vote_decided_early_stays_decided(
        ballots in electorate(), order in any::<u64>(), weights in prop::collection::vec(0.0..3.0_f64, 12),
        rule in vote_rule(),
    ) {
        let full = vote(&ballots, &weights, &rule);
        let mut arrival: Vec<usize> = (0..ballots.len()).collect();
        arrival.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(order | 1).rotate_left(29));
        for count in 0..=ballots.len() {
            // Those that have arrived, in the order of the panel.
            let mut present = arrival[..count].to_vec();
            present.sort_unstable();
            let some: Vec<Ballot> = present.iter().map(|index| ballots[*index].clone()).collect();
            let theirs: Vec<f64> = present.iter().map(|index| weights[*index]).collect();
            let outstanding: Vec<f64> = arrival[count..].iter().map(|index| weights[*index]).collect();
            let early = decided(&some, &theirs, &outstanding, &rule);
            if let Some(outcome) = early {
                prop_assert_eq!(winning_key(&some, outcome), winning_key(&ballots, full.outcome));
            }
            prop_assert!(early.is_some() || count < ballots.len());
        }
    }

    #[test]
    fn votes_report_the_posterior_of_their_winner(ballots in electorate(), rule in vote_rule()) {
        let voted = vote(&ballots, &[], &rule);
        prop_assert_eq!(voted.winning().is_some(), voted.probability.is_some());
        prop_assert_eq!(voted.cast, ballots.iter().filter(|ballot| ballot.key.is_some()).count());
        if let (Some(winning), Some(pooled)) = (voted.winning(), &voted.pooled) {
            let share = pooled.options.iter().find(|option| option.key == winning.key).unwrap();
            prop_assert_eq!(voted.probability, Some(share.probability));
            let confidence = voted.confidence("vote", &ballots).unwrap().unwrap();
            prop_assert_eq!(confidence.point(Mode::Frank), share.probability);
        }
    }

    #[test]
    fn votes_are_total(ballots in electorate(), weights in prop::collection::vec(any::<f64>(), 12), rule in vote_rule()) {
        let voted = vote(&ballots, &weights, &rule);
        prop_assert!(voted.tallies.iter().all(|tally| tally.weight.is_finite() && tally.weight >= 0.0));
        prop_assert!(voted.probability.is_none_or(|p| (0.0..=1.0).contains(&p)));
        decided(&ballots, &weights, &weights, &rule);
    }

    #[test]
    fn a_quorum_once_settled_stays_settled(ballots in electorate(), needed in 1..6_usize) {
        let full = quorum(&ballots, needed, 0);
        prop_assert!(full != QuorumState::Open);
        for count in 0..ballots.len() {
            match quorum(&ballots[..count], needed, ballots.len() - count) {
                QuorumState::Reached { first, supporters } => {
                    prop_assert!(supporters.len() >= needed);
                    let kept = matches!(full, QuorumState::Reached { .. });
                    prop_assert!(kept);
                    prop_assert!(supporters.contains(&first));
                }
                QuorumState::Unreachable => prop_assert_eq!(&full, &QuorumState::Unreachable),
                QuorumState::Open => {}
            }
        }
    }

    #[test]
    fn futility_is_never_claimed_wrongly(
        votes in prop::collection::vec(one_vote(4), 1..7), rule in rule(), target in 0.3..1.0_f64,
        panel in prop::collection::vec((0.01..0.99_f64, 0.0..0.4_f64), 0..4),
        futures in prop::collection::vec(
            prop::collection::vec((prop::option::weighted(0.9, 0..6_u8), prop_oneof![Just(0.0), Just(1.0), 0.0..1.0_f64]), 4),
            30,
        ),
    ) {
        let now = ballots(&votes);
        let prospects: Vec<Prospect> =
            panel.iter().map(|(lo, width)| Prospect::calibrated(*lo, (lo + width).min(0.99))).collect();
        let decision = decide(&now, &prospects, &StopRule { target }, &rule);
        let pooled = pool(&now, &rule).unwrap();
        prop_assert_eq!(matches!(decision, Decision::Reached { .. }), pooled.probability >= target);
        prop_assert!(!prospects.is_empty() || decision != Decision::Continue);
        if matches!(decision, Decision::Futile { .. }) {
            for future in futures {
                let mut later = now.clone();
                for (index, (prospect, (option, at))) in prospects.iter().zip(future).enumerate() {
                    let Some(option) = option else { continue };
                    let p = prospect.lo + at * (prospect.hi - prospect.lo);
                    later.push(ballot(&format!("later#{index}"), (option, (p, p, p), true)));
                }
                let then = pool(&later, &rule).unwrap();
                prop_assert_eq!(&later[then.winner].key, &now[pooled.winner].key);
                prop_assert!(then.probability < target);
            }
        }
    }

    #[test]
    fn decisions_are_total(
        votes in prop::collection::vec(one_vote(4), 0..5), rule in rule(), target in any::<f64>(),
        panel in prop::collection::vec((any::<f64>(), any::<f64>()), 0..70),
    ) {
        let prospects: Vec<Prospect> = panel.into_iter().map(|(lo, hi)| Prospect { lo, hi }).collect();
        let decision = decide(&ballots(&votes), &prospects, &StopRule { target }, &rule);
        prop_assert!(!prospects.is_empty() || decision != Decision::Continue);
    }

    #[test]
    fn canonical_text_is_settled_by_one_pass(raw in any::<String>(), pad in "[ \t\n]{0,3}") {
        prop_assert_eq!(text(&text(&raw)), text(&raw));
        prop_assert_eq!(text(&format!("{pad}{raw}{pad}")), text(&raw));
        prop_assert_eq!(text(&raw.to_uppercase()), text(&raw));
    }

    #[test]
    fn grouping_of_numbers_has_no_order(
        (numbers, shuffled) in prop::collection::vec(prop_oneof![-5.0..5.0_f64, any::<f64>()], 0..8)
            .prop_flat_map(|numbers| (Just(numbers.clone()), Just(numbers.into_iter().enumerate().collect::<Vec<_>>()).prop_shuffle())),
        tolerance in 0.0..2.0_f64,
    ) {
        let answers: Vec<Answer> = numbers.iter().map(|number| Answer::Number(*number)).collect();
        let moved: Vec<Answer> = shuffled.iter().map(|(_, number)| Answer::Number(*number)).collect();
        let (one, other) = (keys(&answers, tolerance), keys(&moved, tolerance));
        for (position, (index, _)) in shuffled.iter().enumerate() {
            prop_assert_eq!(&one[*index], &other[position]);
        }
        for (left, left_key) in numbers.iter().zip(&one) {
            for (right, right_key) in numbers.iter().zip(&one) {
                let far = left.is_finite() && right.is_finite() && (left - right).abs() > tolerance;
                prop_assert!(!far || left_key != right_key);
            }
        }
        let exact: Vec<String> = answers.iter().map(key).collect();
        prop_assert_eq!(keys(&answers, 0.0), exact);
    }
}

#[test]
fn methods_differ() {
    let ballots = plain("aabbbccc");
    let outcome = |method, ties| {
        let rule = VoteRule { method, ties, pool: PoolRule::default() };
        vote(&ballots, &[5.0, 5.0], &rule).outcome
    };
    assert_eq!(outcome(Method::Majority, Ties::First), Outcome::NoMajority);
    assert_eq!(outcome(Method::Plurality, Ties::First), Outcome::Winner(2));
    assert_eq!(outcome(Method::Plurality, Ties::Fail), Outcome::Tied);
    assert_eq!(outcome(Method::Plurality, Ties::Null), Outcome::Null);
    assert_eq!(outcome(Method::Weighted, Ties::Fail), Outcome::Winner(0));
    assert_eq!(outcome(Method::Unanimous, Ties::Fail), Outcome::NoMajority);
    assert_eq!(vote(&[], &[], &VoteRule::default()).outcome, Outcome::NoVotes);
}

#[test]
fn votes_are_decided_as_soon_as_they_can_be() {
    let with = |method| VoteRule { method, ..VoteRule::default() };
    let check = |keys: &str, more: usize, method| decided(&plain(keys), &[], &vec![1.0; more], &with(method));
    assert_eq!(check("aaa", 2, Method::Majority), Some(Outcome::Winner(0)));
    assert_eq!(check("aab", 2, Method::Majority), None);
    assert_eq!(check("aabbcc", 1, Method::Majority), Some(Outcome::NoMajority));
    assert_eq!(check("baaa", 1, Method::Plurality), Some(Outcome::Winner(1)));
    assert_eq!(check("baaa", 2, Method::Plurality), None);
    assert_eq!(check("ab", 5, Method::Unanimous), Some(Outcome::NoMajority));
    assert_eq!(check("", 5, Method::Unanimous), None);
}

#[test]
fn a_vote_is_as_sure_as_its_pool_and_not_as_its_share() {
    let ballots = plain("aab");
    let rule = VoteRule { pool: PoolRule { options: Some(2), ..PoolRule::default() }, ..VoteRule::default() };
    let voted = vote(&ballots, &[], &rule);
    let posterior = pool(&ballots, &rule.pool).unwrap().probability;
    assert_eq!(voted.probability, Some(posterior));
    assert!((posterior - 2.0 / 3.0).abs() > 0.01);
}

#[test]
fn asking_stops_when_it_is_sure_or_hopeless() {
    let rule = PoolRule { options: Some(2), ..PoolRule::default() };
    let sure = |keys: [u8; 3], p| ballots(&keys.map(|key| (key, (p, p, p), true)));
    let stop = StopRule { target: 0.9 };
    let weak = [Prospect::calibrated(0.5, 0.6)];
    assert!(matches!(decide(&sure([0, 0, 0], 0.9), &weak, &stop, &rule), Decision::Reached { .. }));
    assert!(matches!(decide(&sure([0, 0, 0], 0.7), &weak, &stop, &rule), Decision::Futile { .. }));
    let strong = [Prospect::calibrated(0.5, 0.99)];
    assert_eq!(decide(&sure([0, 0, 0], 0.7), &strong, &stop, &rule), Decision::Continue);
    // The target is out of reach, but one more voice can still change the answer.
    assert_eq!(
        decide(&ballots(&[(0, (0.6, 0.6, 0.6), true), (1, (0.55, 0.55, 0.55), true)]), &weak, &stop, &rule),
        Decision::Continue
    );
    assert_eq!(decide(&[], &weak, &stop, &rule), Decision::Continue);
    assert_eq!(decide(&[], &[], &stop, &rule), Decision::Futile { pooled: None });
}

#[test]
fn quorums_settle() {
    assert_eq!(quorum(&plain("aba"), 2, 0), QuorumState::Reached { first: 0, supporters: vec![0, 2] });
    assert_eq!(quorum(&plain("ab"), 3, 2), QuorumState::Open);
    assert_eq!(quorum(&plain("ab"), 3, 1), QuorumState::Unreachable);
}
