//! ∧, ∨ and ¬ of confidences.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::digest::joint_id;
use crate::number::unit;
use crate::root::{Points, Root, RootId, Source};
use crate::value::{Confidence, MAXIMUM_ROOTS, descending};

/// The root of `¬certain`.
const NEVER: &str = "never";

impl Confidence {
    /// ∧: both values must be right. Roots merge key by key with the component-wise minimum, so
    /// `x ∧ x = x` bit for bit and a value used twice is not counted twice; a root and its descendant
    /// count as one (see [`Confidence::point`]). More than [`MAXIMUM_ROOTS`] collapse into one root
    /// that carries lower bound, point of every mode and upper bound, and descends from them all.
    ///
    /// Associative, commutative and idempotent exactly below the collapse. Across it the value keeps to
    /// 1e-12 as long as no root is in two different collapses; one that is counts twice, which can only
    /// lower the result.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (_, None) => return self.clone(),
            (None, _) => return other.clone(),
            (Some(left), Some(right)) if Arc::ptr_eq(left, right) => return self.clone(),
            _ => {}
        }
        let roots = merge(self.entries(), other.entries(), f64::min);
        if roots == self.entries() {
            return self.clone();
        }
        let merged = Self::from_sorted(roots);
        if merged.entries().len() > MAXIMUM_ROOTS { merged.collapsed() } else { merged }
    }

    /// ∨: at least one of two values that both stand for the result must be right.
    /// `a + b - T(a, b)` in every mode, within `[max lo, min(1, hi_1 + hi_2)]`, as one new root that
    /// descends from all. The same roots on both sides give the value itself (the component-wise
    /// maximum, should their numbers differ), and a certain side gives certainty.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if self.is_certain() || other.is_certain() {
            return Self::certain();
        }
        let same = self.roots().len() == other.roots().len()
            && self.roots().zip(other.roots()).all(|((left, _), (right, _))| left == right);
        if same {
            return Self::from_sorted(merge(self.entries(), other.entries(), f64::max));
        }
        let points = Points::each(|mode| mode.disjunction(self.point(mode), other.point(mode)));
        let lo = self.lo().max(other.lo());
        let hi = (self.hi() + other.hi()).min(1.0);
        let mut ids: Vec<&RootId> = self.roots().chain(other.roots()).map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        let root = Root::plain(points.frank, lo, hi, weaker(self, other), least_evidence(self, other));
        joined(joint_id("or", ids.into_iter()), root.with_points(points), &[self, other])
    }

    /// ¬: the probability that the value is wrong. One root is complemented in place, keeping its id;
    /// several collapse into a new root with `1 - point` and `[1 - hi, 1 - lo]`. The language's `!x`
    /// does not use it: the negation of a right answer is as right as the answer.
    #[must_use]
    #[allow(clippy::should_implement_trait)] // By reference, beside `and` and `or`, which are no operators.
    pub fn not(&self) -> Self {
        let points = Points::each(|mode| unit(1.0 - self.point(mode)));
        let (lo, hi) = (unit(1.0 - self.hi()), unit(1.0 - self.lo()));
        match self.entries() {
            [] => Self::single(RootId::from(NEVER), Root::plain(0.0, 0.0, 0.0, Source::Measured, 0.0)),
            [(id, root)] if id.as_str() == NEVER && root.hi <= 0.0 => Self::certain(),
            [(id, root)] => {
                let complement = Root { lo, hi, points: None, ..root.clone() };
                Self::single(id.clone(), complement.with_points(points))
            }
            _ => {
                let root = Root::plain(points.frank, lo, hi, self.source(), self.evidence());
                let id = joint_id("not", self.roots().map(|(id, _)| id));
                joined(id, root.with_points(points), &[self])
            }
        }
    }

    /// All roots as one.
    fn collapsed(&self) -> Self {
        let points = Points::each(|mode| self.point(mode));
        let root = Root::plain(points.frank, self.lo(), self.hi(), self.source(), self.evidence());
        joined(joint_id("and", self.roots().map(|(id, _)| id)), root.with_points(points), &[self])
    }
}

fn joined(id: RootId, root: Root, from: &[&Confidence]) -> Confidence {
    let root = descending(root, &id, from);
    Confidence::single(id, root)
}

fn weaker(left: &Confidence, right: &Confidence) -> Source {
    left.source().min(right.source())
}

fn least_evidence(left: &Confidence, right: &Confidence) -> f64 {
    left.evidence().min(right.evidence())
}

/// The union of two sorted lists of roots; `choose` on the numbers of those in both.
fn merge(
    left: &[(RootId, Root)],
    right: &[(RootId, Root)],
    choose: fn(f64, f64) -> f64,
) -> Vec<(RootId, Root)> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (Some((a, _)), Some((b, _))) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return merged,
        };
        match order {
            Ordering::Less => merged.extend(left.next().cloned()),
            Ordering::Greater => merged.extend(right.next().cloned()),
            Ordering::Equal => {
                if let (Some((id, a)), Some((_, b))) = (left.next(), right.next()) {
                    merged.push((id.clone(), a.merged(b, choose)));
                }
            }
        }
    }
}
