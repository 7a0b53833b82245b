//! Where in the evaluation of an expression we are, so that roots of confidences have ids that are the same in every
//! run and differ where they are different assertions.

use std::fmt::Write as _;

/// A call on the way to the operation at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// The call that this operation makes.
    Call(u32),
    /// The call that a built-in function makes for one of several elements.
    Element {
        /// The operation that calls the built-in function.
        operation: u32,
        /// The position of the element.
        position: u32,
    },
}

/// The calls from the node's expression down to the operation at hand.
#[derive(Debug)]
pub(crate) struct Path<'a> {
    site: &'a str,
    part: Option<&'a str>,
    steps: Vec<Step>,
}

impl<'a> Path<'a> {
    pub(crate) const fn new(site: &'a str) -> Self {
        Self { site, part: None, steps: Vec::new() }
    }

    pub(crate) fn within(&mut self, part: &'a str) {
        self.part = Some(part);
    }

    pub(crate) fn clear(&mut self) {
        self.steps.clear();
    }

    pub(crate) fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    pub(crate) fn pop(&mut self) {
        self.steps.pop();
    }

    /// How many calls there are.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The id of the root that an operation asserts: `triage/label~7`, below calls `triage/label:4:9[0]~7`, and in one
    /// of a site's several expressions `triage/label(target)~7`.
    pub(crate) fn root(&self, operation: u32) -> String {
        let mut id = self.site.to_owned();
        if let Some(part) = self.part {
            // Writing to a string cannot fail.
            let _ = write!(id, "({part})");
        }
        for step in &self.steps {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Call(operation) => write!(id, ":{operation}"),
                Step::Element { operation, position } => write!(id, ":{operation}[{position}]"),
            };
        }
        let _ = write!(id, "~{operation}");
        id
    }
}
