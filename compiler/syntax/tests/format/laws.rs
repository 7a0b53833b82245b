//! What holds for every program.

use prism_diagnostics::Span;
use prism_syntax::{FormatError, Kind, LINE_WIDTH, format, format_with, lex};

use crate::corpus::{self, documentation, examples, garbage, generated, sources};

/// What is wrong with how a text is formatted.
fn broken_law(text: &str) -> Option<String> {
    let once = match format(text) {
        Ok(once) => once,
        Err(error) => return Some(format!("{error:?}")),
    };
    let twice = match format(&once) {
        Ok(twice) => twice,
        Err(error) => return Some(format!("the second time: {error:?}\n{once}")),
    };
    if once != twice {
        let changed = once.lines().zip(twice.lines()).position(|(once, twice)| once != twice).unwrap_or(0);
        let around =
            |text: &str| text.lines().skip(changed.max(1) - 1).take(3).collect::<Vec<_>>().join("\n");
        return Some(format!("changes the second time:\n{}\n--\n{}", around(&once), around(&twice)));
    }
    if let Some(line) = trailing_space(&once) {
        return Some(format!("white space at the end of {line:?}"));
    }
    for width in [1, 40, 10_000] {
        if let Err(error) = format_with(text, width) {
            return Some(format!("in {width} columns: {error:?}"));
        }
    }
    None
}

/// A line that ends in white space outside of strings and comments.
fn trailing_space(text: &str) -> Option<String> {
    let tokens = lex(text);
    let mut kept: Vec<Span> = Vec::new();
    let mut open = 0;
    for (kind, span) in tokens.iter() {
        // What stands in strings is left as it is.
        match kept.last_mut() {
            Some(last) if open > 0 => *last = last.to(span),
            _ => kept.push(span),
        }
        open += usize::from(kind == Kind::TemplateHead);
        open -= usize::from(kind == Kind::TemplateTail);
    }
    kept.extend(tokens.comments().iter().map(|comment| comment.span));
    kept.sort_by_key(|span| span.start);
    let mut end = 0;
    for span in kept {
        let gap = &text[end.min(span.start as usize)..span.start as usize];
        if gap.contains(" \n") || gap.contains('\t') || gap.contains('\r') {
            return Some(text[..span.start as usize].lines().last().unwrap_or_default().to_owned());
        }
        end = end.max(span.end as usize);
    }
    None
}

fn assert_lawful(texts: impl Iterator<Item = (String, String)>, at_least: usize) {
    let (mut count, mut wrong) = (0, Vec::new());
    for (name, text) in texts {
        count += 1;
        if let Some(problem) = broken_law(&text) {
            wrong.push(format!("{name}: {problem}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= at_least, "only {count} texts");
}

#[test]
fn scripts_and_examples_keep_their_meaning() {
    assert_lawful(sources().into_iter(), 60);
}

#[test]
fn documentation_keeps_its_meaning() {
    assert_lawful(documentation().into_iter(), 5);
}

#[test]
fn generated_programs_keep_their_meaning() {
    assert_lawful(generated(0..400), 800);
}

#[test]
fn garbage_that_can_be_read_keeps_its_meaning() {
    let texts = garbage(0..1_500).filter(|(_, text)| !matches!(format(text), Err(FormatError::Syntax(_))));
    assert_lawful(texts, 30);
}

#[test]
fn examples_are_formatted() {
    for (name, text) in examples() {
        assert_eq!(format(&text).unwrap(), text, "{name} is not formatted");
    }
}

#[test]
fn the_example_of_the_documentation_is_true() {
    let page = corpus::page("formatting.md");
    let blocks: Vec<&str> = page
        .split("```prism fragment\n")
        .skip(1)
        .map(|part| part.split("```").next().unwrap_or_default())
        .collect();
    assert_eq!(blocks.len(), 2);
    assert_eq!(format(blocks[0]).unwrap(), blocks[1]);
}

#[test]
fn few_lines_are_too_long() {
    let (mut lines, mut long) = (0, 0);
    for (_, text) in sources() {
        let formatted = format(&text).unwrap();
        lines += formatted.lines().count();
        long += formatted
            .lines()
            // Comments are left as they are.
            .filter(|line| line.chars().count() > LINE_WIDTH && !line.contains("//") && !line.contains("* @"))
            .count();
    }
    assert!(long * 50 < lines, "{long} of {lines} lines are too long");
}
