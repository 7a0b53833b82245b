//! Expressions of a type.

mod access;
mod answer;
mod call;
mod collection;
mod control;
mod lambda;
mod level;
mod literal;
mod matching;
mod number;
mod operator;
mod text;
mod truth;

pub(crate) use level::Level;

use crate::Construct;
use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

impl Generator<'_, '_> {
    /// An expression of a type that binds at least as tightly as its place asks.
    pub(crate) fn expression(&mut self, kind: &Kind, least: Level) {
        self.deeper(|this| {
            if this.is_spent() {
                return this.smallest(kind, least);
            }
            match this.choices.below(5) {
                0 | 1 => this.smallest(kind, least),
                2 | 3 => this.of_kind(kind, least),
                _ => this.of_any_kind(kind, least),
            }
        });
    }

    /// An expression of any type, to stand in brackets or behind `=`.
    pub(crate) fn value(&mut self, kind: &Kind) {
        self.expression(kind, Level::Pipe);
    }

    /// What every type has: names, literals.
    fn smallest(&mut self, kind: &Kind, least: Level) {
        if self.place.in_script && self.injected(kind) {
            return;
        }
        if self.choices.chance(75)
            && let Some(variable) = self.variable(|variable| variable.kind.fits(kind))
        {
            self.counts.add(Construct::Name);
            return self.name(variable.name);
        }
        self.literal(kind, least);
    }

    /// The name of a variable; in parentheses where it might be read as a keyword.
    pub(crate) fn name(&mut self, name: String) {
        if self.at_statement() && names::has_a_meaning(&name) {
            self.bracketed("(", ")", |this| this.token(name));
        } else {
            self.token(name);
        }
    }

    /// Forms that fit one type.
    fn of_kind(&mut self, kind: &Kind, least: Level) {
        match kind {
            Kind::Number => self.number(least),
            Kind::Text => self.text(least),
            Kind::Truth => self.truth(least),
            Kind::List(of) => self.list(of),
            Kind::Record(fields) => self.record_of(fields, least),
            Kind::Answer(of) => self.answer(of, least),
            Kind::Agent(_) => self.literal(kind, least),
            Kind::Any => {
                let kind = self.kind();
                if self.choices.chance(30) { self.anything(least) } else { self.of_kind(&kind, least) }
            }
        }
    }

    /// Forms that every type has.
    fn of_any_kind(&mut self, kind: &Kind, least: Level) {
        use Construct as C;
        const FORMS: &[Construct] = &[
            C::Parentheses,
            C::Ternary,
            C::If,
            C::Match,
            C::UncertainIf,
            C::Do,
            C::Coalesce,
            C::Gate,
            C::GateElse,
            C::Pipe,
            C::Call,
            C::Call,
            C::Member,
            C::Member,
            C::Await,
            C::As,
            C::Certainly,
            C::OptionalMember,
            C::OptionalCall,
            C::OptionalIndex,
            C::TildeMember,
            C::TildeTernary,
            C::TildeCoalesce,
            C::Surer,
            C::TildeGate,
            C::New,
            C::FunctionExpression,
            C::TrailingBlock,
        ];
        if matches!(kind, Kind::Agent(_)) {
            return self.literal(kind, least);
        }
        match self.choose(FORMS) {
            C::Ternary => self.ternary(kind, least, "?"),
            C::TildeTernary => self.ternary(kind, least, "~?"),
            C::If => self.braces(least, |this| this.if_value(kind)),
            C::Match => self.braces(least, |this| this.match_value(kind)),
            C::UncertainIf => self.braces(least, |this| this.uncertain_value(kind)),
            C::Do => self.braces(least, |this| {
                this.counts.add(C::Do);
                this.token("do");
                this.gap(Gap::Free);
                this.block_of(kind);
            }),
            C::Coalesce => self.coalesce(kind, least, "??"),
            C::TildeCoalesce => self.coalesce(kind, least, "~??"),
            C::Surer => self.surer(kind, least),
            C::Gate => self.gated(kind, least, "~@>"),
            C::TildeGate => self.gated(kind, least, "~?>"),
            C::GateElse => self.gate_else(kind, least),
            C::Pipe => self.pipe(kind, least),
            C::Call => self.call(kind),
            C::Member => self.member(kind, least),
            C::OptionalMember => self.record_member(kind, "?."),
            C::TildeMember => self.record_member(kind, "~."),
            C::OptionalCall => self.optional_call(kind),
            C::OptionalIndex => self.optional_index(kind, least),
            C::Await => self.level(Level::Unary, least, |this| {
                this.word_operator("await", kind);
            }),
            C::As => self.cast(kind, least),
            C::Certainly => self.certainly(kind),
            C::New => self.new_value(kind, least),
            C::FunctionExpression => self.called_function(kind),
            C::TrailingBlock => self.trailing_block(kind),
            _ => self.parentheses(|this| this.value(kind)),
        }
    }

    /// `typeof e`, `await e`: the word is an operator where its operand follows on its line.
    fn word_operator(&mut self, word: &'static str, kind: &Kind) {
        self.counts.add(if word == "await" { Construct::Await } else { Construct::Typeof });
        self.token(word);
        self.gap(Gap::Stay);
        self.expression(kind, Level::Postfix);
    }

    /// Something that binds as `made`, in parentheses where its place asks for more.
    pub(crate) fn level(&mut self, made: Level, least: Level, write: impl FnOnce(&mut Self)) {
        if made < least || self.with(Construct::Parentheses, 3) {
            self.parentheses(write);
        } else {
            write(self);
        }
    }

    /// Something that begins with a word and ends with a brace.
    pub(crate) fn braces(&mut self, least: Level, write: impl FnOnce(&mut Self)) {
        if self.no_brace() || least > Level::Product {
            self.parentheses(write);
        } else {
            write(self);
        }
    }

    pub(crate) fn parentheses(&mut self, write: impl FnOnce(&mut Self)) {
        self.bracketed("(", ")", write);
    }
}
