use std::collections::BTreeMap;
use std::fmt::Write;

use prism_catalog::{DiagnosticCode, DiagnosticLevel};
use prism_diagnostics::{Diagnostic, Fix, Label, Level, SourceFile, Span};
use serde_json::{Map, Value as Json, json};

use crate::CheckedFile;
use crate::github::words;
use crate::place::Place;
use crate::sanitize::visible_json;

/// Where the project lives, and with it the page of each code.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// One log of SARIF 2.1.0, the form in which code-scanning services take results.
///
/// Paths are relative references, so that a service finds the files in its checkout. Columns count Unicode code points.
/// Braces in messages are doubled, as section 3.11.5 of the standard wants it.
pub fn sarif(files: &[CheckedFile<'_>]) -> String {
    let mut codes: BTreeMap<&str, (usize, &Diagnostic)> = BTreeMap::new();
    for diagnostic in files.iter().flat_map(|file| file.diagnostics) {
        codes.entry(&diagnostic.code).or_insert((0, diagnostic));
    }
    for (index, (known, _)) in codes.values_mut().enumerate() {
        *known = index;
    }
    let rules: Vec<_> = codes.values().map(|(_, diagnostic)| rule(diagnostic)).collect();
    let results = files.iter().flat_map(|file| {
        let codes = &codes;
        file.diagnostics.iter().map(move |diagnostic| {
            let rule = codes.get(diagnostic.code.as_str()).map_or(0, |(index, _)| *index);
            result(file, diagnostic, rule)
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "prismc",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": REPOSITORY,
                "rules": rules,
            } },
            "invocations": [{ "executionSuccessful": files.iter().all(|file| file.exists) }],
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    // Strings and numbers cannot fail to be written.
    visible_json(&serde_json::to_string_pretty(&log).unwrap_or_default()) + "\n"
}

/// What is known of a code apart from its results.
fn rule(diagnostic: &Diagnostic) -> Json {
    let row = DiagnosticCode::find(&diagnostic.code);
    let level = match row.map(DiagnosticCode::level) {
        Some(DiagnosticLevel::Error) => Level::Error,
        Some(DiagnosticLevel::Warning) => Level::Warning,
        Some(DiagnosticLevel::Hint) => Level::Hint,
        None => diagnostic.level,
    };
    let title = row.map_or(diagnostic.slug.as_str(), |row| row.title());
    // Only a code of the catalog has a page; the name of any other is no part of an address.
    let page = row.map(|row| format!("docs/errors/{}.md", row.code()));
    let mut rule = json!({
        "id": diagnostic.code,
        "name": diagnostic.slug,
        "shortDescription": message(title),
        "fullDescription": message(title),
        "defaultConfiguration": { "level": level_name(level) },
    });
    if let (Some(page), Some(rule)) = (page, rule.as_object_mut()) {
        rule.insert("help".to_owned(), message(&format!("See {page}.")));
        rule.insert("helpUri".to_owned(), format!("{REPOSITORY}/blob/main/{page}").into());
    }
    rule
}

fn result(file: &CheckedFile<'_>, diagnostic: &Diagnostic, rule: usize) -> Json {
    let location = |span| json!({ "physicalLocation": physical_location(file, span) });
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": level_name(diagnostic.level),
        "message": message(&words(diagnostic)),
        "locations": [location(diagnostic.primary.span)],
    });
    let related = diagnostic.related.iter().enumerate().map(|(index, label): (usize, &Label)| {
        let mut place = location(label.span);
        if let Some(place) = place.as_object_mut() {
            place.insert("id".to_owned(), (index + 1).into());
            place.insert("message".to_owned(), message(&label.text));
        }
        place
    });
    let related: Vec<_> = related.collect();
    // A fix without an edit is nothing that can be applied, and the standard has no form for it.
    let fixes = diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty());
    let fixes: Vec<_> = fixes.map(|fix| fixed(file, fix)).collect();
    if let Some(result) = result.as_object_mut() {
        for (name, values) in [("relatedLocations", related), ("fixes", fixes)] {
            if !values.is_empty() {
                result.insert(name.to_owned(), values.into());
            }
        }
    }
    result
}

fn fixed(file: &CheckedFile<'_>, fix: &Fix) -> Json {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": region(file.source, edit.span),
            "insertedContent": { "text": edit.replacement },
        })
    });
    json!({
        "description": message(&fix.title),
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&file.path) },
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// A file, and a region of it where there is text to point at.
fn physical_location(file: &CheckedFile<'_>, span: Span) -> Json {
    let mut location = Map::new();
    location.insert("artifactLocation".to_owned(), json!({ "uri": uri(&file.path) }));
    if !file.source.text().is_empty() {
        location.insert("region".to_owned(), region(file.source, span));
    }
    Json::Object(location)
}

fn region(source: &SourceFile, span: Span) -> Json {
    let Place { line, column, end_line, end_column, .. } = Place::of(source, span);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

fn message(text: &str) -> Json {
    // What looks like a placeholder or a link in a message is one, and messages may quote what a file holds.
    let text = text.replace('{', "{{").replace('}', "}}").replace("](", "\\](");
    json!({ "text": text })
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "note",
    }
}

/// A path as a URI reference. All but the characters that mean nothing in any part of a URI is percent-encoded, a colon
/// too, which would make a scheme of what stands before it.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
