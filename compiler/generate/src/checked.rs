//! Programs that the checker takes without an error.

mod asking;
mod pure;

pub use asking::{Asking, asking};
pub use pure::pure;
