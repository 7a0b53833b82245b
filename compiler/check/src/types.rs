use std::fmt;
use std::sync::Arc;

use prism_syntax::ast::Literal;

/// A type as the checker sees it.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// The type of a mistake that was told already: fits everything.
    Error,
    /// Anything.
    Any,
    /// Anything, to be narrowed before use.
    Unknown,
    /// No value: what `return` and `fail` have.
    Never,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// A number.
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
    Literal(Arc<Literal>),
    /// A list.
    List(Arc<Type>),
    /// A record with arbitrary keys.
    Map(Arc<Type>),
    /// A record.
    Record {
        /// The known fields.
        fields: Arc<[FieldOf]>,
        /// Whether others may be present.
        open: bool,
    },
    /// One of several types, none of them a union itself.
    Union(Arc<[Type]>),
    /// An agent's answer, until a gate; never around another one.
    Uncertain(Arc<Type>),
    /// An agent, of a contract where one is known.
    Agent(Option<Arc<str>>),
    /// A contract itself, as `select` takes it.
    Contract(Arc<str>),
    /// A function value.
    Function {
        /// The types of the parameters.
        parameters: Arc<[Type]>,
        /// The type of the result.
        result: Arc<Type>,
    },
    /// A declared type, by its name.
    Named(Arc<str>),
}

/// A field of a record type.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldOf {
    /// The name.
    pub name: Box<str>,
    /// The type.
    pub value: Type,
    /// Whether it may be absent.
    pub optional: bool,
}

impl Type {
    /// A list of these.
    pub fn list(of: Type) -> Self {
        Self::List(Arc::new(of))
    }

    /// The type with uncertainty around it; types that cannot be wrong stay as they are.
    pub fn uncertain(of: Type) -> Self {
        match of {
            Self::Uncertain(_) | Self::Error | Self::Never => of,
            other => Self::Uncertain(Arc::new(other)),
        }
    }

    /// The type with uncertainty around it if `uncertain` says so.
    pub fn uncertain_if(of: Type, uncertain: bool) -> Self {
        if uncertain { Self::uncertain(of) } else { of }
    }

    /// The type or null.
    pub fn optional(of: Type) -> Self {
        match of {
            Self::Uncertain(inner) => Self::uncertain(Self::optional((*inner).clone())),
            other => Self::union([other, Self::Null]),
        }
    }

    /// The type without uncertainty around it, and whether there was any.
    pub fn split(&self) -> (Type, bool) {
        match self {
            Self::Uncertain(of) => ((**of).clone(), true),
            other => (other.clone(), false),
        }
    }

    /// The type without uncertainty around it.
    pub fn certain(&self) -> Type {
        self.split().0
    }

    /// Whether there is uncertainty around it.
    pub fn is_uncertain(&self) -> bool {
        matches!(self, Self::Uncertain(_))
    }

    /// A record of these fields and no others.
    pub fn record(fields: Vec<FieldOf>) -> Self {
        Self::Record { fields: fields.into(), open: false }
    }

    /// One of these types: flat, without repetitions; a single member is itself.
    pub fn union(members: impl IntoIterator<Item = Type>) -> Self {
        let mut flat: Vec<Type> = Vec::new();
        let mut uncertain = false;
        let mut push = |member: &Type| {
            if !flat.contains(member) {
                flat.push(member.clone());
            }
        };
        for member in members {
            let (member, may_be_wrong) = member.split();
            uncertain |= may_be_wrong;
            match member {
                Self::Union(inner) => inner.iter().for_each(&mut push),
                Self::Never => {}
                other => push(&other),
            }
        }
        Self::uncertain_if(Self::of_members(flat), uncertain)
    }

    fn of_members(mut flat: Vec<Type>) -> Self {
        if flat.iter().any(|member| matches!(member, Self::Error)) {
            return Self::Error;
        }
        if flat.iter().any(|member| matches!(member, Self::Any)) {
            return Self::Any;
        }
        match flat.len() {
            0 => Self::Never,
            1 => flat.remove(0),
            _ => Self::Union(flat.into()),
        }
    }

    /// The type with all of its records open, and `any` for declared types in which there may be records: they may hold
    /// themselves. Records fit where fewer fields are wanted, so a value may bring more fields than the type that was
    /// inferred for it says.
    pub(crate) fn opened(&self, has_records: &dyn Fn(&str) -> bool) -> Self {
        match self {
            Self::Record { fields, .. } => {
                let open =
                    |field: &FieldOf| FieldOf { value: field.value.opened(has_records), ..field.clone() };
                Self::Record { fields: fields.iter().map(open).collect(), open: true }
            }
            Self::List(of) => Self::list(of.opened(has_records)),
            Self::Map(of) => Self::Map(Arc::new(of.opened(has_records))),
            Self::Uncertain(of) => Self::uncertain(of.opened(has_records)),
            Self::Union(members) => Self::union(members.iter().map(|member| member.opened(has_records))),
            Self::Named(name) if has_records(name) => Self::Any,
            other => other.clone(),
        }
    }

    /// Whether an answer is part of a value of this type, however deep; what declared names stand for is not looked
    /// into.
    pub fn holds_answers(&self) -> bool {
        match self {
            Self::Uncertain(_) => true,
            Self::List(of) | Self::Map(of) => of.holds_answers(),
            Self::Record { fields, .. } => fields.iter().any(|field| field.value.holds_answers()),
            Self::Union(members) => members.iter().any(Self::holds_answers),
            _ => false,
        }
    }

