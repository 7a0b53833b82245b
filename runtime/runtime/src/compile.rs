use std::sync::Arc;

use prism_compiler::{CompileError, Session};
use prism_ports::Failure;
use thiserror::Error;

use crate::prepared::PreparedPattern;

/// Why a source text gives no pattern that can be run.
#[derive(Clone, Debug, Error)]
pub enum PrepareError {
    /// It does not compile, cannot be read, or has no pattern of that name; the diagnostics say where.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// What was compiled cannot be run: a bug in Prism.
    #[error("{0}")]
    Program(Failure),
}

impl PreparedPattern {
    /// Compiles a file and makes one of its patterns ready: the one of that name, or the only one.
    ///
    /// # Errors
    /// [`PrepareError`] when there is none to be run.
    pub fn from_file(path: &str, pattern: Option<&str>) -> Result<Self, PrepareError> {
        Self::from_session(&mut Session::on_disk(), path, pattern)
    }

    /// Compiles a text and makes one of its patterns ready: the one of that name, or the only one. `path` is what
    /// diagnostics call the text.
    ///
    /// ```
    /// use prism_runtime::{PreparedPattern, RunRequest, Runtime};
    ///
    /// # let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    /// # tokio.block_on(async {
    /// let text = "pattern hello { input { name: string } output string\n  return `Hello, ${input.name}` }";
    /// let hello = PreparedPattern::from_text("hello.prism", text, None)?;
    /// let input = serde_json::json!({ "name": "Ada" });
    /// let result = Runtime::builder().build().run(&hello, input, RunRequest::default()).await;
    /// assert_eq!(result.value, "Hello, Ada");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`PrepareError`] when there is none to be run.
    pub fn from_text(path: &str, text: &str, pattern: Option<&str>) -> Result<Self, PrepareError> {
        let mut session = Session::in_memory();
        session.set_text(path, text);
        Self::from_session(&mut session, path, pattern)
    }

    /// As [`Self::from_file`], over the texts and files of a session.
    ///
    /// # Errors
    /// [`PrepareError`] when there is none to be run.
    pub fn from_session(
        session: &mut Session,
        path: &str,
        pattern: Option<&str>,
    ) -> Result<Self, PrepareError> {
        let (program, name) = session.program(path, pattern)?;
        Self::new(Arc::new(program), &name).map_err(PrepareError::Program)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "pattern a { output number\n return 1 }\npattern b { output number\n return 2 }";

    #[test]
    fn a_pattern_is_chosen_by_its_name() {
        assert_eq!(PreparedPattern::from_text("two.prism", TWO, Some("b")).unwrap().name(), "b");
        for wanted in [None, Some("c")] {
            let error = PreparedPattern::from_text("two.prism", TWO, wanted).unwrap_err();
            let PrepareError::Compile(CompileError::Diagnostics(report)) = error else { panic!("{error}") };
            assert!(report.diagnostics.iter().any(|diagnostic| diagnostic.is_error()), "{wanted:?}");
        }
    }

    #[test]
    fn mistakes_are_diagnostics() {
        let error = PreparedPattern::from_text("bad.prism", "pattern p { return nobody }", None).unwrap_err();
        assert_eq!(error.to_string(), "bad.prism does not compile");
        let error = PreparedPattern::from_file("no/such/file.prism", None).unwrap_err();
        assert!(
            matches!(error, PrepareError::Compile(CompileError::Diagnostics(report)) if report.problem.is_some())
        );
    }
}
