use prism_diagnostics::{Applicability, Diagnostic, Edit, Fix, Label, Level, SourceFile, Span};
use schemars::JsonSchema;
use serde::Serialize;

use crate::CheckedFile;
use crate::checked_file::counted;
use crate::place::Place;
use crate::sanitize::visible_json;

/// The version of what [`json`] and [`jsonl`](crate::jsonl) write. It changes when a reader of an older version could
/// misread what is written. A field more is a newer schema of the same version: `schema/diagnostics-1.1.json`.
pub const DIAGNOSTICS_VERSION: u32 = 1;

/// All diagnostics as one JSON document, as the schema `schema/diagnostics-1.0.json` beside this crate describes it.
pub fn json(files: &[CheckedFile<'_>]) -> String {
    let diagnostics = files.iter().flat_map(|file| {
        file.diagnostics.iter().map(|diagnostic| JsonDiagnostic::of(&file.path, file.source, diagnostic))
    });
    let document = JsonDocument {
        version: DIAGNOSTICS_VERSION,
        summary: JsonSummary::of(files),
        diagnostics: diagnostics.collect(),
    };
    // A document of strings and numbers cannot fail to be written.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    visible_json(&text) + "\n"
}

/// The JSON Schema of what [`json`] writes, as it is checked in.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(JsonDocument<'static>).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), serde_json::Value::from("Prism diagnostics 1.0"));
    }
    schema
}

/// What `prismc check --format json` writes.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct JsonDocument<'a> {
    /// The version of this form.
    #[schemars(extend("const" = DIAGNOSTICS_VERSION))]
    version: u32,
    /// How many there are.
    summary: JsonSummary,
    /// What was found, by path and then in the order of the text.
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

/// How many diagnostics there are of each level, and of how many files.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Summary")]
pub(crate) struct JsonSummary {
    /// Diagnostics that keep a file from being compiled, and those that were made errors.
    errors: usize,
    /// Probable mistakes.
    warnings: usize,
    /// Things that are worth knowing.
    hints: usize,
    /// The files that were checked. Paths that lead nowhere do not count.
    files: usize,
}

impl JsonSummary {
    pub(crate) fn of(files: &[CheckedFile<'_>]) -> Self {
        let (files, counts) = counted(files);
        Self { errors: counts.errors, warnings: counts.warnings, hints: counts.hints, files }
    }
}

/// Something that was found.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Diagnostic")]
pub(crate) struct JsonDiagnostic<'a> {
    /// The stable code, such as `P0201`.
    #[schemars(regex(pattern = r"^P[0-9]{4}$"))]
    code: &'a str,
    /// The stable readable name, such as `unknown-name`.
    slug: &'a str,
    /// How serious it is.
    level: LevelName,
    /// One sentence that says what is wrong.
    message: &'a str,
    /// The file, relative to the working directory where it lies below it, with forward slashes.
    path: &'a str,
    /// Where it is wrong. Empty and at the start of the file for what concerns the file as a whole.
    span: JsonSpan,
    /// What is to be said about that place; may be empty.
    label: &'a str,
    /// Other places of the same file that explain it.
    related: Vec<JsonRelated<'a>>,
    /// How to mend it.
    help: &'a [String],
    /// Ways to mend it that a machine can apply, the best first.
    fixes: Vec<JsonFix<'a>>,
}

impl<'a> JsonDiagnostic<'a> {
    pub(crate) fn of(path: &'a str, source: &SourceFile, diagnostic: &'a Diagnostic) -> Self {
        let related =
            |label: &'a Label| JsonRelated { span: JsonSpan::of(source, label.span), message: &label.text };
        Self {
            code: &diagnostic.code,
            slug: &diagnostic.slug,
            level: diagnostic.level.into(),
            message: &diagnostic.message,
            path,
            span: JsonSpan::of(source, diagnostic.primary.span),
            label: &diagnostic.primary.text,
            related: diagnostic.related.iter().map(related).collect(),
            help: &diagnostic.help,
            fixes: diagnostic.fixes.iter().map(|fix| JsonFix::of(source, fix)).collect(),
        }
    }
}

/// A place in the text of a file.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Span")]
struct JsonSpan {
    /// The offset of the first byte, from 0.
    start: u32,
    /// The offset after the last byte.
    end: u32,
    /// The line of the start, from 1.
    #[schemars(range(min = 1))]
    line: u32,
    /// The column of the start, from 1, in Unicode scalar values.
    #[schemars(range(min = 1))]
    column: u32,
    /// The line of the end, from 1.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// The column after the last character, from 1, in Unicode scalar values.
    #[schemars(range(min = 1))]
    end_column: u32,
}

impl JsonSpan {
    fn of(source: &SourceFile, span: Span) -> Self {
        let Place { start, end, line, column, end_line, end_column } = Place::of(source, span);
        Self { start, end, line, column, end_line, end_column }
    }
}

/// A place that explains a diagnostic.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Related")]
struct JsonRelated<'a> {
    /// The place.
    span: JsonSpan,
    /// What is said about it.
    message: &'a str,
}

/// A way to mend something.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Fix")]
struct JsonFix<'a> {
    /// What it does, as an imperative.
    title: &'a str,
    /// Whether it may be applied without asking.
    applicability: ApplicabilityName,
    /// The replacements, which do not overlap.
    edits: Vec<JsonEdit<'a>>,
}

impl<'a> JsonFix<'a> {
    fn of(source: &SourceFile, fix: &'a Fix) -> Self {
        let edit = |edit: &'a Edit| {
            let Place { start, end, .. } = Place::of(source, edit.span);
            JsonEdit { start, end, replacement: &edit.replacement }
        };
        Self {
            title: &fix.title,
            applicability: fix.applicability.into(),
            edits: fix.edits.iter().map(edit).collect(),
        }
    }
}

/// One replacement of text.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Edit")]
struct JsonEdit<'a> {
    /// The offset of the first byte that is replaced, from 0.
    start: u32,
    /// The offset after the last byte that is replaced; the same as `start` for an insertion.
    end: u32,
    /// What stands there afterwards.
    replacement: &'a str,
}

/// How serious a diagnostic is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Level")]
enum LevelName {
    /// The file does not compile, or the user wants it to count so.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Hint,
}

impl From<Level> for LevelName {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Hint => Self::Hint,
        }
    }
}

/// Whether a fix may be applied without asking.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Applicability")]
enum ApplicabilityName {
    /// Means the same as what was written, or the only thing it can have meant.
    Safe,
    /// Plausible; somebody should look at it.
    MaybeIncorrect,
}

impl From<Applicability> for ApplicabilityName {
    fn from(applicability: Applicability) -> Self {
        match applicability {
            Applicability::Safe => Self::Safe,
            Applicability::MaybeIncorrect => Self::MaybeIncorrect,
        }
    }
}
