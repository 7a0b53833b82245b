//! A small library for writing agents, and what the example agents are made of.
//!
//! [`agent`] is the library: implement [`agent::Agent`], hand it to [`agent::serve`]. [`ticket`] holds classifiers of
//! support tickets that compute real answers, and the programs of this package serve one each.

pub mod agent;
pub mod flaky;
pub mod ticket;
