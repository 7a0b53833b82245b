//! What is compared: each comparison is a pattern and the same calls written by hand.

use std::hint::black_box;
use std::net::SocketAddr;

use futures_util::future::try_join_all;
use tokio::runtime::Runtime as Tokio;

use crate::machine::MachineAlone;
use crate::pairs::{Comparison, Effort, compare, measure};
use crate::reference::Reference;
use crate::subject::Subject;
use crate::{BenchError, Decision};

const TEXT: &str = "The application crashes with an error whenever I open the settings on my second screen.";

/// What stands on the side of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Twin {
    /// One call by hand.
    OneCall,
    /// Two calls by hand, one after the other.
    TwoCalls,
    /// All calls at once by hand, and the vote.
    Everybody,
    /// Another pattern.
    Pattern(&'static str),
    /// No runtime and no agent on either side: the machine alone, with events for nobody against none.
    Unwatched,
}

/// A row of the table of comparisons.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What is compared.
    pub name: &'static str,
    /// The pattern of `patterns/calls.prism`.
    pub pattern: &'static str,
    /// Agents that there are.
    pub agents: usize,
    /// Runs that are under way at a time.
    pub at_once: u32,
    /// Agent calls of one run of either side.
    pub calls: u32,
    journal: bool,
    twin: Twin,
}

impl Row {
    const fn new(name: &'static str, pattern: &'static str, agents: usize, calls: u32, twin: Twin) -> Self {
        Self { name, pattern, agents, at_once: 1, calls, journal: false, twin }
    }
}

/// Everything that is compared.
pub const ROWS: &[Row] = &[
    Row::new("one call", "one_call", 1, 1, Twin::OneCall),
    Row { journal: true, ..Row::new("one call, journal in memory", "one_call", 1, 1, Twin::OneCall) },
    Row { at_once: 128, ..Row::new("one call, 128 runs at once", "one_call", 1, 1, Twin::OneCall) },
    Row::new("two calls, one after the other", "two_calls", 1, 2, Twin::TwoCalls),
    Row::new("fan-out to 10, vote", "everybody", 10, 10, Twin::Everybody),
    Row::new("fan-out to 100, vote", "everybody", 100, 100, Twin::Everybody),
    Row::new("selecting 1 of 1 over not selecting", "select_only", 1, 0, Twin::Pattern("no_call")),
    Row::new("selecting 1 of 100 over not selecting", "select_only", 100, 0, Twin::Pattern("no_call")),
    Row::new("machine alone, one call, events or none", "one_call", 1, 1, Twin::Unwatched),
    Row::new("machine alone, 100 calls, events or none", "everybody", 100, 100, Twin::Unwatched),
];

/// A row made ready: both sides with connections of their own.
#[derive(Debug)]
pub struct Prepared {
    row: Row,
    subject: Way,
    reference: Way,
}

#[derive(Debug)]
enum Way {
    Pattern(Subject),
    Hand(Twin, Reference),
    Machine(MachineAlone),
}

impl Way {
    async fn run(&self) -> Result<Decision, BenchError> {
        match self {
            Self::Pattern(subject) => subject.run().await,
            Self::Hand(Twin::TwoCalls, reference) => reference.two_calls().await,
            Self::Hand(Twin::Everybody, reference) => reference.everybody().await,
            Self::Hand(_, reference) => reference.one_call().await,
            Self::Machine(machine) => machine.run(),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Pattern(_) => "pattern",
            Self::Hand(..) => "by hand",
            Self::Machine(_) => "machine",
        }
    }
}

impl Row {
    /// Makes it ready to ask the agent at an address. Call it within a Tokio runtime.
    ///
    /// # Errors
    /// [`BenchError`] when the pattern does not compile or the address cannot be used.
    pub fn prepare(self, address: SocketAddr) -> Result<Prepared, BenchError> {
        let pattern = |name| Subject::new(name, self.agents, address, self.journal, TEXT);
        let machine = |watched| MachineAlone::new(self.pattern, self.agents, watched, TEXT);
        let (subject, reference) = match self.twin {
            Twin::Unwatched => (Way::Machine(machine(true)?), Way::Machine(machine(false)?)),
            Twin::Pattern(other) => (Way::Pattern(pattern(self.pattern)?), Way::Pattern(pattern(other)?)),
            twin => {
                let calls = if twin == Twin::Everybody { self.agents } else { 1 };
                let in_flight = calls * usize::try_from(self.at_once).unwrap_or(1);
                let reference = Reference::new(self.pattern, self.agents, in_flight, address, TEXT)?;
                (Way::Pattern(pattern(self.pattern)?), Way::Hand(twin, reference))
            }
        };
        Ok(Prepared { row: self, subject, reference })
    }

    /// Whether the calls of its runs reach the agent.
    pub fn reaches_the_agent(&self) -> bool {
        self.twin != Twin::Unwatched
    }
}

impl Prepared {
    /// One run of what is measured.
    ///
    /// # Errors
    /// [`BenchError`] when it fails.
    pub async fn run_subject(&self) -> Result<Decision, BenchError> {
        self.subject.run().await
    }

    /// One run of what it is measured against.
    ///
    /// # Errors
    /// [`BenchError`] when it fails.
    pub async fn run_reference(&self) -> Result<Decision, BenchError> {
        self.reference.run().await
    }

    /// Whether both sides should come to the same.
    pub fn has_equal_sides(&self) -> bool {
        !matches!(self.reference, Way::Pattern(_))
    }

    /// Measures both sides. Tokio should run on the calling thread alone, whose time is measured.
    ///
    /// # Errors
    /// [`BenchError`] when a run fails.
    pub fn compare(&self, tokio: &Tokio, effort: &Effort) -> Result<Comparison, BenchError> {
        let at_once = self.row.at_once;
        let mut subject = |count| measure(|| tokio.block_on(repeat(count, at_once, || self.run_subject())));
        let mut reference =
            |count| measure(|| tokio.block_on(repeat(count, at_once, || self.run_reference())));
        compare(
            self.row.name,
            (at_once, self.row.calls),
            effort,
            (self.subject.name(), &mut subject),
            (self.reference.name(), &mut reference),
        )
    }
}

async fn repeat<F: Future<Output = Result<Decision, BenchError>>>(
    count: u64,
    at_once: u32,
    run: impl Fn() -> F,
) -> Result<(), BenchError> {
    for _ in 0..count {
        if at_once == 1 {
            black_box(run().await?);
        } else {
            black_box(try_join_all((0..at_once).map(|_| run())).await?);
        }
    }
    Ok(())
}
