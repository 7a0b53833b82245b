//! Any text has a tree and diagnostics that keep the laws.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| prism_fuzz::check_tree(text));
