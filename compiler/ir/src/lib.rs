//! The intermediate representation of Prism patterns, as data.
