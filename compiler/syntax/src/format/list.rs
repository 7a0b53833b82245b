//! What stands between brackets and commas, and blocks.

use super::document::Hug;
use super::writer::Writer;
use crate::Kind;
use crate::ast::{
    Argument, ArgumentValue, Block, Body, ExprId, ExprKind, LambdaBody, LambdaForm, Parameter, StatementId,
};

/// How a list is laid out.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// What is between the brackets and the items on one line.
    pub(super) pad: &'static str,
    /// Whether a line break behind the opening bracket stays.
    pub(super) keeps_break: bool,
    /// Whether a comma follows the last item where each has a line.
    pub(super) trailing_comma: bool,
    /// Whether lines separate items, so that commas are written on one line only.
    pub(super) lines_separate: bool,
}

impl Layout {
    pub(super) const RECORD: Self =
        Self { pad: " ", keeps_break: true, trailing_comma: true, lines_separate: false };
    pub(super) const LIST: Self = Self { pad: "", ..Self::RECORD };
    pub(super) const PARENTHESES: Self = Self { keeps_break: false, ..Self::LIST };
    pub(super) const FIELDS: Self = Self { lines_separate: true, trailing_comma: false, ..Self::RECORD };

    pub(super) const fn without_trailing_comma(self) -> Self {
        Self { trailing_comma: false, ..self }
    }
}

impl<'a> Writer<'a> {
    /// Items between the bracket that is the next token and its mate.
    pub(super) fn list(&mut self, count: usize, layout: Layout, mut each: impl FnMut(&mut Self, usize)) {
        let broken = layout.keeps_break && self.broken_inside();
        self.open();
        self.token();
        if count == 0 {
            self.nothing_inside();
            self.close();
            return;
        }
        self.indent();
        self.edge(broken, layout.pad);
        for index in 0..count {
            if index > 0 {
                self.separator(layout);
                if broken { self.separate() } else { self.line() }
            }
            each(self, index);
        }
        if layout.lines_separate {
            while self.skip(Kind::Comma) || self.skip(Kind::Semicolon) {}
        } else {
            self.skip(Kind::Comma);
        }
        if layout.trailing_comma {
            self.if_broken(",");
        }
        self.comments_before_close();
        self.dedent();
        self.edge(broken, layout.pad);
        self.token();
        self.close();
    }

    fn separator(&mut self, layout: Layout) {
        if layout.lines_separate {
            while self.skip(Kind::Comma) || self.skip(Kind::Semicolon) {}
            self.if_flat(",");
        } else {
            self.comma();
        }
    }

    fn edge(&mut self, broken: bool, pad: &'static str) {
        match (broken, pad) {
            (true, _) => self.hard_line(),
            (false, "") => self.soft_line(),
            (false, _) => self.line(),
        }
    }

    /// Comments between brackets that hold nothing else, and the closing one.
    pub(super) fn nothing_inside(&mut self) {
        while self.skip(Kind::Semicolon) {}
        if self.comment_follows() {
            let alone = self.is(Kind::RightBrace);
            if alone {
                self.space();
            }
            if self.lines_follow() {
                self.indent();
                self.comments_before_close();
                self.dedent();
                self.hard_line();
            } else {
                self.comments();
            }
            if alone {
                self.space();
            }
        }
        self.token();
    }

    pub(super) fn parameters(&mut self, parameters: &[Parameter]) {
        self.list(parameters.len(), Layout::PARENTHESES, |writer, index| {
            if let Some(parameter) = parameters.get(index) {
                writer.parameter(parameter);
            }
        });
    }

    pub(super) fn parameter(&mut self, parameter: &Parameter) {
        if parameter.rest {
            self.token();
        }
        self.target(&parameter.target);
        if parameter.optional {
            self.token();
        }
        self.declared(parameter.declared);
        self.default(parameter.default);
    }

