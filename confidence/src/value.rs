//! The value: how it is made and read.

use std::fmt;
use std::sync::Arc;

use crate::error::{ConfidenceError, Quantity, probability, sample_size};
use crate::fold::Shape;
use crate::mode::Mode;
use crate::root::{Root, RootId, Source};

/// More roots than this collapse into one.
pub const MAXIMUM_ROOTS: usize = 64;

/// The probability that a value is right, as the set of roots it rests on.
///
/// Numbers are derived from the roots and never stored, which is what keeps the laws exact: merging is
/// a component-wise minimum per root, hence associative, commutative and idempotent bit for bit.
/// Cloning copies a pointer.
#[derive(Clone, Default)]
pub struct Confidence(pub(crate) Option<Arc<Inner>>);

/// The roots, sorted by id, never empty; and how they descend from each other.
pub(crate) struct Inner {
    pub(crate) roots: Vec<(RootId, Root)>,
    pub(crate) shape: Option<Shape>,
}

impl Confidence {
    /// The confidence of a literal: certain, resting on nothing. The identity of ∧.
    pub const fn certain() -> Self {
        Self(None)
    }

    /// What the author asserts: `p` with the interval `[p, p]`, no evidence.
    ///
    /// # Errors
    /// When `p` is NaN or outside [0, 1].
    pub fn asserted(id: impl Into<RootId>, p: f64) -> Result<Self, ConfidenceError> {
        Self::root(id, p, p, p, Source::Asserted, 0.0)
    }

    /// What an agent states about itself: `p`, with the interval [0, 1] because nothing backs it.
    ///
    /// # Errors
    /// When `p` is NaN or outside [0, 1].
    pub fn stated(id: impl Into<RootId>, p: f64) -> Result<Self, ConfidenceError> {
        Self::root(id, p, 0.0, 1.0, Source::Stated, 0.0)
    }

    /// What labels say about an agent's answer: the calibrated `p`, its interval, and the effective
    /// number of labels behind it.
    ///
    /// # Errors
    /// When a probability is NaN or outside [0, 1], `p` is outside `[lo, hi]`, or `evidence` is not a
    /// finite number of at least 0.
    pub fn calibrated(
        id: impl Into<RootId>,
        p: f64,
        lo: f64,
        hi: f64,
        evidence: f64,
    ) -> Result<Self, ConfidenceError> {
        Self::root(id, p, lo, hi, Source::Calibrated, evidence)
    }

    /// A new root that remembers where it comes from: its ancestors are all roots of `from` and their
    /// ancestors. Used by `~>`, boost, decay, cache hits and pools: ∧ and pools take a root and its
    /// descendant for one.
    ///
    /// # Errors
    /// As [`Confidence::calibrated`].
    pub fn derived(
        id: impl Into<RootId>,
        p: f64,
        lo: f64,
        hi: f64,
        source: Source,
        evidence: f64,
        from: &[&Self],
    ) -> Result<Self, ConfidenceError> {
        let id = id.into();
        let root = checked(p, lo, hi, source, evidence)?;
        Ok(Self::single(id.clone(), descending(root, &id, from)))
    }

    /// A root without ancestors, with every number given.
    ///
    /// # Errors
    /// As [`Confidence::calibrated`].
    pub fn root(
        id: impl Into<RootId>,
        p: f64,
        lo: f64,
        hi: f64,
        source: Source,
        evidence: f64,
    ) -> Result<Self, ConfidenceError> {
        Ok(Self::single(id.into(), checked(p, lo, hi, source, evidence)?))
    }

    pub(crate) fn single(id: RootId, root: Root) -> Self {
        Self(Some(Arc::new(Inner { roots: vec![(id, root)], shape: None })))
    }

    /// From roots sorted by id; none means certain.
    pub(crate) fn from_sorted(roots: Vec<(RootId, Root)>) -> Self {
        if roots.is_empty() {
            return Self::certain();
        }
        let shape = Shape::of(&roots);
        Self(Some(Arc::new(Inner { roots, shape })))
    }

    /// Whether it rests on nothing at all. A root with `p = 1` is sure, but not certain.
    pub fn is_certain(&self) -> bool {
        self.0.is_none()
    }

