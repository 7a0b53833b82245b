use indexmap::IndexMap;
use prism_check::{ConstraintInfo, FieldInfo, InterfaceInfo, ParameterInfo, Type as Checked};
use prism_ir::{Constraint, Field, Interface, Literal, Parameter, Type, TypeField};
use prism_syntax::ast;

use crate::lowerer::Lowerer;

/// The type as the runtime sees it. What was a mistake is anything.
pub(crate) fn lower_type(of: &Checked) -> Type {
    match of {
        Checked::Error | Checked::Any => Type::Any,
        Checked::Unknown => Type::Unknown,
        Checked::Never => Type::Never,
        Checked::Null => Type::Null,
        Checked::Boolean => Type::Boolean,
        Checked::Number => Type::Number,
        Checked::Integer => Type::Integer,
        Checked::String => Type::String,
        Checked::Duration => Type::Duration,
        Checked::Money => Type::Money,
        Checked::Confidence => Type::Confidence,
        Checked::Literal(literal) => Type::Literal { value: lower_literal(literal) },
        Checked::List(of) => Type::List { of: Box::new(lower_type(of)) },
        Checked::Map(of) => Type::Map { of: Box::new(lower_type(of)) },
        Checked::Record { fields, open } => Type::Record {
            fields: fields
                .iter()
                .map(|field| TypeField {
                    name: field.name.to_string(),
                    value: lower_type(&field.value),
                    optional: field.optional,
                })
                .collect(),
            open: *open,
        },
        Checked::Union(members) => Type::Union { of: members.iter().map(lower_type).collect() },
        Checked::Uncertain(of) => Type::Uncertain { of: Box::new(lower_type(of)) },
        Checked::Agent(contract) => Type::Agent { contract: contract.as_ref().map(|name| name.to_string()) },
        Checked::Contract(name) => Type::Agent { contract: Some(name.to_string()) },
        Checked::Function { parameters, result } => Type::Function {
            parameters: parameters.iter().map(lower_type).collect(),
            result: Box::new(lower_type(result)),
        },
        Checked::Named(name) => Type::Named { name: name.to_string() },
    }
}

pub(crate) fn lower_literal(literal: &ast::Literal) -> Literal {
    match literal {
        ast::Literal::Null => Literal::Null,
        ast::Literal::Boolean(value) => Literal::Boolean(*value),
        ast::Literal::Number(value) => Literal::Number(*value),
        ast::Literal::String(text) => Literal::String(text.to_string()),
        ast::Literal::Duration(duration_us) => Literal::Duration { duration_us: *duration_us },
        ast::Literal::Money(nanodollars) => Literal::Money { nanodollars: *nanodollars },
    }
}

pub(crate) fn lower_parameter(parameter: &ParameterInfo) -> Parameter {
    Parameter {
        name: parameter.name.to_string(),
        value: lower_type(&parameter.value),
        optional: parameter.optional,
        declared: parameter.declared,
    }
}

impl Lowerer<'_> {
    pub(crate) fn named_types(&self) -> IndexMap<String, Type> {
        self.checked.aliases.iter().map(|(name, of)| (name.to_string(), lower_type(of))).collect()
    }

    pub(crate) fn interface(&mut self, interface: &InterfaceInfo) -> Interface {
        match interface {
            InterfaceInfo::Type(of) => Interface::Type(lower_type(of)),
            InterfaceInfo::Fields(fields) => {
                Interface::Fields(fields.iter().map(|field| self.field(field)).collect())
            }
        }
    }

    fn field(&mut self, field: &FieldInfo) -> Field {
        let mut lowered = Field {
            name: field.name.to_string(),
            value: lower_type(&field.value),
            optional: field.optional,
            constraints: field.constraints.iter().map(lower_constraint).collect(),
            default: None,
        };
        lowered.default = field.default.and_then(|default| self.default(&lowered, default));
        lowered
    }
}

fn lower_constraint(constraint: &ConstraintInfo) -> Constraint {
    match constraint {
        ConstraintInfo::MaxLength(limit) => Constraint::MaxLength { limit: *limit },
        ConstraintInfo::MinLength(limit) => Constraint::MinLength { limit: *limit },
        ConstraintInfo::MaxItems(limit) => Constraint::MaxItems { limit: *limit },
        ConstraintInfo::MinItems(limit) => Constraint::MinItems { limit: *limit },
        ConstraintInfo::Min(limit) => Constraint::Min { limit: *limit },
        ConstraintInfo::Max(limit) => Constraint::Max { limit: *limit },
        ConstraintInfo::OneOf(values) => {
            Constraint::OneOf { values: values.iter().map(lower_literal).collect() }
        }
    }
}
