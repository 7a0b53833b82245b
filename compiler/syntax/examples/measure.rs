//! Measures lexing and parsing of files, or of a generated megabyte where none is named:
//! `cargo run --release -p prism-syntax --example measure -- [--lex] [FILE]…`.
//!
//! With `--lex` each text is lexed once and nothing is timed: that is for tools that count instructions.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::io::Error;
use std::time::Instant;

use prism_syntax::{lex, parse, parse_tokens};

const PROGRAM: &str = include_str!("../../../examples/triage.prism");

fn main() -> Result<(), Error> {
    let mut once = false;
    let mut texts = Vec::new();
    for argument in std::env::args().skip(1) {
        if argument == "--lex" {
            once = true;
        } else {
            texts.push(std::fs::read_to_string(argument)?);
        }
    }
    if texts.is_empty() {
        texts.push(PROGRAM.repeat((1 << 20) / PROGRAM.len() + 1));
    }
    for text in &texts {
        if once {
            println!("{} bytes, {} tokens", text.len(), black_box(lex(text)).len());
        } else {
            measure(text);
        }
    }
    Ok(())
}

fn measure(text: &str) {
    let tokens = lex(text);
    let parsed = parse(text);
    println!(
        "{} bytes, {} tokens, {} expressions, {} errors",
        text.len(),
        tokens.len(),
        parsed.tree.expression_count(),
        parsed.errors.len()
    );
    let broken = format!("{text}\nlet x = )\n");
    report("lex", text, || lex(text).len());
    report("tokens to tree", text, || parse_tokens(&tokens, text).tree.expression_count());
    report("text to tree", text, || parse(text).tree.expression_count());
    report("text to tree with a mistake", &broken, || parse(&broken).tree.expression_count());
}

/// The best of many runs: what the code takes when nothing else gets in its way.
fn report(what: &str, text: &str, run: impl Fn() -> usize) {
    let mut best = f64::INFINITY;
    for _ in 0..100 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{what}: {:.1} MB/s", text.len() as f64 / best / 1e6);
}
