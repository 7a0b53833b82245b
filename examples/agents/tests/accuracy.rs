//! How often the classifiers are right about tickets that they have not seen, and whether they know it.

#![allow(clippy::print_stdout)]

use prism_example_agents::ticket::{Bayes, Classifier, Lexicon, Rules, held_out, training};

/// Chance is a third; labels are equally frequent in the held-out tickets.
const BAR: f64 = 0.6;

/// The accuracy, and how far the mean confidence is from it.
fn measured(name: &str, classifier: &impl Classifier) -> (f64, f64) {
    let examples = held_out();
    let accuracy = classifier.accuracy(&examples);
    let stated: f64 = examples
        .iter()
        .map(|example| {
            let verdict = classifier.classify(example.text);
            verdict.probability(verdict.label())
        })
        .sum();
    let stated = stated / examples.len() as f64;
    println!("{name}: right {accuracy:.3} of the time, stated {stated:.3} on average");
    (accuracy, (stated - accuracy).abs())
}

#[test]
fn the_classifiers_are_well_above_chance_and_about_as_sure_as_they_are_right() {
    for (name, (accuracy, gap)) in [
        ("lexicon", measured("lexicon", &Lexicon::new())),
        ("bayes", measured("bayes", &Bayes::new())),
        ("rules", measured("rules", &Rules::new())),
    ] {
        assert!(accuracy > BAR, "{name} is right {accuracy} of the time");
        assert!(gap < 0.2, "{name} is off by {gap}");
    }
}

#[test]
fn the_weak_classifier_is_weaker() {
    let (weak, gap) = measured("weak", &Rules::weak());
    assert!(weak < measured("rules", &Rules::new()).0);
    assert!(gap < 0.2, "off by {gap}");
}

#[test]
fn probabilities_are_probabilities_whatever_the_text() {
    let texts = ["", "?", "!!!", "zzz qqq", "\u{0}\u{1b}", &"crash ".repeat(5_000), "Größe 數據"];
    let seen = training();
    let (lexicon, bayes, rules) = (Lexicon::new(), Bayes::new(), Rules::new());
    for text in texts.into_iter().chain(seen.iter().map(|example| example.text)) {
        for verdict in [lexicon.classify(text), bayes.classify(text), rules.classify(text)] {
            let total: f64 = verdict.probabilities.iter().sum();
            assert!((total - 1.0).abs() < 1e-9, "{text:?}: {:?}", verdict.probabilities);
            assert!(verdict.probabilities.iter().all(|probability| (0.0..=1.0).contains(probability)));
        }
    }
}
