use std::fmt;
use std::sync::Arc;

use prism_catalog::FailureCode;
use prism_engine::Plan;
use prism_ir::{Pattern, Program};
use prism_ports::{Failure, Json};

use crate::input;

/// A pattern made ready to be run any number of times, at the same time as well. Clones are cheap.
#[derive(Clone)]
pub struct PreparedPattern {
    inner: Arc<Prepared>,
}

struct Prepared {
    plan: Arc<Plan>,
    pattern: Pattern,
}

impl PreparedPattern {
    /// Makes a pattern of a program ready.
    ///
    /// # Errors
    /// `ir/invalid` when the program has no pattern of that name.
    pub fn new(program: Arc<Program>, pattern: &str) -> Result<Self, Failure> {
        let Some(definition) = program.pattern(pattern).cloned() else {
            let known: Vec<String> =
                program.document().patterns.iter().map(|known| format!("`{}`", known.name)).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let message = format!("the program has no pattern `{pattern}`; it has {known}");
            return Err(Failure::new(FailureCode::IrInvalid, message));
        };
        let plan = Arc::new(Plan::new(program, pattern)?);
        Ok(Self { inner: Arc::new(Prepared { plan, pattern: definition }) })
    }

    /// The name of the pattern.
    pub fn name(&self) -> &str {
        &self.inner.pattern.name
    }

    /// The pattern: what it takes and gives, its budget and its promise.
    pub fn pattern(&self) -> &Pattern {
        &self.inner.pattern
    }

    /// The program that it is part of.
    pub fn program(&self) -> &Arc<Program> {
        self.inner.plan.program()
    }

    /// The input as a run takes it: fields that are absent have their defaults, and null is a record without fields.
    /// Runs do this themselves; it is here for those who want to know before agents are started.
    ///
    /// # Errors
    /// `input/mismatch`, whose details are the path, what is expected there, what was found, and the nearest name of
    /// a field that is not declared.
    pub fn check_input(&self, input: Json) -> Result<Json, Failure> {
        input::accept(self.program(), self.pattern(), input)
    }

    pub(crate) fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.inner.plan)
    }
}

impl fmt::Debug for PreparedPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PreparedPattern").field("name", &self.name()).finish_non_exhaustive()
    }
}
