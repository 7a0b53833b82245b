//! What literals mean: numbers, durations in microseconds, money in nano-dollars, strings without escapes.

use crate::NumberProblem;

/// The value of a number.
pub(crate) fn number(text: &str) -> Result<f64, NumberProblem> {
    let plain: String;
    let digits = if text.contains('_') {
        plain = text.replace('_', "");
        &plain
    } else {
        text
    };
    let hexadecimal = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let belongs = |byte| match hexadecimal {
        Some(_) => true,
        None => matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'),
    };
    if !digits.bytes().all(belongs) {
        return Err(NumberProblem::Glued);
    }
    if hexadecimal
        .is_some_and(|digits| digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err(NumberProblem::Hexadecimal);
    }
    if !separators_stand_between_digits(text) {
        return Err(NumberProblem::Separator);
    }
    if digits.ends_with('.') {
        return Err(NumberProblem::TrailingDot);
    }
    let value = match hexadecimal {
        Some(digits) => {
            let digit = |digit: char| f64::from(digit.to_digit(16).unwrap_or(0));
            digits.chars().fold(0.0, |value, next| value * 16.0 + digit(next))
        }
        None => digits.parse().map_err(|_| NumberProblem::Glued)?,
    };
    if f64::is_finite(value) { Ok(value) } else { Err(NumberProblem::TooLarge) }
}

/// Whether each `_` stands between two digits.
fn separators_stand_between_digits(text: &str) -> bool {
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let digit = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_digit() || (hexadecimal && byte.is_ascii_hexdigit()))
    };
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'_').all(|(at, _)| {
        digit(at.checked_sub(1).and_then(|before| bytes.get(before))) && digit(bytes.get(at + 1))
    })
}

/// The microseconds of a duration such as `1h30m`; [`NumberProblem::Glued`] for what is no duration at all. Its parts
/// are added up in any order.
pub(crate) fn duration(text: &str) -> Result<i64, NumberProblem> {
    let mut total: i64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_').unwrap_or(rest.len());
        let (amount, tail) = rest.split_at(digits);
        let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let microseconds: i64 = match unit {
            "" if rest.len() < text.len() => return Err(NumberProblem::MissingUnit),
            "ms" => 1_000,
            "s" => 1_000_000,
            "m" => 60_000_000,
            "h" => 3_600_000_000,
            "d" => 86_400_000_000,
            _ => return Err(NumberProblem::Glued),
        };
        if amount.is_empty() {
            return Err(NumberProblem::Glued);
        }
        let part = scaled(amount, microseconds)?;
        total = total.checked_add(part).ok_or(NumberProblem::TooLarge)?;
        rest = tail;
    }
    Ok(total)
}

/// The nano-dollars of the amount after `$`.
pub(crate) fn money(amount: &str) -> Result<i64, NumberProblem> {
    scaled(amount, 1_000_000_000)
}

/// A decimal number times a factor, exactly.
fn scaled(amount: &str, factor: i64) -> Result<i64, NumberProblem> {
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if whole.is_empty() {
        return Err(NumberProblem::LeadingDot);
    }
    if amount.ends_with('.') {
        return Err(NumberProblem::TrailingDot);
    }
    if !digits_only(whole) || !digits_only(fraction) {
        return Err(NumberProblem::Glued);
    }
    if !separators_stand_between_digits(amount) {
        return Err(NumberProblem::Separator);
    }
    let mut value: i128 = 0;
    for digit in whole.bytes().filter(u8::is_ascii_digit) {
        value = value * 10 + i128::from(digit - b'0');
        if value > i128::from(i64::MAX) {
            return Err(NumberProblem::TooLarge);
        }
    }
    value *= i128::from(factor);
    let mut step = i128::from(factor);
    let mut lost = 1_i128;
    for digit in fraction.bytes().filter(u8::is_ascii_digit) {
        let digit = i128::from(digit - b'0');
        if step % 10 == 0 {
            step /= 10;
            value += digit * step;
        } else {
            // The unit has no more zeros to give: the rest must divide evenly.
            lost = lost.saturating_mul(10);
            let part = digit * step;
            if part % lost != 0 {
                return Err(NumberProblem::TooPrecise);
            }
            value += part / lost;
        }
    }
    i64::try_from(value).map_err(|_| NumberProblem::TooLarge)
}

