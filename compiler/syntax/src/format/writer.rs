//! Takes the tokens one after the other and writes them into a document, with the comments between them.
//!
//! Every token is taken exactly once and in order; a comment is written before the token that follows it. A line
//! comment, or one on lines of its own, brings its line break along: where it stood, one was allowed.

use super::document::{Document, Hug, Piece};
use crate::ast::Tree;
use crate::{Comment, CommentKind, Kind, Token, Tokens};

pub(super) struct Writer<'a> {
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree,
    pub(super) tokens: &'a Tokens,
    pub(super) document: Document,
    /// The next token.
    pub(super) at: usize,
    /// The closing bracket of each opening one.
    mates: Vec<u32>,
    /// The next comment.
    comment: usize,
    /// A space is due before the next text.
    space: bool,
    /// What was written last.
    last: Last,
    /// A `>=` of which the `>` is written, or a `<~` of which both are.
    pub(super) split: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A line break, or nothing at all.
    Line,
    /// A place where the line may break.
    Break,
    /// A line comment: a line break has to follow.
    LineComment,
    /// An opening bracket.
    Open,
    Other,
}

impl<'a> Writer<'a> {
    pub(super) fn new(text: &'a str, tree: &'a Tree, tokens: &'a Tokens) -> Self {
        Self {
            text,
            tree,
            tokens,
            document: Document::default(),
            at: 0,
            mates: mates(tokens),
            comment: 0,
            space: false,
            last: Last::Line,
            split: false,
        }
    }

    // What comes next.

    pub(super) fn kind(&self) -> Kind {
        self.tokens.kind(self.at)
    }

    pub(super) fn ahead(&self, distance: usize) -> Token {
        self.tokens.token(self.at + distance)
    }

    /// Where the next token starts.
    pub(super) fn offset(&self) -> u32 {
        self.tokens.span(self.at).start
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        self.at < self.tokens.len() && self.kind() == kind
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.at < self.tokens.len() && self.text.get(self.tokens.span(self.at).range()) == Some(word)
    }

    /// The closing bracket of the next token.
    pub(super) fn mate(&self) -> usize {
        self.mates.get(self.at).map_or(self.at, |mate| *mate as usize)
    }

    /// The closing bracket of a token.
    pub(super) fn mate_of(&self, token: usize) -> usize {
        self.mates.get(token).map_or(token, |mate| *mate as usize)
    }

    /// Whether a comment stands before the next token.
    pub(super) fn comment_follows(&self) -> bool {
        self.next_comment().is_some()
    }

    /// Whether a comment before the next token needs a line break.
    pub(super) fn lines_follow(&self) -> bool {
        self.next_comment().is_some() && self.ahead(0).starts_line()
    }

    /// Whether the author broke the line after the next token, which opens a bracket.
    pub(super) fn broken_inside(&self) -> bool {
        let next = self.ahead(1);
        next.starts_line() && self.at + 1 < self.tokens.len()
    }

    // Text.

    /// A space before the next text.
    pub(super) fn space(&mut self) {
        self.space = true;
    }

    /// The next token, whatever it is.
    pub(super) fn token(&mut self) {
        self.comments();
        let kind = self.kind();
        let span = self.tokens.span(self.at);
        self.before_text();
        let spans_lines =
            matches!(kind, Kind::String | Kind::TemplateHead | Kind::TemplateMiddle | Kind::TemplateTail)
                && self.text.get(span.range()).is_some_and(|text| text.contains(['\n', '\r']));
        if spans_lines {
            self.document.push(Piece::Lines { start: span.start, end: span.end });
        } else if kind == Kind::String && self.may_be_double() {
            self.document.push(Piece::Text("\""));
            self.document.push(Piece::Slice { start: span.start + 1, end: span.end - 1 });
            self.document.push(Piece::Text("\""));
        } else {
            self.document.push(Piece::Slice { start: span.start, end: span.end });
        }
        self.last = if kind.opens() { Last::Open } else { Last::Other };
        self.at += 1;
    }

