//! Benchmarks of Prism, each beside a reference in the same run.
