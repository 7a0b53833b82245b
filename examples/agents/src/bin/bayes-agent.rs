//! Labels support tickets as bug, question or praise with a naive Bayes classifier that is trained when it starts.

use prism_example_agents::agent::{ServeOptions, serve};
use prism_example_agents::ticket::{Bayes, TicketAgent};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let classifier = Bayes::new();
    let expertise = classifier.left_out_accuracy();
    let agent = TicketAgent::new("bayes", "Naive Bayes", classifier, expertise);
    Ok(serve(agent, ServeOptions::from_environment()?).await?)
}
