pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod ir;
pub(crate) mod lsp;
pub(crate) mod man;
pub(crate) mod run;
