//! Tasks of the Prism repository.

fn main() {}
