use prism_diagnostics::Span;

use super::{Body, ExprId, Literal, Name, TypeExprId};

/// A choice by shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The value that is looked at.
    pub subject: ExprId,
    /// The arms in the order of the text.
    pub arms: Vec<MatchArm>,
    /// Whether it was written as a `switch`: its arms stand as in the text, and `default`, which is a wildcard, takes
    /// what no other arm takes, wherever it stands.
    pub switch: bool,
}

/// An arm of a `match`.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchArm {
    /// What the value has to look like.
    pub pattern: MatchPattern,
    /// A condition besides.
    pub guard: Option<ExprId>,
    /// What happens then.
    pub body: Body,
    /// Where the arm stands.
    pub span: Span,
}

/// What a value may look like.
#[derive(Clone, Debug, PartialEq)]
pub enum MatchPattern {
    /// `_`: anything.
    Wildcard(Span),
    /// A literal; negative numbers are literals here too.
    Literal(Literal, Span),
    /// A name: anything, which is then called so.
    Name(Name),
    /// `n is T`.
    Is {
        /// What the value is called then.
        name: Name,
        /// The type that it has to have.
        target: TypeExprId,
    },
    /// `{ kind: "a", size, ...rest }`.
    Record {
        /// The fields that it has to have.
        fields: Vec<MatchField>,
        /// What the other fields are for.
        rest: Option<MatchRest>,
        /// From brace to brace.
        span: Span,
    },
    /// `[first, ...rest]`.
    List {
        /// The items that it has to have.
        items: Vec<MatchPattern>,
        /// What the other items are for.
        rest: Option<MatchRest>,
        /// From bracket to bracket.
        span: Span,
    },
    /// `a | b`: at least two.
    Alternatives(Vec<MatchPattern>),
    /// A value to be equal to: what follows `case` in a `switch`.
    Value(ExprId),
}

/// A field of a record in a pattern of a `match`.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchField {
    /// The name of the field, unescaped where it was quoted.
    pub field: Name,
    /// What its value has to look like; without it a variable of the field's name.
    pub pattern: Option<MatchPattern>,
}

/// `...` or `...name` at the end of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchRest {
    /// The name of what is left.
    pub name: Option<Name>,
    /// Where it stands.
    pub span: Span,
}

impl MatchPattern {
    /// Calls a function with each pattern, from the outside in.
    pub fn walk<'t>(&'t self, visit: &mut impl FnMut(&'t MatchPattern)) {
        visit(self);
        match self {
            Self::Record { fields, .. } => {
                fields.iter().filter_map(|field| field.pattern.as_ref()).for_each(|inner| inner.walk(visit));
            }
            Self::List { items, .. } | Self::Alternatives(items) => {
                items.iter().for_each(|inner| inner.walk(visit));
            }
            Self::Wildcard(_) | Self::Literal(..) | Self::Name(_) | Self::Is { .. } | Self::Value(_) => {}
        }
    }
}
