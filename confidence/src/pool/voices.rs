//! Which ballots are one voice.

use std::collections::{BTreeMap, BTreeSet};

use super::ballot::Ballot;
use crate::root::{Root, RootId};

/// One independent opinion: an answer, and the ballots that give it.
#[derive(Debug)]
pub(crate) struct Voice<'a> {
    pub(crate) key: &'a str,
    /// Indices of the ballots, ascending, at least one.
    pub(crate) ballots: Vec<usize>,
}

/// The voices among `ballots`, in the order of the first ballot of each.
///
/// Two ballots are one voice when each root of either is the same as, derived from, or derived from the
/// same as a root of the other. A voice whose ballots disagree (samples of one agent) says what most of
/// them say, the first on a tie; its other ballots are not heard. A ballot that sums up several voices
/// that are here themselves (a pooled value pooled again with its parts) adds nothing and is not heard.
pub(crate) fn voices(ballots: &[Ballot]) -> Vec<Voice<'_>> {
    let relatives = relatives(ballots);
    let related = |a: usize, b: usize| relatives.get(a).is_some_and(|ids| ids.contains(&b));
    let is_digest = |index: usize| {
        let narrower: Vec<usize> = relatives
            .get(index)
            .into_iter()
            .flatten()
            .copied()
            .filter(|&other| reach(ballots, other) < reach(ballots, index))
            .collect();
        narrower.iter().any(|&a| narrower.iter().any(|&b| a < b && !related(a, b)))
    };
    let heard: Vec<bool> =
        ballots.iter().enumerate().map(|(index, ballot)| ballot.key.is_some() && !is_digest(index)).collect();
    let hears = |index: usize| heard.get(index).copied().unwrap_or(false);
    let mut seen = BTreeSet::new();
    let mut voices = Vec::new();
    for start in 0..ballots.len() {
        if !hears(start) || !seen.insert(start) {
            continue;
        }
        let (mut members, mut open) = (vec![start], vec![start]);
        while let Some(index) = open.pop() {
            for &other in relatives.get(index).into_iter().flatten() {
                if hears(other) && seen.insert(other) {
                    members.push(other);
                    open.push(other);
                }
            }
        }
        members.sort_unstable();
        voices.extend(speaking(ballots, &members));
    }
    voices
}

/// The number of distinct things that were not derived from anything behind a ballot.
fn reach(ballots: &[Ballot], index: usize) -> usize {
    let Some(ballot) = ballots.get(index) else { return 0 };
    ballot.confidence.roots().flat_map(|(id, root)| basis(id, root)).collect::<BTreeSet<_>>().len()
}

fn basis<'a>(id: &'a RootId, root: &'a Root) -> &'a [RootId] {
    if root.origins.is_empty() { std::slice::from_ref(id) } else { &root.origins }
}

/// For each ballot the others that are one voice with it.
fn relatives(ballots: &[Ballot]) -> Vec<BTreeSet<usize>> {
    let mut relatives = vec![BTreeSet::new(); ballots.len()];
    let mut sharing: BTreeMap<&RootId, Vec<usize>> = BTreeMap::new();
    for (index, ballot) in ballots.iter().enumerate() {
        for origin in ballot.confidence.roots().flat_map(|(id, root)| basis(id, root)) {
            let users = sharing.entry(origin).or_default();
            if ballot.key.is_some() && users.last() != Some(&index) {
                users.push(index);
            }
        }
    }
    for users in sharing.values() {
        for (position, &a) in users.iter().enumerate() {
            for &b in users.iter().skip(position + 1) {
                let (Some(left), Some(right)) = (ballots.get(a), ballots.get(b)) else { continue };
                if covers(left, right) && covers(right, left) {
                    relatives.get_mut(a).map(|ids| ids.insert(b));
                    relatives.get_mut(b).map(|ids| ids.insert(a));
                }
            }
        }
    }
    relatives
}

/// Whether each root of `right` has a relative among the roots of `left`.
fn covers(left: &Ballot, right: &Ballot) -> bool {
    right.confidence.roots().all(|(id, root)| {
        left.confidence.roots().any(|(other_id, other)| {
            let (one, two) = (basis(id, root), basis(other_id, other));
            within(one, two) || within(two, one)
        })
    })
}

fn within(part: &[RootId], whole: &[RootId]) -> bool {
    part.iter().all(|id| whole.binary_search(id).is_ok())
}

/// What most of a voice's ballots say.
fn speaking<'a>(ballots: &'a [Ballot], members: &[usize]) -> Option<Voice<'a>> {
    let mut said: Vec<Voice<'a>> = Vec::new();
    for &index in members {
        let Some(key) = ballots.get(index).and_then(|ballot| ballot.key.as_deref()) else { continue };
        match said.iter_mut().find(|voice| voice.key == key) {
            Some(voice) => voice.ballots.push(index),
            None => said.push(Voice { key, ballots: vec![index] }),
        }
    }
    let most = said.iter().map(|voice| voice.ballots.len()).max()?;
    said.into_iter().find(|voice| voice.ballots.len() == most)
}
