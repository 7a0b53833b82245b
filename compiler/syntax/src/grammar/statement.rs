use super::Problem;
use super::assignment::{assignment_or_expression, unpacking_follows};
use super::block::block;
use super::choice::match_expression;
use super::collection::begins_like_record;
use super::control::{head, if_expression, uncertain};
use super::declaration::{alias, alias_follows, function};
use super::expression::expression;
use super::loops::{do_while, do_while_follows, for_loop, try_statement, while_loop};
use super::refused;
use super::support::{
    Reader, accept, accept_assign, ahead, failed, kind, peek, position, take, word_follows,
};
use super::switch::{switch, switch_follows};
use super::target::target;
use super::test::{assert, assert_follows, mock, mock_follows};
use super::types::type_expression;
use crate::ast::{Block, Body, StatementId, StatementKind};
use crate::{Expected, Kind, SyntaxError};

/// A statement; `let` makes one for each of its names.
pub(super) fn statement<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    output: &mut Vec<StatementId>,
) -> Result<(), E> {
    let start = position(input);
    let next = ahead(input, 1);
    let kind = match kind(input) {
        Kind::Let | Kind::Const => return bindings(input, output),
        Kind::Return => {
            take(input);
            let next = peek(input);
            let bare = next.starts_line()
                || next.kind.closes()
                || matches!(next.kind, Kind::Semicolon | Kind::Comma | Kind::Else | Kind::End);
            StatementKind::Return(if bare { None } else { Some(expression(input)?) })
        }
        Kind::Fn | Kind::Function if next.kind.is_name() => {
            StatementKind::Function(Box::new(function(input)?))
        }
        Kind::Async if matches!(next.kind, Kind::Fn | Kind::Function) && ahead(input, 2).kind.is_name() => {
            StatementKind::Function(Box::new(function(input)?))
        }
        Kind::If => StatementKind::Expression(if_expression(input)?),
        Kind::Uncertain if next.kind == Kind::If => StatementKind::Expression(uncertain(input)?),
        Kind::Match => StatementKind::Expression(match_expression(input)?),
        Kind::Switch if switch_follows(input) => StatementKind::Expression(switch(input)?),
        Kind::For => for_loop(input)?,
        Kind::While => while_loop(input)?,
        Kind::Do if do_while_follows(input) => do_while(input)?,
        Kind::Try => try_statement(input)?,
        Kind::Break => {
            take(input);
            StatementKind::Break
        }
        Kind::Continue => {
            take(input);
            StatementKind::Continue
        }
        Kind::Assert if assert_follows(input) => assert(input)?,
        Kind::Mock if mock_follows(input) => mock(input)?,
        Kind::Type if alias_follows(input) => StatementKind::Type(Box::new(alias(input)?)),
        Kind::LeftBrace => braces(input)?,
        Kind::In if !next.starts_line() && input.state().is(start + 1, "context") => context(input)?,
        Kind::Fn | Kind::Function if next.kind.is_reserved() => {
            take(input);
            return Err(failed(input, Expected::Name));
        }
        Kind::In | Kind::Is | Kind::Instanceof if word_operator_follows(input) => {
            let span = input.state().token_span(start);
            input.state().errors.push(SyntaxError::LeadingWordOperator { span });
            take(input);
            expression(input)?;
            StatementKind::Error
        }
        _ if misplaced_follows(input) => {
            let span = input.state().token_span(start);
            input.state().errors.push(SyntaxError::MisplacedDeclaration { span });
            super::declaration::item(input, &mut Vec::new())?;
            StatementKind::Error
        }
        _ if refused::statement(input) => StatementKind::Error,
        Kind::Name if variable_follows(input) => return bindings(input, output),
        first => {
            if first == Kind::Name
                && next.kind == Kind::LeftBrace
                && !next.starts_line()
                && matches!(input.state().slice(start), "steps" | "agents")
            {
                let span = input.state().token_span(start);
                input.state().errors.push(SyntaxError::OldForm { span });
            }
            assignment_or_expression(input)?
        }
    };
    let end = position(input);
    let span = input.state().span(start, end);
    let statement = input.state().statement(kind, span);
    output.push(statement);
    Ok(())
}

