use logos::Logos;

/// What a token is. Its text is looked up by its position where somebody needs it.
///
/// What has an attribute is read by logos; the lexer reads the rest, keywords and literals, and all comments and white
/// space itself.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A word that the grammar gives no meaning, `_` included.
    #[regex(r"[\p{XID_Start}_][\p{XID_Continue}]*")]
    Name,
    /// `42`, `3.14`, `0xff`.
    Number,
    /// `30s`, `1h30m`.
    Duration,
    /// `$0.002`.
    Money,
    /// `v1.2.0`.
    #[regex(r"v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?")]
    Version,
    /// A whole string without interpolation, quotes included.
    String,
    /// From the opening quote to the first `${`.
    TemplateHead,
    /// From a `}` to the next `${` of the same string.
    TemplateMiddle,
    /// From the last `}` to the closing quote.
    TemplateTail,

    /// `let`
    Let,
    /// `const`
    Const,
    /// `fn`
    Fn,
    /// `function`
    Function,
    /// `if`
    If,
    /// `else`
    Else,
    /// `for`
    For,
    /// `while`
    While,
    /// `do`
    Do,
    /// `match`
    Match,
    /// `try`
    Try,
    /// `return`
    Return,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `import`
    Import,
    /// `export`
    Export,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,

    /// `pattern`
    Pattern,
    /// `agent`
    Agent,
    /// `type`
    Type,
    /// `test`
    Test,
    /// `mock`
    Mock,
    /// `uncertain`
    Uncertain,
    /// `input`
    Input,
    /// `output`
    Output,
    /// `budget`
    Budget,
    /// `confidence`
    Confidence,
    /// `high`
    High,
    /// `medium`
    Medium,
    /// `low`
    Low,
    /// `default`
    Default,
    /// `as`
    As,
    /// `in`
    In,
    /// `is`
    Is,
    /// `instanceof`
    Instanceof,
    /// `typeof`
    Typeof,
    /// `new`
    New,
    /// `async`
    Async,
    /// `await`
    Await,
    /// `switch`
    Switch,
    /// `class`
    Class,
    /// `throw`
    Throw,
    /// `delete`
    Delete,
    /// `assert`
    Assert,
    /// `undefined`
    Undefined,

    /// `(`
    #[token("(")]
    LeftParenthesis,
    /// `)`
    #[token(")")]
    RightParenthesis,
    /// `[`
    #[token("[")]
    LeftBracket,
    /// `]`
    #[token("]")]
    RightBracket,
    /// `{`
    #[token("{")]
    LeftBrace,
    /// `}`
    #[token("}")]
    RightBrace,
    /// `,`
    #[token(",")]
    Comma,
    /// `;`
    #[token(";")]
    Semicolon,
    /// `:`
    #[token(":")]
    Colon,
    /// `.`
    #[token(".")]
    Dot,
    /// `?.`
    #[token("?.")]
    QuestionDot,
    /// `...`
    #[token("...")]
    Ellipsis,
    /// `?`
    #[token("?")]
    Question,
    /// `=>`
    #[token("=>")]
    FatArrow,
    /// `->`
    #[token("->")]
    Arrow,
    /// `|`
    #[token("|")]
    Bar,

    /// `=`
    #[token("=")]
    Assign,
    /// `+=`, `~+=` and the other assignments that compute.
    #[token("+=")]
    #[token("-=")]
    #[token("*=")]
    #[token("/=")]
    #[token("%=")]
    #[token("**=")]
    #[token("??=")]
    #[token("||=")]
    #[token("&&=")]
    #[token("~+=")]
    #[token("~-=")]
    #[token("~*=")]
    #[token("~/=")]
    AssignOperator,
    /// `++`, `--`
    #[token("++")]
    #[token("--")]
    Increment,
    /// `+`
    #[token("+")]
    Plus,
    /// `-`
    #[token("-")]
    Minus,
    /// `*`
    #[token("*")]
    Star,
    /// `/`
    #[token("/")]
    Slash,
    /// `%`
    #[token("%")]
    Percent,
    /// `**`
    #[token("**")]
    StarStar,
    /// `==`
    #[token("==")]
    Equal,
    /// `!=`
    #[token("!=")]
    NotEqual,
    /// `===`
    #[token("===")]
    StrictEqual,
    /// `!==`
    #[token("!==")]
    StrictNotEqual,
    /// `<`
    #[token("<")]
    Less,
    /// `<=`
    #[token("<=")]
    LessOrEqual,
    /// `>`
    #[token(">")]
    Greater,
    /// `>=`
    #[token(">=")]
    GreaterOrEqual,
    /// `&&`
    #[token("&&")]
    And,
    /// `||`
    #[token("||")]
    Or,
    /// `??`
    #[token("??")]
    Coalesce,
    /// `!`
    #[token("!")]
    Bang,
    /// `~`
    #[token("~")]
    Tilde,
    /// `~>`
    #[token("~>")]
    Attach,
    /// `<~`
    #[token("<~")]
    ConfidenceOf,
    /// `~@>`
    #[token("~@>")]
    Gate,
    /// `|>`, `~|>`
    #[token("|>")]
    #[token("~|>")]
    Pipe,
    /// `~?>`
    #[token("~?>")]
    TildeGate,
    /// `~??`
    #[token("~??")]
    TildeCoalesce,
    /// `~?`
    #[token("~?")]
    TildeQuestion,
    /// `~.`
    #[token("~.")]
    TildeDot,
    /// `~||`, `~||>`
    #[token("~||")]
    #[token("~||>")]
    TildeOr,
    /// `~&&`
    #[token("~&&")]
    TildeAnd,
    /// `~==`, `~!=`
    #[token("~==")]
    #[token("~!=")]
    TildeEqual,
    /// `~<`, `~<=`, `~>=`
    #[token("~<")]
    #[token("~<=")]
    #[token("~>=")]
    TildeCompare,
    /// `~+`, `~-`
    #[token("~+")]
    #[token("~-")]
    TildeSum,
    /// `~*`, `~/`
    #[token("~*")]
    #[token("~/")]
    TildeProduct,
    /// `&`, `^`, `<<`, `>>`: operators on bits, which Prism does not have.
    #[token("&")]
    #[token("^")]
    #[token("<<")]
    Bitwise,

    /// Characters that mean nothing; reported by the lexer.
    Error,
    /// The end of the file. Never stored, only answered.
    End,
}

