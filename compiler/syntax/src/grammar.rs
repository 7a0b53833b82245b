//! The grammar: rules over chumsky's input, one file per part of the language.
//!
//! A rule is a function over the reader. Which rule applies is seen from the next tokens and from the brackets,
//! which are paired before: no rule is tried and taken back, so that time is linear in the length of the file. The
//! first pass runs with an error type of no size and stops at the first mistake; only then a second pass collects
//! facts and goes on after each mistake.

mod assignment;
mod block;
mod choice;
mod collection;
mod control;
mod declaration;
mod expression;
mod failure;
mod lambda;
mod loops;
mod module;
mod operator;
mod pipe;
mod postfix;
mod recovery;
mod refused;
mod section;
mod statement;
mod support;
mod switch;
mod target;
mod template;
mod test;
mod types;

use chumsky::prelude::*;

use crate::Token;
use crate::ast::Item;
pub(crate) use failure::{Failure, Problem};
use support::Extra;

/// A whole file.
pub(crate) fn module<'s, E: Problem<'s>>() -> impl Parser<'s, &'s [Token], Vec<Item>, Extra<'s, E>> {
    custom(declaration::items).then_ignore(end())
}
