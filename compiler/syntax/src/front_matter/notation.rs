//! Records and lists as people write them: JSON, and what JavaScript takes besides it.

use std::ops::Range;

use serde_json::Map;

use super::problem::{JsonExpected, JsonProblem};
use super::{JSON_DEPTH_LIMIT, JsonValue};

/// Where reading failed, and why.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) problem: JsonProblem,
}

/// Reads the record or list that a text begins with; the other result is its length. `words` says that words need
/// no quotes.
pub(super) fn read(text: &str, words: bool) -> Result<(JsonValue, usize), Fault> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<JsonValue>();
    if let Some(Ok(value)) = values.next() {
        return Ok((value, values.byte_offset()));
    }
    let mut reader = Reader { text, at: 0, words };
    let value = reader.value(0)?;
    Ok((value, reader.at))
}

/// The content of a text that is one string in quotes.
pub(super) fn whole_string(text: &str) -> Option<String> {
    let mut reader = Reader { text, at: 0, words: false };
    if !matches!(reader.peek(), Some('"' | '\'')) {
        return None;
    }
    let content = reader.string().ok()?;
    (reader.at == text.len()).then_some(content)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    words: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips white space and `//` comments.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    fn value(&mut self, depth: usize) -> Result<JsonValue, Fault> {
        match self.peek() {
            Some('{' | '[') if depth == JSON_DEPTH_LIMIT => {
                Err(Fault { range: self.at..self.at + 1, problem: JsonProblem::TooDeep })
            }
            Some('{') => self.record(depth),
            Some('[') => self.list(depth),
            Some('"' | '\'') => self.string().map(JsonValue::String),
            _ => self.bare(),
        }
    }

    fn record(&mut self, depth: usize) -> Result<JsonValue, Fault> {
        let open = self.open();
        let mut entries = Map::new();
        loop {
            self.next_in(open)?;
            if self.take('}') {
                return Ok(JsonValue::Object(entries));
            }
            let key = self.key()?;
            self.next_in(open)?;
            if !self.take(':') {
                return Err(self.expected(JsonExpected::Colon));
            }
            self.next_in(open)?;
            let value = self.value(depth + 1)?;
            entries.insert(key, value);
            self.next_in(open)?;
            if !self.take(',') && self.peek() != Some('}') {
                return Err(self.expected(JsonExpected::CommaOrBrace));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<JsonValue, Fault> {
        let open = self.open();
        let mut items = Vec::new();
        loop {
            self.next_in(open)?;
            if self.take(']') {
                return Ok(JsonValue::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.next_in(open)?;
            if !self.take(',') && self.peek() != Some(']') {
                return Err(self.expected(JsonExpected::CommaOrBracket));
            }
        }
    }

    /// Steps over an opening bracket; returns where it stands.
    fn open(&mut self) -> usize {
        self.at += 1;
        self.at - 1
    }

    /// Steps to what comes next inside the bracket that was opened there.
    fn next_in(&mut self, open: usize) -> Result<(), Fault> {
        self.skip();
        if self.at < self.text.len() {
            return Ok(());
        }
        Err(Fault { range: open..open + 1, problem: JsonProblem::Unclosed })
    }

    fn take(&mut self, character: char) -> bool {
        let there = self.peek() == Some(character);
        if there {
            self.at += character.len_utf8();
        }
        there
    }

    /// The failure at the next character.
    fn expected(&self, expected: JsonExpected) -> Fault {
        let length = self.peek().map_or(0, char::len_utf8);
        Fault { range: self.at..self.at + length, problem: JsonProblem::Expected(expected) }
    }

    fn key(&mut self) -> Result<String, Fault> {
        if matches!(self.peek(), Some('"' | '\'')) {
            return self.string();
        }
        match self.word() {
            "" => Err(self.expected(JsonExpected::Key)),
            word => Ok(word.to_owned()),
        }
    }

    /// Steps over letters, digits and what stands within names and numbers.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let inside = |next: char| next.is_alphanumeric() || matches!(next, '_' | '-' | '.' | '+' | '$');
        let word = rest.get(..rest.find(|next| !inside(next)).unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }

    /// A number, `true`, `false`, `null`, or a text without quotes.
    fn bare(&mut self) -> Result<JsonValue, Fault> {
        let start = self.at;
        let word = self.word();
        if word.is_empty() {
            return Err(self.expected(JsonExpected::Value));
        }
        if let Ok(value) = serde_json::from_str(word) {
            return Ok(value);
        }
        // Types are words too: `string`, `string[]`, `string?`.
        let named = word.starts_with(|first: char| first.is_alphabetic() || first == '_');
        while self.words && named && (self.rest().starts_with("[]") || self.rest().starts_with('?')) {
            self.at += if self.rest().starts_with('?') { 1 } else { 2 };
        }
        if self.words && named {
            return Ok(JsonValue::String(self.text.get(start..self.at).unwrap_or_default().to_owned()));
        }
        Err(Fault { range: start..self.at, problem: JsonProblem::Unquoted })
    }

    /// A string in double or single quotes, on one line.
    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let quote = self.peek();
        let mut content = String::new();
        self.at += 1;
        loop {
            let mut ahead = self.rest().chars();
            match (ahead.next(), ahead.next()) {
                (None | Some('\n'), _) | (Some('\\'), None | Some('\n')) => {
                    return Err(Fault { range: start..self.at, problem: JsonProblem::UnclosedString });
                }
                (Some('\\'), Some(escaped)) => content.push(self.escape(escaped)?),
                (Some(next), _) => {
                    self.at += next.len_utf8();
                    if Some(next) == quote {
                        return Ok(content);
                    }
                    content.push(next);
                }
            }
        }
    }

    /// The character that an escape stands for; `escaped` is what follows the backslash.
    fn escape(&mut self, escaped: char) -> Result<char, Fault> {
        let unknown = 1 + escaped.len_utf8();
        let (character, length) = match escaped {
            'b' => (Some('\u{8}'), 2),
            'f' => (Some('\u{c}'), 2),
            'n' => (Some('\n'), 2),
            'r' => (Some('\r'), 2),
            't' => (Some('\t'), 2),
            '"' | '\'' | '\\' | '/' => (Some(escaped), 2),
            'u' => self.unicode_escape(),
            _ => (None, unknown),
        };
        let range = self.at..self.at + length;
        self.at = range.end;
        character.ok_or(Fault { range, problem: JsonProblem::UnknownEscape })
    }

    /// The character of an escape such as `\u00e9`, and its length. Characters beyond U+FFFF are written as two.
    fn unicode_escape(&self) -> (Option<char>, usize) {
        const LENGTH: usize = 6;
        let unit = |start: usize| {
            let digits = self.text.get(start..start + LENGTH)?.strip_prefix("\\u")?;
            digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
            u16::from_str_radix(digits, 16).ok()
        };
        let units = unit(self.at).into_iter().chain(unit(self.at + LENGTH));
        if let Some(Ok(character)) = char::decode_utf16(units).next() {
            return (Some(character), LENGTH * character.len_utf16());
        }
        let digits = self.rest().bytes().skip(2).take(4).take_while(u8::is_ascii_hexdigit).count();
        (None, 2 + digits)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn reads(text: &str, value: JsonValue) {
        assert_eq!(read(text, true), Ok((value, text.len())), "{text}");
    }

    #[track_caller]
    fn fails(text: &str, place: &str, problem: JsonProblem) {
        let fault = read(text, false).unwrap_err();
        assert_eq!(
            (text.get(fault.range.clone()), fault.problem),
            (Some(place), problem),
            "{text} at {fault:?}"
        );
    }

    #[test]
    fn what_people_write_is_read() {
        reads("{}", json!({}));
        reads("[ ]", json!([]));
        reads("[1, -2.5e3, true, null,]", json!([1, -2500.0, true, null]));
        reads("{ a: 1, 'b c': \"d\", \"e\": {f-g: []}, }", json!({"a": 1, "b c": "d", "e": {"f-g": []}}));
        reads("{a:1 // one\n, b: 2}", json!({"a": 1, "b": 2}));
        reads("{ text: string[], note: string?, }", json!({"text": "string[]", "note": "string?"}));
        reads(r#"['it\'s "x"', 'a\u00e9\n', "\ud83d\ude00",]"#, json!(["it's \"x\"", "aé\n", "😀"]));
        reads("[\"a\tb\"]", json!(["a\tb"]));
        reads("{a: 1, a: 2}", json!({"a": 2}));
    }

    #[test]
    fn the_end_is_where_the_value_ends() {
        assert_eq!(read("{} rest", false), Ok((json!({}), 2)));
        assert_eq!(read("{a:1} rest", false), Ok((json!({"a": 1}), 5)));
    }

    #[test]
    fn failures_are_where_they_are() {
        use JsonExpected as E;
        fails("{string}", "}", JsonProblem::Expected(E::Colon));
        fails("{ a: , b: 1 }", ",", JsonProblem::Expected(E::Value));
        fails("{ a: 1 b: 2 }", "b", JsonProblem::Expected(E::CommaOrBrace));
        fails("[1 2]", "2", JsonProblem::Expected(E::CommaOrBracket));
        fails("{ é: “x” }", "“", JsonProblem::Expected(E::Value));
        fails("{ [1]: 2 }", "[", JsonProblem::Expected(E::Key));
        fails("[1, [2, 3]", "[", JsonProblem::Unclosed);
        fails("{ a: 'b }", "'b }", JsonProblem::UnclosedString);
        fails("{ a: 'b\\\n' }", "'b", JsonProblem::UnclosedString);
        fails("{ a: \"\\q\" }", "\\q", JsonProblem::UnknownEscape);
        fails("{ a: \"ok \\n \\u12\" }", "\\u12", JsonProblem::UnknownEscape);
        fails("[\"\\ud83d\\ude00 \\ud83d x\",]", "\\ud83d", JsonProblem::UnknownEscape);
        fails("['\\u00é']", "\\u00", JsonProblem::UnknownEscape);
        fails("['\\é']", "\\é", JsonProblem::UnknownEscape);
        fails("{ timeout: 30s }", "30s", JsonProblem::Unquoted);
        fails("{ enabled: tru }", "tru", JsonProblem::Unquoted);
        fails(&"[".repeat(1000), "[", JsonProblem::TooDeep);
    }

    #[test]
    fn a_whole_text_in_quotes_is_a_string() {
        assert_eq!(whole_string("'a'").as_deref(), Some("a"));
        assert_eq!(whole_string("\"a\\n\"").as_deref(), Some("a\n"));
        assert_eq!(whole_string("'a' or 'b'"), None);
        assert_eq!(whole_string("'tis"), None);
        assert_eq!(whole_string(""), None);
    }
}
