//! Record literals.

use std::sync::Arc;

use prism_syntax::ast::{Entry, EntryKey, ExprId, Name};
use rustc_hash::FxHashMap;

use crate::checker::Checker;
use crate::error::Place;
use crate::relation::find_field;
use crate::{CheckError, FieldOf, Type};

impl Checker<'_> {
    /// A record literal where a record with certain fields is wanted.
    pub(crate) fn record_for(
        &mut self,
        id: ExprId,
        entries: &[Entry],
        fields: &[FieldOf],
        open: bool,
        place: &Place,
    ) -> Type {
        let before = self.effects;
        let mut given: Vec<Box<str>> = Vec::new();
        let mut spread_names: Vec<Box<str>> = Vec::new();
        let mut complete = true;
        for entry in entries {
            match entry {
                Entry::Pair { key: EntryKey::Name(name), value, .. } => {
                    match find_field(fields, &name.text) {
                        Some(field) => {
                            let inner = self.field_place(&name.text, place);
                            let wanted = if field.optional {
                                Type::optional(field.value.clone())
                            } else {
                                field.value.clone()
                            };
                            self.expression_for(*value, &wanted, &inner);
                        }
                        None => {
                            self.expression(*value, None);
                            if !open {
                                // It probably stands for the field that is missing then.
                                complete = false;
                                self.unknown_field(name.span, &name.text, fields, place);
                            }
                        }
                    }
                    self.no_repetition(&given, name, entries);
                    given.push(name.text.clone());
                }
                Entry::Pair { key: EntryKey::Computed(key), value, .. } => {
                    self.computed_key(*key);
                    self.expression(*value, None);
                    complete = false;
                }
                Entry::Spread(value) => match self.spread(*value) {
                    Some((spread, more)) => {
                        complete &= !more;
                        let later = overwritten(entries, entry);
                        for field in spread.iter().filter(|field| !later.contains(&&*field.name)) {
                            self.spread_field(*value, field, fields, open, place);
                        }
                        let there = spread.into_iter().filter(|field| !field.optional);
                        spread_names.extend(there.map(|field| field.name));
                    }
                    None => complete = false,
                },
            }
        }
        given.extend(spread_names);
        let missing = fields.iter().find(|field| !field.optional && !given.contains(&field.name));
        if let Some(field) = missing.filter(|_| complete) {
            let (span, field, wanted) = (self.tree[id].span, field.name.clone(), field.value.clone());
            self.report(CheckError::MissingField { span, field, wanted, place: place.clone() });
        }
        if self.effects > before {
            self.out.effects.insert(id, true);
        }
        Type::Record { fields: fields.into(), open }
    }

    /// A field that a spread brings where certain fields are wanted.
    fn spread_field(
        &mut self,
        value: ExprId,
        field: &FieldOf,
        wanted: &[FieldOf],
        open: bool,
        place: &Place,
    ) {
        let span = self.tree[value].span;
        let Some(known) = find_field(wanted, &field.name) else {
            if !open && matches!(place, Place::Result) {
                self.unknown_field(span, &field.name, wanted, place);
            }
            return;
        };
        let inner = self.field_place(&field.name, place);
        let (found, wanted) = (field.value.clone(), known.value.clone());
        let wanted = if known.optional { Type::optional(wanted) } else { wanted };
        if self.fits(&found, &wanted) {
            return;
        }
        let text = self.plain_text(value).map(|text| format!("{text}.{}", field.name).into());
        if found.is_uncertain() && self.fits(&found.certain(), &wanted) {
            self.report(CheckError::UngatedUse { span, found, wanted, place: inner, text });
        } else {
            self.report(CheckError::TypeMismatch { span, found, wanted, place: inner });
        }
    }

    /// The fields of a record that is spread, no surer than the record, and whether there may be others; none where
    /// nothing is known.
    fn spread(&mut self, value: ExprId) -> Option<(Vec<FieldOf>, bool)> {
        let found = self.expression(value, None);
        let (certain, uncertain) = found.split();
        let null = self.admits_null(&certain);
        match self.expand(&self.without_null(&certain)) {
            Type::Record { fields, open } => {
                let part = |field: &FieldOf| FieldOf {
                    name: field.name.clone(),
                    value: Type::uncertain_if(field.value.clone(), uncertain),
                    optional: field.optional || null,
                };
                Some((fields.iter().map(part).collect(), open))
            }
            Type::Null => Some((Vec::new(), false)),
            Type::Union(members) => {
                let (mut fields, open) = self.common_fields(&members)?;
                for field in &mut fields {
                    field.value = Type::uncertain_if(field.value.clone(), uncertain);
                    field.optional |= null;
                }
                Some((fields, open))
            }
            Type::Any | Type::Error | Type::Never | Type::Map(_) => None,
            _ => {
                let (span, wanted) =
                    (self.tree[value].span, Type::Record { fields: Arc::from([]), open: true });
                self.report(CheckError::TypeMismatch { span, found, wanted, place: Place::Spread });
                None
            }
        }
    }

    /// The fields of a value that is one of several records: those that only some of them have may be absent.
    fn common_fields(&self, members: &[Type]) -> Option<(Vec<FieldOf>, bool)> {
        let mut common: Option<(Vec<FieldOf>, bool)> = None;
        for member in members {
            let Type::Record { fields, open } = self.expand(member) else { return None };
            let Some((known, known_open)) = &mut common else {
                common = Some((fields.to_vec(), open));
                continue;
            };
            *known_open |= open;
            for field in known.iter_mut() {
                match find_field(&fields, &field.name) {
                    Some(other) => {
                        field.value = self.join(field.value.clone(), other.value.clone());
                        field.optional |= other.optional;
                    }
                    None => field.optional = true,
                }
            }
            let added = fields.iter().filter(|field| find_field(known, &field.name).is_none());
            let added: Vec<_> = added.map(|field| FieldOf { optional: true, ..field.clone() }).collect();
            known.extend(added);
        }
        common
    }

    fn computed_key(&mut self, key: ExprId) {
        let found = self.expression(key, None);
        let wanted = Type::union([Type::String, Type::Number]);
        self.expect(key, &found.certain(), &wanted, &Place::Key);
    }

    /// A record literal where any keys are wanted, with values of one type.
    pub(crate) fn map_for(&mut self, entries: &[Entry], of: &Type, place: &Place) {
        let mut given: Vec<Box<str>> = Vec::new();
        for entry in entries {
            match entry {
                Entry::Pair { key, value, .. } => {
                    let inner = match key {
                        EntryKey::Name(name) => {
                            self.no_repetition(&given, name, entries);
                            given.push(name.text.clone());
                            self.field_place(&name.text, place)
                        }
                        EntryKey::Computed(key) => {
                            self.computed_key(*key);
                            Place::Element
                        }
                    };
                    self.expression_for(*value, of, &inner);
                }
                Entry::Spread(value) => {
                    let found = self.expression(*value, None);
                    let wanted = Type::optional(Type::Map(Arc::new(of.clone())));
                    self.expect(*value, &found, &wanted, &Place::Spread);
                }
            }
        }
    }

    pub(crate) fn no_repetition(&mut self, given: &[Box<str>], name: &Name, entries: &[Entry]) {
        if !given.contains(&name.text) {
            return;
        }
        let first = entries.iter().find_map(|entry| match entry {
            Entry::Pair { key: EntryKey::Name(first), .. } if first.text == name.text => Some(first.span),
            _ => None,
        });
        let first = first.unwrap_or(name.span);
        self.report(CheckError::DuplicateName { span: name.span, name: name.text.clone(), first });
    }

    /// A record literal of which nothing is wanted.
    pub(crate) fn record(&mut self, entries: &[Entry]) -> Type {
        let mut fields: Vec<FieldOf> = Vec::new();
        let mut given: Vec<Box<str>> = Vec::new();
        let mut open = false;
        let mut positions: FxHashMap<Box<str>, usize> = FxHashMap::default();
        let mut set = |checker: &Self, field: FieldOf| {
            let known = positions.get(&field.name).and_then(|position| fields.get_mut(*position));
            match known {
                // What may be absent leaves the field before it in place.
                Some(known) if field.optional => {
                    known.value = checker.join(known.value.clone(), field.value);
                }
                Some(known) => *known = field,
                None => {
                    positions.insert(field.name.clone(), fields.len());
                    fields.push(field);
                }
            }
        };
        for entry in entries {
            match entry {
                Entry::Pair { key: EntryKey::Name(name), value, .. } => {
                    let value = self.expression(*value, None);
                    self.no_repetition(&given, name, entries);
                    given.push(name.text.clone());
                    set(self, FieldOf { name: name.text.clone(), value, optional: false });
                }
                Entry::Pair { key: EntryKey::Computed(key), value, .. } => {
                    self.computed_key(*key);
                    self.expression(*value, None);
                    open = true;
                }
                Entry::Spread(value) => match self.spread(*value) {
                    Some((spread, more)) => {
                        for field in spread {
                            set(self, field);
                        }
                        open |= more;
                    }
                    None => open = true,
                },
            }
        }
        Type::Record { fields: fields.into(), open }
    }
}

/// The names that entries after this one give again.
fn overwritten<'a>(entries: &'a [Entry], entry: &Entry) -> Vec<&'a str> {
    let position = entries.iter().position(|known| std::ptr::eq(known, entry)).unwrap_or(0);
    let later = entries.iter().skip(position + 1);
    later
        .filter_map(|entry| match entry {
            Entry::Pair { key: EntryKey::Name(name), .. } => Some(&*name.text),
            _ => None,
        })
        .collect()
}
