use std::rc::Rc;

/// The types that the generator keeps track of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Number,
    Text,
    Truth,
    List(Rc<Kind>),
    Record(Rc<[(&'static str, Kind)]>),
    /// `~T`.
    Answer(Rc<Kind>),
    /// An agent, by its place among those declared.
    Agent(usize),
    /// Something that only prints.
    Any,
}

impl Kind {
    pub(crate) fn list(of: Self) -> Self {
        Self::List(Rc::new(of))
    }

    pub(crate) fn answer(of: Self) -> Self {
        match of {
            Self::Answer(_) => of,
            certain => Self::Answer(Rc::new(certain)),
        }
    }

    /// The type without `~`.
    pub(crate) fn certain(&self) -> &Self {
        match self {
            Self::Answer(inside) => inside,
            other => other,
        }
    }

    /// Whether a value of this type fits where another is wanted.
    pub(crate) fn fits(&self, wanted: &Self) -> bool {
        self == wanted
            || *wanted == Self::Any
            || match wanted {
                Self::Answer(inside) => self == inside.as_ref(),
                _ => false,
            }
    }
}
