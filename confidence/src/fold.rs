//! Folding roots of which some descend from others.

use crate::root::{Root, RootId};

/// Which roots of one value descend from which others of it.
///
/// A root that descends from others present here is one with them: it is worth
/// `min(its own, fold of its nearest ancestors)`, and those ancestors are not folded again. For one
/// ancestor that is the component-wise minimum. For several the fold of the ancestors is needed: with
/// their minimum, `a ∧ b ∧ d` could exceed `a ∧ b` when `d` was derived from both.
pub(crate) struct Shape {
    /// Indices of the roots, every ancestor before its descendants.
    order: Vec<usize>,
    /// For each root the indices of its nearest ancestors, ascending.
    nearest: Vec<Vec<usize>>,
    /// Whether a root is an ancestor of another.
    absorbed: Vec<bool>,
}

impl Shape {
    /// The shape of `roots` (sorted by id), or none when no root descends from another of them.
    pub(crate) fn of(roots: &[(RootId, Root)]) -> Option<Self> {
        let above: Vec<Vec<usize>> = roots.iter().map(|(id, root)| present(roots, id, root)).collect();
        if above.iter().all(Vec::is_empty) {
            return None;
        }
        // Ancestors' ancestors are ancestors: an ancestor has strictly fewer of them.
        let depth = |index: usize| roots.get(index).map_or(0, |(_, root)| root.ancestors.len());
        let mut order: Vec<usize> = (0..roots.len()).collect();
        order.sort_by_key(|&index| depth(index));
        let reaches = |from: usize, to: usize| above.get(from).is_some_and(|ids| ids.contains(&to));
        let nearest: Vec<Vec<usize>> = above
            .iter()
            .map(|ids| {
                let is_nearest = |&&index: &&usize| !ids.iter().any(|&other| reaches(other, index));
                ids.iter().filter(is_nearest).copied().collect()
            })
            .collect();
        let absorbed = (0..roots.len()).map(|index| above.iter().any(|ids| ids.contains(&index))).collect();
        Some(Self { order, nearest, absorbed })
    }

    /// The fold of `value` over the roots with `both`, each family of roots counted once.
    pub(crate) fn fold(
        &self,
        roots: &[(RootId, Root)],
        value: impl Fn(&Root) -> f64,
        both: impl Fn(f64, f64) -> f64,
    ) -> f64 {
        let mut worth = vec![1.0_f64; roots.len()];
        for &index in &self.order {
            let own = roots.get(index).map_or(1.0, |(_, root)| value(root));
            let above = self.nearest.get(index).into_iter().flatten();
            let inherited = above.filter_map(|&parent| worth.get(parent)).fold(1.0, |a, &b| both(a, b));
            if let Some(slot) = worth.get_mut(index) {
                *slot = own.min(inherited);
            }
        }
        let free = worth.iter().zip(&self.absorbed).filter(|(_, absorbed)| !**absorbed);
        free.fold(1.0, |total, (worth, _)| both(total, *worth))
    }
}

/// Indices of those of `roots` that `root` descends from. Only roots with fewer ancestors of their own
/// qualify, so that damaged data cannot make a circle.
fn present(roots: &[(RootId, Root)], id: &RootId, root: &Root) -> Vec<usize> {
    let elder = |other: &Root| other.ancestors.len() < root.ancestors.len();
    if root.ancestors.is_empty() {
        return Vec::new();
    }
    if root.ancestors.len() < roots.len() {
        let place = |ancestor: &RootId| roots.binary_search_by(|(other, _)| other.cmp(ancestor)).ok();
        let found = root.ancestors.iter().filter_map(place);
        return found.filter(|&index| roots.get(index).is_some_and(|(_, other)| elder(other))).collect();
    }
    let related = roots
        .iter()
        .enumerate()
        .filter(|(_, (other_id, other))| other_id != id && elder(other) && root.descends_from(other_id));
    related.map(|(index, _)| index).collect()
}
