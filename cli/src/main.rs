//! Check, inspect and run Prism patterns.

fn main() {}
