use std::collections::{BTreeSet, HashMap};

use super::Classifier;
use super::corpus::{Example, training};
use super::label::{Label, Verdict};
use super::temper::temperature;
use super::words::words;

/// The pseudo-count of every word: half an occurrence, the Jeffreys prior.
const SMOOTHING: f64 = 0.5;

/// A multinomial naive Bayes classifier: `P(label | words) ∝ P(label) Π P(word | label)`, with the words' probabilities
/// counted in the tickets to learn from (McCallum and Nigam 1998).
///
/// Its posteriors exaggerate, since words are not independent; the temperature that makes up for it is fitted on
/// posteriors that each ticket gets from all the others.
#[derive(Clone, Debug)]
pub struct Bayes {
    counts: Counts,
    temperature: f64,
    /// The share of tickets that are classified right by all the others.
    left_out_accuracy: f64,
}

#[derive(Clone, Debug, Default)]
struct Counts {
    /// How often a word occurs, by label.
    words: HashMap<String, [f64; 3]>,
    /// How many words there are, by label.
    totals: [f64; 3],
    /// How many tickets there are, by label.
    tickets: [f64; 3],
}

impl Default for Bayes {
    fn default() -> Self {
        Self::new()
    }
}

impl Bayes {
    /// Learns from the tickets of the corpus.
    pub fn new() -> Self {
        Self::learn(&training())
    }

    /// Learns from examples.
    pub fn learn(examples: &[Example]) -> Self {
        let mut counts = Counts::default();
        for example in examples {
            counts.add(example, 1.0);
        }
        let mut scored = Vec::with_capacity(examples.len());
        for example in examples {
            counts.add(example, -1.0);
            scored.push((counts.scores(&features(example.text)), example.label));
            counts.add(example, 1.0);
        }
        let temperature = temperature(&scored);
        let right = scored.iter().filter(|(scores, label)| {
            Verdict::from_scores(*scores, temperature, String::new()).label() == *label
        });
        let left_out_accuracy = right.count() as f64 / scored.len().max(1) as f64;
        Self { counts, temperature, left_out_accuracy }
    }

    /// The share of tickets that the classifier gets right when it has not learnt from them, in [0, 1].
    pub fn left_out_accuracy(&self) -> f64 {
        self.left_out_accuracy
    }
}

impl Classifier for Bayes {
    fn classify(&self, text: &str) -> Verdict {
        let features = features(text);
        let known: Vec<_> =
            features.iter().filter(|word| self.counts.words.contains_key(*word)).cloned().collect();
        let because = format!("{} of {} words are known: {}", known.len(), features.len(), known.join(" "));
        Verdict::from_scores(self.counts.scores(&known), self.temperature, because)
    }
}

impl Counts {
    fn add(&mut self, example: &Example, times: f64) {
        let added = Label::each(|label| if label == example.label { times } else { 0.0 });
        let features = features(example.text);
        for word in &features {
            accumulate(self.words.entry(word.clone()).or_default(), added);
        }
        accumulate(&mut self.totals, added.map(|times| times * features.len() as f64));
        accumulate(&mut self.tickets, added);
    }

    /// `ln P(label) + Σ ln P(word | label)` for each label.
    fn scores(&self, features: &[String]) -> [f64; 3] {
        let vocabulary = self.words.len() as f64;
        let all_tickets: f64 = self.tickets.iter().sum();
        Label::each(|label| {
            let prior = ((label.of(self.tickets) + 1.0) / (all_tickets + 3.0)).ln();
            let denominator = label.of(self.totals) + SMOOTHING * vocabulary;
            let likelihood = |word: &String| {
                let count = self.words.get(word).map_or(0.0, |counts| label.of(*counts));
                ((count + SMOOTHING) / denominator).ln()
            };
            prior + features.iter().map(likelihood).sum::<f64>()
        })
    }
}

fn accumulate(totals: &mut [f64; 3], added: [f64; 3]) {
    for (total, added) in totals.iter_mut().zip(added) {
        *total += added;
    }
}

/// The distinct words, and the marks that end a question or an exclamation.
fn features(text: &str) -> Vec<String> {
    let mut features: BTreeSet<String> = words(text).into_iter().collect();
    features.extend(["?", "!"].into_iter().filter(|mark| text.contains(mark)).map(ToOwned::to_owned));
    features.into_iter().collect()
}
