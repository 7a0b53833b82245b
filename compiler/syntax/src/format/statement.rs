//! Statements.

use super::writer::Writer;
use crate::Kind;
use crate::ast::Body;
use crate::ast::{For, MatchArm, Mock, MockBehaviour, StatementId, StatementKind, Try, While};

impl<'a> Writer<'a> {
    /// Statements, each on a line of its own.
    pub(super) fn statements(&mut self, statements: &[StatementId]) {
        let mut rest = statements;
        while !rest.is_empty() {
            while self.skip(Kind::Semicolon) {}
            if rest.len() < statements.len() {
                self.separate();
            }
            let taken = self.statement(rest);
            rest = rest.get(taken..).unwrap_or_default();
            while self.skip(Kind::Semicolon) {}
        }
    }

    /// The first of some statements, and those that are bound with it. Gives how many they are.
    pub(super) fn statement(&mut self, statements: &[StatementId]) -> usize {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.statement_here(statements))
    }

    fn statement_here(&mut self, statements: &[StatementId]) -> usize {
        let tree = self.tree;
        let Some(id) = statements.first() else { return 1 };
        let statement = &tree[*id];
        match &statement.kind {
            StatementKind::Let { .. } => return self.bindings(statements),
            StatementKind::Assign(assign) => {
                self.expression(assign.place);
                self.spaced();
                self.value(assign.value);
            }
            StatementKind::Unpack { target, value } => {
                self.target(target);
                self.spaced();
                self.expression(*value);
            }
            StatementKind::Step { place, prefix, .. } => {
                if *prefix {
                    self.token();
                }
                self.expression(*place);
                if !*prefix {
                    self.token();
                }
            }
            StatementKind::Return(value) => {
                self.token();
                if let Some(value) = value {
                    self.space();
                    self.expression(*value);
                }
            }
            StatementKind::Break | StatementKind::Continue => self.token(),
            StatementKind::Error => self.until(statement.span.end),
            StatementKind::Assert { condition, message } => {
                self.token();
                let around = message.is_some_and(|message| {
                    self.is(Kind::LeftParenthesis)
                        && self.tokens.span(self.mate()).start >= tree[message].span.end
                });
                if let (true, Some(message)) = (around, message) {
                    if self.ahead(0).follows_space() {
                        self.space();
                    }
                    self.list(2, super::list::Layout::PARENTHESES, |writer, index| {
                        writer.expression(if index == 0 { *condition } else { *message });
                    });
                } else {
                    self.space();
                    self.expression(*condition);
                    if let Some(message) = message {
                        self.comma();
                        self.space();
                        self.expression(*message);
                    }
                }
            }
            StatementKind::Mock(mock) => self.mock(mock),
            StatementKind::For(each) => self.for_loop(each),
            StatementKind::While(each) => self.while_loop(each),
            StatementKind::Try(attempt) => self.try_catch(attempt),
            StatementKind::Expression(value) => self.expression(*value),
            StatementKind::Function(function) => self.function(function),
            StatementKind::Type(alias) => self.type_alias(alias),
            StatementKind::Block(block) => {
                // `in context x { … }`
                while self.offset() < block.span.start {
                    if self.is(Kind::LeftBrace) {
                        break;
                    }
                    self.as_written(self.at + 1);
                    self.space();
                }
                self.block(block, true);
            }
        }
        1
    }

    /// `let a = 1, b = 2`.
    fn bindings(&mut self, statements: &[StatementId]) -> usize {
        let tree = self.tree;
        // A single one has nothing of its own to break.
        let several = statements.get(1).is_some_and(|next| !self.has_keyword(*next));
        if several {
            self.open();
            self.indent();
        }
        self.token();
        self.space();
        let mut taken = 0;
        for id in statements {
            let StatementKind::Let { target, declared, value, .. } = &tree[*id].kind else { break };
            if taken > 0 {
                if !self.is(Kind::Comma) {
                    break;
                }
                self.comma();
                self.line();
            }
            self.target(target);
            self.declared(*declared);
            self.default(*value);
            taken += 1;
        }
        if several {
            self.dedent();
            self.close();
        }
        taken
    }

    /// Whether a statement begins with its own `let` or `const`, or is no binding at all.
    fn has_keyword(&self, id: StatementId) -> bool {
        let statement = &self.tree[id];
        let StatementKind::Let { target, .. } = &statement.kind else { return true };
        statement.span.start < target.span().start
    }

    fn mock(&mut self, mock: &Mock) {
        self.token();
        self.spaced();
        self.spaced();
        if mock.calibrated {
            self.spaced();
        }
        self.spaced();
        let (MockBehaviour::Replies(value) | MockBehaviour::Fails(value) | MockBehaviour::Answers(value)) =
            mock.behaviour;
        self.expression(value);
        if let Some(after) = mock.after {
            self.spaced();
            self.expression(after);
        }
    }

    fn for_loop(&mut self, each: &For) {
        self.token();
        self.space();
        match each {
            For::All { variables, body } => {
                self.token();
                self.space();
                for (index, (_, declared)) in variables.iter().enumerate() {
                    if index > 0 {
                        self.comma();
                        self.space();
                    }
                    self.token();
                    self.declared(Some(*declared));
                }
                self.space();
                self.block(body, true);
            }
            For::Each { target, second, list, limit, body } => {
                let parentheses = self.accept(Kind::LeftParenthesis);
                if parentheses && matches!(self.kind(), Kind::Let | Kind::Const) {
                    self.token();
                    self.space();
                }
                self.target(target);
                if second.is_some() {
                    self.comma();
                    self.space();
                    self.token();
                }
                self.spaced();
                self.expression(*list);
                if parentheses {
                    self.token();
                }
                if let Some(limit) = limit {
                    self.spaced();
                    self.expression(*limit);
                }
                self.space();
                self.body(body, true);
            }
            For::Count { initial, condition, step, body } => {
                let parentheses = self.accept(Kind::LeftParenthesis);
                if !initial.is_empty() {
                    self.statement(initial);
                }
                self.token();
                if let Some(condition) = condition {
                    self.space();
                    self.expression(*condition);
                }
                self.token();
                if let Some(step) = step {
                    self.space();
                    self.statement(&[*step]);
                }
                if parentheses {
                    self.token();
                }
                self.space();
                self.body(body, true);
            }
        }
    }

    fn while_loop(&mut self, each: &While) {
        self.token();
        self.space();
        if each.body_first {
            self.body(&each.body, true);
            self.spaced();
        }
        self.expression(each.condition);
        if let Some(limit) = each.limit {
            self.spaced();
            self.expression(limit);
        }
        if !each.body_first {
            self.space();
            self.body(&each.body, true);
        }
    }

    fn try_catch(&mut self, attempt: &Try) {
        self.open();
        self.token();
        self.space();
        self.block(&attempt.body, false);
        if let Some(catch) = &attempt.catch {
            self.spaced();
            while !self.is(Kind::LeftBrace) && self.at < self.tokens.len() {
                self.token();
            }
            self.space();
            self.block(&catch.body, false);
        }
        if let Some(finally) = &attempt.finally {
            self.spaced();
            self.block(finally, false);
        }
        self.close();
    }

    /// The braces of a `switch`: labels, and under each the statements of its case.
    pub(super) fn cases(&mut self, arms: &[MatchArm]) {
        let statements: Vec<StatementId> = arms
            .iter()
            .filter_map(|arm| match &arm.body {
                Body::Block(block) => Some(block.statements.as_slice()),
                Body::Record(_) | Body::Statement(_) => None,
            })
            .flatten()
            .copied()
            .collect();
        let mut rest = statements.as_slice();
        let end = self.mate();
        self.token();
        while self.skip(Kind::Semicolon) {}
        if self.at == end {
            return self.nothing_inside();
        }
        self.indent();
        self.hard_line();
        let mut first = true;
        let mut inside = false;
        while self.at < end {
            if !std::mem::take(&mut first) {
                self.separate_within(&mut inside);
            }
            if self.label_follows() {
                let colon = self.colon();
                self.as_written(colon);
                self.token();
                if let Some(taken) = self.block_on_label(rest) {
                    rest = rest.get(taken..).unwrap_or_default();
                }
                self.indent();
                inside = true;
            } else if self.is(Kind::Break) {
                self.token();
            } else {
                let before = self.at;
                let taken = self.statement(rest);
                rest = rest.get(taken..).unwrap_or_default();
                if self.at == before {
                    self.token();
                }
            }
            while self.skip(Kind::Semicolon) {}
        }
        self.comments_before_close();
        if inside {
            self.dedent();
        }
        self.dedent();
        self.hard_line();
        self.token();
    }

    /// `case 1: {`
    fn block_on_label(&mut self, statements: &[StatementId]) -> Option<usize> {
        let statement = &self.tree[*statements.first()?];
        let follows =
            matches!(statement.kind, StatementKind::Block(_)) && statement.span.start == self.offset();
        follows.then(|| {
            self.space();
            self.statement(statements)
        })
    }

    /// The line break before a label, which ends the case before, or before a statement.
    fn separate_within(&mut self, inside: &mut bool) {
        if *inside && self.label_follows() {
            self.dedent();
            *inside = false;
        }
        self.separate();
    }

    fn label_follows(&self) -> bool {
        self.is_word("case") || (self.is(Kind::Default) && self.ahead(1).kind == Kind::Colon)
    }

    /// The `:` of a label.
    fn colon(&self) -> usize {
        let mut open = 0_usize;
        let mut ternaries = 0_usize;
        for at in self.at..self.tokens.len() {
            match self.tokens.kind(at) {
                kind if kind.closes() && kind.opens() => {}
                kind if kind.opens() => open += 1,
                kind if kind.closes() => open = open.saturating_sub(1),
                Kind::Question | Kind::TildeQuestion if open == 0 => ternaries += 1,
                Kind::Colon if open == 0 && ternaries == 0 => return at,
                Kind::Colon if open == 0 => ternaries -= 1,
                _ => {}
            }
        }
        self.at
    }
}
