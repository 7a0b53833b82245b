//! Labels support tickets as bug, question or praise with ordered rules about words, phrases and punctuation.

use prism_example_agents::agent::{ServeOptions, serve};
use prism_example_agents::ticket::{Classifier, Rules, TicketAgent, training};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let classifier = Rules::new();
    let expertise = classifier.accuracy(&training());
    let agent = TicketAgent::new("rules", "Rules", classifier, expertise);
    Ok(serve(agent, ServeOptions::from_environment()?).await?)
}
