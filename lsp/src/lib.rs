//! Answers editors' questions about Prism files, and the language server over them.
//!
//! [`ide`] knows files, offsets and texts, and nothing of the protocol; [`serve_stdio`] translates.

pub mod ide;
mod server;

pub use server::serve_stdio;
