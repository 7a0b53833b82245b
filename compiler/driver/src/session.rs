use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use prism_diagnostics::{Diagnostic, SourceFile};
use prism_ir::{Document, LoadError, Program};
use rayon::prelude::*;

use crate::analysis::{Analysis, text_hash};
use crate::{DiskFiles, FileProblem, Files, messages};

/// What is to be told about one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The file; without text where it could not be read.
    pub source: SourceFile,
    /// What is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Why it could not be read, if it could not.
    pub problem: Option<FileProblem>,
}

impl FileReport {
    /// Whether the file does not compile.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Why there is no program to run.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CompileError {
    /// The file has errors, or cannot be read.
    #[error("{} does not compile", .0.source.name())]
    Diagnostics(FileReport),
    /// The compiler made a document that its own loader refuses: a bug in Prism.
    #[error("the compiler made a document that cannot be loaded: {0}")]
    Internal(LoadError),
}

/// Texts and what follows from them. Work that was done for a text is not done again while the text stays the same.
pub struct Session {
    files: Arc<dyn Files>,
    overlays: BTreeMap<Utf8PathBuf, Arc<str>>,
    analyses: BTreeMap<Utf8PathBuf, Arc<Analysis>>,
}

impl Session {
    /// A session over the files of this machine.
    pub fn on_disk() -> Self {
        Self::new(Arc::new(DiskFiles))
    }

    /// A session that knows only the texts it is given with [`Session::set_text`].
    pub fn in_memory() -> Self {
        Self::new(Arc::new(NoFiles))
    }

