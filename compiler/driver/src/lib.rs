//! The one door to the Prism compiler.
//!
//! A [`Session`] takes paths or texts and gives [`FileReport`]s and IR documents. The command line, the language
//! server, the runtime and the tests all come in here, so that the same text has the same diagnostics everywhere.
//!
//! ```
//! use prism_compiler::Session;
//!
//! let mut session = Session::in_memory();
//! session.set_text("hello.prism", "pattern hello { output string\n  return \"hi\" }");
//! let report = session.check("hello.prism");
//! assert!(report.diagnostics.is_empty());
//! let document = session.compile("hello.prism")?;
//! assert_eq!(document.patterns[0].name, "hello");
//! # Ok::<(), prism_compiler::CompileError>(())
//! ```

mod analysis;
mod files;
mod format;
mod levels;
mod messages;
mod session;
mod suppression;

pub use files::{DiskFiles, FileProblem, Files};
pub use format::{Formatted, format_files, format_text};
pub use levels::{LevelError, Levels, Setting};
pub use prism_check::nearest;
pub use prism_diagnostics::{Applicability, Diagnostic, Level, SourceFile, Span};
pub use prism_ir::{Document, Program};
pub use session::{CompileError, FileReport, Session};

/// The compiler's name and version, as documents carry it.
pub const COMPILER: &str = concat!("prismc ", env!("CARGO_PKG_VERSION"));
