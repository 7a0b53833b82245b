//! What expressions refer to beyond their frame.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use prism_confidence::Mode;
use prism_ir::{Bands, Expression, FunctionBody, Parameter, Program, Propagation, Type};

use crate::Limits;

/// The functions and types of a program, and the settings of the pattern that runs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Environment {
    library: Arc<Library>,
    /// How confidences propagate.
    pub mode: Mode,
    /// The bands of `uncertain if` where it gives none itself.
    pub bands: Bands,
    /// How large values may grow and how deep calls may nest.
    pub limits: Limits,
}

#[derive(Debug)]
struct Library {
    functions: HashMap<String, PureFunction>,
    types: IndexMap<String, Type>,
}

/// A pure function of the document, as it is called.
#[derive(Debug)]
pub(crate) struct PureFunction {
    pub(crate) expression: Arc<Expression>,
    pub(crate) slots: u32,
    /// For each parameter, whether the result is no surer than its argument.
    pub(crate) lifted: Vec<bool>,
}

impl Environment {
    /// The environment of a program's patterns, with the default mode, bands and limits.
    pub fn new(program: &Program) -> Self {
        let types = program.types().clone();
        let functions = program.document().functions.iter().filter_map(|function| {
            let FunctionBody::Pure(expression) = &function.body else { return None };
            let pure = PureFunction {
                expression: Arc::new(expression.clone()),
                slots: function.slots,
                lifted: function.parameters.iter().map(|parameter| lifts(parameter, &types)).collect(),
            };
            Some((function.name.clone(), pure))
        });
        let functions = functions.collect();
        Self {
            library: Arc::new(Library { functions, types }),
            mode: Mode::default(),
            bands: Bands::default(),
            limits: Limits::default(),
        }
    }

    /// The same environment with the settings of a pattern.
    #[must_use]
    pub fn with_pattern(&self, propagation: Propagation, bands: Bands) -> Self {
        Self { mode: mode(propagation), bands, ..self.clone() }
    }

    /// The named types.
    pub fn types(&self) -> &IndexMap<String, Type> {
        &self.library.types
    }

    pub(crate) fn function(&self, name: &str) -> Option<&PureFunction> {
        self.library.functions.get(name)
    }
}

/// Whether a call's result is no surer than the argument of this parameter: it was declared, and not as uncertain.
pub fn lifts(parameter: &Parameter, types: &IndexMap<String, Type>) -> bool {
    let mut target = &parameter.value;
    // A name may stand for another one; a chain longer than the table goes in circles.
    for _ in 0..=types.len() {
        match target {
            Type::Named { name } => match types.get(name) {
                Some(named) => target = named,
                None => break,
            },
            _ => break,
        }
    }
    parameter.declared && !matches!(target, Type::Uncertain { .. })
}

/// The mode in which a pattern's confidences propagate.
pub const fn mode(propagation: Propagation) -> Mode {
    match propagation {
        Propagation::Frank => Mode::Frank,
        Propagation::Independent => Mode::Independent,
        Propagation::Min => Mode::Min,
        Propagation::Worst => Mode::Worst,
        Propagation::Bounds => Mode::Bounds,
    }
}
