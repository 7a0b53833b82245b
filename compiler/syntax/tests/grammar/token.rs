//! Writes the tokens of a sentence: literals as they are, classes of tokens from a vocabulary.

use crate::sentence::{Sentence, Symbol};

/// A sequence of numbers that looks random. Seed 0 gives only zeros: the plainest spelling.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a limit. The steps are those of SplitMix64.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if self.0 == 0 {
            return 0;
        }
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15).max(1);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % limit as u64) as usize
    }

    /// True in one of so many cases, and never with seed 0.
    pub(crate) fn one_in(&mut self, cases: usize) -> bool {
        self.below(cases) == cases - 1
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

const PLAIN: &[&str] = &["a", "b", "xs", "total", "agentResults", "größe", "x1", "v", "_"];

/// Keywords that name variables wherever the grammar does not ask for them.
const CONTEXTUAL: &[&str] = &[
    "input",
    "output",
    "budget",
    "confidence",
    "pattern",
    "agent",
    "type",
    "test",
    "high",
    "medium",
    "low",
    "default",
    "agents",
    "context",
    "max",
    "from",
    "of",
];

/// Words that are operators behind an operand.
const OPERATORS: &[&str] = &["in", "is", "as"];

const RESERVED: &[&str] = &[
    "let", "const", "fn", "function", "if", "else", "for", "while", "do", "match", "try", "return", "break",
    "continue", "import", "export", "true", "false", "null",
];

/// Keywords of the grammar and of other languages, for places where every word is a name.
const OTHER: &[&str] = &[
    "mock",
    "uncertain",
    "instanceof",
    "typeof",
    "new",
    "async",
    "await",
    "switch",
    "class",
    "throw",
    "delete",
    "assert",
    "undefined",
    "catch",
    "finally",
    "all",
];

const NUMBERS: &[&str] = &["1", "42", "3.14", "1e-3", "10_000", "0xff", "0.5", "2E+4"];
const DURATIONS: &[&str] = &["30s", "250ms", "5m", "2h", "7d", "1.5h", "1h30m"];
const AMOUNTS: &[&str] = &["$0.002", "$1", "$1_000"];
const STRINGS: &[&str] = &[
    "\"s\"",
    "'it is'",
    "`two\nlines`",
    "```raw \\ text```",
    "\"\\n\\t\\\\ \\\" \\u{1F600} \\$\"",
    "\"\"",
    "'${a}'",
    "\"{ [ ( // /* \"",
];
/// Openings of strings, what may stand between their parts, and how they end.
const QUOTES: &[(&str, &str)] = &[("\"", "\""), ("`", "`"), ("```", "```")];

/// The text of each token.
pub(crate) fn spell(sentence: &Sentence<'_>, random: &mut Random) -> Vec<String> {
    let mut quotes: Vec<usize> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for at in 0..sentence.pieces.len() {
        let text = match &sentence.pieces[at].symbol {
            Symbol::Literal(text) => text.clone(),
            Symbol::Token(token) => match token.as_str() {
                "NAME" => name(sentence, at, random).to_owned(),
                "WORD" => word(sentence, at, random).to_owned(),
                "NUMBER" => random.pick(NUMBERS).to_owned(),
                "DURATION" => random.pick(DURATIONS).to_owned(),
                "MONEY" => random.pick(AMOUNTS).to_owned(),
                "VERSION" => random.pick(&["v1.2.0", "v0.0.1", "v1.0.0-beta.1"]).to_owned(),
                "STRING" => random.pick(STRINGS).to_owned(),
                "TEMPLATE_HEAD" => {
                    quotes.push(random.below(QUOTES.len()));
                    format!(
                        "{}{}${{",
                        QUOTES[quotes[quotes.len() - 1]].0,
                        random.pick(&["", "x ", "$", "{ "])
                    )
                }
                "TEMPLATE_MIDDLE" => format!("}}{}${{", random.pick(&["", " and ", "} "])),
                "TEMPLATE_TAIL" => {
                    let quote = quotes.pop().unwrap_or(0);
                    format!("}}{}{}", random.pick(&["", " x", " }"]), QUOTES[quote].1)
                }
                "NL" => "\n".to_owned(),
                other => panic!("the token {other} is not in the vocabulary"),
            },
        };
        texts.push(text);
    }
    texts
}

/// A name at a place where a declaration, a variable or an operand stands.
fn name(sentence: &Sentence<'_>, at: usize, random: &mut Random) -> &'static str {
    let next = |texts: &[&str]| sentence.pieces.get(at + 1).is_some_and(|piece| piece.is_any(texts));
    if random.below(4) < 3 || sentence.lies_in(at, "unbanded") {
        return random.pick(PLAIN);
    }
    match sentence.rule(at) {
        // At the start of a statement such a word is a keyword before words, strings and braces.
        _ if sentence.begins(at, "statement") => {
            let safe = next(&[".", "=", "+=", "++", "--", ";", "}"]) || at + 1 == sentence.pieces.len();
            match () {
                () if safe => random.pick(CONTEXTUAL),
                () if next(&["{"]) => random.pick(&["steps", "agents"]),
                () => random.pick(PLAIN),
            }
        }
        // Behind a word they could be what the word is combined with.
        "primary" if at > 0 && !sentence.pieces[at - 1].is_word() && random.one_in(3) => {
            random.pick(OPERATORS)
        }
        "primary" | "parameter" | "target" | "lambda_head" | "binding" | "type_prim" | "field_target" => {
            random.pick(CONTEXTUAL)
        }
        "entry" | "place" | "field_pattern" | "element_target" => random.pick(CONTEXTUAL),
        "constraint" => random.pick(&["max_length", "min", "max", "matches", "default", "enum", "format"]),
        _ => random.pick(PLAIN),
    }
}

/// A name at a place where every keyword is one.
fn word(sentence: &Sentence<'_>, at: usize, random: &mut Random) -> &'static str {
    let all: &[&[&'static str]] = &[PLAIN, CONTEXTUAL, OPERATORS, RESERVED, OTHER];
    let vocabulary = match sentence.rule(at) {
        // A line that starts with these may belong to an `if` or `try` at the end of the line before.
        "field" | "limit" | "agent_entry" => {
            &[PLAIN, CONTEXTUAL, OPERATORS, &RESERVED[..5], &RESERVED[6..], OTHER][..5]
        }
        "pattern_name" => &[PLAIN, PLAIN, CONTEXTUAL, RESERVED][..],
        _ => all,
    };
    let list = random.below(vocabulary.len());
    random.pick(vocabulary[list])
}