impl Kind {
    /// Whether the token is spelled like a name: a name or any keyword. These are legal after `.`, as keys of
    /// records and as names of arguments and fields.
    pub fn is_word(self) -> bool {
        self == Self::Name || (self >= Self::Let && self <= Self::Undefined)
    }

    /// Whether the token is a keyword that can never name a variable.
    pub fn is_reserved(self) -> bool {
        self >= Self::Let && self <= Self::Null
    }

    /// Whether the token can name a variable.
    pub fn is_name(self) -> bool {
        self.is_word() && !self.is_reserved()
    }

    /// Whether the token opens a bracket; a piece of a string that ends in `${` does.
    pub fn opens(self) -> bool {
        matches!(
            self,
            Self::LeftParenthesis
                | Self::LeftBracket
                | Self::LeftBrace
                | Self::TemplateHead
                | Self::TemplateMiddle
        )
    }

    /// Whether the token closes a bracket; a piece of a string that begins with the `}` of `${` does.
    pub fn closes(self) -> bool {
        matches!(
            self,
            Self::RightParenthesis
                | Self::RightBracket
                | Self::RightBrace
                | Self::TemplateMiddle
                | Self::TemplateTail
        )
    }

    /// Whether an expression can begin with the token.
    pub fn starts_expression(self) -> bool {
        self.is_name()
            || matches!(
                self,
                Self::Number
                    | Self::Duration
                    | Self::Money
                    | Self::String
                    | Self::TemplateHead
                    | Self::True
                    | Self::False
                    | Self::Null
                    | Self::If
                    | Self::Do
                    | Self::Match
                    | Self::Function
                    | Self::Fn
                    | Self::LeftParenthesis
                    | Self::LeftBracket
                    | Self::LeftBrace
                    | Self::Bang
                    | Self::Minus
                    | Self::Plus
                    | Self::Tilde
                    | Self::ConfidenceOf
            )
    }

    /// Whether the token is a string or the first piece of one.
    pub fn starts_string(self) -> bool {
        matches!(self, Self::String | Self::TemplateHead)
    }

    /// How the closing token of an opening one is spelled.
    pub fn closing(self) -> Self {
        match self {
            Self::LeftParenthesis => Self::RightParenthesis,
            Self::LeftBracket => Self::RightBracket,
            Self::TemplateHead | Self::TemplateMiddle => Self::TemplateTail,
            _ => Self::RightBrace,
        }
    }

    /// How the token is spelled, for messages that ask for it; a class of tokens is described.
    pub fn spelling(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Number => "a number",
            Self::Version => "a version",
            Self::String => "a string",
            Self::LeftParenthesis => "`(`",
            Self::RightParenthesis => "`)`",
            Self::LeftBracket => "`[`",
            Self::RightBracket => "`]`",
            Self::LeftBrace => "`{`",
            Self::RightBrace => "`}`",
            Self::Comma => "`,`",
            Self::Colon => "`:`",
            Self::Semicolon => "`;`",
            Self::As => "`as`",
            Self::While => "`while`",
            Self::Assign => "`=`",
            Self::FatArrow => "`=>`",
            Self::Arrow => "`->`",
            Self::Greater => "`>`",
            Self::GreaterOrEqual => "`>=`",
            Self::If => "`if`",
            Self::TemplateTail => "the end of the string",
            Self::End => "the end of the file",
            _ => "something else",
        }
    }
}