    /// The type with the `~` left out at every depth; what declared names stand for stays as it is.
    pub fn without_answers(&self) -> Type {
        if !self.holds_answers() {
            return self.clone();
        }
        match self {
            Self::Uncertain(of) => of.without_answers(),
            Self::List(of) => Self::list(of.without_answers()),
            Self::Map(of) => Self::Map(Arc::new(of.without_answers())),
            Self::Record { fields, open } => Self::Record {
                fields: fields
                    .iter()
                    .map(|field| FieldOf { value: field.value.without_answers(), ..field.clone() })
                    .collect(),
                open: *open,
            },
            Self::Union(members) => Self::union(members.iter().map(Self::without_answers)),
            other => other.clone(),
        }
    }

    /// The type with each literal in it replaced by the kind of type that it is one of.
    pub fn widened_deep(&self) -> Type {
        match self {
            Self::List(of) => Self::list(of.widened_deep()),
            Self::Map(of) => Self::Map(Arc::new(of.widened_deep())),
            Self::Uncertain(of) => Self::uncertain(of.widened_deep()),
            Self::Record { fields, open } => Self::Record {
                fields: fields
                    .iter()
                    .map(|field| FieldOf { value: field.value.widened_deep(), ..field.clone() })
                    .collect(),
                open: *open,
            },
            Self::Union(members) => Self::union(members.iter().map(Self::widened_deep)),
            other => other.widened(),
        }
    }

    /// How many parts it is written with and how deep they are nested, counted no further than `limit` parts.
    pub(crate) fn extent(&self, limit: usize) -> (usize, usize) {
        let parts: Vec<&Type> = match self {
            Self::List(of) | Self::Map(of) | Self::Uncertain(of) => vec![of],
            Self::Record { fields, .. } => fields.iter().map(|field| &field.value).collect(),
            Self::Union(members) => members.iter().collect(),
            Self::Function { parameters, result } => {
                parameters.iter().chain(std::iter::once(&**result)).collect()
            }
            _ => return (1, 1),
        };
        let (mut size, mut depth) = (1, 0);
        for part in parts {
            if size >= limit {
                break;
            }
            let (more, deeper) = part.extent(limit - size);
            size += more;
            depth = depth.max(deeper);
        }
        (size, depth + 1)
    }

    /// A literal text.
    pub fn text(text: &str) -> Self {
        Self::Literal(Arc::new(Literal::String(text.into())))
    }

    /// The members of a union, or the type alone.
    pub fn members(&self) -> &[Type] {
        match self {
            Self::Union(members) => members,
            other => std::slice::from_ref(other),
        }
    }

    /// The kind of type that a literal is one of.
    pub fn widened(&self) -> Type {
        match self {
            Self::Literal(literal) => match &**literal {
                Literal::Null => Self::Null,
                Literal::Boolean(_) => Self::Boolean,
                Literal::Number(number) if number.fract() == 0.0 => Self::Integer,
                Literal::Number(_) => Self::Number,
                Literal::String(_) => Self::String,
                Literal::Duration(_) => Self::Duration,
                Literal::Money(_) => Self::Money,
            },
            other => other.clone(),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error => formatter.write_str("?"),
            Self::Any => formatter.write_str("any"),
            Self::Unknown => formatter.write_str("unknown"),
            Self::Never => formatter.write_str("never"),
            Self::Null => formatter.write_str("null"),
            Self::Boolean => formatter.write_str("bool"),
            Self::Number => formatter.write_str("number"),
            Self::Integer => formatter.write_str("int"),
            Self::String => formatter.write_str("string"),
            Self::Duration => formatter.write_str("duration"),
            Self::Money => formatter.write_str("money"),
            Self::Confidence => formatter.write_str("confidence"),
            Self::Literal(literal) => formatter.write_str(&literal_text(literal)),
            Self::List(of) => write!(formatter, "{}[]", Grouped(of)),
            Self::Map(of) => write!(formatter, "map<{of}>"),
            Self::Record { fields, open } => {
                let mut parts: Vec<_> = fields
                    .iter()
                    .map(|field| {
                        format!("{}{}: {}", field.name, if field.optional { "?" } else { "" }, field.value)
                    })
                    .collect();
                if *open {
                    parts.push("...".to_owned());
                }
                if parts.is_empty() {
                    formatter.write_str("{}")
                } else {
                    write!(formatter, "{{ {} }}", parts.join(", "))
                }
            }
            Self::Union(members) => match &**members {
                [single, Self::Null] => write!(formatter, "{}?", Grouped(single)),
                several => {
                    formatter.write_str(&several.iter().map(Type::to_string).collect::<Vec<_>>().join(" | "))
                }
            },
            Self::Uncertain(of) => match &**of {
                // `~T[]` is a list of answers.
                Self::List(_) => write!(formatter, "~({of})"),
                _ => write!(formatter, "~{}", Grouped(of)),
            },
            Self::Agent(None) => formatter.write_str("Agent"),
            Self::Agent(Some(contract)) => write!(formatter, "Agent<{contract}>"),
            Self::Contract(name) => write!(formatter, "contract {name}"),
            Self::Function { parameters, result } => {
                let parts: Vec<_> = parameters.iter().map(Type::to_string).collect();
                write!(formatter, "({}) -> {result}", parts.join(", "))
            }
            Self::Named(name) => formatter.write_str(name),
        }
    }
}

/// A type in parentheses where it would read as something else without them.
struct Grouped<'a>(&'a Type);

impl fmt::Display for Grouped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Type::Union(_) | Type::Function { .. } => write!(formatter, "({})", self.0),
            other => write!(formatter, "{other}"),
        }
    }
}

/// A literal as it is written in a program.
pub(crate) fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::String(text) => format!("{text:?}"),
        Literal::Duration(microseconds) => format!("{}ms", *microseconds as f64 / 1_000.0),
        Literal::Money(nanodollars) => format!("${}", *nanodollars as f64 / 1e9),
    }
}
