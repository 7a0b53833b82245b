use std::fmt::Write;
use std::ops::Range;

use ariadne::{CharSet, Color, Config, IndexType, Label, Report, ReportKind, Source};
use prism_diagnostics::{Diagnostic, Level, SourceFile, Span};

use crate::sanitize::{same_length, visible_line, visible_text};

/// The longest line of source that is shown around a mistake, in bytes; longer ones are only pointed at.
const LONGEST_LINE: u32 = 2_000;

/// The diagnostics of one file as people read them in a terminal, each followed by an empty line.
///
/// `colour` says whether escape sequences may be used.
pub fn human(source: &SourceFile, diagnostics: &[Diagnostic], colour: bool) -> String {
    let safe = Source::from(same_length(source.text()));
    let mut cache = (source.name().to_owned(), safe);
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        let rendered =
            if can_be_shown(source, diagnostic) { framed(diagnostic, &mut cache, colour) } else { None };
        match rendered {
            Some(rendered) => text.push_str(&rendered),
            None => plain(source, diagnostic, colour, &mut text),
        }
    }
    text
}

/// Whether there is text to show, in lines that a terminal can take.
fn can_be_shown(source: &SourceFile, diagnostic: &Diagnostic) -> bool {
    let spans = diagnostic.related.iter().map(|label| label.span).chain([diagnostic.primary.span]);
    !source.text().is_empty()
        && !is_about_the_file(diagnostic)
        && spans.into_iter().all(|span| {
            [span.start, span.end].into_iter().all(|offset| {
                let line = source.line_column(offset).line;
                source.line_start(line + 1).saturating_sub(source.line_start(line)) <= LONGEST_LINE
            })
        })
}

/// Whether a diagnostic points at nothing in its file.
fn is_about_the_file(diagnostic: &Diagnostic) -> bool {
    diagnostic.primary.span == Span::at(0) && diagnostic.primary.text.is_empty()
}

fn framed(diagnostic: &Diagnostic, cache: &mut (String, Source<String>), colour: bool) -> Option<String> {
    let (name, main) = match diagnostic.level {
        Level::Error => ("error", Color::Red),
        Level::Warning => ("warning", Color::Yellow),
        Level::Hint => ("hint", Color::Cyan),
    };
    let place = |span: Span| (cache.0.clone(), shown(span, cache.1.text()));
    let kind = ReportKind::Custom(name, main);
    let config = Config::default()
        .with_index_type(IndexType::Byte)
        .with_char_set(CharSet::Unicode)
        .with_color(colour)
        .with_tab_width(2);
    let mut report = Report::build(kind, place(diagnostic.primary.span))
        .with_config(config)
        .with_code(&diagnostic.code)
        .with_message(visible_line(&diagnostic.message));
    // Without any text nothing would be underlined.
    let said = match diagnostic.primary.text.as_str() {
        "" => "here".to_owned(),
        text => visible_line(text),
    };
    let mut labels = vec![(diagnostic.primary.span, main, 1, said)];
    let related =
        diagnostic.related.iter().map(|label| (label.span, Color::Blue, 0, visible_line(&label.text)));
    labels.extend(related);
    // Labels that are not in the order of the text would be shown as excerpts apart.
    labels.sort_by_key(|(span, ..)| (span.start, span.end));
    for (span, color, priority, said) in labels {
        report
            .add_label(Label::new(place(span)).with_color(color).with_priority(priority).with_message(said));
    }
    for help in &diagnostic.help {
        report.add_help(visible_text(help));
    }
    let mut bytes = Vec::new();
    let report = report.finish();
    let name = cache.0.clone();
    report.write((name, &cache.1), &mut bytes).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    // The head of a report is coloured in any case.
    let text = if colour { text } else { anstream::adapter::strip_str(&text).to_string() };
    Some(trimmed(&text))
}

/// A span as a range inside the text: from character to character, and not over the end of its last line.
fn shown(span: Span, text: &str) -> Range<usize> {
    let inside = |offset: u32| {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let (start, end) = (inside(span.start), inside(span.end));
    let covered = text.get(start..end).unwrap_or_default();
    start..start + covered.trim_end_matches(is_line_break).len()
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Without white space at line ends.
fn trimmed(text: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        all.push_str(line.trim_end());
        all.push('\n');
        all
    })
}

/// A diagnostic without its source.
fn plain(source: &SourceFile, diagnostic: &Diagnostic, colour: bool, text: &mut String) {
    let (name, start) = match diagnostic.level {
        Level::Error => ("error", "\u{1b}[31m"),
        Level::Warning => ("warning", "\u{1b}[33m"),
        Level::Hint => ("hint", "\u{1b}[36m"),
    };
    let (start, end) = if colour { (start, "\u{1b}[0m") } else { ("", "") };
    let _ = writeln!(text, "{start}[{}] {name}{end}: {}", diagnostic.code, visible_line(&diagnostic.message));
    let place = if source.text().is_empty() || is_about_the_file(diagnostic) {
        visible_line(source.name())
    } else {
        let at = source.line_column(diagnostic.primary.span.start);
        format!("{}:{}:{}", visible_line(source.name()), at.line, at.column)
    };
    let _ = writeln!(text, "   at {place}");
    for help in &diagnostic.help {
        let _ = writeln!(text, "   help: {}", visible_text(help));
    }
}
