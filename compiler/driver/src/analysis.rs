use std::sync::Arc;

use prism_check::{Checked, NotYet, NotYetAt};
use prism_diagnostics::{Diagnostic, SourceFile};
use prism_ir::Document;
use prism_lower::Origin;
use prism_syntax::ast::{Item, StatementKind};
use prism_syntax::front_matter;
use sha2::{Digest, Sha256};

use crate::suppression;

/// Everything that follows from the text of one file.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) source: SourceFile,
    pub(crate) sha256: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What cannot be run yet: the whole file, or patterns by name, in the order of the text.
    pub(crate) not_run: NotRun,
    /// What it compiles to, apart from what cannot be run yet; absent when there is an error.
    pub(crate) document: Option<Document>,
}

impl Analysis {
    pub(crate) fn of(name: &str, text: Arc<str>) -> Self {
        let sha256 = text_hash(&text);
        let parse = prism_syntax::parse(&text);
        let lost = parse.tree.declarations().any(|item| match item {
            Item::Statement(id) => matches!(parse.tree[*id].kind, StatementKind::Error),
            _ => false,
        });
        // A text that could not be read at all leaves no tree behind, hence nothing to check.
        let nothing_read = !parse.errors.is_empty() && parse.tree.items.is_empty();
        let checked = prism_check::check(&parse.tree, lost || nothing_read);
        let mut diagnostics: Vec<Diagnostic> = parse
            .errors
            .iter()
            .chain(&parse.warnings)
            .map(|error| prism_syntax::diagnostic(error, &text))
            .collect();
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
        suppression::apply(&parse.tokens, &text, &mut diagnostics);
        diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.span.start, diagnostic.primary.span.end));
        let not_run = NotRun::of(&checked);
        Self { not_run, source: SourceFile::new(name, text), sha256, diagnostics, document }
    }
}

/// What a file has that cannot be run yet.
#[derive(Debug)]
pub(crate) struct NotRun {
    /// Where the file is a script.
    pub(crate) script: Option<NotYetAt>,
    /// All patterns of the file, each with what keeps it from being run.
    pub(crate) patterns: Vec<(String, Option<NotYetAt>)>,
}

impl NotRun {
    fn of(checked: &Checked) -> Self {
        let script = checked.script.map(|span| NotYetAt { construct: NotYet::Script, span });
        let patterns =
            checked.patterns.iter().map(|(name, known)| (name.to_string(), known.not_yet)).collect();
        Self { script, patterns }
    }

    /// What keeps a pattern from being run; without a name, any pattern or the file.
    pub(crate) fn told(&self, wanted: Option<&str>) -> Option<Diagnostic> {
        if let Some(script) = &self.script {
            return Some(script.not_run(None));
        }
        let mut wanted = self.patterns.iter().filter(|(name, _)| wanted.is_none_or(|wanted| wanted == name));
        wanted.find_map(|(name, known)| known.as_ref().map(|known| known.not_run(Some(name))))
    }
}

/// The SHA-256 of a text, in lower-case hexadecimal.
pub(crate) fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
