//! Writes a sentence as text: what stands between its tokens, and which separators are left out.

use std::ops::Range;

use crate::conditions::{CONDITIONS, has_no_value, is_word_operator};
use crate::sentence::Sentence;
use crate::token::{Random, spell};

/// What may stand between two tokens. White space always may, unless they have to touch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gap {
    pub(crate) nothing: bool,
    pub(crate) space: bool,
    pub(crate) line: bool,
}

/// A sentence with the texts of its tokens.
pub(crate) struct Writer<'s, 'g> {
    sentence: &'s Sentence<'g>,
    texts: Vec<String>,
    /// Whether a line break has been written before each token so far.
    broken: Vec<bool>,
}

/// A sentence as text, and where its tokens stand in it.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) places: Vec<Range<usize>>,
}

/// Operators between operands, by the rules in which they stand.
const INFIX: &[&str] = &[
    "pipe", "attach", "coalesce", "gate", "or", "and", "equality", "compare", "sum", "product", "power",
    "expr",
];

const SEPARATORS: &[&str] = &["SEPARATOR", "FIELD_END", "BAND_END"];

/// Words behind a `}` that go on with what stands before it.
const GO_ON: &[&str] =
    &["in", "is", "as", "instanceof", "else", "catch", "finally", "max", "while", "after", "from", "of"];

/// Writes a sentence. The seed says how; 0 is the plainest way.
pub(crate) fn write(sentence: &Sentence<'_>, seed: u64) -> Written {
    let mut random = Random::new(seed);
    let texts = spell(sentence, &mut random);
    let mut writer = Writer { sentence, texts, broken: Vec::new() };
    let mut text = if random.one_in(30) { "\u{feff}".to_owned() } else { String::new() };
    let mut places = Vec::new();
    let mut last: Option<usize> = None;
    for at in 0..writer.texts.len() {
        let mut line = false;
        if writer.is_separator(at) {
            let left_out = random.one_in(3) && writer.may_be_left_out(at, last);
            let start = text.len();
            if !left_out {
                if random.one_in(8) {
                    text.push_str(if writer.texts[at] == "\n" {
                        " // a comment"
                    } else {
                        " /* a comment */ "
                    });
                }
                text.push_str(&writer.texts[at]);
                if random.one_in(8) {
                    text.push_str(random.pick_separator(&writer.texts[at]));
                }
            }
            places.push(start..text.len());
            writer.broken.push(false);
            continue;
        }
        if let Some(last) = last {
            let mut gap = writer.gap(at);
            let separated = last + 1 < at;
            if separated {
                gap.nothing = false;
                gap.line = false;
            }
            if !gap.space {
                // They touch.
            } else if gap.nothing && random.below(2) == 0 && seed != 0 {
                // So do these.
            } else if gap.line && random.one_in(4) {
                text.push_str(["\n", "\n  ", " // a comment\n", " /* one */ // two\n\n"][random.below(4)]);
                line = true;
            } else {
                text.push_str(if random.one_in(40) { " /* a comment */ " } else { " " });
            }
        }
        writer.broken.push(line);
        let start = text.len();
        text.push_str(&writer.texts[at]);
        places.push(start..text.len());
        last = Some(at);
    }
    Written { text, places }
}

impl Random {
    fn pick_separator(&mut self, text: &str) -> &'static str {
        match (text, self.below(2)) {
            ("\n", 0) => "\n\n",
            ("\n", _) => ";\n",
            (",", _) => "\n",
            (_, 0) => "\n",
            _ => " ;",
        }
    }
}

impl Writer<'_, '_> {
    fn is(&self, at: usize, text: &str) -> bool {
        self.sentence.pieces[at].is(text)
    }

    fn is_any(&self, at: usize, texts: &[&str]) -> bool {
        self.sentence.pieces[at].is_any(texts)
    }

    fn rule(&self, at: usize) -> &str {
        self.sentence.rule(at)
    }

    fn is_separator(&self, at: usize) -> bool {
        SEPARATORS.contains(&self.rule(at))
    }

    /// Side condition 8: a separator may be left out before a `}`, and behind one where what follows cannot belong
    /// to what ends there.
    fn may_be_left_out(&self, at: usize, last: Option<usize>) -> bool {
        let Some(next) = (at + 1..self.texts.len()).find(|next| !self.is_separator(*next)) else {
            return true;
        };
        if self.is(next, "}") {
            return true;
        }
        let behind_brace = last.is_some_and(|last| last + 1 == at && self.is(last, "}"));
        let word = self.sentence.pieces[next].is_word() && !GO_ON.contains(&self.texts[next].as_str());
        let constraint =
            self.rule(next) == "field" && self.texts.get(next + 1).is_some_and(|text| text == "?");
        let mut bindings = self.sentence.uses("binding").filter(|binding| binding.end == at);
        let bare = bindings.any(|binding| has_no_value(self.sentence, binding));
        behind_brace && word && !constraint && !bare
    }

    fn gap(&self, at: usize) -> Gap {
        let mut gap = Gap { nothing: self.may_touch(at), space: true, line: false };
        for condition in CONDITIONS {
            if let Some(rule) = condition.gap {
                rule(self, at, &mut gap);
            }
        }
        gap
    }

    /// Pairs of tokens that the lexer keeps apart without white space.
    fn may_touch(&self, at: usize) -> bool {
        let (before, after) = (&self.texts[at - 1], &self.texts[at]);
        let word = |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let number = before.starts_with(|first: char| first.is_ascii_digit() || first == '$');
        match after.as_str() {
            ")" | "]" | "," | ";" => true,
            "(" => word(before) && !number,
            "[" => self.rule(at) == "postfix" && !number,
            "." | "?." => self.rule(at) == "postfix" && !number,
            ":" => word(before),
            _ => match before.as_str() {
                "(" | "[" => true,
                "." | "?." => word(after),
                "..." => word(after),
                "!" | "-" | "+" | "~" | "<~" if self.rule(at - 1) == "unary" => {
                    word(after) || after == "(" || after == "["
                }
                "-" if self.rule(at - 1) == "pattern_name" => true,
                _ => self.rule(at) == "pattern_name" && after == "-",
            },
        }
    }

