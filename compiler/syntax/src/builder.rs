//! What the grammar writes to and reads from beside its tokens.

use chumsky::input::{Checkpoint, Cursor};
use chumsky::inspector::Inspector;
use prism_diagnostics::Span;

use crate::ast::{
    Expr, ExprId, ExprKind, Name, Statement, StatementId, StatementKind, Tree, TypeExpr, TypeExprId,
    TypeExprKind,
};
use crate::bracket::{Pairs, UNPAIRED};
use crate::{CommentKind, Construct, DEPTH_LIMIT, Kind, SyntaxError, Token, Tokens};

mod height;

/// What depends on the brackets around a place.
#[derive(Clone, Copy)]
pub(crate) struct Mode {
    /// Whether a `{` after a call is a block that belongs to it: not in the head of an `if`.
    pub(crate) trailing: bool,
    /// Whether line breaks end statements: not inside parentheses, lists and records.
    pub(crate) newlines: bool,
    /// Whether `=>` after a name or a parenthesis makes a lambda: not in the guard of an arm.
    pub(crate) lambdas: bool,
}

impl Mode {
    pub(crate) const BLOCK: Self = Self { trailing: true, newlines: true, lambdas: true };
    pub(crate) const GROUP: Self = Self { trailing: true, newlines: false, lambdas: true };
}

/// The state of a parse: arenas that follow the parser when it goes back, and the facts about tokens that the
/// grammar asks for.
pub(crate) struct Builder<'s> {
    pub(crate) tree: Tree,
    pub(crate) errors: Vec<SyntaxError>,
    pub(crate) mode: Mode,
    /// Whether this is the body of a test, where `mock` is a statement.
    pub(crate) in_test: bool,
    /// How deep the rules that call themselves have gone.
    pub(crate) depth: usize,
    /// A `>=` of which the `>` has closed a list of types: the `=` is still to be read.
    pub(crate) split: Option<usize>,
    too_deep: bool,
    expression_heights: Vec<u16>,
    statement_heights: Vec<u16>,
    type_heights: Vec<u16>,
    tokens: &'s Tokens,
    pairs: &'s Pairs,
    text: &'s str,
}

/// Where the arenas stood.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    expressions: u32,
    statements: u32,
    types: u32,
    errors: u32,
}

impl<'s> Inspector<'s, &'s [Token]> for Builder<'s> {
    type Checkpoint = Mark;

    #[inline(always)]
    fn on_token(&mut self, _: &Token) {}

    #[inline(always)]
    fn on_save<'parse>(&self, _: &Cursor<'s, 'parse, &'s [Token]>) -> Mark {
        Mark {
            expressions: self.tree.expressions.len() as u32,
            statements: self.tree.statements.len() as u32,
            types: self.tree.types.len() as u32,
            errors: self.errors.len() as u32,
        }
    }

    #[inline(always)]
    fn on_rewind<'parse>(&mut self, marker: &Checkpoint<'s, 'parse, &'s [Token], Mark>) {
        let mark = marker.inspector();
        self.tree.expressions.truncate(mark.expressions as usize);
        self.expression_heights.truncate(mark.expressions as usize);
        self.tree.statements.truncate(mark.statements as usize);
        self.statement_heights.truncate(mark.statements as usize);
        self.tree.types.truncate(mark.types as usize);
        self.type_heights.truncate(mark.types as usize);
        self.errors.truncate(mark.errors as usize);
    }
}

impl<'s> Builder<'s> {
    pub(crate) fn new(tokens: &'s Tokens, pairs: &'s Pairs, text: &'s str) -> Self {
        Self {
            tree: Tree::default(),
            errors: Vec::new(),
            mode: Mode::BLOCK,
            in_test: false,
            depth: 0,
            split: None,
            too_deep: false,
            expression_heights: Vec::new(),
            statement_heights: Vec::new(),
            type_heights: Vec::new(),
            tokens,
            pairs,
            text,
        }
    }

    /// The number of tokens.
    pub(crate) fn length(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn token(&self, index: usize) -> Token {
        self.tokens.token(index)
    }

    pub(crate) fn kind(&self, index: usize) -> Kind {
        self.tokens.kind(index)
    }

    /// The bracket that pairs with the one at an index.
    pub(crate) fn mate(&self, index: usize) -> Option<usize> {
        self.pairs.mates.get(index).copied().filter(|mate| *mate != UNPAIRED).map(|mate| mate as usize)
    }

    pub(crate) fn token_span(&self, index: usize) -> Span {
        self.tokens.span(index)
    }

    /// From the start of one token to the end of the last one before another.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.tokens.span(from).start;
        let end = to.checked_sub(1).map_or(start, |last| self.tokens.span(last).end);
        Span::new(start, end)
    }

