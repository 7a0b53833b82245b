use std::collections::BTreeMap;

use prism_catalog::{DiagnosticCode, DiagnosticLevel};
use prism_diagnostics::Level;

use crate::FileReport;

/// What a project or a user makes of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Setting {
    /// It is not told.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

impl std::fmt::Display for Setting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Allow => "allowed",
            Self::Warn => "a warning",
            Self::Deny => "an error",
        })
    }
}

/// Why a level cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LevelError {
    /// No diagnostic has this code or name.
    #[error("there is no diagnostic `{name}`")]
    Unknown {
        /// The name as it was given.
        name: String,
    },
    /// The file cannot be compiled with such a mistake in it, so that hiding it would hide why nothing runs.
    #[error("{} ({}) cannot be {setting}: a file with it does not compile", .code.code(), .code.slug())]
    StopsCompilation {
        /// The diagnostic.
        code: DiagnosticCode,
        /// What it was to be.
        setting: Setting,
    },
}

/// The levels at which diagnostics are told, where they differ from those of the catalog.
///
/// ```
/// use prism_compiler::{Levels, Session, Setting};
///
/// let mut session = Session::in_memory();
/// session.set_text("a.prism", "pattern p { output number\n  let spare = 1\n  return 2 }");
/// let mut levels = Levels::default();
/// levels.set("unused-variable", Setting::Deny)?;
/// let mut report = session.check("a.prism");
/// assert!(!report.has_errors());
/// levels.apply(&mut report);
/// assert!(report.has_errors());
/// # Ok::<(), prism_compiler::LevelError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Levels {
    settings: BTreeMap<&'static str, Setting>,
    warnings_fail: bool,
}

impl Levels {
    /// Sets the level of the diagnostic with a code or slug. A later setting replaces an earlier one.
    ///
    /// # Errors
    /// [`LevelError::Unknown`] when there is no such diagnostic, [`LevelError::StopsCompilation`] when it is an error of
    /// the language, which can be nothing less.
    pub fn set(&mut self, name: &str, setting: Setting) -> Result<(), LevelError> {
        let code = find(name).ok_or_else(|| LevelError::Unknown { name: name.to_owned() })?;
        if setting != Setting::Deny && code.level() == DiagnosticLevel::Error {
            return Err(LevelError::StopsCompilation { code, setting });
        }
        self.settings.insert(code.code(), setting);
        Ok(())
    }

    /// Makes every file fail that has a warning. The warnings are told as warnings all the same.
    pub fn deny_warnings(&mut self) {
        self.warnings_fail = true;
    }

    /// Gives the diagnostics of a file their levels, and takes those out that are allowed.
    pub fn apply(&self, report: &mut FileReport) {
        report.diagnostics.retain_mut(|diagnostic| match self.settings.get(diagnostic.code.as_str()) {
            None => true,
            Some(Setting::Allow) => diagnostic.is_error(),
            Some(Setting::Warn) => {
                diagnostic.level = diagnostic.level.max(Level::Warning);
                true
            }
            Some(Setting::Deny) => {
                diagnostic.level = Level::Error;
                true
            }
        });
    }

    /// Whether a file to which these levels were applied fails its check.
    pub fn fails(&self, report: &FileReport) -> bool {
        let least = if self.warnings_fail { Level::Warning } else { Level::Error };
        report.diagnostics.iter().any(|diagnostic| diagnostic.level >= least)
    }
}

/// The diagnostic of a code or slug, in letters of any case.
pub(crate) fn find(name: &str) -> Option<DiagnosticCode> {
    DiagnosticCode::find(&name.to_lowercase())
}
