//! The deterministic machine that executes Prism's intermediate representation.
