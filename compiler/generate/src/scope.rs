use crate::kind::Kind;

#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Whether it may be assigned.
    pub(crate) mutable: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) name: String,
    pub(crate) parameters: Vec<Kind>,
    pub(crate) result: Kind,
}

#[derive(Clone, Debug)]
pub(crate) struct Contract {
    pub(crate) name: String,
    pub(crate) methods: Vec<Signature>,
}

/// What is declared where the program stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) variables: Vec<Variable>,
    pub(crate) functions: Vec<Signature>,
    pub(crate) agents: Vec<Contract>,
    pub(crate) types: Vec<(String, Kind)>,
    /// Types whose values nobody knows.
    pub(crate) other_types: Vec<String>,
    /// Types with two parameters.
    pub(crate) generics: Vec<String>,
    pub(crate) patterns: Vec<String>,
    made: usize,
}

/// How much was declared, to forget what comes after.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    variables: usize,
    functions: usize,
    types: usize,
    other_types: usize,
    generics: usize,
}

impl Scope {
    /// A number that no other name has.
    pub(crate) fn number(&mut self) -> usize {
        self.made += 1;
        self.made
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            variables: self.variables.len(),
            functions: self.functions.len(),
            types: self.types.len(),
            other_types: self.other_types.len(),
            generics: self.generics.len(),
        }
    }

    pub(crate) fn forget(&mut self, mark: Mark) {
        self.variables.truncate(mark.variables);
        self.functions.truncate(mark.functions);
        self.types.truncate(mark.types);
        self.other_types.truncate(mark.other_types);
        self.generics.truncate(mark.generics);
    }
}
