//! When to stop asking: the answer is sure enough, or asking on can change nothing any more.

use crate::pool::{Ballot, PoolRule, Pooled, Tally, clipped, options_with, pool, sceptical_prior};

/// Rounding may not make an option look beaten that is not.
const SLACK: f64 = 1e-9;

/// With more prospects than this, futility is not looked for: asking on is always sound.
const MOST_PROSPECTS: usize = 64;

/// When an `ask_until` is content.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StopRule {
    /// The posterior that the pooled answer has to reach, in [0, 1].
    pub target: f64,
}

/// An agent that can still be asked: the range of probabilities with which its answer may enter the
/// pool. Each is taken to be a voice of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prospect {
    /// The least.
    pub lo: f64,
    /// The greatest.
    pub hi: f64,
}

impl Prospect {
    /// An agent without labels: whatever it may state, after the sceptical prior (0.05 to 0.91).
    pub fn stated() -> Self {
        Self { lo: sceptical_prior(0.0), hi: sceptical_prior(1.0) }
    }

    /// An agent whose calibrated answers lie within `[lo, hi]`.
    pub fn calibrated(lo: f64, hi: f64) -> Self {
        Self { lo, hi }
    }
}

/// Whether to ask on.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Another answer may raise the posterior to the target, or change the winner.
    Continue,
    /// The pooled answer is sure enough.
    Reached {
        /// The pool of the answers so far.
        pooled: Pooled,
    },
    /// No further answers, whatever they are, reach the target or change the winner; or nobody is left.
    Futile {
        /// The pool of the answers so far; none when nobody gave any.
        pooled: Option<Pooled>,
    },
}

/// Decides after each answer of an `ask_until`: stop when the greatest posterior is at least the
/// target, or when no completion of the panel reaches the target or changes the winner.
///
/// A completion is any subset of `remaining` answering, each with any option and any probability of its
/// range. Futility is judged by an upper bound on what completions can do, so it is never claimed
/// wrongly: the winner is then the same as with the whole panel. With more than 64 prospects it is not
/// looked for.
pub fn decide(ballots: &[Ballot], remaining: &[Prospect], stop: &StopRule, rule: &PoolRule) -> Decision {
    match pool(ballots, rule) {
        Some(pooled) if pooled.probability >= stop.target => Decision::Reached { pooled },
        pooled if remaining.is_empty() => Decision::Futile { pooled },
        None => Decision::Continue,
        Some(_) if remaining.len() > MOST_PROSPECTS => Decision::Continue,
        Some(pooled) => {
            let tally = Tally::of(ballots, rule);
            let open = (1..=remaining.len()).rev().any(|more| {
                let counts = options_with(rule, tally.distinct(), more);
                counts.into_iter().any(|options| can_change(&tally, remaining, more, options, stop.target))
            });
            if open { Decision::Continue } else { Decision::Futile { pooled: Some(pooled) } }
        }
    }
}

/// Whether exactly `more` further voices, under `option_count` options, could reach the target or
/// change the winner.
///
/// One voice either raises its option's score by `τ·logit(p) + d`, or, where that is negative, lowers
/// it; so it moves the log-odds of any two options by at most the greater of the two, its reach. Beside
/// that, the first voice for an option nobody gave gains `h - d`.
fn can_change(
    tally: &Tally<'_>,
    remaining: &[Prospect],
    more: usize,
    option_count: usize,
    target: f64,
) -> bool {
    let scale = tally.scale(more, option_count);
    let reach_of = |prospect: &Prospect| {
        let up = scale.gain(clipped(prospect.hi));
        let down = scale.gain(clipped(prospect.lo));
        up.max(-down).max(0.0)
    };
    let mut reaches: Vec<f64> = remaining.iter().map(reach_of).collect();
    reaches.sort_by(|a, b| b.total_cmp(a));
    let reach: f64 = reaches.iter().take(more).sum::<f64>() + SLACK;
    let scores = tally.scores(&scale, option_count, |entry, _| entry.p);
    let leader = tally.leader();
    let Some(leading) = leader.and_then(|index| scores.get(index).copied()) else { return true };
    let unseen = option_count.saturating_sub(scores.len());
    let debut = scale.first - scale.further;
    // The candidates: each option there is, and one that nobody gave.
    let mut candidates: Vec<(f64, f64)> = scores.iter().map(|score| (*score, reach)).collect();
    if unseen > 0 {
        candidates.push((0.0, reach + debut));
    }
    let all: f64 = scores.iter().map(|score| libm::exp(*score)).sum::<f64>() + unseen as f64;
    candidates.iter().enumerate().any(|(index, &(score, reach))| {
        let overtakes = Some(index) != leader && score + reach >= leading;
        let others = (all - libm::exp(score)).max(0.0);
        let posterior = 1.0 / (1.0 + others * libm::exp(-score - reach));
        overtakes || posterior + SLACK >= target
    })
}
