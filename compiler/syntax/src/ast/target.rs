use prism_diagnostics::Span;

use super::{ExprId, Name};

/// What a value is given to: a name, or names for its parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A name; `_` for what is not used.
    Name(Name),
    /// `{ a, b: c = 1, ...rest }`.
    Record(Box<RecordTarget>),
    /// `[a, , b, ...rest]`.
    List(Box<ListTarget>),
}

/// A record that is taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordTarget {
    /// The fields in the order of the text.
    pub fields: Vec<FieldTarget>,
    /// The name of a record of what is left.
    pub rest: Option<Name>,
    /// From brace to brace.
    pub span: Span,
}

/// A field of a record that is taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldTarget {
    /// The name of the field.
    pub field: Name,
    /// What it is given to; without it a variable of the field's name.
    pub target: Option<Target>,
    /// The confidence after `~>`, with its place.
    pub confidence: Option<(f64, Span)>,
    /// What stands in for a field that is absent.
    pub default: Option<ExprId>,
}

/// A list that is taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ListTarget {
    /// The items in the order of the text; none where one is passed over.
    pub items: Vec<Option<ItemTarget>>,
    /// The name of a list of what is left.
    pub rest: Option<Name>,
    /// From bracket to bracket.
    pub span: Span,
}

/// An item of a list that is taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemTarget {
    /// What it is given to.
    pub target: Target,
    /// What stands in for an item that is absent.
    pub default: Option<ExprId>,
}

impl Target {
    /// The name, unless the value is taken apart.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::Name(name) => Some(name),
            Self::Record(_) | Self::List(_) => None,
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Name(name) => name.span,
            Self::Record(record) => record.span,
            Self::List(list) => list.span,
        }
    }

    /// The names that get a value, in the order of the text.
    pub fn names(&self) -> Vec<&Name> {
        let mut names = Vec::new();
        self.each_name(&mut |name| names.push(name));
        names
    }

    fn each_name<'t>(&'t self, visit: &mut impl FnMut(&'t Name)) {
        match self {
            Self::Name(name) => visit(name),
            Self::Record(record) => {
                for field in &record.fields {
                    match &field.target {
                        Some(target) => target.each_name(visit),
                        None => visit(&field.field),
                    }
                }
                record.rest.iter().for_each(visit);
            }
            Self::List(list) => {
                list.items.iter().flatten().for_each(|item| item.target.each_name(visit));
                list.rest.iter().for_each(visit);
            }
        }
    }

    /// Calls a function with each default, in the order of the text.
    pub fn each_default(&self, visit: &mut impl FnMut(ExprId)) {
        match self {
            Self::Name(_) => {}
            Self::Record(record) => {
                for field in &record.fields {
                    if let Some(target) = &field.target {
                        target.each_default(visit);
                    }
                    field.default.iter().for_each(|default| visit(*default));
                }
            }
            Self::List(list) => {
                for item in list.items.iter().flatten() {
                    item.target.each_default(visit);
                    item.default.iter().for_each(|default| visit(*default));
                }
            }
        }
    }
}
