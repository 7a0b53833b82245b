use logos::Logos;

/// What a token is. Its text is looked up by its position where somebody needs it.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[logos(skip r"[ \t\r\n\x0C]+")]
pub enum Kind {
    /// A word that the grammar gives no meaning, `_` included.
    #[regex(r"[\p{XID_Start}_][\p{XID_Continue}]*")]
    Name,
    /// `42`, `3.14`, `0xff`. The pattern is only where it starts; the scanner of numbers finds the end.
    #[regex(r"[0-9]")]
    #[regex(r"\.[0-9]")]
    Number,
    /// `30s`, `1h30m`.
    Duration,
    /// `$0.002`.
    #[regex(r"\$[0-9]")]
    Money,
    /// `v1.2.0`.
    #[regex(r"v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?")]
    Version,
    /// A whole string without interpolation, quotes included.
    #[token("\"")]
    #[token("'")]
    #[token("`")]
    #[token("```")]
    String,
    /// From the opening quote to the first `${`.
    TemplateHead,
    /// From a `}` to the next `${` of the same string.
    TemplateMiddle,
    /// From the last `}` to the closing quote.
    TemplateTail,

    /// `let`
    #[token("let")]
    Let,
    /// `const`
    #[token("const")]
    Const,
    /// `fn`
    #[token("fn")]
    Fn,
    /// `function`
    #[token("function")]
    Function,
    /// `if`
    #[token("if")]
    If,
    /// `else`
    #[token("else")]
    Else,
    /// `for`
    #[token("for")]
    For,
    /// `while`
    #[token("while")]
    While,
    /// `do`
    #[token("do")]
    Do,
    /// `match`
    #[token("match")]
    Match,
    /// `try`
    #[token("try")]
    Try,
    /// `return`
    #[token("return")]
    Return,
    /// `break`
    #[token("break")]
    Break,
    /// `continue`
    #[token("continue")]
    Continue,
    /// `import`
    #[token("import")]
    Import,
    /// `export`
    #[token("export")]
    Export,
    /// `true`
    #[token("true")]
    True,
    /// `false`
    #[token("false")]
    False,
    /// `null`
    #[token("null")]
    Null,

    /// `pattern`
    #[token("pattern")]
    Pattern,
    /// `agent`
    #[token("agent")]
    Agent,
    /// `type`
    #[token("type")]
    Type,
    /// `test`
    #[token("test")]
    Test,
    /// `mock`
    #[token("mock")]
    Mock,
    /// `uncertain`
    #[token("uncertain")]
    Uncertain,
    /// `input`
    #[token("input")]
    Input,
    /// `output`
    #[token("output")]
    Output,
    /// `budget`
    #[token("budget")]
    Budget,
    /// `confidence`
    #[token("confidence")]
    Confidence,
    /// `high`
    #[token("high")]
    High,
    /// `medium`
    #[token("medium")]
    Medium,
    /// `low`
    #[token("low")]
    Low,
    /// `default`
    #[token("default")]
    Default,
    /// `as`
    #[token("as")]
    As,
    /// `in`
    #[token("in")]
    In,
    /// `is`
    #[token("is")]
    Is,
    /// `instanceof`
    #[token("instanceof")]
    Instanceof,
    /// `typeof`
    #[token("typeof")]
    Typeof,
    /// `new`
    #[token("new")]
    New,
    /// `async`
    #[token("async")]
    Async,
    /// `await`
    #[token("await")]
    Await,
    /// `switch`
    #[token("switch")]
    Switch,
    /// `class`
    #[token("class")]
    Class,
    /// `throw`
    #[token("throw")]
    Throw,
    /// `delete`
    #[token("delete")]
    Delete,
    /// `assert`
    #[token("assert")]
    Assert,
    /// `undefined`
    #[token("undefined")]
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

    /// `// …`, `/// …`, `//! …`; kept beside the tokens.
    #[regex(r"//[^\n]*", allow_greedy = true)]
    LineComment,
    /// `/* … */`; kept beside the tokens.
    #[token("/*")]
    BlockComment,
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
