//! Runs of patterns against the same calls written by hand: `cargo bench -p prism-bench --bench calls [-- --quick]
//! [-- NAME]`.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::{Path, PathBuf};

use prism_bench::agent_process::AgentProcess;
use prism_bench::comparisons::ROWS;
use prism_bench::cores;
use prism_bench::pairs::{Comparison, Effort};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let effort =
        if arguments.iter().any(|argument| argument == "--quick") { Effort::quick() } else { Effort::full() };
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
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
        if !wanted.is_empty() && !wanted.iter().any(|name| row.name.contains(name.as_str())) {
            continue;
        }
        let prepared = tokio.block_on(async { row.prepare(agent.address()) })?;
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

/// Where Cargo puts what it builds.
fn target_folder() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
    }
}
