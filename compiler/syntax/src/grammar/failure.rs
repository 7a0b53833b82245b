use chumsky::DefaultExpected;
use chumsky::error::{EmptyErr, Error, LabelError};
use chumsky::span::SimpleSpan;
use chumsky::util::MaybeRef;

use crate::{Expected, Token};

type Source<'s> = &'s [Token];

/// An error type of the grammar.
pub(crate) trait Problem<'s>: Error<'s, Source<'s>> {
    /// Whether the grammar goes on after a mistake.
    const RECOVERS: bool;

    /// Something else was expected at a token.
    fn expected(at: usize, what: Expected) -> Self;

    /// A mistake at a token that has been reported already.
    fn reported(at: usize) -> Self;

    /// The facts.
    fn failure(self) -> Failure;
}

impl<'s> Problem<'s> for EmptyErr {
    const RECOVERS: bool = false;

    #[inline(always)]
    fn expected(_: usize, _: Expected) -> Self {
        Self::default()
    }

    #[inline(always)]
    fn reported(_: usize) -> Self {
        Self::default()
    }

    fn failure(self) -> Failure {
        Failure::reported(0)
    }
}

/// The furthest mistake of a rule: where, and what could have stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) at: usize,
    pub(crate) expected: [Option<Expected>; 3],
}

impl Failure {
    /// Adds what is not yet there, in the order in which it comes.
    fn add(mut self, what: Expected) -> Self {
        if !self.expected.contains(&Some(what))
            && let Some(free) = self.expected.iter_mut().find(|slot| slot.is_none())
        {
            *free = Some(what);
        }
        self
    }
}

impl<'s> Problem<'s> for Failure {
    const RECOVERS: bool = true;

    fn expected(at: usize, what: Expected) -> Self {
        Self { at, expected: [Some(what), None, None] }
    }

    fn reported(at: usize) -> Self {
        Self { at, expected: [None; 3] }
    }

    fn failure(self) -> Failure {
        self
    }
}

impl<'s> Error<'s, Source<'s>> for Failure {
    fn merge(self, other: Self) -> Self {
        match self.at.cmp(&other.at) {
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Equal => other.expected.into_iter().flatten().fold(self, Self::add),
        }
    }
}

impl<'s> LabelError<'s, Source<'s>, DefaultExpected<'s, Token>> for Failure {
    fn expected_found<I: IntoIterator<Item = DefaultExpected<'s, Token>>>(
        expected: I,
        _: Option<MaybeRef<'s, Token>>,
        span: SimpleSpan<usize>,
    ) -> Self {
        let token = expected.into_iter().find_map(|expected| match expected {
            DefaultExpected::Token(token) => Some(Expected::Token(token.kind)),
            DefaultExpected::EndOfInput => Some(Expected::Item),
            _ => None,
        });
        Self { at: span.start, expected: [token, None, None] }
    }
}
