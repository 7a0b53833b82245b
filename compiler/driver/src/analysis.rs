use std::sync::Arc;

use prism_diagnostics::{Diagnostic, SourceFile};
use prism_ir::Document;
use prism_lower::Origin;
use prism_syntax::ast::{Item, StatementKind};
use prism_syntax::front_matter;
use sha2::{Digest, Sha256};

/// Everything that follows from the text of one file.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) source: SourceFile,
    pub(crate) sha256: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What it compiles to; absent when there is an error.
    pub(crate) document: Option<Document>,
}

impl Analysis {
    pub(crate) fn of(name: &str, text: Arc<str>) -> Self {
        let sha256 = text_hash(&text);
        let parse = prism_syntax::parse(&text);
        let lost = parse.tree.items.iter().any(|item| match item {
            Item::Statement(id) => matches!(parse.tree[*id].kind, StatementKind::Error),
            _ => false,
        });
        // A text that could not be read at all leaves no tree behind, hence nothing to check.
        let nothing_read = !parse.errors.is_empty() && parse.tree.items.is_empty();
        let checked = prism_check::check(&parse.tree, lost || nothing_read);
        let mut diagnostics: Vec<Diagnostic> =
            parse.errors.iter().map(|error| prism_syntax::diagnostic(error, &text)).collect();
        if let Some(header) = front_matter(&parse.tokens, &text) {
            let told = header.problems.iter().map(|problem| front_matter::diagnostic(problem, &text));
            diagnostics.extend(told);
        }
        diagnostics.extend(checked.errors.iter().map(prism_check::CheckError::diagnostic));
        let mut document = None;
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let compiler = crate::COMPILER.to_owned();
            let origin = Origin { path: name.to_owned(), sha256: sha256.clone(), compiler };
            let lowered = prism_lower::lower(&parse.tree, &checked, origin);
            diagnostics.extend(lowered.errors.iter().map(prism_lower::LowerError::diagnostic));
            document = lowered.errors.is_empty().then_some(lowered.document);
        }
        diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.span.start, diagnostic.primary.span.end));
        Self { source: SourceFile::new(name, text), sha256, diagnostics, document }
    }
}

/// The SHA-256 of a text, in lower-case hexadecimal.
pub(crate) fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
