//! Mends brackets that do not pair. Where one is missing is seen from the layout: a closing bracket that starts a
//! line belongs to the one whose line is indented as far, and a line that is indented no further than the line of
//! an open bracket stands behind it. Groups about which there is no doubt are passed over as they are.

use prism_diagnostics::Span;

use super::layout::{Layout, follows_operand, starts_statement, wants_operand};
use super::{Pairing, opening, pair_unmended, pairs};
use crate::parse::COLLECTED_LIMIT;
use crate::{Expected, Kind, SyntaxError, Token, Tokens};

/// How many opening brackets are put in: each one moves the tokens behind it.
const INSERTIONS: usize = 50;

/// How many tokens are looked at, all in all, to see whether a bracket is closed later.
const LOOKAHEAD: usize = 200_000;

/// How many tokens of a line are looked at to choose between two ways of mending it.
const REST: usize = 256;

/// An open bracket.
#[derive(Clone, Copy)]
struct Open {
    kind: Kind,
    span: Span,
    line: u32,
    /// How far its line is indented.
    own: u32,
    /// How far the line is indented that its line goes on with.
    floor: u32,
    /// How far the first line inside is indented, and how far a line behind the bracket is at most; none where the
    /// inside is not indented.
    inside: Option<Option<(u32, u32)>>,
    /// Whether it stands at the end of its line.
    hangs: bool,
    /// Whether the same bracket follows at once: then it is the one too many.
    doubled: bool,
    /// How many lines were there when the bracket was opened.
    first_line: usize,
}

/// The start of a line, among the lines that belong to the innermost bracket.
#[derive(Clone, Copy)]
struct Line {
    /// The index of its first token in the output.
    at: usize,
    indentation: u32,
}

struct Mender<'s> {
    source: &'s Tokens,
    text: &'s str,
    layout: Layout,
    output: Tokens,
    stack: Vec<Open>,
    lines: Vec<Line>,
    errors: Vec<SyntaxError>,
    insertions: usize,
    lookahead: usize,
}

pub(super) fn mend(source: &Tokens, text: &str, depth_limit: usize) -> Pairing {
    let mut mender = Mender {
        source,
        text,
        layout: Layout::new(source, text),
        output: Tokens { comments: source.comments.clone(), ..Tokens::default() },
        stack: Vec::new(),
        lines: Vec::new(),
        errors: Vec::new(),
        insertions: INSERTIONS,
        lookahead: LOOKAHEAD,
    };
    let mut index = 0;
    while index < source.len() {
        index = mender.step(index);
    }
    while !mender.stack.is_empty() {
        mender.close_unclosed(true);
    }
    let Mender { output: mut mended, errors, .. } = mender;
    // Comments name the token that follows them, and indices shift: they are found by their place instead.
    for comment in &mut mended.comments {
        comment.token = mended.starts.partition_point(|start| *start < comment.span.end) as u32;
    }
    match pair_unmended(&mended, depth_limit) {
        Some(Pairing::Paired(pairs)) => Pairing::Mended { tokens: Box::new(mended), pairs, errors },
        Some(Pairing::TooDeep { span }) => Pairing::TooDeep { span },
        // Mended tokens pair by construction; were they not to, nothing could be said about the file.
        Some(Pairing::Mended { .. }) | None => Pairing::TooDeep { span: Span::at(0) },
    }
}

