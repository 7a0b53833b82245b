use crate::Construct as C;
use crate::document::{Gap, Separator};
use crate::expression::Level;
use crate::generator::{Generator, Place};
use crate::kind::Kind;

impl Generator<'_, '_> {
    pub(super) fn test(&mut self) {
        self.token("test");
        self.text_literal_on_one_line();
        self.gap(Gap::Stay);
        let place = Place { in_test: true, own_variables: self.scope.variables.len(), ..Place::default() };
        let around = std::mem::replace(&mut self.place, place);
        self.block(|this| {
            let mocks = if this.scope.agents.is_empty() { 0 } else { this.how_many(0, 3) };
            for _ in 0..mocks {
                this.mock();
                this.end(Separator::Statement, false);
            }
            this.begin_statement();
            if this.with(C::ForAll, 20) {
                this.for_all();
                this.end(Separator::Statement, true);
            }
            let result = this.plain_name();
            this.begin_statement();
            this.token("let");
            this.token(result.clone());
            this.breaking("=");
            if let Some(pattern) = this.pattern_to_call() {
                this.token(pattern);
                let fields = this.record_kind();
                this.listed("(", ")", 1, |this, _| this.value(&fields));
            } else {
                this.value(&Kind::Any);
            }
            this.declare(result, Kind::Any, true);
            let count = this.how_many(0, 2);
            for _ in 0..count {
                this.end(Separator::Statement, false);
                let bare = this.statement();
                if bare {
                    this.end(Separator::Statement, true);
                    this.begin_statement();
                    this.assert_statement();
                }
            }
            this.end(Separator::Statement, false);
            this.begin_statement();
            this.assert_statement();
        });
        self.place = around;
    }

    fn text_literal_on_one_line(&mut self) {
        let text =
            self.choices.pick(&["\"unknown agents must agree\"", "'one is enough'", "\"größer\"", "\"\""]);
        self.token(text);
    }

    fn mock(&mut self) {
        self.token("mock");
        let index = self.choices.below(self.scope.agents.len());
        let name =
            self.scope.agents.get(index).map_or_else(|| "Anyone".to_owned(), |agent| agent.name.clone());
        self.token(name);
        let label = self.choices.pick(&["\"a\"", "'b'", "\"unsure one\""]);
        self.token(label);
        if self.with(C::Calibrated, 30) {
            self.token("calibrated");
        }
        let around = std::mem::replace(&mut self.place.head, true);
        match self.choose(&[C::MockReplies, C::MockReplies, C::MockFails, C::MockAnswers]) {
            C::MockFails => {
                self.token("fails");
                self.text_literal();
            }
            C::MockAnswers => {
                self.token("answers");
                self.arrow(&[Kind::Any], &Kind::answer(Kind::Text));
            }
            _ => {
                self.token("replies");
                let of = self.plain_kind();
                let count = self.how_many(1, 3);
                self.listed("[", "]", count, |this, _| {
                    this.expression(&of, Level::Coalesce);
                    this.counts.add(C::Attach);
                    this.operator("~>");
                    this.confidence();
                });
            }
        }
        self.place.head = around;
        if self.with(C::MockAfter, 25) {
            self.token("after");
            self.duration();
        }
    }

    fn for_all(&mut self) {
        let mark = self.scope.mark();
        self.tokens(&["for", "all"]);
        let count = self.how_many(1, 2);
        for index in 0..count {
            if index > 0 {
                self.breaking(",");
            }
            let kind = self.kind();
            let name = self.plain_name();
            self.token(name.clone());
            self.breaking(":");
            let declared = self.type_of(&kind);
            self.declare(name, declared, false);
        }
        self.gap(Gap::Stay);
        self.block(|this| {
            this.assert_statement();
        });
        self.scope.forget(mark);
    }
}
