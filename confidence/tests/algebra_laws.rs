//! The laws of ∧, ∨ and ¬, in every mode.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod worlds;

use prism_confidence::{Confidence, Mode, Source, frank};
use proptest::prelude::*;
use worlds::{all, confidence, derive, family, interval, mode, probability, source};

const TOLERANCE: f64 = 1e-12;

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= TOLERANCE
}

proptest! {
    #[test]
    fn conjunction_is_a_semilattice_bit_for_bit(
        x in confidence(), y in confidence(), z in confidence(), mode in mode(),
    ) {
        prop_assert_eq!(x.and(&y).and(&z), x.and(&y.and(&z)));
        prop_assert_eq!(x.and(&y), y.and(&x));
        prop_assert_eq!(x.and(&x.clone()), x.clone());
        prop_assert_eq!(x.and(&y).and(&x), x.and(&y));
        let (left, right) = (x.and(&y).and(&z), z.and(&y).and(&x));
        prop_assert_eq!(left.point(mode).to_bits(), right.point(mode).to_bits());
        prop_assert_eq!(left.lo().to_bits(), right.lo().to_bits());
    }

    #[test]
    fn identity_and_annihilator(x in confidence(), mode in mode()) {
        let never = Confidence::certain().not();
        prop_assert_eq!(x.and(&Confidence::certain()), x.clone());
        prop_assert_eq!(Confidence::certain().and(&x), x.clone());
        prop_assert_eq!(x.and(&never).point(mode), 0.0);
        prop_assert!(x.or(&Confidence::certain()).is_certain());
        prop_assert!(close(x.or(&never).point(mode), x.point(mode)));
    }

    #[test]
    fn the_point_is_within_its_interval(x in confidence(), mode in mode()) {
        let (lo, point, hi) = (x.lo(), x.point(mode), x.hi());
        prop_assert!(0.0 <= lo && lo <= point && point <= hi && hi <= 1.0, "{lo} {point} {hi}");
        let expected = if mode == Mode::Bounds { lo } else { point };
        prop_assert_eq!(x.gate_value(mode), expected);
    }

    #[test]
    fn a_conjunction_is_no_surer_than_its_parts(x in confidence(), y in confidence(), mode in mode()) {
        let both = x.and(&y);
        prop_assert!(both.point(mode) <= x.point(mode).min(y.point(mode)) + TOLERANCE);
        prop_assert!(both.lo() <= x.lo().min(y.lo()) + TOLERANCE);
        prop_assert_eq!(both.hi(), x.hi().min(y.hi()));
        prop_assert_eq!(both.source(), x.source().min(y.source()));
        for (_, root) in x.roots() {
            prop_assert!(x.point(mode) <= root.point(mode));
        }
    }

    #[test]
    fn a_disjunction_is_no_less_sure_than_its_parts(x in confidence(), y in confidence(), mode in mode()) {
        let either = x.or(&y);
        prop_assert!(either.point(mode) >= x.point(mode).max(y.point(mode)) - TOLERANCE);
        prop_assert!(either.lo() >= x.lo().max(y.lo()) - TOLERANCE);
        prop_assert_eq!(x.or(&x.clone()), x.clone());
        if !either.is_certain() {
            prop_assert_eq!(either.source(), x.source().min(y.source()));
        }
    }

    #[test]
    fn both_and_either_share_out_the_sum(
        x in family("x", 3), y in family("y", 3), mode in mode(),
    ) {
        let (x, y) = (all(&x), all(&y));
        let (both, either) = (x.and(&y).point(mode), x.or(&y).point(mode));
        prop_assert!(close(both + either, x.point(mode) + y.point(mode)));
        prop_assert_eq!(x.or(&y), y.or(&x));
    }

    #[test]
    fn disjunction_is_associative_in_value(
        x in family("x", 2), y in family("y", 2), z in family("z", 2), mode in mode(),
    ) {
        let (x, y, z) = (all(&x), all(&y), all(&z));
        let (left, right) = (x.or(&y).or(&z), x.or(&y.or(&z)));
        prop_assert!(close(left.point(mode), right.point(mode)));
        prop_assert!(close(left.lo(), right.lo()) && close(left.hi(), right.hi()));
    }

    #[test]
    fn de_morgan(x in family("x", 3), y in family("y", 3), mode in mode()) {
        let (x, y) = (all(&x), all(&y));
        let (left, right) = (x.and(&y).not(), x.not().or(&y.not()));
        prop_assert!(close(left.point(mode), right.point(mode)), "{left:?} {right:?}");
        prop_assert!(close(left.hi(), right.hi()));
        let (left, right) = (x.or(&y).not(), x.not().and(&y.not()));
        prop_assert!(close(left.point(mode), right.point(mode)));
        prop_assert!(close(left.lo(), right.lo()));
    }

    #[test]
    fn negation_is_an_involution_in_value(x in confidence(), mode in mode()) {
        let twice = x.not().not();
        prop_assert!(close(twice.point(mode), x.point(mode)));
        prop_assert!(close(twice.lo(), x.lo()) && close(twice.hi(), x.hi()));
        prop_assert!(close(x.not().point(mode), 1.0 - x.point(mode)));
    }

    #[test]
    fn monotone_in_every_root(
        mut members in family("x", 6), at in any::<prop::sample::Index>(), ends in interval(),
        derived in any::<bool>(), mode in mode(),
    ) {
        let value = |members: &[Confidence]| {
            let value = all(members);
            if derived { value.and(&derive(&[&members[0]], (0.0, 0.8, 1.0), Source::Stated)) } else { value }
        };
        let before = value(&members);
        let index = at.index(members.len());
        let (_, old) = members[index].roots().next().unwrap();
        let (lo, p, hi) = (old.lo.max(ends.0), old.p.max(ends.1), old.hi.max(ends.2));
        members[index] =
            Confidence::root(format!("x{index}"), p, lo, hi, old.source, old.evidence).unwrap();
        let after = value(&members);
        prop_assert!(after.point(mode) >= before.point(mode) - TOLERANCE);
        prop_assert!(after.lo() >= before.lo() - TOLERANCE && after.hi() >= before.hi());
    }

    #[test]
    fn copies_merge_to_one(x in confidence(), copies in 1..200_usize, mode in mode()) {
        let merged = (0..copies).fold(Confidence::certain(), |all, _| all.and(&x));
        prop_assert_eq!(&merged, &x);
        prop_assert_eq!(merged.point(mode).to_bits(), x.point(mode).to_bits());
    }

    #[test]
    fn one_descendant_is_one_with_its_root(
        x in family("x", 1), ends in interval(), source in source(), mode in mode(),
    ) {
        let raised = derive(&[&x[0]], ends, source);
        let both = raised.and(&x[0]);
        prop_assert_eq!(both.point(mode), raised.point(mode).min(x[0].point(mode)));
        prop_assert_eq!(both.lo(), raised.lo().min(x[0].lo()));
        prop_assert_eq!(both.and(&raised), both.clone());
    }

    #[test]
    fn lower_gates_let_more_through(x in confidence(), t in probability(), u in probability(), mode in mode()) {
        prop_assert!(!x.passes(t.max(u), mode) || x.passes(t.min(u), mode));
    }

    #[test]
    fn the_collapse_keeps_the_value(members in family("x", 100), cut in any::<prop::sample::Index>(), mode in mode()) {
        let (left, right) = members.split_at(cut.index(members.len()));
        let (one_by_one, halves) = (all(&members), all(left).and(&all(right)));
        prop_assert!(one_by_one.roots().len() <= prism_confidence::MAXIMUM_ROOTS);
        prop_assert!(close(one_by_one.point(mode), halves.point(mode)));
        prop_assert!(close(one_by_one.lo(), halves.lo()));
        prop_assert_eq!(one_by_one.hi(), halves.hi());
        prop_assert_eq!(one_by_one.source(), halves.source());
        let again = one_by_one.and(&members[0]);
        prop_assert!(close(again.point(mode), one_by_one.point(mode)));
    }

    #[test]
    fn frank_is_a_t_norm(
        a in probability(), b in probability(), c in probability(), d in probability(), s in parameter(),
    ) {
        let t = |a, b| frank(a, b, s);
        prop_assert_eq!(t(a, b).to_bits(), t(b, a).to_bits());
        prop_assert!(close(t(t(a, b), c), t(a, t(b, c))), "{} {}", t(t(a, b), c), t(a, t(b, c)));
        prop_assert!(t(a.min(d), b) <= t(a.max(d), b) + TOLERANCE);
        prop_assert_eq!(t(a, 1.0), a);
        prop_assert_eq!(t(a, 0.0), 0.0);
        prop_assert!(Mode::Worst.conjunction(a, b) <= t(a, b) && t(a, b) <= a.min(b));
        prop_assert!(close(1.0 - t(1.0 - a, 1.0 - b), a + b - t(a, b)));
    }

    #[test]
    fn a_smaller_parameter_gives_a_larger_conjunction(
        a in probability(), b in probability(), s in parameter(), u in parameter(),
    ) {
        prop_assert!(frank(a, b, s.min(u)) >= frank(a, b, s.max(u)) - TOLERANCE);
    }

    #[test]
    fn modes_are_total(a in any::<f64>(), b in any::<f64>(), s in any::<f64>(), mode in mode()) {
        for value in [mode.conjunction(a, b), mode.disjunction(a, b), frank(a, b, s)] {
            prop_assert!((0.0..=1.0).contains(&value));
        }
    }

    #[test]
    fn constructors_accept_exactly_the_probabilities(p in any::<f64>(), lo in any::<f64>(), evidence in any::<f64>()) {
        let fine = (0.0..=1.0).contains(&p);
        prop_assert_eq!(Confidence::asserted("x", p).is_ok(), fine);
        prop_assert_eq!(Confidence::stated("x", p).is_ok(), fine);
        let ordered = fine && (0.0..=p).contains(&lo) && (0.0..=f64::MAX).contains(&evidence);
        prop_assert_eq!(Confidence::calibrated("x", p, lo, 1.0, evidence).is_ok(), ordered);
    }
}

