use indexmap::IndexMap;
use prism_catalog::{BuiltinId, PrimitiveId};
use prism_diagnostics::Span;
use prism_syntax::ast::{ExprId, Literal};
use rustc_hash::FxHashMap;

use crate::{CheckError, NotYetAt, Type};

/// A variable or parameter of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub(crate) u32);

impl LocalId {
    /// The position among the file's variables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known about a variable.
#[derive(Clone, Debug)]
pub struct LocalInfo {
    /// Its name.
    pub name: Box<str>,
    /// Where it is declared.
    pub span: Span,
    /// Its type at its declaration.
    pub declared: Type,
    /// Whether anything reads it.
    pub used: bool,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// A variable or parameter.
    Local(LocalId),
    /// The pattern's input.
    Input,
    /// A constant at the top level of the file: the expression of its value.
    Constant(ExprId),
    /// A function at the top level of the file, by name.
    Function(Box<str>),
    /// An agent contract, by name.
    Contract(Box<str>),
    /// A coordination primitive.
    Primitive(PrimitiveId),
    /// A function of the standard library that is called without a value before it.
    Builtin(BuiltinId),
}

/// A call with its arguments in the order of what is called.
#[derive(Clone, Debug, PartialEq)]
pub enum BoundCall {
    /// A coordination primitive; arguments by the catalog's parameters.
    Primitive {
        /// Which one.
        primitive: PrimitiveId,
        /// One per parameter of the catalog.
        arguments: Vec<Option<ExprId>>,
        /// The form of a `parallel`.
        form: Option<ParallelForm>,
        /// How many different answers there can be, where the type says so.
        options: Option<u32>,
    },
    /// A method of a contract.
    Method {
        /// The agent.
        agent: ExprId,
        /// The contract.
        contract: Box<str>,
        /// The method.
        method: Box<str>,
        /// One per parameter of the method.
        arguments: Vec<Option<ExprId>>,
    },
    /// `agent.analyze(task, data, timeout:, context:)`.
    Analyze {
        /// The agent.
        agent: ExprId,
        /// `task`, `data`, `timeout`, `context`.
        arguments: [Option<ExprId>; 4],
    },
    /// A function of the standard library.
    Builtin {
        /// Which one.
        builtin: BuiltinId,
        /// The value before the dot, then the arguments.
        arguments: Vec<ExprId>,
    },
    /// A function at the top level of the file.
    Function {
        /// Its name.
        function: Box<str>,
        /// One per parameter.
        arguments: Vec<Option<ExprId>>,
    },
    /// A function value.
    Value {
        /// The function value.
        callee: ExprId,
        /// The arguments.
        arguments: Vec<ExprId>,
    },
}

/// What a member expression is, where it is no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// A property of the standard library, such as `.length`.
    Property(BuiltinId),
    /// `.value` of an answer: the answer itself.
    AnswerValue,
    /// `.confidence` of an answer.
    AnswerConfidence,
}

/// The forms of `parallel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParallelForm {
    /// A list and a block for each of its elements.
    Items,
    /// A list literal of branches.
    List,
    /// A record literal of branches.
    Record,
}

/// A parameter of a function or method.
#[derive(Clone, Debug)]
pub struct ParameterInfo {
    /// Its name.
    pub name: Box<str>,
    /// Its type; `any` where none is declared.
    pub value: Type,
    /// Whether the argument may be left out.
    pub optional: bool,
    /// Whether a type is declared.
    pub declared: bool,
    /// The value of an argument that is left out.
    pub default: Option<ExprId>,
    /// The variable in the body; absent for methods.
    pub local: Option<LocalId>,
}

impl ParameterInfo {
    /// What a function value takes for it: null too where the argument may be left out.
    pub(crate) fn taken(&self) -> Type {
        if self.optional { Type::optional(self.value.clone()) } else { self.value.clone() }
    }
}

/// A method of a contract.
#[derive(Clone, Debug)]
pub struct MethodInfo {
    /// Its name.
    pub name: Box<str>,
    /// Its parameters, with variables that its task text may use.
    pub parameters: Vec<ParameterInfo>,
    /// What is answered, with its `~`.
    pub result: Type,
    /// The task text as an expression; absent where the documentation or the name serves.
    pub task: Option<ExprId>,
    /// The documentation.
    pub documentation: Option<Box<str>>,
    /// Where it is declared.
    pub span: Span,
}

/// An agent contract.
#[derive(Clone, Debug, Default)]
pub struct ContractInfo {
    /// Wanted capabilities.
    pub capabilities: Vec<String>,
    /// The longest call, in microseconds.
    pub timeout_us: Option<i64>,
    /// The cost of a call, in nano-dollars.
    pub cost_nanodollars: Option<i64>,
    /// Whether calls may be repeated.
    pub idempotent: bool,
    /// The domain of calibration.
    pub domain: Option<String>,
    /// The promised confidence.
    pub confidence: Option<f64>,
    /// Kinds of data that may be sent.
    pub accepts: Vec<String>,
    /// Calls at a time.
    pub max_concurrency: Option<u32>,
    /// The version.
    pub version: Option<String>,
    /// The methods.
    pub methods: Vec<MethodInfo>,
}

