use chumsky::Parser;
use chumsky::error::EmptyErr;
use prism_diagnostics::Span;

use crate::ast::{Export, ExportKind, Item, StatementKind, Tree};
use crate::bracket::{Pairing, Pairs, pair, pair_by_chance, pair_by_layout};
use crate::builder::Builder;
use crate::grammar::{self, Failure};
use crate::{SyntaxError, Tokens, cascade, lex};

/// How deep code may be nested; chains such as `a + b + c` count each link.
pub const DEPTH_LIMIT: usize = 512;

/// The length in bytes of the longest text that is parsed: 16 MiB.
pub const LENGTH_LIMIT: usize = 16 << 20;

/// The most tokens of a file that is parsed: 4 Mi, which a file of ordinary density has at the limit of its length.
pub const TOKEN_LIMIT: usize = 4 << 20;

/// How many mistakes of one file are reported.
pub const ERROR_LIMIT: usize = 50;

/// How many mistakes of one kind of analysis are looked at: garbage may hold one for each of its bytes.
pub(crate) const COLLECTED_LIMIT: usize = 10_000;

/// What became of a text.
#[derive(Clone, Debug, Default)]
pub struct Parse {
    /// The tree; what could not be read is an error node.
    pub tree: Tree,
    /// What is wrong, in the order of the text, at most [`ERROR_LIMIT`] and one that says how many more there are.
    pub errors: Vec<SyntaxError>,
    /// What is read and better written otherwise, in the order of the text, at most [`ERROR_LIMIT`].
    pub warnings: Vec<SyntaxError>,
    /// The tokens as they stand in the text, with the comments.
    pub tokens: Tokens,
}

/// Parses the text of a file. Total: every text has a tree.
pub fn parse(text: &str) -> Parse {
    if text.len() > LENGTH_LIMIT {
        let errors = vec![SyntaxError::FileTooLarge { length: text.len() }];
        return Parse { errors, ..Parse::default() };
    }
    let tokens = lex(text);
    if tokens.len() > TOKEN_LIMIT {
        let errors = vec![SyntaxError::TooManyTokens { span: tokens.span(TOKEN_LIMIT) }];
        return Parse { errors, ..Parse::default() };
    }
    let Parse { tree, errors, warnings, .. } = parse_tokens(&tokens, text);
    Parse { tree, errors, warnings, tokens }
}

/// Parses tokens that [`lex`] made of this text. The answer holds no tokens.
pub fn parse_tokens(tokens: &Tokens, text: &str) -> Parse {
    let (tree, mut errors) = tree(tokens, text);
    let mut warnings = Vec::new();
    if errors.iter().any(|error| !error.is_refusal()) {
        (errors, warnings) = errors.into_iter().partition(SyntaxError::is_refusal);
    }
    warnings.truncate(ERROR_LIMIT);
    let mut parse = Parse { tree, errors, warnings, tokens: Tokens::default() };
    if !parse.errors.is_empty() {
        parse.errors = cascade::independent(parse.errors, &parse.tree, tokens, text);
        taint(&mut parse.tree, &parse.errors);
        limit(&mut parse.errors);
    }
    parse
}

fn tree(tokens: &Tokens, text: &str) -> (Tree, Vec<SyntaxError>) {
    match pair(tokens, text, DEPTH_LIMIT) {
        Pairing::Paired(pairs) => {
            let (tree, errors) = run(tokens, &pairs, text);
            let errors = with_lexical(errors, tokens);
            let refusals = |errors: &[SyntaxError]| errors.iter().filter(|error| error.is_refusal()).count();
            let count = refusals(&errors);
            if count == 0 || !pair_by_chance(tokens, &pairs) {
                return (tree, errors);
            }
            match pair_by_layout(tokens, text, DEPTH_LIMIT) {
                Pairing::Mended { tokens: mended, pairs, errors: brackets } => {
                    let other = run_mended(tokens, &mended, &pairs, brackets, text);
                    if refusals(&other.1) <= count { other } else { (tree, errors) }
                }
                _ => (tree, errors),
            }
        }
        Pairing::Mended { tokens: mended, pairs, errors } => {
            run_mended(tokens, &mended, &pairs, errors, text)
        }
        Pairing::TooDeep { span } => (Tree::default(), vec![SyntaxError::TooDeep { span }]),
    }
}

fn run_mended(
    tokens: &Tokens,
    mended: &Tokens,
    pairs: &Pairs,
    mut brackets: Vec<SyntaxError>,
    text: &str,
) -> (Tree, Vec<SyntaxError>) {
    let (tree, mut found) = run(mended, pairs, text);
    cascade::outside_of_unclosed(&mut found, &brackets);
    cascade::not_found_by_grammar(&mut brackets, &found);
    found.extend(brackets);
    (tree, with_lexical(found, tokens))
}

fn with_lexical(mut errors: Vec<SyntaxError>, tokens: &Tokens) -> Vec<SyntaxError> {
    let inside = cascade::regular_expressions(&errors);
    let outside = |error: &&SyntaxError| !cascade::lies_in(&inside, error.span());
    errors.extend(tokens.errors().iter().filter(outside).take(COLLECTED_LIMIT).cloned());
    errors
}

/// The fast pass, and the one that collects facts only where the fast one failed.
fn run(tokens: &Tokens, pairs: &Pairs, text: &str) -> (Tree, Vec<SyntaxError>) {
    {
        let mut builder = Builder::new(tokens, pairs, text);
        let items =
            grammar::module::<EmptyErr>().parse_with_state(&tokens.tokens, &mut builder).into_output();
        if let Some(items) = items {
            builder.tree.items = items;
            return (builder.tree, builder.errors);
        }
        // What the first pass has made is freed before the second one makes it again.
    }
    let mut builder = Builder::new(tokens, pairs, text);
    let items = grammar::module::<Failure>().parse_with_state(&tokens.tokens, &mut builder).into_output();
    builder.tree.items = items.unwrap_or_default();
    (builder.tree, builder.errors)
}

fn limit(errors: &mut Vec<SyntaxError>) {
    let hidden = errors.len().saturating_sub(ERROR_LIMIT);
    if let Some(first) = errors.get(ERROR_LIMIT).filter(|_| hidden > 0) {
        let span = first.span();
        errors.truncate(ERROR_LIMIT);
        errors.push(SyntaxError::TooManyProblems { span, hidden });
    }
}

/// Marks the patterns and functions that hold an error.
fn taint(tree: &mut Tree, errors: &[SyntaxError]) {
    let spans: Vec<Span> = errors.iter().map(SyntaxError::span).collect();
    let holds = |outer: Span| {
        let first = spans.partition_point(|span| span.start < outer.start);
        spans.get(first).is_some_and(|span| span.start <= outer.end)
    };
    for item in &mut tree.items {
        taint_item(item, &holds);
    }
    for statement in &mut tree.statements {
        if let StatementKind::Function(function) = &mut statement.kind {
            function.tainted = holds(function.span);
        }
    }
}

fn taint_item(item: &mut Item, holds: &impl Fn(Span) -> bool) {
    match item {
        Item::Pattern(pattern) => pattern.tainted = holds(pattern.span),
        Item::Function(function) => function.tainted = holds(function.span),
        Item::Test(test) => test.tainted = holds(test.span),
        Item::Export(Export { kind: ExportKind::Items(items), .. }) => {
            items.iter_mut().for_each(|item| taint_item(item, holds));
        }
        Item::Import(_) | Item::Export(_) | Item::Agent(_) | Item::Type(_) | Item::Statement(_) => {}
    }
}
