//! Operators between operands, and chains of members and calls.

use super::document::Hug;
use super::list::Layout;
use super::writer::Writer;
use crate::Kind;
use crate::ast::{Argument, ArgumentValue, Binary, ExprId, ExprKind, TypeExprId};

/// The operand behind an operator.
enum Right {
    Operand(ExprId),
    Threshold(ExprId, Option<ExprId>),
    Type(TypeExprId),
}

impl<'a> Writer<'a> {
    /// Operands and operators; where they need several lines, each operator starts one.
    pub(super) fn operators(&mut self, id: ExprId) {
        self.open();
        self.spine(id);
        self.dedent();
        self.close();
    }

    /// The same without a group, for left operands that go on in the same one. What follows the first is indented.
    fn spine(&mut self, id: ExprId) {
        let tree = self.tree;
        let (left, right) = match &tree[id].kind {
            ExprKind::Binary { left, right, .. } | ExprKind::Surer { left, right, .. } => {
                (*left, Right::Operand(*right))
            }
            ExprKind::Pipe { value, step, .. } => (*value, Right::Operand(*step)),
            ExprKind::Attach { value, confidence } => (*value, Right::Operand(*confidence)),
            ExprKind::Gate { value, threshold, otherwise, .. } => {
                (*value, Right::Threshold(*threshold, *otherwise))
            }
            ExprKind::Is { value, target } => (*value, Right::Type(*target)),
            ExprKind::Instanceof { value, class } => (*value, Right::Operand(*class)),
            _ => return self.expression(id),
        };
        let bare = tree[left].span.start == self.offset();
        if bare && self.goes_on(id, left) {
            self.spine(left);
        } else {
            self.expression(left);
            self.indent();
        }
        self.operator();
        match right {
            Right::Operand(right) | Right::Threshold(right, None) => self.expression(right),
            Right::Threshold(threshold, Some(otherwise)) => {
                self.list(2, Layout::PARENTHESES, |writer, index| {
                    writer.expression(if index == 0 { threshold } else { otherwise });
                });
            }
            Right::Type(target) => self.type_expression(target),
        }
    }

    fn operator(&mut self) {
        match self.kind() {
            // Words do not start the line of an operator.
            Kind::In | Kind::Is | Kind::Instanceof => self.spaced(),
            Kind::ConfidenceOf => {
                self.line();
                self.comments();
                self.literal("< ~");
                self.at += 1;
                self.split = true;
            }
            _ => {
                self.line();
                self.token();
                self.space();
            }
        }
    }

    /// Whether an operator and that of its left operand share a level.
    fn goes_on(&self, id: ExprId, left: ExprId) -> bool {
        match (&self.tree[id].kind, &self.tree[left].kind) {
            (ExprKind::Binary { operator: outer, .. }, ExprKind::Binary { operator: inner, .. }) => {
                level(*outer) == level(*inner) || self.is_piped(left)
            }
            (
                ExprKind::Surer { .. },
                ExprKind::Surer { .. } | ExprKind::Binary { operator: Binary::Or, .. },
            )
            | (ExprKind::Binary { operator: Binary::Or, .. }, ExprKind::Surer { .. })
            | (ExprKind::Pipe { .. }, ExprKind::Pipe { .. }) => true,
            (ExprKind::Gate { .. } | ExprKind::Attach { .. } | ExprKind::Binary { .. }, _) => {
                self.is_piped(left)
            }
            _ => false,
        }
    }

    /// Whether an expression is a pipe, or one that is gated, completed or marked as a whole.
    fn is_piped(&self, mut id: ExprId) -> bool {
        loop {
            match &self.tree[id].kind {
                ExprKind::Pipe { .. } => return true,
                ExprKind::Gate { value, .. } | ExprKind::Attach { value, .. } => id = *value,
                ExprKind::Binary { operator: Binary::Coalesce, left, .. } => id = *left,
                _ => return false,
            }
            if self.tree[id].span.start != self.offset() {
                return false;
            }
        }
    }

    // Chains.

