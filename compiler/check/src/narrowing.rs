//! What a condition says about variables, and about what is in them, where it holds and where it does not.

use prism_catalog::{BinaryOperator, UnaryOperator};
use prism_syntax::ast::{ExprId, ExprKind, Literal};

use crate::Type;
use crate::checked::{LocalId, Resolution};
use crate::checker::Checker;

/// A variable, or what is found in it along a path. Values never change, so what a condition has said of it stays
/// true.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    /// The variable; absent for the pattern's input.
    root: Option<LocalId>,
    path: Vec<Step>,
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Field(Box<str>),
    Position(u64),
}

/// What is known of variables and of what is in them.
pub(crate) type Facts = Vec<(Subject, Type)>;

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
            ExprKind::Name(_)
            | ExprKind::Member { .. }
            | ExprKind::OptionalMember { .. }
            | ExprKind::Index { .. } => (self.there(condition), Facts::new()),
            _ => (Facts::new(), Facts::new()),
        }
    }

    fn comparison_facts(&self, operator: BinaryOperator, left: ExprId, right: ExprId) -> (Facts, Facts) {
        use BinaryOperator as Operator;
        let null = |id: ExprId| matches!(self.tree[id].kind, ExprKind::Literal(Literal::Null));
        let known = match (null(left), null(right)) {
            (false, true) => Some(left),
            (true, false) => Some(right),
            _ => None,
        };
        if let Some(known) = known {
            let kept = self.there(known);
            let nothing = self.subject(known).map(|subject| (subject, Type::Null)).into_iter().collect();
            return match operator {
                Operator::NotEqual | Operator::StrictNotEqual => (kept, nothing),
                Operator::Equal | Operator::StrictEqual => (nothing, kept),
                _ => (Facts::new(), Facts::new()),
            };
        }
        let (sure, unsure) = match operator {
            Operator::GreaterOrEqual | Operator::Greater => (left, right),
            Operator::LessOrEqual | Operator::Less => (right, left),
            _ => return (Facts::new(), Facts::new()),
        };
        let certain = |id: ExprId| {
            let known = self.confidence_of(id);
            known.map(|(subject, of)| (subject, of.certain())).into_iter().collect()
        };
        (certain(sure), certain(unsure))
    }

    /// The facts of a value that is not null: with `a?.b`, `a` is not null either.
    fn there(&self, id: ExprId) -> Facts {
        let mut facts = match &self.tree[id].kind {
            ExprKind::OptionalMember { object, .. } => self.there(*object),
            _ => Facts::new(),
        };
        facts.extend(self.known(id).map(|(subject, of)| (subject, self.without_null(&of))));
        facts
    }

    /// The `x` of `<~x`.
    pub(crate) fn confidence_of(&self, id: ExprId) -> Option<(Subject, Type)> {
        match &self.tree[id].kind {
            ExprKind::Unary { operator: UnaryOperator::Confidence, operand, .. } => self.known(*operand),
            _ => None,
        }
    }

    /// What an expression that was checked already reads, with its type there, if conditions can speak of it.
    pub(crate) fn known(&self, id: ExprId) -> Option<(Subject, Type)> {
        self.subject(id).map(|subject| (subject, self.out.type_of(id).clone()))
    }

    /// The type that the conditions around this place leave of what an expression reads.
    pub(crate) fn narrowed(&self, id: ExprId) -> Option<Type> {
        if !self.scopes.has_facts() {
            return None;
        }
        self.subject(id).and_then(|subject| self.scopes.narrowed(&subject)).cloned()
    }

    fn subject(&self, id: ExprId) -> Option<Subject> {
        let mut path = Vec::new();
        let mut current = id;
        let root = loop {
            match &self.tree[current].kind {
                ExprKind::Name(_) => match self.out.resolutions.get(&current) {
                    Some(Resolution::Local(local)) => break Some(*local),
                    Some(Resolution::Input) => break None,
                    _ => return None,
                },
                ExprKind::Member { object, name } | ExprKind::OptionalMember { object, name } => {
                    path.push(Step::Field(name.text.clone()));
                    current = *object;
                }
                ExprKind::Index { object, index } => {
                    path.push(match self.literal(*index)? {
                        Literal::Number(position) if *position >= 0.0 && position.fract() == 0.0 => {
                            Step::Position(*position as u64)
                        }
                        Literal::String(name) => Step::Field((**name).into()),
                        _ => return None,
                    });
                    current = *object;
                }
                _ => return None,
            }
        };
        path.reverse();
        Some(Subject { root, path })
    }
}
