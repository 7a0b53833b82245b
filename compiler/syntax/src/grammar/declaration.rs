use super::Problem;
use super::block::{block, broken_statement};
use super::expression::expression;
use super::lambda::parameters;
use super::module::{export, import};
use super::recovery::{lines, report};
use super::section::{self, misplaced, section};
use super::statement::statement;
use super::support::{
    Reader, accept, accept_assign, after_group, ahead, deeper, expect, failed, kind, name, peek, position,
    take, within, word,
};
use super::template::{string, string_text};
use super::test::test;
use super::types::{type_expression, type_parameters};
use crate::ast::{
    Agent, AgentEntry, Block, Function, Item, Method, Name, Pattern, Promise, Section, TypeAlias, TypeExprId,
};
use crate::builder::Mode;
use crate::{Expected, Kind, SyntaxError};
use prism_diagnostics::Span;

/// The items of a file.
pub(super) fn items<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<Item>, E> {
    let end = input.state().length();
    lines(input, end, false, item, |state, span| broken_statement(state, span).map(Item::Statement))
}

pub(super) fn item<'s, E: Problem<'s>>(
    input: &mut Reader<'s, '_, E>,
    output: &mut Vec<Item>,
) -> Result<(), E> {
    let next = ahead(input, 1);
    let same_line = !next.starts_line();
    let item = match kind(input) {
        Kind::Import => Item::Import(import(input)?),
        Kind::Export => Item::Export(export(input)?),
        _ if declaration_follows(input) => declaration(input)?,
        Kind::Test if same_line && next.kind.is_word() && ahead(input, 2).kind == Kind::LeftBrace => {
            take(input);
            return Err(failed(input, Expected::TestName));
        }
        Kind::Pattern if same_line && matches!(next.kind, Kind::LeftBrace | Kind::Number) => {
            take(input);
            return Err(failed(input, Expected::PatternName));
        }
        Kind::Fn | Kind::Function if !matches!(next.kind, Kind::LeftParenthesis | Kind::Star) => {
            take(input);
            return Err(failed(input, Expected::Name));
        }
        Kind::End => return Err(failed(input, Expected::Item)),
        other if other.closes() => return Err(failed(input, Expected::Item)),
        _ => {
            let mut statements = Vec::new();
            statement(input, &mut statements)?;
            output.extend(statements.into_iter().map(Item::Statement));
            return Ok(());
        }
    };
    output.push(item);
    Ok(())
}

/// Whether a pattern, contract, type, function or test begins here.
pub(super) fn declaration_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    let same_line = !next.starts_line();
    match kind(input) {
        Kind::Pattern => same_line && (next.kind.is_word() || next.kind.starts_string()),
        Kind::Agent => same_line && next.kind.is_word(),
        Kind::Type => alias_follows(input),
        Kind::Test => same_line && next.kind.starts_string(),
        Kind::Fn | Kind::Function => next.kind.is_name(),
        Kind::Async => matches!(next.kind, Kind::Fn | Kind::Function) && ahead(input, 2).kind.is_name(),
        _ => false,
    }
}

/// What [`declaration_follows`] has seen.
pub(super) fn declaration<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Item, E> {
    Ok(match kind(input) {
        Kind::Pattern => Item::Pattern(pattern(input)?),
        Kind::Agent => Item::Agent(agent(input)?),
        Kind::Type => Item::Type(alias(input)?),
        Kind::Test => Item::Test(test(input)?),
        _ => Item::Function(function(input)?),
    })
}

/// `fn f<T>(x: T) -> U { … }`.
pub(super) fn function<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Function, E> {
    let start = position(input);
    let asynchronous = accept(input, Kind::Async);
    take(input);
    let documentation = input.state().documentation(start);
    let name = name(input)?;
    let type_parameters = type_parameters(input)?;
    let parameters = parameters(input)?;
    let result = if kind(input) == Kind::Arrow || colon_before_result(input) {
        take(input);
        result(input)?
    } else {
        None
    };
    let body = block(input)?;
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Function {
        name,
        asynchronous,
        type_parameters,
        documentation,
        parameters,
        result,
        body,
        span,
        tainted: false,
    })
}

