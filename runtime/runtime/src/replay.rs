use std::collections::VecDeque;
use std::sync::Arc;

use prism_engine::{Command, Machine};
use prism_ir::Program;
use prism_ports::{Failure, Outcome, Record};
use thiserror::Error;

use crate::prepared::PreparedPattern;

/// Why records cannot be replayed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReplayError {
    /// The program has no such pattern.
    #[error("{0}")]
    Pattern(Failure),
    /// The records are those of another program.
    #[error("the records were made by a pattern with the hash {recorded}, and this one has {replayed}")]
    OtherProgram {
        /// The hash of the pattern that ran.
        recorded: String,
        /// The hash of the pattern that was to be replayed.
        replayed: String,
    },
    /// The engine decided otherwise than the run did.
    #[error("the replay departs from the run at record {seq}: {what}")]
    Diverged {
        /// The sequence number of the record.
        seq: u64,
        /// What is different.
        what: String,
    },
    /// The run had not ended.
    #[error("the {0} records do not reach to the end of the run")]
    Unfinished(usize),
}

/// Feeds the records of a run to a fresh machine. It asks no agent, waits for no timer, and comes to the outcome that
/// the run came to.
///
/// # Errors
/// [`ReplayError`] when the records are not those of a whole run of that pattern.
pub fn replay(program: Arc<Program>, pattern: &str, records: &[Record]) -> Result<Outcome, ReplayError> {
    let prepared = PreparedPattern::new(program, pattern).map_err(ReplayError::Pattern)?;
    if let Some(Record::Started { ir_hash, .. }) = records.first()
        && *ir_hash != prepared.pattern().hash
    {
        let (recorded, replayed) = (ir_hash.clone(), prepared.pattern().hash.clone());
        return Err(ReplayError::OtherProgram { recorded, replayed });
    }
    let mut machine = Machine::with_plan(prepared.plan()).map_err(ReplayError::Pattern)?;
    let mut decided: VecDeque<Record> = VecDeque::new();
    let mut outcome = None;
    for (seq, record) in (0..).zip(records) {
        if matches!(record, Record::Winner { .. } | Record::Ended { .. }) {
            match decided.pop_front() {
                Some(own) if own == *record => continue,
                Some(own) => {
                    let what = format!("the run decided {record:?}, and the replay {own:?}");
                    return Err(ReplayError::Diverged { seq, what });
                }
                None => {
                    let what = format!("the run decided {record:?}, and the replay nothing");
                    return Err(ReplayError::Diverged { seq, what });
                }
            }
        }
        for command in machine.step(record) {
            match command {
                Command::Append(own) => decided.push_back(own),
                Command::Finish(ended) => outcome = Some(ended),
                _ => {}
            }
        }
    }
    match outcome {
        Some(outcome) if decided.is_empty() => Ok(outcome),
        _ => Err(ReplayError::Unfinished(records.len())),
    }
}
