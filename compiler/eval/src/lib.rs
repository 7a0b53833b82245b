//! Evaluation of the pure expressions of Prism's intermediate representation, with fuel.
