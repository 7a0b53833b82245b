//! The pool and what it returns.

use super::ballot::Ballot;
use super::score::PoolRule;
use super::tally::{Entry, Tally};
use crate::error::ConfidenceError;
use crate::root::{RootId, Source};
use crate::value::Confidence;

/// From this probability on, a supporter is confident: see [`Pooled::disagreement`].
const CONFIDENT: f64 = 0.8;

/// One option that somebody gave.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionShare {
    /// Its canonical key.
    pub key: String,
    /// The index of the first ballot that gave it.
    pub first: usize,
    /// The indices of the ballots that gave it and were heard, ascending; clones included.
    pub supporters: Vec<usize>,
    /// How many voices those are: clones of one root count once.
    pub voices: usize,
    /// The highest probability with which one of them entered the pool.
    pub strongest: f64,
    /// The posterior probability that it is the right answer.
    pub probability: f64,
}

/// The outcome of a pool.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The index of the first ballot that gave the winning option.
    pub winner: usize,
    /// The posterior probability that the winning option is right.
    pub probability: f64,
    /// The posterior with the winner's supporters at the lower ends of their intervals and all others
    /// at their upper ends.
    pub lo: f64,
    /// The posterior with the winner's supporters at their upper ends and all others at their lower
    /// ends.
    pub hi: f64,
    /// Every option that somebody gave, in the order of their first ballots.
    pub options: Vec<OptionShare>,
    /// The posterior probability that the right answer is one nobody gave. Together with the
    /// probabilities of `options` it sums to 1.
    pub unseen: f64,
    /// K, the number of options that the softmax ran over.
    pub option_count: usize,
    /// How many voices were heard.
    pub voices: usize,
    /// How many of them gave the winning option.
    pub support: usize,
    /// The weakest source of all ballots, at most [`Source::Stated`]: a cold pool is not calibrated.
    pub source: Source,
    /// The smallest evidence behind a ballot that was heard.
    pub evidence: f64,
}

impl Pooled {
    /// The options that lost, in the order of their first ballots.
    pub fn dissent(&self) -> impl Iterator<Item = &OptionShare> {
        self.options.iter().filter(|option| option.first != self.winner)
    }

    /// Two options that each have a supporter with a probability of at least 0.8, the winner first
    /// where it is one of them; none when the confident agree.
    pub fn disagreement(&self) -> Option<(&OptionShare, &OptionShare)> {
        let mut confident: Vec<&OptionShare> =
            self.options.iter().filter(|option| option.strongest >= CONFIDENT).collect();
        confident.sort_by_key(|option| (option.first != self.winner, option.first));
        match confident.as_slice() {
            [one, other, ..] => Some((one, other)),
            _ => None,
        }
    }

    /// The confidence of the pooled value: one new root `id` with the posterior, derived from the
    /// confidences of all ballots.
    ///
    /// # Errors
    /// When the fields were changed so that they are no probabilities any more.
    pub fn confidence(
        &self,
        id: impl Into<RootId>,
        ballots: &[Ballot],
    ) -> Result<Confidence, ConfidenceError> {
        let from: Vec<&Confidence> = ballots.iter().map(|ballot| &ballot.confidence).collect();
        let (p, lo, hi) = (self.probability, self.lo, self.hi);
        Confidence::derived(id, p, lo, hi, self.source, self.evidence, &from)
    }
}

/// Pools ballots into the most probable answer; none when nobody gave one.
///
/// Only an option that somebody gave can win; on equal posteriors the one given first does. The
/// posteriors do not depend on the order of the ballots, bit for bit. See the module for the formula,
/// [`Ballot`] for which ballots count as one.
pub fn pool(ballots: &[Ballot], rule: &PoolRule) -> Option<Pooled> {
    let tally = Tally::of(ballots, rule);
    let scale = tally.scale(0, tally.option_count);
    let scores = tally.scores(&scale, tally.option_count, |entry, _| entry.p);
    let shares = tally.softmax(&scores);
    let winner = best(&scores)?;
    let bound = |pick: fn(&Entry, bool) -> f64| {
        let pick = |entry: &Entry, option| pick(entry, option == winner);
        let shares = tally.softmax(&tally.scores(&scale, tally.option_count, pick));
        shares.get(winner).copied().unwrap_or(0.0)
    };
    let lo = bound(|entry, ours| if ours { entry.lo } else { entry.hi });
    let hi = bound(|entry, ours| if ours { entry.hi } else { entry.lo });
    let options: Vec<OptionShare> = tally.shares(&shares);
    let unseen = shares.last().copied().unwrap_or(0.0);
    let won = options.get(winner)?;
    let heard = || options.iter().flat_map(|option| &option.supporters).filter_map(|&at| ballots.get(at));
    let weakest = ballots.iter().map(|ballot| ballot.source).min().unwrap_or(Source::Stated);
    let evidence = heard().map(|ballot| ballot.confidence.evidence()).reduce(f64::min).unwrap_or(0.0);
    Some(Pooled {
        winner: won.first,
        probability: won.probability,
        lo: lo.min(won.probability),
        hi: hi.max(won.probability),
        support: won.voices,
        voices: tally.voices,
        option_count: tally.option_count,
        source: weakest.min(Source::Stated),
        evidence,
        unseen,
        options,
    })
}

/// The index of the highest score, the first on equal scores.
pub(crate) fn best(scores: &[f64]) -> Option<usize> {
    let top = scores.iter().copied().reduce(f64::max)?;
    scores.iter().position(|score| *score >= top)
}