    /// Whether the next token is a string in single quotes that means the same in double ones.
    fn may_be_double(&self) -> bool {
        let text = self.text.get(self.tokens.span(self.at).range()).unwrap_or_default();
        text.len() >= 2
            && text.starts_with('\'')
            && text.ends_with('\'')
            && !text.contains('"')
            && !text.contains("${")
    }

    /// The next token with a space before and behind it.
    pub(super) fn spaced(&mut self) {
        self.space();
        self.token();
        self.space();
    }

    /// The next token, if it is of a kind.
    pub(super) fn accept(&mut self, kind: Kind) -> bool {
        let found = self.is(kind);
        if found {
            self.token();
        }
        found
    }

    /// Text that stands for the next token, or for nothing.
    pub(super) fn literal(&mut self, text: &'static str) {
        self.before_text();
        self.document.push(Piece::Text(text));
        self.last = Last::Other;
    }

    /// Leaves out the next token if it is of a kind. Comments before it go before what follows.
    pub(super) fn skip(&mut self, kind: Kind) -> bool {
        let found = self.is(kind);
        self.at += usize::from(found);
        found
    }

    /// A comma. Comments before it that need a line break follow it.
    pub(super) fn comma(&mut self) {
        if self.is(Kind::Comma) {
            while let Some(comment) = self.next_comment().filter(|next| !is_line(next.kind)) {
                if self.stands_alone(comment) {
                    break;
                }
                self.one_comment(comment);
            }
        }
        if self.skip(Kind::Comma) {
            if self.last == Last::LineComment {
                self.document.push(Piece::HardLine);
            }
            self.space = false;
            self.document.push(Piece::Text(","));
            self.last = Last::Other;
        }
    }

    /// Tokens as they stand, up to one that is not written, with a space where there was white space.
    pub(super) fn as_written(&mut self, end: usize) {
        let first = self.at;
        while self.at < end {
            if self.at > first && self.ahead(0).follows_space() {
                self.space();
            }
            self.token();
        }
    }

    /// A part of the text as it stands, from the next token to one behind the end. Comments in it are written too.
    pub(super) fn verbatim(&mut self, end: usize) {
        self.comments();
        self.before_text();
        let span = self.tokens.span(self.at).to(self.tokens.span(end.max(1) - 1));
        let lines = self.text.get(span.range()).is_some_and(|text| text.contains(['\n', '\r']));
        let (start, stop) = (span.start, span.end);
        self.document.push(if lines {
            Piece::Lines { start, end: stop }
        } else {
            Piece::Slice { start, end: stop }
        });
        self.last = Last::Other;
        self.at = end;
        while self.tokens.comments().get(self.comment).is_some_and(|comment| (comment.token as usize) < end) {
            self.comment += 1;
        }
    }

    fn before_text(&mut self) {
        if self.last == Last::LineComment {
            self.document.push(Piece::HardLine);
            self.last = Last::Line;
        }
        if std::mem::take(&mut self.space) && !matches!(self.last, Last::Line | Last::Break) {
            self.document.push(Piece::Text(" "));
        }
    }

    // Lines and groups.

    /// The start of a group; comments before it stay outside.
    pub(super) fn open(&mut self) {
        self.comments();
        self.document.open();
    }

    pub(super) fn close(&mut self) {
        self.document.close();
    }

    pub(super) fn close_hugging(&mut self, hug: Hug) {
        self.document.close_hugging(hug);
    }

    pub(super) fn indent(&mut self) {
        self.document.push(Piece::Indent);
    }

    pub(super) fn dedent(&mut self) {
        self.document.push(Piece::Dedent);
    }

    pub(super) fn if_broken(&mut self, text: &'static str) {
        if self.last == Last::LineComment {
            self.document.push(Piece::HardLine);
        }
        self.document.push(Piece::IfBroken(text));
        self.last = Last::Other;
    }

    pub(super) fn if_flat(&mut self, text: &'static str) {
        if self.last != Last::LineComment {
            self.document.push(Piece::IfFlat(text));
        }
    }

