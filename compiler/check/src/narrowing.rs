//! What a condition says about variables where it holds, and where it does not.

use prism_catalog::{BinaryOperator, UnaryOperator};
use prism_syntax::ast::{ExprId, ExprKind, Literal};

use crate::Type;
use crate::checked::{LocalId, Resolution};
use crate::checker::Checker;

/// What is known of variables.
pub(crate) type Facts = Vec<(LocalId, Type)>;

impl Checker<'_> {
    /// Facts of a condition that was checked already: those where it holds, and those where it does not.
    pub(crate) fn facts(&self, condition: ExprId) -> (Facts, Facts) {
        match &self.tree[condition].kind {
            ExprKind::Unary { operator: UnaryOperator::Not, operand, .. } => {
                let (holds, fails) = self.facts(*operand);
                (fails, holds)
            }
            ExprKind::Binary { operator: BinaryOperator::And, left, right, .. } => {
                let (mut holds, _) = self.facts(*left);
                holds.extend(self.facts(*right).0);
                (holds, Facts::new())
            }
            ExprKind::Binary { operator: BinaryOperator::Or, left, right, .. } => {
                let (_, mut fails) = self.facts(*left);
                fails.extend(self.facts(*right).1);
                (Facts::new(), fails)
            }
            ExprKind::Binary { operator, left, right, .. } => self.comparison_facts(*operator, *left, *right),
            ExprKind::Name(_) => {
                let holds = self.variable(condition).map(|(local, of)| (local, self.without_null(&of)));
                (holds.into_iter().collect(), Facts::new())
            }
            _ => (Facts::new(), Facts::new()),
        }
    }

    fn comparison_facts(&self, operator: BinaryOperator, left: ExprId, right: ExprId) -> (Facts, Facts) {
        use BinaryOperator as Operator;
        let null = |id: ExprId| matches!(self.tree[id].kind, ExprKind::Literal(Literal::Null));
        let variable = match (null(left), null(right)) {
            (false, true) => self.variable(left),
            (true, false) => self.variable(right),
            _ => None,
        };
        if let Some((local, of)) = variable {
            let kept = vec![(local, self.without_null(&of))];
            let nothing = vec![(local, Type::Null)];
            return match operator {
                Operator::NotEqual | Operator::StrictNotEqual => (kept, nothing),
                Operator::Equal | Operator::StrictEqual => (nothing, kept),
                _ => (Facts::new(), Facts::new()),
            };
        }
        let sure = match operator {
            Operator::GreaterOrEqual | Operator::Greater => self.confidence_of(left),
            Operator::LessOrEqual | Operator::Less => self.confidence_of(right),
            _ => None,
        };
        (sure.map(|(local, of)| (local, of.certain())).into_iter().collect(), Facts::new())
    }

    /// The variable of `<~x`.
    fn confidence_of(&self, id: ExprId) -> Option<(LocalId, Type)> {
        match &self.tree[id].kind {
            ExprKind::Unary { operator: UnaryOperator::Confidence, operand, .. } => self.variable(*operand),
            _ => None,
        }
    }

    /// The variable that an expression is, with its type at this place.
    pub(crate) fn variable(&self, id: ExprId) -> Option<(LocalId, Type)> {
        match self.out.resolutions.get(&id) {
            Some(Resolution::Local(local)) => Some((*local, self.local_type(*local))),
            _ => None,
        }
    }
}
