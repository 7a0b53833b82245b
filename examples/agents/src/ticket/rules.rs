use super::Classifier;
use super::corpus::training;
use super::label::{Label, Verdict};
use super::words::words;

/// A ticket as rules see it.
struct Seen<'t> {
    text: &'t str,
    words: Vec<String>,
}

impl Seen<'_> {
    fn starts_with(&self, words: &[&str]) -> bool {
        self.words.first().is_some_and(|first| words.contains(&first.as_str()))
    }

    fn has(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    fn has_phrase(&self, phrases: &[&str]) -> bool {
        let text = self.words.join(" ");
        phrases.iter().any(|phrase| text.contains(phrase))
    }

    fn ends_with(&self, mark: char) -> bool {
        self.text.trim_end().ends_with(mark)
    }
}

struct Rule {
    name: &'static str,
    label: Label,
    applies: fn(&Seen<'_>) -> bool,
}

const QUESTION_WORDS: &[&str] = &[
    "how", "what", "where", "when", "who", "why", "which", "can", "could", "do", "does", "is", "are", "may",
    "should", "will", "would",
];

/// The first rule that applies decides, so the telling ones stand first.
const RULES: &[Rule] = &[
    Rule {
        name: "begins with a question word and ends with a question mark",
        label: Label::Question,
        applies: |ticket| ticket.starts_with(QUESTION_WORDS) && ticket.ends_with('?'),
    },
    Rule {
        name: "thanks somebody",
        label: Label::Praise,
        applies: |ticket| ticket.has(&["thanks", "thank", "kudos"]),
    },
    Rule {
        name: "names a failure",
        label: Label::Bug,
        applies: |ticket| {
            ticket.has(&[
                "crash",
                "crashes",
                "crashed",
                "error",
                "exception",
                "broken",
                "fails",
                "failed",
                "freezes",
                "hangs",
                "stuck",
                "aborts",
            ])
        },
    },
    Rule {
        name: "asks for words of explanation",
        label: Label::Question,
        applies: |ticket| {
            ticket.has_phrase(&[
                "would like to know",
                "wondering",
                "explain",
                "is it possible",
                "tell me how",
            ])
        },
    },
    Rule {
        name: "says that something does not work",
        label: Label::Bug,
        applies: |ticket| {
            ticket.has_phrase(&[
                "does nothing",
                "nothing happens",
                "stopped working",
                "does not",
                "doesnt",
                "cannot",
                "is empty",
                "no results",
                "never",
                "wrong",
                "instead of",
                "too late",
                "disappear",
                "keeps",
                "twice",
            ])
        },
    },
    Rule {
        name: "uses words of delight",
        label: Label::Praise,
        applies: |ticket| {
            ticket.has(&[
                "love",
                "loves",
                "great",
                "best",
                "amazing",
                "awesome",
                "fantastic",
                "excellent",
                "wonderful",
                "perfect",
                "happy",
                "glad",
                "impressed",
                "impressive",
                "enjoy",
                "brilliant",
                "superb",
                "nice",
                "beautiful",
                "gorgeous",
                "helpful",
                "delightful",
                "joy",
            ])
        },
    },
    Rule {
        name: "ends with a question mark",
        label: Label::Question,
        applies: |ticket| ticket.ends_with('?'),
    },
    Rule {
        name: "ends with an exclamation mark",
        label: Label::Praise,
        applies: |ticket| ticket.ends_with('!'),
    },
    Rule { name: "says nothing that a rule knows", label: Label::Bug, applies: |_| true },
];

/// Punctuation, and nothing else.
const PUNCTUATION: &[Rule] = &[
    Rule { name: "has a question mark", label: Label::Question, applies: |ticket| ticket.text.contains('?') },
    Rule {
        name: "has an exclamation mark",
        label: Label::Praise,
        applies: |ticket| ticket.text.contains('!'),
    },
    Rule { name: "is short", label: Label::Praise, applies: |ticket| ticket.words.len() < 7 },
    Rule { name: "is long", label: Label::Bug, applies: |_| true },
];

/// Ordered rules, each as sure as it was right on the tickets to learn from.
#[derive(Clone)]
pub struct Rules {
    rules: &'static [Rule],
    /// The probability that each rule is right: `(right + 1) / (applied + 3)`, Laplace's rule for three labels.
    precision: Vec<f64>,
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

impl Rules {
    /// Rules about words, phrases and punctuation.
    pub fn new() -> Self {
        Self::measured(RULES)
    }

    /// Rules about punctuation and length only: a weak classifier, and it knows that it is.
    pub fn weak() -> Self {
        Self::measured(PUNCTUATION)
    }

    fn measured(rules: &'static [Rule]) -> Self {
        let mut tally = vec![(0.0, 0.0); rules.len()];
        for example in training() {
            let Some((index, rule)) = first(rules, example.text) else { continue };
            if let Some((right, applied)) = tally.get_mut(index) {
                *applied += 1.0;
                *right += if rule.label == example.label { 1.0 } else { 0.0 };
            }
        }
        Self {
            rules,
            precision: tally.into_iter().map(|(right, applied)| (right + 1.0) / (applied + 3.0)).collect(),
        }
    }
}

impl Classifier for Rules {
    fn classify(&self, text: &str) -> Verdict {
        let Some((index, rule)) = first(self.rules, text) else {
            return Verdict { probabilities: [1.0 / 3.0; 3], because: "no rule applies".to_owned() };
        };
        let precision = self.precision.get(index).copied().unwrap_or(1.0 / 3.0);
        let rest = (1.0 - precision) / 2.0;
        let probabilities = Label::each(|label| if label == rule.label { precision } else { rest });
        Verdict { probabilities, because: format!("the ticket {}", rule.name) }
    }
}

fn first(rules: &'static [Rule], text: &str) -> Option<(usize, &'static Rule)> {
    let seen = Seen { text, words: words(text) };
    rules.iter().enumerate().find(|(_, rule)| (rule.applies)(&seen))
}