/// A function at the top level.
#[derive(Clone, Debug)]
pub struct FunctionInfo {
    /// Its parameters.
    pub parameters: Vec<ParameterInfo>,
    /// Its result.
    pub result: Type,
    /// Whether it calls agents.
    pub effectful: bool,
}

/// What holds of a field besides its type.
#[derive(Clone, Debug, PartialEq)]
pub enum ConstraintInfo {
    /// At most so many characters.
    MaxLength(u64),
    /// At least so many characters.
    MinLength(u64),
    /// At most so many elements.
    MaxItems(u64),
    /// At least so many elements.
    MinItems(u64),
    /// At least this number.
    Min(f64),
    /// At most this number.
    Max(f64),
    /// One of these.
    OneOf(Vec<Literal>),
}

/// A field of an input or output.
#[derive(Clone, Debug)]
pub struct FieldInfo {
    /// Its name.
    pub name: Box<str>,
    /// Its type.
    pub value: Type,
    /// Whether it may be absent.
    pub optional: bool,
    /// What else holds of it.
    pub constraints: Vec<ConstraintInfo>,
    /// The value of an input that is not given: a constant expression.
    pub default: Option<ExprId>,
}

/// What a pattern takes or gives back.
#[derive(Clone, Debug)]
pub enum InterfaceInfo {
    /// A record of these fields.
    Fields(Vec<FieldInfo>),
    /// A value of this type.
    Type(Type),
}

/// A pattern.
#[derive(Clone, Debug)]
pub struct PatternInfo {
    /// What it takes.
    pub input: InterfaceInfo,
    /// What it gives back.
    pub output: InterfaceInfo,
    /// The most calls.
    pub calls: Option<u64>,
    /// The most money, in nano-dollars.
    pub cost_nanodollars: Option<i64>,
    /// The longest time, in microseconds.
    pub time_us: Option<i64>,
    /// The least confidence of the result.
    pub promise: Option<f64>,
    /// The name of the propagation mode, one of those that there are.
    pub propagation: Option<Box<str>>,
    /// Whether an error lies in it: then it is not lowered.
    pub broken: bool,
    /// What keeps it from being checked and lowered: a construct in it, or in something that it needs.
    pub not_yet: Option<NotYetAt>,
}

/// Everything that the checker found out about a file.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What is wrong, in the order of the text.
    pub errors: Vec<CheckError>,
    /// The type of each expression that was reached.
    pub types: FxHashMap<ExprId, Type>,
    /// What each name expression stands for.
    pub resolutions: FxHashMap<ExprId, Resolution>,
    /// Each call, by its expression.
    pub calls: FxHashMap<ExprId, BoundCall>,
    /// Expressions whose value needs an agent or the registry, lambdas by what their body needs.
    pub effects: FxHashMap<ExprId, bool>,
    /// Member expressions that are something else than a field of their value.
    pub members: FxHashMap<ExprId, MemberKind>,
    /// The types that `as` and declarations name, by written type.
    pub written: FxHashMap<prism_syntax::ast::TypeExprId, Type>,
    /// Variables.
    pub locals: Vec<LocalInfo>,
    /// Variables by the offset of the name that declares them.
    pub declarations: FxHashMap<u32, LocalId>,
    /// Declared types, in the order of the text.
    pub aliases: IndexMap<Box<str>, Type>,
    /// Contracts, in the order of the text.
    pub contracts: IndexMap<Box<str>, ContractInfo>,
    /// Functions, in the order of the text.
    pub functions: IndexMap<Box<str>, FunctionInfo>,
    /// Patterns, in the order of the text.
    pub patterns: IndexMap<Box<str>, PatternInfo>,
    /// Names of the top level that were not checked, with the construct that keeps them from it. What mentions one of
    /// them is among them too.
    pub not_yet: FxHashMap<Box<str>, NotYetAt>,
    /// The first statement of a script, of which nothing is checked.
    pub script: Option<Span>,
}

impl Checked {
    /// The type of an expression; of one that was not reached, the type of a mistake.
    pub fn type_of(&self, expression: ExprId) -> &Type {
        self.types.get(&expression).unwrap_or(&Type::Error)
    }

    /// Whether the value of an expression needs an agent or the registry.
    pub fn is_effectful(&self, expression: ExprId) -> bool {
        self.effects.get(&expression).copied().unwrap_or(false)
    }

    /// The variable that the name at this offset declares.
    pub fn declared_at(&self, offset: u32) -> Option<LocalId> {
        self.declarations.get(&offset).copied()
    }
}
