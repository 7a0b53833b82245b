//! Runs Prism patterns: the loop between the engine, agents and store.
