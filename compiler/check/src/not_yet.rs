//! Constructs that are read, and that neither the checker nor anything behind it knows yet.

use std::borrow::Cow;

use prism_catalog::DiagnosticCode;
use prism_diagnostics::{Diagnostic, Level, Span};

use crate::library::{Owner, instead_of_method, instead_of_name};

/// A construct of the language that is read, and not yet checked or run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NotYet {
    /// A file that is a script: statements at the top level, and no pattern.
    Script,
    /// `import { a } from "…"`.
    Import,
    /// `export { a }`, `export * from "…"`, `export default e`, `export name = e`.
    ExportList,
    /// `test "…" { … }`.
    Test,
    /// `mock A "a" replies …` outside of a test.
    Mock,
    /// `assert e` outside of a test.
    Assert,
    /// `for x in xs { … }`.
    For,
    /// `for all x: T { … }` outside of a test.
    ForAll,
    /// `while c { … }`.
    While,
    /// `do { … } while c`.
    DoWhile,
    /// `break`, `continue` outside of any loop.
    LoopExit,
    /// `match x { … }`.
    Match,
    /// `switch (x) { … }`.
    Switch,
    /// `try { … } catch e { … }`.
    Try,
    /// `x = e`, `x += e`.
    Assignment,
    /// `x++`, `--x`.
    Step,
    /// `let { a, b } = e`, `fn f({ a }) { … }`.
    Destructuring,
    /// `fn f(...rest) { … }`.
    RestParameter,
    /// `x |> f`.
    Pipe,
    /// `~+`, `~==`, `~??`, `~?`, `~?>`, `~||>`, `~.` and the like.
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
    /// `o?.f()`, where `f` is a method.
    OptionalMethod,
    /// `f(...xs)`.
    SpreadArgument,
    /// `fn f(a, b = a)`: a default that names what is around it.
    ParameterDefault,
    /// A primitive, a function of the standard library, or a name that every file is given.
    Name(&'static str),
    /// A method of the standard library.
    Method {
        /// What has it.
        owner: Owner,
        /// Its name.
        name: &'static str,
    },
    /// A field that values have by themselves.
    Field {
        /// What has it.
        owner: Owner,
        /// Its name.
        name: &'static str,
    },
    /// A constraint of a field.
    Constraint(&'static str),
    /// `vote(…, method: "…")`.
    VoteMethod(&'static str),
}

impl NotYet {
    /// What people call it, to stand before "read, but not yet checked".
    pub(crate) fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Name(name) => return format!("`{name}` is").into(),
            Self::Method { owner, name } => {
                return format!("the method `{name}` of {} is", owner.plural()).into();
            }
            Self::Field { owner, name } => {
                return format!("the field `{name}` of {} is", owner.plural()).into();
            }
            Self::VoteMethod(name) => return format!("`vote` with the method `\"{name}\"` is").into(),
            Self::Constraint(name) => return format!("the constraint `{name}` is").into(),
            Self::Script => "scripts are",
            Self::Import => "`import` is",
            Self::ExportList => "`export` without a declaration behind it is",
            Self::Test => "`test` blocks are",
            Self::Mock => "`mock` is",
            Self::Assert => "`assert` is",
            Self::For => "`for` loops are",
            Self::ForAll => "`for all` is",
            Self::While => "`while` loops are",
            Self::DoWhile => "`do … while` loops are",
            Self::LoopExit => "`break` and `continue` are",
            Self::Match => "`match` is",
            Self::Switch => "`switch` is",
            Self::Try => "`try` is",
            Self::Assignment => "assignment to a variable is",
            Self::Step => "counting with `++` and `--` is",
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
            Self::OptionalMethod => "a call of a method after `?.` is",
            Self::SpreadArgument => "`...` in the arguments of a call is",
            Self::ParameterDefault => "a default that names a parameter or variable is",
        })
    }

    /// What to write so that it is checked and run, where there is something.
    pub(crate) fn alternative(self) -> Option<&'static str> {
        Some(match self {
            Self::Test | Self::Mock | Self::Assert | Self::ForAll => return None,
            Self::Script => "put the statements into a pattern: `pattern name { … }`",
            Self::Import => "write the declaration into this file",
            Self::ExportList => "write `export` before the declaration",
            Self::For => "use `xs.map(x => …)`, or `parallel(xs) { x => … }` to ask agents",
            Self::While | Self::DoWhile => {
                "`ask_until` asks agents until the answer is sure enough; lists have `map`, `filter` and `reduce`"
            }
            Self::LoopExit => {
                "outside of a loop there is nothing to leave; `return` ends the function or pattern"
            }
            Self::Match | Self::Switch => "use `if … else if … else`",
            Self::Try => "use `??` for a missing value",
            Self::Assignment | Self::Step => "give the new value a name of its own with `let`",
            Self::Destructuring => "take the parts one by one: `let a = r.a`",
            Self::RestParameter => "take a list as an ordinary parameter",
            Self::Pipe => "write the call: `f(x)` for `x |> f`",
            Self::TildeOperator => {
                "use the operator without its `~` where it gives what you mean: confidence is carried along"
            }
            Self::Typeof | Self::Instanceof | Self::Is => {
                "give the value a type, or compare it with `== null` or a literal"
            }
            Self::New => "write a record: `{ … }`",
            Self::FunctionExpression => "use a lambda: `(x) => …`, or declare `fn name(x) { … }`",
            Self::RecordMethod => "write it as an entry with a lambda: `name: (x) => …`",
            Self::OptionalCall => "test for null first: `x != null ? x[i] : null`",
            Self::TypeParameters => "write the types out, or use `any`",
            Self::LocalType => "move the type to the top level of the file",
            Self::OptionalMethod => "test for null first: `x != null ? x.f() : null`",
            Self::SpreadArgument => "give each argument by itself",
            Self::ParameterDefault => "let the default be null, and use `??` in the body",
            Self::Name(name) => return instead_of_name(name),
            Self::Method { owner, name } => return instead_of_method(owner, name),
            Self::Field { .. } => return None,
            Self::VoteMethod(_) => {
                "the methods that work are `majority`, `plurality`, `weighted` and `unanimous`"
            }
            Self::Constraint(_) => {
                "`max_length`, `min_length`, `max_items`, `min_items`, `min`, `max` and `enum` are checked"
            }
        })
    }

    /// What its being there means for what is checked.
    pub(crate) fn consequence(self) -> &'static str {
        match self {
            Self::Script => "nothing in this file is checked",
            Self::Import => "what mentions its names is not checked",
            Self::ExportList => "not checked",
            Self::Test => "nothing in the test is checked",
            _ => "the declaration that it stands in is not checked",
        }
    }

    /// Whether it repeats statements, so that `break` and `continue` belong to it.
    pub(crate) fn is_loop(self) -> bool {
        matches!(self, Self::For | Self::While | Self::DoWhile)
    }
}

/// A construct that is not yet checked or run, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotYetAt {
    /// The construct.
    pub construct: NotYet,
    /// Where it stands, or the word that it begins with.
    pub span: Span,
}

impl NotYetAt {
    /// Says that something cannot be run. `what` is the pattern; none where it is the whole file.
    pub fn not_run(&self, what: Option<&str>) -> Diagnostic {
        let code = DiagnosticCode::NotYetRun;
        let subject = what.map_or_else(|| "this file".to_owned(), |name| format!("`{name}`"));
        let text = format!(
            "{subject} cannot be run: {} read, but not yet run by this version of Prism",
            self.construct.name()
        );
        let told = Diagnostic::new(code.code(), code.slug(), Level::Error, text, self.span);
        self.construct.alternative().into_iter().fold(told, Diagnostic::with_help)
    }
}
