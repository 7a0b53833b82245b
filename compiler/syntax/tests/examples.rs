//! Whole programs.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use prism_syntax::ast::Item;
use prism_syntax::{diagnostic, parse};

const FIRST_LOOK: &str = r#"
/// Anything that can put a label on a support ticket.
agent Classifier {
  capabilities: ["classification"]
  timeout: 20s
  cost: $0.002
  fn classify(text: string) -> ~Label "Which label fits this support ticket?"
}

type Label = "bug" | "question" | "praise"

/// Label a ticket with as few calls as it takes to be sure.
pattern triage v1.0.0 {
  input {
    text: string max_length(10000)
    customer_tier: "free" | "pro" | "enterprise" = "free"
  }
  output {
    label: Label
    escalated: bool
  }
  budget { calls: 8, cost: $0.05, time: 2m }

  let classifiers = select(Classifier, min: 3, max: 5)

  // Asks the best agent first, and stops as soon as the pooled answer is 90 % sure.
  let label = ask_until(classifiers, target: 0.9) { agent => agent.classify(input.text) }

  uncertain if label {
    high   { return { label, escalated: false } }
    medium { return { label: endorse(label, "good enough for a draft reply"), escalated: false } }
    low    {
      return { label: "question", escalated: true }
    }
  }
}
"#;

#[test]
fn the_first_look_program_parses() {
    let parse = parse(FIRST_LOOK);
    let messages: Vec<_> = parse.errors.iter().map(|error| diagnostic(error, FIRST_LOOK)).collect();
    assert!(messages.is_empty(), "{messages:#?}");
    let [Item::Agent(agent), Item::Type(label), Item::Pattern(pattern)] = parse.tree.items.as_slice() else {
        panic!("{:?}", parse.tree.items)
    };
    assert_eq!(agent.documentation.as_deref(), Some("Anything that can put a label on a support ticket."));
    assert_eq!(agent.entries.len(), 4);
    assert_eq!(&*label.name.text, "Label");
    assert_eq!(pattern.version.as_deref(), Some("1.0.0"));
    assert_eq!(pattern.sections.len(), 3);
    assert_eq!(pattern.body.statements.len(), 3);
    assert!(!pattern.tainted);
}