    /// A space, or a line break where the group is broken.
    pub(super) fn line(&mut self) {
        self.break_with(Piece::Line(" "));
    }

    /// Nothing, or a line break where the group is broken.
    pub(super) fn soft_line(&mut self) {
        self.break_with(Piece::Line(""));
    }

    /// What follows may pass the end of the line.
    pub(super) fn loose(&mut self) {
        self.document.push(Piece::Loose);
    }

    pub(super) fn hard_line(&mut self) {
        self.break_with(Piece::HardLine);
    }

    /// A line break, and an empty line before it where the author left one or more.
    pub(super) fn separate(&mut self) {
        self.line_end_comments();
        let piece = if self.empty_line_follows() { Piece::EmptyLine } else { Piece::HardLine };
        self.break_with(piece);
    }

    fn break_with(&mut self, piece: Piece) {
        let before = self.comment;
        self.line_end_comments();
        // A comment keeps its distance to what it stands before, should that be on its line.
        let spaced = self.comment > before && !self.kind().closes() && !self.member_follows();
        let piece = if spaced && matches!(piece, Piece::Line("")) { Piece::Line(" ") } else { piece };
        self.space = false;
        if self.last == Last::Line {
            return;
        }
        let forced = self.last == Last::LineComment;
        let piece = if forced && matches!(piece, Piece::Line(_)) { Piece::HardLine } else { piece };
        self.document.push(piece);
        self.last = if matches!(piece, Piece::Line(_)) { Last::Break } else { Last::Line };
    }

    // Comments.

    fn next_comment(&self) -> Option<Comment> {
        let comment = self.tokens.comments().get(self.comment).copied();
        comment.filter(|comment| (comment.token as usize) <= self.at)
    }

