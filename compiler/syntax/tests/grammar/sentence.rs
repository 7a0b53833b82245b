//! A derived sentence before it is written: its tokens, and the rules that they were derived from.

use crate::notation::Grammar;

/// What a token of a sentence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// A word or sign as it is written.
    Literal(String),
    /// A class of tokens, of which one is still to be chosen.
    Token(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) symbol: Symbol,
    /// The derived rule that the token belongs to.
    pub(crate) owner: usize,
    /// Whether lines end statements between the token before and this one.
    pub(crate) lines: bool,
}

impl Piece {
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(&self.symbol, Symbol::Literal(literal) if literal == text)
    }

    pub(crate) fn is_token(&self, name: &str) -> bool {
        matches!(&self.symbol, Symbol::Token(token) if token == name)
    }

    pub(crate) fn is_any(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(text))
    }

    /// Whether it is spelled like a name: a name, or any word of the grammar.
    pub(crate) fn is_word(&self) -> bool {
        match &self.symbol {
            Symbol::Literal(text) => text.bytes().all(|byte| byte.is_ascii_alphabetic()),
            Symbol::Token(token) => token == "NAME" || token == "WORD",
        }
    }

    pub(crate) fn opens(&self) -> bool {
        self.is_any(&["(", "[", "{"]) || self.is_token("TEMPLATE_HEAD") || self.is_token("TEMPLATE_MIDDLE")
    }

    pub(crate) fn closes(&self) -> bool {
        self.is_any(&[")", "]", "}"]) || self.is_token("TEMPLATE_TAIL") || self.is_token("TEMPLATE_MIDDLE")
    }
}

/// A use of a rule: which tokens it became.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    pub(crate) rule: usize,
    pub(crate) parent: Option<usize>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

pub(crate) struct Sentence<'g> {
    pub(crate) grammar: &'g Grammar,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) derived: Vec<Derived>,
    /// The alternatives that were taken: a node of the grammar and the number of its branch.
    pub(crate) taken: Vec<(usize, usize)>,
    /// For each token the rules of which a use begins there, and those of which one ends before it.
    edges: Vec<(Vec<usize>, Vec<usize>)>,
}

impl<'g> Sentence<'g> {
    /// A sentence of which nothing is derived yet.
    pub(crate) fn new(grammar: &'g Grammar) -> Self {
        Self { grammar, pieces: Vec::new(), derived: Vec::new(), taken: Vec::new(), edges: Vec::new() }
    }

    /// Notes where rules begin and end, when all is derived.
    pub(crate) fn finish(mut self) -> Self {
        self.edges = vec![(Vec::new(), Vec::new()); self.pieces.len() + 1];
        for derived in self.derived.iter().filter(|derived| derived.start < derived.end) {
            self.edges[derived.start].0.push(derived.rule);
            self.edges[derived.end].1.push(derived.rule);
        }
        self
    }

    /// The name of the rule that a token belongs to.
    pub(crate) fn rule(&self, piece: usize) -> &str {
        self.pieces.get(piece).map_or("", |piece| self.name(piece.owner))
    }

    pub(crate) fn name(&self, derived: usize) -> &str {
        &self.grammar.rules[self.derived[derived].rule].name
    }

    /// Whether a use of that rule begins with a token.
    pub(crate) fn begins(&self, piece: usize, rule: &str) -> bool {
        self.edges[piece].0.contains(&self.grammar.rule(rule))
    }

    /// Whether a use of that rule ends before a token.
    pub(crate) fn ends(&self, piece: usize, rule: &str) -> bool {
        self.edges[piece].1.contains(&self.grammar.rule(rule))
    }

    /// The uses of a rule.
    pub(crate) fn uses(&self, rule: &str) -> impl Iterator<Item = &Derived> {
        let wanted = self.grammar.find(rule);
        self.derived.iter().filter(move |derived| Some(derived.rule) == wanted)
    }

    /// The tokens that a use of a rule became itself, without those of the rules in it.
    pub(crate) fn parts(&self, derived: &Derived) -> Vec<usize> {
        let own = |at: &usize| {
            let owner = &self.derived[self.pieces[*at].owner];
            (owner.start, owner.end, owner.rule) == (derived.start, derived.end, derived.rule)
        };
        (derived.start..derived.end).filter(own).collect()
    }

    /// The bracket that closes the one at a token.
    pub(crate) fn mate(&self, open: usize) -> usize {
        mate(&self.pieces, open)
    }

    /// Whether a token was derived from a rule.
    pub(crate) fn lies_in(&self, piece: usize, rule: &str) -> bool {
        let mut next = Some(self.pieces[piece].owner);
        while let Some(index) = next {
            if self.name(index) == rule {
                return true;
            }
            next = self.derived[index].parent;
        }
        false
    }

    /// Whether no bracket is open at a token that was opened at another or behind it.
    pub(crate) fn is_flat(&self, from: usize, at: usize) -> bool {
        let mut next = from;
        while next < at {
            next = if self.pieces[next].opens() { self.mate(next) + 1 } else { next + 1 };
        }
        next == at
    }

    /// The rules from the start down to a token.
    pub(crate) fn path(&self, piece: usize) -> String {
        let mut names = Vec::new();
        let mut next = self.pieces.get(piece).map(|piece| piece.owner);
        while let Some(index) = next {
            names.push(self.name(index));
            next = self.derived[index].parent;
        }
        names.reverse();
        names.join(" > ")
    }
}

/// The bracket that closes the one at a place of some tokens, or their end.
pub(crate) fn mate(pieces: &[Piece], open: usize) -> usize {
    let mut depth = 0;
    for (index, piece) in pieces.iter().enumerate().skip(open) {
        if piece.closes() {
            depth -= 1;
            if depth == 0 {
                return index;
            }
        }
        if piece.opens() {
            depth += 1;
        }
    }
    pieces.len()
}
