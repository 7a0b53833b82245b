//! Facts in words.

mod foreign;
mod lexical;
mod otherwise;

use prism_catalog::{DiagnosticCode, DiagnosticLevel};
use prism_diagnostics::{Applicability, Diagnostic, Level, Span};

use crate::{Construct, DEPTH_LIMIT, ERROR_LIMIT, Expected, Kind, LENGTH_LIMIT, SyntaxError, TOKEN_LIMIT};

/// Puts a syntax error into words. `text` is the text that was parsed.
pub fn diagnostic(error: &SyntaxError, text: &str) -> Diagnostic {
    let words = Words { text };
    match error {
        SyntaxError::FileTooLarge { length } => new(
            DiagnosticCode::FileTooLarge,
            error.span(),
            format!("the file holds {length} bytes, and at most {LENGTH_LIMIT} are taken"),
        )
        .with_help("split the file"),
        SyntaxError::TooManyTokens { span } => new(
            DiagnosticCode::FileTooLarge,
            *span,
            format!("the file holds more than {TOKEN_LIMIT} words, numbers and signs"),
        )
        .with_help("split the file; large data is better given to a pattern as its input"),
        SyntaxError::UnexpectedCharacter { span, character } => words.unexpected_character(*span, *character),
        SyntaxError::DirectionControl { span, character } => new(
            DiagnosticCode::UnexpectedCharacter,
            *span,
            format!(
                "an invisible character (U+{:04X}) that changes the direction of text",
                u32::from(*character)
            ),
        )
        .with_help("it can make code look like something that it is not; in a string write it as `\\u{…}`")
        .with_fix("remove the character", *span, "", Applicability::MaybeIncorrect),
        SyntaxError::SmartQuotes { span, open } => words.smart_quotes(*span, *open),
        SyntaxError::UnterminatedString { open } => {
            let quote = words.slice(*open);
            new(DiagnosticCode::UnterminatedString, *open, "this string is not closed")
                .with_label("it begins here")
                .with_help(if matches!(quote, "`" | "```") {
                    format!("close it with {}", code(quote))
                } else {
                    format!("close it with `{quote}` on the same line, or use backticks for several lines")
                })
        }
        SyntaxError::UnclosedInterpolation { open } => {
            new(DiagnosticCode::UnclosedBracket, *open, "this `${` is not closed before its string ends")
                .with_label("it opens here")
                .with_help("close it with `}`; a dollar before a brace that is only text is written `\\$`")
        }
        SyntaxError::UnterminatedComment { open } => {
            new(DiagnosticCode::UnterminatedComment, *open, "this comment is not closed")
                .with_label("it begins here")
                .with_help("close it with `*/`; comments do not nest")
        }
        SyntaxError::UnknownEscape { span, character } => words.unknown_escape(*span, *character),
        SyntaxError::InvalidUnicodeEscape { span } => words.invalid_unicode_escape(*span),
        SyntaxError::MalformedNumber { span, problem } => words.malformed_number(*span, *problem),
        SyntaxError::Unexpected { expected, found, span, previous, line_break } => {
            let after = previous.filter(|_| *line_break);
            let foreign = if *line_break { None } else { words.foreign(expected, *found, *span, *previous) };
            foreign.or_else(|| words.unexpected(expected, *found, *span, after)).unwrap_or_else(|| {
                new(
                    DiagnosticCode::UnexpectedToken,
                    error.span(),
                    words.expectation(expected, *found, *span, after),
                )
            })
        }
        SyntaxError::MissingComma { at, next } => words.missing_comma(*at, *next),
        SyntaxError::UnclosedBracket { open, kind, end, located: true } => {
            let closing = kind.closing().spelling();
            new(DiagnosticCode::UnclosedBracket, *end, format!("expected {closing} here"))
                .with_related(*open, format!("this {} is not closed", kind.spelling()))
        }
        SyntaxError::UnclosedBracket { open, kind, end, located: false } => {
            let closing = kind.closing().spelling();
            new(DiagnosticCode::UnclosedBracket, *open, format!("this {} is not closed", kind.spelling()))
                .with_label("it opens here")
                .with_related(*end, format!("expected {closing} here at the latest"))
        }
        SyntaxError::UnmatchedBracket { span, open: Some(open), .. } => {
            let wanted = if words.slice(*open) == "(" { ")" } else { "]" };
            let text = format!("{} does not close {}", code(words.slice(*span)), code(words.slice(*open)));
            new(DiagnosticCode::UnmatchedBracket, *span, text).with_related(*open, "opened here").with_fix(
                format!("write `{wanted}`"),
                *span,
                wanted,
                Applicability::MaybeIncorrect,
            )
        }
        SyntaxError::UnmatchedBracket { span, kind, open: None } => {
            // Of the rest of a string only the brace is meant.
            let string = matches!(kind, Kind::TemplateMiddle | Kind::TemplateTail);
            let span = if string { Span::new(span.start, span.start + 1) } else { *span };
            let text = format!("{} closes nothing", code(words.slice(span)));
            let opening = match kind {
                Kind::RightParenthesis => "(",
                Kind::RightBracket => "[",
                _ => "{",
            };
            new(DiagnosticCode::UnmatchedBracket, span, text)
                .with_help(format!("remove it, or add the `{opening}` that it belongs to"))
                .with_fix("remove it", span, "", Applicability::MaybeIncorrect)
        }
        SyntaxError::TooDeep { span } => {
            new(DiagnosticCode::TooDeep, *span, format!("code is nested more than {DEPTH_LIMIT} deep here"))
                .with_help(
                    "give parts of it names with `let`, or move them into functions; long chains count too",
                )
        }
        SyntaxError::NotSupported { construct, span } => not_supported(*construct, *span),
        SyntaxError::ChainedComparison { first, second } => new(
            DiagnosticCode::ChainedComparison,
            *second,
            format!(
                "{} cannot follow {}: comparisons do not chain",
                code(words.slice(*second)),
                code(words.slice(*first))
            ),
        )
        .with_related(*first, "the first comparison")
        .with_help("join two comparisons with `&&`: `a < b && b < c`"),
        SyntaxError::NeedsParentheses { first, second } => new(
            DiagnosticCode::UnexpectedToken,
            *second,
            format!(
                "{} cannot follow {} without parentheses",
                code(words.slice(*second)),
                code(words.slice(*first))
            ),
        )
        .with_related(*first, "the first operator")
        .with_help(format!(
            "put parentheses around the operand that belongs to {}",
            code(words.slice(*first))
        )),
        SyntaxError::AmbiguousPower { prefix, power } => {
            let (sign, power_text) = (words.slice(*prefix), words.slice(*power));
            let base = power_text.split("**").next().unwrap_or_default().trim_end();
            let rest = power_text.get(base.len()..).unwrap_or_default();
            let whole = prefix.to(*power);
            // A word keeps its distance: `await x`.
            let space = if sign.ends_with(char::is_alphabetic) { " " } else { "" };
            new(
                DiagnosticCode::AmbiguousPower,
                whole,
                format!("`{sign}` before the left operand of `**` needs parentheses"),
            )
            .with_help(format!("write `{sign}{space}(a ** b)` or `({sign}{space}a) ** b`"))
            .with_fix(
                format!("apply `{sign}` to the power"),
                *power,
                format!("({power_text})"),
                Applicability::MaybeIncorrect,
            )
            .with_fix(
                format!("apply `{sign}` to the base"),
                whole,
                format!("({sign}{space}{base}){rest}"),
                Applicability::MaybeIncorrect,
            )
        }
        SyntaxError::MisplacedSection { span, first } => words.misplaced_section(*span, *first),
        SyntaxError::AssignmentInCondition { span } => new(
            DiagnosticCode::UnexpectedToken,
            *span,
            "`=` cannot stand in an expression: a comparison is written `==`",
        )
        .with_fix("compare with `==`", *span, "==", Applicability::Safe),
        SyntaxError::InvalidPlace { span } => new(
            DiagnosticCode::InvalidPlace,
            *span,
            format!("{} cannot be assigned to", code(words.brief(*span))),
        )
        .with_help("a value is assigned to a variable, or to a part of one: `x = 1`, `o.a = 1`, `xs[0] = 1`"),
        SyntaxError::ForeignWord { span, instead } => new(
            DiagnosticCode::UnexpectedToken,
            *span,
            format!("{} is not a word of Prism", code(words.slice(*span))),
        )
        .with_fix(format!("write `{instead}`"), *span, *instead, Applicability::Safe),
        SyntaxError::ColonBeforeResult { span } => new(
            DiagnosticCode::UnexpectedToken,
            *span,
            "the type of a result comes after `->`",
        )
        .with_fix("write `->`", *span, " ->", Applicability::Safe),
        SyntaxError::BreakInCase { span } => {
            new(DiagnosticCode::UnexpectedToken, *span, "a `break` in the middle of a case")
                .with_help("an arm of a `match` is not left early: put the rest of the case into `else`")
        }
        SyntaxError::LambdaArrow { span } => new(
            DiagnosticCode::UnexpectedToken,
            *span,
            "a lambda is written with `=>`",
        )
        .with_fix("write `=>`", *span, "=>", Applicability::Safe),
        SyntaxError::TypeArrow { span } => {
            new(DiagnosticCode::UnexpectedToken, *span, "the type of a function is written with `->`")
                .with_fix("write `->`", *span, "->", Applicability::Safe)
        }
        SyntaxError::StrayCommentEnd { span } => {
            new(DiagnosticCode::UnexpectedToken, *span, "`*/` closes no comment")
                .with_help("comments do not nest: the first `*/` closes a comment")
        }
        SyntaxError::LeadingWordOperator { span } => new(
            DiagnosticCode::UnexpectedToken,
            *span,
            format!("a line that begins with {} is a new statement", code(words.slice(*span))),
        )
        .with_help("write the operator at the end of the line before"),
        SyntaxError::ChainedAssignment { span } => new(
            DiagnosticCode::UnexpectedToken,
            *span,
            "an assignment has no value that could be assigned again",
        )
        .with_help("write two statements, or `==` for a comparison"),
        SyntaxError::Switch { word, span, subject, cases } => words.switch(*word, *span, *subject, cases),
        SyntaxError::FallsThrough { span } => {
            new(DiagnosticCode::UnexpectedToken, *span, "this case goes on into the next one").with_help(
                "end it with `break`; labels that share their statements stand together: `case 1: case 2: …`",
            )
        }
        SyntaxError::UncertainWithoutBands { word, keyword } => new(
            DiagnosticCode::UncertainWithoutBands,
            error.span(),
            "`uncertain if` without bands is read as a plain `if`",
        )
        .with_help("name the bands: `uncertain if x { high { … } medium { … } low { … } }`")
        .with_fix("write `if`", Span::new(word.start, keyword.start), "", Applicability::Safe),
        SyntaxError::OldForm { span } => words.old_form(*span),
        SyntaxError::MisplacedDeclaration { span } => new(
            DiagnosticCode::MisplacedDeclaration,
            *span,
            format!(
                "{} stands at the top level of a file, not inside of something",
                code(words.slice(*span))
            ),
        )
        .with_help("move it out of the braces"),
        SyntaxError::MockOutsideTest { span } => {
            new(DiagnosticCode::MisplacedDeclaration, *span, "`mock` stands only in a test")
                .with_help("write a test around it: `test \"…\" { mock … }`")
        }
        SyntaxError::StatementAsValue { span } => {
            let word = words.slice(*span);
            new(DiagnosticCode::UnexpectedToken, *span, format!("`{word}` is a statement and has no value"))
                .with_help(if word == "try" {
                    "set a variable inside of it, or put it into a function"
                } else {
                    "`xs.map(x => …)` makes a list out of a list"
                })
        }
        SyntaxError::MalformedVersion { span } => {
            let version = words.slice(*span);
            let missing = 2_usize.saturating_sub(version.matches('.').count());
            let whole = format!("{version}{}", ".0".repeat(missing));
            new(DiagnosticCode::MalformedNumber, *span, format!("`{version}` is not a whole version"))
                .with_help("a version has three numbers: `v1.0.0`")
                .with_fix(format!("write `{whole}`"), *span, whole, Applicability::Safe)
        }
        SyntaxError::TooManyProblems { span, hidden } => new(
            DiagnosticCode::TooManyProblems,
            *span,
            format!("{hidden} more mistakes are not shown: at most {ERROR_LIMIT} are reported for one file"),
        ),
    }
}

fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Diagnostic {
    let level = match code.level() {
        DiagnosticLevel::Error => Level::Error,
        DiagnosticLevel::Warning => Level::Warning,
        DiagnosticLevel::Hint => Level::Hint,
    };
    Diagnostic::new(code.code(), code.slug(), level, message, span)
}

/// Text as code; what holds backticks itself gets longer ones.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn not_supported(construct: Construct, span: Span) -> Diagnostic {
    new(DiagnosticCode::NotSupported, span, format!("{} not part of Prism", construct.name()))
        .with_help(construct.alternative())
}

struct Words<'s> {
    text: &'s str,
}

impl<'s> Words<'s> {
    fn slice(&self, span: Span) -> &'s str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The text of a token, cut where it is long or has several lines.
    fn brief(&self, span: Span) -> &'s str {
        const LONGEST: usize = 24;
        let line = self.slice(span).lines().next().unwrap_or_default();
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => line.get(..end).unwrap_or_default(),
            None => line,
        }
    }

    /// What stands at a place, for "found …".
    fn found(&self, kind: Kind, span: Span) -> String {
        let text = self.brief(span);
        let cut = if text.len() < self.slice(span).len() { "…" } else { "" };
        match kind {
            Kind::End => "the end of the file".to_owned(),
            Kind::TemplateMiddle | Kind::TemplateTail => "the `}` that ends `${`".to_owned(),
            Kind::String | Kind::TemplateHead => format!("the string {}", code(&format!("{text}{cut}"))),
            _ if kind.is_reserved() => format!("the keyword `{text}`"),
            _ => code(&format!("{text}{cut}")),
        }
    }

    fn expectation(
        &self,
        expected: &[Expected],
        found: Kind,
        span: Span,
        after: Option<(Kind, Span)>,
    ) -> String {
        let mut names: Vec<&str> = expected.iter().map(|expected| expected_name(*expected)).collect();
        names.dedup();
        let wanted = match names.as_slice() {
            [] => "something else".to_owned(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        };
        match after {
            Some((_, previous)) => format!("expected {wanted} after {}", code(self.brief(previous))),
            None => format!("expected {wanted}, found {}", self.found(found, span)),
        }
    }

    /// Mistakes of which more is known than what was expected.
    fn unexpected(
        &self,
        expected: &[Expected],
        found: Kind,
        span: Span,
        after: Option<(Kind, Span)>,
    ) -> Option<Diagnostic> {
        let first = expected.first()?;
        let base = |help: &str| {
            let place = after.map_or(span, |(_, previous)| previous);
            new(DiagnosticCode::UnexpectedToken, place, self.expectation(expected, found, span, after))
                .with_help(help)
        };
        Some(match first {
            Expected::Name | Expected::Parameter if found.is_reserved() && after.is_none() => {
                let word = self.slice(span);
                new(
                    DiagnosticCode::UnexpectedToken,
                    span,
                    format!("`{word}` is a keyword and cannot be a name"),
                )
                .with_help("choose another name")
                .with_fix(
                    format!("write `{word}_`"),
                    span,
                    format!("{word}_"),
                    Applicability::MaybeIncorrect,
                )
            }
            Expected::EndOfStatement if found == Kind::Assign => base("a comparison is written `==`"),
            Expected::EndOfStatement if self.slice(span).starts_with('.') && found == Kind::Number => {
                base("an item of a list is `xs[0]`")
            }
            Expected::Entry => {
                base("these braces make a record, `{ key: value }`; a block with a value is `do { … }`")
            }
            Expected::Expression | Expected::Item if found == Kind::Else && after.is_none() => {
                new(DiagnosticCode::UnexpectedToken, span, "this `else` belongs to no `if`")
            }
            Expected::Token(Kind::Assign) if found == Kind::Minus => {
                base("names have no dashes: write `max_size` for `max-size`")
            }
            Expected::Token(Kind::Assign) if found == Kind::FatArrow => {
                base("several parameters of a lambda stand in parentheses: `(a, b) => …`")
            }
            Expected::EndOfStatement if found == Kind::Colon => {
                base("these braces make a block; a record that it ends with has braces of its own")
            }
            Expected::EndOfStatement if self.slice(span) == "not" => {
                base("write `!` before the whole: `!(x in xs)`")
            }
            Expected::EndOfStatement if found == Kind::Arrow => base("a lambda is written `x => …`"),
            Expected::EndOfStatement if found == Kind::Bitwise => {
                base("types are joined with `|` alone: write out the fields of both in one record")
            }
            Expected::EndOfStatement if found == Kind::Comma => {
                base("what stands between the braces of a block are statements; line breaks separate them")
            }
            Expected::Separator if found == Kind::LeftBrace => {
                base("a method of a contract has no body: an agent answers it")
            }
            Expected::Separator
                if found.is_word()
                    && matches!(self.slice(span), "min" | "max" | "max_length" | "matches") =>
            {
                base("constraints stand before the default")
            }
            Expected::EndOfStatement => base("statements are separated by line breaks or `;`"),
            Expected::Band => base("the bands of `uncertain if` are `high`, `medium`, `low` and `default`"),
            Expected::Field => base("a field is written `name: type`"),
            Expected::AgentEntry => base(
                "an agent contract holds keys, `timeout: 20s`, and methods, `fn ask(text: string) -> ~string`",
            ),
            Expected::MatchPattern => base("an arm of a `match` is written `pattern => value`"),
            Expected::ImportList | Expected::From | Expected::ModulePath => {
                base("an import is written `import { name } from \"./file\"`")
            }
            Expected::Export => base(
                "what can be exported is a declaration, `export { a, b }`, `export * from \"…\"` or `export default …`",
            ),
            Expected::LoopHead => {
                base("loops are written `for x in xs { … }` or `for (let i = 0; i < n; i++) { … }`")
            }
            Expected::MockBehaviour => {
                base("a mock is written `mock Contract \"name\" replies [\"bug\" ~> 0.9]`")
            }
            Expected::Limit => base("a budget holds limits: `budget { calls: 8, cost: $0.05, time: 2m }`"),
            Expected::PatternName => {
                base("a pattern is named with a word, words with dashes between them, or a string")
            }
            Expected::Block if found == Kind::Colon => base("blocks stand in braces: `{ … }`"),
            Expected::Expression if found == Kind::Dot => {
                base("a field of every item is `.name` only as an argument or the value of a record")
            }
            Expected::Token(Kind::Arrow) => {
                base("a method says what the agent answers: `fn ask(text: string) -> ~string`")
            }
            _ => return None,
        })
    }

    fn missing_comma(&self, at: Span, next: Span) -> Diagnostic {
        if let Some(diagnostic) = self.word_operator(next) {
            return diagnostic;
        }
        let diagnostic = new(
            DiagnosticCode::UnexpectedToken,
            next,
            format!("expected `,` before {}", code(self.brief(next))),
        );
        if matches!(self.slice(next), "for" | "if") {
            return diagnostic
                .with_help("a list is built from another one with `xs.filter(x => …).map(x => …)`");
        }
        diagnostic
            .with_help("elements of lists, records, parameters and arguments have commas between them")
            .with_fix("insert a comma", at, ",", Applicability::Safe)
    }

    fn misplaced_section(&self, span: Span, first: Option<Span>) -> Diagnostic {
        let word = self.slice(span);
        match first {
            Some(first) => new(
                DiagnosticCode::MisplacedSection,
                span,
                format!("the pattern has an `{word}` section already")
                    .replace("an `budget", "a `budget")
                    .replace("an `confidence", "a `confidence"),
            )
            .with_related(first, "the first one")
            .with_help("merge the two"),
            None => new(
                DiagnosticCode::MisplacedSection,
                span,
                format!("the section `{word}` stands after the first statement"),
            )
            .with_help("sections come first in a pattern: move it to the top"),
        }
    }
}

