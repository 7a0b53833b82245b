/// How tightly an expression binds, from loose to tight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Pipes, and lambdas, which reach as far as they can.
    Pipe,
    Ternary,
    Attach,
    Coalesce,
    Gate,
    Or,
    And,
    Equality,
    Comparison,
    Sum,
    Product,
    /// `a ** b`, whose left operand has no prefix, and which takes no prefix without parentheses.
    Power,
    Unary,
    /// Members, calls, and what needs no brackets anywhere.
    Postfix,
}
