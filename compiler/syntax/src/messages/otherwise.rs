//! Forms that are read, and better written otherwise.

use prism_catalog::DiagnosticCode;
use prism_diagnostics::{Applicability, Diagnostic, Span};

use super::{Words, new};
use crate::{Kind, SwitchCase};

impl Words<'_> {
    pub(super) fn old_form(&self, span: Span) -> Diagnostic {
        let words = self.slice(span);
        let (message, help) = match words {
            "steps" => ("`steps` only groups statements", "write the statements without it"),
            "agents" => ("`agents` only groups contracts", "declare each contract with `agent Name { … }`"),
            _ => ("`in context` only groups statements", "write the statements without it"),
        };
        new(DiagnosticCode::OldForm, span, message).with_help(help)
    }

    pub(super) fn switch(&self, word: Span, span: Span, subject: Span, cases: &[SwitchCase]) -> Diagnostic {
        let diagnostic = new(DiagnosticCode::SwitchStatement, word, "`switch` is read as a `match`")
            .with_help("an arm is written `value => …`, and never goes on into the next one");
        if cases.is_empty() {
            return diagnostic.with_fix("write `match`", word, "match", Applicability::Safe);
        }
        // In a pattern a name is a variable, and no value to be equal to.
        let literals =
            |case: &SwitchCase| case.values.iter().flatten().all(|span| literal(self.slice(*span)));
        if !cases.iter().all(literals) {
            return diagnostic;
        }
        // What a `break` leaves must be thought about.
        if cases.iter().any(|case| case.body.is_some_and(|span| self.slice(span).contains("break"))) {
            return diagnostic;
        }
        let indentation: String = {
            let before = self.text.get(..word.start as usize).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.chars().take_while(|character| character.is_whitespace()).collect()
        };
        let mut text = format!("match {} {{\n", self.slice(subject));
        // A `default` takes what no other case takes, wherever it stands; `_` takes all that comes to it.
        let default = |case: &&SwitchCase| case.values.iter().any(Option::is_none);
        let others = cases.iter().filter(|case| !default(case));
        for case in others.chain(cases.iter().filter(default)) {
            let values: Vec<&str> =
                case.values.iter().map(|value| value.map_or("_", |span| self.slice(span))).collect();
            let pattern = if values.contains(&"_") { "_".to_owned() } else { values.join(" | ") };
            let body =
                case.body.map_or_else(|| "{}".to_owned(), |span| format!("{{ {} }}", self.slice(span)));
            text.push_str(&format!("{indentation}  {pattern} => {body}\n"));
        }
        text.push_str(&indentation);
        text.push('}');
        diagnostic.with_fix("write a `match`", span, text, Applicability::MaybeIncorrect)
    }
}

/// Whether a value after `case` is one that a pattern holds as well.
fn literal(text: &str) -> bool {
    let tokens = crate::lex(text);
    let sign = usize::from(tokens.kind(0) == Kind::Minus);
    let number = tokens.kind(sign) == Kind::Number;
    let other = matches!(
        tokens.kind(0),
        Kind::String | Kind::Duration | Kind::Money | Kind::True | Kind::False | Kind::Null | Kind::Undefined
    );
    (number && tokens.len() == sign + 1) || (other && tokens.len() == 1)
}
