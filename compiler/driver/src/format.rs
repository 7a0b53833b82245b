use std::io::{Error, ErrorKind, Write};

use camino::{Utf8Path, Utf8PathBuf};
use prism_catalog::DiagnosticCode as Code;
use prism_diagnostics::{Diagnostic, Level, SourceFile, Span};
use prism_syntax::{FormatError, format};
use rayon::prelude::*;

use crate::session::problem_report;
use crate::{DiskFiles, FileReport, Files};

/// What the formatter says of a text.
#[derive(Clone, Debug)]
pub enum Formatted {
    /// It is laid out as it should be.
    Unchanged,
    /// It should be laid out in another way.
    Changed {
        /// The file as it is.
        source: SourceFile,
        /// Its text as it should be.
        text: String,
    },
    /// It cannot be read; the report says why.
    Unreadable(FileReport),
    /// The formatter would have changed what it means, which is a bug in Prism; the report says where.
    Refused(FileReport),
}

/// Formats a text that goes by a name.
pub fn format_text(name: &str, text: String) -> Formatted {
    let report = |text: String, diagnostics: Vec<Diagnostic>| FileReport {
        source: SourceFile::new(name, text),
        diagnostics,
        problem: None,
    };
    match format(&text) {
        Ok(formatted) if formatted == text => Formatted::Unchanged,
        Ok(formatted) => Formatted::Changed { source: SourceFile::new(name, text), text: formatted },
        Err(FormatError::Syntax(errors)) => {
            let diagnostics = errors.iter().map(|error| prism_syntax::diagnostic(error, &text)).collect();
            Formatted::Unreadable(report(text, diagnostics))
        }
        Err(FormatError::TreeChanged { span }) => {
            Formatted::Refused(report(text, vec![refusal("this would mean something else", span)]))
        }
        Err(FormatError::CommentLost { span }) => {
            Formatted::Refused(report(text, vec![refusal("this comment would not stay", span)]))
        }
    }
}

fn refusal(what: &str, span: Span) -> Diagnostic {
    let code = Code::InternalError;
    let message = format!("the formatter has a bug: {what} if the file were formatted");
    Diagnostic::new(code.code(), code.slug(), Level::Error, message, span)
        .with_help("the file is left as it is; please report it")
}

/// Formats files, and folders with all below them, without writing anything: sorted by path, each file once.
pub fn format_files<P: AsRef<Utf8Path>>(files: &dyn Files, paths: &[P]) -> Vec<(Utf8PathBuf, Formatted)> {
    let mut formatted = Vec::new();
    let mut wanted = Vec::new();
    for path in paths.iter().map(AsRef::as_ref) {
        match files.expand(path) {
            Ok(found) => wanted.extend(found),
            Err(problem) => {
                formatted.push((path.to_owned(), Formatted::Unreadable(problem_report(path, problem))));
            }
        }
    }
    wanted.sort();
    wanted.dedup();
    formatted.par_extend(wanted.into_par_iter().map(|path| {
        let result = match files.read(&path) {
            Ok(text) => format_text(path.as_str(), text),
            Err(problem) => Formatted::Unreadable(problem_report(&path, problem)),
        };
        (path, result)
    }));
    formatted.sort_by(|(left, _), (right, _)| left.cmp(right));
    formatted
}

impl DiskFiles {
    /// Gives a file another text. It is written beside the file and then takes its place, so that the file never
    /// holds half of it; permissions stay, and a link still leads to the file.
    ///
    /// # Errors
    /// What the system says; files that are read-only are refused. The file is then as it was.
    pub fn replace(&self, path: &Utf8Path, text: &str) -> Result<(), Error> {
        let place = path.canonicalize_utf8()?;
        let permissions = std::fs::metadata(&place)?.permissions();
        if permissions.readonly() {
            return Err(Error::new(ErrorKind::PermissionDenied, "the file is read-only"));
        }
        let name = place.file_name().unwrap_or_default();
        let beside = place.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let written = (|| {
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
            file.write_all(text.as_bytes())?;
            file.set_permissions(permissions)?;
            file.sync_all()?;
            std::fs::rename(&beside, &place)
        })();
        if written.is_err() {
            // It may not have been made at all.
            let _ = std::fs::remove_file(&beside);
        }
        written
    }
}
