//! When two answers are the same answer.
//!
//! Pools and votes compare answers by a canonical key. Text is trimmed and case-folded, numbers are
//! equal within a tolerance, records are equal as canonical JSON (members sorted by name). What is
//! inside a list or a record is compared exactly, but for its text.

use std::fmt::Write as _;

/// An answer, as far as its identity goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// No value.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number. Those that are not finite share one key.
    Number(f64),
    /// Text.
    Text(String),
    /// Values in order.
    List(Vec<Answer>),
    /// Values by name; of a name given twice the last counts.
    Record(Vec<(String, Answer)>),
}

/// Text as it is compared: trimmed, and case-folded by upper- then lower-casing, which unites `ß` with
/// `ss` and both small sigmas.
///
/// ```
/// assert_eq!(prism_confidence::canonical::text("  Straße "), "strasse");
/// ```
pub fn text(raw: &str) -> String {
    raw.trim().to_uppercase().to_lowercase()
}

/// The key of one answer; numbers are compared exactly. Equal keys mean the same answer. Texts are
/// quoted in it, so that the text `1` and the number 1 differ.
///
/// ```
/// use prism_confidence::canonical::{Answer, key};
/// assert_eq!(key(&Answer::Text(" Bug\n".into())), "\"bug\"");
/// assert_eq!(key(&Answer::Number(2.0)), "2");
/// ```
pub fn key(answer: &Answer) -> String {
    let mut key = String::new();
    write_key(answer, &mut key);
    key
}

/// The keys of several answers to one question, in their order. Numbers are grouped: from the smallest
/// up, a group takes every number at most `tolerance` (absolute, in the unit of the numbers; NaN or
/// negative counts as 0) above its smallest member. The groups do not depend on the order of the
/// answers.
///
/// They do depend on the set: one more number can move the borders of the groups, so with a tolerance
/// above 0 a vote must not be decided early.
pub fn keys(answers: &[Answer], tolerance: f64) -> Vec<String> {
    let tolerance = tolerance.max(0.0);
    let mut numbers: Vec<f64> = answers.iter().filter_map(finite).collect();
    numbers.sort_by(f64::total_cmp);
    let mut anchors: Vec<f64> = Vec::new();
    for number in numbers {
        if anchors.last().is_none_or(|anchor| number - anchor > tolerance) {
            anchors.push(number);
        }
    }
    let grouped = |number: f64| {
        let after = anchors.partition_point(|anchor| *anchor <= number);
        after.checked_sub(1).and_then(|index| anchors.get(index)).copied().unwrap_or(number)
    };
    let key_of = |answer: &Answer| match finite(answer) {
        Some(number) => key(&Answer::Number(grouped(number))),
        None => key(answer),
    };
    answers.iter().map(key_of).collect()
}

/// The number of a numeric answer, with -0 as 0.
fn finite(answer: &Answer) -> Option<f64> {
    match answer {
        Answer::Number(number) if number.is_finite() => Some(number + 0.0),
        _ => None,
    }
}

fn write_key(answer: &Answer, key: &mut String) {
    match answer {
        Answer::Null => key.push_str("null"),
        Answer::Bool(value) => key.push_str(if *value { "true" } else { "false" }),
        Answer::Number(number) if number.is_finite() => {
            // Writing to a String cannot fail.
            let _ = write!(key, "{}", number + 0.0);
        }
        Answer::Number(_) => key.push_str("not-finite"),
        Answer::Text(raw) => write_quoted(&text(raw), key),
        Answer::List(items) => {
            key.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    key.push(',');
                }
                write_key(item, key);
            }
            key.push(']');
        }
        Answer::Record(members) => {
            let members: std::collections::BTreeMap<&str, &Answer> =
                members.iter().map(|(name, value)| (name.as_str(), value)).collect();
            key.push('{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    key.push(',');
                }
                write_quoted(name, key);
                key.push(':');
                write_key(value, key);
            }
            key.push('}');
        }
    }
}

fn write_quoted(text: &str, key: &mut String) {
    key.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => key.extend(['\\', character]),
            control if control.is_control() => key.extend(control.escape_unicode()),
            other => key.push(other),
        }
    }
    key.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> Answer {
        Answer::Number(value)
    }

    #[test]
    fn text_is_trimmed_and_folded() {
        assert_eq!(key(&Answer::Text("\tYES ".into())), key(&Answer::Text("yes".into())));
        assert_eq!(text("ΟΔΟΣ"), text("οδος"));
        assert_ne!(key(&Answer::Text("1".into())), key(&number(1.0)));
        assert_ne!(key(&Answer::Text("a b".into())), key(&Answer::Text("ab".into())));
    }

    #[test]
    fn members_of_records_have_no_order() {
        let left = Answer::Record(vec![
            ("a".into(), number(1.0)),
            ("b".into(), Answer::List(vec![Answer::Null, Answer::Bool(true)])),
        ]);
        let Answer::Record(members) = &left else { unreachable!() };
        let right = Answer::Record(members.iter().rev().cloned().collect());
        assert_eq!(key(&left), r#"{"a":1,"b":[null,true]}"#);
        assert_eq!(key(&left), key(&right));
    }

    #[test]
    fn quotes_cannot_forge_structure() {
        let forged = Answer::List(vec![Answer::Text("a\",\"b".into())]);
        let honest = Answer::List(vec![Answer::Text("a".into()), Answer::Text("b".into())]);
        assert_ne!(key(&forged), key(&honest));
    }

    #[test]
    fn numbers_within_the_tolerance_of_the_smallest_are_one() {
        let found = keys(&[number(10.0), number(10.4), number(9.8), number(10.9), number(-0.0)], 0.5);
        assert_eq!(found, ["9.8", "10.4", "9.8", "10.4", "0"]);
    }

    #[test]
    fn without_a_tolerance_numbers_are_exact() {
        let found = keys(&[number(0.1), number(0.1 + 1e-15), number(f64::NAN)], f64::NAN);
        assert_eq!(found, ["0.1", "0.100000000000001", "not-finite"]);
    }
}
