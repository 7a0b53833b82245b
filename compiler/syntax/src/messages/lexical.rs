//! What is said about characters, escapes and numbers.

use prism_catalog::DiagnosticCode;
use prism_diagnostics::{Applicability, Diagnostic, Span};

use super::{Words, code, new};
use crate::NumberProblem;
use crate::lexer::{is_invisible, is_single_quote, twin};

impl<'s> Words<'s> {
    pub(super) fn unexpected_character(&self, span: Span, character: char) -> Diagnostic {
        let number = format!("U+{:04X}", u32::from(character));
        let new = |message: String| new(DiagnosticCode::UnexpectedCharacter, span, message);
        if character.is_whitespace() {
            return new(format!("an unusual character, {number}, that cannot be told from a space"))
                .with_fix("write a plain space", span, " ", Applicability::Safe);
        }
        if character == '\u{feff}' {
            return new(format!(
                "a byte-order mark ({number}), which stands nowhere but at the start of a file"
            ))
            .with_fix("remove it", span, "", Applicability::Safe);
        }
        if character.is_control() {
            return new(format!("a control character ({number}), which means nothing in Prism"))
                .with_help("in a string it is written as `\\u{…}`")
                .with_fix("remove it", span, "", Applicability::Safe);
        }
        if is_invisible(character) {
            return new(format!("an invisible character ({number})"))
                .with_help("names that differ by it look the same; in a string it does no harm")
                .with_fix("remove it", span, "", Applicability::MaybeIncorrect);
        }
        let text = self.brief(span);
        let diagnostic = new(format!("{} means nothing in Prism", code(text)));
        let twins: Option<String> = self.slice(span).chars().map(twin).collect();
        match character {
            '#' => diagnostic.with_help("comments begin with `//`"),
            '@' => diagnostic.with_help("Prism has no annotations"),
            '$' => diagnostic.with_help("a sum of money is a dollar sign and a number: `$0.05`"),
            '–' | '—' | '−' => {
                diagnostic.with_fix("write a minus sign", span, "-", Applicability::MaybeIncorrect)
            }
            '…' => diagnostic.with_fix("write three dots", span, "...", Applicability::MaybeIncorrect),
            _ => match twins {
                Some(twins) => {
                    // Arrows are of two kinds; the other signs have one meaning.
                    let applicability =
                        if character == '→' { Applicability::MaybeIncorrect } else { Applicability::Safe };
                    diagnostic.with_fix(format!("write {}", code(&twins)), span, twins, applicability)
                }
                None => diagnostic,
            },
        }
    }

    pub(super) fn smart_quotes(&self, span: Span, open: char) -> Diagnostic {
        let whole = self.slice(span);
        let straight = if is_single_quote(open) { '\'' } else { '"' };
        let diagnostic = new(
            DiagnosticCode::UnexpectedCharacter,
            span,
            format!("typographic quotes (`{open}`) do not make a string"),
        )
        .with_help(format!("use straight quotes: `{straight}`"));
        let inner = whole.strip_prefix(open).unwrap_or(whole);
        let end = inner.char_indices().next_back().map_or(0, |(at, _)| at);
        match inner.get(..end) {
            Some(content) if !content.contains([straight, '\\', '$']) && !inner.is_empty() => diagnostic
                .with_fix(
                    "use straight quotes",
                    span,
                    format!("{straight}{content}{straight}"),
                    Applicability::Safe,
                ),
            _ => diagnostic,
        }
    }

    pub(super) fn unknown_escape(&self, span: Span, character: char) -> Diagnostic {
        if matches!(character, '\n' | '\r') {
            return new(
                DiagnosticCode::UnknownEscape,
                span,
                "a backslash before a line break is not an escape",
            )
            .with_help("a line break in a string is part of its text; join strings with `+` to have none")
            .with_fix(
                "remove the backslash",
                Span::new(span.start, span.start + 1),
                "",
                Applicability::MaybeIncorrect,
            );
        }
        let diagnostic =
            new(DiagnosticCode::UnknownEscape, span, format!("`\\{}` is not an escape", shown(character)))
                .with_help("the escapes are `\\n \\t \\r \\0 \\\\ \\\" \\' \\` \\$` and `\\u{…}`; a backslash itself is `\\\\`");
        let diagnostic = match self.hexadecimal(span) {
            Some((span, digits)) if character == 'x' => diagnostic.with_fix(
                format!("write `\\u{{{digits}}}`"),
                span,
                format!("\\u{{{digits}}}"),
                Applicability::MaybeIncorrect,
            ),
            _ => diagnostic,
        };
        diagnostic
            .with_fix(
                "write the backslash twice",
                span,
                format!("\\\\{character}"),
                Applicability::MaybeIncorrect,
            )
            .with_fix("remove the backslash", span, character.to_string(), Applicability::MaybeIncorrect)
    }

    /// The two hexadecimal digits behind an escape, and the place of the escape with them.
    fn hexadecimal(&self, escape: Span) -> Option<(Span, &'s str)> {
        let digits = Span::new(escape.end, escape.end + 2);
        let text = self.text.get(digits.range())?;
        text.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some((escape.to(digits), text))
    }

