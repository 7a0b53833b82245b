//! Pairs brackets before the grammar runs, so that it can look past a group and knows where to go on after a
//! mistake. Where brackets do not pair, the tokens are mended: what lacks a closing bracket gets one, and what has
//! none to close becomes an error token.

use prism_diagnostics::Span;

use crate::{Kind, SyntaxError, Token, Tokens};

/// No bracket, or none that pairs with it.
pub(crate) const UNPAIRED: u32 = u32::MAX;

/// For each token the index of the bracket that pairs with it, or [`UNPAIRED`].
pub(crate) struct Pairs {
    pub(crate) mates: Vec<u32>,
}

/// What pairing found.
pub(crate) enum Pairing {
    /// All brackets pair.
    Paired(Pairs),
    /// Some did not; the mended tokens do.
    Mended { tokens: Box<Tokens>, pairs: Pairs, errors: Vec<SyntaxError> },
    /// Brackets are nested too deeply to go on.
    TooDeep { span: Span },
}

/// Pairs the brackets of a file.
pub(crate) fn pair(tokens: &Tokens, text: &str, depth_limit: usize) -> Pairing {
    let mut mates = vec![UNPAIRED; tokens.len()];
    let mut stack: Vec<u32> = Vec::new();
    let mut paired = true;
    for (index, token) in tokens.tokens.iter().enumerate() {
        if token.kind.closes() {
            match stack.pop() {
                Some(open) if pairs(tokens.kind(open as usize), token.kind) => {
                    link(&mut mates, open, index as u32);
                }
                Some(open) => {
                    stack.push(open);
                    paired = false;
                }
                None => paired = false,
            }
        }
        if token.kind.opens() {
            stack.push(index as u32);
            if stack.len() > depth_limit {
                return Pairing::TooDeep { span: tokens.span(index) };
            }
        }
    }
    if paired && stack.is_empty() {
        return Pairing::Paired(Pairs { mates });
    }
    mend(tokens, text, depth_limit)
}

fn pairs(open: Kind, close: Kind) -> bool {
    match open {
        Kind::TemplateHead | Kind::TemplateMiddle => {
            matches!(close, Kind::TemplateMiddle | Kind::TemplateTail)
        }
        _ => open.closing() == close,
    }
}

/// A middle piece of a string pairs on both sides; its own entry leads forwards.
fn link(mates: &mut [u32], open: u32, close: u32) {
    if let Some(mate) = mates.get_mut(open as usize) {
        *mate = close;
    }
    if let Some(mate) = mates.get_mut(close as usize) {
        *mate = open;
    }
}

struct Open {
    /// The index among the tokens of the file.
    index: usize,
    /// The indentation of the line on which it stands.
    indentation: u32,
    /// Whether the line of the bracket was left.
    left_line: bool,
}

struct Mender<'s> {
    source: &'s Tokens,
    output: Tokens,
    stack: Vec<Open>,
    errors: Vec<SyntaxError>,
}

fn mend(source: &Tokens, text: &str, depth_limit: usize) -> Pairing {
    let mut output = Tokens { comments: source.comments.clone(), ..Tokens::default() };
    // Comments name the token that follows them, and indices shift: they are found by their place instead.
    let mut mender =
        Mender { source, output: std::mem::take(&mut output), stack: Vec::new(), errors: Vec::new() };
    let mut indentation = 0;
    for (index, token) in source.tokens.iter().enumerate() {
        let span = source.span(index);
        if token.starts_line() {
            indentation = indentation_at(text, span.start);
            for open in &mut mender.stack {
                open.left_line = true;
            }
            mender.close_by_indentation(*token, indentation);
        }
        if token.kind.closes() && !mender.close(token.kind) {
            if mender.close_mistyped(*token, span) {
                continue;
            }
            mender.errors.push(SyntaxError::UnmatchedBracket { span, kind: token.kind, open: None });
            mender.output.push(Kind::Error, token.flags, span.start, span.end);
            continue;
        }
        if token.kind == Kind::LeftBrace {
            mender.close_head(index);
        }
        mender.output.push(token.kind, token.flags, span.start, span.end);
        if token.kind.opens() {
            mender.stack.push(Open { index, indentation, left_line: false });
        }
    }
    while !mender.stack.is_empty() {
        mender.close_unclosed();
    }
    let Mender { output: mut mended, errors, .. } = mender;
    for comment in &mut mended.comments {
        comment.token = mended.starts.partition_point(|start| *start < comment.span.end) as u32;
    }
    match pair(&mended, text, depth_limit) {
        Pairing::Paired(pairs) => Pairing::Mended { tokens: Box::new(mended), pairs, errors },
        Pairing::TooDeep { span } => Pairing::TooDeep { span },
        // Mended tokens pair by construction; were they not to, nothing could be said about the file.
        Pairing::Mended { .. } => Pairing::TooDeep { span: Span::at(0) },
    }
}

