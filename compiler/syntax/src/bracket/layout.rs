//! What the layout of a text says about its brackets.

use super::{UNPAIRED, pairs};
use crate::{Kind, Token, Tokens};

/// Where tokens stand, and which groups are beyond doubt.
pub(super) struct Layout {
    /// For each token the number of the line on which it stands, counted over lines that begin with a token.
    lines: Vec<u32>,
    /// For each line how far it is indented.
    indentations: Vec<u32>,
    /// For each line the least indentation among it and the lines that it goes on with.
    floors: Vec<u32>,
    /// For each opening bracket its mate, where the text between them is balanced and its lines are indented
    /// further than the line of the bracket.
    groups: Vec<u32>,
}

/// A bracket that is open.
struct Open {
    index: usize,
    /// The least indentation of the lines inside.
    least: u32,
}

impl Layout {
    pub(super) fn new(tokens: &Tokens, text: &str) -> Self {
        let mut layout = Self {
            lines: Vec::with_capacity(tokens.len()),
            indentations: Vec::new(),
            floors: Vec::new(),
            groups: vec![UNPAIRED; tokens.len()],
        };
        for (index, token) in tokens.tokens.iter().enumerate() {
            if token.starts_line() {
                let indentation = indentation(tokens, text, index);
                let continued = follows_operand(token.kind)
                    || index.checked_sub(1).is_some_and(|before| wants_operand(tokens.kind(before)));
                let before = layout.floors.last().copied().filter(|_| continued);
                layout.floors.push(before.map_or(indentation, |before| before.min(indentation)));
                layout.indentations.push(indentation);
            }
            layout.lines.push((layout.indentations.len() as u32).saturating_sub(1));
        }
        layout.find_groups(tokens);
        layout
    }

    fn find_groups(&mut self, tokens: &Tokens) {
        let mut stack: Vec<Open> = Vec::new();
        for (index, token) in tokens.tokens.iter().enumerate() {
            if token.kind.closes() {
                match stack.pop() {
                    Some(open) if pairs(tokens.kind(open.index), token.kind) => {
                        if self.is_sound(tokens, &open, index)
                            && let Some(group) = self.groups.get_mut(open.index)
                        {
                            *group = index as u32;
                        }
                        if let Some(outer) = stack.last_mut() {
                            outer.least = outer.least.min(open.least);
                        }
                    }
                    // Whatever is open around a bracket that does not fit is not balanced.
                    _ => stack.clear(),
                }
            } else if token.starts_line()
                && let Some(open) = stack.last_mut()
            {
                open.least = open.least.min(self.indentation(index));
            }
            if token.kind.opens() {
                stack.push(Open { index, least: u32::MAX });
            }
        }
    }

    /// Whether a balanced group also looks like one.
    fn is_sound(&self, tokens: &Tokens, open: &Open, close: usize) -> bool {
        let (first, last) = (self.line(open.index), self.line(close));
        if first == last {
            return true;
        }
        let (own, floor) = (self.indentation(open.index), self.floor(open.index));
        let end = self.indentation(close);
        if tokens.token(close).starts_line() {
            return (end == own || end == floor) && open.least > end;
        }
        if self.begins_with_closing(tokens, close) {
            return open.least > floor;
        }
        // What closes at the end of a line was opened on it, or together with what comes first inside.
        let round = tokens.kind(open.index) != Kind::LeftBrace;
        round && !tokens.token(open.index + 1).starts_line() && open.least > floor
    }

    /// Whether the line of a token begins with a closing bracket.
    pub(super) fn begins_with_closing(&self, tokens: &Tokens, index: usize) -> bool {
        let line = self.line(index);
        let first = self.lines.partition_point(|other| *other < line);
        tokens.kind(first).closes()
    }

    /// The mate of an opening bracket whose group needs no mending.
    pub(super) fn group(&self, index: usize) -> Option<usize> {
        self.groups.get(index).copied().filter(|mate| *mate != UNPAIRED).map(|mate| mate as usize)
    }

    pub(super) fn line(&self, index: usize) -> u32 {
        self.lines.get(index).copied().unwrap_or(u32::MAX)
    }

    /// How far the line of a token is indented.
    pub(super) fn indentation(&self, index: usize) -> u32 {
        self.indentations.get(self.line(index) as usize).copied().unwrap_or(0)
    }

    /// How far the line is indented that the line of a token goes on with.
    pub(super) fn floor(&self, index: usize) -> u32 {
        self.floors.get(self.line(index) as usize).copied().unwrap_or(0)
    }
}

/// The width of the white space before a token that starts a line.
fn indentation(tokens: &Tokens, text: &str, index: usize) -> u32 {
    let start = tokens.span(index).start as usize;
    let end = index.checked_sub(1).map_or(0, |before| tokens.span(before).end as usize);
    let gap = text.get(end..start).unwrap_or_default();
    let line = gap.rfind('\n').map_or(0, |at| at + 1);
    let line = gap.get(line..).unwrap_or_default();
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count() as u32
}

/// Whether an expression, list or head goes on behind the token.
pub(super) fn wants_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::LeftParenthesis
            | Kind::LeftBracket
            | Kind::Comma
            | Kind::Colon
            | Kind::Dot
            | Kind::Question
            | Kind::FatArrow
            | Kind::Arrow
            | Kind::Bang
            | Kind::Tilde
    ) || (kind != Kind::Increment && is_infix(kind))
}

/// Whether no statement begins with the token.
pub(crate) fn follows_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::RightParenthesis
            | Kind::RightBracket
            | Kind::Comma
            | Kind::Colon
            | Kind::Dot
            | Kind::QuestionDot
            | Kind::TildeDot
            | Kind::Question
            | Kind::FatArrow
            | Kind::Arrow
    ) || (is_infix(kind) && !matches!(kind, Kind::Plus | Kind::Minus | Kind::ConfidenceOf | Kind::Increment))
}

/// Assignments and operators between two operands.
fn is_infix(kind: Kind) -> bool {
    kind >= Kind::Bar && kind <= Kind::Bitwise && !matches!(kind, Kind::Bang | Kind::Tilde)
}

/// Whether the token at an index is a keyword with which a statement or declaration begins.
pub(crate) fn starts_statement(token: Token, next: Token) -> bool {
    let reserved = token.kind.is_reserved()
        && !matches!(token.kind, Kind::Else | Kind::Do | Kind::True | Kind::False | Kind::Null);
    let declares = matches!(token.kind, Kind::Pattern | Kind::Agent | Kind::Type | Kind::Test)
        && !next.starts_line()
        && (next.kind.is_word() || next.kind.starts_string());
    let asks = token.kind == Kind::Uncertain && next.kind == Kind::If;
    (reserved || declares || asks) && !matches!(next.kind, Kind::Colon | Kind::Comma)
}
