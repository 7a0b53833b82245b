use prism_diagnostics::Span;

use super::{Binary, Block, Body, ExprId, Function, Name, StatementId, Target, TypeAlias, TypeExprId};

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of statements.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// `let x: T = e`, one for each target.
    Let {
        /// The variable or variables.
        target: Target,
        /// The declared type.
        declared: Option<TypeExprId>,
        /// The value.
        value: Option<ExprId>,
        /// Whether it was `const`.
        constant: bool,
    },
    /// `x = e`, `o.a[i] += e`.
    Assign(Assign),
    /// `{ a, b } = e`, `[a, b] = e`.
    Unpack {
        /// The variables.
        target: Target,
        /// The value that is taken apart.
        value: ExprId,
    },
    /// `x++`, `--x`.
    Step {
        /// What is counted.
        place: ExprId,
        /// Whether it counts up.
        up: bool,
        /// Whether the sign stood before the place.
        prefix: bool,
    },
    /// `return e`.
    Return(Option<ExprId>),
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `assert e, "why"`.
    Assert {
        /// What has to hold.
        condition: ExprId,
        /// What is said where it does not.
        message: Option<ExprId>,
    },
    /// `mock A "a" replies […]`.
    Mock(Box<Mock>),
    /// A loop over a list, or one that counts.
    For(Box<For>),
    /// `while c { … }`, `do { … } while c`.
    While(Box<While>),
    /// `try { … } catch e { … } finally { … }`.
    Try(Box<Try>),
    /// An expression; `if`, `match` and `uncertain if` at the start of a statement too.
    Expression(ExprId),
    /// A function inside another.
    Function(Box<Function>),
    /// A type inside a block.
    Type(Box<TypeAlias>),
    /// A block on its own.
    Block(Block),
    /// Something unreadable.
    Error,
}

/// An assignment to a variable or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Assign {
    /// A name, or members and indices of one.
    pub place: ExprId,
    /// The operator before the `=`: the `+` of `+=`.
    pub operator: Option<Binary>,
    /// Whether that was spelt with a `~`: `~+=`.
    pub tilde: bool,
    /// Where `=`, `+=` and so on stands.
    pub operator_span: Span,
    /// The value.
    pub value: ExprId,
}

/// A `for` loop.
#[derive(Clone, Debug, PartialEq)]
pub enum For {
    /// `for x in xs`, `for i, x in xs`, `for (const { a } of xs)`.
    Each {
        /// The variable or variables; the first of two is the index or key.
        target: Target,
        /// The variable of the item where two are named.
        second: Option<Name>,
        /// What is gone through.
        list: ExprId,
        /// The largest number of rounds.
        limit: Option<ExprId>,
        /// What is done each time.
        body: Body,
    },
    /// `for (let i = 0; i < 3; i++)`.
    Count {
        /// What is done before.
        initial: Vec<StatementId>,
        /// What has to hold for another round.
        condition: Option<ExprId>,
        /// What is done after each round.
        step: Option<StatementId>,
        /// What is done each time.
        body: Body,
    },
    /// `for all x: T, y: U { … }`: a property that a test tries on many values.
    All {
        /// The variables with their types.
        variables: Vec<(Name, TypeExprId)>,
        /// What has to hold.
        body: Block,
    },
}

/// A `while` loop.
#[derive(Clone, Debug, PartialEq)]
pub struct While {
    /// What has to hold for another round.
    pub condition: ExprId,
    /// The largest number of rounds.
    pub limit: Option<ExprId>,
    /// What is done each time.
    pub body: Body,
    /// Whether the first round comes before the condition: `do { … } while c`.
    pub body_first: bool,
}

/// A `try` with what follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Try {
    /// What may fail.
    pub body: Block,
    /// What is done where it does.
    pub catch: Option<Catch>,
    /// What is done in any case.
    pub finally: Option<Block>,
}

/// The `catch` of a `try`.
#[derive(Clone, Debug, PartialEq)]
pub struct Catch {
    /// The variable of the failure; none where it is left out.
    pub failure: Option<Name>,
    /// What is done.
    pub body: Block,
}

/// An agent that a test puts in the place of a real one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mock {
    /// The contract that it keeps.
    pub contract: Name,
    /// The name of the agent.
    pub name: Name,
    /// Whether its confidence counts as calibrated.
    pub calibrated: bool,
    /// What it does when it is asked.
    pub behaviour: MockBehaviour,
    /// How long it takes.
    pub after: Option<ExprId>,
}

/// What a mock agent does when it is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MockBehaviour {
    /// `replies [...]`: answers in turn.
    Replies(ExprId),
    /// `fails e`.
    Fails(ExprId),
    /// `answers x => …`: works its answer out.
    Answers(ExprId),
}
