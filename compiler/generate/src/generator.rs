//! What all parts of the generator share: decisions, tokens, scope.

use std::borrow::Cow;
use std::rc::Rc;

use crate::document::{Document, Gap, Mode, Piece, Separator};
use crate::expression::Level;
use crate::kind::Kind;
use crate::names;
use crate::scope::{Scope, Variable};
use crate::{Choices, Construct, Counts, Profile};

/// How deep expressions and statements are nested at most.
const DEEPEST: usize = 9;

/// Constructs whose count is exact: as many as the tree has nodes of their kind.
const COUNTED_WHERE_WRITTEN: &[Construct] = &[
    Construct::As,
    Construct::Await,
    Construct::Certainly,
    Construct::Do,
    Construct::DoWhile,
    Construct::ForClassic,
    Construct::ForIn,
    Construct::ForOf,
    Construct::If,
    Construct::Is,
    Construct::Instanceof,
    Construct::Match,
    Construct::New,
    Construct::Pipe,
    Construct::Return,
    Construct::Ternary,
    Construct::TildeTernary,
    Construct::Try,
    Construct::TypeAlias,
    Construct::Typeof,
    Construct::UncertainIf,
    Construct::While,
];

/// Where in the program something is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// In the head of an `if` and the like, outside of brackets.
    pub(crate) head: bool,
    pub(crate) in_loop: bool,
    /// What the function or pattern around gives back.
    pub(crate) result: Option<Kind>,
    /// The variables before this one are not this function's: they are not assigned.
    pub(crate) own_variables: usize,
    pub(crate) in_test: bool,
    /// In what an `assert` asserts, outside of blocks: `assert (a, "why")` gives the reason in the parentheses, so that
    /// no comma of thresholds may stand there.
    pub(crate) asserts: bool,
    /// Whether the front matter or the platform puts names in scope.
    pub(crate) in_script: bool,
}

pub(crate) struct Generator<'a, 'c> {
    pub(crate) choices: &'a mut Choices<'c>,
    profile: &'a Profile,
    pub(crate) document: Document,
    pub(crate) counts: Counts,
    pub(crate) scope: Scope,
    pub(crate) place: Place,
    /// How much more may be written.
    fuel: usize,
    depth: usize,
    /// The number of tokens where the statement begins.
    statement: usize,
    /// The number of tokens where a lambda's body begins.
    body: usize,
}

impl<'a, 'c> Generator<'a, 'c> {
    pub(crate) fn new(choices: &'a mut Choices<'c>, profile: &'a Profile) -> Self {
        let fuel = choices.pick(&[0, 4, 12, 30, 30, 80, 80, 200, 500, 1500]);
        Self {
            choices,
            profile,
            document: Document::default(),
            counts: Counts::default(),
            scope: Scope::default(),
            place: Place::default(),
            fuel,
            depth: 0,
            statement: 0,
            body: usize::MAX,
        }
    }

    /// One of several constructs, the first when little is left to write.
    pub(crate) fn choose(&mut self, from: &[Construct]) -> Construct {
        let allowed: Vec<_> = from.iter().copied().filter(|one| self.profile.allows(*one)).collect();
        let index = if self.is_spent() { 0 } else { self.choices.below(allowed.len()) };
        let chosen = allowed.get(index).or_else(|| from.first()).copied().unwrap_or(Construct::Literal);
        if !COUNTED_WHERE_WRITTEN.contains(&chosen) {
            self.counts.add(chosen);
        }
        chosen
    }

    /// Whether the profile has a construct.
    pub(crate) fn allows(&self, construct: Construct) -> bool {
        self.profile.allows(construct)
    }

    /// Whether to use a construct where it is an option, in so many of a hundred cases.
    pub(crate) fn with(&mut self, construct: Construct, percent: usize) -> bool {
        let used = !self.is_spent() && self.profile.allows(construct) && self.choices.chance(percent);
        if used {
            self.counts.add(construct);
        }
        used
    }

    /// How many of something, from `least` on; few when little is left to write.
    pub(crate) fn how_many(&mut self, least: usize, most: usize) -> usize {
        if self.is_spent() { least } else { least + self.choices.below(most - least + 1) }
    }

    /// Whether only what is smallest should be written.
    pub(crate) fn is_spent(&self) -> bool {
        self.fuel == 0 || self.depth > DEEPEST || self.choices.is_used_up()
    }

    pub(crate) fn fuel(&self) -> usize {
        self.fuel
    }

