//! What parsing takes of memory at its peak, as a multiple of the text: at most thirty times.
//!
//! Counted is what the allocator has given and not got back. A vector that grows counts twice while it is copied,
//! even where the system would make room behind it, so the figures are upper bounds.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use peak_alloc::PeakAlloc;
use prism_bench::corpus;
use prism_syntax::{lex, parse};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// At most so many times the text.
const LIMIT: f64 = 30.0;

/// What a text of any length may take besides, in bytes: a table that has just grown is half empty, and in a text of
/// a kilobyte that shows.
const BESIDES: f64 = 65_536.0;

/// The most bytes that are in use at once while the work is done.
fn peak<T>(text: &str, work: impl Fn(&str) -> T) -> f64 {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    black_box(work(black_box(text)));
    (MEMORY.peak_usage() - before) as f64
}

/// One test: the allocator counts for the whole process, and tests run side by side.
#[test]
fn parsing_takes_at_most_thirty_times_the_text() {
    let [generated] = corpus::generated().try_into().unwrap();
    let broken = format!("{generated}\nlet x = )\n");
    let scripts = corpus::scripts().unwrap();
    let all = scripts.join("\n").repeat(4);

    let long = [
        ("lex, generated megabyte", peak(&generated, lex) / generated.len() as f64),
        ("parse, generated megabyte", peak(&generated, parse) / generated.len() as f64),
        ("parse, generated megabyte with a mistake", peak(&broken, parse) / broken.len() as f64),
        ("parse, all scripts in one text", peak(&all, parse) / all.len() as f64),
    ];
    for (what, times) in long {
        println!("{times:5.1} × the text: {what}");
    }
    for (what, times) in long {
        assert!(times > 1.0, "{what}: {times:.1} is too little to be true");
        assert!(times <= LIMIT, "{what}: {times:.1} times the text, at most {LIMIT} are allowed");
    }
    for text in &scripts {
        let (taken, length) = (peak(text, parse), text.len() as f64);
        let begin: String = text.chars().take(80).collect();
        assert!(taken <= LIMIT * length + BESIDES, "{taken} bytes for a script of {length}: {begin:?}");
    }
}