/// Whether a `:` stands where `->` belongs, which is reported.
fn colon_before_result<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let colon = kind(input) == Kind::Colon;
    if colon {
        let at = position(input);
        let span = input.state().token_span(at);
        input.state().errors.push(SyntaxError::ColonBeforeResult { span });
    }
    colon
}

/// Whether `type` begins a declaration here: a name and then `=` or `<` follow.
pub(super) fn alias_follows<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> bool {
    let next = ahead(input, 1);
    kind(input) == Kind::Type
        && !next.starts_line()
        && next.kind.is_name()
        && matches!(ahead(input, 2).kind, Kind::Assign | Kind::Less)
}

/// The type of a function's result. Where braces stand there and no body follows them, they are the body, and the
/// type is missing.
fn result<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Option<TypeExprId>, E> {
    let follows = |kind| matches!(kind, Kind::LeftBrace | Kind::LeftBracket | Kind::Question | Kind::Bar);
    if kind(input) != Kind::LeftBrace || follows(after_group(input, 0).kind) {
        return Ok(Some(type_expression(input)?));
    }
    let at = position(input);
    let problem = failed(input, Expected::Type);
    if !E::RECOVERS {
        return Err(problem);
    }
    report(input.state(), problem.failure(), at);
    Ok(None)
}

/// `type T<U> = V`.
pub(super) fn alias<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<TypeAlias, E> {
    let start = take(input);
    let documentation = input.state().documentation(start);
    let name = name(input)?;
    let parameters = type_parameters(input)?;
    if !accept_assign(input) {
        return Err(failed(input, Expected::Token(Kind::Assign)));
    }
    let value = type_expression(input)?;
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(TypeAlias { name, parameters, documentation, value, span })
}

/// `agent A { key: value  fn method(…) -> T "task" }`.
fn agent<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Agent, E> {
    let start = take(input);
    let documentation = input.state().documentation(start);
    let name = name(input)?;
    let open = position(input);
    if kind(input) != Kind::LeftBrace {
        return Err(failed(input, Expected::Token(Kind::LeftBrace)));
    }
    let Some(end) = input.state().mate(open) else { return Err(failed(input, Expected::AgentEntry)) };
    take(input);
    let entries = within(input, Mode::BLOCK, |input| {
        lines(
            input,
            end,
            true,
            |input, output| {
                output.push(agent_entry(input)?);
                Ok(())
            },
            |_, _| None,
        )
    })?;
    take(input);
    let span = input.state().span(start, end + 1);
    Ok(Agent { name, documentation, entries, span })
}

fn agent_entry<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<AgentEntry, E> {
    if kind(input) == Kind::Fn && ahead(input, 1).kind != Kind::Colon {
        return Ok(AgentEntry::Method(method(input)?));
    }
    let name = word(input, Expected::AgentEntry)?;
    expect(input, Kind::Colon)?;
    let value = expression(input)?;
    Ok(AgentEntry::Key { name, value })
}

fn method<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Method, E> {
    let start = take(input);
    let documentation = input.state().documentation(start);
    let name = word(input, Expected::Name)?;
    let parameters = parameters(input)?;
    expect(input, Kind::Arrow)?;
    let result = type_expression(input)?;
    let task = if kind(input).starts_string() { Some(string(input)?) } else { None };
    let end = position(input);
    let span = input.state().span(start, end);
    Ok(Method { name, documentation, parameters, result, task, span })
}

/// `pattern name v1.0.0 { sections statements }`.
fn pattern<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Pattern, E> {
    deeper(input, pattern_rule)
}

