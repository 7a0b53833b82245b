//! Writes a document by choices: where lines break, what is indented how, where comments stand.
//!
//! The smallest choices give a tidy text.

mod comment;
mod spacing;
mod style;

use crate::Choices;
use crate::document::{Document, Gap, Mode, Piece, Separator};
use style::Style;

/// The text of a document.
pub(crate) fn write(document: &Document, choices: &mut Choices<'_>) -> String {
    let style = Style::choose(choices);
    let windows = style.windows_lines;
    let mut writer = Writer {
        choices,
        text: String::from(if style.byte_order_mark { "\u{feff}" } else { "" }),
        last: String::new(),
        style,
        modes: Vec::new(),
        gap: None,
        broken: true,
        leads: false,
        prefixes: false,
    };
    for piece in &document.pieces {
        writer.piece(piece);
    }
    writer.finish();
    if windows { writer.text.replace('\n', "\r\n") } else { writer.text }
}

struct Writer<'a, 'c> {
    choices: &'a mut Choices<'c>,
    style: Style,
    text: String,
    /// The token before.
    last: String,
    modes: Vec<Mode>,
    /// What was asked of the next gap.
    gap: Option<Gap>,
    /// Whether a line broke behind the token before.
    broken: bool,
    /// Whether the token before is the first of its line.
    leads: bool,
    /// Whether the token before is a sign behind a word such as `await`, and touches its operand: with spaces on both
    /// sides it would stand between two operands.
    prefixes: bool,
}

impl Writer<'_, '_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Token(text) => self.token(text),
            Piece::Gap(gap) => self.gap = Some(*gap),
            Piece::Comma => {
                if self.choices.chance(self.style.commas) {
                    self.token(",");
                }
            }
            Piece::Enter(mode) => self.modes.push(*mode),
            Piece::Leave => {
                // The closing bracket stands where what is inside ends.
                if self.gap.is_none() && self.modes.last() == Some(&Mode::Brackets) {
                    self.gap = Some(Gap::Free);
                }
                self.modes.pop();
            }
            Piece::Documentation(text) => {
                self.end_gap();
                self.fresh_line();
                self.text.push_str("///");
                self.text.push_str(text);
                self.line_break();
            }
            Piece::Lines(lines) => {
                self.end_gap();
                self.fresh_line();
                self.text.push_str(lines);
                self.line_break();
            }
        }
    }

    fn token(&mut self, text: &str) {
        let gap = self.gap.take();
        // A sign that begins a line goes on with the expression where a space follows it.
        if self.leads && matches!(self.last.as_str(), "+" | "-") && gap != Some(Gap::Touch) {
            self.text.push(' ');
        }
        if self.prefixes && !spacing::must(&self.last, text) {
            self.prefixes = false;
        } else {
            self.prefixes = spacing::is_word_operator(&self.last) && spacing::is_prefix(text);
            self.between(gap, text);
        }
        self.leads = std::mem::take(&mut self.broken);
        self.text.push_str(text);
        self.last.clear();
        self.last.push_str(text);
    }

    fn between(&mut self, gap: Option<Gap>, next: &str) {
        let free = if self.modes.last() == Some(&Mode::Brackets) { Gap::Free } else { Gap::Stay };
        let gap = gap.unwrap_or(free);
        let one_line = self.modes.contains(&Mode::OneLine);
        match gap {
            Gap::Touch => {}
            Gap::Stay => self.space(next),
            Gap::Free if !one_line && self.choices.chance(self.style.breaks) => self.new_line(),
            Gap::Free => self.space(next),
            Gap::Open if one_line || self.choices.chance(self.style.one_liners) => self.space(next),
            Gap::Open => self.new_line(),
            Gap::End { separator, bare } => self.end(separator, bare, one_line, next),
            Gap::Last(separator) => self.last(separator, one_line, next),
        }
    }

    fn end(&mut self, separator: Separator, bare: bool, one_line: bool, next: &str) {
        let word = next.starts_with(|letter: char| letter.is_alphabetic());
        if bare && word && self.last == "}" && self.choices.chance(self.style.semicolons / 4) {
            return self.space(next);
        }
        if separator != Separator::Line && (one_line || self.choices.chance(self.style.semicolons)) {
            self.separate(separator);
            if one_line || self.choices.chance(self.style.one_liners) {
                return self.space(next);
            }
        }
        self.new_line();
        if self.choices.chance(self.style.blank_lines) {
            let lines = self.choices.pick(&["\n", "\n", "\n\n\n"]);
            self.text.push_str(lines);
            self.indent();
        }
    }

    fn last(&mut self, separator: Separator, one_line: bool, next: &str) {
        if self.choices.chance(self.style.semicolons) {
            self.separate(separator);
        }
        if one_line || self.choices.chance(self.style.one_liners) {
            self.space(next)
        } else {
            self.new_line()
        }
    }

    fn separate(&mut self, separator: Separator) {
        let text = match separator {
            Separator::Line => return,
            Separator::Statement => ";",
            Separator::Pair => ",",
            Separator::Field => self.choices.pick(&[",", ";"]),
        };
        self.text.push_str(text);
        text.clone_into(&mut self.last);
    }

    /// White space within a line, or a comment.
    fn space(&mut self, next: &str) {
        if self.choices.chance(self.style.comments) {
            let space = self.choices.pick(&[" ", ""]);
            // A slash or star that touches the comment would be read with it.
            self.text.push(' ');
            self.text.push_str(comment::inline(self.choices));
            self.text.push_str(space);
            return;
        }
        let needed = spacing::must(&self.last, next);
        let odd = self.choices.chance(self.style.odd_spaces);
        if needed || spacing::usual(&self.last, next) != odd {
            self.text.push_str(if odd { self.choices.pick(&[" ", "  ", "\t"]) } else { " " });
        }
    }

    /// A line break, perhaps with comments, and the indentation after it.
    fn new_line(&mut self) {
        if self.choices.chance(self.style.comments) {
            let text = comment::any(self.choices);
            self.text.push(' ');
            self.text.push_str(&text);
        }
        self.line_break();
        if self.choices.chance(self.style.comments) {
            let text = comment::any(self.choices);
            self.text.push_str(&text);
            self.line_break();
        }
    }

    fn line_break(&mut self) {
        if self.choices.chance(self.style.odd_spaces / 4) {
            self.text.push_str(" \t");
        }
        self.text.push('\n');
        self.broken = true;
        self.indent();
    }

    fn indent(&mut self) {
        let depth = self.modes.len();
        let indentation = self.style.indentation(depth, self.choices);
        self.text.push_str(&indentation);
    }

    /// Ends what is open before a line that is no token.
    fn end_gap(&mut self) {
        match self.gap.take() {
            Some(Gap::End { .. } | Gap::Open) if !self.text.is_empty() => self.line_break(),
            other => self.gap = other,
        }
    }

    fn fresh_line(&mut self) {
        let line = self.text.rsplit('\n').next().unwrap_or_default();
        if !line.trim().is_empty() {
            self.line_break();
        }
        self.last.clear();
    }

    fn finish(&mut self) {
        match self.choices.below(4) {
            0 => self.text.push('\n'),
            1 => {}
            2 => self.text.push_str("\n\n"),
            _ if self.style.comments > 0 => self.text.push_str(" // the end"),
            _ => {}
        }
    }
}
