//! How the front end's time grows with the text: `cargo bench -p prism-bench --bench front_end_growth`.
//! Fails where ten times the text takes more than twelve times as long.
//!
//! Each time is that of the first run in a process of its own, as for somebody who types a command. In a process that
//! has parsed before, a small text finds its memory at hand, and a large one has to be given it by the system again:
//! that would measure the allocator.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use std::env;
use std::hint::black_box;
use std::process::{Command, ExitCode};

use prism_bench::cores::thread_time;
use prism_bench::{BenchError, generate};
use prism_syntax::{lex, parse_tokens};

const SMALL: usize = 2_000_000;
const LARGE: usize = 20_000_000;
const LIMIT: f64 = 12.0;
const ROUNDS: usize = 7;

/// The argument of a process that measures; the work and the number of bytes follow.
const ONCE: &str = "--once";

fn main() -> ExitCode {
    let mut arguments = env::args().skip_while(|argument| argument != ONCE).skip(1);
    if let (Some(work), Some(bytes)) = (arguments.next(), arguments.next()) {
        let Ok(bytes) = bytes.parse() else { return ExitCode::FAILURE };
        println!("{}", once(&work, bytes));
        return ExitCode::SUCCESS;
    }
    match compare() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("front_end_growth: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says how fast both are, and whether growth is within the limit.
fn compare() -> Result<bool, BenchError> {
    let mut within = true;
    for work in ["lex", "tokens_to_tree"] {
        let (mut small, mut large) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..ROUNDS {
            small = small.min(per_byte(work, SMALL)?);
            large = large.min(per_byte(work, LARGE)?);
        }
        let times = 10.0 * large / small;
        within &= times <= LIMIT;
        println!(
            "{work:<15} {:6.1} MB/s of 2 MB, {:6.1} MB/s of 20 MB: ten times the text takes {times:.2} times as \
             long, at most {LIMIT} are allowed",
            1e3 / small,
            1e3 / large,
        );
    }
    Ok(within)
}

/// Nanoseconds per byte in a process of its own.
fn per_byte(work: &str, bytes: usize) -> Result<f64, BenchError> {
    let program =
        env::current_exe().map_err(BenchError::system("this program does not know where it lies"))?;
    let output = Command::new(program)
        .args([ONCE, work, &bytes.to_string()])
        .output()
        .map_err(BenchError::system("this program cannot be started once more"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|_| BenchError::Counting(format!("a process printed {text:?} for a time")))
}

/// Does the work on a text of so many bytes, and gives the nanoseconds per byte that this thread was at work.
fn once(work: &str, bytes: usize) -> f64 {
    let text = generate::program(bytes, 1);
    let start;
    if work == "lex" {
        start = thread_time();
        black_box(lex(black_box(&text)));
    } else {
        // `parse` would refuse the large text: its limit is 16 MiB.
        let tokens = lex(&text);
        start = thread_time();
        black_box(parse_tokens(black_box(&tokens), &text));
    }
    (thread_time() - start).as_nanos() as f64 / text.len() as f64
}
