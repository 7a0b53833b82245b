//! What a pure expression may use up.

use crate::EvalError;

/// Steps that pure code may take, shared by all the evaluations of a run.
///
/// An operation is one step; built-in functions and copies take steps by the size of what they look at, so that steps
/// bound time and memory together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fuel {
    given: u64,
    left: u64,
}

impl Fuel {
    /// Enough for some seconds of pure code.
    pub const DEFAULT_STEPS: u64 = 10_000_000;

    /// Fuel for so many steps.
    pub const fn new(steps: u64) -> Self {
        Self { given: steps, left: steps }
    }

    /// How many steps are left.
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// How many steps have been taken.
    pub const fn used(&self) -> u64 {
        self.given - self.left
    }

    /// Uses up some steps.
    pub(crate) fn take(&mut self, steps: u64) -> Result<(), EvalError> {
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(EvalError::Fuel { limit: self.given })
            }
        }
    }
}

impl Default for Fuel {
    fn default() -> Self {
        Self::new(Self::DEFAULT_STEPS)
    }
}

/// How large values may grow and how deep calls may nest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The deepest nesting of operations, through calls.
    pub depth: u32,
    /// The longest text, in bytes.
    pub text_bytes: u64,
    /// The most elements of a list or fields of a record.
    pub elements: u64,
    /// The largest list or record, in bytes of its JSON, about.
    pub value_bytes: u64,
    /// The deepest nesting of lists and records. JSON readers stop at 128, so a deeper value could not be journaled.
    pub value_depth: u32,
    /// The most slots of all the frames that are in use at once.
    pub slots: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 8_000,
            text_bytes: 16 << 20,
            elements: 1_000_000,
            value_bytes: 64 << 20,
            value_depth: 120,
            slots: 1_000_000,
        }
    }
}
