//! Facts in words.

use prism_catalog::{DiagnosticCode, DiagnosticLevel};
use prism_diagnostics::{Applicability, Diagnostic, Level, Span};

use super::{FrontMatterProblem, JSON_DEPTH_LIMIT, JsonExpected, JsonProblem, Key};

/// Puts a problem of a header into words. `text` is the text of the file.
pub fn diagnostic(problem: &FrontMatterProblem, text: &str) -> Diagnostic {
    let slice = |span: Span| text.get(span.range()).unwrap_or_default();
    match problem {
        FrontMatterProblem::UnknownKey { span, nearest } => {
            unknown_key(slice(*span), *span, nearest.as_ref())
        }
        FrontMatterProblem::DuplicateKey { key, span, first } => {
            let again = slice(*span);
            let spelling = if again == slice(*first) { "" } else { ", in another spelling" };
            new(
                DiagnosticCode::DuplicateFrontMatter,
                *span,
                format!("the header gives `{}` twice{spelling}", key.as_str()),
            )
            .with_related(*first, "the first one, which counts")
            .with_help("remove one of them")
        }
        FrontMatterProblem::MissingValue { key, span } => {
            new(DiagnosticCode::MalformedFrontMatter, *span, format!("`{}` has no value", key.as_str()))
                .with_help("write the value behind the key, on its line or on the next")
        }
        FrontMatterProblem::MalformedJson { key, span, value, problem } => {
            malformed(key, slice(*span), *span, *value, *problem)
                .with_help(format!("as it is, the value of `{}` counts as text", key.as_str()))
        }
    }
}

fn unknown_key(written: &str, span: Span, nearest: Option<&Key>) -> Diagnostic {
    let told = new(
        DiagnosticCode::UnknownFrontMatter,
        span,
        format!("headers have no key {}", code(brief(written))),
    );
    if let Some(key) = nearest {
        let name = key.as_str();
        return told.with_help(format!("did you mean `{name}`?")).with_fix(
            format!("replace it by `{name}`"),
            span,
            name,
            Applicability::MaybeIncorrect,
        );
    }
    if matches!(written, "param" | "arg" | "argument" | "returns" | "return" | "throws" | "example") {
        return told.with_help(
            "the first `/** … */` is the header of the file; declarations are documented with `///`",
        );
    }
    let names: Vec<String> = Key::KNOWN.iter().map(|key| format!("`{}`", key.as_str())).collect();
    told.with_help(format!("the keys are {}; anything else can stand in `metadata`", names.join(", ")))
}

fn malformed(key: &Key, there: &str, span: Span, value: Span, problem: JsonProblem) -> Diagnostic {
    let name = key.as_str();
    let new = |message: String| new(DiagnosticCode::MalformedFrontMatter, span, message);
    match problem {
        JsonProblem::Expected(expected) => {
            let wanted = match expected {
                JsonExpected::Key => "a key or `}`",
                JsonExpected::Colon => "`:` and a value",
                JsonExpected::Value => "a value",
                JsonExpected::CommaOrBrace => "`,` or `}`",
                JsonExpected::CommaOrBracket => "`,` or `]`",
            };
            new(format!("expected {wanted} in the value of `{name}`, found {}", code(there)))
        }
        JsonProblem::Unclosed => new(format!("{} is not closed in the value of `{name}`", code(there)))
            .with_label("it opens here")
            .with_related(Span::at(value.end), "the value ends here"),
        JsonProblem::UnclosedString => {
            new(format!("a text in the value of `{name}` is not closed on its line"))
                .with_label("it begins here")
        }
        JsonProblem::UnknownEscape => new(format!("{} is no escape of JSON", code(brief(there)))).with_help(
            "the escapes are `\\n`, `\\t`, `\\r`, `\\b`, `\\f`, `\\\\`, `\\/`, `\\\"` and `\\u00e9`",
        ),
        JsonProblem::Unquoted => {
            new(format!("the text {} in the value of `{name}` needs quotes", code(brief(there)))).with_fix(
                "put quotes around it",
                span,
                format!("\"{there}\""),
                Applicability::MaybeIncorrect,
            )
        }
        JsonProblem::TooDeep => {
            new(format!("the value of `{name}` is nested more than {JSON_DEPTH_LIMIT} deep here"))
        }
        JsonProblem::Trailing => new(format!("something stands behind the value of `{name}`"))
            .with_help("give it a line of its own, or put quotes around the whole value if it is a text"),
    }
}

fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Diagnostic {
    let level = match code.level() {
        DiagnosticLevel::Error => Level::Error,
        DiagnosticLevel::Warning => Level::Warning,
        DiagnosticLevel::Hint => Level::Hint,
    };
    Diagnostic::new(code.code(), code.slug(), level, message, span)
}

/// Text as code; what holds backticks itself gets longer ones.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A text, cut where it is long.
fn brief(text: &str) -> &str {
    const LONGEST: usize = 24;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    }
}
