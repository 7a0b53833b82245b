use prism_catalog::DiagnosticCode;
use prism_diagnostics::{Diagnostic, Level, Span};
use prism_eval::EvalError;
use prism_ir::Mismatch;

/// What shows only when constants are worked out.
#[derive(Clone, Debug)]
pub enum LowerError {
    /// The default of a field has no value.
    DefaultFails {
        /// The default.
        span: Span,
        /// The field.
        field: String,
        /// Why it has none.
        error: EvalError,
    },
    /// The default of a field does not fit its type or constraints.
    DefaultMismatch {
        /// The default.
        span: Span,
        /// How it does not fit.
        mismatch: Mismatch,
    },
}

impl LowerError {
    /// The fact in words.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = DiagnosticCode::InvalidDefault;
        let (span, message, label) = match self {
            Self::DefaultFails { span, field, error } => {
                (*span, format!("the default of `{field}` has no value: {error}"), "fails")
            }
            Self::DefaultMismatch { span, mismatch } => {
                (*span, format!("this default does not fit its field: {mismatch}"), "does not fit")
            }
        };
        Diagnostic::new(code.code(), code.slug(), Level::Error, message, span).with_label(label)
    }
}
