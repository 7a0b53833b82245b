//! Random Prism: valid programs with every construct of the language in every layout, and garbage of several kinds.
//!
//! Formatter, checker and engine are tested with it, and benches and fuzzers use it. It writes text and knows nothing
//! of the parser, so that its knowledge of the language is independent: where the two disagree, one of them is wrong.
//!
//! ```
//! use prism_generate::{Choices, Construct, Profile, garbage, program};
//!
//! let made = program(&mut Choices::from_seed(7), &Profile::whole());
//! assert!(made.constructs.of(Construct::Pattern) > 0);
//! // The same decisions make the same text; none make the smallest one.
//! assert_eq!(made, program(&mut Choices::from_seed(7), &Profile::whole()));
//! assert_eq!(program(&mut Choices::new(&[]), &Profile::whole()).text, "pattern p {\n  1\n}\n");
//!
//! let text = garbage(&mut Choices::from_seed(7));
//! assert_eq!(text, garbage(&mut Choices::from_seed(7)));
//! ```

mod checked;
mod choices;
mod construct;
mod document;
mod expression;
mod garbage;
mod generator;
mod item;
mod kind;
mod layout;
mod names;
mod profile;
mod program;
mod scope;
mod script;
mod statement;
mod types;

pub use checked::{Asking, asking, pure};
pub use choices::Choices;
pub use construct::{Construct, Counts};
pub use garbage::garbage;
pub use profile::Profile;
pub use program::{Program, program};
