use crate::table::named_table;

named_table! {
    /// Pure functions of the standard library: called as methods of a value, or free.
    pub enum BuiltinId {
        /// The number of elements or characters.
        Length = "length",
        /// A list with each element replaced by what a function gives.
        Map = "map",
        /// The elements that satisfy a predicate.
        Filter = "filter",
        /// One value folded from all the elements.
        Reduce = "reduce",
        /// The first element that satisfies a predicate, else null.
        Find = "find",
        /// Whether some element satisfies a predicate.
        Some = "some",
        /// Whether every element satisfies a predicate.
        Every = "every",
        /// Whether a list holds a value or a string a part.
        Includes = "includes",
        /// A part of a list or string.
        Slice = "slice",
        /// Two lists one after the other.
        Concat = "concat",
        /// The elements' texts with a separator between them.
        Join = "join",
        /// The first element, else null.
        First = "first",
        /// The last element, else null.
        Last = "last",
        /// The sum of numbers.
        Sum = "sum",
        /// The arithmetic mean of numbers, null for an empty list.
        Mean = "mean",
        /// The least number, null for an empty list.
        Min = "min",
        /// The greatest number, null for an empty list.
        Max = "max",
        /// The elements without repetitions, in the order of first appearance.
        Unique = "unique",
        /// The elements in the opposite order.
        Reverse = "reverse",
        /// A list with an element more.
        Push = "push",
        /// The text without white space at its ends.
        Trim = "trim",
        /// The text in lower case.
        Lower = "lower",
        /// The text in upper case.
        Upper = "upper",
        /// Whether a text starts with another.
        StartsWith = "startsWith",
        /// Whether a text ends with another.
        EndsWith = "endsWith",
        /// The parts of a text between separators.
        Split = "split",
        /// The text with the first occurrence of a part replaced.
        Replace = "replace",
        /// The keys of a record.
        Keys = "keys",
        /// The values of a record.
        Values = "values",
        /// Whether a record has a key.
        Has = "has",
        /// A number rounded half away from zero to some decimal places.
        Round = "round",
        /// A number kept within two bounds.
        Clamp = "clamp",
        /// The text of a value.
        String = "String",
        /// The number that a text spells, null where it spells none.
        Number = "Number",
    }
}

impl BuiltinId {
    /// Whether it is called as a member of a value, `xs.map(f)`, rather than free, `round(x, 2)`.
    pub const fn is_method(self) -> bool {
        !matches!(self, Self::Round | Self::Clamp | Self::String | Self::Number)
    }

    /// Whether it is written without a call, as a property: `xs.length`.
    pub const fn is_property(self) -> bool {
        matches!(self, Self::Length)
    }

    /// The row that a written name means: its own name or the snake_case or JavaScript spelling of it.
    pub fn from_spelling(name: &str) -> Option<Self> {
        match name {
            "starts_with" => Some(Self::StartsWith),
            "ends_with" => Some(Self::EndsWith),
            "toLowerCase" | "to_lower_case" => Some(Self::Lower),
            "toUpperCase" | "to_upper_case" => Some(Self::Upper),
            _ => Self::from_name(name),
        }
    }
}
