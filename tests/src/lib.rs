//! Tests of Prism at the level that its users touch.
