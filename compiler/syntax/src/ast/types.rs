use prism_diagnostics::Span;

use super::{Literal, Name, TypeExprId};

/// A written type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of written types.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeExprKind {
    /// `string`, `Label`, `map<T>`.
    Named {
        /// The name.
        name: Name,
        /// The types between `<` and `>`.
        arguments: Vec<TypeExprId>,
    },
    /// `"bug"`, `42`, `true`, `null`; negative numbers are literals here too.
    Literal(Literal),
    /// `~T`.
    Uncertain(TypeExprId),
    /// `T[]`.
    List(TypeExprId),
    /// `T?`.
    Optional(TypeExprId),
    /// `T | U`, at least two members.
    Union(Vec<TypeExprId>),
    /// `{ a: T, b?: U }`, `{ a: T, ... }`.
    Record {
        /// The fields in the order of the text.
        fields: Vec<FieldType>,
        /// Whether more fields may be present.
        open: bool,
    },
    /// `(T, U) -> V`.
    Function {
        /// The types of the parameters.
        parameters: Vec<TypeExprId>,
        /// The type of the result.
        result: TypeExprId,
    },
    /// A place where a type should stand and something unreadable does.
    Error,
}

/// A field of a record type.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldType {
    /// The name of the field, unescaped where it was quoted.
    pub name: Name,
    /// Whether it may be absent.
    pub optional: bool,
    /// Its type.
    pub value: TypeExprId,
}
