//! How the front end's time grows with the text: `cargo bench -p prism-bench --bench front_end_growth`.
//! Fails where ten times the text takes more than twelve times as long, and where an odd text, repeated many times, is
//! read much slower than any text should be: what is read once for each mistake is slow only where there are many.
//!
//! Each time is that of the first run in a process of its own, as for somebody who types a command. In a process that
//! has parsed before, a small text finds its memory at hand, and a large one has to be given it by the system again:
//! that would measure the allocator.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

use prism_bench::cores::thread_time;
use prism_bench::{BenchError, generate};
use prism_syntax::{lex, parse, parse_tokens};

const SMALL: usize = 2_000_000;
const LARGE: usize = 20_000_000;
const LIMIT: f64 = 12.0;
const ROUNDS: usize = 7;

/// How long the texts are that consist of one odd text many times, in bytes.
const REPEATED: usize = 400_000;
/// Those may not be slower than this, in MB/s. What is quadratic in the number of mistakes reaches 0.2.
const SLOWEST: f64 = 0.6;

/// The argument of a process that measures; the work and the number of bytes follow.
const ONCE: &str = "--once";

fn main() -> ExitCode {
    let mut arguments = env::args().skip_while(|argument| argument != ONCE).skip(1);
    if let (Some(work), Some(bytes)) = (arguments.next(), arguments.next()) {
        let Ok(bytes) = bytes.parse() else { return ExitCode::FAILURE };
        println!("{}", once(&work, bytes));
        return ExitCode::SUCCESS;
    }
    match compare().and_then(|linear| Ok(linear & odd_texts()?)) {
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

/// Repeats each text of the fuzz targets' corpus, and says which are too slow to parse.
fn odd_texts() -> Result<bool, BenchError> {
    let mut speeds = Vec::new();
    for target in ["lex", "parse"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
        let unreadable = BenchError::system("the corpus of the fuzz targets cannot be read");
        let entries =
            fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
        for entry in entries {
            // Some are no text at all.
            let Ok(text) = fs::read_to_string(entry.path()) else { continue };
            for unit in [text.clone(), format!("{text}\n")].into_iter().filter(|unit| !unit.is_empty()) {
                let repeated = unit.repeat(REPEATED / unit.len() + 1);
                speeds.push((speed(&repeated), unit, entry.path()));
            }
        }
    }
    speeds.sort_by(|(one, ..), (other, ..)| one.total_cmp(other));
    let slow = speeds.iter().filter(|(speed, ..)| *speed < SLOWEST).count();
    println!(
        "{} odd texts, each repeated up to {} kB: the slowest is parsed at {:.1} MB/s, at least {SLOWEST} is asked for",
        speeds.len(),
        REPEATED / 1000,
        speeds.first().map_or(f64::INFINITY, |(speed, ..)| *speed)
    );
    for (speed, unit, path) in speeds.iter().take(slow) {
        println!("{speed:.2} MB/s: {unit:?} of {}", path.display());
    }
    Ok(slow == 0)
}

/// MB/s of parsing a text; the best of several where the first was slow.
fn speed(text: &str) -> f64 {
    let mut best: f64 = 0.0;
    for _ in 0..3 {
        let start = thread_time();
        black_box(parse(black_box(text)));
        best = best.max(text.len() as f64 / 1e6 / (thread_time() - start).as_secs_f64());
        if best > 2.0 * SLOWEST {
            break;
        }
    }
    best
}
