//! Values of a TOML table with their lines.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::AgentsFileProblem;
use crate::text::shown;

/// What is wrong, and on which line.
pub(super) type Located = (Option<usize>, AgentsFileProblem);

/// A table of the file.
pub(super) struct Table<'t> {
    text: &'t str,
    values: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    /// A table that may have these keys only.
    pub(super) fn new(
        text: &'t str,
        values: &'t DeTable<'t>,
        keys: &[&'static str],
    ) -> Result<Self, Located> {
        for key in values.keys() {
            let name = key.get_ref().as_ref();
            if !keys.contains(&name) {
                let nearest = keys
                    .iter()
                    .map(|known| (strsim::damerau_levenshtein(known, name), *known))
                    .filter(|(distance, known)| *distance <= known.len().div_ceil(3))
                    .min()
                    .map(|(_, known)| known);
                let problem = AgentsFileProblem::UnknownKey { key: shown(name, 80), nearest };
                return Err((Some(line(text, key.span().start)), problem));
            }
        }
        Ok(Self { text, values })
    }

    /// A text.
    pub(super) fn string(&self, key: &'static str) -> Result<Option<String>, Located> {
        let Some(value) = self.values.get(key) else { return Ok(None) };
        value
            .get_ref()
            .as_str()
            .map(|text| Some(text.to_owned()))
            .ok_or_else(|| self.wrong_type(key, value, "a text"))
    }

    /// A list of texts.
    pub(super) fn strings(&self, key: &'static str) -> Result<Option<Vec<String>>, Located> {
        let Some(value) = self.values.get(key) else { return Ok(None) };
        let wrong = || self.wrong_type(key, value, "a list of texts");
        let items = value.get_ref().as_array().ok_or_else(wrong)?;
        let texts = items.iter().map(|item| item.get_ref().as_str().map(ToOwned::to_owned).ok_or_else(wrong));
        texts.collect::<Result<_, _>>().map(Some)
    }

    /// A table of texts.
    pub(super) fn labels(&self, key: &'static str) -> Result<BTreeMap<String, String>, Located> {
        let Some(value) = self.values.get(key) else { return Ok(BTreeMap::new()) };
        let wrong = || self.wrong_type(key, value, "a table of texts");
        let table = value.get_ref().as_table().ok_or_else(wrong)?;
        let labels = table.iter().map(|(key, value)| {
            let value = value.get_ref().as_str().ok_or_else(wrong)?;
            Ok((key.get_ref().to_string(), value.to_owned()))
        });
        labels.collect()
    }

    /// The tables of an array, each with the line that it begins on.
    pub(super) fn tables(&self, key: &'static str) -> Result<Vec<(usize, &'t DeTable<'t>)>, Located> {
        let Some(value) = self.values.get(key) else { return Ok(Vec::new()) };
        let expected = "a list of tables, each written as `[[agent]]`";
        let items = value.get_ref().as_array().ok_or_else(|| self.wrong_type(key, value, expected))?;
        let tables = items.iter().map(|item| {
            let table = item.get_ref().as_table().ok_or_else(|| self.wrong_type(key, item, expected))?;
            Ok((line(self.text, item.span().start), table))
        });
        tables.collect()
    }

    /// A value of that key that makes no sense.
    pub(super) fn wrong_value(&self, key: &'static str, value: &str, expected: &'static str) -> Located {
        (self.line_of(key), AgentsFileProblem::WrongValue { key, value: shown(value, 80), expected })
    }

    /// The line of a key's value.
    pub(super) fn line_of(&self, key: &str) -> Option<usize> {
        self.values.get(key).map(|value| line(self.text, value.span().start))
    }

    fn wrong_type(&self, key: &'static str, value: &Spanned<DeValue<'_>>, expected: &'static str) -> Located {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let problem = AgentsFileProblem::WrongType { key, expected, found };
        (Some(line(self.text, value.span().start)), problem)
    }
}

/// The line of an offset, from 1.
pub(super) fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
