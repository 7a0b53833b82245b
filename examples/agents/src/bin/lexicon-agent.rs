//! Labels support tickets as bug, question or praise by the words that occur in them.

use prism_example_agents::agent::{ServeOptions, serve};
use prism_example_agents::ticket::{Classifier, Lexicon, TicketAgent, training};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let classifier = Lexicon::new();
    let expertise = classifier.accuracy(&training());
    let agent = TicketAgent::new("lexicon", "Lexicon", classifier, expertise);
    Ok(serve(agent, ServeOptions::from_environment()?).await?)
}
