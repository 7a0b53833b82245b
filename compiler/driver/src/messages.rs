use prism_catalog::DiagnosticCode as Code;
use prism_diagnostics::{Diagnostic, Level, Span};

use crate::FileProblem;
use crate::suppression::Invalid;

/// What keeps a file from being read, in words.
pub(crate) fn file_problem(problem: &FileProblem) -> Diagnostic {
    let say = |code: Code| {
        Diagnostic::new(code.code(), code.slug(), Level::Error, problem.to_string(), Span::at(0))
    };
    match problem {
        FileProblem::Missing { .. } => {
            say(Code::MissingPath).with_help("check the path; names are case-sensitive")
        }
        FileProblem::Unreadable { .. } => say(Code::UnreadableFile),
        FileProblem::NotText { binary: true, .. } => {
            say(Code::NotText).with_help("this looks like a binary file; Prism files are UTF-8 text")
        }
        FileProblem::NotText { binary: false, .. } => {
            say(Code::NotText).with_help("save it as UTF-8; most editors have \"Save with encoding\"")
        }
        FileProblem::Empty { .. } => say(Code::NoPrismFiles)
            .with_help("Prism files end in `.prism`; hidden and ignored files are left out"),
        FileProblem::TooLarge { .. } => say(Code::FileTooLarge).with_help("split it into several files"),
    }
}

/// A file without a pattern.
pub(crate) fn no_pattern() -> Diagnostic {
    let code = Code::NoPattern;
    Diagnostic::new(code.code(), code.slug(), Level::Error, "this file has no pattern", Span::at(0))
        .with_help("write one: `pattern name { output string  return \"hello\" }`")
}

/// A name of a pattern that is not there, or none where there are several.
pub(crate) fn unknown_pattern(wanted: Option<&str>, known: &[&str]) -> Diagnostic {
    let code = Code::UnknownPattern;
    let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    let message = match wanted {
        Some(wanted) => format!("this file has no pattern `{wanted}`"),
        None => "this file has several patterns".to_owned(),
    };
    let told = Diagnostic::new(code.code(), code.slug(), Level::Error, message, Span::at(0));
    let told = match wanted.and_then(|wanted| prism_check::nearest(wanted, known.iter().copied())) {
        Some(near) => told.with_help(format!("did you mean `{near}`?")),
        None => told,
    };
    told.with_help(format!("say which one after a colon, `FILE:NAME`: {}", names.join(", ")))
}

/// A comment that allows what is not there.
pub(crate) fn unused_suppression(allowed: Code, span: Span) -> Diagnostic {
    let code = Code::UnusedSuppression;
    let (allowed, slug) = (allowed.code(), allowed.slug());
    let message = format!("this comment allows {allowed} ({slug}), which is not reported here");
    Diagnostic::new(code.code(), code.slug(), Level::Warning, message, span).with_help(
        "take it out; it holds for the statement below it, or behind code for its line, and for nothing else",
    )
}

/// A comment that begins as one that allows something does, and allows nothing.
pub(crate) fn invalid_suppression(problem: &Invalid, span: Span) -> Diagnostic {
    let code = Code::InvalidSuppression;
    let say = |message: String| Diagnostic::new(code.code(), code.slug(), Level::Warning, message, span);
    match problem {
        Invalid::Instruction { word } => say(format!("no comment can say `prism: {word}(…)`"))
            .with_help("write `// prism: allow(NAME) reason`, or take the colon out if it is prose"),
        Invalid::Malformed => say("this comment does not say what it allows".to_owned())
            .with_help("write the code or name in parentheses: `// prism: allow(unused-variable) reason`"),
        Invalid::Unknown { name } => {
            let told = say(format!("there is no diagnostic `{name}`"));
            match nearest_diagnostic(name) {
                Some(near) => told.with_help(format!("did you mean `{near}`?")),
                None => {
                    told.with_help("write a code or name as messages show it: `P0701` or `unused-variable`")
                }
            }
        }
        Invalid::Error { code } => {
            say(format!("{} ({}) is an error, which no comment can allow", code.code(), code.slug()))
                .with_help("a file with it does not compile; mend what it reports")
        }
    }
}

/// The code or slug that a misspelt one probably means.
fn nearest_diagnostic(name: &str) -> Option<&'static str> {
    prism_check::nearest(name, Code::ALL.iter().flat_map(|row| [row.code(), row.slug()]))
}
