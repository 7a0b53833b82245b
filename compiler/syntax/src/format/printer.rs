//! Prints a document within a width, in time linear in its length.

use super::document::{Document, Hug, Piece};

const INDENT: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Flat,
    Hugging,
    Broken,
}

/// Sums over the pieces before each one, so that what a range takes is a subtraction.
struct Sums {
    /// Columns where everything is on one line.
    columns: Vec<u32>,
    /// Line breaks that are taken in any case.
    forced: Vec<u32>,
    /// Columns behind each piece up to the next place where a line can end.
    tail: Vec<u32>,
}

impl Sums {
    fn of(pieces: &[Piece], text: &str) -> Self {
        let mut columns = Vec::with_capacity(pieces.len() + 1);
        let mut forced = Vec::with_capacity(pieces.len() + 1);
        let (mut column, mut breaks) = (0_u32, 0_u32);
        for piece in pieces {
            columns.push(column);
            forced.push(breaks);
            column += flat_width(piece, text);
            breaks += u32::from(matches!(piece, Piece::HardLine | Piece::EmptyLine | Piece::Lines { .. }));
        }
        columns.push(column);
        forced.push(breaks);
        let mut sums = Self { columns, forced, tail: Vec::new() };
        sums.tail = sums.tails(pieces);
        sums
    }

    fn tails(&self, pieces: &[Piece]) -> Vec<u32> {
        let mut tails = vec![0_u32; pieces.len() + 1];
        let mut tail = 0_u32;
        for (at, piece) in pieces.iter().enumerate().rev() {
            if let Some(slot) = tails.get_mut(at + 1) {
                *slot = tail;
            }
            tail = match piece {
                Piece::Line(_) | Piece::HardLine | Piece::EmptyLine | Piece::Lines { .. } | Piece::Loose => 0,
                _ => tail.saturating_add(self.width(at, at + 1)),
            };
        }
        tails
    }

    fn width(&self, from: usize, to: usize) -> u32 {
        let at = |index: usize| self.columns.get(index).copied().unwrap_or(0);
        at(to).saturating_sub(at(from))
    }

    fn breaks(&self, from: usize, to: usize) -> bool {
        self.forced.get(from) != self.forced.get(to)
    }
}

fn flat_width(piece: &Piece, text: &str) -> u32 {
    match piece {
        Piece::Slice { start, end } => columns(slice(text, *start, *end)),
        Piece::Text(text) | Piece::IfFlat(text) | Piece::Line(text) => text.len() as u32,
        _ => 0,
    }
}

fn slice(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

fn columns(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.chars().count() as u32 }
}

/// Prints a document that was made of a text.
pub(super) fn print(document: &Document, text: &str, width: usize) -> String {
    let pieces = document.pieces.as_slice();
    let sums = Sums::of(pieces, text);
    let mut printer = Printer {
        output: String::with_capacity(text.len() + text.len() / 8),
        width: width as u32,
        column: 0,
        indent: 0,
        pending: 0,
        indents: Vec::new(),
        modes: Vec::new(),
        mode: Mode::Broken,
    };
    for (at, piece) in pieces.iter().enumerate() {
        printer.piece(at, piece, pieces, &sums, text);
    }
    let mut output = printer.output;
    output.truncate(output.trim_end_matches([' ', '\n']).len());
    if !output.is_empty() {
        output.push('\n');
    }
    output
}

struct Printer {
    output: String,
    width: u32,
    column: u32,
    indent: usize,
    /// Indentation that the next text of this line is preceded by.
    pending: usize,
    indents: Vec<usize>,
    modes: Vec<Mode>,
    mode: Mode,
}

impl Printer {
    fn piece(&mut self, at: usize, piece: &Piece, pieces: &[Piece], sums: &Sums, text: &str) {
        match piece {
            Piece::Slice { start, end } => {
                self.text(slice(text, *start, *end), sums.width(at, at + 1));
            }
            Piece::Lines { start, end } => self.lines(slice(text, *start, *end)),
            Piece::Text(text) => self.text(text, text.len() as u32),
            Piece::IfBroken(text) => {
                if self.mode == Mode::Broken {
                    self.text(text, text.len() as u32);
                }
            }
            Piece::IfFlat(text) => {
                if self.mode != Mode::Broken {
                    self.text(text, text.len() as u32);
                }
            }
            Piece::Line(flat) => {
                if self.mode == Mode::Broken {
                    self.line();
                } else {
                    self.text(flat, flat.len() as u32);
                }
            }
            Piece::HardLine => self.line(),
            Piece::Loose => {}
            Piece::EmptyLine => {
                self.line();
                self.output.push('\n');
            }
            Piece::Open { close, hug } => {
                let mode = self.choose(at, *close as usize, *hug, pieces, sums);
                self.modes.push(std::mem::replace(&mut self.mode, mode));
            }
            Piece::Close => self.mode = self.modes.pop().unwrap_or(Mode::Broken),
            Piece::Indent => {
                self.indents.push(self.indent);
                if self.mode == Mode::Broken {
                    self.indent += INDENT;
                }
            }
            Piece::Dedent => self.indent = self.indents.pop().unwrap_or(0),
        }
    }

    fn choose(&self, open: usize, close: usize, hug: Hug, pieces: &[Piece], sums: &Sums) -> Mode {
        if self.mode == Mode::Flat {
            return Mode::Flat;
        }
        let room = self.width.saturating_sub(self.column);
        let forced = sums.breaks(open, close);
        let behind = sums.tail.get(close + 1).copied().unwrap_or(0);
        if !forced && sums.width(open, close).saturating_add(behind) <= room {
            return Mode::Flat;
        }
        let Hug::From(from) = hug else { return Mode::Broken };
        let from = from as usize;
        let fits = !sums.breaks(open, from)
            && sums.width(open, from).saturating_add(self.first_line(from, close, pieces, sums, room))
                <= room;
        if fits { Mode::Hugging } else { Mode::Broken }
    }

    /// The columns up to the first place where a part can break; looks no further than there is room.
    fn first_line(&self, from: usize, close: usize, pieces: &[Piece], sums: &Sums, room: u32) -> u32 {
        let mut width = 0;
        for (at, piece) in pieces.iter().enumerate().take(close).skip(from) {
            if matches!(piece, Piece::Line(_) | Piece::HardLine | Piece::EmptyLine | Piece::Lines { .. })
                || width > room
            {
                break;
            }
            width += sums.width(at, at + 1);
        }
        width
    }

    fn text(&mut self, text: &str, width: u32) {
        if text.is_empty() {
            return;
        }
        if self.pending > 0 {
            self.output.extend(std::iter::repeat_n(' ', self.pending));
            self.pending = 0;
        }
        self.output.push_str(text);
        self.column += width;
    }

    fn lines(&mut self, text: &str) {
        let first = text.find(['\n', '\r']).unwrap_or(text.len());
        self.text(text.get(..first).unwrap_or_default(), 0);
        let rest = text.get(first..).unwrap_or_default();
        if rest.contains('\r') {
            self.output.push_str(&rest.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.output.push_str(rest);
        }
        let last = rest.rfind(['\n', '\r']).and_then(|at| rest.get(at + 1..)).unwrap_or_default();
        self.column = columns(last);
    }

    fn line(&mut self) {
        let kept = self.output.trim_end_matches(' ').len();
        self.output.truncate(kept);
        self.output.push('\n');
        self.pending = self.indent;
        self.column = self.indent as u32;
    }
}