    pub(crate) fn slice(&self, index: usize) -> &'s str {
        self.text.get(self.tokens.span(index).range()).unwrap_or_default()
    }

    /// How far the line is indented that a token starts; none if it stands within a line.
    pub(crate) fn indentation(&self, index: usize) -> Option<usize> {
        let before = index.checked_sub(1).map_or(0, |before| self.tokens.span(before).end as usize);
        let gap = self.text.get(before..self.tokens.span(index).start as usize)?;
        let line = match gap.rfind('\n') {
            Some(at) => gap.get(at + 1..)?,
            None if index == 0 => gap,
            None => return None,
        };
        Some(line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count())
    }

    pub(crate) fn name(&self, index: usize) -> Name {
        Name { text: self.slice(index).into(), span: self.tokens.span(index) }
    }

    /// The text of the `///` lines before a token, without their marks.
    pub(crate) fn documentation(&self, index: usize) -> Option<Box<str>> {
        let comments = self.tokens.comments();
        let first = comments.partition_point(|comment| (comment.token as usize) < index);
        let mut output: Option<String> = None;
        for comment in comments.iter().skip(first).take_while(|comment| comment.token as usize == index) {
            if comment.kind == CommentKind::Documentation {
                let line = self.text.get(comment.span.range()).unwrap_or_default();
                let line = line.strip_prefix("///").unwrap_or(line);
                let line = line.strip_prefix(' ').unwrap_or(line).trim_end();
                match &mut output {
                    Some(output) => {
                        output.push('\n');
                        output.push_str(line);
                    }
                    None => output = Some(line.to_owned()),
                }
            }
        }
        output.map(String::into_boxed_str)
    }

    pub(crate) fn unsupported(&mut self, construct: Construct, index: usize) {
        let span = self.tokens.span(index);
        self.errors.push(SyntaxError::NotSupported { construct, span });
    }

    /// Whether the token at an index is a word that only the grammar knows, such as `catch`.
    pub(crate) fn is(&self, index: usize, word: &str) -> bool {
        self.kind(index) == Kind::Name && self.slice(index) == word
    }

    /// Reports once that the limit of depth is passed at a token.
    pub(crate) fn too_deep(&mut self, span: Span) {
        if !self.too_deep {
            self.too_deep = true;
            self.errors.push(SyntaxError::TooDeep { span });
        }
    }

    /// Puts an expression into the tree. One that would make the tree deeper than the limit becomes an error, so
    /// that whoever walks the tree needs no limit of their own.
    pub(crate) fn expression(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let mut height = self.height_of_expression(&kind).saturating_add(1);
        let mut kind = kind;
        if usize::from(height) > DEPTH_LIMIT {
            self.too_deep(span);
            kind = ExprKind::Error;
            height = 1;
        }
        self.expression_heights.push(height);
        ExprId::alloc(&mut self.tree, Expr { kind, span })
    }

    /// Puts a statement into the tree, with the same limit.
    pub(crate) fn statement(&mut self, kind: StatementKind, span: Span) -> StatementId {
        let mut kind = kind;
        let mut height = self.height_of_statement(&kind).saturating_add(1);
        if usize::from(height) > DEPTH_LIMIT {
            self.too_deep(span);
            kind = StatementKind::Error;
            height = 1;
        }
        self.statement_heights.push(height);
        StatementId::alloc(&mut self.tree, Statement { kind, span })
    }

    /// Puts a type into the tree, with the same limit.
    pub(crate) fn type_expression(&mut self, kind: TypeExprKind, span: Span) -> TypeExprId {
        let below = self.height_of_type(&kind);
        let mut kind = kind;
        let mut own = below.saturating_add(1);
        if usize::from(own) > DEPTH_LIMIT {
            self.too_deep(span);
            kind = TypeExprKind::Error;
            own = 1;
        }
        self.type_heights.push(own);
        TypeExprId::alloc(&mut self.tree, TypeExpr { kind, span })
    }
}
