use prism_diagnostics::Span;

use crate::{NotYet, Type};

/// What is wrong with a program, as facts. `messages.rs` has the words.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the facts that the variant's sentence speaks of")]
pub enum CheckError {
    /// A name that is not declared.
    UnknownName { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A name that is declared twice in one scope.
    DuplicateName { span: Span, name: Box<str>, first: Span },
    /// A type that is not declared.
    UnknownType { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A contract that is not declared.
    UnknownContract { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A field or method that a value does not have.
    UnknownMember {
        span: Span,
        object: Type,
        name: Box<str>,
        nearest: Option<Box<str>>,
        known: Vec<Box<str>>,
    },
    /// A field or method of a value that may be null.
    MaybeNull { span: Span, object: Type, name: Box<str>, text: Option<Box<str>> },
    /// A key that contracts do not have.
    UnknownContractKey { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A key that budgets do not have.
    UnknownBudgetKey { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A constraint that fields do not have.
    UnknownConstraint { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A type that consists of nothing but itself.
    RecursiveType { span: Span, name: Box<str> },
    /// A statement where only declarations may stand.
    OutsidePattern { span: Span },
    /// A name before its declaration.
    UseBeforeDeclaration { span: Span, name: Box<str>, declared: Span },
    /// One type where another is wanted.
    TypeMismatch { span: Span, found: Type, wanted: Type, place: Place },
    /// A literal that is none of those allowed.
    UnknownLiteral { span: Span, found: Box<str>, wanted: Type, nearest: Option<Box<str>> },
    /// An argument name that the callee does not have.
    UnknownArgument {
        span: Span,
        callee: Box<str>,
        name: Box<str>,
        nearest: Option<Box<str>>,
        known: Vec<Box<str>>,
    },
    /// An argument that is missing.
    MissingArgument { span: Span, callee: Box<str>, name: Box<str>, wanted: Box<str> },
    /// More arguments than parameters.
    TooManyArguments { span: Span, callee: Box<str>, accepted: usize, given: usize },
    /// An argument given twice.
    DuplicateArgument { span: Span, callee: Box<str>, name: Box<str> },
    /// A call of something that is no function.
    NotCallable { span: Span, found: Type },
    /// A record without a field that is wanted.
    MissingField { span: Span, field: Box<str>, wanted: Type, place: Place },
    /// A record with a field that is not wanted.
    UnknownField {
        span: Span,
        field: Box<str>,
        nearest: Option<Box<str>>,
        known: Vec<Box<str>>,
        place: Place,
    },
    /// An operator on a type that it cannot work on.
    InvalidOperand { span: Span, operator: &'static str, found: Type, other: Option<Type> },
    /// A pattern that can end without its output.
    MissingReturn { span: Span, pattern: Box<str>, wanted: Type },
    /// A function that can end without its declared result.
    MissingResult { span: Span, function: Box<str>, wanted: Type },
    /// A contract key with a value of the wrong kind.
    InvalidContractValue { span: Span, key: Box<str>, wanted: &'static str },
    /// A limit that is not a positive constant.
    InvalidBudget { span: Span, key: Box<str>, wanted: &'static str },
    /// A constraint with the wrong argument.
    InvalidConstraint { span: Span, name: Box<str>, wanted: &'static str },
    /// A primitive without its block.
    MissingBlock { span: Span, primitive: &'static str, example: &'static str },
    /// A function that must be pure calls agents.
    EffectInFunction { span: Span, place: Box<str> },
    /// A lambda that calls agents where it cannot be run.
    EffectOutsideBranch { span: Span },
    /// A function that calls itself, directly or through others.
    RecursiveCall { span: Span, function: Box<str> },
    /// An uncertain value where a certain one is wanted.
    UngatedUse { span: Span, found: Type, wanted: Type, place: Place, text: Option<Box<str>> },
    /// A condition that may itself be wrong.
    UncertainCondition { span: Span, found: Type },
    /// A confidence outside 0 to 1.
    ThresholdRange { span: Span, found: f64 },
    /// Thresholds that are out of order.
    BandOrder { span: Span, high: f64, medium: f64 },
    /// A threshold name that there is not.
    UnknownThreshold { span: Span, name: Box<str> },
    /// Bands that no branch takes.
    MissingBand { span: Span, bands: Vec<&'static str> },
    /// A band that is given twice.
    DuplicateBand { span: Span, band: &'static str, first: Span },
    /// A gate on a value that is certain already.
    RedundantGate { span: Span, found: Type },
    /// Bands over a value that is certain.
    CertainBands { span: Span, found: Type },
    /// A selection without an upper limit.
    UnboundedSelect { span: Span, insert: u32, bare: bool },
    /// A lower limit above the upper one.
    EmptyRange { span: Span, min: f64, max: f64 },
    /// A variable that nothing reads.
    UnusedVariable { span: Span, name: Box<str> },
    /// A propagation mode that there is not.
    UnknownMode { span: Span, name: Box<str>, nearest: Option<Box<str>> },
    /// A contract key that is taken down but not acted on.
    NoEffect { span: Span, key: Box<str> },
    /// A construct that is read, and not yet checked or run.
    NotYetChecked { span: Span, construct: NotYet },
    /// A type that is nested too deeply.
    TypeTooDeep { span: Span },
    /// A type with the name of a built-in one.
    ReservedType { span: Span, name: Box<str> },
    /// A primitive or contract where a value should stand.
    NotAValue { span: Span, name: Box<str> },
    /// A method without its call.
    MethodNotCalled { span: Span, object: Type, name: Box<str> },
    /// A name for an argument of a function value, whose parameters have none.
    NamedArgument { span: Span, callee: Box<str>, name: Box<str> },
    /// A function inside another that calls agents.
    EffectInNested { span: Span, name: Box<str> },
}

/// For what a value is wanted.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the facts that the variant's sentence speaks of")]
pub enum Place {
    /// An argument of a call.
    Argument { callee: Box<str>, name: Box<str> },
    /// A field of the pattern's output.
    Output { field: Box<str> },
    /// The pattern's whole output.
    Result,
    /// The result of a function.
    FunctionResult { function: Box<str> },
    /// A variable with a declared type.
    Variable { name: Box<str> },
    /// A field of a record.
    Field { field: Box<str> },
    /// An element of a list.
    Element,
    /// A threshold or target of confidence.
    Threshold,
    /// The default of an input or parameter.
    Default { name: Box<str> },
    /// A condition.
    Condition,
    /// The text of a task.
    Task,
    /// An index.
    Index,
    /// The type that `as` names.
    Cast,
    /// What follows `...` in a record.
    Spread,
    /// A computed key of a record.
    Key,
    /// A parameter of a function that is handed something.
    Handed { to: Box<str> },
}

impl CheckError {
    /// Where the author would put the cursor.
    pub fn span(&self) -> Span {
        match self {
            Self::UnknownName { span, .. }
            | Self::DuplicateName { span, .. }
            | Self::UnknownType { span, .. }
            | Self::UnknownContract { span, .. }
            | Self::UnknownMember { span, .. }
            | Self::MaybeNull { span, .. }
            | Self::UnknownContractKey { span, .. }
            | Self::UnknownBudgetKey { span, .. }
            | Self::UnknownConstraint { span, .. }
            | Self::RecursiveType { span, .. }
            | Self::OutsidePattern { span }
            | Self::UseBeforeDeclaration { span, .. }
            | Self::TypeMismatch { span, .. }
            | Self::UnknownLiteral { span, .. }
            | Self::UnknownArgument { span, .. }
            | Self::MissingArgument { span, .. }
            | Self::TooManyArguments { span, .. }
            | Self::DuplicateArgument { span, .. }
            | Self::NotCallable { span, .. }
            | Self::MissingField { span, .. }
            | Self::UnknownField { span, .. }
            | Self::InvalidOperand { span, .. }
            | Self::MissingReturn { span, .. }
            | Self::MissingResult { span, .. }
            | Self::InvalidContractValue { span, .. }
            | Self::InvalidBudget { span, .. }
            | Self::InvalidConstraint { span, .. }
            | Self::MissingBlock { span, .. }
            | Self::EffectInFunction { span, .. }
            | Self::EffectOutsideBranch { span }
            | Self::RecursiveCall { span, .. }
            | Self::UngatedUse { span, .. }
            | Self::UncertainCondition { span, .. }
            | Self::ThresholdRange { span, .. }
            | Self::BandOrder { span, .. }
            | Self::UnknownThreshold { span, .. }
            | Self::MissingBand { span, .. }
            | Self::DuplicateBand { span, .. }
            | Self::RedundantGate { span, .. }
            | Self::CertainBands { span, .. }
            | Self::UnboundedSelect { span, .. }
            | Self::UnusedVariable { span, .. }
            | Self::EmptyRange { span, .. }
            | Self::UnknownMode { span, .. }
            | Self::NoEffect { span, .. }
            | Self::NotYetChecked { span, .. }
            | Self::TypeTooDeep { span }
            | Self::ReservedType { span, .. }
            | Self::NotAValue { span, .. }
            | Self::MethodNotCalled { span, .. }
            | Self::NamedArgument { span, .. }
            | Self::EffectInNested { span, .. } => *span,
        }
    }

    /// Whether the program cannot be run as it stands.
    pub fn is_error(&self) -> bool {
        self.code().level() == prism_catalog::DiagnosticLevel::Error
    }
}
