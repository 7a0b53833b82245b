use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Literal;

/// A type, as far as it matters when a pattern runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Type {
    /// Anything.
    Any,
    /// Anything, to be narrowed before use.
    Unknown,
    /// No value at all.
    Never,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// A finite number.
    Number,
    /// A whole number.
    Integer,
    /// A text.
    String,
    /// A duration.
    Duration,
    /// A sum of money.
    Money,
    /// A number in [0, 1].
    Confidence,
    /// One value.
    Literal {
        /// The value.
        value: Literal,
    },
    /// A list.
    List {
        /// The type of the elements.
        of: Box<Type>,
    },
    /// A record with arbitrary keys.
    Map {
        /// The type of the values.
        of: Box<Type>,
    },
    /// A record.
    Record {
        /// The known fields.
        fields: Vec<TypeField>,
        /// Whether others may be present.
        open: bool,
    },
    /// One of several types.
    Union {
        /// The members.
        of: Vec<Type>,
    },
    /// An agent's answer, until a gate.
    Uncertain {
        /// The type of the value.
        of: Box<Type>,
    },
    /// An agent, of a contract where it names one.
    Agent {
        /// The contract.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contract: Option<String>,
    },
    /// A function.
    Function {
        /// The types of the parameters.
        parameters: Vec<Type>,
        /// The type of the result.
        result: Box<Type>,
    },
    /// A type of the document's `types` table.
    Named {
        /// Its name.
        name: String,
    },
}

/// A field of a record type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeField {
    /// The name.
    pub name: String,
    /// The type.
    pub value: Type,
    /// Whether it may be absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

impl Type {
    /// The type without the uncertainty around it.
    pub fn certain(&self) -> &Self {
        match self {
            Self::Uncertain { of } => of.certain(),
            other => other,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Any => "any",
            Self::Unknown => "unknown",
            Self::Never => "never",
            Self::Null => "null",
            Self::Boolean => "bool",
            Self::Number => "number",
            Self::Integer => "int",
            Self::String => "string",
            Self::Duration => "duration",
            Self::Money => "money",
            Self::Confidence => "confidence",
            Self::Literal { value } => return write!(formatter, "{}", value.to_json()),
            Self::List { of } if matches!(**of, Self::Union { .. } | Self::Function { .. }) => {
                return write!(formatter, "({of})[]");
            }
            Self::List { of } => return write!(formatter, "{of}[]"),
            Self::Map { of } => return write!(formatter, "map<{of}>"),
            Self::Record { fields, open } => return write_record(formatter, fields, *open),
            Self::Union { of } => return write_separated(formatter, of, " | "),
            Self::Uncertain { of } if matches!(**of, Self::Union { .. } | Self::Function { .. }) => {
                return write!(formatter, "~({of})");
            }
            Self::Uncertain { of } => return write!(formatter, "~{of}"),
            Self::Agent { contract: Some(contract) } => return write!(formatter, "Agent<{contract}>"),
            Self::Agent { contract: None } => "Agent",
            Self::Function { parameters, result } => {
                formatter.write_str("(")?;
                write_separated(formatter, parameters, ", ")?;
                return write!(formatter, ") -> {result}");
            }
            Self::Named { name } => name.as_str(),
        };
        formatter.write_str(name)
    }
}

fn write_separated(formatter: &mut fmt::Formatter<'_>, types: &[Type], separator: &str) -> fmt::Result {
    for (position, member) in types.iter().enumerate() {
        if position > 0 {
            formatter.write_str(separator)?;
        }
        write!(formatter, "{member}")?;
    }
    Ok(())
}

fn write_record(formatter: &mut fmt::Formatter<'_>, fields: &[TypeField], open: bool) -> fmt::Result {
    formatter.write_str("{")?;
    for (position, field) in fields.iter().enumerate() {
        let separator = if position > 0 { "," } else { "" };
        let mark = if field.optional { "?" } else { "" };
        write!(formatter, "{separator} {}{mark}: {}", field.name, field.value)?;
    }
    match (open, fields.is_empty()) {
        (true, true) => formatter.write_str(" ... }"),
        (true, false) => formatter.write_str(", ... }"),
        (false, true) => formatter.write_str("}"),
        (false, false) => formatter.write_str(" }"),
    }
}
