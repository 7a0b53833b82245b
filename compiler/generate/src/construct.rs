use std::fmt;

macro_rules! constructs {
    ($($(#[$about:meta])* $name:ident,)*) => {
        /// What a program may be made of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Construct {
            $($(#[$about])* $name,)*
        }

        impl Construct {
            /// Every construct, in the order of the language's reference.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

constructs! {
    /// `import { a, b as c } from "x"`.
    ImportNames,
    /// `import a from "x"`, also with names.
    ImportDefault,
    /// `import * as a from "x"`.
    ImportAll,
    /// `export fn …`, before any declaration.
    ExportItem,
    /// `export { a as b }`, also with `from`.
    ExportNames,
    /// `export * from "x"`.
    ExportAll,
    /// `export default e`.
    ExportDefault,
    /// `export a = e`.
    ExportAssign,
    /// `pattern a { … }`.
    Pattern,
    /// A pattern whose name has dashes.
    DashedName,
    /// A pattern whose name is a string.
    QuotedName,
    /// `v1.0.0` after a pattern's name.
    Version,
    /// `input { … }`.
    Input,
    /// `output { … }`.
    OutputFields,
    /// `output T`.
    OutputType,
    /// `budget { … }`.
    Budget,
    /// `confidence >= 0.9`.
    ConfidencePromise,
    /// `confidence independent`.
    ConfidenceMode,
    /// `max_length(10)` and the like.
    Constraint,
    /// A field with a default.
    FieldDefault,
    /// `agent A { … }`.
    Agent,
    /// A method of an agent.
    Method,
    /// The string after a method.
    TaskText,
    /// `type A = …`.
    TypeAlias,
    /// `<T, U>` after the name of a type or function.
    TypeParameters,
    /// `T | U`.
    UnionType,
    /// `~T`.
    UncertainType,
    /// `T[]`.
    ListType,
    /// `T?`.
    OptionalType,
    /// `{ a: T }`.
    RecordType,
    /// `{ a: T, ... }`.
    OpenRecordType,
    /// `(T) -> U`.
    FunctionType,
    /// `"a"`, `42`, `null` as types.
    LiteralType,
    /// `map<T>`.
    GenericType,
    /// `(T)`.
    ParenthesisedType,
    /// `///` before a declaration.
    Documentation,
    /// `fn f() { … }`.
    Function,
    /// `function f() { … }`.
    JavascriptFunction,
    /// `async fn`.
    AsyncFunction,
    /// A function inside a block.
    NestedFunction,
    /// `type` inside a block.
    LocalType,
    /// `a = e` or `a?` in a list of parameters.
    OptionalParameter,
    /// `...rest` in a list of parameters.
    RestParameter,
    /// `{ a, b }` or `[a, b]` in a list of parameters.
    DestructuredParameter,
    /// `test "…" { … }`.
    Test,
    /// `mock A "a" replies …`.
    MockReplies,
    /// `mock A "a" fails …`.
    MockFails,
    /// `mock A "a" answers …`.
    MockAnswers,
    /// `calibrated` in a mock.
    Calibrated,
    /// `after 1s` in a mock.
    MockAfter,
    /// `assert e`.
    Assert,
    /// `for all a: T { … }`.
    ForAll,
    /// `let a = e`.
    Let,
    /// `const a = e`.
    Const,
    /// `let a: T`.
    TypedLet,
    /// `let a = 1, b = 2`.
    ManyBindings,
    /// `let { a, b: c } = e`.
    RecordDestructuring,
    /// `let [a, b] = e`.
    ListDestructuring,
    /// `...rest` in a destructuring.
    DestructuringRest,
    /// `{ a ~> 0.9 }` in a destructuring.
    DestructuringConfidence,
    /// `a = e`.
    Assignment,
    /// `a += e` and its kin.
    CompoundAssignment,
    /// `a ~+= e` and its kin.
    TildeAssignment,
    /// `a.b = e`, `a[i] = e`.
    PlaceAssignment,
    /// `[a, b] = [b, a]`, `{ a } = e`.
    DestructuringAssignment,
    /// `a++`, `--a`.
    Increment,
    /// `return`, `return e`.
    Return,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `{ … }` where a statement stands.
    BlockStatement,
    /// `for a in xs { … }`.
    ForIn,
    /// `for (const a of xs) …`.
    ForOf,
    /// `for (let i = 0; i < n; i++) …`.
    ForClassic,
    /// `while c { … }`.
    While,
    /// `do { … } while c`.
    DoWhile,
    /// `max n` of a loop.
    LoopLimit,
    /// A statement without braces after a head in parentheses.
    BareBody,
    /// `try { … }`.
    Try,
    /// `catch`.
    Catch,
    /// `finally`.
    Finally,
    /// `x |> f`.
    Pipe,
    /// `x ~|> f`.
    TildePipe,
    /// `_` in an argument of a pipe.
    Placeholder,
    /// `c ? a : b`.
    Ternary,
    /// `c ~? a : b`.
    TildeTernary,
    /// `e ~> p`.
    Attach,
    /// `a ?? b`.
    Coalesce,
    /// `a ~?? b`.
    TildeCoalesce,
    /// `e ~@> t`.
    Gate,
    /// `e ~?> t`.
    TildeGate,
    /// `e ~@> (t, other)`.
    GateElse,
    /// `a || b`, `a && b`.
    Logic,
    /// `a ~|| b`, `a ~&& b`.
    TildeLogic,
    /// `a ~||> b`.
    Surer,
    /// `a == b` and its kin.
    Equality,
    /// `a ~== b`.
    TildeEquality,
    /// `a < b` and its kin.
    Comparison,
    /// `a ~< b`.
    TildeComparison,
    /// `a in b`.
    In,
    /// `a instanceof B`.
    Instanceof,
    /// `a is T`.
    Is,
    /// `a + b` and its kin.
    Arithmetic,
    /// `a ~+ b`.
    TildeArithmetic,
    /// `a ** b`.
    Power,
    /// `!a`.
    Not,
    /// `-a`, `+a`.
    Sign,
    /// `<~a`.
    ConfidenceOf,
    /// `~a`.
    TildePrefix,
    /// `typeof a`.
    Typeof,
    /// `await a`.
    Await,
    /// `f(a)`.
    Call,
    /// `f(a: 1)`.
    NamedArgument,
    /// `f(...xs)`.
    SpreadArgument,
    /// `.label` as an argument.
    Selector,
    /// `f(a) { x => … }`.
    TrailingBlock,
    /// `parallel { a: … }`.
    TrailingRecord,
    /// `a.b`.
    Member,
    /// `a?.b`.
    OptionalMember,
    /// `a?.[i]`.
    OptionalIndex,
    /// `f?.(a)`.
    OptionalCall,
    /// `a~.b`.
    TildeMember,
    /// `a[i]`.
    Index,
    /// `a as T`.
    As,
    /// `a!`.
    Certainly,
    /// A name.
    Name,
    /// A word with a meaning elsewhere, as a variable.
    ContextualName,
    /// A reserved word, as a key.
    ReservedKey,
    /// `(a)`.
    Parentheses,
    /// A number, text, `true` and the like.
    Literal,
    /// `0xff`, `1_000`, `1e3`.
    NumberForm,
    /// `1h30m`.
    Duration,
    /// `$0.05`.
    Money,
    /// `undefined`.
    Undefined,
    /// `'…'`.
    SingleQuotes,
    /// `` `…` ``.
    Backticks,
    /// ```` ```…``` ````.
    RawString,
    /// A string over several lines.
    StringOverLines,
    /// `\n` and its kin.
    Escape,
    /// `"${a}"`.
    Template,
    /// A template in a template.
    NestedTemplate,
    /// `[a, b]`.
    List,
    /// `[...a]`.
    ListSpread,
    /// `{ a: 1 }`.
    Record,
    /// `{ a }`.
    Shorthand,
    /// `{ ...a }`.
    RecordSpread,
    /// `{ [a]: 1 }`.
    ComputedKey,
    /// `{ "a": 1, 2: 3 }`.
    QuotedKey,
    /// `{ f(a) { … } }`.
    RecordMethod,
    /// `{ by: .label }`.
    RecordSelector,
    /// `a => …`.
    Lambda,
    /// `a => { … }`.
    LambdaBlock,
    /// `a => { b: 1 }`.
    LambdaRecord,
    /// `a => b.c = 1`.
    LambdaAssignment,
    /// `async a => …`.
    AsyncLambda,
    /// `function (a) { … }`.
    FunctionExpression,
    /// `new Map()`.
    New,
    /// `if c { … } else { … }`.
    If,
    /// `else if`.
    ElseIf,
    /// `if c { a: 1 } else { a: 2 }`.
    RecordBody,
    /// `do { … }`.
    Do,
    /// `uncertain if a { … }`.
    UncertainIf,
    /// `, high: 0.9` in an `uncertain if`.
    Thresholds,
    /// `high -> e`.
    BandArrow,
    /// `match a { … }`.
    Match,
    /// `a if c =>`.
    Guard,
    /// `a | b =>`.
    Alternatives,
    /// `{ a: 1 } =>`.
    RecordPattern,
    /// `[a, b] =>`.
    ListPattern,
    /// `...rest` in a pattern of a match.
    RestPattern,
    /// `a is T =>`.
    TypePattern,
    /// `/** … */` at the top of a file.
    FrontMatter,
    /// `// Pattern: a` at the top of a file.
    HeaderComments,
    /// `//!` at the top of a file.
    FileDocumentation,
    /// A name that scripts find in scope.
    InjectedName,
}

impl Construct {
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// How often each construct was used.
#[derive(Clone, PartialEq, Eq)]
pub struct Counts([u32; Construct::ALL.len()]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; Construct::ALL.len()])
    }
}

impl Counts {
    /// How often a construct was used.
    pub fn of(&self, construct: Construct) -> u32 {
        self.0.get(construct.index()).copied().unwrap_or(0)
    }

    pub(crate) fn add(&mut self, construct: Construct) {
        if let Some(count) = self.0.get_mut(construct.index()) {
            *count += 1;
        }
    }
}

impl fmt::Debug for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used =
            Construct::ALL.iter().map(|construct| (construct, self.of(*construct))).filter(|(_, n)| *n > 0);
        formatter.debug_map().entries(used).finish()
    }
}