    fn is_infix(&self, at: usize) -> bool {
        INFIX.contains(&self.rule(at)) && !self.sentence.pieces[at].is_word() && !self.is(at, ":")
    }
}

/// A trailing block begins on the line of its call.
pub(crate) fn trailing_on_its_line(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    gap.line &= !writer.sentence.begins(at, "trailing");
}

/// `<~` and `>=` are two tokens in types, and `<~` is between operands.
pub(crate) fn split_signs(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    let types = matches!(writer.rule(at - 1), "type_prim" | "type_parameters");
    let less = writer.is(at - 1, "<") && writer.is(at, "~");
    // At the start of a line `<~` begins a statement.
    if less && (types || (writer.rule(at - 1) == "compare" && !writer.broken[at - 1])) {
        gap.nothing = true;
    }
    if types && writer.is(at - 1, ">") && writer.is(at, "=") {
        gap.nothing = true;
    }
}

/// A postfix `!` touches its operand; the first step of a loop without parentheses stands on the line of its `for`.
pub(crate) fn bangs_and_steps(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    if writer.is(at, "!") && writer.rule(at) == "postfix" {
        *gap = Gap { nothing: true, space: false, line: false };
    }
    let step = writer.sentence.uses("for").any(|repeat| {
        let first = repeat.start + 1;
        let parts = writer.sentence.parts(repeat);
        let end = parts.into_iter().find(|part| writer.is(*part, ";")).unwrap_or(first);
        (first..=end).contains(&at) && !writer.is(first, "(") && writer.sentence.is_flat(first, at)
    });
    gap.line &= !step;
}

/// What makes a word a section stands on its line.
pub(crate) fn sections_on_their_line(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    let word = writer.is_any(at - 1, &["input", "output", "budget", "confidence"]);
    gap.line &= !(word && writer.rule(at - 1) == "section");
}

/// A constraint stands on the line of its field, and its arguments on the line of the constraint.
pub(crate) fn constraints_on_their_line(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    let arguments = writer.is(at, "(") && writer.rule(at - 1) == "constraint";
    gap.line &= !(writer.sentence.begins(at, "constraint") || arguments);
}

/// Where a line break is white space.
pub(crate) fn line_breaks(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    let sentence = writer.sentence;
    let before = &sentence.pieces[at - 1];
    let opens_next_line =
        before.is_any(&["else", "try", "do", "in", "instanceof"]) && writer.rule(at - 1) != "context";
    let held = (matches!(before.symbol, crate::sentence::Symbol::Literal(_))
        && before.is_word()
        && !opens_next_line)
        || before.is("...")
        || writer.rule(at) == "type_post"
        || (writer.is(at, "?") && writer.rule(at) != "expr");
    if held || SEPARATORS.contains(&writer.rule(at - 1)) {
        return;
    }
    let piece = &sentence.pieces[at];
    let symbol_before = writer.is_infix(at - 1)
        || (writer.rule(at - 1) == "unary" && !before.is_word() && !sentence.begins(at - 1, "statement"));
    let incomplete = before.is_any(&["=", "=>", "->", ":", ",", "|"])
        || writer.rule(at - 1) == "assign_operator"
        || opens_next_line
        || symbol_before;
    let member = piece.is_any(&[".", "?.", "~."]) && writer.rule(at) == "postfix";
    let branch = piece.is_any(&["?", "~?", ":"]) && writer.rule(at) == "expr";
    let union = piece.is("|") && matches!(writer.rule(at), "type_expr" | "match_pattern");
    let goes_on =
        writer.is_infix(at) || member || branch || union || piece.is_any(&["else", "catch", "finally"]);
    let head = piece.is("{") && sentence.ends(at, "head");
    let parenthesised = before.is(")")
        && matches!(writer.rule(at - 1), "if" | "while" | "for" | "switch")
        && !piece.is("max");
    let edge = before.is("{") || piece.is("}");
    gap.line |= !piece.lines || incomplete || goes_on || head || parenthesised || edge;
}

/// A sign behind `typeof` and `await` touches its operand.
pub(crate) fn signs_behind_words(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    let signs = ["!", "-", "+", "~", "<~"];
    if at > 1 && is_word_operator(writer.sentence, at - 2) && writer.is_any(at - 1, &signs) {
        *gap = Gap { nothing: true, space: false, line: false };
    }
}

/// Where a line break ends a statement that could go on, it is not written; signs touch their operands where a
/// statement starts, and do not where they are operators.
pub(crate) fn new_statements(writer: &Writer<'_, '_>, at: usize, gap: &mut Gap) {
    let sign = |at: usize| writer.is_any(at, &["+", "-", "<~"]);
    let starts = |at: usize| writer.sentence.begins(at, "statement") || writer.sentence.begins(at, "arm");
    if sign(at - 1) && matches!(writer.rule(at - 1), "unary" | "alternative") && starts(at - 1) {
        *gap = Gap { nothing: true, space: false, line: false };
        let same = writer.texts[at - 1] != "<~" && writer.texts[at - 1] == writer.texts[at];
        gap.space = same;
    }
    let stepped = writer.is_any(at, &["++", "--"]) && writer.rule(at) == "assignment";
    let value = writer.is(at - 1, "return") && writer.rule(at - 1) == "return";
    if (stepped && !writer.sentence.begins(at, "assignment")) || value {
        gap.line = false;
    }
}
