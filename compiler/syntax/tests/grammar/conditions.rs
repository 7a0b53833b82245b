//! The side conditions of `grammar/prism.ebnf`, as functions that steer the derivation, reject what it derived, or
//! say what may stand between two tokens.

use crate::context::{Context, text};
use crate::derive::Leaf;
use crate::notation::Grammar;
use crate::sentence::{Derived, Piece, Sentence, mate};
use crate::spelling::{self, Gap};

/// A rule with its alternatives chosen.
pub(crate) struct View<'v> {
    grammar: &'v Grammar,
    rule: &'v str,
    leaves: &'v [Leaf],
    context: &'v Context,
}

impl<'v> View<'v> {
    fn part(&self, place: usize) -> &'v str {
        self.leaves.get(place).map_or("", |leaf| text(self.grammar, leaf.node))
    }

    fn parts(&self) -> impl Iterator<Item = &'v str> {
        (0..self.leaves.len()).map(|place| self.part(place))
    }

    fn has(&self, part: &str) -> bool {
        self.parts().any(|name| name == part)
    }

    fn last(&self) -> &'v str {
        self.part(self.leaves.len().wrapping_sub(1))
    }
}

/// Whether a part may begin with these tokens.
pub(crate) type Opening = fn(&[Piece]) -> bool;

