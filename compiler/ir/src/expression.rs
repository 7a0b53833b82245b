use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Literal, Slot, Type};

/// A pure expression: operations in an order in which each refers to earlier ones only. The last one is the value.
///
/// Evaluation starts at the last operation and looks at operands as it needs them, so that `&&`, `??`, conditionals
/// and bands leave alone what they do not need. An operation that several others refer to is evaluated for each.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Expression {
    /// The operations.
    pub operations: Vec<Operation>,
}

impl Expression {
    /// An expression of one literal.
    pub fn literal(value: Literal) -> Self {
        Self { operations: vec![Operation::Literal { value }] }
    }

    /// An expression that reads a slot.
    pub fn slot(slot: Slot) -> Self {
        Self { operations: vec![Operation::Slot { slot }] }
    }

    /// The literal that the whole expression is, if it is one.
    pub fn as_literal(&self) -> Option<&Literal> {
        match self.operations.as_slice() {
            [Operation::Literal { value }] => Some(value),
            _ => None,
        }
    }

    /// The index of the operation that gives the value; none for an empty expression, which no document may hold.
    pub fn root(&self) -> Option<u32> {
        u32::try_from(self.operations.len().checked_sub(1)?).ok()
    }
}

/// One step of an expression. Operands are indexes of earlier operations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    /// A value that is written out.
    Literal {
        /// The value.
        value: Literal,
    },
    /// What a slot of the frame holds.
    Slot {
        /// The slot.
        slot: Slot,
    },
    /// `!x`, `-x`, `+x`, `<~x`.
    Unary {
        /// The operator as it is written.
        operator: String,
        /// The operand.
        operand: u32,
    },
    /// `a + b`, and the lazy `&&`, `||`, `??`.
    Binary {
        /// The operator as it is written; `===` and `!==` are spelled `==` and `!=`.
        operator: String,
        /// The left operand.
        left: u32,
        /// The right operand.
        right: u32,
    },
    /// `c ? a : b`.
    Conditional {
        /// The condition.
        condition: u32,
        /// The value where it holds.
        then: u32,
        /// The value where it does not.
        otherwise: u32,
    },
    /// `o.name`.
    Member {
        /// The value.
        object: u32,
        /// The field.
        name: String,
        /// Whether null gives null: `o?.name`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        optional: bool,
    },
    /// `o[i]`.
    Index {
        /// The value.
        object: u32,
        /// The position or key.
        index: u32,
    },
    /// `[a, ...b]`.
    List {
        /// The elements.
        elements: Vec<Element>,
    },
    /// `{ a: 1, ...b }`.
    Record {
        /// The entries.
        entries: Vec<Entry>,
    },
    /// A string with values in it.
    Template {
        /// The parts, texts as literals.
        parts: Vec<u32>,
    },
    /// `e ~> p`.
    Attach {
        /// The value.
        value: u32,
        /// Its confidence.
        confidence: u32,
    },
    /// `e ~@> t`, `e ~@> (t, other)`.
    Gate {
        /// The value.
        value: u32,
        /// The least confidence.
        threshold: u32,
        /// What stands in; null where it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<u32>,
    },
    /// `e as T`: fails unless the value is one of the type.
    Cast {
        /// The value.
        value: u32,
        /// The type.
        target: Type,
    },
    /// A call of a function of the standard library.
    CallBuiltin {
        /// The name in the catalog.
        builtin: String,
        /// The arguments; for a method the value before the dot is the first.
        arguments: Vec<u32>,
    },
    /// A call of a pure function of the document.
    CallFunction {
        /// Its name.
        function: String,
        /// One argument per parameter, in their order.
        arguments: Vec<u32>,
    },
    /// A call of a function value.
    CallValue {
        /// The function value.
        callee: u32,
        /// The arguments.
        arguments: Vec<u32>,
    },
    /// A pure function without a name.
    Lambda {
        /// The slots of its own frame that take the arguments.
        parameters: Vec<Slot>,
        /// What it takes along from the frame it is made in.
        captures: Vec<Capture>,
        /// The size of its own frame.
        slots: u32,
        /// The operation that gives its value, evaluated in its own frame.
        body: u32,
    },
    /// Statements in order; the value is the last one's, or null.
    Block {
        /// The statements.
        statements: Vec<u32>,
    },
    /// Writes a slot; the value is null.
    Let {
        /// The slot.
        slot: Slot,
        /// What is written.
        value: u32,
    },
    /// Ends the function or lambda.
    Return {
        /// Its result.
        value: u32,
    },
    /// Ends the pattern with a failure.
    Fail {
        /// Why.
        message: u32,
        /// More for programs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        details: Option<u32>,
    },
    /// Chooses by the confidence of a value.
    Uncertain {
        /// The value.
        subject: u32,
        /// The least confidence of the high band; the pattern's where it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<u32>,
        /// The least confidence of the medium band; the pattern's where it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        medium: Option<u32>,
        /// What is evaluated in each band.
        bands: UncertainBands,
    },
}