    pub(super) fn invalid_unicode_escape(&self, span: Span) -> Diagnostic {
        let text = self.slice(span);
        let digits = text.trim_start_matches("\\u").trim_start_matches('{');
        let value = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        let brief = self.brief(span);
        let message = match value {
            Some(_) if text.contains('{') => format!("`{brief}` lacks its closing brace"),
            Some(_) => format!("`{brief}` lacks the braces around its number"),
            None => format!("`{brief}` names no character"),
        };
        let diagnostic = new(DiagnosticCode::UnknownEscape, span, message)
            .with_help("write the hexadecimal number of a character in braces: `\\u{1F600}`");
        match value {
            Some(_) => {
                let whole = format!("\\u{{{digits}}}");
                diagnostic.with_fix(format!("write `{whole}`"), span, whole, Applicability::MaybeIncorrect)
            }
            None => diagnostic,
        }
    }

    pub(super) fn malformed_number(&self, span: Span, problem: NumberProblem) -> Diagnostic {
        let (text, brief) = (self.slice(span), self.brief(span));
        let money = text.starts_with('$');
        let message = match problem {
            NumberProblem::LeadingDot => format!("`{brief}` lacks the digit before its point"),
            NumberProblem::TrailingDot => format!("`{brief}` lacks the digits behind its point"),
            NumberProblem::Range => "Prism has no ranges with dots".to_owned(),
            NumberProblem::Exponent => format!("`{brief}` lacks the digits of its exponent"),
            NumberProblem::Base => {
                "numbers are decimal or hexadecimal: there is no binary or octal form".to_owned()
            }
            NumberProblem::MissingUnit => format!("the last part of the duration `{brief}` has no unit"),
            NumberProblem::Glued if money => format!("`{brief}` is not a sum of money"),
            NumberProblem::Glued => format!("`{brief}` is neither a number nor a duration"),
            NumberProblem::Separator => {
                format!("`_` stands between two digits of a number, which it does not in `{brief}`")
            }
            NumberProblem::Hexadecimal => format!("`{brief}` is not a hexadecimal number"),
            NumberProblem::TooLarge => format!("`{brief}` is too large"),
            NumberProblem::TooPrecise => format!("`{brief}` is finer than can be kept"),
        };
        let diagnostic = new(DiagnosticCode::MalformedNumber, span, message);
        let write = |diagnostic: Diagnostic, whole: String, applicability| {
            diagnostic.with_fix(format!("write `{whole}`"), span, whole, applicability)
        };
        match problem {
            NumberProblem::LeadingDot => {
                let point = span.start + u32::from(money);
                let whole = text.replacen('.', "0.", 1);
                diagnostic.with_fix(format!("write `{whole}`"), Span::at(point), "0", Applicability::Safe)
            }
            NumberProblem::TrailingDot => {
                write(diagnostic, text.trim_end_matches('.').to_owned(), Applicability::Safe)
            }
            NumberProblem::Range => {
                diagnostic.with_help("the numbers from 1 to 9 are `range(1, 10)`, a part of a list is `xs.slice(1, 10)`")
            }
            NumberProblem::Exponent => diagnostic.with_help("an exponent is a whole number: `1e6`, `1e-3`"),
            NumberProblem::Base => {
                let radix = if text.starts_with("0b") || text.starts_with("0B") { 2 } else { 8 };
                let digits = text.get(2..).unwrap_or_default().replace('_', "");
                match u64::from_str_radix(&digits, radix) {
                    Ok(value) => write(diagnostic, format!("0x{value:x}"), Applicability::Safe),
                    Err(_) => diagnostic,
                }
            }
            NumberProblem::MissingUnit => {
                diagnostic.with_help("the units of time are `ms`, `s`, `m`, `h` and `d`: `1h30m`")
            }
            NumberProblem::Glued if money => {
                diagnostic.with_help("a sum of money is a dollar sign and a decimal number: `$0.05`")
            }
            NumberProblem::Glued => {
                let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
                let (amount, unit) = text.split_at(digits);
                match nearest_unit(unit) {
                    Some(unit) if !amount.is_empty() && amount.matches('.').count() < 2 => diagnostic
                        .with_help("the units of time are `ms`, `s`, `m`, `h` and `d`")
                        .with_fix(
                            format!("write `{amount}{unit}`"),
                            span,
                            format!("{amount}{unit}"),
                            Applicability::MaybeIncorrect,
                        ),
                    _ => diagnostic.with_help("put a space or an operator between a number and what follows it"),
                }
            }
            NumberProblem::Separator => write(diagnostic, text.replace('_', ""), Applicability::Safe),
            NumberProblem::Hexadecimal => {
                diagnostic.with_help("the digits after `0x` are 0 to 9 and a to f: `0xff`")
            }
            NumberProblem::TooLarge => diagnostic.with_help(
                "numbers go up to about 1.8e308, durations to some 292,000 years, money to some $9,000,000,000",
            ),
            NumberProblem::TooPrecise => {
                diagnostic.with_help("durations are whole microseconds, money is whole nano-dollars")
            }
        }
    }
}

/// A character, or its number where it cannot be seen.
fn shown(character: char) -> String {
    if character.is_control() || character.is_whitespace() {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

/// The unit of time that somebody who wrote this word meant.
fn nearest_unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "sec" | "secs" | "second" | "seconds" => "s",
        "min" | "mins" | "minute" | "minutes" => "m",
        "hr" | "hrs" | "hour" | "hours" => "h",
        "day" | "days" => "d",
        "msec" | "millis" | "milliseconds" => "ms",
        _ => return None,
    })
}
