use super::Level;
use crate::Construct;
use crate::generator::Generator;
use crate::kind::Kind;

impl Generator<'_, '_> {
    /// A value written out.
    pub(super) fn literal(&mut self, kind: &Kind, least: Level) {
        self.counts.add(Construct::Literal);
        match kind {
            Kind::Number => self.number_literal(least),
            Kind::Text => self.text_literal(),
            Kind::Truth => {
                let text = self.choices.pick(&["true", "false"]);
                self.token(text);
            }
            Kind::List(of) => {
                let count = self.how_many(0, 3);
                self.listed("[", "]", count, |this, _| this.deeper(|this| this.literal(of, Level::Pipe)));
            }
            Kind::Record(fields) => self.record_literal(fields),
            Kind::Answer(of) => self.literal(of, least),
            Kind::Agent(index) => self.any_agent(*index),
            Kind::Any => self.any_literal(least),
        }
    }

    fn number_literal(&mut self, least: Level) {
        // A point behind a number would belong to it, and so would letters.
        if least == Level::Postfix {
            return self.parentheses(|this| this.number_literal(Level::Unary));
        }
        let plain = self.choices.pick(&["0", "1", "2", "7", "42", "100", "0.5", "3.25"]);
        if self.with(Construct::NumberForm, 20) {
            let form = self.choices.pick(&["0xff", "1_000", "1e3", "2.5e-3", "10_000.5", "0x1A", "1E+2"]);
            self.token(form);
        } else {
            self.token(plain);
        }
    }

    fn any_literal(&mut self, least: Level) {
        use Construct as C;
        match self.choose(&[C::Literal, C::Duration, C::Money, C::Undefined]) {
            C::Duration => self.duration(),
            C::Money => self.money(),
            C::Undefined => self.token("undefined"),
            _ => match self.choices.below(4) {
                0 => self.token("null"),
                1 => self.number_literal(least),
                2 => self.text_literal(),
                _ => self.token("true"),
            },
        }
    }

    pub(crate) fn duration(&mut self) {
        self.counts.add(Construct::Duration);
        let text = self.choices.pick(&["1s", "250ms", "30s", "5m", "2h", "7d", "1.5h", "1h30m", "2m5s"]);
        self.token(text);
    }

    pub(crate) fn money(&mut self) {
        self.counts.add(Construct::Money);
        let text = self.choices.pick(&["$1", "$0.002", "$0.05", "$12.50"]);
        self.token(text);
    }

    /// A number between 0 and 1.
    pub(crate) fn confidence(&mut self) {
        let text = self.choices.pick(&["0.9", "0.5", "0.75", "1", "0", "0.999"]);
        self.token(text);
    }
}
