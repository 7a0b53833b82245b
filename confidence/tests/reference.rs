//! The numbers that the design of the algebra and of the pool is judged by.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use prism_confidence::pool::{Ballot, PoolRule, pool, posterior_bound, sceptical_prior};
use prism_confidence::{Confidence, ConfidenceError, Mode, Quantity, RootId, Source, frank};

fn close(left: f64, right: f64, tolerance: f64) {
    assert!((left - right).abs() <= tolerance, "{left} is not within {tolerance} of {right}");
}

fn stated(ballots: &[(&str, &str, f64)]) -> Vec<Ballot> {
    let ballot = |(key, root, p): &(&str, &str, f64)| {
        Ballot::new(*key, &Confidence::stated(*root, *p).unwrap(), Mode::Frank)
    };
    ballots.iter().map(ballot).collect()
}

fn closed(options: usize) -> PoolRule {
    PoolRule { options: Some(options), ..PoolRule::default() }
}

#[test]
fn ten_stages_at_nine_tenths() {
    let stages = (0..10).map(|stage| Confidence::stated(format!("stage#{stage}"), 0.9).unwrap());
    let all = stages.fold(Confidence::certain(), |all, stage| all.and(&stage));
    close(all.point(Mode::Frank), 0.654, 5e-4);
    close(all.point(Mode::Independent), 0.349, 5e-4);
    assert_eq!(all.point(Mode::Min), 0.9);
    close(all.point(Mode::Worst), 0.0, 1e-12);
    assert_eq!(all.point(Mode::Bounds), all.point(Mode::Frank));
    assert_eq!(all.gate_value(Mode::Bounds), 0.0);
}

#[test]
fn frank_tends_to_its_limits() {
    close(frank(0.7, 0.6, 1.0), 0.42, 1e-12);
    close(frank(0.7, 0.6, 1.0 + 1e-7), 0.42, 1e-7);
    assert!(frank(0.7, 0.6, 1e-6) > frank(0.7, 0.6, 1e-3));
    assert!(frank(0.7, 0.6, 1e6) < frank(0.7, 0.6, 10.0));
    assert_eq!(frank(0.7, 0.6, 0.0), frank(0.7, 0.6, 1e-6));
    assert_eq!(frank(f64::NAN, 0.6, 0.5), 0.0);
    assert_eq!(frank(0.3, f64::INFINITY, f64::NAN), 0.3);
}

#[test]
fn a_lone_answer_keeps_what_it_came_in_with() {
    for options in [2, 3, 10, 1000] {
        let pooled = pool(&stated(&[("a", "x", 0.97)]), &closed(options)).unwrap();
        close(pooled.probability, 0.81, 0.005);
        close(pooled.probability, sceptical_prior(0.97), 1e-12);
    }
}

/// The design's "about 0.93" is the pool over three options: 0.935. Two options give 0.906, since there
/// wrong voices always agree; four give 0.948, ten 0.972.
#[test]
fn three_that_agree() {
    let ballots = stated(&[("a", "x", 0.97), ("a", "y", 0.97), ("a", "z", 0.97)]);
    for (options, expected) in [(2, 0.9064), (3, 0.9354), (4, 0.9482), (10, 0.9720)] {
        let pooled = pool(&ballots, &closed(options)).unwrap();
        close(pooled.probability, expected, 5e-4);
        close(posterior_bound(3, options, sceptical_prior(0.97)), pooled.probability, 1e-12);
    }
}

#[test]
fn an_open_type_has_room_for_an_unseen_answer() {
    let rule = PoolRule::default();
    assert_eq!(rule.option_count(1), 4);
    assert_eq!(rule.option_count(5), 6);
    assert_eq!(PoolRule { domain_options: Some(9), ..rule }.option_count(5), 9);
    assert_eq!(closed(2).option_count(3), 3);
    assert_eq!(closed(1).option_count(1), 2);
    let pooled = pool(&stated(&[("a", "x", 0.9)]), &rule).unwrap();
    assert_eq!(pooled.option_count, 4);
    close(pooled.probability + pooled.unseen, 1.0, 1e-12);
}

#[test]
fn without_a_stated_confidence_an_answer_is_chance() {
    let ballot = Ballot::unstated("a", &Confidence::stated("x", 0.0).unwrap());
    close(pool(&[ballot], &closed(5)).unwrap().probability, 0.2, 1e-12);
}

#[test]
fn constructors_refuse_what_is_no_probability() {
    assert_eq!(
        Confidence::asserted("x", 1.5),
        Err(ConfidenceError::OutOfRange { quantity: Quantity::Point, value: 1.5 })
    );
    assert_eq!(
        Confidence::stated("x", f64::NAN),
        Err(ConfidenceError::NotANumber { quantity: Quantity::Point })
    );
    assert_eq!(
        Confidence::calibrated("x", 0.5, 0.6, 0.7, 10.0),
        Err(ConfidenceError::Disordered { p: 0.5, lo: 0.6, hi: 0.7 })
    );
    assert_eq!(
        Confidence::calibrated("x", 0.5, 0.4, 0.7, f64::INFINITY),
        Err(ConfidenceError::OutOfRange { quantity: Quantity::Evidence, value: f64::INFINITY })
    );
}

#[test]
fn a_descendant_and_its_root_are_one() {
    let answer = Confidence::calibrated("call", 0.8, 0.7, 0.9, 40.0).unwrap();
    let raised = Confidence::derived("raise", 0.95, 0.95, 0.95, Source::Asserted, 0.0, &[&answer]).unwrap();
    assert_eq!(raised.point(Mode::Frank), 0.95);
    let both = raised.and(&answer);
    for mode in Mode::ALL {
        assert_eq!(both.point(mode), 0.8);
    }
    assert_eq!((both.lo(), both.hi()), (0.7, 0.9));
    assert_eq!(both.source(), Source::Asserted);
    assert!(both.roots().any(|(id, _)| *id == RootId::from("call")));
}

#[test]
fn a_root_derived_from_two_does_not_hide_their_conjunction() {
    let a = Confidence::stated("a", 0.5).unwrap();
    let b = Confidence::stated("b", 0.5).unwrap();
    let d = Confidence::derived("d", 0.9, 0.0, 1.0, Source::Stated, 0.0, &[&a, &b]).unwrap();
    let apart = a.and(&b);
    assert_eq!(d.and(&a).point(Mode::Independent), 0.5);
    assert_eq!(d.and(&apart).point(Mode::Independent), 0.25);
}

#[test]
fn negation_of_certainty_is_the_annihilator() {
    let never = Confidence::certain().not();
    assert_eq!(never.point(Mode::Frank), 0.0);
    assert!(never.not().is_certain());
    let x = Confidence::asserted("x", 0.7).unwrap();
    assert_eq!(x.and(&never).point(Mode::Frank), 0.0);
    assert_eq!(x.and(&never).hi(), 0.0);
}
