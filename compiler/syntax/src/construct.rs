/// A construct of the language that this version of Prism does not take, or that Prism does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Construct {
    /// `for x in xs { … }`.
    For,
    /// `while c { … }`.
    While,
    /// `do { … } while c`.
    DoWhile,
    /// `match x { … }`.
    Match,
    /// `switch (x) { … }`.
    Switch,
    /// `try { … } catch { … }`.
    Try,
    /// `break`, `continue`.
    LoopExit,
    /// `import … from "…"`.
    Import,
    /// `export …`.
    Export,
    /// `test "…" { … }`.
    Test,
    /// `mock A "a" replies …`.
    Mock,
    /// `assert e`.
    Assert,
    /// `class A { … }`.
    Class,
    /// `throw e`.
    Throw,
    /// `delete o.k`.
    Delete,
    /// `async fn`, `await e`.
    Async,
    /// `x = e`, `x += e`, `x++`.
    Assignment,
    /// `let { a, b } = e`, `(({ a }) => …)`.
    Destructuring,
    /// `(...rest) => …`.
    RestParameter,
    /// `x |> f`.
    Pipe,
    /// `~+`, `~==`, `~??` and the like.
    TildeOperator,
    /// `typeof e`.
    Typeof,
    /// `e instanceof C`.
    Instanceof,
    /// `e is T`.
    Is,
    /// `new C(…)`.
    New,
    /// `function (x) { … }` where an expression stands.
    FunctionExpression,
    /// `{ f(x) { … } }`.
    RecordMethod,
    /// `o?.[i]`, `f?.(x)`.
    OptionalCall,
    /// `type T<U> = …`, `fn f<T>(…)`.
    TypeParameters,
    /// `type` inside a function or pattern.
    LocalType,
    /// `/a+/`.
    RegularExpression,
    /// `&`, `|`, `^`, `<<`.
    Bitwise,
    /// `uncertain if c { … } else { … }`, without bands.
    UncertainWithoutBands,
}

impl Construct {
    /// What people call it, to stand before "is not supported" or "are not supported".
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::For => "`for` loops are",
            Self::While => "`while` loops are",
            Self::DoWhile => "`do … while` loops are",
            Self::Match => "`match` is",
            Self::Switch => "`switch` is",
            Self::Try => "`try` is",
            Self::LoopExit => "`break` and `continue` are",
            Self::Import => "`import` is",
            Self::Export => "`export` is",
            Self::Test => "`test` blocks are",
            Self::Mock => "`mock` is",
            Self::Assert => "`assert` is",
            Self::Class => "classes are",
            Self::Throw => "`throw` is",
            Self::Delete => "`delete` is",
            Self::Async => "`async` and `await` are",
            Self::Assignment => "assignment to a variable is",
            Self::Destructuring => "taking values apart with `{ … }` or `[ … ]` is",
            Self::RestParameter => "a rest parameter is",
            Self::Pipe => "the pipe operator is",
            Self::TildeOperator => "operators that begin with `~`, save `~>`, `~@>` and `~`, are",
            Self::Typeof => "`typeof` is",
            Self::Instanceof => "`instanceof` is",
            Self::Is => "`is` is",
            Self::New => "`new` is",
            Self::FunctionExpression => "a function without a name is",
            Self::RecordMethod => "a method in a record is",
            Self::OptionalCall => "`?.` before `[` or `(` is",
            Self::TypeParameters => "type parameters are",
            Self::LocalType => "a type inside a block is",
            Self::RegularExpression => "regular expressions are",
            Self::Bitwise => "operators on bits are",
            Self::UncertainWithoutBands => "`uncertain if` without bands is",
        }
    }

    /// What to write instead, where there is something.
    pub(crate) fn alternative(self) -> Option<&'static str> {
        Some(match self {
            Self::For => {
                "use `xs.map(x => …)`, or `parallel(xs) { x => … }` and `sequential(xs) { x => … }` to ask agents"
            }
            Self::While | Self::DoWhile => {
                "`ask_until` asks agents until the answer is sure enough; lists have `map`, `filter` and `reduce`"
            }
            Self::Match | Self::Switch => "use `if … else if … else`",
            Self::Try => "use `??` for a missing value, or `fallback([…])` for an agent that may fail",
            Self::LoopExit => "there are no loops to leave; `return` ends the function or pattern",
            Self::Import => "write the declaration into this file",
            Self::Export => "leave `export` out: every declaration of a file can be seen from outside",
            Self::Test | Self::Mock | Self::Assert => "run the pattern with `prismc run` to see what it does",
            Self::Class => "use `type` for the shape of a record, and `fn` for what is done with it",
            Self::Throw => "use `fail(\"why\")`",
            Self::Delete => "use `o.omit(\"key\")`, which gives a record without the key",
            Self::Async => {
                "leave it out: calls wait for their results by themselves; `parallel` asks side by side"
            }
            Self::Assignment => "give the new value a name of its own with `let`",
            Self::Destructuring => "take the fields one by one: `let a = r.a`",
            Self::RestParameter => "take a list as an ordinary parameter",
            Self::Pipe => "write the call: `f(x)` for `x |> f`",
            Self::TildeOperator => "use the operator without its `~`: confidence is carried along anyway",
            Self::Typeof | Self::Instanceof | Self::Is => {
                "give the value a type, or compare it with `== null` or a literal"
            }
            Self::New => "call the function without `new`, or write a record: `{ … }`",
            Self::FunctionExpression => "use a lambda: `(x) => …`, or declare `fn name(x) { … }`",
            Self::RecordMethod => "write it as an entry with a lambda: `name: (x) => …`",
            Self::OptionalCall => "test for null first: `x != null ? x[i] : null`",
            Self::TypeParameters => "write the types out, or use `any`",
            Self::LocalType => "move the type to the top level of the file",
            Self::RegularExpression => "use `includes`, `startsWith`, `endsWith` or `split`",
            Self::Bitwise => "use `&&`, `||` and `!` for booleans",
            Self::UncertainWithoutBands => {
                "name the bands: `uncertain if x { high { … } default { … } }`, or use a plain `if`"
            }
        })
    }

    /// Whether the language has the construct, and only this version lacks it.
    pub(crate) fn planned(self) -> bool {
        !matches!(self, Self::Class | Self::Throw | Self::Delete | Self::RegularExpression | Self::Bitwise)
    }
}
