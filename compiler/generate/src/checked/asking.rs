//! Programs that ask agents, and how often.

use crate::Choices;

/// A program whose pattern asks an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The text of its file.
    pub text: String,
    /// How many places call an agent.
    pub calls: usize,
}

/// A program with one contract and one pattern `p`, which the checker takes without an error.
pub fn asking(choices: &mut Choices<'_>) -> Asking {
    let mut calls = 0;
    let lets: String = (0..3).map(|n| format!("let v{n} = {}\n", number(choices, 3, &mut calls))).collect();
    let text = format!(
        "agent Rater {{\n  fn rate(text: string) -> ~number \"How good is it?\"\n}}\nfn twice(x: number) {{ return x * 2 }}\npattern p {{ input {{ text: string, flag: bool, n: number, maybe?: number }}\nlet one = select(Rater, max: 1).first()!\nlet seen = input.n * 2\n{lets}return [v0, v1, v2] }}"
    );
    Asking { text, calls }
}

/// An expression that gives a number that may be uncertain; counts the calls of agents in it.
fn number(choices: &mut Choices<'_>, depth: u32, calls: &mut usize) -> String {
    if depth == 0 {
        return match choices.below(4) {
            0 => choices.below(100).to_string(),
            1 => "input.n".to_owned(),
            2 => "seen".to_owned(),
            _ => {
                *calls += 1;
                "one.rate(input.text)".to_owned()
            }
        };
    }
    let mut part = |choices: &mut Choices<'_>| number(choices, depth - 1, calls);
    match choices.below(16) {
        0 => format!("({} + {})", part(choices), part(choices)),
        1 => format!("(input.flag ? {} : {})", part(choices), part(choices)),
        2 => format!("({} ~> 0.5)", part(choices)),
        3 => format!("(({} ~> 0.9) ~@> (0.4, {}))", part(choices), part(choices)),
        4 => format!("(input.maybe ?? {})", part(choices)),
        5 => format!("(do {{ let inner = {}\ninner + {} }})", part(choices), part(choices)),
        6 => format!("(if input.flag {{ {} }} else {{ {} }})", part(choices), part(choices)),
        7 => format!(
            "(uncertain if ({} ~> 0.5) {{ high {{ {} }}\ndefault {{ {} }} }})",
            part(choices),
            part(choices),
            part(choices)
        ),
        8 => format!("([{}, {}].map((x, i) => x + i + seen).sum())", part(choices), part(choices)),
        9 => format!("({{ a: {}, b: {} }}.b)", part(choices), part(choices)),
        10 => format!("(\"${{{}}}\".length)", part(choices)),
        11 => format!("(parallel {{ a: {}, b: () => {} }}.a)", part(choices), part(choices)),
        12 => format!("(parallel([{}, {}]).sum())", part(choices), part(choices)),
        13 => format!("(parallel([1, 2]) {{ x => x + {} }}.sum())", part(choices)),
        14 => format!("twice({})", part(choices)),
        _ => format!("(if input.flag {{ return {} }} else {{ {} }})", part(choices), part(choices)),
    }
}