    /// What lies between the comment or token before an offset and the offset.
    fn gap_before(&self, comment: Comment) -> &'a str {
        let token = (comment.token as usize).checked_sub(1).map_or(0, |before| self.tokens.span(before).end);
        let before = self.comment.checked_sub(1).and_then(|before| self.tokens.comments().get(before));
        let start = before.map_or(token, |before| before.span.end.max(token));
        self.text.get(start as usize..comment.span.start as usize).unwrap_or_default()
    }

    fn gap_after(&self, index: usize) -> &'a str {
        let Some(comment) = self.tokens.comments().get(index) else { return "" };
        let next = self.tokens.comments().get(index + 1).filter(|next| next.token == comment.token);
        let end = match next {
            Some(next) => next.span.start as usize,
            None if (comment.token as usize) < self.tokens.len() => {
                self.tokens.span(comment.token as usize).start as usize
            }
            None => self.text.len(),
        };
        self.text.get(comment.span.end as usize..end).unwrap_or_default()
    }

    fn breaks(gap: &str) -> bool {
        gap.contains(['\n', '\r'])
    }

    /// Whether an empty line lies before the next comment or token.
    fn empty_line_follows(&self) -> bool {
        let gap = match self.next_comment() {
            Some(comment) => self.gap_before(comment),
            None => {
                let token = self.at.checked_sub(1).map_or(0, |before| self.tokens.span(before).end);
                let before =
                    self.comment.checked_sub(1).and_then(|before| self.tokens.comments().get(before));
                let start = before.map_or(token, |before| before.span.end.max(token));
                let end = if self.at < self.tokens.len() { self.offset() as usize } else { self.text.len() };
                self.text.get(start as usize..end).unwrap_or_default()
            }
        };
        let feeds = gap.bytes().filter(|byte| *byte == b'\n').count();
        feeds.max(gap.bytes().filter(|byte| *byte == b'\r').count()) > 1
    }

    /// The comments that stand behind the token before on its line, where the line ends behind them.
    pub(super) fn line_end_comments(&mut self) {
        let mut end = self.comment;
        let comments = self.tokens.comments();
        let Some(first) = self.next_comment() else { return };
        if Self::breaks(self.gap_before(first)) || self.last == Last::Line || self.at == 0 {
            return;
        }
        while comments.get(end).is_some_and(|comment| (comment.token as usize) <= self.at) {
            let lines = Self::breaks(self.gap_after(end))
                || (end + 1 == comments.len() && self.at >= self.tokens.len());
            end += 1;
            if lines {
                while self.comment < end {
                    if let Some(comment) = self.next_comment() {
                        self.one_comment(comment);
                    }
                }
                return;
            }
        }
        // What stands before a member belongs to the value.
        if self.member_follows() {
            while self.comment < end {
                let Some(comment) = self.next_comment() else { break };
                self.one_comment(comment);
            }
        }
    }

    fn member_follows(&self) -> bool {
        matches!(self.kind(), Kind::Dot | Kind::QuestionDot | Kind::TildeDot)
    }

    /// All comments before the next token.
    pub(super) fn comments(&mut self) {
        while let Some(comment) = self.next_comment() {
            let own_line = self.stands_alone(comment);
            if own_line && self.last != Last::Line {
                // A break before is taken, as the line break behind the comment belongs to its group.
                if self.last != Last::Break {
                    self.document.push(Piece::HardLine);
                }
                self.last = Last::Line;
            }
            let index = self.comment;
            self.one_comment(comment);
            if self.last != Last::LineComment && own_line && Self::breaks(self.gap_after(index)) {
                self.last = Last::LineComment;
            }
            if self.last == Last::LineComment {
                let piece = if self.empty_line_follows() { Piece::EmptyLine } else { Piece::HardLine };
                if self.next_comment().is_some() || self.at < self.tokens.len() {
                    self.document.push(piece);
                    self.last = Last::Line;
                }
            } else if !matches!(
                self.kind(),
                Kind::RightParenthesis | Kind::RightBracket | Kind::Comma | Kind::Semicolon | Kind::Dot
            ) {
                self.space = true;
            }
        }
    }

    fn one_comment(&mut self, comment: Comment) {
        if self.last == Last::LineComment {
            self.document.push(Piece::HardLine);
            self.last = Last::Line;
        }
        let space = match self.last {
            Last::Line | Last::Break => false,
            Last::Open => self.space || is_line(comment.kind),
            Last::LineComment | Last::Other => true,
        };
        if space {
            self.document.push(Piece::Text(" "));
        }
        self.space = false;
        let text = self.text.get(comment.span.range()).unwrap_or_default();
        let (start, end) = (comment.span.start, comment.span.end);
        if is_line(comment.kind) {
            let end = start + text.trim_end().len() as u32;
            self.document.push(Piece::Slice { start, end });
            self.last = Last::LineComment;
        } else {
            self.document.push(if Self::breaks(text) {
                Piece::Lines { start, end }
            } else {
                Piece::Slice { start, end }
            });
            self.last = Last::Other;
        }
        self.comment += 1;
    }

    /// What is left of the comments before a closing bracket or the end, while lines are still indented.
    pub(super) fn comments_before_close(&mut self) {
        self.line_end_comments();
        while let Some(comment) = self.next_comment() {
            if self.stands_alone(comment) && !matches!(self.last, Last::Line | Last::Break) {
                let empty = self.last != Last::Open && self.empty_line_follows();
                self.document.push(if empty { Piece::EmptyLine } else { Piece::HardLine });
                self.last = Last::Line;
            }
            self.one_comment(comment);
        }
    }

    /// Whether a comment begins its line.
    fn stands_alone(&self, comment: Comment) -> bool {
        (self.comment == 0 && comment.token == 0) || Self::breaks(self.gap_before(comment))
    }
}

fn is_line(kind: CommentKind) -> bool {
    !matches!(kind, CommentKind::Block | CommentKind::FrontMatter)
}

fn mates(tokens: &Tokens) -> Vec<u32> {
    let mut mates = vec![0; tokens.len()];
    let mut open: Vec<u32> = Vec::new();
    for (at, (kind, _)) in tokens.iter().enumerate() {
        if kind.closes()
            && let Some(mate) = open.pop().and_then(|open| mates.get_mut(open as usize))
        {
            *mate = at as u32;
        }
        if kind.opens() {
            open.push(at as u32);
        }
    }
    mates
}
