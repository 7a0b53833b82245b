//! Imports and exports.

use super::Problem;
use super::declaration::{declaration, declaration_follows};
use super::expression::expression;
use super::recovery::list;
use super::statement::bindings;
use super::support::{
    Reader, accept_word, ahead, expect, failed, kind, name, position, take, word, word_follows,
};
use super::template::string_text;
use crate::ast::{Export, ExportKind, Import, Item, ModuleName, Name};
use crate::{Expected, Kind};

/// `import { a, b as c } from "…"`, `import d, { a } from "…"`, `import * as m from "…"`.
pub(super) fn import<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Import, E> {
    let start = take(input);
    let (mut default, mut all, mut names) = (None, None, Vec::new());
    match kind(input) {
        Kind::LeftBrace => names = specifiers(input)?,
        Kind::Star => {
            take(input);
            expect(input, Kind::As)?;
            all = Some(name(input)?);
        }
        first if first.is_name() => {
            default = Some(name(input)?);
            if kind(input) == Kind::Comma {
                take(input);
                names = specifiers(input)?;
            }
        }
        _ => return Err(failed(input, Expected::ImportList)),
    }
    let from = from(input)?;
    let end = position(input);
    Ok(Import { default, all, names, from, span: input.state().span(start, end) })
}

/// `from "…"`.
fn from<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Name, E> {
    if !accept_word(input, "from") {
        return Err(failed(input, Expected::From));
    }
    if kind(input) != Kind::String {
        return Err(failed(input, Expected::ModulePath));
    }
    let at = take(input);
    let state = input.state();
    Ok(Name { text: string_text(state, at), span: state.token_span(at) })
}

/// `{ a, b as c }`.
fn specifiers<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Vec<ModuleName>, E> {
    list(
        input,
        Kind::LeftBrace,
        |input| {
            let name = word(input, Expected::Name)?;
            let renamed = kind(input) == Kind::As;
            let alias = if renamed {
                take(input);
                Some(word(input, Expected::Name)?)
            } else {
                None
            };
            Ok(ModuleName { name, alias })
        },
        |_, _| None,
    )
}

/// `export …`.
pub(super) fn export<'s, E: Problem<'s>>(input: &mut Reader<'s, '_, E>) -> Result<Export, E> {
    let start = take(input);
    let kind = match kind(input) {
        Kind::LeftBrace => {
            let names = specifiers(input)?;
            let from = if word_follows(input, "from") { Some(from(input)?) } else { None };
            ExportKind::Names { names, from }
        }
        Kind::Star => {
            take(input);
            ExportKind::All { from: from(input)? }
        }
        first if first.is_name() && ahead(input, 1).kind == Kind::Assign => {
            let name = name(input)?;
            take(input);
            ExportKind::Value { name, value: expression(input)? }
        }
        Kind::Default => {
            take(input);
            ExportKind::Default(expression(input)?)
        }
        Kind::Let | Kind::Const => {
            let mut statements = Vec::new();
            bindings(input, &mut statements)?;
            ExportKind::Items(statements.into_iter().map(Item::Statement).collect())
        }
        _ if declaration_follows(input) => ExportKind::Items(vec![declaration(input)?]),
        _ => return Err(failed(input, Expected::Export)),
    };
    let end = position(input);
    Ok(Export { kind, span: input.state().span(start, end) })
}
