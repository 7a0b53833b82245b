//! What people write who come from other languages, and how it is written in Prism.

use prism_catalog::DiagnosticCode;
use prism_diagnostics::{Applicability, Diagnostic, Span};

use super::{Words, code, new};
use crate::{Expected, Kind};

impl Words<'_> {
    /// A word or sign of another language: one that stands at a place where something else was expected, or one
    /// behind which the statement was expected to end.
    pub(super) fn foreign(
        &self,
        expected: &[Expected],
        found: Kind,
        span: Span,
        previous: Option<(Kind, Span)>,
    ) -> Option<Diagnostic> {
        if found.is_word()
            && let Some(diagnostic) = self.word_operator(span)
        {
            return Some(diagnostic);
        }
        let first = *expected.first()?;
        let (kind, word) = previous?;
        if matches!(first, Expected::EndOfStatement | Expected::Block)
            && let Some(diagnostic) = self.word_before(word, found, span)
        {
            return Some(diagnostic);
        }
        self.sign(first, expected, found, span, (kind, word))
    }

    /// `and` and `or` between operands.
    pub(super) fn word_operator(&self, span: Span) -> Option<Diagnostic> {
        let (word, operator) = match self.slice(span) {
            "and" | "AND" => ("and", "&&"),
            "or" | "OR" => ("or", "||"),
            _ => return None,
        };
        Some(replaced(span, format!("`{word}` is written `{operator}`"), operator))
    }

    /// A word that is a keyword elsewhere, with what stands behind it.
    fn word_before(&self, word: Span, found: Kind, span: Span) -> Option<Diagnostic> {
        let name = found.is_name();
        let touches = word.end == span.start;
        Some(match self.slice(word) {
            "input" | "output" | "budget" if found == Kind::Colon => say(span, "a section has no `:`")
                .with_help(format!(
                    "write `{}`",
                    match self.slice(word) {
                        "input" => "input { name: type }",
                        "budget" => "budget { calls: 8 }",
                        _ => "output string` or `output { name: type }",
                    }
                )),
            "elif" | "elsif" | "elseif" | "elsei" => {
                replaced(word, format!("`{}` is written `else if`", self.slice(word)), "else if")
            }
            // `x is not T` is another mistake.
            "not" if !self.before(word).ends_with("is") => replaced(word, "`not` is written `!`", "!"),
            "def" | "func" | "fun" | "fnc" | "sub" if name => {
                replaced(word, format!("functions begin with `fn`, not with `{}`", self.slice(word)), "fn")
            }
            "int" | "integer" | "number" | "float" | "double" | "string" | "str" | "bool" | "boolean"
                if name =>
            {
                say(word, "a variable begins with `let`, and its type stands behind its name")
                    .with_help("write `let name: type = value`, or leave the type out")
            }
            "lambda" if name || found == Kind::Colon => {
                say(word, "a lambda is written with `=>`").with_help("write `x => …`, or `(a, b) => …`")
            }
            "print" | "echo" | "puts" if name || found.starts_string() || found == Kind::Number => {
                say(word, format!("`{}` is no statement", self.slice(word)))
                    .with_help("write a value to the log with `print(x)`")
            }
            "from" if name || found.starts_string() => say(word, "an import does not begin with `from`")
                .with_help("an import is written `import { name } from \"./file\"`"),
            "struct" | "interface" | "enum" | "record" if name => {
                say(word, format!("there is no `{}`: types are declared with `type`", self.slice(word)))
                    .with_help("write `type T = { a: string }`, or `type T = \"a\" | \"b\"`")
            }
            "pattern" if found == Kind::Version => say(span, "the name of the pattern is missing")
                .with_help("a pattern begins like `pattern triage v1.0.0 {`"),
            section @ ("input" | "output" | "budget") if name => {
                say(span, format!("the section `{section}` stands in braces"))
                    .with_help(format!("write `{section} {{ name: … }}`"))
            }
            "raise" if found.starts_string() || name => {
                say(word, "`raise` is no statement").with_help("a pattern fails with `fail(\"why\")`")
            }
            prefix if touches && found.starts_string() && prefix.len() <= 2 => {
                replaced(word, format!("strings have no prefix such as {}", code(prefix)), "")
                    .with_help("`${…}` puts a value into a string in double quotes or backticks")
            }
            _ => return None,
        })
    }

    /// The text before a place, without the white space at its end.
    fn before(&self, span: Span) -> &str {
        self.text.get(..span.start as usize).unwrap_or_default().trim_end()
    }

    /// The text behind a place.
    fn after(&self, span: Span) -> &str {
        self.text.get(span.end as usize..).unwrap_or_default()
    }

    /// A sign that stands for another one.
    fn sign(
        &self,
        first: Expected,
        expected: &[Expected],
        found: Kind,
        span: Span,
        previous: (Kind, Span),
    ) -> Option<Diagnostic> {
        let wants = |kind| expected.contains(&Expected::Token(kind));
        let call = previous.0 == Kind::RightParenthesis;
        Some(match (first, found) {
            (Expected::EndOfStatement | Expected::Token(Kind::FatArrow), Kind::Arrow) => {
                replaced(span, "expected `=>`, found `->`", "=>")
                    .with_help("lambdas and the arms of a `match` are written with `=>`")
            }
            (Expected::Token(Kind::FatArrow), Kind::Colon) => {
                replaced(span, "expected `=>`, found `:`", " =>")
                    .with_help("an arm of a `match` is written `pattern => value`")
            }
            (Expected::EndOfStatement, Kind::LeftBrace) if call => {
                say(span, "expected the end of the statement, found `{`")
                    .with_help("between the parameters of a lambda and its body stands `=>`")
                    .with_fix("insert `=>`", Span::at(span.start), "=> ", Applicability::MaybeIncorrect)
            }
            (Expected::EndOfStatement, Kind::Colon) if self.after(span).starts_with('=') => {
                let span = Span::new(span.start, span.end + 1);
                replaced(span, "a variable gets its value with `=`, not with `:=`", "=")
            }
            (Expected::EndOfStatement, Kind::Comma) => {
                say(span, "expected the end of the statement, found `,`")
                    .with_help("several values together are a list, `[a, b]`, or a record, `{ a, b }`")
            }
            (Expected::EndOfStatement, Kind::If) => {
                say(span, "expected the end of the statement, found `if`").with_help(
                    "a choice between two values is written `c ? a : b`, or `if c { a } else { b }`",
                )
            }
            (_, Kind::Semicolon) if wants(Kind::Comma) && !wants(Kind::RightParenthesis) => {
                replaced(span, "expected `,`, found `;`", ",")
            }
            (_, Kind::Assign) if wants(Kind::Comma) && wants(Kind::RightBrace) => {
                replaced(span, "the value of a key stands behind `:`, not behind `=`", ":")
            }
            (Expected::Token(Kind::Colon), Kind::Assign) => replaced(span, "expected `:`, found `=`", ":"),
            (Expected::Type, Kind::Assign) if previous.0 == Kind::Colon && previous.1.end == span.start => {
                replaced(previous.1.to(span), "a variable gets its value with `=`, not with `:=`", "=")
            }
            (Expected::Token(Kind::Colon | Kind::Assign), _) if found.is_word() && previous.0.is_word() => {
                let (name, word) = (self.slice(previous.1), self.slice(span));
                say(span, format!("expected {}, found `{word}`", expected_sign(first)))
                    .with_help(format!("between a name and its type stands `:`, as in `{name}: {word}`"))
                    .with_fix("insert `:`", Span::at(previous.1.end), ":", Applicability::MaybeIncorrect)
            }
            (Expected::Token(Kind::Colon), Kind::LeftParenthesis) if previous.0.is_word() => {
                say(span, "expected `:`, found `(`")
                    .with_help("a method of an agent contract begins with `fn`")
            }
            (Expected::Token(Kind::Arrow), Kind::Colon) => {
                replaced(span, "the type of an answer stands behind `->`, not behind `:`", " ->")
            }
            (Expected::Block, Kind::FatArrow | Kind::Assign) => {
                say(span, format!("expected a block, found {}", code(self.slice(span))))
                    .with_help("the body of a function stands in braces: `fn f(x) { … }`")
            }
            (Expected::Token(Kind::LeftBrace), Kind::Name) if previous.0 == Kind::Comma => {
                say(span, format!("expected `{{`, found {}", code(self.slice(span))))
                    .with_help("an import is written `import { a, b } from \"./file\"`")
            }
            _ => return None,
        })
    }
}

fn expected_sign(expected: Expected) -> &'static str {
    if expected == Expected::Token(Kind::Assign) { "`=`" } else { "`:`" }
}

fn say(span: Span, message: impl Into<String>) -> Diagnostic {
    new(DiagnosticCode::UnexpectedToken, span, message)
}

/// A message about what is written otherwise, with the fix.
fn replaced(span: Span, message: impl Into<String>, replacement: &str) -> Diagnostic {
    let title = match replacement.trim() {
        "" => "remove it".to_owned(),
        replacement => format!("write `{replacement}`"),
    };
    say(span, message).with_fix(title, span, replacement, Applicability::MaybeIncorrect)
}
