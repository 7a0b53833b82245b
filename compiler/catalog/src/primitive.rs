use crate::table::named_table;

named_table! {
    /// Coordination primitives that a program can call by name.
    pub enum PrimitiveId {
        /// Healthy agents in order of preference.
        Select = "select",
        /// Runs branches at the same time.
        Parallel = "parallel",
        /// The answer that most, or the weightiest, votes are for.
        Vote = "vote",
        /// The calibrated, dependence-aware combination of answers to one question.
        Pool = "pool",
        /// Asks one agent after another until the pooled answer is sure enough.
        AskUntil = "ask_until",
        /// Makes an uncertain value certain on the author's word.
        Endorse = "endorse",
        /// Ends the pattern with a failure.
        Fail = "fail",
    }
}

/// How arguments reach a parameter of a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrimitiveShape {
    /// A value, by position or by name.
    Value,
    /// A value that is a literal list or record of branches, or a list of items for the block.
    ItemsOrBranches,
    /// A trailing block or lambda that runs as a branch.
    Block,
    /// A pure function of a value.
    Function,
}

/// A parameter of a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimitiveParameter {
    /// The name under which it can be given.
    pub name: &'static str,
    /// The type as it is shown to people, in the language's own notation.
    pub notation: &'static str,
    /// How arguments reach it.
    pub shape: PrimitiveShape,
    /// Whether it may be given by position; the others only by name.
    pub positional: bool,
    /// Whether it must be given.
    pub required: bool,
}

const fn value(name: &'static str, notation: &'static str, required: bool) -> PrimitiveParameter {
    PrimitiveParameter { name, notation, shape: PrimitiveShape::Value, positional: true, required }
}

const fn named(name: &'static str, notation: &'static str) -> PrimitiveParameter {
    PrimitiveParameter { name, notation, shape: PrimitiveShape::Value, positional: false, required: false }
}

const fn function(name: &'static str, notation: &'static str) -> PrimitiveParameter {
    PrimitiveParameter { name, notation, shape: PrimitiveShape::Function, positional: false, required: false }
}

const fn block(notation: &'static str, required: bool) -> PrimitiveParameter {
    PrimitiveParameter { name: "block", notation, shape: PrimitiveShape::Block, positional: true, required }
}

const PREFER: &str = r#""confidence" | "latency" | "cost" | "least_loaded" | "round_robin" | "random""#;
const METHOD: &str = r#""majority" | "plurality" | "weighted" | "unanimous""#;

impl PrimitiveId {
    /// The parameters, positional ones first.
    pub const fn parameters(self) -> &'static [PrimitiveParameter] {
        match self {
            Self::Select => {
                const ROWS: &[PrimitiveParameter] = &[
                    PrimitiveParameter {
                        name: "contract",
                        notation: "contract",
                        shape: PrimitiveShape::Value,
                        positional: true,
                        required: false,
                    },
                    named("capabilities", "string[]"),
                    named("any_of", "string[]"),
                    named("min", "int"),
                    named("max", "int"),
                    named("prefer", PREFER),
                    function("where", "(Agent) -> bool"),
                    named("exclude", "Agent[]"),
                ];
                ROWS
            }
            Self::Parallel => {
                const ROWS: &[PrimitiveParameter] = &[
                    PrimitiveParameter {
                        name: "items",
                        notation: "T[]",
                        shape: PrimitiveShape::ItemsOrBranches,
                        positional: true,
                        required: true,
                    },
                    block("(T) -> U", false),
                    named("max_concurrency", "int"),
                    named("min_success", "int"),
                    named("timeout", "duration"),
                    named("on_error", r#""drop" | "fail" | "keep""#),
                ];
                ROWS
            }
            Self::Vote => {
                const ROWS: &[PrimitiveParameter] = &[
                    value("answers", "~T[]", true),
                    function("by", "(T) -> any"),
                    named("method", METHOD),
                    named("weights", "number[]"),
                    named("ties", r#""first" | "fail" | "null""#),
                ];
                ROWS
            }
            Self::Pool => {
                const ROWS: &[PrimitiveParameter] =
                    &[value("answers", "~T[]", true), function("by", "(T) -> any")];
                ROWS
            }
            Self::AskUntil => {
                const ROWS: &[PrimitiveParameter] = &[
                    value("agents", "Agent[]", true),
                    block("(Agent) -> ~T", true),
                    PrimitiveParameter {
                        name: "target",
                        notation: "confidence",
                        shape: PrimitiveShape::Value,
                        positional: false,
                        required: true,
                    },
                    named("max_calls", "int"),
                    named("order", r#""best_first" | "cheapest" | "given""#),
                    function("by", "(T) -> any"),
                    named("group", "int"),
                ];
                ROWS
            }
            Self::Endorse => {
                const ROWS: &[PrimitiveParameter] =
                    &[value("value", "~T", true), value("why", "string", true)];
                ROWS
            }
            Self::Fail => {
                const ROWS: &[PrimitiveParameter] =
                    &[value("message", "string", true), value("details", "any", false)];
                ROWS
            }
        }
    }

    /// The result type as it is shown to people.
    pub const fn result_notation(self) -> &'static str {
        match self {
            Self::Select => "Agent[]",
            Self::Parallel => "~T[]",
            Self::Vote | Self::Pool | Self::AskUntil => "~T",
            Self::Endorse => "T",
            Self::Fail => "never",
        }
    }

    /// One sentence for hover texts and the primitives' pages.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Select => "Healthy agents, in order of preference; fails when there are fewer than `min`.",
            Self::Parallel => "Runs all branches at once and gives their results in the order of the items.",
            Self::Vote => "The answer that the votes are for, with the probability that it is right.",
            Self::Pool => "Combines answers to one question into the likeliest one and its probability.",
            Self::AskUntil => "Asks agent after agent, and stops when the pooled answer is sure enough.",
            Self::Endorse => "Takes an uncertain value as certain, on the author's word, and says why.",
            Self::Fail => "Ends the pattern with a failure.",
        }
    }

    /// Whether the primitive itself, apart from its blocks, needs something outside the program.
    pub const fn has_effect(self) -> bool {
        match self {
            Self::Select => true,
            Self::Parallel | Self::Vote | Self::Pool | Self::AskUntil | Self::Endorse | Self::Fail => false,
        }
    }
}