impl Mender<'_> {
    /// Takes the token at an index, and gives the index of the next one.
    fn step(&mut self, index: usize) -> usize {
        let (token, span) = (self.source.token(index), self.source.span(index));
        if token.kind.closes() {
            let closed = self.close(index);
            self.begin_line(index);
            if !closed {
                if !self.close_mistyped(index) {
                    self.report(SyntaxError::UnmatchedBracket { span, kind: token.kind, open: None });
                    self.output.push(Kind::Error, token.flags, span.start, span.end);
                }
                return index + 1;
            }
        } else if token.starts_line() {
            self.close_by_indentation(index);
            self.begin_line(index);
        }
        if token.kind == Kind::LeftBrace {
            self.close_head(index);
        }
        if token.kind.opens()
            && token.kind.closing() != Kind::TemplateTail
            && let Some(mate) = self.layout.group(index)
        {
            for at in index..=mate {
                let (token, span) = (self.source.token(at), self.source.span(at));
                if at == mate {
                    self.begin_line(at);
                }
                self.output.push(token.kind, token.flags, span.start, span.end);
            }
            return mate + 1;
        }
        self.output.push(token.kind, token.flags, span.start, span.end);
        if token.kind.opens() {
            self.open(index, token.kind, span);
        }
        if token.has(Token::UNTERMINATED) {
            self.follow_swallowed(index);
        }
        index + 1
    }

    /// Notes the line that the next token starts.
    fn begin_line(&mut self, index: usize) {
        if self.source.token(index).starts_line() {
            let indentation = self.layout.indentation(index);
            self.lines.push(Line { at: self.output.len(), indentation });
        }
    }

    fn report(&mut self, error: SyntaxError) {
        if self.errors.len() < COLLECTED_LIMIT {
            self.errors.push(error);
        }
    }

    fn open(&mut self, index: usize, kind: Kind, span: Span) {
        self.stack.push(Open {
            kind,
            span,
            line: self.layout.line(index),
            own: self.layout.indentation(index),
            floor: self.layout.floor(index),
            inside: None,
            hangs: self.source.token(index + 1).starts_line(),
            doubled: kind != Kind::LeftParenthesis && self.source.kind(index + 1) == kind,
            first_line: self.lines.len(),
        });
    }

    /// Closes the brackets that a line stands behind.
    fn close_by_indentation(&mut self, index: usize) {
        let (token, next) = (self.source.token(index), self.source.token(index + 1));
        let indentation = self.layout.indentation(index);
        let keyword = starts_statement(token, next);
        let complete =
            keyword || !index.checked_sub(1).is_some_and(|before| wants_operand(self.source.kind(before)));
        let follows = !keyword && follows_operand(token.kind);
        let declares =
            indentation == 0 && matches!(token.kind, Kind::Pattern | Kind::Agent | Kind::Test) && keyword;
        while declares && !self.stack.is_empty() {
            self.close_unclosed(true);
        }
        while let Some(open) = self.stack.last().copied() {
            if matches!(open.kind, Kind::TemplateHead | Kind::TemplateMiddle) {
                break;
            }
            // One more link of the chain to which the line of the bracket belongs.
            let link = follows && open.own > open.floor && indentation <= open.own;
            let starts = complete && (link || !follows);
            let limit = if link { open.own } else { open.floor };
            let behind = match open.inside {
                // The inside may be indented no further.
                None if open.hangs => {
                    indentation <= limit && !follows && !self.closes_at_margin(&open, index)
                }
                None => indentation <= limit && starts,
                Some(None) => false,
                Some(Some((first, outside))) => {
                    let block = open.kind == Kind::LeftBrace && complete;
                    indentation <= outside && indentation < first && (starts || block)
                }
            };
            if !behind {
                break;
            }
            self.close_unclosed(true);
        }
        for open in self.stack.iter_mut().rev().take_while(|open| open.inside.is_none()) {
            open.inside = Some(if indentation > open.own {
                Some((indentation, open.own))
            } else if indentation > open.floor {
                Some((indentation, open.floor))
            } else {
                None
            });
        }
    }

    /// A `{` after the head of a function or of an `if` whose parenthesis is not closed: `fn f(x {`.
    fn close_head(&mut self, brace: usize) {
        let Some(open) = self.stack.last().copied() else { return };
        if open.kind != Kind::LeftParenthesis || open.line != self.layout.line(brace) {
            return;
        }
        // The bracket is found again by its place.
        let at = self.source.starts.partition_point(|start| *start < open.span.start);
        let before =
            |distance: usize| at.checked_sub(distance).map_or(Kind::End, |index| self.source.kind(index));
        let function = matches!(before(2), Kind::Fn | Kind::Function);
        let word = at.checked_sub(1).and_then(|before| self.text.get(self.source.span(before).range()));
        let condition = (matches!(before(1), Kind::If | Kind::For | Kind::While) || word == Some("catch"))
            && self.source.token(brace + 1).starts_line();
        let operand = brace.checked_sub(1).map_or(Kind::End, |index| self.source.kind(index));
        let complete = operand.is_word()
            || operand.closes()
            || matches!(operand, Kind::Number | Kind::String | Kind::Greater);
        if (function || condition) && complete {
            self.close_unclosed(false);
        }
    }

    /// Closes the bracket that a closing token belongs to, and what was left open inside it. False when there is
    /// none.
    fn close(&mut self, index: usize) -> bool {
        let (token, kind) = (self.source.token(index), self.source.kind(index));
        let is_piece = |kind| matches!(kind, Kind::TemplateHead | Kind::TemplateMiddle);
        // Nothing but the end of a string closes anything around it.
        let wall = match kind {
            Kind::TemplateMiddle | Kind::TemplateTail => 0,
            _ => self.stack.iter().rposition(|open| is_piece(open.kind)).map_or(0, |at| at + 1),
        };
        let reachable = self.stack.get(wall..).unwrap_or_default();
        if token.starts_line() && !is_piece(opening(kind)) {
            let indentation = self.layout.indentation(index);
            let aligned = |own: fn(&Open) -> u32| {
                reachable.iter().rposition(|open| open.kind.closing() == kind && own(open) == indentation)
            };
            if let Some(depth) = aligned(|open| open.own).or_else(|| aligned(|open| open.floor)) {
                self.close_down_to(wall + depth, self.layout.line(index));
                return true;
            }
            if self.open_before(index) {
                self.stack.pop();
                return true;
            }
        }
        let reachable = self.stack.get(wall..).unwrap_or_default();
        let Some(depth) = reachable.iter().rposition(|open| pairs(open.kind, kind)) else { return false };
        let depth = wall + depth;
        let line = self.layout.line(index);
        let crossed = self.stack.get(depth + 1..).unwrap_or_default();
        let Some(open) = self.stack.get(depth).copied() else { return false };
        if !is_piece(open.kind) {
            let here = |open: &Open| open.line == line;
            let stray = if here(&open) && !crossed.is_empty() {
                self.is_better_ignored(index, depth)
            } else if here(&open)
                || token.starts_line()
                || self.layout.begins_with_closing(self.source, index)
            {
                // A stray `)` or `]` must not close a block that it lies in.
                kind != Kind::RightBrace && crossed.iter().any(|open| open.kind == Kind::LeftBrace)
            } else {
                // In the middle of a line nothing is closed from before past what was opened on the line.
                !crossed.is_empty() || self.is_closed_later(&open, index)
            };
            if stray {
                return false;
            }
        }
        self.close_down_to(depth, line);
        true
    }

    /// Closes a bracket of the stack with the token at hand, and those inside it as unclosed.
    fn close_down_to(&mut self, depth: usize, line: u32) {
        while let Some(open) = self.stack.get(depth + 1..).and_then(|crossed| crossed.last()) {
            let located = open.line != line;
            self.close_unclosed(located);
        }
        if let Some(open) = self.stack.pop() {
            self.lines.truncate(open.first_line);
        }
    }

    /// Puts in the bracket that a closing one at the start of a line lacks: at the end of the last line that is
    /// indented as far, if the lines behind it are indented further.
    fn open_before(&mut self, index: usize) -> bool {
        let kind = self.source.kind(index);
        let indentation = self.layout.indentation(index);
        let first = self.stack.last().map_or(0, |open| open.first_line);
        let lines = self.lines.get(first..).unwrap_or_default();
        let Some(head) = lines.iter().rposition(|line| line.indentation <= indentation) else { return false };
        let (Some(line), Some(next)) = (lines.get(head), lines.get(head + 1)) else { return false };
        // Before a closing bracket it would stand inside what that one closes.
        if line.indentation != indentation || self.insertions == 0 || self.output.kind(next.at).closes() {
            return false;
        }
        let (at, next) = (next.at, next.at);
        let place = at.checked_sub(1).and_then(|before| self.output.ends.get(before)).copied().unwrap_or(0);
        self.insertions -= 1;
        let opening = opening(kind);
        self.report(SyntaxError::Unexpected {
            expected: vec![Expected::Token(opening)],
            found: self.output.kind(next),
            span: self.output.span(next),
            previous: at.checked_sub(1).map(|before| (self.output.kind(before), self.output.span(before))),
            line_break: true,
        });
        self.output.tokens.insert(at, Token { kind: opening, flags: Token::SYNTHETIC | Token::SPACE });
        self.output.starts.insert(at, place);
        self.output.ends.insert(at, place);
        self.lines.truncate(first + head + 1);
        self.open(index, opening, Span::at(place));
        true
    }

    /// Whether a bracket that a token in the middle of a line would close is closed at the start of a later line,
    /// which leaves the token without one.
    fn is_closed_later(&mut self, open: &Open, index: usize) -> bool {
        let start = index + 1;
        for at in start..self.source.len() {
            if self.lookahead == 0 {
                return false;
            }
            self.lookahead -= 1;
            let token = self.source.token(at);
            let indentation = self.layout.indentation(at);
            if token.starts_line() && indentation <= open.own {
                return token.kind == open.kind.closing()
                    && (indentation == open.own || indentation == open.floor);
            }
        }
        false
    }

    /// Whether a later line begins with the bracket that closes one at the end of a line, and is indented as far, and
    /// no declaration comes before it: then what is between is just not indented.
    fn closes_at_margin(&mut self, open: &Open, index: usize) -> bool {
        for at in index..self.source.len() {
            if self.lookahead == 0 {
                return false;
            }
            self.lookahead -= 1;
            let token = self.source.token(at);
            let indentation = self.layout.indentation(at);
            if !token.starts_line() || indentation > open.own {
                continue;
            }
            // The `}` may be taken for the end of a `${` that is not closed.
            let piece = matches!(token.kind, Kind::TemplateMiddle | Kind::TemplateTail);
            if token.kind == open.kind.closing() || (piece && open.kind == Kind::LeftBrace) {
                return indentation == open.own || indentation == open.floor;
            }
            let declares = matches!(
                token.kind,
                Kind::Pattern
                    | Kind::Agent
                    | Kind::Test
                    | Kind::Fn
                    | Kind::Function
                    | Kind::Import
                    | Kind::Export
            );
            if declares && starts_statement(token, self.source.token(at + 1)) {
                return false;
            }
        }
        false
    }

    /// Whether fewer brackets of a line are left without a mate if a closing one is taken for a stray one than if
    /// it closes what it crosses.
    fn is_better_ignored(&self, index: usize, depth: usize) -> bool {
        let line = self.layout.line(index);
        let kinds: Vec<Kind> =
            self.stack.iter().filter(|open| open.line == line).map(|open| open.kind).collect();
        let crossed = self.stack.len() - depth - 1;
        let Some(left) = kinds.len().checked_sub(crossed + 1) else { return false };
        let closing = crossed + self.unmatched(kinds.get(..left).unwrap_or_default().to_vec(), index + 1);
        let ignoring = 1 + self.unmatched(kinds, index + 1);
        ignoring < closing
    }

    /// The brackets that are open on a line and were opened on it.
    fn kinds_of_line(&self, line: u32) -> Vec<Kind> {
        self.stack.iter().filter(|open| open.line == line).map(|open| open.kind).collect()
    }

    /// How many brackets of a line from an index on have no mate, given those that are open before it.
    fn unmatched(&self, open: Vec<Kind>, index: usize) -> usize {
        let line = self.layout.line(index.saturating_sub(1));
        let mut open = open;
        let mut unmatched = 0;
        for at in index..(index + REST).min(self.source.len()) {
            if self.layout.line(at) != line {
                break;
            }
            let kind = self.source.kind(at);
            if kind.closes() {
                match open.iter().rposition(|open| pairs(*open, kind)) {
                    Some(depth) => {
                        unmatched += open.len() - depth - 1;
                        open.truncate(depth);
                    }
                    None => unmatched += 1,
                }
            }
            if kind.opens() {
                open.push(kind);
            }
        }
        unmatched + open.len()
    }

    /// A `)` where a `]` belongs, or the other way round.
    fn close_mistyped(&mut self, index: usize) -> bool {
        let (token, span) = (self.source.token(index), self.source.span(index));
        let round = |kind| matches!(kind, Kind::RightParenthesis | Kind::RightBracket);
        let Some(open) = self.stack.last().copied() else { return false };
        let closing = open.kind.closing();
        if !round(token.kind) || !round(closing) {
            return false;
        }
        let mut kinds = self.kinds_of_line(self.layout.line(index));
        let ignoring = self.unmatched(kinds.clone(), index + 1);
        kinds.pop();
        if ignoring < self.unmatched(kinds, index + 1) {
            return false;
        }
        self.report(SyntaxError::UnmatchedBracket { span, kind: token.kind, open: Some(open.span) });
        self.output.push(closing, token.flags | Token::SYNTHETIC, span.start, span.end);
        self.stack.pop();
        self.lines.truncate(open.first_line);
        true
    }

    /// Gives the innermost open bracket a closing one behind the last token, and reports it. `located` says that
    /// the closing one is missing there rather than somewhere before.
    fn close_unclosed(&mut self, located: bool) {
        let Some(open) = self.stack.pop() else { return };
        let end = self.output.ends.last().copied().unwrap_or(0);
        // An open string is the lexer's to report, and what was put in is reported already.
        let reported = matches!(open.kind, Kind::TemplateHead | Kind::TemplateMiddle) || open.span.is_empty();
        if !reported {
            // In a bracket with something behind it on its line other lines may well stand by mistake.
            let lines = self.lines.get(open.first_line..).unwrap_or_default();
            let closed_inside = lines.last().is_some_and(|line| self.output.kind(line.at).closes());
            let several = open.inside.is_some() && (open.hangs || open.kind == Kind::LeftBrace);
            let located = located && !open.doubled && (several || closed_inside);
            let (kind, open) = (open.kind, open.span);
            self.report(SyntaxError::UnclosedBracket { open, kind, end: Span::at(end), located });
        }
        self.close_silently(open);
    }

    fn close_silently(&mut self, open: Open) {
        let end = self.output.ends.last().copied().unwrap_or(0);
        self.output.push(open.kind.closing(), Token::SYNTHETIC | Token::UNTERMINATED, end, end);
        self.lines.truncate(open.first_line);
    }

    /// A string that is not closed holds the rest of its line, and the brackets of that rest: they are followed, so
    /// that the lines behind it are understood.
    fn follow_swallowed(&mut self, index: usize) {
        let span = self.source.span(index);
        let text = self.text.get(span.range()).unwrap_or_default();
        let rest = text.get(1..).unwrap_or_default();
        if rest.contains('\n') {
            return;
        }
        let line = self.layout.line(index);
        let mut inner = 0_usize;
        for byte in rest.bytes() {
            let kind = match byte {
                b'(' | b'[' | b'{' => {
                    inner += 1;
                    continue;
                }
                b')' => Kind::RightParenthesis,
                b']' => Kind::RightBracket,
                b'}' => Kind::RightBrace,
                _ => continue,
            };
            if inner > 0 {
                inner -= 1;
            } else if let Some(open) = self.stack.last().copied()
                && open.kind.closing() == kind
                && open.line == line
            {
                self.stack.pop();
                self.close_silently(open);
            }
        }
        let opening = match rest.trim_end().bytes().next_back() {
            Some(b'(') => Kind::LeftParenthesis,
            Some(b'[') => Kind::LeftBracket,
            Some(b'{') => Kind::LeftBrace,
            _ => return,
        };
        let place = Span::at(span.end);
        self.output.push(opening, Token::SYNTHETIC, span.end, span.end);
        self.open(index, opening, place);
    }
}