    /// Something one level deeper.
    pub(crate) fn deeper<R>(&mut self, inside: impl FnOnce(&mut Self) -> R) -> R {
        self.fuel = self.fuel.saturating_sub(1);
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    pub(crate) fn token(&mut self, text: impl Into<Cow<'static, str>>) {
        self.document.token(text);
    }

    pub(crate) fn tokens(&mut self, texts: &[&'static str]) {
        for text in texts {
            self.document.token(*text);
        }
    }

    pub(crate) fn gap(&mut self, gap: Gap) {
        self.document.gap(gap);
    }

    /// A symbolic binary operator: a line may break on both sides.
    pub(crate) fn operator(&mut self, text: &'static str) {
        self.gap(Gap::Free);
        self.token(text);
        self.gap(Gap::Free);
    }

    /// A token after which a line may break.
    pub(crate) fn breaking(&mut self, text: &'static str) {
        self.token(text);
        self.gap(Gap::Free);
    }

    /// The end of a thing, others follow.
    pub(crate) fn end(&mut self, separator: Separator, bare: bool) {
        self.gap(Gap::End { separator, bare });
    }

    /// Things between brackets, with commas between them.
    pub(crate) fn listed(
        &mut self,
        open: &'static str,
        close: &'static str,
        count: usize,
        mut one: impl FnMut(&mut Self, usize),
    ) {
        self.bracketed(open, close, |this| {
            for index in 0..count {
                if index > 0 {
                    this.token(",");
                }
                one(this, index);
            }
            if count > 0 {
                this.document.piece(Piece::Comma);
            }
        });
    }

    /// Something between brackets in which line breaks are white space.
    pub(crate) fn bracketed(
        &mut self,
        open: &'static str,
        close: &'static str,
        inside: impl FnOnce(&mut Self),
    ) {
        let head = std::mem::replace(&mut self.place.head, false);
        self.document.open(open, Mode::Brackets);
        inside(self);
        self.document.close(close);
        self.place.head = head;
    }

    /// Things between braces in which line breaks separate.
    pub(crate) fn braced(&mut self, separator: Separator, inside: impl FnOnce(&mut Self)) {
        let head = std::mem::replace(&mut self.place.head, false);
        let asserts = std::mem::replace(&mut self.place.asserts, false);
        self.document.open("{", Mode::Block);
        let before = self.document.len();
        self.gap(Gap::Open);
        inside(self);
        let empty = self.document.len() == before;
        self.gap(if empty { Gap::Free } else { Gap::Last(separator) });
        self.document.close("}");
        self.place.head = head;
        self.place.asserts = asserts;
    }

    /// A block; what is declared in it ends with it.
    pub(crate) fn block(&mut self, inside: impl FnOnce(&mut Self)) {
        let mark = self.scope.mark();
        self.braced(Separator::Statement, |this| {
            this.begin_statement();
            inside(this);
        });
        self.scope.forget(mark);
    }

    /// What is written inside belongs to a function of its own.
    pub(crate) fn function_body(&mut self, result: Option<Kind>, inside: impl FnOnce(&mut Self)) {
        let own_variables = self.scope.variables.len();
        let in_script = self.place.in_script;
        // An arrow's body may stand in a head; a block's braces end the head.
        let head = self.place.head;
        let place = Place { head, result, own_variables, in_script, ..Place::default() };
        let around = std::mem::replace(&mut self.place, place);
        inside(self);
        self.place = around;
    }

    pub(crate) fn begin_statement(&mut self) {
        self.statement = self.document.len();
    }

    pub(crate) fn begin_body(&mut self) {
        self.body = self.document.len();
    }

    /// Whether the next token begins a statement.
    pub(crate) fn at_statement(&self) -> bool {
        self.document.len() == self.statement
    }

    /// Whether a `{` here would begin a block, or the body of what the head belongs to.
    pub(crate) fn no_brace(&self) -> bool {
        self.at_statement() || self.document.len() == self.body || self.place.head
    }

    /// How tightly the operand of a prefix binds that would be written here: where the prefix must touch it, it is
    /// no prefix.
    pub(crate) fn prefix_operand(&self) -> Level {
        let touches = self.at_statement() || self.document.len() == self.body;
        if touches { Level::Postfix } else { Level::Unary }
    }

    /// A name that no other variable has.
    pub(crate) fn fresh_name(&mut self) -> String {
        if self.with(Construct::ContextualName, 6) {
            let name = names::contextual(self.choices);
            if self.scope.variables.iter().all(|variable| variable.name != name) {
                return name.to_owned();
            }
        }
        let number = self.scope.number();
        names::variable(self.choices, number)
    }

    pub(crate) fn declare(&mut self, name: String, kind: Kind, mutable: bool) {
        self.scope.variables.push(Variable { name, kind, mutable });
    }

    /// A variable that fits.
    pub(crate) fn variable(&mut self, fits: impl Fn(&Variable) -> bool) -> Option<Variable> {
        let fitting: Vec<_> = self.scope.variables.iter().filter(|variable| fits(variable)).collect();
        let index = self.choices.below(fitting.len());
        fitting.get(index).map(|variable| (*variable).clone())
    }

    /// The type of something to come.
    pub(crate) fn kind(&mut self) -> Kind {
        match self.choices.below(12) {
            0..=2 => Kind::Number,
            3..=5 => Kind::Text,
            6 => Kind::Truth,
            7 => Kind::list(self.plain_kind()),
            8 => self.record_kind(),
            9 => Kind::list(self.record_kind()),
            10 => Kind::answer(self.plain_kind()),
            _ => Kind::Any,
        }
    }

    pub(crate) fn plain_kind(&mut self) -> Kind {
        match self.choices.below(4) {
            0 | 3 => Kind::Number,
            1 => Kind::Text,
            _ => Kind::Truth,
        }
    }

    pub(crate) fn record_kind(&mut self) -> Kind {
        let count = 1 + self.choices.below(3);
        let mut fields: Vec<(&'static str, Kind)> = Vec::new();
        for _ in 0..count {
            let key = names::key(self.choices);
            if fields.iter().all(|(known, _)| *known != key) {
                let kind = self.plain_kind();
                fields.push((key, kind));
            }
        }
        Kind::Record(Rc::from(fields))
    }

    /// A key of a record, with a note where it is a reserved word.
    pub(crate) fn key_token(&mut self, key: &'static str) {
        if names::is_reserved(key) {
            self.counts.add(Construct::ReservedKey);
        }
        self.token(key);
    }
}
