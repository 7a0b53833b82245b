//! Written types.

use super::list::Layout;
use super::writer::Writer;
use crate::Kind;
use crate::ast::{ExprId, TypeExprId, TypeExprKind};

impl<'a> Writer<'a> {
    pub(super) fn type_expression(&mut self, id: TypeExprId) {
        stacker::maybe_grow(64 << 10, 1 << 20, || self.type_here(id));
    }

    fn type_here(&mut self, id: TypeExprId) {
        let tree = self.tree;
        let written = &tree[id];
        if self.is(Kind::LeftParenthesis) && self.offset() < written.span.start {
            self.token();
            self.type_expression(id);
            self.token();
            return;
        }
        match &written.kind {
            TypeExprKind::Named { arguments, .. } => {
                self.token();
                if !arguments.is_empty() {
                    self.type_arguments(arguments);
                }
            }
            TypeExprKind::Literal(_) | TypeExprKind::Error => self.until(written.span.end),
            TypeExprKind::Uncertain(inner) => {
                if !std::mem::take(&mut self.split) {
                    self.token();
                }
                self.type_expression(*inner);
            }
            TypeExprKind::List(inner) => {
                self.type_expression(*inner);
                self.token();
                self.token();
            }
            TypeExprKind::Optional(inner) => {
                self.type_expression(*inner);
                self.token();
            }
            TypeExprKind::Union(members) => self.union(members),
            TypeExprKind::Record { fields, open } => {
                let count = fields.len() + usize::from(*open);
                self.list(count, Layout::FIELDS, |writer, index| {
                    writer.token();
                    if let Some(field) = fields.get(index) {
                        if field.optional {
                            writer.token();
                        }
                        writer.declared(Some(field.value));
                    }
                });
            }
            TypeExprKind::Function { parameters, result } => {
                self.list(parameters.len(), Layout::PARENTHESES, |writer, index| {
                    if let Some(parameter) = parameters.get(index) {
                        writer.type_expression(*parameter);
                    }
                });
                self.spaced();
                self.type_expression(*result);
            }
        }
    }

    fn union(&mut self, members: &[TypeExprId]) {
        self.open();
        self.indent();
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.line();
                self.token();
                self.space();
            } else {
                self.skip(Kind::Bar);
            }
            self.type_expression(*member);
        }
        self.dedent();
        self.close();
    }

    /// `<A, B>`; the lexer reads `<~` and `>=` as one token.
    fn type_arguments(&mut self, arguments: &[TypeExprId]) {
        self.split = self.is(Kind::ConfidenceOf);
        self.token();
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.comma();
                self.space();
            }
            self.type_expression(*argument);
        }
        self.skip(Kind::Comma);
        self.close_angle();
    }

    pub(super) fn close_angle(&mut self) {
        if self.is(Kind::GreaterOrEqual) {
            self.comments();
            self.literal(">");
            self.split = true;
        } else {
            self.token();
        }
    }

    /// `: T`, where there is one.
    pub(super) fn declared(&mut self, declared: Option<TypeExprId>) {
        if let Some(declared) = declared {
            self.token();
            self.space();
            self.type_expression(declared);
        }
    }

    /// `= e`, where there is one.
    pub(super) fn default(&mut self, default: Option<ExprId>) {
        if let Some(default) = default {
            self.assign_sign();
            self.value(default);
        }
    }

    /// `=` with spaces, also where it is the end of a `>=`.
    pub(super) fn assign_sign(&mut self) {
        self.space();
        if std::mem::take(&mut self.split) {
            self.literal("=");
            self.at += 1;
        } else {
            self.token();
        }
        self.space();
    }

    /// The tokens up to an offset, without spaces.
    pub(super) fn until(&mut self, end: u32) {
        while self.at < self.tokens.len() && self.offset() < end {
            self.token();
        }
    }
}