/// From 1e-6 to 1e6, evenly on the logarithmic scale, and close to 1.
fn parameter() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (-6.0..6.0_f64).prop_map(|exponent| 10_f64.powf(exponent)),
        1 => (-8.0..8.0_f64).prop_map(|step| 1.0 + step * 1e-10),
        1 => (-8.0..8.0_f64).prop_map(|step| 1.0 + step * 1e-6),
        1 => Just(0.001),
    ]
}

#[cfg(feature = "serde")]
mod serialisation {
    use super::*;

    proptest! {
        #[test]
        fn round_trips(x in confidence(), mode in mode()) {
            let text = serde_json::to_string(&x).unwrap();
            let read: Confidence = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, &x);
            prop_assert_eq!(read.point(mode).to_bits(), x.point(mode).to_bits());
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }

    #[test]
    fn damaged_data_is_refused() {
        let root = |p: &str, rest: &str| {
            format!(
                r#"{{"roots":{{"x":{{"p":{p},"lo":0.0,"hi":0.9,"source":"stated","evidence":0.0{rest}}}}}}}"#
            )
        };
        assert!(serde_json::from_str::<Confidence>(&root("0.5", "")).is_ok());
        assert!(serde_json::from_str::<Confidence>(&root("0.95", "")).is_err());
        assert!(serde_json::from_str::<Confidence>(&root("-0.5", "")).is_err());
        assert!(serde_json::from_str::<Confidence>(&root("0.5", r#","ancestors":["b","a"]"#)).is_err());
    }
}
