//! The constants of the cold pool, and the scores they give.

use super::ballot::PROBABILITY_CLIP;
use crate::number::{logit, ordered_sum};

/// The correlation of correctness between agents when nothing has been measured.
pub const DEFAULT_CORRELATION: f64 = 0.45;

const FEWEST_OPEN_OPTIONS: usize = 4;

/// What is known about the question and the agents of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PoolRule {
    /// `K` when the type gives it: the size of a literal union, 2 for bool.
    pub options: Option<usize>,
    /// `K` as seen in the domain so far, where the type is open.
    pub domain_options: Option<usize>,
    /// φ, the mean pairwise correlation of correctness, clamped to [0, 1]; unknown: 0.45.
    pub phi: Option<f64>,
    /// `a`, the measured probability that two wrong agents give the same wrong answer, clamped to
    /// `[1/(K-1), 1]`; unknown: `1/(K-1)`, with the stronger discount `τ = 1/(1 + (n-1)φ)`.
    pub same_wrong: Option<f64>,
}

impl PoolRule {
    /// `K` for `distinct` different answers: the type's, else `max(distinct + 1, domain's, 4)`; never
    /// fewer than the answers there are, nor than 2.
    pub fn option_count(&self, distinct: usize) -> usize {
        let open =
            || distinct.saturating_add(1).max(self.domain_options.unwrap_or(0)).max(FEWEST_OPEN_OPTIONS);
        self.options.unwrap_or_else(open).max(distinct).max(2)
    }

    /// The posterior of an option that `n` voices, each with probability `p_hi`, all give; `1/K` for no
    /// voice. While no voice is better than `p_hi` nor worse than chance (`1/K`), and `a` is not measured,
    /// no panel of up to `n` reaches more.
    ///
    /// `p_hi` is what enters the pool (for answers without labels: after [`super::sceptical_prior`]),
    /// clipped to [0.005, 0.995]; NaN counts as the lower end.
    pub fn posterior_bound(&self, n: usize, p_hi: f64) -> f64 {
        let options = self.option_count(usize::from(n > 0));
        let scale = Scale::of(self, n, options);
        let (least, most) = PROBABILITY_CLIP;
        let support = vec![p_hi.max(least).min(most); n];
        let score = if n == 0 { 0.0 } else { scale.score(&support) };
        1.0 / (1.0 + (options as f64 - 1.0) * libm::exp(-score))
    }

    fn correlation(&self) -> f64 {
        let known = self.phi.filter(|phi| !phi.is_nan());
        known.unwrap_or(DEFAULT_CORRELATION).clamp(0.0, 1.0)
    }
}

/// [`PoolRule::posterior_bound`] for a closed type of `options` options about which nothing else is
/// known.
///
/// ```
/// use prism_confidence::pool::posterior_bound;
/// assert!(posterior_bound(3, 3, 0.81) < 0.95);
/// assert!(posterior_bound(8, 3, 0.81) > posterior_bound(3, 3, 0.81));
/// ```
pub fn posterior_bound(n: usize, options: usize, p_hi: f64) -> f64 {
    PoolRule { options: Some(options), ..PoolRule::default() }.posterior_bound(n, p_hi)
}

/// `K` under `rule` for every count of distinct answers from `distinct` to `distinct + more`, each
/// value of `K` once.
pub(crate) fn options_with(rule: &PoolRule, distinct: usize, more: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = (0..=more).map(|added| rule.option_count(distinct + added)).collect();
    counts.dedup();
    counts
}

/// The weights of the cold pool for one number of voices and of options.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// τ: the weight of each voice's log-odds.
    pub(crate) weight: f64,
    /// h: what the first supporter of an option adds.
    pub(crate) first: f64,
    /// d: what each further supporter adds.
    pub(crate) further: f64,
}

impl Scale {
    pub(crate) fn of(rule: &PoolRule, voices: usize, options: usize) -> Self {
        let others = (options.max(2) - 1) as f64;
        let spread = 1.0 + voices.saturating_sub(1) as f64 * rule.correlation();
        let measured = rule.same_wrong.filter(|a| !a.is_nan());
        let weight = if measured.is_some() { 1.0 / spread.sqrt() } else { 1.0 / spread };
        let same_wrong = measured.map_or(1.0 / others, |a| a.clamp(1.0 / others, 1.0));
        let (first, further) = (weight * libm::log(others), -weight * libm::log(same_wrong));
        // Adding zero turns the -0 of a = 1 into 0.
        Self { weight, first, further: further + 0.0 }
    }

    /// `S_k` for the probabilities of an option's supporters, at least one.
    pub(crate) fn score(&self, supporters: &[f64]) -> f64 {
        let log_odds = ordered_sum(supporters.iter().map(|p| logit(*p)).collect());
        let further = supporters.len().saturating_sub(1) as f64;
        self.weight * log_odds + self.first + self.further * further
    }

    /// What one more supporter at `p` adds to an option that has some.
    pub(crate) fn gain(&self, p: f64) -> f64 {
        self.weight * logit(p) + self.further
    }
}
