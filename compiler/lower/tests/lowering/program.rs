use prism_ir::{Document, Program};
use prism_lower::{Origin, lower};

/// Stands behind every program.
pub const SURROUNDINGS: &str = r#"
agent Classifier {
  capabilities: ["classification"]
  fn classify(text: string) -> ~Label "Which label fits ${text}?"
  fn rate(text: string, scale: int = 5) -> ~number
}
type Label = "bug" | "question" | "praise"
"#;

pub fn document(program: &str) -> Document {
    let text = format!("{program}\n{SURROUNDINGS}");
    let parse = prism_syntax::parse(&text);
    assert!(parse.errors.is_empty(), "{:?}\n{program}", parse.errors);
    let checked = prism_check::check(&parse.tree, false);
    let wrong: Vec<_> = checked.errors.iter().filter(|error| error.is_error()).collect();
    assert!(wrong.is_empty(), "{wrong:?}\n{program}");
    let origin = Origin { path: "test.prism".into(), sha256: String::new(), compiler: "test".into() };
    lower(&parse.tree, &checked, origin).document
}

pub fn program(text: &str) -> Program {
    Program::load(document(text)).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