fn pattern_rule<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Pattern, E> {
    let start = take(input);
    let documentation = input.state().documentation(start);
    let name = pattern_name(input)?;
    let version = version(input);
    if kind(input) != Kind::LeftBrace {
        return Err(failed(input, Expected::Token(Kind::LeftBrace)));
    }
    let open = position(input);
    let Some(end) = input.state().mate(open) else { return Err(failed(input, Expected::Statement)) };
    let mut sections = Vec::new();
    take(input);
    let statements = within(input, Mode::BLOCK, |input| {
        lines(
            input,
            end,
            false,
            |input, output| {
                if let Some(section_kind) = section::follows(input) {
                    let at = position(input);
                    let section = section(input, section_kind)?;
                    output.push(Line::Section(section_kind, section, at));
                    return Ok(());
                }
                let mut statements = Vec::new();
                statement(input, &mut statements)?;
                output.extend(statements.into_iter().map(Line::Statement));
                Ok(())
            },
            |state, span| broken_statement(state, span).map(Line::Statement),
        )
    })?;
    let mut body = Vec::new();
    let mut seen: Vec<(SectionKind, Span)> = Vec::new();
    for line in statements {
        match line {
            Line::Statement(statement) => body.push(statement),
            Line::Section(section_kind, section, at) => {
                let span = input.state().token_span(at);
                let section_kind = SectionKind::of(section_kind, &section);
                let first = seen.iter().find(|(seen, _)| *seen == section_kind).map(|(_, span)| *span);
                if first.is_some() || !body.is_empty() {
                    misplaced(input, at, first);
                } else {
                    seen.push((section_kind, span));
                    sections.push(section);
                }
            }
        }
    }
    take(input);
    let state = input.state();
    let body = Block { statements: body, span: state.span(open, end + 1) };
    let span = state.span(start, end + 1);
    Ok(Pattern { name, version, documentation, sections, body, span, tainted: false })
}

/// What a pattern may have once: `confidence` is a promise or a mode.
#[derive(PartialEq, Eq)]
struct SectionKind {
    word: Kind,
    mode: bool,
}

impl SectionKind {
    fn of(word: Kind, section: &Section) -> Self {
        Self { word, mode: matches!(section, Section::Confidence { promise: Promise::Mode(_), .. }) }
    }
}

/// A line of a pattern.
enum Line {
    Section(Kind, Section, usize),
    Statement(crate::ast::StatementId),
}

fn pattern_name<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Name, E> {
    let start = position(input);
    if kind(input) == Kind::String {
        let at = take(input);
        let state = input.state();
        return Ok(Name { text: string_text(state, at), span: state.token_span(at) });
    }
    word(input, Expected::PatternName)?;
    while kind(input) == Kind::Minus && ahead(input, 1).kind.is_word() {
        take(input);
        take(input);
    }
    let end = position(input);
    let state = input.state();
    let text: String = (start..end).map(|at| state.slice(at)).collect();
    Ok(Name { text: text.into_boxed_str(), span: state.span(start, end) })
}

/// `v1.0.0`; one with fewer numbers is reported and kept.
fn version<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Option<Box<str>> {
    let start = position(input);
    let text = input.state().slice(start);
    match peek(input).kind {
        Kind::Version => {}
        Kind::Name if text.len() > 1 && text.starts_with('v') => {
            if !text.bytes().skip(1).all(|byte| byte.is_ascii_digit()) {
                return None;
            }
        }
        _ => return None,
    }
    take(input);
    let mut version = text.to_owned();
    if input.state().kind(start) == Kind::Name {
        // `v1.2` is read as a name and then a number without its zero.
        if kind(input) == Kind::Number && !peek(input).follows_space() {
            let at = take(input);
            version.push_str(input.state().slice(at));
            // The lexer took it for a number that lacks a digit; what is wrong is the version.
        }
        let end = position(input);
        let span = input.state().span(start, end);
        input.state().errors.push(SyntaxError::MalformedVersion { span });
    }
    Some(version.trim_start_matches('v').into())
}
