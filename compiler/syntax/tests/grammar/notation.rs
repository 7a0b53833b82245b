//! Reads `grammar/prism.ebnf`: rules as a small tree, the tokens that the file lists, its numbered side conditions.

use std::collections::BTreeMap;

/// A node of the right side of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Sequence(Vec<usize>),
    Choice(Vec<usize>),
    Optional(usize),
    Repeat(usize),
    /// A word or sign as it is written.
    Literal(String),
    /// A class of tokens.
    Token(String),
    /// Another rule, by its index.
    Rule(usize),
}

pub(crate) struct Rule {
    pub(crate) name: String,
    line: usize,
    /// The node that is its right side.
    pub(crate) body: usize,
    /// The numbers of the side conditions that it names.
    pub(crate) conditions: Vec<String>,
}

/// A grammar without mistakes: every rule is used, and everything that a rule names exists.
pub(crate) struct Grammar {
    pub(crate) rules: Vec<Rule>,
    pub(crate) nodes: Vec<Node>,
    /// The side conditions: number and text.
    pub(crate) conditions: BTreeMap<String, String>,
}

impl Grammar {
    /// The index of a rule that has to exist.
    pub(crate) fn rule(&self, name: &str) -> usize {
        self.find(name).unwrap_or_else(|| panic!("the grammar has no rule `{name}`"))
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.rules.iter().position(|rule| rule.name == name)
    }
}

/// The grammar that a text describes, or what is wrong with the text: lines with their numbers.
pub(crate) fn read(text: &str) -> Result<Grammar, Vec<String>> {
    let mut reader = Reader { marks: marks(text)?, at: 0, nodes: Vec::new(), names: Vec::new() };
    let mut rules: Vec<Rule> = Vec::new();
    let mut comments: Vec<(usize, String)> = Vec::new();
    while let Some((line, mark)) = reader.next() {
        match mark {
            Mark::Comment(text) => comments.push((line, text)),
            Mark::Word(name) => {
                reader.expect("=").map_err(|mistake| vec![mistake])?;
                let body = reader.choice().map_err(|mistake| vec![mistake])?;
                reader.expect(";").map_err(|mistake| vec![mistake])?;
                rules.push(Rule { name, line, body, conditions: Vec::new() });
            }
            other => return Err(vec![format!("line {line}: a rule begins with its name, not {other:?}")]),
        }
    }
    let tokens: Vec<String> = comments.iter().flat_map(|(_, text)| listed_tokens(text)).collect();
    let conditions: BTreeMap<String, String> =
        comments.iter().flat_map(|(_, text)| listed_conditions(text)).collect();
    let mut mistakes = Vec::new();
    for (line, text) in comments.iter().chain(&reader.inner_comments()) {
        for number in references(text) {
            if !conditions.contains_key(&number) {
                mistakes.push(format!("line {line}: there is no side condition {number}"));
            }
            if let Some(rule) = rules.iter_mut().rev().find(|rule| rule.line <= *line) {
                rule.conditions.push(number);
            }
        }
    }
    let names: BTreeMap<String, usize> =
        rules.iter().enumerate().map(|(index, rule)| (rule.name.clone(), index)).collect();
    if names.len() < rules.len() {
        let twice = rules.iter().enumerate().filter(|(index, rule)| names.get(&rule.name) != Some(index));
        mistakes
            .extend(twice.map(|(_, rule)| format!("line {}: `{}` is defined twice", rule.line, rule.name)));
    }
    let mut used = vec![false; rules.len()];
    for (node, line, name) in std::mem::take(&mut reader.names) {
        if let Some(index) = names.get(&name) {
            used[*index] = true;
            reader.nodes[node] = Node::Rule(*index);
        } else if tokens.contains(&name) {
            reader.nodes[node] = Node::Token(name);
        } else if name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_') {
            mistakes.push(format!("line {line}: the token {name} is not listed"));
        } else {
            mistakes.push(format!("line {line}: there is no rule `{name}`"));
        }
    }
    for (rule, used) in rules.iter().zip(&used).skip(1) {
        if !used {
            mistakes.push(format!("line {}: no rule uses `{}`", rule.line, rule.name));
        }
    }
    if rules.is_empty() {
        mistakes.push("line 1: there are no rules".to_owned());
    }
    if mistakes.is_empty() { Ok(Grammar { rules, nodes: reader.nodes, conditions }) } else { Err(mistakes) }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    Word(String),
    Literal(String),
    Sign(char),
    Comment(String),
}