fn expected_name(expected: Expected) -> &'static str {
    match expected {
        Expected::Token(kind) => kind.spelling(),
        Expected::Expression => "an expression",
        Expected::Statement => "a statement",
        Expected::Item => "a declaration",
        Expected::Type => "a type",
        Expected::Name => "a name",
        Expected::Key => "a key",
        Expected::Entry => "`:` and a value",
        Expected::Field => "a field",
        Expected::Parameter => "a parameter",
        Expected::AgentEntry => "a key or a method",
        Expected::Band => "`high`, `medium`, `low` or `default`",
        Expected::Block => "a block",
        Expected::EndOfStatement => "the end of the statement",
        Expected::Separator => "a line break or `,`",
        Expected::Limit => "a limit",
        Expected::PatternName => "the name of the pattern",
        Expected::Number => "a number",
        Expected::MatchPattern => "a value, a name or `_`",
        Expected::ImportList => "`{`, `*` or a name",
        Expected::From => "`from`",
        Expected::ModulePath => "the path of a module in quotes",
        Expected::Export => "a declaration or `{`",
        Expected::LoopHead => "the head of a loop",
        Expected::MockBehaviour => "`replies`, `fails` or `answers`",
        Expected::Lambda => "a lambda",
        Expected::TestName => "the name of the test in quotes",
        Expected::InOrOf => "`in` or `of`",
    }
}
