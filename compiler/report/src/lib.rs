//! Diagnostics laid out for people and machines.
