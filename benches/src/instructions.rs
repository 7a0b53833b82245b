//! Instructions per byte, and the table that they are held against.
//!
//! Callgrind counts what runs, not how long it takes: the same program counts the same on a busy machine and on an
//! idle one. So a small rise is a fact about the code, and a gate can be narrow.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Deserialize;

use crate::BenchError;

/// A figure may be so much above the table's, as a share of it; a figure so much below it is worth a new table.
pub const TOLERANCE: f64 = 0.03;

/// Instructions per byte by the text that is read and by what is done with it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(transparent)]
pub struct Table {
    rows: BTreeMap<String, BTreeMap<String, f64>>,
}

/// How measured figures stand to those of a table, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Figures that are too high, and rows without their counterpart; empty when the gate is passed.
    pub failures: Vec<String>,
    /// Figures that are lower than the table's by more than the tolerance.
    pub remarks: Vec<String>,
}

impl Table {
    /// Reads the text of a table.
    ///
    /// # Errors
    ///
    /// If it is not TOML of that shape.
    pub fn parse(text: &str) -> Result<Self, BenchError> {
        toml::from_str(text).map_err(|error| BenchError::Table(error.to_string()))
    }

    /// Adds a figure, rounded to the two decimals that a table shows.
    pub fn insert(&mut self, text: &str, work: &str, instructions: u64, bytes: usize) {
        let per_byte = instructions as f64 / bytes.max(1) as f64;
        let rounded = (per_byte * 100.0).round() / 100.0;
        self.rows.entry(text.to_owned()).or_default().insert(work.to_owned(), rounded);
    }

    /// The figures by name, sorted.
    pub fn figures(&self) -> BTreeMap<String, f64> {
        let named = |text: &String, work: &String| format!("{text}.{work}");
        self.rows
            .iter()
            .flat_map(|(text, row)| row.iter().map(move |(work, figure)| (named(text, work), *figure)))
            .collect()
    }

    /// The text of a table, with what it is and how it is made at its head.
    pub fn to_text(&self) -> String {
        let mut text = String::from(
            "# Instructions per byte of the front end, counted by callgrind on x86-64: [text] work = figure.\n\
             # CI refuses more than 3 % above a figure. Made by\n\
             # UPDATE_INSTRUCTIONS=1 cargo bench -p prism-bench --bench front_end_instructions\n",
        );
        for (name, row) in &self.rows {
            let _ = write!(text, "\n[{name}]\n");
            for (work, figure) in row {
                let _ = writeln!(text, "{work} = {figure:.2}");
            }
        }
        text
    }

    /// Holds measured figures against this table.
    pub fn compare(&self, measured: &Self) -> Comparison {
        let (allowed, measured) = (self.figures(), measured.figures());
        let names: BTreeSet<&String> = allowed.keys().chain(measured.keys()).collect();
        let mut comparison = Comparison::default();
        for name in names {
            match (allowed.get(name), measured.get(name)) {
                (Some(allowed), Some(measured)) => comparison.judge(name, *allowed, *measured),
                (None, _) => {
                    comparison.failures.push(format!("{name} is measured, and the table has no row for it"))
                }
                (_, None) => {
                    comparison.failures.push(format!("{name} has a row in the table, and is not measured"))
                }
            }
        }
        comparison
    }
}

impl Comparison {
    fn judge(&mut self, name: &str, allowed: f64, measured: f64) {
        let change = (measured / allowed - 1.0) * 100.0;
        let percent = TOLERANCE * 100.0;
        if measured > allowed * (1.0 + TOLERANCE) {
            self.failures.push(format!(
                "{name} takes {measured:.2} instructions per byte: {change:+.1} % against the {allowed:.2} of the \
                 table, and at most {percent:.0} % more is allowed"
            ));
        } else if measured < allowed * (1.0 - TOLERANCE) {
            self.remarks.push(format!(
                "{name} takes {measured:.2} instructions per byte: {change:+.1} % against the {allowed:.2} of the \
                 table, which may be lowered"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &str, u64)]) -> Table {
        let mut table = Table::default();
        for (text, work, instructions) in rows {
            table.insert(text, work, *instructions, 100);
        }
        table
    }

    #[test]
    fn what_is_written_is_read_again_with_two_decimals() {
        let table =
            table(&[("scripts", "lex", 1234), ("generated", "lex", 5), ("generated", "parse", 1_000_000)]);
        let text = table.to_text();
        assert!(
            text.contains("[generated]\nlex = 0.05\nparse = 10000.00\n\n[scripts]\nlex = 12.34\n"),
            "{text}"
        );
        assert_eq!(Table::parse(&text).unwrap(), table);
    }

    #[test]
    fn three_percent_more_is_taken_and_a_little_more_is_not() {
        let allowed = table(&[("generated", "lex", 1000)]);
        assert_eq!(allowed.compare(&table(&[("generated", "lex", 1030)])), Comparison::default());
        let comparison = allowed.compare(&table(&[("generated", "lex", 1031)]));
        assert_eq!(
            comparison.failures,
            [
                "generated.lex takes 10.31 instructions per byte: +3.1 % against the 10.00 of the table, and at most \
              3 % more is allowed"
            ]
        );
        assert!(comparison.remarks.is_empty());
    }

    #[test]
    fn what_is_much_lower_is_remarked_upon_and_passes() {
        let allowed = table(&[("generated", "lex", 1000)]);
        assert_eq!(allowed.compare(&table(&[("generated", "lex", 970)])), Comparison::default());
        let comparison = allowed.compare(&table(&[("generated", "lex", 900)]));
        assert!(comparison.failures.is_empty());
        assert_eq!(
            comparison.remarks,
            [
                "generated.lex takes 9.00 instructions per byte: -10.0 % against the 10.00 of the table, which may be \
              lowered"
            ]
        );
    }

    #[test]
    fn rows_without_a_counterpart_fail() {
        let comparison =
            table(&[("a", "lex", 1), ("b", "lex", 1)]).compare(&table(&[("b", "lex", 1), ("c", "lex", 1)]));
        assert_eq!(comparison.failures.len(), 2);
        assert!(
            comparison.failures.iter().any(|words| words.starts_with("a.lex has a row")),
            "{comparison:?}"
        );
        assert!(
            comparison.failures.iter().any(|words| words.starts_with("c.lex is measured")),
            "{comparison:?}"
        );
    }

    #[test]
    fn a_table_of_another_shape_is_refused() {
        assert!(Table::parse("lex = 1.0").is_err());
    }
}
