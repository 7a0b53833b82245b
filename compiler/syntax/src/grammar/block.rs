use super::Problem;
use super::recovery::lines;
use super::statement::statement;
use super::support::{Reader, deeper, failed, kind, position, take, within};
use crate::ast::{Block, StatementId, StatementKind};
use crate::builder::{Builder, Mode};
use crate::{Expected, Kind};
use prism_diagnostics::Span;

/// `{ … }` with statements.
pub(super) fn block<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Block, E> {
    deeper(input, |input| Ok(block_with(input, |_| Ok(()))?.1))
}

/// `{ … }` with something before its statements.
pub(super) fn block_with<'s, 'p, E: Problem<'s>, T>(
    input: &mut Reader<'s, 'p, E>,
    head: impl FnOnce(&mut Reader<'s, 'p, E>) -> Result<T, E>,
) -> Result<(T, Block), E> {
    let start = position(input);
    if kind(input) != Kind::LeftBrace {
        return Err(failed(input, Expected::Block));
    }
    let Some(end) = input.state().mate(start) else { return Err(failed(input, Expected::Block)) };
    take(input);
    let (head, statements) = within(input, Mode::BLOCK, |input| {
        let head = head(input)?;
        let statements = lines(input, end, false, statement, broken_statement)?;
        Ok((head, statements))
    })?;
    take(input);
    let span = input.state().span(start, end + 1);
    Ok((head, Block { statements, span }))
}

/// A statement that could not be read.
pub(super) fn broken_statement(state: &mut Builder<'_>, span: Span) -> Option<StatementId> {
    Some(state.statement(StatementKind::Error, span))
}
