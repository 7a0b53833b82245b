use crate::table::named_table;

named_table! {
    /// Words that mean something to the grammar. Reserved ones can never be the name of a variable; the others
    /// are names wherever the grammar does not ask for them.
    pub enum Keyword {
        /// Declares a variable.
        Let = "let",
        /// Declares a variable that is not assigned again.
        Const = "const",
        /// Declares a function.
        Fn = "fn",
        /// Declares a function, as in JavaScript.
        Function = "function",
        /// Chooses by a condition.
        If = "if",
        /// The other branch.
        Else = "else",
        /// A loop over a list.
        For = "for",
        /// A loop under a condition.
        While = "while",
        /// A block as an expression.
        Do = "do",
        /// Chooses by shape.
        Match = "match",
        /// Catches failures.
        Try = "try",
        /// Gives a result back.
        Return = "return",
        /// Leaves a loop.
        Break = "break",
        /// Goes on with a loop.
        Continue = "continue",
        /// Takes names from another module.
        Import = "import",
        /// Offers names to other modules.
        Export = "export",
        /// The true boolean.
        True = "true",
        /// The false boolean.
        False = "false",
        /// No value.
        Null = "null",
        /// Declares a pattern.
        Pattern = "pattern",
        /// Declares an agent contract.
        Agent = "agent",
        /// Declares a type.
        Type = "type",
        /// Declares a test.
        Test = "test",
        /// Declares a mock agent in a test.
        Mock = "mock",
        /// Chooses by confidence.
        Uncertain = "uncertain",
        /// The section of a pattern's inputs.
        Input = "input",
        /// The section of a pattern's outputs.
        Output = "output",
        /// The section of a pattern's limits.
        Budget = "budget",
        /// The section of a pattern's promised confidence.
        Confidence = "confidence",
        /// The band of high confidence.
        High = "high",
        /// The band of middling confidence.
        Medium = "medium",
        /// The band of low confidence.
        Low = "low",
        /// The band of what no other band takes.
        Default = "default",
    }
}

impl Keyword {
    /// Whether the word can never name a variable.
    pub const fn is_reserved(self) -> bool {
        match self {
            Self::Let
            | Self::Const
            | Self::Fn
            | Self::Function
            | Self::If
            | Self::Else
            | Self::For
            | Self::While
            | Self::Do
            | Self::Match
            | Self::Try
            | Self::Return
            | Self::Break
            | Self::Continue
            | Self::Import
            | Self::Export
            | Self::True
            | Self::False
            | Self::Null => true,
            Self::Pattern
            | Self::Agent
            | Self::Type
            | Self::Test
            | Self::Mock
            | Self::Uncertain
            | Self::Input
            | Self::Output
            | Self::Budget
            | Self::Confidence
            | Self::High
            | Self::Medium
            | Self::Low
            | Self::Default => false,
        }
    }
}