    /// The probability that the value is right: the fold of the roots' points with the mode's
    /// conjunction, in the order of root ids. A root that descends from others here counts once with
    /// them, as `min(p, fold of its ancestors)`. 1 when certain. Always `lo() <= point <= hi()`.
    pub fn point(&self, mode: Mode) -> f64 {
        let point = self.fold(|root| root.point(mode), |a, b| mode.conjunction(a, b));
        let lo = self.lo();
        point.clamp(lo, self.hi().max(lo))
    }

    /// `max(0, 1 - Σ (1 - lo_r))`: holds whatever the dependence between the roots.
    pub fn lo(&self) -> f64 {
        self.fold(|root| root.lo, |a, b| Mode::Worst.conjunction(a, b))
    }

    /// `min hi_r`.
    pub fn hi(&self) -> f64 {
        self.roots().fold(1.0, |least, (_, root)| root.hi.min(least))
    }

    /// What a gate compares with its threshold: the lower bound in [`Mode::Bounds`], else the point.
    pub fn gate_value(&self, mode: Mode) -> f64 {
        match mode {
            Mode::Bounds => self.lo(),
            _ => self.point(mode),
        }
    }

    /// Whether `e ~@> threshold` lets the value through: `gate_value(mode) >= threshold`.
    pub fn passes(&self, threshold: f64, mode: Mode) -> bool {
        self.gate_value(mode) >= threshold
    }

    /// The weakest source of its roots; [`Source::Measured`], the identity of that minimum, when
    /// certain.
    pub fn source(&self) -> Source {
        self.roots().map(|(_, root)| root.source).min().unwrap_or(Source::Measured)
    }

    /// The smallest effective sample size of its roots; 0 when certain, where no labels are needed.
    pub fn evidence(&self) -> f64 {
        self.roots().map(|(_, root)| root.evidence).reduce(f64::min).unwrap_or(0.0)
    }

    /// The roots in the order of their ids. An ancestor that was merged with its descendant is among
    /// them, since the value rests on it.
    pub fn roots(&self) -> impl ExactSizeIterator<Item = (&RootId, &Root)> {
        self.entries().iter().map(|(id, root)| (id, root))
    }

    pub(crate) fn entries(&self) -> &[(RootId, Root)] {
        self.0.as_ref().map_or(&[], |inner| &inner.roots)
    }

    fn fold(&self, value: impl Fn(&Root) -> f64, both: impl Fn(f64, f64) -> f64) -> f64 {
        let Some(inner) = &self.0 else { return 1.0 };
        match &inner.shape {
            Some(shape) => shape.fold(&inner.roots, value, both),
            None => inner.roots.iter().fold(1.0, |total, (_, root)| both(total, value(root))),
        }
    }
}

/// `root` with the roots and ancestors of `from` as its ancestors.
pub(crate) fn descending(mut root: Root, id: &RootId, from: &[&Confidence]) -> Root {
    let mut ancestors = Vec::new();
    let mut origins = Vec::new();
    for (parent, made_of) in from.iter().flat_map(|confidence| confidence.roots()) {
        ancestors.push(parent.clone());
        ancestors.extend(made_of.ancestors.iter().cloned());
        if made_of.origins.is_empty() {
            origins.push(parent.clone());
        } else {
            origins.extend(made_of.origins.iter().cloned());
        }
    }
    for ids in [&mut ancestors, &mut origins] {
        ids.sort_unstable();
        ids.dedup();
        // A root that is made again under its own id does not descend from itself.
        ids.retain(|ancestor| ancestor != id);
    }
    root.ancestors = ancestors.into();
    root.origins = origins.into();
    root
}

fn checked(p: f64, lo: f64, hi: f64, source: Source, evidence: f64) -> Result<Root, ConfidenceError> {
    let p = probability(Quantity::Point, p)?;
    let lo = probability(Quantity::Lower, lo)?;
    let hi = probability(Quantity::Upper, hi)?;
    if lo <= p && p <= hi {
        Ok(Root::plain(p, lo, hi, source, sample_size(evidence)?))
    } else {
        Err(ConfidenceError::Disordered { p, lo, hi })
    }
}

impl PartialEq for Confidence {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(left), Some(right)) => Arc::ptr_eq(left, right) || left.roots == right.roots,
            (None, None) => true,
            _ => false,
        }
    }
}

impl fmt::Debug for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.roots()).finish()
    }
}
