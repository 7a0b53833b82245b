//! How high the tree is above its leaves, so that none is higher than the limit.

use super::Builder;
use crate::ast::{
    Argument, ArgumentValue, Block, Body, Element, Else, Entry, EntryKey, ExprId, ExprKind, For, Lambda,
    LambdaBody, Match, MatchPattern, MockBehaviour, Parameter, StatementId, StatementKind, Target,
    TemplatePart, TypeExprId, TypeExprKind,
};

fn highest(heights: impl Iterator<Item = u16>) -> u16 {
    heights.max().unwrap_or(0)
}

impl Builder<'_> {
    fn height(&self, id: ExprId) -> u16 {
        self.expression_heights.get(id.index()).copied().unwrap_or(0)
    }

    fn optional(&self, id: Option<ExprId>) -> u16 {
        id.map_or(0, |id| self.height(id))
    }

    fn height_of_id(&self, id: StatementId) -> u16 {
        self.statement_heights.get(id.index()).copied().unwrap_or(0)
    }

    fn height_of_block(&self, block: &Block) -> u16 {
        highest(block.statements.iter().map(|id| self.height_of_id(*id)))
    }

    fn height_of_body(&self, body: &Body) -> u16 {
        match body {
            Body::Block(block) => self.height_of_block(block),
            Body::Record(record) => self.height(*record),
            Body::Statement(statement) => self.height_of_id(*statement),
        }
    }

    fn height_of_arguments(&self, arguments: &[Argument]) -> u16 {
        highest(arguments.iter().map(|argument| match &argument.value {
            ArgumentValue::Expression(id) | ArgumentValue::Spread(id) => self.height(*id),
        }))
    }

    fn height_of_target(&self, target: &Target) -> u16 {
        let mut height = 0;
        target.each_default(&mut |id| height = height.max(self.height(id)));
        height
    }

    fn height_of_parameters(&self, parameters: &[Parameter]) -> u16 {
        highest(
            parameters.iter().map(|parameter| {
                self.optional(parameter.default).max(self.height_of_target(&parameter.target))
            }),
        )
    }

    fn height_of_lambda(&self, lambda: &Lambda) -> u16 {
        let body = match &lambda.body {
            LambdaBody::Expression(body) => self.height(*body),
            LambdaBody::Block(block) => self.height_of_block(block),
            LambdaBody::Assignment(statement) => self.height_of_id(*statement),
        };
        body.max(self.height_of_parameters(&lambda.parameters))
    }

    fn height_of_match(&self, choice: &Match) -> u16 {
        let arms = choice.arms.iter().map(|arm| {
            let mut height = self.optional(arm.guard).max(self.height_of_body(&arm.body));
            arm.pattern.walk(&mut |pattern| {
                if let MatchPattern::Value(value) = pattern {
                    height = height.max(self.height(*value));
                }
            });
            height
        });
        self.height(choice.subject).max(highest(arms))
    }

    pub(super) fn height_of_expression(&self, kind: &ExprKind) -> u16 {
        let height = |id: &ExprId| self.height(*id);
        match kind {
            ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Error => 0,
            ExprKind::Template(parts) => highest(parts.iter().map(|part| match part {
                TemplatePart::Text(_) => 0,
                TemplatePart::Expression(id) => height(id),
            })),
            ExprKind::List(elements) => highest(elements.iter().map(|Element { value, .. }| height(value))),
            ExprKind::Record(entries) => highest(entries.iter().map(|entry| match entry {
                Entry::Pair { key: EntryKey::Computed(key), value, .. } => height(key).max(height(value)),
                Entry::Pair { value, .. } | Entry::Spread(value) => height(value),
            })),
            ExprKind::Lambda(lambda) => self.height_of_lambda(lambda),
            ExprKind::Member { object, .. }
            | ExprKind::OptionalMember { object, .. }
            | ExprKind::TildeMember { object, .. } => height(object),
            ExprKind::Index { object, index } | ExprKind::OptionalIndex { object, index } => {
                height(object).max(height(index))
            }
            ExprKind::Call { callee, arguments } | ExprKind::OptionalCall { callee, arguments } => {
                height(callee).max(self.height_of_arguments(arguments))
            }
            ExprKind::New { arguments, .. } => self.height_of_arguments(arguments),
            ExprKind::Unary { operand, .. }
            | ExprKind::Assert(operand)
            | ExprKind::Typeof(operand)
            | ExprKind::Await(operand) => height(operand),
            ExprKind::Binary { left, right, .. } | ExprKind::Surer { left, right, .. } => {
                height(left).max(height(right))
            }
            ExprKind::Pipe { value, step, .. } => height(value).max(height(step)),
            ExprKind::Ternary { condition, then, otherwise, .. } => {
                height(condition).max(height(then)).max(height(otherwise))
            }
            ExprKind::Attach { value, confidence } => height(value).max(height(confidence)),
            ExprKind::Gate { value, threshold, otherwise, .. } => {
                height(value).max(height(threshold)).max(self.optional(*otherwise))
            }
            ExprKind::As { value, .. } | ExprKind::Is { value, .. } => height(value),
            ExprKind::Instanceof { value, class } => height(value).max(height(class)),
            ExprKind::If { condition, then, otherwise } => {
                let otherwise = match otherwise {
                    Some(Else::Chain(id)) => height(id),
                    Some(Else::Body(body)) => self.height_of_body(body),
                    None => 0,
                };
                height(condition).max(self.height_of_body(then)).max(otherwise)
            }
            ExprKind::Uncertain { subject, thresholds, bands } => {
                let thresholds = highest(thresholds.iter().map(|(_, id)| height(id)));
                let bands = highest(bands.iter().map(|band| self.height_of_body(&band.body)));
                height(subject).max(thresholds).max(bands)
            }
            ExprKind::Match(choice) => self.height_of_match(choice),
            ExprKind::Do(block) => self.height_of_block(block),
        }
    }

    pub(super) fn height_of_statement(&self, kind: &StatementKind) -> u16 {
        match kind {
            StatementKind::Let { target, value, .. } => {
                self.optional(*value).max(self.height_of_target(target))
            }
            StatementKind::Assign(assign) => self.height(assign.place).max(self.height(assign.value)),
            StatementKind::Unpack { target, value } => self.height(*value).max(self.height_of_target(target)),
            StatementKind::Step { place, .. } => self.height(*place),
            StatementKind::Return(value) => self.optional(*value),
            StatementKind::Assert { condition, message } => {
                self.height(*condition).max(self.optional(*message))
            }
            StatementKind::Mock(mock) => {
                let (MockBehaviour::Replies(value)
                | MockBehaviour::Fails(value)
                | MockBehaviour::Answers(value)) = mock.behaviour;
                self.height(value).max(self.optional(mock.after))
            }
            StatementKind::For(repeat) => match &**repeat {
                For::Each { target, list, limit, body, .. } => self
                    .height_of_target(target)
                    .max(self.height(*list))
                    .max(self.optional(*limit))
                    .max(self.height_of_body(body)),
                For::Count { initial, condition, step, body } => {
                    let ids = initial.iter().chain(step).map(|id| self.height_of_id(*id));
                    highest(ids).max(self.optional(*condition)).max(self.height_of_body(body))
                }
                For::All { body, .. } => self.height_of_block(body),
            },
            StatementKind::While(repeat) => self
                .height(repeat.condition)
                .max(self.optional(repeat.limit))
                .max(self.height_of_body(&repeat.body)),
            StatementKind::Try(attempt) => {
                let catch = attempt.catch.iter().map(|catch| self.height_of_block(&catch.body));
                let finally = attempt.finally.iter().map(|block| self.height_of_block(block));
                highest(catch.chain(finally)).max(self.height_of_block(&attempt.body))
            }
            StatementKind::Expression(value) => self.height(*value),
            StatementKind::Function(function) => {
                self.height_of_block(&function.body).max(self.height_of_parameters(&function.parameters))
            }
            StatementKind::Block(block) => self.height_of_block(block),
            StatementKind::Break
            | StatementKind::Continue
            | StatementKind::Type(_)
            | StatementKind::Error => 0,
        }
    }

    pub(super) fn height_of_type(&self, kind: &TypeExprKind) -> u16 {
        let height = |id: &TypeExprId| self.type_heights.get(id.index()).copied().unwrap_or(0);
        match kind {
            TypeExprKind::Named { arguments, .. } => highest(arguments.iter().map(height)),
            TypeExprKind::Uncertain(inner) | TypeExprKind::List(inner) | TypeExprKind::Optional(inner) => {
                height(inner)
            }
            TypeExprKind::Union(members) => highest(members.iter().map(height)),
            TypeExprKind::Record { fields, .. } => highest(fields.iter().map(|field| height(&field.value))),
            TypeExprKind::Function { parameters, result } => {
                highest(parameters.iter().map(height)).max(height(result))
            }
            TypeExprKind::Literal(_) | TypeExprKind::Error => 0,
        }
    }
}
