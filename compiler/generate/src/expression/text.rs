use super::Level;
use crate::Construct as C;
use crate::document::{Mode, Piece};
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

/// How a string is delimited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Double,
    Single,
    Backtick,
    Raw,
}

impl Quotes {
    fn text(self) -> &'static str {
        match self {
            Self::Double => "\"",
            Self::Single => "'",
            Self::Backtick => "`",
            Self::Raw => "```",
        }
    }

    fn spans_lines(self) -> bool {
        matches!(self, Self::Backtick | Self::Raw)
    }
}

impl Generator<'_, '_> {
    /// A text that is computed.
    pub(super) fn text(&mut self, least: Level) {
        match self.choose(&[C::Template, C::Template, C::Arithmetic, C::Call, C::Call, C::Typeof]) {
            C::Arithmetic => {
                self.binary(&Kind::Text, Level::Sum, Level::Product, least, &["+"]);
            }
            C::Call => self.text_call(),
            C::Typeof => self.level(Level::Unary, least, |this| {
                this.word_operator("typeof", &Kind::Any);
            }),
            _ => self.template(),
        }
    }

    fn text_call(&mut self) {
        match self.choices.below(4) {
            0 => {
                self.expression(&Kind::Text, Level::Postfix);
                let name = self.choices.pick(&["trim", "upper", "lower", "toUpperCase"]);
                self.method(name);
                self.listed("(", ")", 0, |_, _| {});
            }
            1 => {
                self.expression(&Kind::Text, Level::Postfix);
                self.method("replace");
                self.listed("(", ")", 2, |this, _| this.value(&Kind::Text));
            }
            2 => {
                let kind = self.plain_kind();
                self.expression(&Kind::list(kind), Level::Postfix);
                self.method("join");
                self.listed("(", ")", 1, |this, _| this.text_literal());
            }
            _ => {
                self.tokens(&["JSON", ".", "stringify"]);
                self.listed("(", ")", 1, |this, _| this.value(&Kind::Any));
            }
        }
    }

    /// A text without interpolation, in quotes of any form.
    pub(crate) fn text_literal(&mut self) {
        let quotes = self.quotes();
        let mut text = String::from(quotes.text());
        self.characters(&mut text, quotes);
        text.push_str(quotes.text());
        // Two backticks and a third would begin a raw text.
        if text == "``" {
            "` `".clone_into(&mut text);
        }
        self.token(text);
    }

    fn quotes(&mut self) -> Quotes {
        match self.choose(&[C::Literal, C::Literal, C::SingleQuotes, C::Backticks, C::RawString]) {
            C::SingleQuotes => Quotes::Single,
            C::Backticks => Quotes::Backtick,
            C::RawString => Quotes::Raw,
            _ => Quotes::Double,
        }
    }

    /// What stands between the quotes.
    fn characters(&mut self, text: &mut String, quotes: Quotes) {
        text.push_str(names::words(self.choices));
        if quotes != Quotes::Raw && self.with(C::Escape, 15) {
            let escape = self.choices.pick(&[
                "\\n",
                "\\t",
                "\\r",
                "\\\\",
                "\\\"",
                "\\'",
                "\\`",
                "\\$",
                "\\0",
                "\\u{1F600}",
                "\\u{e9}",
                "\\${x}",
            ]);
            text.push_str(escape);
        }
        if quotes.spans_lines() && self.with(C::StringOverLines, 25) {
            let lines = self.choices.pick(&[
                "\n",
                "\n  two\n    lines",
                "\n\n// no comment\n",
                "\n<a href=\"x\">it's</a>\n",
            ]);
            text.push_str(lines);
        }
    }

    /// A text with `${…}` in it.
    pub(super) fn template(&mut self) {
        let quotes = match self.choose(&[C::Template, C::Backticks, C::RawString]) {
            C::Backticks => Quotes::Backtick,
            C::RawString => Quotes::Raw,
            _ => Quotes::Double,
        };
        let count = self.how_many(1, 3);
        let mut piece = String::from(quotes.text());
        let head = std::mem::replace(&mut self.place.head, false);
        for _ in 0..count {
            self.characters(&mut piece, quotes);
            piece.push_str("${");
            // Inside quotes of one line, the line goes on.
            let mode = if quotes.spans_lines() { Mode::Brackets } else { Mode::OneLine };
            self.document.open(std::mem::take(&mut piece), mode);
            if self.with(C::NestedTemplate, 10) {
                self.deeper(Self::template);
            } else {
                let kind = self.kind();
                self.value(&kind);
            }
            self.document.piece(Piece::Leave);
            piece.push('}');
        }
        self.characters(&mut piece, quotes);
        piece.push_str(quotes.text());
        self.token(piece);
        self.place.head = head;
    }
}
