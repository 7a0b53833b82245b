//! Instructions of the front end, counted by callgrind and held against `instructions.toml`:
//! `cargo bench -p prism-bench --bench front_end_instructions`. With `UPDATE_INSTRUCTIONS=1` the table is written.
//!
//! The program starts itself once more as a benchmark of gungraun, which starts it under valgrind for each figure.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::process::{Command, ExitCode, Stdio};

use prism_bench::instructions::{Comparison, Table};
use prism_bench::{BenchError, corpus};
use serde_json::Value;

/// Set for the program that gungraun counts.
const COUNTING: &str = "PRISM_COUNTING_INSTRUCTIONS";

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.toml");

mod counted {
    use std::hint::black_box;

    use gungraun::prelude::*;
    use prism_bench::corpus;
    use prism_syntax::{Tokens, parse, parse_tokens};

    type Texts = &'static [String];
    type Files = &'static [(Tokens, &'static str)];

    fn generated() -> Texts {
        Vec::leak(corpus::generated())
    }

    fn scripts() -> Texts {
        #[allow(clippy::expect_used, reason = "the program that started this one has read the same files")]
        Vec::leak(corpus::scripts().expect("scripts that can be read"))
    }

    fn with_tokens(texts: Texts) -> Files {
        Vec::leak(texts.iter().map(|text| (prism_syntax::lex(text), text.as_str())).collect())
    }

    // What is made is freed where it is counted, as in the benchmarks that take time.

    #[library_benchmark]
    #[bench::generated(generated())]
    #[bench::scripts(scripts())]
    fn lex(texts: Texts) {
        for text in texts {
            black_box(prism_syntax::lex(black_box(text)));
        }
    }

    #[library_benchmark]
    #[bench::generated(with_tokens(generated()))]
    #[bench::scripts(with_tokens(scripts()))]
    fn tokens_to_tree(files: Files) {
        for (tokens, text) in files {
            black_box(parse_tokens(black_box(tokens), text));
        }
    }

    #[library_benchmark]
    #[bench::generated(generated())]
    #[bench::scripts(scripts())]
    fn text_to_tree(texts: Texts) {
        for text in texts {
            black_box(parse(black_box(text)));
        }
    }

    library_benchmark_group!(name = front_end, benchmarks = [lex, tokens_to_tree, text_to_tree]);
    gungraun::main!(library_benchmark_groups = front_end);

    /// The program that gungraun makes of the benchmarks above.
    pub(super) fn run() {
        main();
    }
}

fn main() -> ExitCode {
    let under_valgrind = env::args().nth(1).is_some_and(|argument| argument == "--gungraun-run");
    if under_valgrind || env::var_os(COUNTING).is_some() {
        counted::run();
        return ExitCode::SUCCESS;
    }
    match gate() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("front_end_instructions: {error}");
            ExitCode::FAILURE
        }
    }
}

fn gate() -> Result<ExitCode, BenchError> {
    let measured = measure()?;
    for (name, figure) in measured.figures() {
        println!("{name:<26} {figure:8.2} instructions per byte");
    }
    if env::var_os("UPDATE_INSTRUCTIONS").is_some_and(|value| value != "0") {
        fs::write(TABLE, measured.to_text()).map_err(BenchError::system("the table cannot be written"))?;
        println!("benches/instructions.toml is written");
        return Ok(ExitCode::SUCCESS);
    }
    let table = fs::read_to_string(TABLE).map_err(BenchError::system("the table cannot be read"))?;
    let Comparison { failures, remarks } = Table::parse(&table)?.compare(&measured);
    for words in remarks.iter().chain(&failures) {
        println!("{words}");
    }
    if !(remarks.is_empty() && failures.is_empty()) {
        println!(
            "UPDATE_INSTRUCTIONS=1 writes benches/instructions.toml anew; the change belongs into the commit."
        );
    }
    if failures.is_empty() || !cfg!(target_arch = "x86_64") {
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

/// Has gungraun count, and divides by the lengths of the texts.
fn measure() -> Result<Table, BenchError> {
    let lengths = BTreeMap::from([
        ("generated", length(&corpus::generated())),
        ("scripts", length(&corpus::scripts()?)),
    ]);
    let program =
        env::current_exe().map_err(BenchError::system("this program does not know where it lies"))?;
    let output = Command::new(program)
        .args(["--bench", "--output-format=json"])
        .env(COUNTING, "1")
        .stderr(Stdio::inherit())
        .output()
        .map_err(BenchError::system("this program cannot be started once more"))?;
    if !output.status.success() {
        return Err(BenchError::Counting(format!(
            "{}; it needs valgrind, and the program gungraun-runner of the version in Cargo.lock",
            output.status
        )));
    }
    let mut table = Table::default();
    for line in String::from_utf8_lossy(&output.stdout).lines().filter(|line| !line.trim().is_empty()) {
        let (text, work, instructions) =
            figure(line).ok_or_else(|| BenchError::Counting(format!("it printed {line}")))?;
        let bytes = lengths
            .get(text.as_str())
            .ok_or_else(|| BenchError::Counting(format!("the text {text:?} is not known")))?;
        table.insert(&text, &work, instructions, *bytes);
    }
    Ok(table)
}

fn length(texts: &[String]) -> usize {
    texts.iter().map(String::len).sum()
}

/// The text, the work and the instructions of one of gungraun's summaries.
fn figure(line: &str) -> Option<(String, String, u64)> {
    let summary: Value = serde_json::from_str(line).ok()?;
    let named = |key: &str| Some(summary.get(key)?.as_str()?.to_owned());
    let instructions = summary.pointer("/profiles/0/data/total/metrics/Ir/values/new")?.as_u64()?;
    Some((named("id")?, named("function_name")?, instructions))
}
