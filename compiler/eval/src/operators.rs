//! Operators before one operand and between two.

use std::cmp::Ordering;

use prism_catalog::{BinaryOperator, UnaryOperator};
use prism_ir::{Literal, Operation};

use crate::activation::Activation;
use crate::evaluate::{Evaluator, Flow};
use crate::{Data, EvalError, Value, arithmetic};

impl Evaluator<'_> {
    pub(crate) fn unary(&mut self, activation: &mut Activation<'_>, operator: &str, operand: u32) -> Flow {
        let operator = UnaryOperator::from_name(operator)
            .ok_or_else(|| EvalError::malformed(format!("there is no prefix operator `{operator}`")))?;
        let value = self.operation(activation, operand)?;
        let payload = match operator {
            UnaryOperator::Not => Value::from(!value.is_truthy()),
            UnaryOperator::Negate => arithmetic::negate(&value)?,
            UnaryOperator::Plus => match value.data() {
                Data::Number(number) => Value::from(*number),
                _ => return Err(EvalError::unsuitable("+", "a number", &[&value]).into()),
            },
            UnaryOperator::Confidence => return Ok(value.confidence().point(self.environment.mode).into()),
        };
        Ok(payload.and_uncertainty(value.uncertainty()))
    }

    pub(crate) fn binary(
        &mut self,
        activation: &mut Activation<'_>,
        operator: &str,
        left: u32,
        right: u32,
    ) -> Flow {
        let operator = BinaryOperator::from_name(operator)
            .ok_or_else(|| EvalError::malformed(format!("there is no operator `{operator}`")))?;
        let against_null = is_null_literal(activation, left) || is_null_literal(activation, right);
        let left = self.operation(activation, left)?;
        let decided = match operator {
            BinaryOperator::And => !left.is_truthy(),
            BinaryOperator::Or => left.is_truthy(),
            BinaryOperator::Coalesce => !left.is_null(),
            _ => {
                let right = self.operation(activation, right)?;
                let value = self.combine(operator, &left, &right)?;
                return Ok(if against_null && is_equality(operator) {
                    value.without_confidence()
                } else {
                    value
                });
            }
        };
        if decided {
            self.left_alone(activation, left.uncertainty(), right)?;
            Ok(left)
        } else {
            // A null left of `??` adds what it carries: nothing, unless it is itself uncertain.
            self.under(activation, left.uncertainty(), right)
        }
    }

    fn combine(&mut self, operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, EvalError> {
        let value = match operator {
            BinaryOperator::Add => self.add(left, right)?,
            BinaryOperator::Subtract => arithmetic::subtract(left, right)?,
            BinaryOperator::Multiply => arithmetic::multiply(left, right)?,
            BinaryOperator::Divide => arithmetic::divide(left, right)?,
            BinaryOperator::Remainder => arithmetic::remainder(left, right)?,
            BinaryOperator::Power => arithmetic::power(left, right)?,
            BinaryOperator::Equal | BinaryOperator::StrictEqual => self.equal(left, right)?.into(),
            BinaryOperator::NotEqual | BinaryOperator::StrictNotEqual => (!self.equal(left, right)?).into(),
            BinaryOperator::Less => self.ordered(operator, left, right, Ordering::is_lt)?,
            BinaryOperator::LessOrEqual => self.ordered(operator, left, right, Ordering::is_le)?,
            BinaryOperator::Greater => self.ordered(operator, left, right, Ordering::is_gt)?,
            BinaryOperator::GreaterOrEqual => self.ordered(operator, left, right, Ordering::is_ge)?,
            BinaryOperator::In => return self.contained(left, right),
            BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Coalesce => {
                return Err(EvalError::malformed(format!("`{operator}` is lazy")));
            }
        };
        Ok(looked_at(value, &[left, right]))
    }

    fn add(&mut self, left: &Value, right: &Value) -> Result<Value, EvalError> {
        if left.as_text().is_none() && right.as_text().is_none() {
            return arithmetic::add(left, right);
        }
        let (left, right) = (self.text_of("+", left)?, self.text_of("+", right)?);
        self.text_fits(left.len().saturating_add(right.len()))?;
        self.fuel.take((left.len() + right.len()) as u64 / 16)?;
        Ok(Value::from([left.as_str(), right.as_str()].concat()))
    }

    /// Structural equality, paid for.
    pub(crate) fn equal(&mut self, left: &Value, right: &Value) -> Result<bool, EvalError> {
        self.fuel.take(left.size().min(right.size()) / 16)?;
        Ok(left == right)
    }

    fn ordered(
        &mut self,
        operator: BinaryOperator,
        left: &Value,
        right: &Value,
        holds: fn(Ordering) -> bool,
    ) -> Result<Value, EvalError> {
        self.fuel.take(left.size().min(right.size()) / 16)?;
        Ok(holds(arithmetic::compare(operator.name(), left, right)?).into())
    }

    /// `left in right`.
    fn contained(&mut self, left: &Value, right: &Value) -> Result<Value, EvalError> {
        match (left.data(), right.data()) {
            (_, Data::List(list)) => {
                let mut found = false;
                for element in list.elements() {
                    self.fuel.take(1)?;
                    if self.equal(left, element)? {
                        found = true;
                        break;
                    }
                }
                Ok(looked_at(found.into(), &[left, right]))
            }
            (Data::String(part), Data::String(whole)) => {
                self.fuel.take(right.size() / 16)?;
                Ok(looked_at(whole.contains(part.as_str()).into(), &[left, right]))
            }
            // Only the names are looked at, not the members.
            (Data::String(name), Data::Record(record)) => {
                let found = Value::from(record.fields().contains_key(name));
                Ok(found.and_uncertainty(left.uncertainty()).and_uncertainty(right.uncertainty()))
            }
            _ => Err(EvalError::unsuitable(
                "in",
                "a value and a list, a string and a record, or two strings",
                &[left, right],
            )),
        }
    }
}

fn is_null_literal(activation: &Activation<'_>, index: u32) -> bool {
    matches!(activation.operation(index), Ok(Operation::Literal { value: Literal::Null }))
}

/// Whether it is `==` or `!=`. Against a written `null` these ask whether there is an answer, not whether it is right, so
/// they give a plain boolean.
const fn is_equality(operator: BinaryOperator) -> bool {
    matches!(
        operator,
        BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::StrictEqual
            | BinaryOperator::StrictNotEqual
    )
}

/// A value that was computed from all of some others, members included.
pub(crate) fn looked_at(value: Value, operands: &[&Value]) -> Value {
    operands.iter().fold(value, |value, operand| {
        value.and_uncertainty(operand.uncertainty()).and_uncertainty(operand.member_residual())
    })
}