    /// A session over files from anywhere.
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self { files, overlays: BTreeMap::new(), analyses: BTreeMap::new() }
    }

    /// Gives a file a text that counts instead of what its place holds, as an editor does with unsaved changes.
    pub fn set_text(&mut self, path: impl AsRef<Utf8Path>, text: impl Into<Arc<str>>) {
        self.overlays.insert(path.as_ref().to_owned(), text.into());
    }

    /// Takes a text given with [`Session::set_text`] back.
    pub fn remove_text(&mut self, path: impl AsRef<Utf8Path>) {
        self.overlays.remove(path.as_ref());
        self.analyses.remove(path.as_ref());
    }

    /// Checks one file.
    pub fn check(&mut self, path: impl AsRef<Utf8Path>) -> FileReport {
        match self.analysis(path.as_ref()) {
            Ok(analysis) => report(&analysis),
            Err(problem) => problem_report(path.as_ref(), problem),
        }
    }

    /// Checks files, and folders with all below them: a report for each file, sorted by path, each file once.
    pub fn check_all<P: AsRef<Utf8Path>>(&mut self, paths: &[P]) -> Vec<FileReport> {
        let mut reports = BTreeMap::new();
        let mut wanted = Vec::new();
        for path in paths {
            match self.files.expand(path.as_ref()) {
                Ok(found) => wanted.extend(found),
                Err(problem) => {
                    reports.insert(path.as_ref().to_owned(), problem_report(path.as_ref(), problem));
                }
            }
        }
        wanted.sort();
        wanted.dedup();
        let known: Vec<_> = wanted
            .par_iter()
            .map(|path| {
                let text = self
                    .overlays
                    .get(path)
                    .map_or_else(|| self.files.read(path).map(Arc::from), |text| Ok(text.clone()));
                let analysis = text.map(|text: Arc<str>| match self.analyses.get(path) {
                    Some(known) if known.source.text() == &*text => Arc::clone(known),
                    _ => Arc::new(Analysis::of(path.as_str(), text)),
                });
                (path.clone(), analysis)
            })
            .collect();
        for (path, analysis) in known {
            match analysis {
                Ok(analysis) => {
                    reports.insert(path.clone(), report(&analysis));
                    self.analyses.insert(path, analysis);
                }
                Err(problem) => {
                    let told = problem_report(&path, problem);
                    reports.insert(path, told);
                }
            }
        }
        reports.into_values().collect()
    }

    /// Compiles a file to IR.
    ///
    /// # Errors
    /// [`CompileError::Diagnostics`] when the file cannot be read, has errors, has no pattern, or has one that this
    /// version cannot run yet.
    pub fn compile(&mut self, path: impl AsRef<Utf8Path>) -> Result<Document, CompileError> {
        let (analysis, document) = self.compiled(path.as_ref())?;
        match analysis.not_run.told(None) {
            Some(told) => Err(refused(&analysis, told)),
            None if document.patterns.is_empty() => Err(refused(&analysis, messages::no_pattern())),
            None => Ok(document),
        }
    }

    /// Compiles a file to a program that can be executed, and finds a pattern in it: the one of that name, or the
    /// only one. Other patterns of the file may be such that this version cannot run them.
    ///
    /// # Errors
    /// [`CompileError::Diagnostics`] when the file cannot be read, has errors, or has no such pattern, when the pattern
    /// cannot be run yet, or when none is named and there are several.
    pub fn program(
        &mut self,
        path: impl AsRef<Utf8Path>,
        pattern: Option<&str>,
    ) -> Result<(Program, String), CompileError> {
        let (analysis, document) = self.compiled(path.as_ref())?;
        let names: Vec<&str> = analysis.not_run.patterns.iter().map(|(name, _)| name.as_str()).collect();
        let chosen = match (pattern, names.as_slice()) {
            (_, []) => {
                let told = analysis.not_run.told(None).unwrap_or_else(messages::no_pattern);
                return Err(refused(&analysis, told));
            }
            (Some(wanted), names) => names.contains(&wanted).then(|| wanted.to_owned()),
            (None, [only]) => Some((*only).to_owned()),
            (None, _) => None,
        };
        let Some(chosen) = chosen else {
            return Err(refused(&analysis, messages::unknown_pattern(pattern, &names)));
        };
        match analysis.not_run.told(Some(&chosen)) {
            Some(told) => Err(refused(&analysis, told)),
            None => Ok((Program::load(document).map_err(CompileError::Internal)?, chosen)),
        }
    }

    /// What a file without errors compiles to, apart from what cannot be run yet.
    fn compiled(&mut self, path: &Utf8Path) -> Result<(Arc<Analysis>, Document), CompileError> {
        let analysis = self
            .analysis(path)
            .map_err(|problem| CompileError::Diagnostics(problem_report(path, problem)))?;
        match analysis.document.clone() {
            Some(document) => Ok((analysis, document)),
            None => Err(CompileError::Diagnostics(report(&analysis))),
        }
    }

    fn analysis(&mut self, path: &Utf8Path) -> Result<Arc<Analysis>, FileProblem> {
        let text = match self.overlays.get(path) {
            Some(text) => Arc::clone(text),
            None => self.files.read(path)?.into(),
        };
        if let Some(known) = self.analyses.get(path)
            && known.source.text().len() == text.len()
            && known.sha256 == text_hash(&text)
        {
            return Ok(Arc::clone(known));
        }
        let analysis = Arc::new(Analysis::of(path.as_str(), text));
        self.analyses.insert(path.to_owned(), Arc::clone(&analysis));
        Ok(analysis)
    }
}

/// A report that ends in why a file without errors is not run. What is only read and in the way is told there, and what
/// is not in the way is no concern of the run.
fn refused(analysis: &Analysis, told: Diagnostic) -> CompileError {
    let mut report = report(analysis);
    let not_yet = prism_catalog::DiagnosticCode::NotYetChecked.code();
    report.diagnostics.retain(|diagnostic| diagnostic.code != not_yet);
    report.diagnostics.push(told);
    CompileError::Diagnostics(report)
}

fn report(analysis: &Analysis) -> FileReport {
    FileReport { source: analysis.source.clone(), diagnostics: analysis.diagnostics.clone(), problem: None }
}

pub(crate) fn problem_report(path: &Utf8Path, problem: FileProblem) -> FileReport {
    FileReport {
        source: SourceFile::new(path.as_str(), ""),
        diagnostics: vec![messages::file_problem(&problem)],
        problem: Some(problem),
    }
}

/// A place without files.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, path: &Utf8Path) -> Result<String, FileProblem> {
        Err(FileProblem::Missing { path: path.to_string() })
    }

    fn expand(&self, path: &Utf8Path) -> Result<Vec<Utf8PathBuf>, FileProblem> {
        Ok(vec![path.to_owned()])
    }
}
