use crate::Construct as C;
use crate::document::Gap;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    pub(super) fn try_statement(&mut self) -> bool {
        self.counts.add(C::Try);
        self.breaking("try");
        self.block_of_statements(0);
        let catches = self.with(C::Catch, 80) || !self.allows(C::Finally);
        if catches {
            self.catch();
        }
        if !catches || self.with(C::Finally, 30) {
            if !catches {
                self.counts.add(C::Finally);
            }
            self.gap(Gap::Free);
            self.token("finally");
            self.block_of_statements(0);
        }
        true
    }

    fn catch(&mut self) {
        let mark = self.scope.mark();
        self.gap(Gap::Free);
        self.token("catch");
        let name = self.plain_name();
        match self.choices.below(4) {
            0 => {}
            1 => self.token("_"),
            2 => {
                self.token(name.clone());
                self.declare(name, Kind::Any, false);
            }
            _ => {
                self.parentheses(|this| this.token(name.clone()));
                self.declare(name, Kind::Any, false);
            }
        }
        self.gap(Gap::Stay);
        self.block_of_statements(0);
        self.scope.forget(mark);
    }
}
