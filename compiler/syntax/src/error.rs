use prism_diagnostics::Span;

use crate::{Construct, Kind};

/// What is wrong with the text of a file, as facts; [`diagnostic`](crate::diagnostic) says it in words.
#[derive(Clone, Debug, PartialEq)]
pub enum SyntaxError {
    /// The text is longer than the parser takes.
    FileTooLarge {
        /// Its length in bytes.
        length: usize,
    },
    /// Characters that mean nothing.
    UnexpectedCharacter {
        /// Where they stand.
        span: Span,
        /// The first of them.
        character: char,
    },
    /// A character that changes the direction of text.
    DirectionControl {
        /// Where it stands.
        span: Span,
        /// Which one.
        character: char,
    },
    /// Typographic quotes around a string, or a single one.
    SmartQuotes {
        /// From the opening quote to the closing one.
        span: Span,
        /// The opening quote.
        open: char,
    },
    /// A string that is not closed.
    UnterminatedString {
        /// The opening quote.
        open: Span,
    },
    /// A `${` that is not closed before its string ends.
    UnclosedInterpolation {
        /// The `${`.
        open: Span,
    },
    /// A comment that is not closed.
    UnterminatedComment {
        /// The `/*`.
        open: Span,
    },
    /// A text of more than [`TOKEN_LIMIT`](crate::TOKEN_LIMIT) tokens.
    TooManyTokens {
        /// The first token too many.
        span: Span,
    },
    /// A backslash before a character that needs none.
    UnknownEscape {
        /// Both characters.
        span: Span,
        /// The character after the backslash.
        character: char,
    },
    /// `\u` without a code point in braces.
    InvalidUnicodeEscape {
        /// The escape.
        span: Span,
    },
    /// A number, duration or sum of money that is not spelled right.
    MalformedNumber {
        /// Where it stands.
        span: Span,
        /// What is wrong with it.
        problem: NumberProblem,
    },
    /// Something else was expected.
    Unexpected {
        /// What could have stood there, the likeliest first.
        expected: Vec<Expected>,
        /// What stands there.
        found: Kind,
        /// Where it stands.
        span: Span,
        /// What stands before it.
        previous: Option<(Kind, Span)>,
        /// Whether a line break or the end of the file lies in between.
        line_break: bool,
    },
    /// Two elements of a list with nothing between them.
    MissingComma {
        /// The end of the first one.
        at: Span,
        /// The token that starts the second one.
        next: Span,
    },
    /// A bracket that is not closed.
    UnclosedBracket {
        /// The opening bracket.
        open: Span,
        /// Which one it is.
        kind: Kind,
        /// Where the closing one was missed.
        end: Span,
        /// Whether the layout tells that it is missing just there, and not somewhere before.
        located: bool,
    },
    /// A closing bracket without an opening one, or of another kind.
    UnmatchedBracket {
        /// Where it stands.
        span: Span,
        /// Which one it is.
        kind: Kind,
        /// The bracket of another kind that it stands against.
        open: Option<Span>,
    },
    /// Code that is nested more than [`DEPTH_LIMIT`](crate::DEPTH_LIMIT) deep.
    TooDeep {
        /// The token at which the limit is passed.
        span: Span,
    },
    /// A construct that Prism does not have.
    NotSupported {
        /// Which one.
        construct: Construct,
        /// The word or sign that it begins with.
        span: Span,
    },
    /// `a < b < c`, `a == b == c`.
    ChainedComparison {
        /// The first operator.
        first: Span,
        /// The second one.
        second: Span,
    },
    /// An operator that cannot follow another one without parentheses.
    NeedsParentheses {
        /// The operator before.
        first: Span,
        /// The operator that cannot follow.
        second: Span,
    },
    /// `-a ** b`.
    AmbiguousPower {
        /// The operator before the operand.
        prefix: Span,
        /// The power without that operator.
        power: Span,
    },
    /// A section that comes after statements, or twice.
    MisplacedSection {
        /// The word that begins it.
        span: Span,
        /// The earlier section of the same kind, where there is one.
        first: Option<Span>,
    },
    /// `if a = b`, `(a = b)`.
    AssignmentInCondition {
        /// The `=`.
        span: Span,
    },
    /// A version with fewer than three numbers.
    MalformedVersion {
        /// Where it stands.
        span: Span,
    },
    /// `f() = 1`.
    InvalidPlace {
        /// What stands before the `=`.
        span: Span,
    },
    /// A word of another language, for which Prism has its own.
    ForeignWord {
        /// Where it stands.
        span: Span,
        /// The word of Prism.
        instead: &'static str,
    },
    /// `fn f(): T`.
    ColonBeforeResult {
        /// The `:`.
        span: Span,
    },
    /// `a = b = c`.
    ChainedAssignment {
        /// The second `=`.
        span: Span,
    },
    /// `switch (x) { … }`, which is read as a `match`.
    Switch {
        /// The word.
        word: Span,
        /// The whole of it.
        span: Span,
        /// What it looks at.
        subject: Span,
        /// Its cases, where it has any and not the arms of a `match`.
        cases: Vec<SwitchCase>,
    },
    /// A case of a `switch` that goes on into the next one.
    FallsThrough {
        /// Its last statement.
        span: Span,
    },
    /// A `break` in a case of a `switch` that does not end it.
    BreakInCase {
        /// Where it stands.
        span: Span,
    },
    /// `(A, B) => C` as a type.
    TypeArrow {
        /// The arrow.
        span: Span,
    },
    /// `(a, b) -> e`.
    LambdaArrow {
        /// The arrow.
        span: Span,
    },
    /// `*/` without a comment before it.
    StrayCommentEnd {
        /// Both characters.
        span: Span,
    },
    /// A line that begins with `in`, `is` or `instanceof`.
    LeadingWordOperator {
        /// The word.
        span: Span,
    },
    /// `uncertain if c { … } else { … }`, which is read as an `if`.
    UncertainWithoutBands {
        /// The `uncertain`.
        word: Span,
        /// The `if`.
        keyword: Span,
    },
    /// `steps { … }`, `agents { … }`, `in context x { … }`.
    OldForm {
        /// The words that begin it.
        span: Span,
    },
    /// A declaration that only the top level of a file may hold.
    MisplacedDeclaration {
        /// Its first word.
        span: Span,
    },
    /// `mock` outside of a test.
    MockOutsideTest {
        /// The word.
        span: Span,
    },
    /// A loop or `try` where a value is wanted.
    StatementAsValue {
        /// Its first word.
        span: Span,
    },
    /// There are more mistakes than are reported.
    TooManyProblems {
        /// The first one that is not shown.
        span: Span,
        /// How many are not shown.
        hidden: usize,
    },
}