/// An element of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// The value.
    pub value: u32,
    /// Whether its elements are taken instead of itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spread: bool,
}

/// An entry of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "entry", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// A field with a known key.
    Field {
        /// The key.
        key: String,
        /// The value.
        value: u32,
    },
    /// A field whose key is computed.
    Computed {
        /// The key.
        key: u32,
        /// The value.
        value: u32,
    },
    /// All the entries of another record.
    Spread {
        /// The record.
        value: u32,
    },
}

/// A value that a lambda or branch takes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// The slot of the frame around it.
    pub from: Slot,
    /// The slot of its own frame.
    pub to: Slot,
}

/// The branches of a choice by confidence. A band that is absent falls to `default`, and to null without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UncertainBands {
    /// At or above the high threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<u32>,
    /// At or above the medium threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<u32>,
    /// Below the medium threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<u32>,
    /// What no other band takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<u32>,
}

impl Operation {
    /// Calls `visit` with each operand.
    pub fn for_each_operand(&self, mut visit: impl FnMut(u32)) {
        match self {
            Self::Literal { .. } | Self::Slot { .. } => {}
            Self::Unary { operand, .. } => visit(*operand),
            Self::Binary { left, right, .. } => {
                visit(*left);
                visit(*right);
            }
            Self::Conditional { condition, then, otherwise } => {
                visit(*condition);
                visit(*then);
                visit(*otherwise);
            }
            Self::Member { object, .. } => visit(*object),
            Self::Index { object, index } => {
                visit(*object);
                visit(*index);
            }
            Self::List { elements } => elements.iter().for_each(|element| visit(element.value)),
            Self::Record { entries } => entries.iter().for_each(|entry| match entry {
                Entry::Field { value, .. } | Entry::Spread { value } => visit(*value),
                Entry::Computed { key, value } => {
                    visit(*key);
                    visit(*value);
                }
            }),
            Self::Template { parts } => parts.iter().for_each(|part| visit(*part)),
            Self::Attach { value, confidence } => {
                visit(*value);
                visit(*confidence);
            }
            Self::Gate { value, threshold, otherwise } => {
                visit(*value);
                visit(*threshold);
                otherwise.iter().for_each(|other| visit(*other));
            }
            Self::Cast { value, .. } | Self::Let { value, .. } | Self::Return { value } => visit(*value),
            Self::CallBuiltin { arguments, .. } | Self::CallFunction { arguments, .. } => {
                arguments.iter().for_each(|argument| visit(*argument));
            }
            Self::CallValue { callee, arguments } => {
                visit(*callee);
                arguments.iter().for_each(|argument| visit(*argument));
            }
            Self::Lambda { body, .. } => visit(*body),
            Self::Block { statements } => statements.iter().for_each(|statement| visit(*statement)),
            Self::Fail { message, details } => {
                visit(*message);
                details.iter().for_each(|details| visit(*details));
            }
            Self::Uncertain { subject, high, medium, bands } => {
                visit(*subject);
                [*high, *medium, bands.high, bands.medium, bands.low, bands.default]
                    .into_iter()
                    .flatten()
                    .for_each(visit);
            }
        }
    }
}
