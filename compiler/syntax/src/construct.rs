/// A construct of other languages that Prism does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Construct {
    /// `class A { … }`.
    Class,
    /// `throw e`.
    Throw,
    /// `delete o.k`.
    Delete,
    /// `/a+/`.
    RegularExpression,
    /// `&`, `|`, `^`, `<<`.
    Bitwise,
    /// `a, b` as one expression.
    Comma,
    /// `name: for …`.
    Label,
    /// `function* f() { … }`, `yield e`.
    Generator,
}

impl Construct {
    /// What people call it, to stand before "not part of Prism".
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Class => "classes are",
            Self::Throw => "`throw` is",
            Self::Delete => "`delete` is",
            Self::RegularExpression => "regular expressions are",
            Self::Bitwise => "operators on bits are",
            Self::Comma => "the comma operator is",
            Self::Label => "labels are",
            Self::Generator => "generators are",
        }
    }

    /// What to write instead.
    pub(crate) fn alternative(self) -> &'static str {
        match self {
            Self::Class => "use `type` for the shape of a record, and `fn` for what is done with it",
            Self::Throw => "use `fail(\"why\")`",
            Self::Delete => "use `o.omit(\"key\")`, which gives a record without the key",
            Self::RegularExpression => "use `includes`, `startsWith`, `endsWith` or `split`",
            Self::Bitwise => "use `&&`, `||` and `!` for booleans",
            Self::Comma => "write two statements",
            Self::Label => "put the inner loop into a function and `return` from it",
            Self::Generator => "use `map`, `filter`, or a function that returns a list",
        }
    }
}