impl Mender<'_> {
    fn kind(&self, open: &Open) -> Kind {
        self.source.kind(open.index)
    }

    /// Brackets that the indentation says are over: a `(` or `[` whose line has ended, when a line starts that is
    /// not indented further with a word that starts a statement; braces whose line is indented further than a `}`
    /// that closes one further out.
    fn close_by_indentation(&mut self, token: Token, indentation: u32) {
        if token.kind == Kind::RightBrace {
            let fits = self
                .stack
                .iter()
                .any(|open| self.kind(open) == Kind::LeftBrace && open.indentation == indentation);
            while fits
                && self.stack.last().is_some_and(|open| {
                    self.kind(open) == Kind::LeftBrace && open.left_line && open.indentation > indentation
                })
            {
                self.close_unclosed();
            }
            return;
        }
        let starts_statement = token.kind.is_reserved()
            && !matches!(token.kind, Kind::Else | Kind::Do | Kind::True | Kind::False | Kind::Null);
        if starts_statement
            || matches!(token.kind, Kind::Pattern | Kind::Agent | Kind::Type | Kind::Uncertain)
        {
            while self.stack.last().is_some_and(|open| {
                matches!(self.kind(open), Kind::LeftParenthesis | Kind::LeftBracket)
                    && open.indentation >= indentation
            }) {
                self.close_unclosed();
            }
        }
        if matches!(token.kind, Kind::Pattern | Kind::Agent) && indentation == 0 {
            while !self.stack.is_empty() {
                self.close_unclosed();
            }
        }
    }

    /// A `{` after the head of a function or of an `if` whose parenthesis is not closed: `fn f(x {`.
    fn close_head(&mut self, brace: usize) {
        let Some(open) = self.stack.last().filter(|open| !open.left_line) else { return };
        let before = |distance: usize| {
            open.index.checked_sub(distance).map_or(Kind::End, |index| self.source.kind(index))
        };
        let function = matches!(before(2), Kind::Fn | Kind::Function);
        let condition = before(1) == Kind::If && self.source.token(brace + 1).starts_line();
        let operand = brace.checked_sub(1).map_or(Kind::End, |index| self.source.kind(index));
        let complete = operand.is_word()
            || operand.closes()
            || matches!(operand, Kind::Number | Kind::String | Kind::Greater);
        if self.kind(open) == Kind::LeftParenthesis && (function || condition) && complete {
            self.close_unclosed();
        }
    }

    /// Closes the bracket that a closing token belongs to, and what was left open inside it. False when there is
    /// none.
    fn close(&mut self, kind: Kind) -> bool {
        let Some(depth) = self.stack.iter().rposition(|open| pairs(self.kind(open), kind)) else {
            return false;
        };
        // A stray `)` or `]` must not close a block that it lies in, nor anything a string that it lies in.
        let crossed =
            |wall: &dyn Fn(Kind) -> bool| self.stack.iter().skip(depth + 1).any(|open| wall(self.kind(open)));
        let stray = match kind {
            Kind::RightParenthesis | Kind::RightBracket => {
                crossed(&|open| matches!(open, Kind::LeftBrace | Kind::TemplateHead | Kind::TemplateMiddle))
            }
            Kind::RightBrace => crossed(&|open| matches!(open, Kind::TemplateHead | Kind::TemplateMiddle)),
            _ => false,
        };
        if stray {
            return false;
        }
        while self.stack.len() > depth + 1 {
            self.close_unclosed();
        }
        self.stack.pop();
        true
    }

    /// A `)` where a `]` belongs, or the other way round.
    fn close_mistyped(&mut self, token: Token, span: Span) -> bool {
        let round = |kind| matches!(kind, Kind::RightParenthesis | Kind::RightBracket);
        let Some(open) = self.stack.last() else { return false };
        let closing = self.kind(open).closing();
        if !round(token.kind) || !round(closing) {
            return false;
        }
        let open = Some(self.source.span(open.index));
        self.errors.push(SyntaxError::UnmatchedBracket { span, kind: token.kind, open });
        self.output.push(closing, token.flags | Token::SYNTHETIC, span.start, span.end);
        self.stack.pop();
        true
    }

    /// Gives the innermost open bracket a closing one behind the last token, and reports it.
    fn close_unclosed(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let kind = self.kind(&open);
        let end = self.output.ends.last().copied().unwrap_or(0);
        // An open string is the lexer's to report.
        if !matches!(kind, Kind::TemplateHead | Kind::TemplateMiddle) {
            let open = self.source.span(open.index);
            self.errors.push(SyntaxError::UnclosedBracket { open, kind, end: Span::at(end) });
        }
        self.output.push(kind.closing(), Token::SYNTHETIC | Token::UNTERMINATED, end, end);
    }
}

/// The width of the white space at the start of the line of an offset.
fn indentation_at(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.get(line..).unwrap_or_default();
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count() as u32
}
