use prism_check::{CheckError, Checked};
use prism_diagnostics::Span;

/// What is wrong with a program: code, line, a part of the message. Nothing where it is right.
pub type Case = (&'static str, &'static [(&'static str, usize, &'static str)]);

/// Stands behind every program, so that lines keep their numbers.
const SURROUNDINGS: &str = r#"
agent Classifier {
  capabilities: ["classification"]
  fn classify(text: string) -> ~Label "Which label fits?"
  fn rate(text: string, scale: int = 5) -> ~number "How bad is it?"
  fn explain(label: Label, detail?: string) -> ~string
  fn sum_up(notes: string[]) -> ~string
}
type Label = "bug" | "question" | "praise"
"#;

pub fn checked(program: &str) -> (Checked, Vec<prism_syntax::SyntaxError>, String) {
    let text = format!("{program}\n{SURROUNDINGS}");
    let parse = prism_syntax::parse(&text);
    (prism_check::check(&parse.tree, false), parse.errors, text)
}

fn line(text: &str, span: Span) -> usize {
    text.bytes().take(span.start as usize).filter(|byte| *byte == b'\n').count() + 1
}

pub fn told(program: &str) -> Vec<(String, usize, String)> {
    let (checked, errors, text) = checked(program);
    assert!(errors.is_empty(), "does not parse: {errors:?}\n{program}");
    let tell = |error: &CheckError| {
        let diagnostic = error.diagnostic();
        (error.code().code().to_owned(), line(&text, error.span()), diagnostic.message)
    };
    checked.errors.iter().map(tell).collect()
}

pub fn expect(cases: &[Case]) {
    let mut wrong = String::new();
    for (program, expected) in cases {
        let told = told(program);
        let fits = told.len() == expected.len()
            && told.iter().zip(*expected).all(|((code, line, message), (wanted, at, part))| {
                code == wanted && line == at && message.contains(part)
            });
        if !fits {
            wrong.push_str(&format!("--- {program}\nexpected {expected:?}\nfound    {told:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A pattern around statements: the first of them is in line 1.
pub fn body(cases: &[Case]) {
    let head =
        "pattern p { input { text: string, label: Label, note?: string, n: number, xs: int[], flag: bool }";
    let around = |case: &Case| (format!("{head} {}\n}}", case.0), case.1);
    let whole: Vec<_> = cases.iter().map(around).collect();
    let mut wrong = String::new();
    for (program, expected) in &whole {
        let told = told(program);
        let fits = told.len() == expected.len()
            && told.iter().zip(*expected).all(|((code, line, message), (wanted, at, part))| {
                code == wanted && line == at && message.contains(part)
            });
        if !fits {
            wrong.push_str(&format!("--- {program}\nexpected {expected:?}\nfound    {told:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
