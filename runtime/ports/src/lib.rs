//! What the Prism engine and its surroundings say to one another: ids, records, events, failures, traits.
