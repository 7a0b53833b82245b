//! Lexical structure, row by row: comments, strings, escapes, numbers, characters, line breaks, and what holds of the
//! tokens of every text.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod characters;
mod comments;
mod escapes;
mod laws;
mod lines;
mod numbers;
mod strings;

use prism_syntax::{diagnostic, lex};

/// The tokens, each as its kind and its text.
fn tokens(text: &str) -> Vec<String> {
    lex(text).iter().map(|(kind, span)| format!("{kind:?} {}", &text[span.range()])).collect()
}

/// The kinds of the tokens of a text that has no mistakes.
fn clean(text: &str) -> Vec<String> {
    assert_eq!(problems(text), Vec::<String>::new(), "{text}");
    lex(text).iter().map(|(kind, _)| format!("{kind:?}")).collect()
}

/// What is wrong, each as the text at which it is shown and what is said.
fn problems(text: &str) -> Vec<String> {
    let say = |error| {
        let diagnostic = diagnostic(error, text);
        format!("{} · {}", text[diagnostic.primary.span.range()].escape_debug(), diagnostic.message)
    };
    lex(text).errors().iter().map(say).collect()
}

/// The text after the fixes of the only mistake, one for each fix.
fn fixed(text: &str) -> Vec<String> {
    let tokens = lex(text);
    let [error] = tokens.errors() else { panic!("{text:?}: {:?}", tokens.errors()) };
    let apply = |fix: &prism_diagnostics::Fix| {
        let mut mended = text.to_owned();
        for edit in fix.edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.replacement);
        }
        mended
    };
    diagnostic(error, text).fixes.iter().map(apply).collect()
}
