use std::fmt;

/// What a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Something does not work.
    Bug,
    /// Somebody wants to know something.
    Question,
    /// Somebody is pleased.
    Praise,
}

impl Label {
    /// All labels, in the order of [`Verdict`].
    pub const ALL: [Self; 3] = [Self::Bug, Self::Question, Self::Praise];

    /// The label as contracts write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bug => "bug",
            Self::Question => "question",
            Self::Praise => "praise",
        }
    }

    /// The label of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }

    /// A number per label, from a function.
    pub(super) fn each(number: impl FnMut(Self) -> f64) -> [f64; 3] {
        Self::ALL.map(number)
    }

    /// What belongs to this label, of a number per label.
    pub(super) fn of(self, numbers: [f64; 3]) -> f64 {
        let [bug, question, praise] = numbers;
        match self {
            Self::Bug => bug,
            Self::Question => question,
            Self::Praise => praise,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How likely each label is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The probability of each label, in the order of [`Label::ALL`]; they add up to 1.
    pub probabilities: [f64; 3],
    /// Why, in words.
    pub because: String,
}

/// How likely it is that a ticket is of a kind that the small corpus says nothing about. Without it, scores that are
/// far apart would be stated as certain, which no classifier that is right five times out of six may do.
const UNLIKE_THE_CORPUS: f64 = 0.05;

impl Verdict {
    /// A verdict whose probabilities are the softmax of scores divided by a temperature, with a share of
    /// [`UNLIKE_THE_CORPUS`] spread over all labels.
    pub(super) fn from_scores(scores: [f64; 3], temperature: f64, because: String) -> Self {
        let spread = UNLIKE_THE_CORPUS / scores.len() as f64;
        let probabilities =
            softmax(scores, temperature).map(|probability| (1.0 - UNLIKE_THE_CORPUS) * probability + spread);
        Self { probabilities, because }
    }

    /// The likeliest label; of equally likely ones, the first of [`Label::ALL`].
    pub fn label(&self) -> Label {
        let mut best = Label::Bug;
        for label in Label::ALL {
            if label.of(self.probabilities) > best.of(self.probabilities) {
                best = label;
            }
        }
        best
    }

    /// The probability of a label.
    pub fn probability(&self, label: Label) -> f64 {
        label.of(self.probabilities)
    }
}

/// `exp(s_k / t) / Σ exp(s_j / t)`, with the largest score taken off first so that nothing overflows.
pub(super) fn softmax(scores: [f64; 3], temperature: f64) -> [f64; 3] {
    let largest = scores.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let weights = scores.map(|score| ((score - largest) / temperature).exp());
    let total: f64 = weights.iter().sum();
    weights.map(|weight| weight / total)
}
