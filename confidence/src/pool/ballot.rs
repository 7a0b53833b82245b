//! One answer on its way into a pool.

use crate::mode::Mode;
use crate::number::{logit, sigmoid};
use crate::root::Source;
use crate::value::Confidence;

/// Probabilities enter pools clipped to this range: no single voice can decide alone.
pub const PROBABILITY_CLIP: (f64, f64) = (0.005, 0.995);

const SCEPTICAL_OFFSET: f64 = -0.3;
const SCEPTICAL_SLOPE: f64 = 0.5;

/// One answer to the question of a pool or a vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Ballot {
    /// The canonical key of the answer ([`crate::canonical`]). None: the agent gave none (it abstained
    /// or failed), which counts like its absence and only keeps the indices of the others.
    pub key: Option<String>,
    /// The probability that the answer is right, as its confidence says. None: no confidence was
    /// stated.
    pub p: Option<f64>,
    /// The lower end of the interval around `p`.
    pub lo: f64,
    /// The upper end of the interval around `p`.
    pub hi: f64,
    /// Where `p` comes from. Below [`Source::Calibrated`] no labels are behind it, and the pool takes
    /// it through [`sceptical_prior`].
    pub source: Source,
    /// What the answer rests on: ballots with the same roots, or roots derived from the same, are one
    /// voice. A ballot without roots is a voice of its own.
    pub confidence: Confidence,
}

impl Ballot {
    /// An answer with its confidence; `p` is its point in `mode`.
    pub fn new(key: impl Into<String>, confidence: &Confidence, mode: Mode) -> Self {
        Self {
            key: Some(key.into()),
            p: Some(confidence.point(mode)),
            lo: confidence.lo(),
            hi: confidence.hi(),
            source: confidence.source(),
            confidence: confidence.clone(),
        }
    }

    /// An answer that came without any stated confidence; it enters with `p = 1/K`. `confidence` says
    /// what it rests on; its numbers are not looked at.
    pub fn unstated(key: impl Into<String>, confidence: &Confidence) -> Self {
        Self {
            key: Some(key.into()),
            p: None,
            lo: 0.0,
            hi: 1.0,
            source: Source::Stated.min(confidence.source()),
            confidence: confidence.clone(),
        }
    }

    /// No answer.
    pub fn abstention() -> Self {
        Self {
            key: None,
            p: None,
            lo: 0.0,
            hi: 1.0,
            source: Source::Measured,
            confidence: Confidence::certain(),
        }
    }
}

/// What a stated confidence is worth before there are labels: `σ(-0.3 + 0.5·logit(stated))`, with
/// `stated` clipped to [0.005, 0.995] (NaN counts as the lower end). A stated 0.97 counts as 0.81.
///
/// ```
/// let worth = prism_confidence::pool::sceptical_prior(0.97);
/// assert!((worth - 0.81).abs() < 0.005);
/// ```
pub fn sceptical_prior(stated: f64) -> f64 {
    sigmoid(SCEPTICAL_OFFSET + SCEPTICAL_SLOPE * logit(clipped(stated)))
}

/// `p` in [`PROBABILITY_CLIP`]; NaN becomes its lower end.
pub(crate) fn clipped(p: f64) -> f64 {
    let (least, most) = PROBABILITY_CLIP;
    p.max(least).min(most)
}

/// The probabilities with which a ballot enters a pool over `options` options: `(lo, p, hi)`.
pub(crate) fn entered(ballot: &Ballot, options: f64) -> (f64, f64, f64) {
    let worth = |p: f64| match ballot.source {
        Source::Asserted | Source::Stated => clipped(sceptical_prior(p)),
        Source::Calibrated | Source::Measured => clipped(p),
    };
    let p = ballot.p.map_or(clipped(1.0 / options), worth);
    (worth(ballot.lo).min(p), p, worth(ballot.hi).max(p))
}
