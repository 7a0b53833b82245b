//! Any text has tokens that keep the laws.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| prism_fuzz::check_tokens(text));