/// A case of a `switch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchCase {
    /// What stands after each `case`; none for `default`.
    pub values: Vec<Option<Span>>,
    /// Its statements, without a `break` at the end.
    pub body: Option<Span>,
}

impl SyntaxError {
    /// Whether the text is refused for it. What is not refused is a form that is read and better written otherwise.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Switch { .. } | Self::UncertainWithoutBands { .. } | Self::OldForm { .. })
    }

    /// The place at which the error is shown.
    pub fn span(&self) -> Span {
        match self {
            Self::FileTooLarge { .. } => Span::at(0),
            Self::UnexpectedCharacter { span, .. }
            | Self::DirectionControl { span, .. }
            | Self::SmartQuotes { span, .. }
            | Self::UnknownEscape { span, .. }
            | Self::InvalidUnicodeEscape { span }
            | Self::MalformedNumber { span, .. }
            | Self::UnmatchedBracket { span, .. }
            | Self::TooDeep { span }
            | Self::NotSupported { span, .. }
            | Self::MisplacedSection { span, .. }
            | Self::AssignmentInCondition { span }
            | Self::MalformedVersion { span }
            | Self::InvalidPlace { span }
            | Self::TooManyTokens { span }
            | Self::BreakInCase { span }
            | Self::LambdaArrow { span }
            | Self::TypeArrow { span }
            | Self::StrayCommentEnd { span }
            | Self::LeadingWordOperator { span }
            | Self::ColonBeforeResult { span }
            | Self::ForeignWord { span, .. }
            | Self::ChainedAssignment { span }
            | Self::FallsThrough { span }
            | Self::OldForm { span }
            | Self::MisplacedDeclaration { span }
            | Self::MockOutsideTest { span }
            | Self::StatementAsValue { span }
            | Self::TooManyProblems { span, .. } => *span,
            Self::UnterminatedString { open }
            | Self::UnclosedInterpolation { open }
            | Self::UnterminatedComment { open }
            | Self::UnclosedBracket { open, located: false, .. } => *open,
            Self::UnclosedBracket { end, located: true, .. } => *end,
            Self::Unexpected { span, previous, line_break, .. } => match previous {
                Some((_, previous)) if *line_break => *previous,
                _ => *span,
            },
            Self::MissingComma { at, .. } => *at,
            Self::Switch { word, .. } => *word,
            Self::UncertainWithoutBands { word, keyword } => word.to(*keyword),
            Self::ChainedComparison { second, .. } | Self::NeedsParentheses { second, .. } => *second,
            Self::AmbiguousPower { prefix, power } => prefix.to(*power),
        }
    }
}

/// What is wrong with a number, duration or sum of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberProblem {
    /// `.5`.
    LeadingDot,
    /// `5.`.
    TrailingDot,
    /// `1..2`.
    Range,
    /// `1e`.
    Exponent,
    /// `0b1`, `0o7`.
    Base,
    /// `1h30`.
    MissingUnit,
    /// `12abc`, `5min`, `1.2.3`.
    Glued,
    /// `1__0`, `1_`.
    Separator,
    /// `0x` without digits, or with letters beyond `f`.
    Hexadecimal,
    /// More than a number, a duration or a sum of money can hold.
    TooLarge,
    /// Parts of a microsecond or of a nano-dollar.
    TooPrecise,
}

/// What the grammar was ready to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Expected {
    /// A certain token.
    Token(Kind),
    /// The start of an expression.
    Expression,
    /// The start of a statement.
    Statement,
    /// The start of a declaration.
    Item,
    /// The start of a type.
    Type,
    /// A name.
    Name,
    /// The key of a record.
    Key,
    /// The `:` and the value of an entry of a record.
    Entry,
    /// A field of a section or of a type.
    Field,
    /// A parameter.
    Parameter,
    /// A key or a method of an agent contract.
    AgentEntry,
    /// `high`, `medium`, `low` or `default`.
    Band,
    /// A block.
    Block,
    /// A line break or a `;`.
    EndOfStatement,
    /// A line break or a `,`, between fields, arms and the like.
    Separator,
    /// A limit of a budget.
    Limit,
    /// The name of a pattern.
    PatternName,
    /// A number.
    Number,
    /// A pattern of an arm of a `match`.
    MatchPattern,
    /// What is imported.
    ImportList,
    /// The word `from`.
    From,
    /// The path of a module.
    ModulePath,
    /// What can be exported.
    Export,
    /// The head of a loop.
    LoopHead,
    /// What a mock does.
    MockBehaviour,
    /// A lambda.
    Lambda,
    /// The name of a test.
    TestName,
    /// `in` or `of`.
    InOrOf,
}
