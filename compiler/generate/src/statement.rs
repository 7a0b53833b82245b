//! Statements.

mod assign;
mod attempt;
mod bind;
mod branch;
mod repeat;

use crate::Construct as C;
use crate::document::Separator;
use crate::expression::Level;
use crate::generator::Generator;
use crate::kind::Kind;
use crate::names;

impl Generator<'_, '_> {
    /// Some statements, none the last of its block.
    pub(crate) fn statements(&mut self, least: usize, most: usize) {
        let count = self.how_many(least, most);
        for index in 0..count {
            let bare = self.statement();
            if index + 1 < count {
                self.end(Separator::Statement, bare);
            }
        }
    }

    /// Statements in braces; what is declared in them ends with them.
    pub(crate) fn block_of_statements(&mut self, least: usize) {
        self.block(|this| this.statements(least, 3));
    }

    /// A statement. True if it ends with the brace of a block, so that nothing need separate it from the next.
    pub(crate) fn statement(&mut self) -> bool {
        self.begin_statement();
        self.deeper(|this| {
            if this.is_spent() {
                return this.let_statement("let");
            }
            this.statement_of_any_form()
        })
    }

    fn statement_of_any_form(&mut self) -> bool {
        const FORMS: &[C] = &[
            C::Let,
            C::Let,
            C::Let,
            C::Let,
            C::Let,
            C::Const,
            C::Const,
            C::RecordDestructuring,
            C::ListDestructuring,
            C::ManyBindings,
            C::Assignment,
            C::Assignment,
            C::CompoundAssignment,
            C::TildeAssignment,
            C::PlaceAssignment,
            C::DestructuringAssignment,
            C::Increment,
            C::If,
            C::If,
            C::If,
            C::ForIn,
            C::ForOf,
            C::ForClassic,
            C::While,
            C::DoWhile,
            C::Try,
            C::Try,
            C::Match,
            C::UncertainIf,
            C::Call,
            C::Call,
            C::Call,
            C::BlockStatement,
            C::NestedFunction,
            C::LocalType,
            C::LambdaAssignment,
            C::Return,
            C::Assert,
        ];
        match self.choose(FORMS) {
            C::Const => self.let_statement("const"),
            C::RecordDestructuring => self.let_record(),
            C::ListDestructuring => self.let_list(),
            C::ManyBindings => self.let_many(),
            C::Assignment => self.assignment(),
            C::CompoundAssignment => self.compound_assignment(),
            C::TildeAssignment => self.tilde_assignment(),
            C::PlaceAssignment => self.place_assignment(),
            C::DestructuringAssignment => self.destructuring_assignment(),
            C::Increment => self.increment(),
            C::If => self.if_statement(),
            C::ForIn | C::ForOf => self.for_each(),
            C::ForClassic => self.for_classic(),
            C::While => self.while_loop(),
            C::DoWhile => self.do_while(),
            C::Try => self.try_statement(),
            C::Match => {
                self.matching(Self::branch);
                true
            }
            C::UncertainIf => {
                self.uncertain_statement();
                true
            }
            C::Call => self.call_statement(),
            C::BlockStatement => {
                self.block(|this| {
                    this.let_statement("let");
                    this.end(Separator::Statement, false);
                    this.statements(1, 2);
                });
                true
            }
            C::NestedFunction => {
                self.function();
                true
            }
            C::LocalType => {
                self.type_alias();
                false
            }
            C::LambdaAssignment => {
                self.expression(&Kind::list(Kind::Any), Level::Postfix);
                self.method("forEach");
                self.listed("(", ")", 1, |this, _| this.assigning_lambda());
                false
            }
            C::Return => self.guarded_exit(),
            C::Assert if self.place.in_test => self.assert_statement(),
            _ => self.let_statement("let"),
        }
    }

    fn uncertain_statement(&mut self) {
        self.uncertain(|this, arrow| if arrow { this.simple_branch() } else { this.block_of_statements(0) });
    }

    /// What is done for its effect.
    fn call_statement(&mut self) -> bool {
        self.counts.add(C::Call);
        match self.choices.below(5) {
            0 => {
                self.token("log");
                let name = self.choices.pick(&["info", "warn", "error"]);
                self.method(name);
                self.listed("(", ")", 1, |this, _| this.value(&Kind::Text));
            }
            1 => {
                self.token("emit");
                let named = self.with(C::NamedArgument, 30);
                self.listed("(", ")", if named { 3 } else { 2 }, |this, index| match index {
                    0 => this.text_literal(),
                    1 => this.value(&Kind::Any),
                    _ => {
                        let key = names::key(this.choices);
                        this.key_token(key);
                        this.breaking(":");
                        this.value(&Kind::Any);
                    }
                });
            }
            2 => {
                let own = self.place.own_variables;
                let names: Vec<_> =
                    self.scope.variables.iter().skip(own).map(|variable| variable.name.clone()).collect();
                let found = self.variable(|variable| {
                    matches!(variable.kind, Kind::List(_)) && names.contains(&variable.name)
                });
                let Some(list) = found else { return self.let_statement("let") };
                let Kind::List(of) = &list.kind else { return false };
                self.name(list.name.clone());
                self.method("push");
                self.listed("(", ")", 1, |this, _| this.value(of));
            }
            3 => {
                let kind = self.kind();
                self.expression(&Kind::list(kind.clone()), Level::Postfix);
                self.method("forEach");
                self.trailing(&[kind], &Kind::Any);
                return true;
            }
            _ => self.expression(&Kind::Any, Level::Pipe),
        }
        false
    }

    pub(crate) fn assert_statement(&mut self) -> bool {
        self.counts.add(C::Assert);
        self.token("assert");
        // Braces right behind the word would be a trailing block's.
        self.begin_body();
        self.place.asserts = true;
        self.expression(&Kind::Truth, Level::Ternary);
        self.place.asserts = false;
        if self.choices.chance(25) {
            self.breaking(",");
            self.text_literal();
        }
        false
    }
}