    /// The arguments between parentheses. Gives whether the last one may be broken by itself.
    pub(super) fn arguments(&mut self, arguments: &[Argument]) -> Hug {
        self.open();
        self.token();
        let Some((last, before)) = arguments.split_last() else {
            self.nothing_inside();
            self.close();
            return Hug::Never;
        };
        self.indent();
        // A comment before the last argument would stand in the way of its brackets.
        let mut commented = self.comment_follows();
        self.soft_line();
        for argument in before {
            self.argument(argument);
            self.comma();
            commented = self.comment_follows();
            self.line();
        }
        let hugs = self.hugs_argument(last) && !commented;
        let from = self.document.position();
        self.argument(last);
        self.skip(Kind::Comma);
        self.if_broken(",");
        let hugs = hugs && !self.comment_follows();
        self.comments_before_close();
        self.dedent();
        self.soft_line();
        self.token();
        let hug = if hugs { Hug::From(from) } else { Hug::Never };
        self.close_hugging(hug);
        hug
    }

    fn argument(&mut self, argument: &Argument) {
        if argument.name.is_some() {
            self.token();
            self.token();
            self.space();
        }
        match argument.value {
            ArgumentValue::Expression(value) => self.expression(value),
            ArgumentValue::Spread(value) => {
                self.token();
                self.expression(value);
            }
        }
    }

    pub(super) fn hugs_argument(&self, argument: &Argument) -> bool {
        match argument.value {
            ArgumentValue::Expression(value) => self.hugs(value),
            ArgumentValue::Spread(_) => false,
        }
    }

    /// Whether an expression has brackets of its own that its lines can stand between.
    pub(super) fn hugs(&self, id: ExprId) -> bool {
        match &self.tree[id].kind {
            ExprKind::List(items) => !items.is_empty(),
            ExprKind::Record(entries) => !entries.is_empty(),
            ExprKind::Lambda(lambda) => match &lambda.body {
                LambdaBody::Block(_) => true,
                LambdaBody::Expression(body) => {
                    lambda.form == LambdaForm::Arrow && (self.hugs(*body) || self.hugs_call(*body))
                }
                LambdaBody::Assignment(_) => false,
            },
            ExprKind::Match(_) | ExprKind::Uncertain { .. } | ExprKind::If { .. } | ExprKind::Do(_) => true,
            _ => false,
        }
    }

    // Blocks.

    /// A block. Without a group of its own it is broken where the group around it is.
    pub(super) fn block(&mut self, block: &Block, own_group: bool) {
        let broken = self.broken_inside() || block.statements.len() > 1;
        if own_group {
            self.open();
        }
        let end = self.mate();
        self.token();
        if block.statements.is_empty() && self.only_semicolons(end) {
            self.nothing_inside();
        } else {
            self.indent();
            self.edge(broken, " ");
            self.block_content(&block.statements, end);
            self.dedent();
            self.edge(broken, " ");
            self.token();
        }
        if own_group {
            self.close();
        }
    }

    fn only_semicolons(&self, end: usize) -> bool {
        (self.at..end).all(|at| self.tokens.kind(at) == Kind::Semicolon)
    }

    pub(super) fn block_content(&mut self, statements: &[StatementId], end: usize) {
        self.statements(statements);
        if self.at < end {
            // A `break` at the end of a case, which the tree leaves out.
            if !statements.is_empty() {
                self.separate();
            }
            while self.at < end {
                if !self.skip(Kind::Semicolon) {
                    self.token();
                    while self.skip(Kind::Semicolon) {}
                    if self.at < end {
                        self.separate();
                    }
                }
            }
        }
        self.comments_before_close();
    }

    pub(super) fn body(&mut self, body: &Body, own_group: bool) {
        match body {
            Body::Block(block) if self.is(Kind::LeftBrace) => self.block(block, own_group),
            Body::Block(block) => {
                self.statements(&block.statements);
            }
            Body::Record(record) => self.expression(*record),
            Body::Statement(statement) => {
                self.statement(&[*statement]);
            }
        }
    }
}
