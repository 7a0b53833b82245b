//! Counting ballots.

use crate::error::ConfidenceError;
use crate::number::ordered_sum;
use crate::pool::{Ballot, PoolRule, Pooled, pool};
use crate::root::RootId;
use crate::value::Confidence;

/// What it takes to win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Method {
    /// More than half of the votes that were cast.
    #[default]
    Majority,
    /// More votes than any other option.
    Plurality,
    /// A greater sum of weights than any other option.
    Weighted,
    /// Every vote that was cast.
    Unanimous,
}

/// What an undecided vote comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Ties {
    /// Of options that lead together in a plurality or weighted vote, the one cast first wins. It
    /// cannot make a majority or unanimity where there is none.
    #[default]
    First,
    /// The vote fails.
    Fail,
    /// The result is null.
    Null,
}

/// How votes are counted, and what the pool behind the confidence knows.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct VoteRule {
    /// What it takes to win.
    pub method: Method,
    /// What an undecided vote comes to.
    pub ties: Ties,
    /// For the posterior of the winner.
    pub pool: PoolRule,
}

/// Who won, or why nobody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The option whose first ballot has this index won.
    Winner(usize),
    /// Undecided, and [`Ties::Null`] makes that a null.
    Null,
    /// Several options lead together.
    Tied,
    /// The method wants a majority or unanimity, and there is none.
    NoMajority,
    /// Nobody voted.
    NoVotes,
}

/// The votes of one option.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Its canonical key.
    pub key: String,
    /// The index of the first ballot for it.
    pub first: usize,
    /// The indices of all ballots for it, ascending.
    pub supporters: Vec<usize>,
    /// The sum of their weights; their number unless the vote is weighted.
    pub weight: f64,
}

/// A counted vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Voted {
    /// Who won, or why nobody did.
    pub outcome: Outcome,
    /// Every option that was voted for, in the order of their first ballots.
    pub tallies: Vec<Tally>,
    /// How many votes were cast; abstentions are not.
    pub cast: usize,
    /// The probability that the winning option is right: the pool's posterior for it, never the share
    /// of the votes. None when nobody won.
    pub probability: Option<f64>,
    /// The pool of the same ballots: posteriors of all options, dissent, evidence. None when nobody
    /// voted.
    pub pooled: Option<Pooled>,
}

impl Voted {
    /// The tally of the winning option.
    pub fn winning(&self) -> Option<&Tally> {
        match self.outcome {
            Outcome::Winner(first) => self.tallies.iter().find(|tally| tally.first == first),
            _ => None,
        }
    }

    /// The confidence of the winning value: a new root `id` derived from the confidences of all
    /// ballots. Its interval is the pool's when the pool has the same winner, else from 0 to 1. None
    /// when nobody won.
    pub fn confidence(
        &self,
        id: impl Into<RootId>,
        ballots: &[Ballot],
    ) -> Option<Result<Confidence, ConfidenceError>> {
        let (p, pooled, winning) = (self.probability?, self.pooled.as_ref()?, self.winning()?);
        let agrees = pooled.options.iter().any(|o| o.first == pooled.winner && o.key == winning.key);
        let (lo, hi) = if agrees { (pooled.lo, pooled.hi) } else { (0.0, 1.0) };
        let from: Vec<&Confidence> = ballots.iter().map(|ballot| &ballot.confidence).collect();
        Some(Confidence::derived(id, p, lo, hi, pooled.source, pooled.evidence, &from))
    }
}

/// Counts a vote. `weights` are the ballots' weights for [`Method::Weighted`], by index: missing ones
/// are 1, those that are negative or not finite are 0; the other methods ignore them.
///
/// Abstentions count like absence. The counts do not depend on the order of the ballots; which of tied
/// options is first does.
pub fn vote(ballots: &[Ballot], weights: &[f64], rule: &VoteRule) -> Voted {
    let tallies = count(ballots, weights, rule.method);
    let outcome = outcome(&tallies, rule);
    let pooled = pool(ballots, &rule.pool);
    let winner = tallies.iter().find(|tally| outcome == Outcome::Winner(tally.first));
    let probability = winner.zip(pooled.as_ref()).map(|(tally, pooled)| {
        let share = pooled.options.iter().find(|option| option.key == tally.key);
        // An option that only clones of other voices gave: nobody the pool hears stands for it.
        share.map_or(0.0, |option| option.probability)
    });
    let cast = tallies.iter().map(|tally| tally.supporters.len()).sum();
    Voted { outcome, tallies, cast, probability, pooled }
}

/// The weight at `index` of a weighted vote.
pub(crate) fn weight_at(weights: &[f64], index: usize) -> f64 {
    let weight = weights.get(index).copied().unwrap_or(1.0);
    if weight.is_finite() { weight.clamp(0.0, f64::MAX / 1e6) } else { 0.0 }
}

/// The options' votes, in the order of their first ballots.
pub(crate) fn count(ballots: &[Ballot], weights: &[f64], method: Method) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for (index, ballot) in ballots.iter().enumerate() {
        let Some(key) = &ballot.key else { continue };
        match tallies.iter_mut().find(|tally| tally.key == *key) {
            Some(tally) => tally.supporters.push(index),
            None => {
                tallies.push(Tally { key: key.clone(), first: index, supporters: vec![index], weight: 0.0 });
            }
        }
    }
    for tally in &mut tallies {
        tally.weight = match method {
            Method::Weighted => {
                ordered_sum(tally.supporters.iter().map(|index| weight_at(weights, *index)).collect())
            }
            _ => tally.supporters.len() as f64,
        };
    }
    tallies
}

fn outcome(tallies: &[Tally], rule: &VoteRule) -> Outcome {
    let undecided = |why| if rule.ties == Ties::Null { Outcome::Null } else { why };
    let top = tallies.iter().map(|tally| tally.weight).fold(0.0, f64::max);
    let cast: f64 = tallies.iter().map(|tally| tally.weight).sum();
    let mut leaders = tallies.iter().filter(|tally| tally.weight >= top);
    let Some(leader) = leaders.next() else { return undecided(Outcome::NoVotes) };
    let enough = match rule.method {
        Method::Majority => 2.0 * top > cast,
        Method::Unanimous => tallies.len() == 1,
        Method::Plurality | Method::Weighted => true,
    };
    if !enough {
        undecided(Outcome::NoMajority)
    } else if leaders.next().is_some() && rule.ties != Ties::First {
        undecided(Outcome::Tied)
    } else {
        Outcome::Winner(leader.first)
    }
}
