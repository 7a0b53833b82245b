//! What a confidence rests on.

use std::fmt;
use std::sync::Arc;

use crate::mode::Mode;

/// Names one thing a confidence rests on: an agent's call (its call id without the run id), or an
/// asserted literal (node id and key). Cheap to clone; ordered by its text, which fixes the order in
/// which points are folded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct RootId(Arc<str>);

impl RootId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RootId {
    fn from(text: &str) -> Self {
        Self(Arc::from(text))
    }
}

impl From<String> for RootId {
    fn from(text: String) -> Self {
        Self(Arc::from(text))
    }
}

impl From<Arc<str>> for RootId {
    fn from(text: Arc<str>) -> Self {
        Self(text)
    }
}

impl From<&RootId> for RootId {
    fn from(id: &RootId) -> Self {
        id.clone()
    }
}

impl fmt::Display for RootId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for RootId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

/// Where a confidence comes from, weakest first. A value has the weakest source of its roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Source {
    /// The author of the pattern said so (`e ~> p`).
    Asserted,
    /// The agent said so.
    Stated,
    /// What the agent said, corrected by labels.
    Calibrated,
    /// Counted on labels directly.
    Measured,
}

/// The points of one root in each mode, where they differ: a collapse, a disjunction or a negation of
/// several roots depends on the mode that is chosen later.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Points {
    pub(crate) frank: f64,
    pub(crate) independent: f64,
    pub(crate) min: f64,
    pub(crate) worst: f64,
}

impl Points {
    /// The point of every mode, computed by `of`.
    pub(crate) fn each(of: impl Fn(Mode) -> f64) -> Self {
        Self {
            frank: of(Mode::Frank),
            independent: of(Mode::Independent),
            min: of(Mode::Min),
            worst: of(Mode::Worst),
        }
    }

    pub(crate) fn get(&self, mode: Mode) -> f64 {
        match mode {
            Mode::Frank | Mode::Bounds => self.frank,
            Mode::Independent => self.independent,
            Mode::Min => self.min,
            Mode::Worst => self.worst,
        }
    }

    /// Whether one number says it all.
    pub(crate) fn uniform(&self) -> bool {
        self.independent == self.frank && self.min == self.frank && self.worst == self.frank
    }
}

/// One thing a confidence rests on. `lo <= p <= hi` always holds.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Root {
    /// The probability that it is right, in [0, 1]. For a root that stands for several, the point in
    /// [`Mode::Frank`]; see [`Root::point`].
    pub p: f64,
    /// The lower end of the interval around `p`.
    pub lo: f64,
    /// The upper end of the interval around `p`.
    pub hi: f64,
    /// Where `p` comes from.
    pub source: Source,
    /// The effective number of labels behind it; 0 when nothing but a claim is.
    pub evidence: f64,
    /// Every root this one was derived from, directly or not; sorted, each once.
    #[cfg_attr(feature = "serde", serde(default = "nothing", skip_serializing_if = "is_nothing"))]
    pub ancestors: Arc<[RootId]>,
    /// Those of `ancestors` that were not derived from anything; sorted, each once.
    #[cfg_attr(feature = "serde", serde(default = "nothing", skip_serializing_if = "is_nothing"))]
    pub origins: Arc<[RootId]>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) points: Option<Points>,
}

impl Root {
    /// The point of this root in `mode`: `p`, unless the root stands for several others.
    pub fn point(&self, mode: Mode) -> f64 {
        self.points.map_or(self.p, |points| points.get(mode))
    }

    pub(crate) fn descends_from(&self, id: &RootId) -> bool {
        self.ancestors.binary_search(id).is_ok()
    }

    /// A root without ancestors; the caller has checked the numbers.
    pub(crate) fn plain(p: f64, lo: f64, hi: f64, source: Source, evidence: f64) -> Self {
        Self { p, lo, hi, source, evidence, ancestors: nothing(), origins: nothing(), points: None }
    }

    /// The root with the points of every mode; `p` becomes Frank's.
    pub(crate) fn with_points(mut self, points: Points) -> Self {
        self.p = points.frank;
        self.points = (!points.uniform()).then_some(points);
        self
    }

    /// Both roots as one: `choose` on each number, the weaker source, the smaller evidence.
    pub(crate) fn merged(&self, other: &Self, choose: fn(f64, f64) -> f64) -> Self {
        let points = Points::each(|mode| choose(self.point(mode), other.point(mode)));
        Self {
            p: points.frank,
            lo: choose(self.lo, other.lo),
            hi: choose(self.hi, other.hi),
            source: self.source.min(other.source),
            evidence: self.evidence.min(other.evidence),
            ancestors: union(&self.ancestors, &other.ancestors),
            origins: union(&self.origins, &other.origins),
            points: (!points.uniform()).then_some(points),
        }
    }
}

fn union(left: &Arc<[RootId]>, right: &Arc<[RootId]>) -> Arc<[RootId]> {
    if left == right || right.is_empty() {
        return Arc::clone(left);
    }
    let mut ids: Vec<RootId> = left.iter().chain(right.iter()).cloned().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into()
}

fn nothing() -> Arc<[RootId]> {
    Arc::from([])
}

#[cfg(feature = "serde")]
fn is_nothing(ids: &Arc<[RootId]>) -> bool {
    ids.is_empty()
}
