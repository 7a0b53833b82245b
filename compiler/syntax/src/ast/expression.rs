use prism_diagnostics::Span;

use super::{Binary, ExprId, Match, Name, StatementId, Target, TypeExprId, Unary};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, without parentheses around it.
    pub span: Span,
}

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A literal without interpolation.
    Literal(Literal),
    /// A string with `${…}` in it.
    Template(Vec<TemplatePart>),
    /// A name, `_` included.
    Name(Name),
    /// `[a, ...b]`.
    List(Vec<Element>),
    /// `{ a: 1, b, ...c }`.
    Record(Vec<Entry>),
    /// `x => …`, `(a, b) => …`, or the block after a call.
    Lambda(Lambda),
    /// `o.name`.
    Member {
        /// The value.
        object: ExprId,
        /// The field.
        name: Name,
    },
    /// `o?.name`: null where `o` is null.
    OptionalMember {
        /// The value.
        object: ExprId,
        /// The field.
        name: Name,
    },
    /// `o~.name`.
    TildeMember {
        /// The value.
        object: ExprId,
        /// The field.
        name: Name,
    },
    /// `o?.[i]`.
    OptionalIndex {
        /// The value.
        object: ExprId,
        /// The index.
        index: ExprId,
    },
    /// `f?.(x)`.
    OptionalCall {
        /// What is called where it is not null.
        callee: ExprId,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `new Map(x)`.
    New {
        /// What is made.
        class: Name,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `typeof e`.
    Typeof(ExprId),
    /// `await e`.
    Await(ExprId),
    /// `e is T`.
    Is {
        /// The value.
        value: ExprId,
        /// The type that it may have.
        target: TypeExprId,
    },
    /// `e instanceof C`.
    Instanceof {
        /// The value.
        value: ExprId,
        /// What it may be.
        class: ExprId,
    },
    /// `o[i]`.
    Index {
        /// The value.
        object: ExprId,
        /// The index or key.
        index: ExprId,
    },
    /// `f(a, name: b) { x => … }`.
    Call {
        /// What is called.
        callee: ExprId,
        /// The arguments in the order of the text; a trailing block is the last one.
        arguments: Vec<Argument>,
    },
    /// `!x`, `-x`, `<~x`.
    Unary {
        /// The operator.
        operator: Unary,
        /// Where the operator stands.
        operator_span: Span,
        /// The operand.
        operand: ExprId,
    },
    /// `a + b`, `a && b`, `a ?? b`.
    Binary {
        /// The operator.
        operator: Binary,
        /// Whether it was spelt with a `~`: `a ~+ b`, `a ~?? b`.
        tilde: bool,
        /// Where the operator stands.
        operator_span: Span,
        /// The left operand.
        left: ExprId,
        /// The right operand.
        right: ExprId,
    },
    /// `a ~||> b`: the surer of the two.
    Surer {
        /// Where the operator stands.
        operator_span: Span,
        /// The left operand, which wins ties.
        left: ExprId,
        /// The right operand.
        right: ExprId,
    },
    /// `x |> f`, `x ~|> f`.
    Pipe {
        /// Whether it was spelt `~|>`.
        tilde: bool,
        /// Where the operator stands.
        operator_span: Span,
        /// What goes into the pipe.
        value: ExprId,
        /// What it goes through: a function, or a call that may hold `_`.
        step: ExprId,
    },
    /// `c ? a : b`, `c ~? a : b`.
    Ternary {
        /// Whether it was spelt `~?`.
        tilde: bool,
        /// The condition.
        condition: ExprId,
        /// The value where it holds.
        then: ExprId,
        /// The value where it does not.
        otherwise: ExprId,
    },
    /// `e ~> p`.
    Attach {
        /// The value.
        value: ExprId,
        /// Its confidence.
        confidence: ExprId,
    },
    /// `e ~@> t` or `e ~@> (t, other)`.
    Gate {
        /// Whether it was spelt `~?>`.
        tilde: bool,
        /// The value.
        value: ExprId,
        /// The least confidence.
        threshold: ExprId,
        /// What stands in for a value that is less sure.
        otherwise: Option<ExprId>,
    },
    /// `e as T`.
    As {
        /// The value.
        value: ExprId,
        /// The type.
        target: TypeExprId,
    },
    /// `x!`: takes an uncertain value as certain.
    Assert(ExprId),
    /// `if c { … } else { … }`.
    If {
        /// The condition.
        condition: ExprId,
        /// What happens where it holds.
        then: Body,
        /// What happens where it does not.
        otherwise: Option<Else>,
    },
    /// `uncertain if x, high: 0.9 { high { … } … }`.
    Uncertain {
        /// The value whose confidence decides.
        subject: ExprId,
        /// `high: 0.9, medium: 0.6`.
        thresholds: Vec<(Name, ExprId)>,
        /// The bands in the order of the text.
        bands: Vec<Band>,
    },
    /// `match x { … }`, and `switch (x) { … }`.
    Match(Box<Match>),
    /// `do { … }`.
    Do(Block),
    /// A place where an expression should stand and something unreadable does.
    Error,
}

/// A value written out.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`, `false`.
    Boolean(bool),
    /// A finite number.
    Number(f64),
    /// A string, unescaped.
    String(Box<str>),
    /// A duration in microseconds.
    Duration(i64),
    /// Money in nano-dollars.
    Money(i64),
}

