//! Measures lexing and parsing on a generated file of one megabyte: `cargo run --release --example measure`.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use prism_syntax::{lex, parse, parse_tokens};

const PROGRAM: &str = include_str!("../../../examples/triage.prism");

fn main() {
    let mut text = String::new();
    while text.len() < 1 << 20 {
        text.push_str(PROGRAM);
    }
    let tokens = lex(&text);
    let parsed = parse(&text);
    println!(
        "{} bytes, {} tokens, {} expressions, {} errors",
        text.len(),
        tokens.len(),
        parsed.tree.expression_count(),
        parsed.errors.len()
    );
    let broken = format!("{text}\nlet x = )\n");
    report("lex", &text, || lex(&text).len());
    report("tokens to tree", &text, || parse_tokens(&tokens, &text).tree.expression_count());
    report("text to tree", &text, || parse(&text).tree.expression_count());
    report("text to tree with a mistake", &broken, || parse(&broken).tree.expression_count());
}

/// The best of many runs: what the code takes when nothing else gets in its way.
fn report(what: &str, text: &str, run: impl Fn() -> usize) {
    let mut best = f64::INFINITY;
    for _ in 0..40 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{what}: {:.1} MB/s", text.len() as f64 / best / 1e6);
}
