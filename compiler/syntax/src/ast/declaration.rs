use prism_diagnostics::Span;

use super::{Block, ExprId, Name, Parameter, StatementId, TypeExprId};

/// Something at the top level of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// `import { a } from "…"`.
    Import(Import),
    /// `export …`; what is declared in one is inside.
    Export(Export),
    /// A pattern.
    Pattern(Pattern),
    /// An agent contract.
    Agent(Agent),
    /// A named type.
    Type(TypeAlias),
    /// A function.
    Function(Function),
    /// A test.
    Test(Test),
    /// A constant, or any statement of a script.
    Statement(StatementId),
}

/// A coordination pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The name; dashed names are joined with `-`.
    pub name: Name,
    /// The text after `v`, such as `1.0.0`.
    pub version: Option<Box<str>>,
    /// The text of the `///` lines before it.
    pub documentation: Option<Box<str>>,
    /// The sections in the order of the text, each kind at most once.
    pub sections: Vec<Section>,
    /// The statements after the sections.
    pub body: Block,
    /// From `pattern` to the closing brace.
    pub span: Span,
    /// Whether a syntax error lies inside: later phases are quiet about what may follow from it.
    pub tainted: bool,
}

/// A section at the head of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Section {
    /// `input { … }`.
    Input {
        /// The fields.
        fields: Vec<Field>,
        /// The whole section.
        span: Span,
    },
    /// `output { … }` or `output T`.
    Output {
        /// What is given back.
        output: Output,
        /// The whole section.
        span: Span,
    },
    /// `budget { calls: 8 }`.
    Budget {
        /// The limits in the order of the text.
        pairs: Vec<(Name, ExprId)>,
        /// The whole section.
        span: Span,
    },
    /// `confidence >= 0.9` or `confidence independent`.
    Confidence {
        /// What is said.
        promise: Promise,
        /// The whole section.
        span: Span,
    },
}

/// What a pattern gives back.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A record of fields.
    Fields(Vec<Field>),
    /// A single type.
    Type(TypeExprId),
}

/// What a `confidence` section says.
#[derive(Clone, Debug, PartialEq)]
pub enum Promise {
    /// `confidence >= 0.9`: results are at least that sure.
    AtLeast {
        /// The number as written.
        value: f64,
        /// Where it stands.
        span: Span,
    },
    /// `confidence independent`: the propagation mode.
    Mode(Name),
}

/// A field of an input or output section.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name.
    pub name: Name,
    /// Whether it was marked with `?`.
    pub optional: bool,
    /// The type.
    pub value: TypeExprId,
    /// `max_length(10000)` and the like, in the order of the text.
    pub constraints: Vec<Constraint>,
    /// The default after `=`.
    pub default: Option<ExprId>,
}

/// A constraint on a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// The name of the constraint.
    pub name: Name,
    /// What stands between its parentheses; empty for a bare word.
    pub arguments: Vec<ExprId>,
    /// The whole constraint.
    pub span: Span,
}

/// An agent contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    /// The name.
    pub name: Name,
    /// The text of the `///` lines before it.
    pub documentation: Option<Box<str>>,
    /// The entries in the order of the text.
    pub entries: Vec<AgentEntry>,
    /// From `agent` to the closing brace.
    pub span: Span,
}

/// An entry of an agent contract.
#[derive(Clone, Debug, PartialEq)]
pub enum AgentEntry {
    /// `timeout: 20s`.
    Key {
        /// The key.
        name: Name,
        /// Its value.
        value: ExprId,
    },
    /// `fn classify(text: string) -> ~Label "…"`.
    Method(Method),
}

/// A method of an agent contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// The name.
    pub name: Name,
    /// The text of the `///` lines before it.
    pub documentation: Option<Box<str>>,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// What the agent answers.
    pub result: TypeExprId,
    /// The task text: a string or template expression.
    pub task: Option<ExprId>,
    /// The whole method.
    pub span: Span,
}

/// Names that are taken from another module.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The local name of what the module exports as its default.
    pub default: Option<Name>,
    /// The local name of the module as a whole: `* as name`.
    pub all: Option<Name>,
    /// The names in braces.
    pub names: Vec<ModuleName>,
    /// The module.
    pub from: Name,
    /// The whole line.
    pub span: Span,
}

/// A name in an import or export list.
#[derive(Clone, Debug, PartialEq)]
pub struct ModuleName {
    /// What it is called where it comes from.
    pub name: Name,
    /// What it is called where it goes to, after `as`.
    pub alias: Option<Name>,
}

/// What a module offers to others.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// What is exported.
    pub kind: ExportKind,
    /// From `export` on.
    pub span: Span,
}

/// The forms of exports.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportKind {
    /// `export fn f() { … }`: declarations; `export let` may have several.
    Items(Vec<Item>),
    /// `export { a, b as c }`, with `from` those of another module.
    Names {
        /// The names.
        names: Vec<ModuleName>,
        /// The other module.
        from: Option<Name>,
    },
    /// `export * from "…"`: all that another module exports.
    All {
        /// The other module.
        from: Name,
    },
    /// `export default e`.
    Default(ExprId),
    /// `export name = e`.
    Value {
        /// The name.
        name: Name,
        /// What it stands for.
        value: ExprId,
    },
}

/// A test.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What it is about.
    pub name: Name,
    /// The text of the `///` lines before it.
    pub documentation: Option<Box<str>>,
    /// What it does.
    pub body: Block,
    /// The whole declaration.
    pub span: Span,
    /// Whether a syntax error lies inside.
    pub tainted: bool,
}

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeAlias {
    /// The name.
    pub name: Name,
    /// The type parameters.
    pub parameters: Vec<Name>,
    /// The text of the `///` lines before it.
    pub documentation: Option<Box<str>>,
    /// What it stands for.
    pub value: TypeExprId,
    /// The whole declaration.
    pub span: Span,
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The name.
    pub name: Name,
    /// Whether `async` stands before it.
    pub asynchronous: bool,
    /// The type parameters.
    pub type_parameters: Vec<Name>,
    /// The text of the `///` lines before it.
    pub documentation: Option<Box<str>>,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The declared result type.
    pub result: Option<TypeExprId>,
    /// What it does.
    pub body: Block,
    /// From `fn` to the closing brace.
    pub span: Span,
    /// Whether a syntax error lies inside.
    pub tainted: bool,
}
