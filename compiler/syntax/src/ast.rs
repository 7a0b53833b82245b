//! The syntax tree: nodes in arenas, addressed by small ids, so that later phases keep their facts in side tables.

use std::ops::Index;

use prism_catalog::{BinaryOperator, UnaryOperator};
use prism_diagnostics::Span;

mod choice;
mod declaration;
mod expression;
mod statement;
mod target;
mod types;

pub use choice::{Match, MatchArm, MatchField, MatchPattern, MatchRest};
pub use declaration::{
    Agent, AgentEntry, Constraint, Export, ExportKind, Field, Function, Import, Item, Method, ModuleName,
    Output, Pattern, Promise, Section, Test, TypeAlias,
};
pub use expression::{
    Argument, ArgumentValue, Band, BandName, Block, Body, Element, Else, Entry, EntryKey, Expr, ExprKind,
    Lambda, LambdaBody, LambdaForm, Literal, Parameter, TemplatePart,
};
pub use statement::{Assign, Catch, For, Mock, MockBehaviour, Statement, StatementKind, Try, While};
pub use target::{FieldTarget, ItemTarget, ListTarget, RecordTarget, Target};
pub use types::{FieldType, TypeExpr, TypeExprKind};

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The text as it was written.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

macro_rules! ids {
    ( $( $(#[$meta:meta])* $id:ident indexes $field:ident : $node:ty ; )+ ) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(u32);

        impl $id {
            /// The position in the arena, for side tables.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl Index<$id> for Tree {
            type Output = $node;

            fn index(&self, id: $id) -> &$node {
                #[allow(clippy::indexing_slicing, reason = "ids are made by the arena that they index")]
                &self.$field[id.index()]
            }
        }

        impl $id {
            /// Puts a node into its arena.
            pub(crate) fn alloc(tree: &mut Tree, node: $node) -> Self {
                let id = Self(tree.$field.len() as u32);
                tree.$field.push(node);
                id
            }
        }
    )+ };
}

ids! {
    /// An expression of a [`Tree`].
    ExprId indexes expressions: Expr;
    /// A statement of a [`Tree`].
    StatementId indexes statements: Statement;
    /// A written type of a [`Tree`].
    TypeExprId indexes types: TypeExpr;
}

/// The arenas of one file and its top-level items in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    pub(crate) expressions: Vec<Expr>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) types: Vec<TypeExpr>,
    /// The top level of the file.
    pub items: Vec<Item>,
}

impl Tree {
    /// The items in the order of the text; those inside an `export` in its place.
    pub fn declarations(&self) -> impl Iterator<Item = &Item> + '_ {
        self.items.iter().flat_map(|item| match item {
            Item::Export(Export { kind: ExportKind::Items(items), .. }) => items.as_slice(),
            item => std::slice::from_ref(item),
        })
    }

    /// The number of statements.
    pub fn statement_count(&self) -> usize {
        self.statements.len()
    }

    /// The number of expressions: the length of a side table over [`ExprId`].
    pub fn expression_count(&self) -> usize {
        self.expressions.len()
    }

    /// The number of written types.
    pub fn type_count(&self) -> usize {
        self.types.len()
    }
}

/// Operators as they stand in the tree.
pub type Binary = BinaryOperator;
/// Operators before an operand as they stand in the tree.
pub type Unary = UnaryOperator;
