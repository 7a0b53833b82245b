use super::Classifier;
use super::corpus::training;
use super::label::{Label, Verdict};
use super::temper::temperature;
use super::words::words;

/// Words that tell, and how strongly: beginnings of words when they end in `*`.
const LEXICON: &[(&str, Label, f64)] = &[
    ("crash*", Label::Bug, 2.0),
    ("error*", Label::Bug, 1.6),
    ("exception*", Label::Bug, 2.0),
    ("broken", Label::Bug, 1.8),
    ("fail*", Label::Bug, 1.6),
    ("freez*", Label::Bug, 1.8),
    ("hang*", Label::Bug, 1.6),
    ("stuck", Label::Bug, 1.6),
    ("stop*", Label::Bug, 1.0),
    ("wrong", Label::Bug, 1.3),
    ("blank", Label::Bug, 1.4),
    ("empty", Label::Bug, 1.2),
    ("nothing", Label::Bug, 0.9),
    ("never", Label::Bug, 0.8),
    ("cannot", Label::Bug, 0.6),
    ("unexpected", Label::Bug, 1.3),
    ("invalid", Label::Bug, 1.3),
    ("reject*", Label::Bug, 1.0),
    ("disappear*", Label::Bug, 1.5),
    ("lose*", Label::Bug, 1.1),
    ("lost", Label::Bug, 1.1),
    ("slow", Label::Bug, 0.9),
    ("abort*", Label::Bug, 1.5),
    ("killed", Label::Bug, 1.3),
    ("garbled", Label::Bug, 1.5),
    ("unreadable", Label::Bug, 1.3),
    ("twice", Label::Bug, 0.7),
    ("reset*", Label::Bug, 0.6),
    ("404", Label::Bug, 1.4),
    ("500", Label::Bug, 1.2),
    ("bug*", Label::Bug, 1.8),
    ("issue", Label::Bug, 0.9),
    ("how", Label::Question, 1.1),
    ("what", Label::Question, 1.1),
    ("where", Label::Question, 1.2),
    ("when", Label::Question, 0.5),
    ("who", Label::Question, 0.9),
    ("why", Label::Question, 1.0),
    ("which", Label::Question, 1.1),
    ("can", Label::Question, 0.8),
    ("could", Label::Question, 1.0),
    ("should", Label::Question, 0.8),
    ("may", Label::Question, 0.8),
    ("is", Label::Question, 0.2),
    ("are", Label::Question, 0.3),
    ("do", Label::Question, 0.8),
    ("does", Label::Question, 0.5),
    ("explain*", Label::Question, 1.2),
    ("wonder", Label::Question, 1.3),
    ("wondering", Label::Question, 1.5),
    ("whether", Label::Question, 1.2),
    ("possible", Label::Question, 1.0),
    ("know", Label::Question, 0.7),
    ("support", Label::Question, 0.2),
    ("please", Label::Question, 0.4),
    ("offer", Label::Question, 0.6),
    ("love*", Label::Praise, 2.0),
    ("thank*", Label::Praise, 1.8),
    ("great", Label::Praise, 1.8),
    ("amazing", Label::Praise, 2.0),
    ("awesome", Label::Praise, 2.0),
    ("fantastic", Label::Praise, 2.0),
    ("brilliant", Label::Praise, 1.8),
    ("excellent", Label::Praise, 1.9),
    ("wonderful", Label::Praise, 1.9),
    ("perfect*", Label::Praise, 1.6),
    ("best", Label::Praise, 1.3),
    ("happy", Label::Praise, 1.4),
    ("glad", Label::Praise, 1.5),
    ("impress*", Label::Praise, 1.6),
    ("enjoy*", Label::Praise, 1.6),
    ("joy", Label::Praise, 1.6),
    ("kudos", Label::Praise, 2.0),
    ("superb", Label::Praise, 1.9),
    ("delight*", Label::Praise, 1.7),
    ("beautiful", Label::Praise, 1.6),
    ("gorgeous", Label::Praise, 1.7),
    ("nice", Label::Praise, 1.1),
    ("helpful", Label::Praise, 1.3),
    ("friendly", Label::Praise, 1.2),
    ("recommend", Label::Praise, 1.5),
    ("appreciate", Label::Praise, 1.7),
    ("terrific", Label::Praise, 1.8),
    ("well", Label::Praise, 0.5),
    ("faster", Label::Praise, 0.6),
    ("smooth", Label::Praise, 1.0),
];

/// Adds up the weights of words that tell.
#[derive(Clone, Debug)]
pub struct Lexicon {
    temperature: f64,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

impl Lexicon {
    /// The lexicon, tempered on the tickets to learn from. Its words and weights are not learnt.
    pub fn new() -> Self {
        let scored: Vec<_> =
            training().iter().map(|example| (scores(example.text).0, example.label)).collect();
        Self { temperature: temperature(&scored) }
    }
}

impl Classifier for Lexicon {
    fn classify(&self, text: &str) -> Verdict {
        let (scores, found) = scores(text);
        let because = if found.is_empty() {
            "no word of the lexicon occurs".to_owned()
        } else {
            format!("words that tell: {}", found.join(", "))
        };
        Verdict::from_scores(scores, self.temperature, because)
    }
}

fn scores(text: &str) -> ([f64; 3], Vec<String>) {
    let mut totals = [0.0; 3];
    let mut found = Vec::new();
    for word in words(text) {
        let Some((_, label, weight)) = LEXICON.iter().find(|(entry, ..)| matches(entry, &word)) else {
            continue;
        };
        let added = Label::each(|each| if each == *label { *weight } else { 0.0 });
        for (total, added) in totals.iter_mut().zip(added) {
            *total += added;
        }
        found.push(format!("{word} ({label} {weight:+.1})"));
    }
    (totals, found)
}

fn matches(entry: &str, word: &str) -> bool {
    entry.strip_suffix('*').map_or(entry == word, |beginning| word.starts_with(beginning))
}
