//! Settling a vote before every ballot is in, without changing its outcome.

use super::count::{Method, Outcome, Tally, VoteRule, count, vote, weight_at};
use crate::pool::Ballot;

/// The outcome of a vote when the outstanding votes cannot change it any more, else none.
///
/// `ballots` are the votes so far; `outstanding` holds the weight of each vote still to come (only
/// their number matters unless the vote is weighted), any of which may also turn out to be an
/// abstention. Lossless: whatever they are and wherever they stand among the ballots, the option that
/// wins then is the one that wins now ([`Outcome::Winner`] names its first ballot so far), and a vote
/// that nobody can win any more stays one (its reason may change from a tie to another). A lead that
/// outstanding votes could level does not count as decided.
pub fn decided(ballots: &[Ballot], weights: &[f64], outstanding: &[f64], rule: &VoteRule) -> Option<Outcome> {
    let settled = || vote_outcome(ballots, weights, rule);
    if outstanding.is_empty() {
        return Some(settled());
    }
    let tallies = count(ballots, weights, rule.method);
    let open: f64 = match rule.method {
        Method::Weighted => (0..outstanding.len()).map(|index| weight_at(outstanding, index)).sum(),
        _ => outstanding.len() as f64,
    };
    let cast: f64 = tallies.iter().map(|tally| tally.weight).sum();
    let (leader, runner_up) = two_best(&tallies)?;
    // Sums of weights may round differently once all are in.
    let slack = if rule.method == Method::Weighted { 1e-9 * (cast + open) } else { 0.0 };
    let fixed = match rule.method {
        Method::Plurality | Method::Weighted => leader > runner_up + open + slack,
        // Either won against all that is to come, or out of reach for everybody, newcomers included.
        Method::Majority => 2.0 * leader > cast + open || 2.0 * leader + open <= cast,
        Method::Unanimous => tallies.len() > 1,
    };
    fixed.then(settled)
}

fn vote_outcome(ballots: &[Ballot], weights: &[f64], rule: &VoteRule) -> Outcome {
    vote(ballots, weights, rule).outcome
}

/// The two greatest weights, the second 0 when there is one option; none when nobody voted.
fn two_best(tallies: &[Tally]) -> Option<(f64, f64)> {
    let mut weights: Vec<f64> = tallies.iter().map(|tally| tally.weight).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    weights.first().map(|leader| (*leader, weights.get(1).copied().unwrap_or(0.0)))
}

/// Where a quorum stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuorumState {
    /// Enough agree.
    Reached {
        /// The index of the first ballot of the option they agree on.
        first: usize,
        /// The indices of all ballots for it, ascending.
        supporters: Vec<usize>,
    },
    /// Not enough agree, but with the outstanding votes they may.
    Open,
    /// Not enough votes are left for any option.
    Unreachable,
}

/// Whether `needed` ballots agree (at least one is always needed), with `outstanding` votes to come.
/// Of options that both have enough, the one cast first counts.
pub fn quorum(ballots: &[Ballot], needed: usize, outstanding: usize) -> QuorumState {
    let needed = needed.max(1);
    let tallies = count(ballots, &[], Method::Plurality);
    let most = tallies.iter().map(|tally| tally.supporters.len()).max().unwrap_or(0);
    match tallies.into_iter().find(|tally| tally.supporters.len() >= needed) {
        Some(tally) => QuorumState::Reached { first: tally.first, supporters: tally.supporters },
        None if most.saturating_add(outstanding) >= needed => QuorumState::Open,
        None => QuorumState::Unreachable,
    }
}
