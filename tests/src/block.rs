/// What is done with a fenced block of Prism code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is checked.
    Check,
    /// It is only parsed.
    Syntax,
    /// It is checked, and runs with this input, as JSON.
    Run(String),
}

/// What a run comes to, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The value.
    Value(String),
    /// An object with some of `value`, `confidence`, `failure` and `message`.
    Result(String),
}

/// A fenced block of Prism code on a page.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line on which it opens, from 1.
    pub line: usize,
    /// What is done with it.
    pub kind: Kind,
    /// Whether it shows the statements of a pattern rather than a whole file.
    pub fragment: bool,
    /// The code between the fences.
    pub code: String,
    /// What the run comes to: the JSON block that follows.
    pub expected: Option<Expected>,
}

/// What stands before a fragment that is only checked, on the same line as its first statement.
const CHECKED_HEAD: &str = "agent Classifier { capabilities: [\"classification\"]
  fn classify(text: string) -> ~Label \"Which label fits?\"
  fn is_urgent(text: string) -> ~bool \"Is it urgent?\"
  fn rate(text: string) -> ~number \"How angry is the author, from 0 to 10?\" }
type Label = \"bug\" | \"question\" | \"praise\"
pattern example { input { text: string, names: string[], count: number, note?: string }
  let agents = select(Classifier, min: 1, max: 3)
  let agent = agents[0] ?? fail(\"no agent\")
  let answer = agent.classify(input.text)
  let urgent = agent.is_urgent(input.text)
  let rating = agent.rate(input.text)
";
/// What stands before a fragment that runs or is only parsed.
const PLAIN_HEAD: &str = "pattern example {\n";
/// What stands after a fragment.
const TAIL: &str = "\n}\n";

impl Block {
    /// The text that the compiler is given, and how many of its lines stand before the block's code.
    pub fn text(&self) -> (String, usize) {
        let head = match (&self.kind, self.fragment) {
            (_, false) => return (self.code.clone(), 0),
            (Kind::Check, true) => CHECKED_HEAD,
            (Kind::Syntax | Kind::Run(_), true) => PLAIN_HEAD,
        };
        (format!("{head}{}{TAIL}", self.code), head.matches('\n').count())
    }
}

/// The Prism blocks of a page.
///
/// # Errors
/// A sentence about a fence that does not follow the rules of `language/README.md`, with its line.
pub fn blocks(page: &str) -> Result<Vec<Block>, String> {
    let mut found: Vec<Block> = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut code = String::new();
        loop {
            match lines.next() {
                Some((_, "```")) => break,
                Some((_, line)) => {
                    code.push_str(line);
                    code.push('\n');
                }
                None => return Err(format!("line {}: the block is not closed", index + 1)),
            }
        }
        let wrong = |why: &str| format!("line {}: {why}: `{info}`", index + 1);
        match info.split_once(' ').unwrap_or((info, "")) {
            ("prism", rest) => found.push(prism(index + 1, rest.trim(), code).map_err(wrong)?),
            ("json", rest) => {
                let last = found.last_mut().filter(|block| matches!(block.kind, Kind::Run(_)));
                let Some(block) = last else { return Err(wrong("no block that runs stands before it")) };
                if block.expected.is_some() {
                    return Err(wrong("the block before it has its result already"));
                }
                block.expected = Some(match rest.trim() {
                    "" => Expected::Value(code),
                    "result" => Expected::Result(code),
                    _ => return Err(wrong("a result is `json` or `json result`")),
                });
            }
            ("text" | "sh", _) => {}
            _ => return Err(wrong("a block is `prism`, `json`, `text` or `sh`")),
        }
    }
    match found.iter().find(|block| matches!(block.kind, Kind::Run(_)) && block.expected.is_none()) {
        Some(block) => Err(format!("line {}: what it comes to does not follow", block.line)),
        None => Ok(found),
    }
}

fn prism(line: usize, info: &str, code: String) -> Result<Block, &'static str> {
    let (first, rest) = info.split_once(' ').unwrap_or((info, ""));
    let (first, rest) = if matches!(first, "run" | "syntax") { (first, rest) } else { ("", info) };
    let (fragment, rest) = match rest.strip_prefix("fragment") {
        Some(rest) => (true, rest.trim()),
        None => (false, rest),
    };
    let kind = match (first, rest.strip_prefix("input=")) {
        ("run", Some(input)) => Kind::Run(input.to_owned()),
        ("run", None) if rest.is_empty() => Kind::Run("{}".to_owned()),
        ("syntax", None) if rest.is_empty() => Kind::Syntax,
        ("", None) if rest.is_empty() => Kind::Check,
        _ => {
            return Err(
                "a block is `prism`, with `run` or `syntax`, `fragment` and `input=JSON` in this order",
            );
        }
    };
    Ok(Block { line, kind, fragment, code, expected: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_with_their_results() {
        let page = "# A\n```prism\nx\n```\n```prism run fragment input={\"a\": 1}\ny\n```\nis\n```json result\n{}\n```\n";
        let found = blocks(page).unwrap();
        assert_eq!((found[0].line, &found[0].kind, found[0].fragment), (2, &Kind::Check, false));
        assert_eq!(found[0].text(), ("x\n".to_owned(), 0));
        assert_eq!((&found[1].kind, found[1].fragment), (&Kind::Run("{\"a\": 1}".to_owned()), true));
        assert_eq!(found[1].text(), ("pattern example {\ny\n\n}\n".to_owned(), 1));
        assert_eq!(found[1].expected, Some(Expected::Result("{}\n".to_owned())));
    }

    #[test]
    fn a_block_may_be_only_parsed() {
        let found = blocks("```prism syntax\nx\n```\n```prism syntax fragment\ny\n```\n").unwrap();
        assert_eq!((&found[0].kind, found[0].fragment), (&Kind::Syntax, false));
        assert_eq!((&found[1].kind, found[1].text().1), (&Kind::Syntax, 1));
    }

    #[test]
    fn what_breaks_the_rules_is_told_with_its_line() {
        for (page, line) in [
            ("\n```prism\nx\n", "line 2:"),
            ("```prism fast\n```\n", "line 1:"),
            ("```prism input={}\n```\n", "line 1:"),
            ("```rust\n```\n", "line 1:"),
            ("```prism run\n```\n", "line 1:"),
            ("```prism run syntax\n```\n", "line 1:"),
            ("```prism syntax input={}\n```\n", "line 1:"),
            ("```prism\n```\n```json\n1\n```\n", "line 3:"),
            ("```prism run\n```\n```json\n1\n```\n```json\n1\n```\n", "line 6:"),
        ] {
            let told = blocks(page).unwrap_err();
            assert!(told.starts_with(line), "{page:?}: {told}");
        }
    }
}
