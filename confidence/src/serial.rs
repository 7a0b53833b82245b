//! A confidence as data: `{ "roots": { id: root } }`, checked when read.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{ConfidenceError, Quantity, probability, sample_size};
use crate::mode::Mode;
use crate::root::{Root, RootId};
use crate::value::Confidence;

#[derive(Serialize)]
struct Written<'a> {
    roots: BTreeMap<&'a RootId, &'a Root>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    roots: BTreeMap<RootId, Root>,
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { roots: self.roots().collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Read::deserialize(deserializer)?;
        for root in read.roots.values() {
            check(root).map_err(D::Error::custom)?;
            if !ascending(&root.ancestors) || !ascending(&root.origins) {
                return Err(D::Error::custom("the ancestors of a root are not sorted"));
            }
        }
        Ok(Self::from_sorted(read.roots.into_iter().collect()))
    }
}

fn check(root: &Root) -> Result<(), ConfidenceError> {
    let lo = probability(Quantity::Lower, root.lo)?;
    let hi = probability(Quantity::Upper, root.hi)?;
    sample_size(root.evidence)?;
    for p in Mode::ALL.into_iter().map(|mode| root.point(mode)).chain([root.p]) {
        let p = probability(Quantity::Point, p)?;
        if p < lo || p > hi {
            return Err(ConfidenceError::Disordered { p, lo, hi });
        }
    }
    Ok(())
}

fn ascending(ids: &[RootId]) -> bool {
    ids.is_sorted_by(|left, right| left < right)
}
