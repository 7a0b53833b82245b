//! A small library for writing agents, and four example agents.
