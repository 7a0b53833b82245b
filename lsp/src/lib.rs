//! Answers editors' questions about Prism files, and the language server over them.