/// A statement that stands where a block may; several bindings are gathered in a block.
pub(super) fn bare_statement<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Body, E> {
    let start = position(input);
    let mut statements = Vec::new();
    statement(input, &mut statements)?;
    match statements.as_slice() {
        [single] => Ok(Body::Statement(*single)),
        _ => {
            let end = position(input);
            let span = input.state().span(start, end);
            Ok(Body::Block(Block { statements, span }))
        }
    }
}

/// What starts with `{` where a statement starts: a record if it begins like one or holds at most a name, else a
/// block.
fn braces<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    if unpacking_follows(input) {
        return assignment_or_expression(input);
    }
    let first = ahead(input, 1).kind;
    let short = first == Kind::RightBrace || (first.is_name() && ahead(input, 2).kind == Kind::RightBrace);
    if short || begins_like_record(input) {
        return assignment_or_expression(input);
    }
    Ok(StatementKind::Block(block(input)?))
}

/// `in context x { … }`: a block.
fn context<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<StatementKind, E> {
    let start = take(input);
    take(input);
    let end = position(input);
    let span = input.state().span(start, end);
    input.state().errors.push(SyntaxError::OldForm { span });
    let first = position(input);
    let subject = head(input, expression)?;
    let end = position(input);
    let span = input.state().span(first, end);
    let subject = input.state().statement(StatementKind::Expression(subject), span);
    let mut block = block(input)?;
    block.statements.insert(0, subject);
    Ok(StatementKind::Block(block))
}

/// Whether the word here is an operator whose left operand stands on the line before: a name would not be followed by
/// an operand.
fn word_operator_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    let operand = match next.kind {
        Kind::LeftBracket => next.follows_space(),
        Kind::LeftParenthesis
        | Kind::LeftBrace
        | Kind::Minus
        | Kind::Plus
        | Kind::Tilde
        | Kind::ConfidenceOf => false,
        first => first.starts_expression(),
    };
    operand && !next.starts_line()
}

/// Whether a declaration begins here that only the top level of a file may hold.
fn misplaced_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    match kind(input) {
        Kind::Import | Kind::Export => true,
        Kind::Test => {
            next.kind == Kind::String && !next.starts_line() && ahead(input, 2).kind == Kind::LeftBrace
        }
        Kind::Pattern | Kind::Agent => {
            next.kind.is_name()
                && !next.starts_line()
                && matches!(ahead(input, 2).kind, Kind::LeftBrace | Kind::Version)
        }
        _ => false,
    }
}

/// Whether `var` begins a declaration here: it is read as `let`, and reported.
fn variable_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    let declares = (next.kind.is_name() || matches!(next.kind, Kind::LeftBrace | Kind::LeftBracket))
        && !next.starts_line()
        && next.follows_space()
        && word_follows(input, "var");
    if declares {
        let at = position(input);
        let span = input.state().token_span(at);
        input.state().errors.push(SyntaxError::ForeignWord { span, instead: "let" });
    }
    declares
}

/// `let a: T = 1, b = 2`.
pub(super) fn bindings<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    output: &mut Vec<StatementId>,
) -> Result<(), E> {
    let mut start = position(input);
    let constant = kind(input) == Kind::Const;
    take(input);
    loop {
        let target = target(input)?;
        let declared = if accept(input, Kind::Colon) { Some(type_expression(input)?) } else { None };
        let value = if accept_assign(input) {
            Some(expression(input)?)
        } else {
            let next = peek(input);
            let ends = next.starts_line()
                || next.kind.closes()
                || matches!(next.kind, Kind::Comma | Kind::Semicolon | Kind::End);
            if !ends {
                return Err(failed(input, Expected::Token(Kind::Assign)));
            }
            None
        };
        let kind = StatementKind::Let { target, declared, value, constant };
        let end = position(input);
        let span = input.state().span(start, end);
        let statement = input.state().statement(kind, span);
        output.push(statement);
        if !accept(input, Kind::Comma) {
            return Ok(());
        }
        start = position(input);
    }
}
