//! Expressions, save chains of members and calls.

use super::list::Layout;
use super::writer::Writer;
use crate::Kind;
use crate::ast::{
    Band, Body, Else, Entry, EntryKey, ExprId, ExprKind, Lambda, LambdaBody, LambdaForm, Match, Name,
};

impl<'a> Writer<'a> {
    pub(super) fn expression(&mut self, id: ExprId) {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.expression_here(id));
    }

    fn expression_here(&mut self, id: ExprId) {
        let tree = self.tree;
        let expression = &tree[id];
        if self.is(Kind::LeftParenthesis) && self.offset() < expression.span.start {
            return self.parenthesised(id);
        }
        match &expression.kind {
            ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Error => self.until(expression.span.end),
            ExprKind::Template(_) => self.template(),
            ExprKind::List(elements) => self.list(elements.len(), Layout::LIST, |writer, index| {
                if let Some(element) = elements.get(index) {
                    if element.spread {
                        writer.token();
                    }
                    writer.expression(element.value);
                }
            }),
            ExprKind::Record(entries) => self.list(entries.len(), Layout::RECORD, |writer, index| {
                if let Some(entry) = entries.get(index) {
                    writer.entry(entry);
                }
            }),
            ExprKind::Lambda(lambda) => self.lambda(lambda, expression.span.end),
            ExprKind::Member { .. }
            | ExprKind::OptionalMember { .. }
            | ExprKind::TildeMember { .. }
            | ExprKind::OptionalIndex { .. }
            | ExprKind::OptionalCall { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::As { .. }
            | ExprKind::Assert(_) => self.chain(id),
            ExprKind::New { arguments, .. } => {
                self.token();
                self.space();
                self.token();
                if self.is(Kind::LeftParenthesis) && self.offset() < expression.span.end {
                    self.arguments(arguments);
                }
            }
            ExprKind::Typeof(operand) | ExprKind::Await(operand) => {
                self.token();
                self.space();
                self.expression(*operand);
            }
            ExprKind::Unary { operand, .. } => self.unary(*operand),
            ExprKind::Is { .. }
            | ExprKind::Instanceof { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Surer { .. }
            | ExprKind::Pipe { .. }
            | ExprKind::Attach { .. }
            | ExprKind::Gate { .. } => self.operators(id),
            ExprKind::Ternary { .. } => {
                self.open();
                self.ternary(id, true);
                self.close();
            }
            ExprKind::If { condition, then, otherwise } => {
                self.open();
                self.if_else(*condition, then, otherwise.as_ref());
                self.close();
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                self.uncertain(*subject, thresholds, bands);
            }
            ExprKind::Match(choice) => self.choice(choice),
            ExprKind::Do(block) => {
                self.token();
                self.space();
                self.block(block, true);
            }
        }
    }

    fn parenthesised(&mut self, id: ExprId) {
        if self.hugs(id) {
            self.token();
            self.expression(id);
            self.token();
            return;
        }
        self.open();
        self.token();
        self.indent();
        self.soft_line();
        self.expression(id);
        self.comments_before_close();
        self.dedent();
        self.soft_line();
        self.token();
        self.close();
    }

    fn template(&mut self) {
        let mut last = self.at;
        while matches!(self.tokens.kind(last), Kind::TemplateHead | Kind::TemplateMiddle) {
            last = self.mate_of(last).max(last + 1);
        }
        self.verbatim(last + 1);
    }

    fn entry(&mut self, entry: &Entry) {
        let tree = self.tree;
        let (key, value) = match entry {
            Entry::Spread(value) => {
                self.token();
                return self.expression(*value);
            }
            Entry::Pair { shorthand: true, .. } => return self.token(),
            Entry::Pair { key, value, .. } => (key, *value),
        };
        if let ExprKind::Lambda(Lambda { form: LambdaForm::Method, parameters, body, .. }) = &tree[value].kind
        {
            if self.is(Kind::Async) && self.ahead(1).kind != Kind::LeftParenthesis {
                self.token();
                self.space();
            }
            self.token();
            self.parameters(parameters);
            self.space();
            return self.lambda_body(body);
        }
        match key {
            EntryKey::Name(_) => self.token(),
            EntryKey::Computed(key) => {
                self.token();
                self.expression(*key);
                self.token();
            }
        }
        self.token();
        self.space();
        self.value(value);
    }

    /// What follows a sign such as `=`; comments that need a line of their own are indented.
    pub(super) fn value(&mut self, id: ExprId) {
        if !self.lines_follow() {
            return self.expression(id);
        }
        self.document.open();
        self.indent();
        self.hard_line();
        self.expression(id);
        self.dedent();
        self.close();
    }

    fn lambda(&mut self, lambda: &Lambda, end: u32) {
        match lambda.form {
            LambdaForm::Selector => return self.until(end),
            LambdaForm::Trailing => return self.trailing(lambda),
            LambdaForm::Arrow | LambdaForm::Function | LambdaForm::Method => {}
        }
        if lambda.asynchronous {
            self.token();
            self.space();
        }
        if lambda.form == LambdaForm::Arrow {
            if self.is(Kind::LeftParenthesis) {
                self.parameters(&lambda.parameters);
            } else {
                self.token();
            }
            self.spaced();
        } else {
            self.token();
            self.space();
            if !self.is(Kind::LeftParenthesis) {
                self.token();
            }
            self.parameters(&lambda.parameters);
            self.space();
        }
        self.lambda_body(&lambda.body);
    }

    fn lambda_body(&mut self, body: &LambdaBody) {
        match body {
            LambdaBody::Expression(value) => self.value(*value),
            LambdaBody::Block(block) => self.block(block, true),
            LambdaBody::Assignment(statement) => {
                self.statement(&[*statement]);
            }
        }
    }

    /// The block behind a call.
    fn trailing(&mut self, lambda: &Lambda) {
        let end = self.mate();
        let mut broken = self.broken_inside();
        self.open();
        self.token();
        if self.at == end {
            self.nothing_inside();
            return self.close();
        }
        let head = match self.kind() {
            Kind::LeftParenthesis => self.tokens.kind(self.mate() + 1) == Kind::FatArrow,
            Kind::Async => lambda.asynchronous,
            _ => self.ahead(1).kind == Kind::FatArrow,
        };
        if head {
            self.space();
            if lambda.asynchronous {
                self.token();
                self.space();
            }
            if self.is(Kind::LeftParenthesis) {
                self.parameters(&lambda.parameters);
            } else {
                self.token();
            }
            self.space();
            self.token();
            broken = self.ahead(0).starts_line();
        }
        if self.at == end {
            self.space();
            self.nothing_inside();
            return self.close();
        }
        self.indent();
        match &lambda.body {
            LambdaBody::Block(block) => {
                broken |= block.statements.len() > 1;
                if broken {
                    self.hard_line()
                } else {
                    self.line()
                }
                self.block_content(&block.statements, end);
            }
            LambdaBody::Expression(value) => {
                if broken {
                    self.hard_line()
                } else {
                    self.line()
                }
                self.expression(*value);
                self.comments_before_close();
            }
            LambdaBody::Assignment(statement) => {
                if broken {
                    self.hard_line()
                } else {
                    self.line()
                }
                self.block_content(&[*statement], end);
            }
        }
        self.dedent();
        if broken {
            self.hard_line()
        } else {
            self.line()
        }
        self.token();
        self.close();
    }

    fn unary(&mut self, operand: ExprId) {
        if std::mem::take(&mut self.split) {
            return self.expression(operand);
        }
        let negates = self.is(Kind::Bang);
        self.token();
        let sign = matches!(
            self.kind(),
            Kind::Plus | Kind::Minus | Kind::Tilde | Kind::Bang | Kind::ConfidenceOf | Kind::Increment
        );
        if sign && !negates {
            self.space();
        }
        self.expression(operand);
    }

    /// `c ? a : b`; one that follows the `:` of another is broken where that is.
    fn ternary(&mut self, id: ExprId, first: bool) {
        let tree = self.tree;
        let ExprKind::Ternary { condition, then, otherwise, .. } = &tree[id].kind else {
            return self.expression(id);
        };
        self.expression(*condition);
        if first {
            self.indent();
        }
        self.line();
        self.token();
        self.space();
        self.indent();
        self.expression(*then);
        self.dedent();
        self.line();
        self.token();
        self.space();
        self.indent();
        if tree[*otherwise].span.start == self.offset()
            && matches!(tree[*otherwise].kind, ExprKind::Ternary { .. })
        {
            self.ternary(*otherwise, false);
        } else {
            self.expression(*otherwise);
        }
        self.dedent();
        if first {
            self.dedent();
        }
    }

    fn if_else(&mut self, condition: ExprId, then: &Body, otherwise: Option<&Else>) {
        let tree = self.tree;
        if self.is(Kind::Uncertain) {
            self.token();
            self.space();
        }
        self.token();
        self.space();
        self.expression(condition);
        self.space();
        self.body(then, false);
        let Some(otherwise) = otherwise else { return };
        while self.skip(Kind::Semicolon) {}
        // Behind a statement without braces, `else` is hard to see in the middle of a line.
        if matches!(then, Body::Statement(_)) {
            self.line();
            self.token();
            self.space();
        } else {
            self.spaced();
        }
        match otherwise {
            Else::Body(body) => self.body(body, false),
            Else::Chain(id) => match &tree[*id].kind {
                ExprKind::If { condition, then, otherwise } => {
                    self.if_else(*condition, then, otherwise.as_ref());
                }
                _ => self.expression(*id),
            },
        }
    }

    fn uncertain(&mut self, subject: ExprId, thresholds: &[(Name, ExprId)], bands: &[Band]) {
        self.open();
        self.token();
        self.space();
        self.token();
        self.space();
        self.expression(subject);
        for (_, threshold) in thresholds {
            self.comma();
            self.space();
            self.token();
            self.token();
            self.space();
            self.expression(*threshold);
        }
        self.space();
        self.branches(bands.len(), |writer, index| {
            if let Some(band) = bands.get(index) {
                writer.token();
                writer.space();
                if matches!(writer.kind(), Kind::Arrow | Kind::FatArrow) {
                    writer.spaced();
                }
                writer.body(&band.body, true);
            }
        });
        self.close();
    }

    fn choice(&mut self, choice: &Match) {
        self.open();
        self.token();
        self.space();
        self.expression(choice.subject);
        self.space();
        if choice.switch {
            self.cases(&choice.arms);
        } else {
            self.branches(choice.arms.len(), |writer, index| {
                let Some(arm) = choice.arms.get(index) else { return };
                writer.pattern(&arm.pattern);
                if let Some(guard) = arm.guard {
                    writer.spaced();
                    writer.expression(guard);
                }
                writer.spaced();
                writer.body(&arm.body, true);
            });
        }
        self.close();
    }

    /// Bands or arms: each has a line of its own.
    fn branches(&mut self, count: usize, mut each: impl FnMut(&mut Self, usize)) {
        self.token();
        if count == 0 {
            return self.nothing_inside();
        }
        self.indent();
        self.hard_line();
        for index in 0..count {
            if index > 0 {
                self.separate();
            }
            each(self, index);
            while self.skip(Kind::Comma) || self.skip(Kind::Semicolon) {}
        }
        self.comments_before_close();
        self.dedent();
        self.hard_line();
        self.token();
    }
}
