//! Prints files as they are formatted, or with `--measure` how fast that goes:
//! `cargo run --release -p prism-syntax --example format -- [--measure] FILE…`.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::io::Error;
use std::time::Instant;

use prism_syntax::{format, parse};

fn main() -> Result<(), Error> {
    let mut measured = false;
    for argument in std::env::args().skip(1) {
        if argument == "--measure" {
            measured = true;
            continue;
        }
        let text = std::fs::read_to_string(&argument)?;
        if measured {
            measure(&argument, &text.repeat((1 << 20) / text.len().max(1) + 1));
        } else {
            match format(&text) {
                Ok(formatted) => print!("{formatted}"),
                Err(error) => println!("{argument}: {error:?}"),
            }
        }
    }
    Ok(())
}

/// The best of many runs: what the code takes when nothing else gets in its way.
fn measure(name: &str, text: &str) {
    let best = |run: &dyn Fn()| {
        let once = || {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        };
        let seconds = (0..30).map(|_| once()).fold(f64::INFINITY, f64::min);
        text.len() as f64 / seconds / 1e6
    };
    let formatted = best(&|| drop(black_box(format(text))));
    let parsed = best(&|| drop(black_box(parse(text))));
    println!("{name}: format {formatted:.1} MB/s, parse {parsed:.1} MB/s, {} bytes", text.len());
}
