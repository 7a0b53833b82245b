//! Diagnostics laid out for people and machines.
//!
//! Nothing here decides what is wrong or how bad it is: a [`Diagnostic`](prism_diagnostics::Diagnostic) has it all.
//! Nothing here reads or writes either: [`CheckedFile`]s go in, text comes out, one function for each format.

mod checked_file;
mod explain;
mod github;
mod human;
mod json;
mod jsonl;
mod junit;
mod page;
mod place;
mod sanitize;
mod sarif;
mod short;
mod summary;

pub use checked_file::{CheckedFile, relative_path};
pub use explain::{explain, explanations};
pub use github::github;
pub use human::human;
pub use json::{DIAGNOSTICS_VERSION, json, json_schema};
pub use jsonl::jsonl;
pub use junit::junit;
pub use page::page;
pub use sanitize::{visible_json, visible_line, visible_text};
pub use sarif::sarif;
pub use short::short;
pub use summary::summary;
