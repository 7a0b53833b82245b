//! Where runs keep their records: the journal in memory.
