use serde::{Deserialize, Serialize};

use crate::Span;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; changes no exit code.
    Hint,
    /// Probably a mistake; changes no exit code unless warnings are denied.
    Warning,
    /// The file does not compile.
    Error,
}

/// A place in the file of the diagnostic and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said about it; may be empty for a place that speaks for itself.
    pub text: String,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Means the same as what was written, or the only thing it can have meant.
    Safe,
    /// Plausible; somebody should look at it.
    MaybeIncorrect,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A way to mend the problem that a machine can apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the fix does, as an imperative: "replace `lable` by `label`".
    pub title: String,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
}

/// Something to tell the author of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable code, such as `P0201`.
    pub code: String,
    /// The stable readable name, such as `unknown-name`.
    pub slug: String,
    /// How serious it is.
    pub level: Level,
    /// One sentence that says what is wrong.
    pub message: String,
    /// Where it is wrong: the place where the author would put the cursor.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// How to mend it.
    pub help: Vec<String>,
    /// Machine-applicable ways to mend it, the best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic without help, related places or fixes.
    pub fn new(code: &str, slug: &str, level: Level, message: impl Into<String>, span: Span) -> Self {
        Self {
            code: code.to_owned(),
            slug: slug.to_owned(),
            level,
            message: message.into(),
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn with_label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn with_related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn with_help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Offers a single replacement as a fix.
    #[must_use]
    pub fn with_fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
        applicability: Applicability,
    ) -> Self {
        let edits = vec![Edit { span, replacement: replacement.into() }];
        self.fixes.push(Fix { title: title.into(), edits, applicability });
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}