/// How a side condition is kept.
pub(crate) struct Condition {
    /// Its number in the file.
    pub(crate) number: &'static str,
    /// Whether a rule may become these parts in this context.
    admits: Option<fn(&View<'_>) -> bool>,
    /// What the part at a place may begin with.
    opening: Option<fn(&View<'_>, usize) -> Option<Opening>>,
    /// Whether a whole sentence obeys it.
    check: Option<fn(&Sentence<'_>) -> bool>,
    /// What may stand before a token.
    pub(crate) gap: Option<fn(&spelling::Writer<'_, '_>, usize, &mut Gap)>,
    /// Where nothing of this is needed: what keeps it.
    pub(crate) by: Option<&'static str>,
}

const NONE: Condition =
    Condition { number: "", admits: None, opening: None, check: None, gap: None, by: None };

impl Condition {
    pub(crate) fn is_enforced(&self) -> bool {
        self.admits.is_some()
            || self.opening.is_some()
            || self.check.is_some()
            || self.gap.is_some()
            || self.by.is_some()
    }
}

/// All side conditions.
pub(crate) const CONDITIONS: &[Condition] = &[
    // Says where lines may break; those after it take some of that back.
    Condition { number: "N1", gap: Some(spelling::line_breaks), ..NONE },
    Condition { number: "1", opening: Some(braces), ..NONE },
    Condition { number: "2", admits: Some(statement_values), check: Some(do_is_no_loop), ..NONE },
    Condition {
        number: "3",
        admits: Some(trailing_blocks),
        opening: Some(trailing_records),
        gap: Some(spelling::trailing_on_its_line),
        ..NONE
    },
    Condition {
        number: "4",
        admits: Some(narrow_types),
        check: Some(types_end),
        gap: Some(spelling::split_signs),
        ..NONE
    },
    Condition { number: "5", by: Some("the rules `equality` and `compare` take one operator"), ..NONE },
    Condition { number: "6", admits: Some(powers), ..NONE },
    Condition { number: "7", check: Some(depth), ..NONE },
    Condition { number: "8", by: Some("the writer leaves out separators, and doubles them"), ..NONE },
    Condition {
        number: "9",
        opening: Some(steps),
        check: Some(loops_are_told_apart),
        gap: Some(spelling::bangs_and_steps),
        ..NONE
    },
    Condition { number: "10", by: Some("the rule `expr` takes a ternary or a pipe"), ..NONE },
    Condition { number: "11", by: Some("the vocabulary of names at the start of a statement"), ..NONE },
    Condition {
        number: "12",
        opening: Some(outputs),
        check: Some(sections_once),
        gap: Some(spelling::sections_on_their_line),
        ..NONE
    },
    Condition { number: "13", gap: Some(spelling::constraints_on_their_line), ..NONE },
    Condition { number: "14", opening: Some(bare_statements), ..NONE },
    Condition { number: "15", admits: Some(mocks), ..NONE },
    Condition { number: "16", admits: Some(takes_all), ..NONE },
    Condition { number: "17", check: Some(commas), ..NONE },
    Condition { number: "18", check: Some(pairs), ..NONE },
    Condition {
        number: "19",
        opening: Some(assertions),
        check: Some(signs_behind_words),
        gap: Some(spelling::signs_behind_words),
        ..NONE
    },
    // The vocabulary of names in blocks without bands keeps the other half of it.
    Condition { number: "20", admits: Some(breaks), ..NONE },
    Condition { number: "N2", check: Some(signs_touch), gap: Some(spelling::new_statements), ..NONE },
];

/// Whether all conditions admit what a rule became.
pub(crate) fn admits(grammar: &Grammar, rule: &str, leaves: &[Leaf], context: &Context) -> bool {
    let view = View { grammar, rule, leaves, context };
    CONDITIONS.iter().filter_map(|condition| condition.admits).all(|admits| admits(&view))
}

/// What the part at a place has to begin with.
pub(crate) fn opening(
    grammar: &Grammar,
    rule: &str,
    leaves: &[Leaf],
    place: usize,
    context: &Context,
) -> Option<Opening> {
    let view = View { grammar, rule, leaves, context };
    CONDITIONS.iter().filter_map(|condition| condition.opening).find_map(|opening| opening(&view, place))
}

/// The number of a condition that a sentence does not obey.
pub(crate) fn broken(sentence: &Sentence<'_>) -> Option<&'static str> {
    let breaks = |condition: &&Condition| condition.check.is_some_and(|check| !check(sentence));
    CONDITIONS.iter().find(breaks).map(|condition| condition.number)
}

/// The rule through which the way to a rule leads that stands only there.
pub(crate) fn passage(rule: &str) -> Option<&'static str> {
    (rule == "mock").then_some("test")
}

fn begins_like_record(pieces: &[Piece], after_key: &[&str]) -> bool {
    let Some(first) = pieces.get(1) else { return false };
    let second = if first.is("[") { mate(pieces, 1) + 1 } else { 2 };
    let key = first.is_word() || first.is_token("STRING") || first.is_token("NUMBER") || first.is("[");
    first.is("...") || (key && pieces.get(second).is_some_and(|piece| piece.is_any(after_key)))
}

fn is_brace(pieces: &[Piece]) -> bool {
    pieces.first().is_some_and(|piece| piece.is("{"))
}

fn record_or_empty(pieces: &[Piece]) -> bool {
    pieces.get(1).is_some_and(|piece| piece.is("}")) || begins_like_record(pieces, &[":", ","])
}

fn braces(view: &View<'_>, place: usize) -> Option<Opening> {
    let no_brace: Opening = |pieces| !is_brace(pieces);
    match (view.rule, view.part(place)) {
        ("lambda", "expr" | "assignment") | ("body", "statement") => Some(no_brace),
        ("body" | "band" | "if" | "lambda", "record") => Some(record_or_empty),
        ("statement", "expr") => Some(|pieces| {
            let short = pieces.get(1).is_some_and(|piece| piece.is_token("NAME"))
                && pieces.get(2).is_some_and(|piece| piece.is("}"));
            !is_brace(pieces) || short || record_or_empty(pieces)
        }),
        _ => None,
    }
}

fn statement_values(view: &View<'_>) -> bool {
    if !view.context.statement {
        return true;
    }
    match view.part(0) {
        _ if view.rule == "function_value" => !view.has("NAME"),
        _ if view.rule != "primary" => true,
        "if" | "uncertain" | "match" | "switch" | "unbanded" => view.context.alone,
        _ => true,
    }
}

fn do_is_no_loop(sentence: &Sentence<'_>) -> bool {
    sentence.uses("statement").all(|statement| {
        let block = statement.start + 1;
        let next = |at: usize, text: &str| sentence.pieces.get(at).is_some_and(|piece| piece.is(text));
        let value = next(statement.start, "do")
            && sentence.rule(statement.start) == "primary"
            && sentence.mate(block) + 1 == statement.end;
        !value || next(statement.end, ";") || !next(statement.end + 1, "while")
    })
}

fn trailing_blocks(view: &View<'_>) -> bool {
    match view.rule {
        "postfix" => (0..view.leaves.len()).filter(|place| view.part(*place) == "trailing").all(|place| {
            view.context.trailing
                && matches!(view.part(place.wrapping_sub(1)), "primary" | "arguments" | "trailing" | "WORD")
        }),
        "primary" => {
            (!view.context.callee || view.part(0) == "NAME")
                && (view.context.lambdas || view.part(0) != "lambda")
        }
        _ => true,
    }
}

fn trailing_records(view: &View<'_>, place: usize) -> Option<Opening> {
    (view.rule == "trailing" && view.part(place) == "record").then_some(|pieces| {
        let number = pieces.get(1).is_some_and(|piece| piece.is_token("NUMBER"));
        pieces.get(1).is_some_and(|piece| piece.is("}")) || (!number && begins_like_record(pieces, &[":"]))
    })
}

fn narrow_types(view: &View<'_>) -> bool {
    view.rule != "type_post" || !view.context.narrow || !view.has("?")
}

fn types_end(sentence: &Sentence<'_>) -> bool {
    let narrow = |derived: &Derived| {
        derived
            .parent
            .is_some_and(|parent| matches!(sentence.name(parent), "postfix" | "compare" | "alternative"))
    };
    let mut types =
        sentence.uses("type_post").chain(sentence.uses("type_prim")).filter(|derived| narrow(derived));
    types.all(|derived| !sentence.pieces.get(derived.end).is_some_and(|piece| piece.is_any(&["<", "["])))
}

fn powers(view: &View<'_>) -> bool {
    view.rule != "power" || !view.context.prefixed || !view.has("**")
}

fn depth(sentence: &Sentence<'_>) -> bool {
    // A rule is at most one level, so that this bound is on the safe side.
    let mut depths = vec![0_usize; sentence.derived.len()];
    for (index, derived) in sentence.derived.iter().enumerate() {
        let deeper = matches!(
            sentence.name(index),
            "expr"
                | "unary"
                | "power"
                | "postfix"
                | "block"
                | "type_expr"
                | "type_prim"
                | "if"
                | "uncertain"
                | "match"
        );
        depths[index] = derived.parent.map_or(0, |parent| depths[parent]) + usize::from(deeper);
    }
    depths.iter().all(|depth| *depth < 300)
}

fn steps(view: &View<'_>, place: usize) -> Option<Opening> {
    let record_or_parenthesis: Opening =
        |pieces| !pieces.first().is_some_and(|piece| piece.is_any(&["(", "{"]));
    match (view.rule, view.part(place)) {
        ("for", "step") if view.part(1) != "(" => Some(record_or_parenthesis),
        ("most", "head") => Some(record_or_parenthesis),
        _ => None,
    }
}

fn loops_are_told_apart(sentence: &Sentence<'_>) -> bool {
    sentence.uses("step").all(|step| {
        let first = step.start;
        let next = match sentence.pieces.get(first) {
            Some(piece) if piece.is_any(&["[", "{"]) => sentence.mate(first) + 1,
            _ => first + 1,
        };
        !sentence.pieces.get(next).is_some_and(|piece| piece.is("in"))
    }) && sentence.uses("for").all(|repeat| {
        let parts = sentence.parts(repeat);
        let steps = parts.iter().position(|at| sentence.pieces[*at].is(";"));
        steps.is_none() || sentence.pieces[repeat.start + 1].is("(") || {
            let block =
                sentence.uses("block").filter(|block| block.end == repeat.end).map(|block| block.start);
            let end = block.min().unwrap_or(repeat.end);
            let mut at = repeat.start;
            while at < end && !sentence.pieces[at].is("{") {
                at = if sentence.pieces[at].opens() { sentence.mate(at) + 1 } else { at + 1 };
            }
            at >= end
        }
    })
}

fn outputs(view: &View<'_>, place: usize) -> Option<Opening> {
    (view.rule == "section" && view.part(place) == "type_expr").then_some(|pieces| {
        pieces.first().is_some_and(|piece| {
            piece.is_any(&["~", "true", "false", "null"])
                || ["NAME", "NUMBER", "STRING"].iter().any(|token| piece.is_token(token))
        })
    })
}

fn sections_once(sentence: &Sentence<'_>) -> bool {
    let mut seen: Vec<(Option<usize>, &str)> = Vec::new();
    sentence.uses("section").all(|section| {
        let kinds = ["input", "output", "budget", "confidence"];
        let kind = kinds.iter().find(|kind| sentence.pieces[section.start].is(kind)).copied().unwrap_or("");
        let entry = (section.parent, kind);
        let first = !seen.contains(&entry);
        seen.push(entry);
        first
    })
}

fn bare_statements(view: &View<'_>, place: usize) -> Option<Opening> {
    (matches!(view.rule, "if" | "while" | "for") && view.part(place) == "statement").then_some(|pieces| {
        !pieces.first().is_some_and(|piece| piece.is_any(&["(", "[", "+", "-", "<~", "{", "in"]))
    })
}

/// A `break` in a case of a `switch` ends the case, unless it leaves a loop.
fn breaks(view: &View<'_>) -> bool {
    view.rule != "statement" || view.part(0) != "break" || !view.context.case
}

fn mocks(view: &View<'_>) -> bool {
    view.rule != "statement" || view.part(0) != "mock" || view.context.test
}

fn takes_all(view: &View<'_>) -> bool {
    let greedy = match view.rule {
        "lambda" => matches!(view.last(), "expr" | "assignment"),
        "if" | "body" => view.last() == "statement",
        "type_prim" => view.context.narrow && view.has("->"),
        _ => false,
    };
    !greedy || view.context.ends
}

fn commas(sentence: &Sentence<'_>) -> bool {
    let next = |at: usize, texts: &[&str]| sentence.pieces.get(at).is_some_and(|piece| piece.is_any(texts));
    let assertions = sentence.uses("assert").filter(|assertion| {
        let message = |at: usize| sentence.pieces[at].is(",") && sentence.rule(at) == "assert";
        !(assertion.start..assertion.end).any(message)
    });
    let bare = |derived: &&Derived| match sentence.grammar.rules[derived.rule].name.as_str() {
        "return" => derived.start + 1 == derived.end,
        _ => has_no_value(sentence, derived),
    };
    let mut bare = sentence.uses("return").chain(sentence.uses("binding")).filter(bare);
    sentence.uses("bindings").chain(assertions).all(|derived| !next(derived.end, &[","]))
        && bare.all(|value| {
            value.end >= sentence.pieces.len()
                || next(value.end, &[";", ","])
                || (next(value.end, &["else"]) && sentence.pieces[value.start].is("return"))
                || sentence.pieces[value.end].is_token("NL")
                || sentence.pieces[value.end].closes()
        })
}

/// Whether a binding gives its name no value.
pub(crate) fn has_no_value(sentence: &Sentence<'_>, binding: &Derived) -> bool {
    !sentence.parts(binding).iter().any(|at| sentence.pieces[*at].is("="))
}

/// Whether parentheses that may hold two values hold no other comma.
fn pairs(sentence: &Sentence<'_>) -> bool {
    let single = |open: usize, rule: &str| {
        if !sentence.pieces[open].is("(") || sentence.rule(open) == rule {
            return true;
        }
        let end = sentence.mate(open);
        let mut at = open + 1;
        while at < end && !sentence.pieces[at].is(",") {
            at = if sentence.pieces[at].opens() { sentence.mate(at) + 1 } else { at + 1 };
        }
        at >= end
    };
    let ends = |assertion: &Derived| {
        let next = sentence.pieces.get(assertion.end);
        sentence.rule(assertion.start + 1) != "assert"
            || next.is_none_or(|next| next.is_token("NL") || next.is(";") || next.closes())
    };
    sentence.uses("threshold").all(|threshold| single(threshold.start, "threshold"))
        && sentence.uses("assert").all(|assertion| single(assertion.start + 1, "assert") && ends(assertion))
}

fn signs_touch(sentence: &Sentence<'_>) -> bool {
    sentence.uses("statement").all(|statement| {
        let same = |sign: &str| {
            [0, 1]
                .iter()
                .all(|place| sentence.pieces.get(statement.start + place).is_some_and(|piece| piece.is(sign)))
        };
        let after_line = statement.start > 0 && sentence.pieces[statement.start - 1].is_token("NL");
        !after_line || !(same("-") || same("+"))
    })
}

/// Signs behind `typeof` and `await` touch what follows them, which must not make another sign of them.
fn signs_behind_words(sentence: &Sentence<'_>) -> bool {
    (2..sentence.pieces.len()).all(|at| {
        let sign = |text: &str| sentence.pieces[at - 1].is(text);
        let next = |texts: &[&str]| sentence.pieces[at].is_any(texts);
        let behind = is_word_operator(sentence, at - 2);
        !behind
            || !((sign("-") && next(&["-"]))
                || (sign("+") && next(&["+"]))
                || (sign("~") && next(&["-", "+", "<~"])))
    })
}

/// Whether a token is `typeof`, `await` or `assert` before its operand.
pub(crate) fn is_word_operator(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.pieces[at].is_any(&["typeof", "await", "assert"])
        && matches!(sentence.rule(at), "unary" | "assert")
}

fn assertions(view: &View<'_>, place: usize) -> Option<Opening> {
    (view.rule == "assert" && place == 1).then_some(|pieces| !is_brace(pieces))
}
