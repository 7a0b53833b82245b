//! The ballots of a pool sorted into options, and the options' scores.

use super::ballot::{Ballot, entered};
use super::result::{OptionShare, best};
use super::score::{PoolRule, Scale};
use super::voices::{Voice, voices};
use crate::number::ordered_sum;

/// The probabilities with which one voice enters.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) lo: f64,
    pub(crate) p: f64,
    pub(crate) hi: f64,
}

/// One option and the voices for it, at least one.
struct Group<'a> {
    key: &'a str,
    supporters: Vec<usize>,
    voices: Vec<Voice<'a>>,
}

/// Ballots sorted into options, in the order of the options' first ballots.
pub(crate) struct Tally<'a> {
    ballots: &'a [Ballot],
    rule: &'a PoolRule,
    groups: Vec<Group<'a>>,
    /// How many voices were heard.
    pub(crate) voices: usize,
    /// K for the answers there are.
    pub(crate) option_count: usize,
}

impl<'a> Tally<'a> {
    pub(crate) fn of(ballots: &'a [Ballot], rule: &'a PoolRule) -> Self {
        let heard = voices(ballots);
        let voices = heard.len();
        let mut groups: Vec<Group<'a>> = Vec::new();
        for voice in heard {
            let supporters = voice.ballots.clone();
            match groups.iter_mut().find(|group| group.key == voice.key) {
                Some(group) => {
                    group.supporters.extend(supporters);
                    group.voices.push(voice);
                }
                None => groups.push(Group { key: voice.key, supporters, voices: vec![voice] }),
            }
        }
        for group in &mut groups {
            group.supporters.sort_unstable();
        }
        groups.sort_by_key(|group| group.supporters.first().copied());
        Self { ballots, rule, option_count: rule.option_count(groups.len()), groups, voices }
    }

    /// The index of the winning option.
    pub(crate) fn leader(&self) -> Option<usize> {
        let scale = self.scale(0, self.option_count);
        best(&self.scores(&scale, self.option_count, |entry, _| entry.p))
    }

    /// How many different options were given.
    pub(crate) fn distinct(&self) -> usize {
        self.groups.len()
    }

    /// The weights when `more` voices have been added and there are `option_count` options.
    pub(crate) fn scale(&self, more: usize, option_count: usize) -> Scale {
        Scale::of(self.rule, self.voices + more, option_count)
    }

    /// The score of each option under `scale`, its voices taken at `pick(entry, index of the option)`.
    pub(crate) fn scores(
        &self,
        scale: &Scale,
        option_count: usize,
        pick: impl Fn(&Entry, usize) -> f64,
    ) -> Vec<f64> {
        let score = |(index, group): (usize, &Group<'_>)| {
            let entries = group.voices.iter().map(|voice| self.entry(voice, option_count));
            scale.score(&entries.map(|entry| pick(&entry, index)).collect::<Vec<f64>>())
        };
        self.groups.iter().enumerate().map(score).collect()
    }

    /// The softmax of `scores` and of score 0 for each option nobody gave; the last number is the mass
    /// of those together.
    pub(crate) fn softmax(&self, scores: &[f64]) -> Vec<f64> {
        let unseen = self.option_count.saturating_sub(self.groups.len()) as f64;
        let floor = if unseen > 0.0 { 0.0 } else { f64::MIN };
        let top = scores.iter().copied().fold(floor, f64::max);
        let mut masses: Vec<f64> = scores.iter().map(|score| libm::exp(score - top)).collect();
        masses.push(if unseen > 0.0 { unseen * libm::exp(-top) } else { 0.0 });
        let total = ordered_sum(masses.clone());
        masses.iter().map(|mass| mass / total).collect()
    }

    /// The options with their posteriors.
    pub(crate) fn shares(&self, probabilities: &[f64]) -> Vec<OptionShare> {
        let share = |(group, probability): (&Group<'_>, &f64)| {
            let entries = group.voices.iter().map(|voice| self.entry(voice, self.option_count).p);
            OptionShare {
                key: group.key.to_owned(),
                first: group.supporters.first().copied().unwrap_or(0),
                supporters: group.supporters.clone(),
                voices: group.voices.len(),
                strongest: entries.fold(0.0, f64::max),
                probability: *probability,
            }
        };
        self.groups.iter().zip(probabilities).map(share).collect()
    }

    /// The entry of a voice: the component-wise minimum over its ballots.
    fn entry(&self, voice: &Voice<'_>, option_count: usize) -> Entry {
        let ballots = voice.ballots.iter().filter_map(|&index| self.ballots.get(index));
        ballots.fold(Entry { lo: 1.0, p: 1.0, hi: 1.0 }, |least, ballot| {
            let (lo, p, hi) = entered(ballot, option_count as f64);
            Entry { lo: least.lo.min(lo), p: least.p.min(p), hi: least.hi.min(hi) }
        })
    }
}
