//! The document: what is printed, and where its lines may break, as a flat list in the order of the text.
//!
//! A group is printed on one line if it fits, else all line breaks that belong to it are taken; groups inside decide
//! for themselves. That is the algebra of Wadler and of Prettier; written flat it needs no memory for its branches,
//! and widths are sums over ranges.

/// A piece of a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// A part of the formatted text without a line break.
    Slice { start: u32, end: u32 },
    /// A part of the formatted text that holds line breaks, printed as it is.
    Lines { start: u32, end: u32 },
    /// Other text.
    Text(&'static str),
    /// Text only where the group is broken.
    IfBroken(&'static str),
    /// Text only where the group is on one line.
    IfFlat(&'static str),
    /// A line break, or this where the group is on one line.
    Line(&'static str),
    /// A line break in any case.
    HardLine,
    /// A line break with an empty line before it.
    EmptyLine,
    /// What follows may be longer than the line: nothing before it is broken for its sake.
    Loose,
    /// The start of a group, which knows its end.
    Open { close: u32, hug: Hug },
    /// The end of a group.
    Close,
    /// Lines from here on are indented, if the group is broken.
    Indent,
    /// The end of that.
    Dedent,
}

/// How the last part of a group may be broken while the rest of the group stays on its line:
/// `xs.map(x => {` and the body below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hug {
    /// It may not.
    Never,
    /// It may: the part begins at this piece.
    From(u32),
}

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) pieces: Vec<Piece>,
    open: Vec<u32>,
}

impl Document {
    pub(super) fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    /// The position of the next piece.
    pub(super) fn position(&self) -> u32 {
        self.pieces.len() as u32
    }

    pub(super) fn open(&mut self) {
        self.open.push(self.position());
        self.push(Piece::Open { close: 0, hug: Hug::Never });
    }

    pub(super) fn close(&mut self) {
        self.close_hugging(Hug::Never);
    }

    pub(super) fn close_hugging(&mut self, how: Hug) {
        let at = self.position();
        let opened = self.open.pop().and_then(|open| self.pieces.get_mut(open as usize));
        if let Some(Piece::Open { close, hug }) = opened {
            *close = at;
            *hug = how;
        }
        self.push(Piece::Close);
    }
}