/// The words, signs and comments of the notation, each with its line.
fn marks(text: &str) -> Result<Vec<(usize, Mark)>, Vec<String>> {
    let mut marks = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first == '\n' {
            line += 1;
            1
        } else if first.is_whitespace() {
            first.len_utf8()
        } else if let Some(comment) = rest.strip_prefix("(*") {
            let Some(end) = comment.find("*)") else {
                return Err(vec![format!("line {line}: the comment is not closed")]);
            };
            marks.push((line, Mark::Comment(comment[..end].to_owned())));
            line += comment[..end].matches('\n').count();
            end + 4
        } else if first == '"' {
            let Some(end) = rest[1..].find('"').filter(|end| !rest[1..=*end].contains('\n')) else {
                return Err(vec![format!("line {line}: the quote is not closed")]);
            };
            marks.push((line, Mark::Literal(rest[1..=end].to_owned())));
            end + 2
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let end = end.unwrap_or(rest.len());
            marks.push((line, Mark::Word(rest[..end].to_owned())));
            end
        } else if "=|;(){}[]".contains(first) {
            marks.push((line, Mark::Sign(first)));
            1
        } else {
            return Err(vec![format!("line {line}: `{first}` means nothing here")]);
        };
        rest = &rest[length..];
    }
    Ok(marks)
}

struct Reader {
    marks: Vec<(usize, Mark)>,
    at: usize,
    nodes: Vec<Node>,
    /// The nodes that name a rule or token, to be looked up when all rules are read.
    names: Vec<(usize, usize, String)>,
}

impl Reader {
    fn next(&mut self) -> Option<(usize, Mark)> {
        let mark = self.marks.get(self.at).cloned();
        self.at += 1;
        mark
    }

    /// The next mark that is no comment.
    fn peek(&mut self) -> Option<(usize, Mark)> {
        while matches!(self.marks.get(self.at), Some((_, Mark::Comment(_)))) {
            self.at += 1;
        }
        self.marks.get(self.at).cloned()
    }

    fn is(&mut self, sign: char) -> bool {
        self.peek().is_some_and(|(_, mark)| mark == Mark::Sign(sign))
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        match self.peek() {
            Some((_, Mark::Sign(found))) if sign.starts_with(found) => {
                self.at += 1;
                Ok(())
            }
            Some((line, found)) => Err(format!("line {line}: `{sign}` should stand here, not {found:?}")),
            None => Err(format!("at the end: `{sign}` is missing")),
        }
    }

    /// The comments inside of rules.
    fn inner_comments(&self) -> Vec<(usize, String)> {
        let mut depth = false;
        let mut output = Vec::new();
        for (line, mark) in &self.marks {
            match mark {
                Mark::Sign('=') => depth = true,
                Mark::Sign(';') => depth = false,
                Mark::Comment(text) if depth => output.push((*line, text.clone())),
                _ => {}
            }
        }
        output
    }

    fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn choice(&mut self) -> Result<usize, String> {
        let mut branches = vec![self.sequence()?];
        while self.is('|') {
            self.at += 1;
            branches.push(self.sequence()?);
        }
        Ok(if branches.len() == 1 { branches[0] } else { self.add(Node::Choice(branches)) })
    }

    fn sequence(&mut self) -> Result<usize, String> {
        let mut parts = Vec::new();
        while let Some((line, mark)) = self.peek() {
            let part = match mark {
                Mark::Literal(text) => {
                    self.at += 1;
                    self.add(Node::Literal(text))
                }
                Mark::Word(name) => {
                    self.at += 1;
                    let node = self.add(Node::Token(name.clone()));
                    self.names.push((node, line, name));
                    node
                }
                Mark::Sign(open @ ('(' | '[' | '{')) => {
                    self.at += 1;
                    let inner = self.choice()?;
                    let (close, node) = match open {
                        '(' => (")", None),
                        '[' => ("]", Some(Node::Optional(inner))),
                        _ => ("}", Some(Node::Repeat(inner))),
                    };
                    self.expect(close)?;
                    node.map_or(inner, |node| self.add(node))
                }
                Mark::Sign(_) | Mark::Comment(_) => break,
            };
            parts.push(part);
        }
        match parts.as_slice() {
            [] => {
                let line = self.peek().map_or(0, |(line, _)| line);
                Err(format!("line {line}: there is nothing to derive here"))
            }
            [single] => Ok(*single),
            _ => Ok(self.add(Node::Sequence(parts))),
        }
    }
}

