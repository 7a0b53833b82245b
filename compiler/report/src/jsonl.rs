use serde::Serialize;

use crate::CheckedFile;
use crate::json::{DIAGNOSTICS_VERSION, JsonDiagnostic, JsonSummary};
use crate::sanitize::visible_json;

/// One line of JSON for each diagnostic, and a last one with `version` and `summary`. The objects are those of
/// [`json`](crate::json).
pub fn jsonl(files: &[CheckedFile<'_>]) -> String {
    let mut text = String::new();
    for file in files {
        for diagnostic in file.diagnostics {
            line(&JsonDiagnostic::of(&file.path, file.source, diagnostic), &mut text);
        }
    }
    line(&LastLine { version: DIAGNOSTICS_VERSION, summary: JsonSummary::of(files) }, &mut text);
    text
}

#[derive(Serialize)]
struct LastLine {
    version: u32,
    summary: JsonSummary,
}

fn line(value: &impl Serialize, text: &mut String) {
    // Strings and numbers cannot fail to be written.
    text.push_str(&visible_json(&serde_json::to_string(value).unwrap_or_default()));
    text.push('\n');
}
