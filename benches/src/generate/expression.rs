//! Expressions over names that are in scope.

use super::random::Random;

const WORDS: &[&str] = &[
    "agent",
    "answer",
    "budget",
    "customer",
    "delivery",
    "evidence",
    "finding",
    "harbour",
    "invoice",
    "journal",
    "ledger",
    "message",
    "notice",
    "order",
    "payment",
    "question",
    "refund",
    "shipment",
    "ticket",
    "urgent",
    "verdict",
    "warehouse",
    "größer",
    "naïve",
    "東京",
];

/// Words in a row.
pub(super) fn words(random: &mut Random, count: u64) -> String {
    let words: Vec<&str> = (0..count).map(|_| random.pick(WORDS)).collect();
    words.join(" ")
}

/// A number: literals in all their spellings, names, operators, conditionals, calls.
pub(super) fn number(random: &mut Random, depth: u32, names: &[&str]) -> String {
    if depth == 0 || random.chance(15) {
        return if random.chance(55) { random.pick(names).to_owned() } else { literal(random) };
    }
    let mut next = || number(random, depth - 1, names);
    let (left, right) = (next(), next());
    match random.below(9) {
        0 => format!("{left} + {right}"),
        1 => format!("({left} - {right})"),
        2 => format!("({left}) * ({right})"),
        3 => format!("({left}) / {}", literal(random)),
        4 => format!("({left}) ** 2"),
        5 => format!("({left}) % {}", literal(random)),
        6 => {
            let condition = boolean(random, depth - 1, names);
            format!("({condition} ? {left} : {right})")
        }
        7 => format!("clamp({left}, 0, {})", literal(random)),
        _ => format!("round(-({left}), {})", random.below(4)),
    }
}

/// A truth.
pub(super) fn boolean(random: &mut Random, depth: u32, names: &[&str]) -> String {
    if depth == 0 || random.chance(30) {
        let (left, right) = (number(random, 0, names), random.pick(names));
        let operator = random.pick(&["<", "<=", ">", ">=", "==", "!="]);
        return format!("{left} {operator} {right}");
    }
    let (left, right) = (boolean(random, depth - 1, names), boolean(random, depth - 1, names));
    match random.below(4) {
        0 => format!("({left} && {right})"),
        1 => format!("({left} || {right})"),
        2 => format!("!({left})"),
        _ => format!("({left}) == ({right})"),
    }
}

/// A text that interpolates numbers.
pub(super) fn text(random: &mut Random, names: &[&str]) -> String {
    let (first, second) = (number(random, 1, names), number(random, 2, names));
    let (before, after) = (words(random, 2), words(random, 3));
    match random.below(5) {
        0 => format!("\"{before} ${{{first}}} {after}\""),
        1 => format!("`{before} ${{{first}}}\n      {after} ${{{second}}}\\n`"),
        2 => format!("'{before} \\'{after}\\''"),
        3 => format!("\"{before}\\t${{\"${{{first}}} of ${{{second}}}\".trim()}} \\u{{2713}} {after}\""),
        _ => format!("```{before} \\ {after}```"),
    }
}

fn literal(random: &mut Random) -> String {
    let number = random.below(900) + 1;
    match random.below(6) {
        0 => format!("{number}.{:02}", random.below(100)),
        1 => format!("{number}_000"),
        2 => format!("0x{number:x}"),
        3 => format!("{number}e-{}", random.below(3) + 1),
        _ => number.to_string(),
    }
}
