//! Tokens, grammar and syntax tree of the Prism language.

pub mod ast;
