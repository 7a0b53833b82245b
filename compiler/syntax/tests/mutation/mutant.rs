//! Programs with one edit each, chosen by a generator whose seed is the name of the program.

use std::ops::RangeInclusive;

use prism_syntax::lex;

use crate::corpus::Source;

/// A kind of edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// A token is missing.
    Delete,
    /// A token and its neighbour stand in the wrong order.
    Swap,
    /// Two tokens stand in each other's place.
    FarSwap,
    /// A token stands there twice.
    Duplicate,
    /// A bracket, or the quote at one end of a string, is missing.
    Unbalance,
}

impl Edit {
    pub(crate) const ALL: [Self; 5] =
        [Self::Delete, Self::Swap, Self::FarSwap, Self::Duplicate, Self::Unbalance];

    /// Whether edits of this kind count for the score; the others are measured beside it.
    pub(crate) fn scored(self) -> bool {
        matches!(self, Self::Delete | Self::Swap)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Swap => "swap",
            Self::FarSwap => "far_swap",
            Self::Duplicate => "duplicate",
            Self::Unbalance => "unbalance",
        }
    }
}

/// A program with one edit.
pub(crate) struct Mutant {
    pub(crate) edit: Edit,
    /// What was done, for people.
    pub(crate) description: String,
    pub(crate) text: String,
    /// The lines of the edit, counted from one.
    pub(crate) lines: RangeInclusive<u32>,
}

/// Mutants of one program: a share of its tokens for each kind of edit.
pub(crate) fn mutants(source: &Source) -> Vec<Mutant> {
    let spans: Vec<Token> = lex(&source.text)
        .iter()
        .map(|(_, span)| Token { start: span.start as usize, end: span.end as usize })
        .collect();
    let mut mutants = Vec::new();
    for edit in Edit::ALL {
        let mut random = Random::new(&format!("{} {}", source.name, edit.name()));
        let places: Vec<usize> = match edit {
            Edit::Unbalance => (0..spans.len()).filter(|at| fragile(spans[*at].text(&source.text))).collect(),
            _ => (0..spans.len()).collect(),
        };
        for at in random.choose(places, count(edit, spans.len())) {
            let other = random.below(spans.len());
            mutants.extend(mutant(source, &spans, edit, at, other));
        }
    }
    mutants
}

/// How many mutants of one kind a program has at most: long programs do not outweigh the others.
fn count(edit: Edit, tokens: usize) -> usize {
    let count = tokens.min(60);
    if edit.scored() { count } else { count / 3 }
}

/// Brackets, and strings with the quotes that they begin or end with.
fn fragile(token: &str) -> bool {
    token.starts_with(['"', '\'', '`', '(', ')', '[', ']', '{', '}'])
}

#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
}

impl Token {
    fn text(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

fn mutant(source: &Source, tokens: &[Token], edit: Edit, at: usize, other: usize) -> Option<Mutant> {
    let text = &source.text;
    let token = tokens[at];
    let spelled = token.text(text);
    let (description, replacements) = match edit {
        Edit::Delete => (format!("without `{spelled}`"), vec![(token, "")]),
        Edit::Duplicate => {
            let touches = Token { start: token.end, end: token.end };
            (format!("`{spelled}` twice"), vec![(touches, " "), (touches, spelled)])
        }
        Edit::Unbalance => {
            let (first, last) = (spelled.chars().next()?, spelled.chars().next_back()?);
            // A string loses its first or its last quote; a piece of one loses what it has of the two.
            let at_end = last != first || other % 2 == 1;
            let piece = if at_end && matches!(last, '"' | '\'' | '`') {
                Token { start: token.end - 1, end: token.end }
            } else {
                Token { start: token.start, end: token.start + 1 }
            };
            (format!("without `{}` of `{spelled}`", piece.text(text)), vec![(piece, "")])
        }
        Edit::Swap | Edit::FarSwap => {
            let other = if edit == Edit::Swap { at + 1 } else { other };
            let (first, second) = (tokens[at.min(other)], *tokens.get(at.max(other))?);
            let (one, two) = (first.text(text), second.text(text));
            if one == two {
                return None;
            }
            (format!("`{one}` and `{two}` swapped"), vec![(first, two), (second, one)])
        }
    };
    let mut edited = String::with_capacity(text.len() + 40);
    let (mut copied, mut first, mut last) = (0, usize::MAX, 0);
    for (place, replacement) in replacements {
        edited.push_str(&text[copied..place.start]);
        first = first.min(edited.len());
        edited.push_str(replacement);
        last = edited.len();
        copied = place.end;
    }
    edited.push_str(&text[copied..]);
    let lines = line(&edited, first)..=line(&edited, last);
    let description = format!("line {}: {description}", lines.start());
    Some(Mutant { edit, description, text: edited, lines })
}

/// The line of an offset, counted from one.
pub(crate) fn line(text: &str, offset: usize) -> u32 {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() as u32 + 1
}

/// SplitMix64, seeded with the FNV-1a hash of a name.
struct Random(u64);

impl Random {
    fn new(name: &str) -> Self {
        let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which must not be zero.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Some of several places, each at most once.
    fn choose(&mut self, mut places: Vec<usize>, count: usize) -> Vec<usize> {
        let count = count.min(places.len());
        for index in 0..count {
            let other = index + self.below(places.len() - index);
            places.swap(index, other);
        }
        places.truncate(count);
        places
    }
}
