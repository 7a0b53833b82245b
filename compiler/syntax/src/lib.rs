//! Tokens, grammar and syntax tree of the Prism language.
//!
//! [`parse`] makes a tree of any text, and lists what is wrong with it as facts; [`diagnostic`] puts a fact into
//! words; [`format()`] lays a text out. Nothing here reads files.

pub mod ast;
mod bracket;
mod builder;
mod cascade;
mod construct;
mod error;
mod format;
pub mod front_matter;
mod grammar;
mod kind;
mod lexer;
mod literal;
mod messages;
mod parse;
mod token;

pub use construct::Construct;
pub use error::{Expected, NumberProblem, SwitchCase, SyntaxError};
pub use format::{FormatError, LINE_WIDTH, format, format_with};
pub use front_matter::{FrontMatter, front_matter};
pub use kind::Kind;
pub use lexer::lex;
pub use messages::diagnostic;
pub use parse::{DEPTH_LIMIT, ERROR_LIMIT, LENGTH_LIMIT, Parse, TOKEN_LIMIT, parse, parse_tokens};
pub use token::{Comment, CommentKind, Token, Tokens};