/// The text of a piece of a string between its quotes. `raw` keeps backslashes. A line break is a line feed whatever the
/// file has, so that a checkout does not change a program.
pub(crate) fn unescape(piece: &str, raw: bool) -> String {
    let mut output = String::with_capacity(piece.len());
    let mut rest = piece.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' => output.push('\n'),
            '\\' if !raw => match rest.next() {
                Some('n') => output.push('\n'),
                Some('t') => output.push('\t'),
                Some('r') => output.push('\r'),
                Some('0') => output.push('\0'),
                Some('u') if rest.peek() == Some(&'{') => {
                    let digits: String = rest.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                    let value = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    output.push(value.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                Some(other) => output.push(other),
                None => {}
            },
            other => output.push(other),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_and_bases() {
        assert_eq!(number("10_000"), Ok(10_000.0));
        assert_eq!(number("0xff"), Ok(255.0));
        assert_eq!(number("1e-3"), Ok(0.001));
        assert_eq!(number("2.75"), Ok(2.75));
        assert_eq!(number("1."), Err(NumberProblem::TrailingDot));
        assert_eq!(number("1_"), Err(NumberProblem::Separator));
        assert_eq!(number("12_abc"), Err(NumberProblem::Glued));
        assert_eq!(number("1_e5"), Err(NumberProblem::Separator));
        assert_eq!(number("0x_f"), Err(NumberProblem::Separator));
        assert_eq!(number("0xf_f"), Ok(255.0));
        assert_eq!(number("0x"), Err(NumberProblem::Hexadecimal));
        assert_eq!(number("1e999"), Err(NumberProblem::TooLarge));
        assert_eq!(number("12abc"), Err(NumberProblem::Glued));
    }

    #[test]
    fn durations_are_sums_in_microseconds() {
        assert_eq!(duration("250ms"), Ok(250_000));
        assert_eq!(duration("1h30m"), Ok(5_400_000_000));
        assert_eq!(duration("1.5h"), Ok(5_400_000_000));
        assert_eq!(duration("7d"), Ok(604_800_000_000));
        assert_eq!(duration("0.75d"), Ok(64_800_000_000));
        assert_eq!(duration("0.125h"), Ok(450_000_000));
        assert_eq!(duration("0.0001ms"), Err(NumberProblem::TooPrecise));
        assert_eq!(duration("999999999d"), Err(NumberProblem::TooLarge));
        assert_eq!(duration("3weeks"), Err(NumberProblem::Glued));
        assert_eq!(duration("30m1h"), duration("1h30m"));
        assert_eq!(duration("1_000ms"), Ok(1_000_000));
        assert_eq!(duration("1__0ms"), Err(NumberProblem::Separator));
        assert_eq!(duration("1h30"), Err(NumberProblem::MissingUnit));
        assert_eq!(duration("30"), Err(NumberProblem::Glued));
    }

    #[test]
    fn money_is_exact() {
        assert_eq!(money("0.002"), Ok(2_000_000));
        assert_eq!(money("1_000"), Ok(1_000_000_000_000));
        assert_eq!(money("0.0000000001"), Err(NumberProblem::TooPrecise));
        assert_eq!(money("5.1234567890"), Ok(5_123_456_789));
        assert_eq!(money("99999999999999"), Err(NumberProblem::TooLarge));
        assert_eq!(money(".5"), Err(NumberProblem::LeadingDot));
        assert_eq!(money("5."), Err(NumberProblem::TrailingDot));
        assert_eq!(money("1__0"), Err(NumberProblem::Separator));
        assert_eq!(money("1e3"), Err(NumberProblem::Glued));
    }

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescape(r#"a\n\u{1F600}\$\""#, false), "a\n\u{1F600}$\"");
        assert_eq!(unescape(r"a\n", true), r"a\n");
        assert_eq!(unescape("a\r\nb\rc\\\r", false), "a\nb\nc\r");
        assert_eq!(unescape("a\r\nb\rc\\", true), "a\nb\nc\\");
    }
}
