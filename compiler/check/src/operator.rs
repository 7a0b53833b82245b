use std::sync::Arc;

use prism_catalog::{BinaryOperator, UnaryOperator};
use prism_diagnostics::Span;
use prism_syntax::ast::{ExprId, ExprKind, Literal};

use crate::checker::Checker;
use crate::{CheckError, Type, nearest};

/// What arithmetic sees of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Integer,
    Text,
    Duration,
    Money,
    Unknown,
    Other,
}

impl Checker<'_> {
    pub(crate) fn unary(&mut self, operator: UnaryOperator, operand: ExprId) -> Type {
        let found = self.expression(operand, None);
        let (certain, uncertain) = found.split();
        let result = match operator {
            UnaryOperator::Confidence => return Type::Confidence,
            UnaryOperator::Not => Type::Boolean,
            UnaryOperator::Negate | UnaryOperator::Plus => match (self.kind(&certain), certain.clone()) {
                (Kind::Unknown, _) => Type::Any,
                (Kind::Number | Kind::Integer | Kind::Duration | Kind::Money, Type::Literal(literal)) => {
                    negated(operator, &literal)
                }
                (Kind::Integer, _) => Type::Integer,
                (Kind::Number, _) => Type::Number,
                (Kind::Duration, _) => Type::Duration,
                (Kind::Money, _) => Type::Money,
                (Kind::Text | Kind::Other, _) => {
                    let (span, operator) = (self.tree[operand].span, operator.name());
                    self.report(CheckError::InvalidOperand { span, operator, found, other: None });
                    return Type::Error;
                }
            },
        };
        Type::uncertain_if(result, uncertain)
    }

    pub(crate) fn binary(
        &mut self,
        operator: BinaryOperator,
        span: Span,
        left: ExprId,
        right: ExprId,
    ) -> Type {
        let first = self.expression(left, None);
        if operator.is_lazy() {
            return self.lazy(operator, left, right, first);
        }
        let second = self.expression(right, None);
        let text = operator == BinaryOperator::Add
            && (self.kind(&first.certain()) == Kind::Text || self.kind(&second.certain()) == Kind::Text);
        let uncertain = first.is_uncertain()
            || second.is_uncertain()
            || text && (first.holds_answers() || second.holds_answers());
        if operator.is_comparison() {
            return self.comparison(operator, span, (left, &first), (right, &second));
        }
        let (one, other) = (self.kind(&first.certain()), self.kind(&second.certain()));
        let result = match (operator, one, other) {
            (BinaryOperator::Add, Kind::Text, _) | (BinaryOperator::Add, _, Kind::Text) => Some(Type::String),
            (_, Kind::Unknown, _) | (_, _, Kind::Unknown) => Some(Type::Any),
            (
                BinaryOperator::Divide | BinaryOperator::Power,
                Kind::Integer | Kind::Number,
                Kind::Integer | Kind::Number,
            ) => Some(Type::Number),
            (_, Kind::Integer, Kind::Integer) => Some(Type::Integer),
            (_, Kind::Integer | Kind::Number, Kind::Integer | Kind::Number) => Some(Type::Number),
            (BinaryOperator::Add | BinaryOperator::Subtract, Kind::Duration, Kind::Duration) => {
                Some(Type::Duration)
            }
            (BinaryOperator::Add | BinaryOperator::Subtract, Kind::Money, Kind::Money) => Some(Type::Money),
            (BinaryOperator::Divide, Kind::Duration, Kind::Duration) => Some(Type::Number),
            (BinaryOperator::Divide, Kind::Money, Kind::Money) => Some(Type::Number),
            (
                BinaryOperator::Multiply | BinaryOperator::Divide,
                Kind::Duration,
                Kind::Integer | Kind::Number,
            )
            | (BinaryOperator::Multiply, Kind::Integer | Kind::Number, Kind::Duration) => {
                Some(Type::Duration)
            }
            (
                BinaryOperator::Multiply | BinaryOperator::Divide,
                Kind::Money,
                Kind::Integer | Kind::Number,
            )
            | (BinaryOperator::Multiply, Kind::Integer | Kind::Number, Kind::Money) => Some(Type::Money),
            _ => None,
        };
        match result {
            Some(result) => Type::uncertain_if(result, uncertain),
            None => {
                let operator = operator.name();
                self.report(CheckError::InvalidOperand { span, operator, found: first, other: Some(second) });
                Type::Error
            }
        }
    }

    fn lazy(&mut self, operator: BinaryOperator, left: ExprId, right: ExprId, first: Type) -> Type {
        let (holds, fails) = self.facts(left);
        let facts = match operator {
            BinaryOperator::And => holds,
            BinaryOperator::Or => fails,
            _ => Vec::new(),
        };
        let mark = self.scopes.push_facts(&facts);
        let second = self.expression(right, None);
        self.scopes.pop_facts(mark);
        match operator {
            BinaryOperator::Coalesce => {
                let kept = self.without_null(&first);
                self.join(kept, second)
            }
            BinaryOperator::Or => {
                let kept = self.without_null(&first);
                self.join(kept, second)
            }
            _ => self.join(first, second),
        }
    }

    fn comparison(
        &mut self,
        operator: BinaryOperator,
        span: Span,
        (left, first): (ExprId, &Type),
        (right, second): (ExprId, &Type),
    ) -> Type {
        let uncertain = first.holds_answers() || second.holds_answers();
        match operator {
            BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::StrictEqual
            | BinaryOperator::StrictNotEqual => {
                if *first == Type::Null || *second == Type::Null {
                    return Type::Boolean;
                }
                self.comparable_literal(left, second);
                self.comparable_literal(right, first);
            }
            BinaryOperator::In => {
                let found = second.certain();
                let fits = self.kind(&found) == Kind::Text
                    || matches!(
                        self.expand(&found),
                        Type::List(_) | Type::Record { .. } | Type::Map(_) | Type::Any | Type::Error
                    );
                if !fits {
                    let (operator, found, other) = (operator.name(), first.clone(), Some(second.clone()));
                    self.report(CheckError::InvalidOperand { span, operator, found, other });
                }
            }
            _ => {
                let (one, other) = (self.kind(&first.certain()), self.kind(&second.certain()));
                let numeric = |kind| matches!(kind, Kind::Number | Kind::Integer);
                let fits = one == Kind::Unknown
                    || other == Kind::Unknown
                    || numeric(one) && numeric(other)
                    || one == other && one != Kind::Other;
                if !fits {
                    let (operator, found, other) = (operator.name(), first.clone(), Some(second.clone()));
                    self.report(CheckError::InvalidOperand { span, operator, found, other });
                    return Type::Error;
                }
            }
        }
        Type::uncertain_if(Type::Boolean, uncertain)
    }

    /// Comparing with a text that the other side can never be is a misspelling.
    fn comparable_literal(&mut self, id: ExprId, other: &Type) {
        let ExprKind::Literal(Literal::String(text)) = &self.tree[id].kind else { return };
        let Some(allowed) = self.literal_texts(other) else { return };
        if allowed.contains(text) || matches!(other, Type::Literal(_)) {
            return;
        }
        let near =
            nearest(text, allowed.iter().map(|known| &**known)).map(|near| format!("\"{near}\"").into());
        let (span, found, wanted) =
            (self.tree[id].span, format!("\"{text}\"").into(), self.expand(&other.certain()));
        self.report(CheckError::UnknownLiteral { span, found, wanted, nearest: near });
    }

    fn kind(&self, of: &Type) -> Kind {
        match self.expand(of).widened() {
            Type::Number | Type::Confidence => Kind::Number,
            Type::Integer => Kind::Integer,
            Type::String => Kind::Text,
            Type::Duration => Kind::Duration,
            Type::Money => Kind::Money,
            Type::Any | Type::Error | Type::Never => Kind::Unknown,
            Type::Union(members) => {
                let mut kinds = members.iter().map(|member| self.kind(member));
                let first = kinds.next().unwrap_or(Kind::Other);
                kinds.fold(first, |known, next| match (known, next) {
                    (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Number,
                    (known, next) if known == next => known,
                    _ => Kind::Other,
                })
            }
            _ => Kind::Other,
        }
    }
}

fn negated(operator: UnaryOperator, literal: &Literal) -> Type {
    let value = match (operator, literal) {
        (UnaryOperator::Negate, Literal::Number(number)) => Literal::Number(-number),
        (UnaryOperator::Negate, Literal::Duration(microseconds)) => {
            Literal::Duration(microseconds.saturating_neg())
        }
        (UnaryOperator::Negate, Literal::Money(nanodollars)) => Literal::Money(nanodollars.saturating_neg()),
        (_, other) => other.clone(),
    };
    Type::Literal(Arc::new(value))
}