    /// `a.b(c)[d]!`. Where several calls of members need several lines, each member starts one.
    pub(super) fn chain(&mut self, id: ExprId) {
        let tree = self.tree;
        let mut links = Vec::new();
        let mut base = id;
        while let Some(inner) = self.inside(base) {
            links.push(base);
            base = inner;
            if tree[base].span.start != self.offset() {
                break;
            }
        }
        links.reverse();
        let is_member = |index: usize| links.get(index).is_some_and(|link| self.is_member(*link));
        let calls = (1..links.len())
            .filter(|index| is_member(index - 1) && links.get(*index).is_some_and(|link| self.is_call(*link)))
            .count();
        if calls < 2 {
            self.expression(base);
            for link in links {
                self.link(link, false);
            }
            return;
        }
        let mut breaks = vec![false; links.len()];
        let mut head = true;
        for (index, slot) in breaks.iter_mut().enumerate() {
            let starts = if head { !is_member(index + 1) } else { index == 0 || !is_member(index - 1) };
            *slot = is_member(index) && starts;
            head &= !*slot;
        }
        if let Some(first) = breaks.first_mut().filter(|_| self.is_short(base)) {
            *first = false;
        }
        self.open();
        self.expression(base);
        self.indent();
        let mut hug = Hug::Never;
        for (link, starts_line) in links.iter().zip(&breaks) {
            let inner = self.link(*link, *starts_line);
            if calls <= 2 && (self.is_member(*link) || self.is_call(*link)) {
                hug = inner;
            }
        }
        self.dedent();
        self.close_hugging(hug);
    }

    /// Whether the last argument of a call may be broken by itself.
    pub(super) fn hugs_call(&self, id: ExprId) -> bool {
        let (ExprKind::Call { arguments, .. } | ExprKind::OptionalCall { arguments, .. }) =
            &self.tree[id].kind
        else {
            return false;
        };
        arguments.last().is_some_and(|last| last.trailing || self.hugs_argument(last))
    }

    /// What a link of a chain is attached to.
    fn inside(&self, id: ExprId) -> Option<ExprId> {
        match &self.tree[id].kind {
            ExprKind::Member { object, .. }
            | ExprKind::OptionalMember { object, .. }
            | ExprKind::TildeMember { object, .. }
            | ExprKind::OptionalIndex { object, .. }
            | ExprKind::Index { object, .. } => Some(*object),
            ExprKind::OptionalCall { callee, .. } | ExprKind::Call { callee, .. } => Some(*callee),
            ExprKind::As { value, .. } | ExprKind::Assert(value) => Some(*value),
            _ => None,
        }
    }

    fn is_member(&self, id: ExprId) -> bool {
        matches!(
            self.tree[id].kind,
            ExprKind::Member { .. } | ExprKind::OptionalMember { .. } | ExprKind::TildeMember { .. }
        )
    }

    fn is_call(&self, id: ExprId) -> bool {
        matches!(self.tree[id].kind, ExprKind::Call { .. } | ExprKind::OptionalCall { .. })
    }

    /// Whether the first member may stay on the line of a name: `Object.keys(x)`, `xs.map(f)`.
    fn is_short(&self, base: ExprId) -> bool {
        match &self.tree[base].kind {
            ExprKind::Name(name) => {
                name.text.len() <= 2 || name.text.starts_with(|first: char| first.is_uppercase())
            }
            _ => false,
        }
    }

    /// Gives whether the last argument of a call may be broken by itself.
    fn link(&mut self, id: ExprId, starts_line: bool) -> Hug {
        let tree = self.tree;
        if starts_line {
            self.soft_line();
        }
        match &tree[id].kind {
            ExprKind::Index { index, .. } => {
                self.token();
                self.expression(*index);
                self.token();
            }
            ExprKind::OptionalIndex { index, .. } => {
                self.token();
                self.token();
                self.expression(*index);
                self.token();
            }
            ExprKind::Call { arguments, .. } => return self.call(arguments),
            ExprKind::OptionalCall { arguments, .. } => {
                self.token();
                return self.call(arguments);
            }
            ExprKind::As { target, .. } => {
                self.spaced();
                self.type_expression(*target);
            }
            ExprKind::Assert(_) => self.token(),
            _ => {
                self.token();
                self.token();
            }
        }
        Hug::Never
    }

    fn call(&mut self, arguments: &[Argument]) -> Hug {
        let (plain, trailing) = match arguments.split_last() {
            Some((last, before)) if last.trailing => (before, Some(last)),
            _ => (arguments, None),
        };
        let mut hug = Hug::Never;
        if self.is(Kind::LeftParenthesis) {
            hug = self.arguments(plain);
        }
        if let Some(Argument { value: ArgumentValue::Expression(value), .. }) = trailing {
            self.space();
            hug = Hug::From(self.document.position());
            self.expression(*value);
        }
        hug
    }
}

/// How tightly an operator binds.
fn level(operator: Binary) -> u8 {
    match operator {
        Binary::Multiply | Binary::Divide | Binary::Remainder => 1,
        Binary::Add | Binary::Subtract => 2,
        Binary::And => 3,
        Binary::Or => 4,
        Binary::Coalesce => 5,
        _ => 6 + operator as u8,
    }
}
