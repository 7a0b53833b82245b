//! Serves the agent that benchmarks ask: `bench-agent [CORE]`. It writes its address on a line of its standard
//! output, and ends with its standard input.

use std::io::Write;

use prism_bench::agent::{BenchAgent, CAPABILITY};
use prism_bench::cores;
use prism_example_agents::agent::{Profile, ServeOptions, host, stop_requested};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Some(core) = std::env::args().nth(1) {
        cores::bind_to(core.parse()?)?;
    }
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve())
}

async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let stop = stop_requested(true)?;
    let profile = Profile {
        id: "bench".to_owned(),
        name: "Bench".to_owned(),
        capabilities: vec![CAPABILITY.to_owned()],
    };
    let options = ServeOptions { report: |_| {}, ..ServeOptions::default() };
    let served = host(profile, BenchAgent::default(), options).await?;
    let mut output = std::io::stdout();
    writeln!(output, "{}", served.address())?;
    output.flush()?;
    stop.await;
    served.shutdown().await;
    Ok(())
}
