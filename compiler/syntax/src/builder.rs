//! What the grammar writes to and reads from beside its tokens.

use chumsky::input::{Checkpoint, Cursor};
use chumsky::inspector::Inspector;
use prism_diagnostics::Span;

use crate::ast::{
    Argument, ArgumentValue, Block, Body, Element, Else, Entry, EntryKey, Expr, ExprId, ExprKind, LambdaBody,
    Name, Statement, StatementId, StatementKind, TemplatePart, Tree, TypeExpr, TypeExprId, TypeExprKind,
};
use crate::bracket::{Pairs, UNPAIRED};
use crate::{CommentKind, Construct, DEPTH_LIMIT, Kind, SyntaxError, Token, Tokens};

/// What depends on the brackets around a place.
#[derive(Clone, Copy)]
pub(crate) struct Mode {
    /// Whether a `{` after a call is a block that belongs to it: not in the head of an `if`.
    pub(crate) trailing: bool,
    /// Whether line breaks end statements: not inside parentheses, lists and records.
    pub(crate) newlines: bool,
}

impl Mode {
    pub(crate) const BLOCK: Self = Self { trailing: true, newlines: true };
    pub(crate) const GROUP: Self = Self { trailing: true, newlines: false };
}

/// The state of a parse: arenas that follow the parser when it goes back, and the facts about tokens that the
/// grammar asks for.
pub(crate) struct Builder<'s> {
    pub(crate) tree: Tree,
    pub(crate) errors: Vec<SyntaxError>,
    pub(crate) mode: Mode,
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
        let height = match &kind {
            StatementKind::Let { value: Some(value), .. }
            | StatementKind::Return(Some(value))
            | StatementKind::Expression(value) => self.height(*value),
            StatementKind::Function(function) => self.height_of_block(&function.body),
            StatementKind::Block(block) => self.height_of_block(block),
            StatementKind::Let { value: None, .. } | StatementKind::Return(None) | StatementKind::Error => 0,
        };
        self.statement_heights.push(height.saturating_add(1));
        StatementId::alloc(&mut self.tree, Statement { kind, span })
    }

    /// Puts a type into the tree, with the same limit.
    pub(crate) fn type_expression(&mut self, kind: TypeExprKind, span: Span) -> TypeExprId {
        let height = |id: &TypeExprId| self.type_heights.get(id.index()).copied().unwrap_or(0);
        let below = match &kind {
            TypeExprKind::Named { arguments, .. } => arguments.iter().map(height).max().unwrap_or(0),
            TypeExprKind::Uncertain(inner) | TypeExprKind::List(inner) | TypeExprKind::Optional(inner) => {
                height(inner)
            }
            TypeExprKind::Union(members) => members.iter().map(height).max().unwrap_or(0),
            TypeExprKind::Record { fields, .. } => {
                fields.iter().map(|field| height(&field.value)).max().unwrap_or(0)
            }
            TypeExprKind::Function { parameters, result } => {
                parameters.iter().map(height).max().unwrap_or(0).max(height(result))
            }
            TypeExprKind::Literal(_) | TypeExprKind::Error => 0,
        };
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

    fn height(&self, id: ExprId) -> u16 {
        self.expression_heights.get(id.index()).copied().unwrap_or(0)
    }

    fn height_of_block(&self, block: &Block) -> u16 {
        let height = |id: &StatementId| self.statement_heights.get(id.index()).copied().unwrap_or(0);
        block.statements.iter().map(height).max().unwrap_or(0)
    }

    fn height_of_body(&self, body: &Body) -> u16 {
        match body {
            Body::Block(block) => self.height_of_block(block),
            Body::Record(record) => self.height(*record),
            Body::Statement(statement) => self.statement_heights.get(statement.index()).copied().unwrap_or(0),
        }
    }

    fn height_of_expression(&self, kind: &ExprKind) -> u16 {
        let height = |id: &ExprId| self.height(*id);
        match kind {
            ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Error => 0,
            ExprKind::Template(parts) => parts
                .iter()
                .map(|part| match part {
                    TemplatePart::Text(_) => 0,
                    TemplatePart::Expression(id) => height(id),
                })
                .max()
                .unwrap_or(0),
            ExprKind::List(elements) => {
                elements.iter().map(|Element { value, .. }| height(value)).max().unwrap_or(0)
            }
            ExprKind::Record(entries) => entries
                .iter()
                .map(|entry| match entry {
                    Entry::Pair { key: EntryKey::Computed(key), value, .. } => height(key).max(height(value)),
                    Entry::Pair { value, .. } | Entry::Spread(value) => height(value),
                })
                .max()
                .unwrap_or(0),
            ExprKind::Lambda(lambda) => match &lambda.body {
                LambdaBody::Expression(body) => height(body),
                LambdaBody::Block(block) => self.height_of_block(block),
            },
            ExprKind::Member { object, .. } | ExprKind::OptionalMember { object, .. } => height(object),
            ExprKind::Index { object, index } => height(object).max(height(index)),
            ExprKind::Call { callee, arguments } => {
                let argument = |argument: &Argument| match &argument.value {
                    ArgumentValue::Expression(id) | ArgumentValue::Spread(id) => height(id),
                };
                height(callee).max(arguments.iter().map(argument).max().unwrap_or(0))
            }
            ExprKind::Unary { operand, .. } | ExprKind::Assert(operand) => height(operand),
            ExprKind::Binary { left, right, .. } => height(left).max(height(right)),
            ExprKind::Ternary { condition, then, otherwise } => {
                height(condition).max(height(then)).max(height(otherwise))
            }
            ExprKind::Attach { value, confidence } => height(value).max(height(confidence)),
            ExprKind::Gate { value, threshold, otherwise } => {
                height(value).max(height(threshold)).max(otherwise.as_ref().map_or(0, height))
            }
            ExprKind::As { value, .. } => height(value),
            ExprKind::If { condition, then, otherwise } => {
                let otherwise = match otherwise {
                    Some(Else::Chain(id)) => height(id),
                    Some(Else::Body(body)) => self.height_of_body(body),
                    None => 0,
                };
                height(condition).max(self.height_of_body(then)).max(otherwise)
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                let thresholds = thresholds.iter().map(|(_, id)| height(id)).max().unwrap_or(0);
                let bands = bands.iter().map(|band| self.height_of_body(&band.body)).max().unwrap_or(0);
                height(subject).max(thresholds).max(bands)
            }
            ExprKind::Do(block) => self.height_of_block(block),
        }
    }
}
