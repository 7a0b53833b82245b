//! Labels support tickets by their punctuation, when it does not fail or ramble.

use std::time::Duration;

use clap::Parser;
use prism_example_agents::agent::{ServeOptions, serve};
use prism_example_agents::flaky::{Flaky, Moods};
use prism_example_agents::ticket::{Classifier, Rules, training};

/// A weak classifier of support tickets that is slow, fails and rambles, the same way for the same task.
#[derive(Debug, Parser)]
struct Arguments {
    /// The mean time that a call takes, in milliseconds.
    #[arg(long, default_value_t = 150)]
    delay_ms: u64,
    /// The share of tasks that it fails at, from 0 to 1.
    #[arg(long, default_value_t = 0.15, value_parser = share)]
    fail_rate: f64,
    /// The share of the other tasks at which it rambles, from 0 to 1.
    #[arg(long, default_value_t = 0.15, value_parser = share)]
    ramble_rate: f64,
    /// Another seed makes it misbehave at other tasks.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let moods = Moods {
        delay: Duration::from_millis(arguments.delay_ms),
        fail_rate: arguments.fail_rate,
        ramble_rate: arguments.ramble_rate,
        seed: arguments.seed,
    };
    let classifier = Rules::weak();
    let expertise = classifier.accuracy(&training());
    let agent = Flaky::new(classifier, expertise, moods);
    Ok(serve(agent, ServeOptions::from_environment()?).await?)
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("should be from 0 to 1".to_owned()) }
}
