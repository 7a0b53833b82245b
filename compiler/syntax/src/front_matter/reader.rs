//! From lines with keys to entries.

use std::ops::Range;

use super::content::Content;
use super::key::{Extent, Key};
use super::line::KeyLine;
use super::notation::{self, Fault};
use super::problem::{FrontMatterProblem, JsonProblem};
use super::{Entry, FrontMatter, JsonValue, Value};
use crate::ERROR_LIMIT;
use prism_diagnostics::Span;

/// What kind of comments a header is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `/** … */`: its text describes the file.
    Block,
    /// `// …`: its text may be about anything.
    LineComments,
}

/// Reads the entries that begin at these lines.
pub(super) fn read(content: &Content, keys: &[KeyLine], style: Style) -> FrontMatter {
    let mut reader = Reader { content, header: FrontMatter::default(), first: [None; Key::KNOWN.len()] };
    let end = content.text().len();
    let mut prose = Prose::default();
    prose.add(content.slice(0..keys.first().map_or(end, |line| line.start)));
    for (index, line) in keys.iter().enumerate() {
        let next = keys.get(index + 1).map_or(end, |next| next.start);
        if let Some(key) = &line.key {
            let read = reader.entry(key, line, next);
            prose.add(content.slice(read..next));
        }
    }
    reader.forget_suggestions();
    if style == Style::Block && !prose.text.is_empty() {
        reader.header.prose = Some(prose.text.into());
    }
    reader.header
}

/// Texts that belong to no key.
#[derive(Default)]
struct Prose {
    text: String,
}

impl Prose {
    fn add(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
    }
}

struct Reader<'c> {
    content: &'c Content,
    header: FrontMatter,
    /// Where each known key stood first.
    first: [Option<Span>; Key::KNOWN.len()],
}

impl Reader<'_> {
    /// Reads an entry whose value ends before `end`; returns how far it went.
    fn entry(&mut self, key: &Key, line: &KeyLine, end: usize) -> usize {
        let key_span = self.content.span(line.name.clone());
        self.key(key, key_span);
        let start = self.value_start(key, line.value..end);
        let (value, range, read) = match start {
            Some(start) => self.value(key, start..end),
            None => (Value::Text("".into()), line.name.end..line.name.end, self.end_of_line(line.value..end)),
        };
        if range.is_empty() && !matches!(key, Key::Unknown(_)) {
            self.problem(FrontMatterProblem::MissingValue { key: key.clone(), span: key_span });
        }
        let value_span = self.content.span(range);
        self.header.entries.push(Entry { key: key.clone(), key_span, value, value_span });
        read
    }

    /// Whether a key is one that may stand here.
    fn key(&mut self, key: &Key, span: Span) {
        let Some(first) = Key::KNOWN.iter().zip(&mut self.first).find(|(known, _)| *known == key) else {
            if self.header.problems.len() < ERROR_LIMIT {
                let nearest = Key::nearest(key.as_str());
                self.problem(FrontMatterProblem::UnknownKey { span, nearest });
            }
            return;
        };
        match first.1 {
            None => *first.1 = Some(span),
            Some(first) => {
                let first = *first;
                self.problem(FrontMatterProblem::DuplicateKey { key: key.clone(), span, first });
            }
        }
    }

    /// A key that is there already is not what somebody meant who wrote an unknown one.
    fn forget_suggestions(&mut self) {
        for problem in &mut self.header.problems {
            if let FrontMatterProblem::UnknownKey { nearest, .. } = problem {
                let given = |key: &Key| {
                    let known = Key::KNOWN.iter().zip(&self.first);
                    known.filter(|(_, first)| first.is_some()).any(|(known, _)| known == key)
                };
                nearest.take_if(|key| given(key));
            }
        }
    }

    fn problem(&mut self, problem: FrontMatterProblem) {
        if self.header.problems.len() < ERROR_LIMIT {
            self.header.problems.push(problem);
        }
    }

    /// Where a value begins: on the line of its key, or on the next one.
    fn value_start(&self, key: &Key, range: Range<usize>) -> Option<usize> {
        let text = self.content.slice(range.clone());
        let trimmed = text.trim_start();
        let start = range.start + (text.len() - trimmed.len());
        let breaks = self.content.slice(range.start..start).matches('\n').count();
        let near = breaks <= 1 || key.extent() == Extent::Everything;
        (near && !trimmed.is_empty()).then_some(start)
    }

    fn end_of_line(&self, range: Range<usize>) -> usize {
        self.content.slice(range.clone()).find('\n').map_or(range.end, |length| range.start + length)
    }

    /// Reads a value that begins where the range does: what it is, where it stands, and how far reading went.
    fn value(&mut self, key: &Key, range: Range<usize>) -> (Value, Range<usize>, usize) {
        let text = self.content.slice(range.clone());
        if !key.is_text() && text.starts_with(['{', '[']) {
            return self.json(key, range);
        }
        let text = match key.extent() {
            Extent::Line => text.split('\n').next().unwrap_or_default(),
            Extent::Paragraph => text.split("\n\n").next().unwrap_or_default(),
            Extent::Everything => text,
        };
        let read = range.start + text.len();
        let text = text.trim_end();
        let value = if text.contains('\n') {
            None
        } else if key.is_text() {
            notation::whole_string(text).map(JsonValue::String)
        } else {
            serde_json::from_str(text).ok().or_else(|| notation::whole_string(text).map(JsonValue::String))
        };
        let value = value.map_or_else(|| Value::Text(text.into()), Value::Json);
        (value, range.start..range.start + text.len(), read)
    }

    /// Reads a value that begins with `{` or `[`.
    fn json(&mut self, key: &Key, range: Range<usize>) -> (Value, Range<usize>, usize) {
        let text = self.content.slice(range.clone());
        let (fault, read) = match notation::read(text, key.takes_words()) {
            Ok((value, length)) => {
                let end = range.start + length;
                let line_end = self.end_of_line(end..range.end);
                let behind = self.content.slice(end..line_end);
                let stray = behind.trim_start();
                if matches!(stray, "" | "," | ";") {
                    return (Value::Json(value), range.start..end, line_end);
                }
                let start = length + (behind.len() - stray.len());
                let stray = start..start + stray.trim_end().len();
                (Fault { range: stray, problem: JsonProblem::Trailing }, line_end)
            }
            Err(fault) => (fault, range.end),
        };
        let text = self.content.slice(range.start..read).trim_end();
        let value = range.start..range.start + text.len();
        // What unknown keys hold is unknown as well.
        if !matches!(key, Key::Unknown(_)) {
            let place = range.start + fault.range.start..range.start + fault.range.end;
            self.problem(FrontMatterProblem::MalformedJson {
                key: key.clone(),
                span: self.content.span(place),
                value: self.content.span(value.clone()),
                problem: fault.problem,
            });
        }
        (Value::Text(text.into()), value, read)
    }
}