/// A piece of a string with interpolation.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// Text, unescaped.
    Text(Box<str>),
    /// `${…}`.
    Expression(ExprId),
}

/// An element of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Whether it was written with `...`.
    pub spread: bool,
    /// The value.
    pub value: ExprId,
}

/// An entry of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `key: value`, or `name` for `name: name`.
    Pair {
        /// The key.
        key: EntryKey,
        /// The value.
        value: ExprId,
        /// Whether only the name was written.
        shorthand: bool,
    },
    /// `...value`.
    Spread(ExprId),
}

/// A key of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryKey {
    /// A name, string or number, as text.
    Name(Name),
    /// `[e]`.
    Computed(ExprId),
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The name before the colon.
    pub name: Option<Name>,
    /// The value.
    pub value: ArgumentValue,
    /// Whether it is the block that follows the call.
    pub trailing: bool,
    /// The whole argument.
    pub span: Span,
}

/// The value of an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum ArgumentValue {
    /// An expression. A selector `.label` is the lambda `x => x.label`.
    Expression(ExprId),
    /// `...list`.
    Spread(ExprId),
}

/// A function without a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Lambda {
    /// How it was written.
    pub form: LambdaForm,
    /// Whether `async` stands before it.
    pub asynchronous: bool,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// What it does.
    pub body: LambdaBody,
}

/// The ways to write a function without a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LambdaForm {
    /// `x => …`.
    Arrow,
    /// The block after a call.
    Trailing,
    /// `function (x) { … }`.
    Function,
    /// `f(x) { … }` in a record.
    Method,
    /// `.name`, which is `x => x.name`.
    Selector,
}

/// What a lambda does.
#[derive(Clone, Debug, PartialEq)]
pub enum LambdaBody {
    /// `x => e`.
    Expression(ExprId),
    /// `x => { … }` or a trailing block.
    Block(Block),
    /// `x => y = e`: an assignment.
    Assignment(StatementId),
}

/// A parameter of a function, method or lambda.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name, or what the argument is taken apart into.
    pub target: Target,
    /// Whether it takes what arguments are left: `...rest`.
    pub rest: bool,
    /// Whether it was marked with `?`.
    pub optional: bool,
    /// The declared type.
    pub declared: Option<TypeExprId>,
    /// The default after `=`.
    pub default: Option<ExprId>,
}

/// Statements between braces. The value is that of a last expression statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The statements in the order of the text.
    pub statements: Vec<StatementId>,
    /// The braces and what is between them.
    pub span: Span,
}

/// What follows the head of an `if`.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A block.
    Block(Block),
    /// A record literal: `if c { a: 1 } else { a: 2 }`.
    Record(ExprId),
    /// A bare statement after a head in parentheses.
    Statement(StatementId),
}

/// What follows an `else`.
#[derive(Clone, Debug, PartialEq)]
pub enum Else {
    /// `else if`, `else uncertain if`: an expression of that kind.
    Chain(ExprId),
    /// Anything else.
    Body(Body),
}

/// A band of an `uncertain if`.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Which band.
    pub name: BandName,
    /// Where its name stands.
    pub name_span: Span,
    /// What happens in it.
    pub body: Body,
}

/// The bands of an `uncertain if`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BandName {
    /// At or above the high threshold.
    High,
    /// At or above the medium threshold.
    Medium,
    /// Below the medium threshold.
    Low,
    /// What no other band takes.
    Default,
}
