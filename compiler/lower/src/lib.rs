//! From checked syntax trees to Prism's intermediate representation.
