//! What values are given to, and the patterns of `match`.

use super::list::Layout;
use super::writer::Writer;
use crate::Kind;
use crate::ast::{MatchPattern, MatchRest, Target};

impl<'a> Writer<'a> {
    pub(super) fn target(&mut self, target: &Target) {
        match target {
            Target::Name(_) => self.token(),
            Target::Record(record) => {
                let count = record.fields.len() + usize::from(record.rest.is_some());
                self.list(count, Layout::RECORD, |writer, index| match record.fields.get(index) {
                    Some(field) => {
                        writer.token();
                        if let Some(target) = &field.target {
                            writer.token();
                            writer.space();
                            writer.target(target);
                        }
                        if field.confidence.is_some() {
                            writer.spaced();
                            writer.token();
                        }
                        writer.default(field.default);
                    }
                    None => {
                        writer.token();
                        writer.token();
                    }
                });
            }
            Target::List(list) if list.items.iter().any(Option::is_none) => {
                // Each comma counts: one line, and none is added.
                self.token();
                for (index, item) in list.items.iter().enumerate() {
                    if index > 0 {
                        self.comma();
                        self.space();
                    }
                    if item.is_none() && index > 0 {
                        self.literal("");
                    }
                    if let Some(item) = item {
                        self.target(&item.target);
                        self.default(item.default);
                    }
                }
                while self.is(Kind::Comma) {
                    self.comma();
                }
                if list.rest.is_some() {
                    self.space();
                    self.token();
                    self.token();
                }
                self.token();
            }
            Target::List(list) => {
                let count = list.items.len() + usize::from(list.rest.is_some());
                let layout = Layout::LIST;
                let layout = if list.rest.is_some() { layout.without_trailing_comma() } else { layout };
                self.list(count, layout, |writer, index| match list.items.get(index) {
                    Some(Some(item)) => {
                        writer.target(&item.target);
                        writer.default(item.default);
                    }
                    _ => {
                        writer.token();
                        writer.token();
                    }
                });
            }
        }
    }

    pub(super) fn pattern(&mut self, pattern: &MatchPattern) {
        match pattern {
            MatchPattern::Wildcard(_) | MatchPattern::Name(_) => self.token(),
            MatchPattern::Literal(_, span) => self.until(span.end),
            MatchPattern::Is { target, .. } => {
                self.token();
                self.spaced();
                self.type_expression(*target);
            }
            MatchPattern::Record { fields, rest, .. } => {
                let count = fields.len() + usize::from(rest.is_some());
                self.list(count, Self::pattern_layout(Layout::RECORD, rest), |writer, index| {
                    match fields.get(index) {
                        Some(field) => {
                            writer.token();
                            if let Some(pattern) = &field.pattern {
                                writer.token();
                                writer.space();
                                writer.pattern(pattern);
                            }
                        }
                        None => writer.rest(rest.as_ref()),
                    }
                });
            }
            MatchPattern::List { items, rest, .. } => {
                let count = items.len() + usize::from(rest.is_some());
                self.list(count, Self::pattern_layout(Layout::LIST, rest), |writer, index| {
                    match items.get(index) {
                        Some(item) => writer.pattern(item),
                        None => writer.rest(rest.as_ref()),
                    }
                });
            }
            MatchPattern::Alternatives(alternatives) => {
                self.open();
                self.indent();
                for (index, alternative) in alternatives.iter().enumerate() {
                    if index > 0 {
                        self.line();
                        self.token();
                        self.space();
                    } else {
                        self.skip(Kind::Bar);
                    }
                    self.pattern(alternative);
                }
                self.dedent();
                self.close();
            }
            MatchPattern::Value(value) => self.expression(*value),
        }
    }

    fn pattern_layout(layout: Layout, rest: &Option<MatchRest>) -> Layout {
        if rest.is_some() { layout.without_trailing_comma() } else { layout }
    }

    fn rest(&mut self, rest: Option<&MatchRest>) {
        self.token();
        if rest.is_some_and(|rest| rest.name.is_some()) {
            self.token();
        }
    }
}