/// The numbers in braces: `{2}`, `{N1}`.
fn references(comment: &str) -> Vec<String> {
    let numbers = comment.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    numbers.filter(|number| is_number(number)).map(str::to_owned).collect()
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('N').unwrap_or(text);
    !digits.is_empty() && digits.len() < 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The lines of a comment after one heading and before the next, which is the next line that is indented as far.
fn under<'t>(comment: &'t str, heading: &str) -> Vec<&'t str> {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut lines = comment.lines().skip_while(|line| line.trim() != heading);
    if lines.next().is_none() {
        return Vec::new();
    }
    let headings = ["Tokens", "Side conditions", "Line breaks"];
    lines.take_while(|line| !headings.contains(&line.trim())).filter(|line| indentation(line) > 0).collect()
}

/// The words in capitals that begin a line under `Tokens`.
fn listed_tokens(comment: &str) -> Vec<String> {
    let first = |line: &&str| line.split_whitespace().next().unwrap_or_default().to_owned();
    let capitals =
        |word: &String| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    under(comment, "Tokens").iter().map(first).filter(capitals).collect()
}

/// The numbered paragraphs under the headings of conditions.
fn listed_conditions(comment: &str) -> Vec<(String, String)> {
    let mut output: Vec<(String, String)> = Vec::new();
    for line in ["Side conditions", "Line breaks"].iter().flat_map(|heading| under(comment, heading)) {
        let (first, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        if is_number(first) && line.len() - line.trim_start().len() < 6 {
            output.push((first.to_owned(), rest.trim().to_owned()));
        } else if let Some((_, text)) = output.last_mut() {
            text.push(' ');
            text.push_str(line.trim());
        }
    }
    output
}

#[test]
fn mistakes_are_found_with_their_lines() {
    let said = |text: &str| read(text).err().unwrap_or_default().join("; ");
    assert_eq!(said("a = b ;"), "line 1: there is no rule `b`");
    assert_eq!(said("a = \"x\" ;\nb = \"y\" ;"), "line 2: no rule uses `b`");
    assert_eq!(said("a = NUMBER ;"), "line 1: the token NUMBER is not listed");
    assert_eq!(said("a = \"x\" ;\n\n(* {7} *)"), "line 3: there is no side condition 7");
    assert_eq!(said("a = \"x\" ;\na = \"y\" ;"), "line 1: `a` is defined twice; line 2: no rule uses `a`");
    assert_eq!(said("a = [ \"x\" ;"), "line 1: `]` should stand here, not Sign(';')");
    assert_eq!(said("a = \"x\n\" ;"), "line 1: the quote is not closed");
    assert_eq!(said("a = | \"x\" ;"), "line 1: there is nothing to derive here");
    assert_eq!(said("(* a"), "line 1: the comment is not closed");
    assert_eq!(said("a = \"x\""), "at the end: `;` is missing");
}

#[test]
fn rules_tokens_and_conditions_are_read() {
    let text = "a = { b | XX } [ \"x\" ] ; (* {1} *)\nb = \"y\" ;\n(* Tokens\n\n   XX  a token\n\n   Side conditions\n\n    1  First\n       line. *)";
    let grammar = read(text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let body = &grammar.nodes[grammar.rules[0].body];
    assert!(matches!(body, Node::Sequence(parts) if matches!(grammar.nodes[parts[0]], Node::Repeat(_))));
    assert_eq!(grammar.rules[0].conditions, ["1"]);
    assert_eq!(grammar.conditions.get("1").map(String::as_str), Some("First line."));
}
