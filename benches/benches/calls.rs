//! Runs of patterns against the same calls written by hand: `cargo bench -p prism-bench --bench calls -- [--quick]
//! [--only-subject | --only-reference] [NAME…]`. With `--only-…` nothing is compared: one side runs for some seconds,
//! one run at a time, for a profiler to look at.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use prism_bench::agent_process::AgentProcess;
use prism_bench::comparisons::{Prepared, ROWS};
use prism_bench::pairs::{Comparison, Effort};
use prism_bench::{BenchError, cores};

/// How long one side runs for a profiler.
const ONLY: Duration = Duration::from_secs(6);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let effort = if has("--quick") { Effort::quick() } else { Effort::full() };
    let wanted: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|argument| !argument.starts_with('-')).collect();
    let two = cores::two();
    match two {
        Some((client, agent)) => {
            cores::bind_to(client)?;
            println!("runs on core {client}, the agent on core {agent}; {} pairs\n", effort.pairs);
        }
        None => println!("runs and the agent share one core; {} pairs\n", effort.pairs),
    }
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let agent = {
        let core = two.map(|(_, agent)| agent);
        AgentProcess::start(Path::new(env!("CARGO_BIN_EXE_bench-agent")), core)?
    };
    println!("{}", Comparison::HEAD);
    let mut comparisons = Vec::new();
    for row in ROWS {
        if !is_wanted(row.name, &wanted) {
            continue;
        }
        let prepared = tokio.block_on(async { row.prepare(agent.address()) })?;
        if has("--only-subject") || has("--only-reference") {
            let count = tokio.block_on(only(&prepared, has("--only-subject")))?;
            println!("{}: {count} runs", row.name);
            continue;
        }
        let comparison = prepared.compare(&tokio, &effort)?;
        println!("{}", comparison.line());
        comparisons.push(comparison);
    }
    let path = target_folder().join("bench-pairs.json");
    std::fs::create_dir_all(target_folder())?;
    std::fs::write(&path, serde_json::to_string_pretty(&comparisons)?)?;
    println!("\nwritten to {}", path.display());
    Ok(())
}

/// Whether a name was asked for: by itself, or else by a part of it.
fn is_wanted(name: &str, wanted: &[&str]) -> bool {
    let is_a_name = |wanted: &&str| ROWS.iter().any(|row| row.name == *wanted);
    let matches = |wanted: &&str| if is_a_name(wanted) { name == *wanted } else { name.contains(*wanted) };
    wanted.is_empty() || wanted.iter().any(matches)
}

/// Runs one side until the time is up; gives the number of runs.
async fn only(prepared: &Prepared, subject: bool) -> Result<u64, BenchError> {
    let (start, mut count) = (Instant::now(), 0);
    while start.elapsed() < ONLY {
        let run = if subject { prepared.run_subject().await } else { prepared.run_reference().await };
        std::hint::black_box(run?);
        count += 1;
    }
    Ok(count)
}

/// Where Cargo puts what it builds.
fn target_folder() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("target"),
    }
}
