//! Values as text, the way interpolation and `+` write them.

use std::fmt::Write as _;

use crate::{Data, Value};

/// The text of a value; none where it has none, which is so of functions.
pub(crate) fn text(value: &Value) -> Option<String> {
    Some(match value.data() {
        Data::Null => "null".to_owned(),
        Data::Boolean(value) => value.to_string(),
        Data::Number(value) => number(*value),
        Data::String(text) => text.to_string(),
        Data::Duration(amount) => duration(*amount),
        Data::Money(amount) => money(*amount),
        Data::List(_) | Data::Record(_) => value.to_json().to_string(),
        Data::Agent(agent) => agent.name.to_string(),
        Data::Function(_) => return None,
    })
}

/// The text of a value, whatever it is.
pub(crate) fn shown(value: &Value) -> String {
    text(value).unwrap_or_else(|| "<function>".to_owned())
}

/// A number as JavaScript writes it: the shortest digits that give it back, with an exponent from 1e21 on and below
/// 1e-6 (ECMA-262, Number::toString).
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&size) {
        return value.to_string();
    }
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, exponent)) if !exponent.starts_with('-') => format!("{digits}e+{exponent}"),
        _ => text,
    }
}

/// Units from the largest, in microseconds. What is left below a millisecond is a fraction of one.
const UNITS: [(i64, &str); 4] =
    [(86_400_000_000, "d"), (3_600_000_000, "h"), (60_000_000, "m"), (1_000_000, "s")];

/// A duration as it is written in a program: `1m30s`, `250ms`, `0s`.
pub(crate) fn duration(microseconds: i64) -> String {
    let mut rest = microseconds.unsigned_abs();
    if rest == 0 {
        return "0s".to_owned();
    }
    let mut text = String::new();
    if microseconds < 0 {
        text.push('-');
    }
    for (unit, name) in UNITS {
        let unit = unit.unsigned_abs();
        if rest >= unit {
            // Writing to a string cannot fail.
            let _ = write!(text, "{}{name}", rest / unit);
            rest %= unit;
        }
    }
    if rest > 0 {
        let _ = write!(text, "{}ms", number(rest as f64 / 1_000.0));
    }
    text
}

/// A sum of money as it is written in a program, with two decimal places unless more are needed: `$0.05`, `$0.002`.
pub(crate) fn money(nanodollars: i64) -> String {
    let sign = if nanodollars < 0 { "-" } else { "" };
    let size = nanodollars.unsigned_abs();
    let (dollars, rest) = (size / 1_000_000_000, size % 1_000_000_000);
    if rest == 0 {
        return format!("{sign}${dollars}");
    }
    let fraction = format!("{rest:09}");
    let digits = fraction.trim_end_matches('0');
    format!("{sign}${dollars}.{digits:0<2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_javascript() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (5.0, "5"),
            (-2.5, "-2.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (0.000_001, "0.000001"),
            (1e-7, "1e-7"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn durations_and_money_read_as_in_programs() {
        assert_eq!(duration(90_000_000), "1m30s");
        assert_eq!(duration(250_000), "250ms");
        assert_eq!(duration(5_400_000_000), "1h30m");
        assert_eq!(duration(1_500), "1.5ms");
        assert_eq!(duration(-1_000_000), "-1s");
        assert_eq!(duration(0), "0s");
        assert!(duration(i64::MIN).starts_with("-106751991d"));
        assert_eq!(money(50_000_000), "$0.05");
        assert_eq!(money(500_000_000), "$0.50");
        assert_eq!(money(2_000_000), "$0.002");
        assert_eq!(money(-3_000_000_000), "-$3");
    }

    #[test]
    fn containers_read_as_json() {
        let value = Value::from_json(&serde_json::json!({ "a": [1, "x", null] }));
        assert_eq!(text(&value).as_deref(), Some(r#"{"a":[1,"x",null]}"#));
    }
}
