use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Expression, Literal, Node, NodeId, Type};

/// Everything that was compiled from one source file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The version of this form: [`crate::IR_VERSION`].
    pub prism_ir: String,
    /// What made it: `prismc 0.1.0`.
    pub compiler: String,
    /// What it was made from.
    pub source: SourceReference,
    /// Named types.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(with = "std::collections::BTreeMap<String, Type>")]
    pub types: IndexMap<String, Type>,
    /// Contracts of agents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Contract>,
    /// Functions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Function>,
    /// Patterns, in the order of the source.
    pub patterns: Vec<Pattern>,
    /// All nodes of all patterns and functions.
    pub nodes: Vec<Node>,
}

/// The source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceReference {
    /// Its path as it was given to the compiler.
    pub path: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What agents of a kind can be asked, and under which terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// The name.
    pub name: String,
    /// What an agent must be able to do: all of these.
    pub capabilities: Vec<String>,
    /// The longest that a call may take, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_us: Option<i64>,
    /// What a call costs, in nano-dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_nanodollars: Option<i64>,
    /// Whether a call may be repeated after an internal error of the agent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idempotent: bool,
    /// The domain under which answers are calibrated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The confidence that agents promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Kinds of data that agents may be sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// How many calls one agent takes at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<u32>,
    /// The version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The questions.
    pub methods: Vec<Method>,
}

/// A question of a contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// The name.
    pub name: String,
    /// What it is asked about.
    pub parameters: Vec<Parameter>,
    /// What is answered.
    pub result: Type,
    /// The task text, over a frame whose slots are the parameters.
    pub task: Expression,
}

/// A parameter of a function or method.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The type.
    pub value: Type,
    /// Whether the argument may be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Whether the type was declared: a result is no surer than the arguments of parameters declared certain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declared: bool,
}

/// A function. Its parameters take the first slots of its frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// The name, unique in the document.
    pub name: String,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The type of the result.
    pub result: Type,
    /// The size of its frame.
    pub slots: u32,
    /// What it does.
    pub body: FunctionBody,
}

/// What a function does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FunctionBody {
    /// A pure function.
    Pure(Expression),
    /// A function that calls agents.
    Node(NodeId),
}

/// A pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// The name.
    pub name: String,
    /// The version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What it is for, in its author's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documentation: Option<String>,
    /// What it takes.
    pub input: Interface,
    /// What it gives back.
    pub output: Interface,
    /// Its limits.
    #[serde(default, skip_serializing_if = "Budget::is_empty")]
    pub budget: Budget,
    /// The least confidence that its result has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<f64>,
    /// How confidences propagate.
    #[serde(default, skip_serializing_if = "Propagation::is_default")]
    pub propagation: Propagation,
    /// The default bands of `uncertain if`.
    pub bands: Bands,
    /// The size of its frame; slot 0 holds the input.
    pub slots: u32,
    /// What it does.
    pub root: NodeId,
    /// The Merkle hash: equal hash, equal meaning.
    pub hash: String,
}

/// What a pattern takes or gives back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Interface {
    /// A record with these fields.
    Fields(Vec<Field>),
    /// A value of this type.
    Type(Type),
}

/// A field of a pattern's input or output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The type.
    pub value: Type,
    /// Whether it may be absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// What holds of the value besides its type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// The value of an input that is not given, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<serde_json::Value>,
}

/// What holds of a value besides its type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "constraint", rename_all = "snake_case", deny_unknown_fields)]
pub enum Constraint {
    /// At most so many characters.
    MaxLength {
        /// The limit.
        limit: u64,
    },
    /// At least so many characters.
    MinLength {
        /// The limit.
        limit: u64,
    },
    /// At most so many elements.
    MaxItems {
        /// The limit.
        limit: u64,
    },
    /// At least so many elements.
    MinItems {
        /// The limit.
        limit: u64,
    },
    /// At least this number.
    Min {
        /// The limit.
        limit: f64,
    },
    /// At most this number.
    Max {
        /// The limit.
        limit: f64,
    },
    /// One of these values.
    OneOf {
        /// The values.
        values: Vec<Literal>,
    },
}

/// Limits of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// The most agent calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<u64>,
    /// The most money, in nano-dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_nanodollars: Option<i64>,
    /// The longest time, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_us: Option<i64>,
}

impl Budget {
    /// Whether nothing is limited.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How the confidence of a value follows from those of the values it was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Propagation {
    /// Frank's family: sources whose errors correlate.
    #[default]
    Frank,
    /// Independent sources.
    Independent,
    /// The least of all.
    Min,
    /// Sound whatever the dependence.
    Worst,
    /// As `frank`, but gates look at the lower bound.
    Bounds,
}

impl Propagation {
    /// Whether it is the default.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The mode as it is written in a `confidence` section.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "frank" => Some(Self::Frank),
            "independent" => Some(Self::Independent),
            "min" => Some(Self::Min),
            "worst" => Some(Self::Worst),
            "bounds" => Some(Self::Bounds),
            _ => None,
        }
    }
}

/// Thresholds of `uncertain if`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// The least confidence of the high band.
    pub high: f64,
    /// The least confidence of the medium band.
    pub medium: f64,
}

impl Default for Bands {
    fn default() -> Self {
        Self { high: 0.8, medium: 0.5 }
    }
}

impl Interface {
    /// The type of the value.
    pub fn to_type(&self) -> Type {
        match self {
            Self::Type(value) => value.clone(),
            Self::Fields(fields) => Type::Record {
                fields: fields
                    .iter()
                    .map(|field| crate::TypeField {
                        name: field.name.clone(),
                        value: field.value.clone(),
                        optional: field.optional,
                    })
                    .collect(),
                open: false,
            },
        }
    }
}
